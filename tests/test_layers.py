"""Data flows one way through the package, and so do imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from renkei.batch import fingerprints
from renkei.checkout import Checkout
from renkei.layers import builds_on, layer_of

LIB = ROOT / "lib"
MODULES = {
    ".".join(path.relative_to(LIB).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((LIB / "renkei").rglob("*.py"))
}


def imports_of(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of each module of this package that a source names in an import, wherever it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # What is imported from a package may itself be a module.
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] == "renkei":
                yield node.lineno, name if name in MODULES else name.rpartition(".")[0]


def line_of(module: str, wanted: str) -> int:
    """The line in which a module defines a name; its first line where it does not."""
    for node in ast.parse(MODULES[module].read_text(encoding="utf-8")).body:
        targets = [node] if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
        if any(target.name == wanted for target in targets):
            return node.lineno
    return 1


def backward_imports(module: str, source: str) -> list[str]:
    """The imports of a module that run against the flow, each with both files and lines."""
    found = []
    for line, imported in imports_of(source):
        if not builds_on(module, imported):
            own, other = MODULES[module].relative_to(ROOT), MODULES[imported].relative_to(ROOT)
            names = source.splitlines()[line - 1].rpartition("import ")[2].split(", ")
            found.append(
                f"{own}:{line} ({layer_of(module)}) imports {other}:{line_of(imported, names[0].strip())} "
                f"({layer_of(imported)}), which comes after it"
            )
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_layer_imports_only_layers_before_it(module: str) -> None:
    """From words to the command line; imports inside functions count as well."""
    assert [] == backward_imports(module, MODULES[module].read_text(encoding="utf-8"))


def test_an_import_against_the_flow_is_told_with_both_lines() -> None:
    """The test above can fail: it names the importing line, and the line that is imported."""
    [told] = backward_imports("renkei.fiscal_year", "\nfrom renkei.cli import main\n")

    assert told.startswith("lib/renkei/fiscal_year.py:2 (words) imports lib/renkei/cli.py:")
    assert told.endswith(" (cli), which comes after it")


def test_every_module_has_a_layer() -> None:
    """A new module at the top must say to which layer it belongs."""
    with pytest.raises(ValueError, match=r"renkei\.helpers has no layer"):
        layer_of("renkei.helpers")


@pytest.mark.parametrize(
    ("file", "makes_reports"),
    [
        ("targets.py", True),
        ("report/kit/charts.py", True),
        ("page/templates/renkei/style.css", True),
        ("batch/one.py", True),
        ("mail/body.py", False),
        ("mail/templates/body.html.j2", False),
        ("cli.py", False),
    ],
)
def test_a_report_is_made_from_the_layers_up_to_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checkout: Checkout, file: str, makes_reports: bool
) -> None:
    """An edit of mail or of the command line makes no report out of date; one below does."""
    monkeypatch.setattr(fingerprints, "_CODE", tmp_path)
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    before = fingerprints.surroundings(checkout)
    (tmp_path / file).write_text("x = 1\n")

    assert makes_reports == (before != fingerprints.surroundings(checkout))


def test_only_the_exporters_need_nbconvert() -> None:
    """A batch does not load it."""
    needing = [name for name, path in MODULES.items() if "nbconvert" in _outside_imports(path)]
    assert ["renkei.page.exporters"] == needing


def _outside_imports(path: Path) -> set[str]:
    """The packages that a module imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.partition(".")[0] for name in names}
