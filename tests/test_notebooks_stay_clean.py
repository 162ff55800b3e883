"""Running and saving a notebook changes nothing that git keeps or that a report is made from."""

from __future__ import annotations

import copy
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import nbformat
import pytest
from conftest import ROOT, git
from nbclient import NotebookClient
from renkei.batch.families import Report
from renkei.batch.fingerprints import fingerprint
from renkei.batch.one import make
from renkei.checkout import Checkout
from renkei.errors import RenderError
from renkei.git.clean import cleaned
from renkei.git.saved import after_saving
from renkei.git.settings import settings_for, tell_git
from renkei.notebook_file import written_text
from renkei.page.exporters import RenkeiExcelExporter, RenkeiHTMLExporter, RenkeiPDFExporter

from notebooks import code_cell, displayed, markdown_cell, notebook

Change = Callable[[dict[str, Any]], object]

WRITTEN = notebook(markdown_cell("# 題"), code_cell("year = 2024", tags=("parameters",)), code_cell("year"))
#: What JupyterLab and kernels add to a notebook.
ADDED: dict[str, Change] = {
    "an output": lambda of: of["cells"][2]["outputs"].append(displayed({"text/plain": "2024"})),
    "a count": lambda of: of["cells"][2].update(execution_count=7),
    "the language": lambda of: of["metadata"].update(language_info={"name": "python", "version": "3.13"}),
    "a scrolled cell": lambda of: of["cells"][2]["metadata"].update(scrolled=True, collapsed=False),
    "times": lambda of: of["cells"][2]["metadata"].update(execution={"iopub.execute_input": "12:00"}),
    "widgets": lambda of: of["metadata"].update(widgets={"state": {}}),
    "an empty cell": lambda of: of["cells"].append(code_cell(" \n")),
    "lines as a list": lambda of: of["cells"][2].update(source=["year"]),
}
#: What people change.
EDITED: dict[str, Change] = {
    "a source": lambda of: of["cells"][2].update(source="year + 1"),
    "a tag": lambda of: of["cells"][2]["metadata"].update(tags=["skip-execution"]),
    "the parameters' tag": lambda of: of["cells"][1]["metadata"].update(tags=[]),
    "a kind": lambda of: of["cells"][2].update(cell_type="markdown"),
    "an attachment": lambda of: of["cells"][0].update(attachments={"a.png": {"image/png": "AAAA"}}),
    "the order": lambda of: of["cells"].reverse(),
    "one cell less": lambda of: of["cells"].pop(),
}


def changed(change: Change) -> dict[str, Any]:
    """The notebook above with a change."""
    of = copy.deepcopy(WRITTEN)
    change(of)
    return of


def made_from(folder: Path, of: dict[str, Any], **layout: Any) -> str:
    """The fingerprint of a report of this notebook."""
    path = folder / "test.ipynb"
    path.write_text(json.dumps(of, **layout), encoding="utf-8")
    return fingerprint(Report("test", path, "題", {}, "test"), "around")


@pytest.mark.parametrize("change", ADDED.values(), ids=ADDED.keys())
def test_what_running_adds_is_not_kept(tmp_path: Path, change: Change) -> None:
    """Neither by git nor in what a report is made from."""
    assert written_text(WRITTEN) == written_text(changed(change))
    assert made_from(tmp_path, WRITTEN) == made_from(tmp_path, changed(change))


@pytest.mark.parametrize("change", EDITED.values(), ids=EDITED.keys())
def test_what_people_write_is_kept(tmp_path: Path, change: Change) -> None:
    """Each edit is one for git, and makes the report anew."""
    assert written_text(WRITTEN) != written_text(changed(change))
    assert made_from(tmp_path, WRITTEN) != made_from(tmp_path, changed(change))


def test_the_layout_of_a_notebooks_file_makes_no_report_anew(tmp_path: Path) -> None:
    """Nor do the ids of its cells, nor line ends of Windows."""
    with_ids = changed(lambda of: [cell.update(id=f"a{n}") for n, cell in enumerate(of["cells"])])
    before = made_from(tmp_path, WRITTEN)

    assert before == made_from(tmp_path, with_ids)
    assert before == made_from(tmp_path, WRITTEN, indent=4)
    path = tmp_path / "test.ipynb"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert before == fingerprint(Report("test", path, "題", {}, "test"), "around")


def test_what_a_report_is_not_made_from_is_not_in_it(tmp_path: Path) -> None:
    """Of two notebooks with the same fingerprint the executed ones are the same bytes."""
    made = []
    for of in (WRITTEN, changed(lambda of: [change(of) for change in ADDED.values()])):
        made_from(tmp_path, of)
        made.append(make(Report("test", tmp_path / "test.ipynb", "題", {}, "test"), ["html"]))

    assert ["", ""] == [one.error for one in made]
    assert made[0].files == made[1].files


