"""docs/security.md says what is made harmless, and by which test one knows."""

from __future__ import annotations

import ast
import os
import re
import stat
from pathlib import Path

import pytest
from conftest import ROOT
from renkei import cli
from renkei.errors import MailError
from renkei.mail.recipients import RECIPIENTS_VARIABLE, usual_path
from renkei.whole_files import replace_files

PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
#: What is not held by the package can be held by no test of it.
CLAIMS, _, NO_CLAIMS = PAGE.partition("\n## What this does not protect against\n")
TEST = re.compile(r"`(tests/\w+\.py)::(test_\w+)`")
SOURCES = sorted((ROOT / "lib/renkei").rglob("*.py"))


def items(text: str) -> list[str]:
    """The items of all lists, with the lines that go on below them."""
    return re.findall(r"^- .*(?:\n  .*)*", text, re.MULTILINE)


def test_every_claim_names_a_test() -> None:
    """Each item of each list, but of what is not protected."""
    assert [] == [item for item in items(CLAIMS) if not TEST.search(item)]
    assert len(items(CLAIMS)) > 40
    assert len(items(NO_CLAIMS)) > 5


@pytest.mark.parametrize(("file", "name"), sorted(set(TEST.findall(PAGE))))
def test_every_test_that_is_named_exists(file: str, name: str) -> None:
    """As a function of that file, which pytest collects."""
    path = ROOT / file
    found = ast.parse(path.read_text(encoding="utf-8")).body if path.is_file() else []

    assert name in [each.name for each in found if isinstance(each, ast.FunctionDef)]


def test_the_page_is_led_to() -> None:
    """From both READMEs."""
    for readme in ("README.md", "README.ja.md"):
        assert "(docs/security.md)" in (ROOT / readme).read_text(encoding="utf-8")


#: What turns text or bytes into something that runs.
RUNS = {"eval", "exec", "compile", "__import__", "system", "popen", "getoutput", "unsafe_load", "read_pickle"}
UNPICKLES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml", "code", "runpy"}
CONNECTS = {
    "socket",
    "ssl",
    "http.client",
    "urllib.request",
    "smtplib",
    "ftplib",
    "imaplib",
    "requests",
    "httpx",
}


def running(tree: ast.AST) -> list[str]:
    """What in a module would run text: calls of builtins, shells, and modules that unpickle."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            # re.compile makes a pattern, and a compiler of Typst a PDF.
            bare = name.rpartition(".")[2] if name.startswith(("os.", "subprocess.", "pandas.")) else name
            found += [name] if bare in RUNS else []
            found += [f"{name} with a shell" for word in node.keywords if word.arg == "shell"]
    return found + sorted(imported(tree) & UNPICKLES)


def imported(tree: ast.AST) -> set[str]:
    """The modules that a module imports, wherever."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_the_package_runs_no_text() -> None:
    """No eval, exec, shell or pickle anywhere in lib/; the look for them sees each."""
    signs = "eval('1')\nos.system('x')\nsubprocess.run('x', shell=True)\nimport pickle\n"

    assert ["eval", "os.system", "subprocess.run with a shell", "pickle"] == running(ast.parse(signs))
    assert [] == [
        f"{path.relative_to(ROOT)}: {found}"
        for path in SOURCES
        for found in running(ast.parse(path.read_text(encoding="utf-8")))
    ]


def test_only_named_parts_open_connections() -> None:
    """Mail, the cluster and the kernel server; no other module imports what reaches another machine."""
    named = ("mail/", "batch/cluster.py", "batch/encryption.py", "batch/kernels/")
    found = {
        path.relative_to(ROOT / "lib/renkei").as_posix()
        for path in SOURCES
        if imported(ast.parse(path.read_text(encoding="utf-8"))) & CONNECTS
    }

    assert "mail/connection.py" in found
    assert [] == sorted(file for file in found if not file.startswith(named))


def test_what_others_say_steers_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer with escape sequences is told by their codes; its lines stay."""

    def refused() -> None:
        raise MailError("550 no\x1b]0;title\x07\x1b[2J\r\x9b31m \u202egpj.exe\n\tsecond line 札幌")

    monkeypatch.setattr(cli, "app", refused)
    with pytest.raises(SystemExit):
        cli.main()
    told = capsys.readouterr().err

    assert "550 no\\x1b]0;title\\x07\\x1b[2J\\r\\x9b31m \\u202egpj.exe\n\tsecond line 札幌\n" in told


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize(("umask", "mode"), [(0o077, 0o600), (0o022, 0o644)])
def test_files_are_as_open_as_the_umask_says(tmp_path: Path, umask: int, mode: int) -> None:
    """Closed where somebody's other files are; the package neither opens nor closes them."""
    before = os.umask(umask)
    try:
        replace_files({tmp_path / "a.html": b"a"})
    finally:
        os.umask(before)

    assert mode == stat.S_IMODE((tmp_path / "a.html").stat().st_mode)


def test_recipients_are_looked_for_outside_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder for settings of whoever runs the command."""
    monkeypatch.delenv(RECIPIENTS_VARIABLE, raising=False)

    assert not usual_path().is_relative_to(ROOT)
    assert usual_path().is_relative_to(Path.home())
