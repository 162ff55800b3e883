"""The project's own files agree with one another."""

import json
import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from conftest import ROOT, git
from renkei.checkout import Checkout
from renkei.notebook_file import written_text
from renkei.tables.schema import Field, derived_fields, resources, yearly_resources

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells_of(notebook: Path) -> list[dict[str, object]]:
    cells: list[dict[str, object]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return cells


def code_of(notebook: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in cells_of(notebook) if cell["cell_type"] == "code"]  # type: ignore[arg-type]


def declared() -> list[str]:
    """The packages of pyproject.toml with their bounds, but for those of the benchmark's own environment."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (packages for name, packages in project["optional-dependencies"].items() if name != "bench")
    return list(chain(project["dependencies"], *extras))


def test_conda_and_pip_users_get_the_same_packages() -> None:
    """environment.yml names the packages and lower bounds of pyproject.toml, and no others."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")

    assert sorted(declared()) == sorted(re.findall(r"^ {6}- (\S+)$", text, re.MULTILINE))
    assert f"python{project['requires-python']}" in text


def test_every_declared_package_is_locked() -> None:
    """requirements.lock pins each package of pyproject.toml, with hashes and without addresses."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for requirement in declared():
        name = re.split(r"[><=]", requirement)[0]
        assert re.search(rf"^{name}==\S+.*\\\n +--hash=sha256:", lock, re.MULTILINE), name

    assert not re.search(r"https?://|--index-url|--find-links \S", lock)


def dictionary_rows(part: str) -> list[tuple[str, ...]]:
    return re.findall(r"^\| ([\w{}]+) \| (.*?) \| (\w+) \| ?(.*?) \| (.*) \|$", part, re.MULTILINE)


def expected_rows(fields: tuple[Field, ...]) -> list[tuple[str, ...]]:
    head = ("column", "head", "type", "unit", "meaning")
    return [head, *((field.name, field.title, field.type, field.unit, field.description) for field in fields)]


def test_the_data_dictionary_is_the_schema() -> None:
    """data/README.md has a row for every column, with head, type, unit and meaning."""
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    of_tables, of_analysis = text.split("\n## Columns that analysis adds\n")
    parts = dict(re.findall(r"^### (\w+)\n(.*?)(?=^### |\Z)", of_tables, re.MULTILINE | re.DOTALL))
    tables = resources(Checkout(ROOT)) | yearly_resources(Checkout(ROOT))
    for name, table in tables.items():
        assert expected_rows(table.fields) == dictionary_rows(parts[name])

    assert set(parts) == set(tables)
    assert expected_rows(derived_fields(Checkout(ROOT))) == dictionary_rows(of_analysis)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_committed_without_outputs(notebook: Path) -> None:
    """No output, no count and nothing else that running adds; `python -m renkei.git` has git see to it."""
    text = notebook.read_text(encoding="utf-8")

    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells_of(notebook))
    assert written_text(json.loads(text)) == text


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_thin(notebook: Path) -> None:
    """Cells of at most five lines beside imports; no functions, loops or paths; one tagged parameters."""
    for code in code_of(notebook):
        assert len([line for line in code.splitlines() if not line.startswith(("import", "from"))]) <= 5, code
        assert not re.search(r"^\s*(def|for|while|class) |lambda|open\(|/", code, re.MULTILINE), code

    tags = [cell["metadata"].get("tags", []) for cell in cells_of(notebook)]  # type: ignore[attr-defined]
    takes_parameters = "parameters" in tomllib.loads(
        (ROOT / "notebooks" / "reports.toml").read_text(encoding="utf-8")
    ).get(notebook.stem, {})
    assert takes_parameters == sum("parameters" in of_cell for of_cell in tags)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_numbers_in_prose_come_from_the_code(notebook: Path) -> None:
    """Markdown cells hold no figures but in the names of the outcome year and the second vision."""
    for cell in cells_of(notebook):
        if cell["cell_type"] == "markdown":
            text = "".join(cell["source"])  # type: ignore[arg-type]
            assert not re.search(r"\d", re.sub("2021年度|第2期", "", text)), text


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_the_readme_names_only_what_there_is(readme: str) -> None:
    """Make targets, commands and paths that the READMEs name exist."""
    from renkei.cli import app
    from typer.main import get_command

    text = (ROOT / readme).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z]+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    commands = get_command(app).commands  # type: ignore[attr-defined]
    for command in re.findall(r"(?:`|^ {4}|bin/)renkei ([a-z]+)", text, re.MULTILINE):
        assert command in commands, command
    for path in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / path).exists(), path


def test_every_command_is_in_the_readme() -> None:
    """A command that no README names might as well not exist."""
    from renkei.cli import app
    from typer.main import get_command

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"renkei {command}" in text


def test_every_top_level_entry_is_in_the_readmes_tree() -> None:
    """The annotated tree names each folder and file that a newcomer sees."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for entry in {path.split("/")[0] for path in git("ls-files").splitlines()}:
        assert entry in text, entry