@pytest.mark.parametrize("content", [b"<<<<<<< HEAD\n{}", b"{}", b"[]", b"\xff", b'{"cells": [1]}'])
def test_what_is_no_notebook_passes_the_filter_as_it_is(content: bytes) -> None:
    """A conflict of a merge stays to be seen."""
    assert content == cleaned(content)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with a notebook, whose git was told as by set-up."""
    root = tmp_path / "repository"
    root.mkdir()
    git("init", "--quiet", at=root)
    (root / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    (root / "test.ipynb").write_text(written_text(WRITTEN), encoding="utf-8")
    assert tell_git(Checkout(root))
    git("add", "--all", at=root)
    git("commit", "--quiet", "--message", "test", at=root)
    return root


def run_and_save(path: Path) -> None:
    """What JupyterLab does with a notebook: all cells, then the file."""
    of = nbformat.read(path, as_version=4)
    NotebookClient(of, kernel_name="python3").execute()
    nbformat.write(of, path)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::nbformat.warnings.MissingIDFieldWarning")
def test_after_run_all_and_save_git_sees_no_difference(repository: Path) -> None:
    """Nor a modified file, once the hook for saved files has run; an edit shows as that line alone."""
    path = repository / "test.ipynb"
    before = path.read_bytes()
    run_and_save(path)
    assert before != path.read_bytes()

    assert "" == git("diff", "--stat", at=repository)
    after_saving(os_path=str(path), model={"type": "notebook"})
    assert "" == git("status", "--porcelain", at=repository)

    path.write_text(path.read_text(encoding="utf-8").replace("year = 2024", "year = 2025"), encoding="utf-8")
    after_saving(os_path=str(path), model={"type": "notebook"})
    assert "1\t1\ttest.ipynb\n" == git("diff", "--numstat", at=repository)
    assert " M test.ipynb\n" == git("status", "--porcelain", at=repository)
    shown = re.sub(r"\x1b\[[\d;]*m", "", git("--no-pager", "diff", at=repository))
    assert ["## modified /cells/1/source:", "-  year = 2024", "+  year = 2025"] == shown.splitlines()[3:-1]


def test_saving_where_git_is_not_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """JupyterLab would show one for every save."""
    path = tmp_path / "test.ipynb"
    path.write_text(written_text(WRITTEN), encoding="utf-8")

    after_saving(os_path=str(path), model={"type": "notebook"})
    monkeypatch.setenv("PATH", str(tmp_path))
    after_saving(os_path=str(path), model={"type": "notebook"})


def test_without_git_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither where the project was unpacked, nor where .git lies there and the command is missing."""
    assert not tell_git(Checkout(tmp_path))
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not tell_git(Checkout(tmp_path))


@pytest.mark.parametrize(
    ("root", "python", "command"),
    [
        (
            PurePosixPath("/home/taro/project"),
            PurePosixPath("/home/taro/project/.venv/bin/python"),
            'if test -x ".venv/bin/python"; then ".venv/bin/python" -m renkei.git.clean; else cat; fi',
        ),
        (
            PurePosixPath("/home/taro/project"),
            PurePosixPath("/opt/conda/envs/renkei/bin/python"),
            'if test -x "/opt/conda/envs/renkei/bin/python"; '
            'then "/opt/conda/envs/renkei/bin/python" -m renkei.git.clean; else cat; fi',
        ),
        (
            PureWindowsPath("C:/Users/taro/my project"),
            PureWindowsPath("C:/Users/taro/my project/.venv/Scripts/python.exe"),
            '".venv/Scripts/python.exe" -m renkei.git.clean',
        ),
    ],
    ids=["venv", "conda", "windows"],
)
def test_git_is_told_by_which_python(root: Any, python: Any, command: str) -> None:
    """The working tree's own where it has one, by a name without backslashes, for which sh has other uses."""
    told = settings_for(root, python)

    assert command == told["filter.renkei-notebook.clean"]
    assert f'"{python.as_posix()}" -m nbdime' in told["diff.jupyternotebook.command"]


def test_a_working_tree_without_a_python_of_its_own_keeps_notebooks_as_they_are(tmp_path: Path) -> None:
    """Its git says nothing, where it otherwise would complain of every notebook."""
    settings = settings_for(tmp_path, tmp_path / ".venv" / "bin" / "python")
    command = settings["filter.renkei-notebook.clean"]
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, input=b"{}", capture_output=True, check=True)

    assert (b"{}", b"") == (done.stdout, done.stderr)


RUN = notebook(code_cell("1", displayed({"text/plain": "1"})), code_cell("year = 1"), code_cell(""))
RUN["cells"][1]["execution_count"] = 2
HALF_RUN = notebook(*RUN["cells"], code_cell("2"))
SKIPPED = notebook(*RUN["cells"], code_cell("2", tags=("skip-execution",)))


@pytest.mark.parametrize("exporter", [RenkeiHTMLExporter, RenkeiPDFExporter, RenkeiExcelExporter])
def test_a_notebook_that_was_not_run_is_not_exported(exporter: Any) -> None:
    """It would be a report without a number; the message says how to run it."""
    with pytest.raises(RenderError, match=r"found 2 cells of code, none was run; run it first \(in Jup"):
        exporter().from_notebook_node(nbformat.reads(written_text(RUN), as_version=4))


def test_a_notebook_of_which_a_part_was_not_run_is_not_exported() -> None:
    """Which cells these are stands in the message; empty ones and those to be skipped do not count."""
    with pytest.raises(RenderError, match="found 3 cells of code, not run: 3; run it first"):
        RenkeiHTMLExporter().from_notebook_node(nbformat.from_dict(HALF_RUN))
    for of in (RUN, SKIPPED):
        page, _ = RenkeiHTMLExporter().from_notebook_node(nbformat.from_dict(of))
        assert "</html>" in page
