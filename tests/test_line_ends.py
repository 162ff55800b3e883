"""A checkout whose files end their lines as Windows does builds the same tables."""

import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, Command
from renkei.checkout import Checkout
from test_build import table_bytes


def test_git_converts_no_line_end(tmp_path: Path) -> None:
    """With core.autocrlf = true, as Git for Windows sets it, every file comes out as it went in."""
    if shutil.which("git") is None:
        pytest.skip("needs git")
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name in ("Makefile", ".gitattributes", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in files}

    def git(*arguments: str) -> None:
        command = ["git", "-c", "core.autocrlf=true", "-c", "core.safecrlf=false", *arguments]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    git("init")
    git("add", "--all")
    for path in files:
        if path.name != ".gitattributes":
            path.unlink()
    git("checkout-index", "--all", "--force")

    assert before == {path: path.read_bytes() for path in files}


def test_files_that_an_editor_saved_with_windows_line_ends_are_read(
    checkout_copy: Checkout, called: Command
) -> None:
    """Curated files, the record, the area, the schema and reports.toml: the tables are the same bytes."""
    before = table_bytes(checkout_copy)
    saved = [
        *checkout_copy.curated.glob("*.csv"),
        checkout_copy.sources / "sources.toml",
        checkout_copy.area,
        checkout_copy.schema,
        checkout_copy.notebooks / "reports.toml",
    ]
    for path in saved:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    built, checked = called("build"), called("check")

    assert (0, "", before) == (built.returncode, built.stderr, table_bytes(checkout_copy))
    assert (0, "") == (checked.returncode, checked.stderr)
