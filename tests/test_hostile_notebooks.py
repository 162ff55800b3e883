"""Notebooks that misbehave, in one batch: each is told within a screen and costs no report but its own."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from conftest import ROOT, made_once, notebook_of, run_renkei
from renkei.batch.kernels.starting import can_fork
from renkei.checkout import CHECKOUT_VARIABLE

pytestmark = pytest.mark.skipif(
    not can_fork(), reason="limits and clean ends of kernels are those of forked ones"
)

#: A kernel's MIME type of a piece.
PIECE = "application/vnd.renkei.piece+json"
_MOST_LINES = 20


def shown(kind: str, value: str) -> str:
    """A cell that shows a value, given as Python, under a MIME type."""
    return f"from IPython.display import display\ndisplay({{{kind!r}: {value}}}, raw=True)"


def piece(kind: str, value: str) -> str:
    """A cell that shows what it says is a piece."""
    return shown(PIECE, f"{{'version': 2, 'kind': {kind!r}, 'piece': {value}}}")


#: What a cell does, and what is said of it: none of them is a report.
REFUSED = {
    "fork-that-comes-back": (
        "import os\nos.fork()",
        "In [1]: the cell has forked its kernel by os.fork, and 1 ",
    ),
    "fork-without-end": (
        "import os, signal\nif os.fork() == 0:\n    signal.pause()",
        "In [1]: the cell has forked its kernel by os.fork, and 1 ",
    ),
    "fork-twice": (
        "import os, signal\nif os.fork() == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n"
        "    signal.pause()\nos.wait()",
        "In [1]: the cell has forked its kernel by os.fork, and 1 ",
    ),
    "long-message": (
        "raise ValueError('長' * 2_000_000)",
        "In [1]: ValueError: 長.* … 1,999,700 characters left out",
    ),
    "many-lines": (
        r"raise ValueError('\n'.join(map(str, range(99_999))))",
        r"In \[1\]: ValueError: 0\n1\n2\n3\n… 99,991 lines left out …\n99995\n",
    ),
    "deep-trace": (
        "import sys\nsys.setrecursionlimit(5000)\ndef f(n):\n    if n: f(n - 1)\n    1 / 0\nf(999)",
        "In [1]: ZeroDivisionError: division by zero",
    ),
    "without-end": ("def f(): f()\nf()", "In [1]: RecursionError"),
    "terminal": (
        r"raise ValueError('\x1b[2J\x1b]0;x\x07a\rb\x9b1m\u202ec')",
        r"In \[1\]: ValueError: \\x1b\[2J\\x1b\]0;x\\x07a\\rb\\x9b1m\\u202ec\n",
    ),
    "printing": (
        "while True: print('x' * 100_000)",
        "In [1]: ValueError: a cell that prints at most 2,000,000 ",
    ),
    "large": (
        shown("text/html", "'<p>' + 'x' * 6_000_000"),
        "In [1]: an output of at most 5,000,000 characters was expected, found 6,000,003",
    ),
    "half-a-character": (r"print('\ud800')", "In [1]: UnicodeEncodeError: 'utf-8' codec can't encode"),
    "half-in-html": (
        shown("text/html", r"'\ud800'"),
        "In [1]: UnicodeEncodeError: 'utf-8' codec can't encode",
    ),
    "half-in-error": (r"raise ValueError('\ud800')", "In [1]: "),
    "formaction": (
        shown("text/html", "'<p formaction=\"x\">'"),
        "In [1]: HTML that a report can show was expected, found the attribute formaction of p",
    ),
    "svg-script": (
        shown("image/svg+xml", "'<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>'"),
        "In [1]: a drawing that a report can show was expected, found the element script",
    ),
    "exit": ("import sys\nsys.exit(3)", "In [1]: SystemExit: 3"),
    "end": ("import os\nos._exit(0)", "In [1]: the kernel ended before the notebook did"),
    "closed": ("import os\nos.closerange(3, 200)", "In [1]: the kernel ended before the notebook did"),
    "question": ("input('?')", "In [1]: StdinNotImplementedError: "),
    "error-without-text": (
        "class E(Exception):\n    def __str__(self): raise KeyError('中')\nraise E()",
        "In [1]: KeyError: '中'",
    ),
    "no-message": ("raise ValueError", "In [1]: ValueError\n"),
    "interrupt": ("raise KeyboardInterrupt", "In [1]: KeyboardInterrupt\n"),
    "bad-repr": ("class A:\n    def __repr__(self): raise ValueError('中')\nA()", "In [1]: ValueError: 中"),
    "no-text": (
        shown("text/html", "5"),
        "In [1]: an output that a notebook can hold was expected, found: 5 is",
    ),
    "no-json": (
        "nest = []\nfor _ in range(900): nest = [nest]\n" + shown("application/json", "nest"),
        "In [1]: an output is nested too deeply for a notebook",
    ),
    "no-piece": (shown(PIECE, "'{'"), "In [1]: a piece of version 2, one of "),
    "no-number": (piece("table", "{'caption': float('nan')}"), "In [1]: a table was expected: "),
    "huge-number": (piece("title", "{'title': 10**400}"), "In [1]: a title was expected: Expected `str`"),
}
#: What a cell does that does not concern its report, and what the page says all the same.
MADE = {
    "ends-its-parent": "import os, signal\nos.kill(os.getppid(), signal.SIGTERM)\nprint('良')",
    "deaf": "import signal\nfor each in (1, 2, 15, 17): signal.signal(each, signal.SIG_IGN)\nprint('良')",
    "nowhere": "import os, tempfile\nhere = tempfile.mkdtemp()\nos.chdir(here)\nos.rmdir(here)\nprint('良')",
    "no-streams": "import os\nos.close(1)\nos.close(2)\nprint('良')",
    "left-behind": (
        "import subprocess\nfrom pathlib import Path\n"
        "left = [subprocess.Popen(['sleep', 'infinity'], start_new_session=new) for new in (False, True)]\n"
        "left.append(subprocess.Popen(['sh', '-c', 'setsid sleep infinity & echo $!'], stdout=-1))\n"
        "pids = [left[0].pid, left[1].pid, int(left[2].stdout.readline())]\n"
        "Path(PIDS).write_text(' '.join(map(str, pids)))\nprint('良')"
    ),
    "deep-html": shown("text/html", "'<div>' * 9_000 + '良'"),
    "good": "print('良')",
}


@dataclass(frozen=True)
class Batch:
    """What the command said of all of them, and what it made."""

    folder: Path
    status: int
    out: str
    err: str

    def of(self, name: str) -> str:
        """What was said on stderr of one notebook."""
        return next(
            (
                part
                for part in re.split(r"^error: ", self.err, flags=re.MULTILINE)
                if part.startswith(f"{name}: ")
            ),
            "",
        )


@pytest.fixture(scope="session")
def batch(shared: Path) -> Batch:
    """All of them in one batch of two workers, once."""

    def make(folder: Path) -> None:
        for of_project in ("data", "notebooks"):
            shutil.copytree(ROOT / of_project, folder / of_project)
        cells = {name: code for name, (code, _) in REFUSED.items()} | MADE
        for name, code in cells.items():
            text = notebook_of(code.replace("PIDS", repr(str(folder / "pids"))))
            (folder / f"notebooks/{name}.ipynb").write_text(text, encoding="utf-8")
            with (folder / "notebooks/reports.toml").open("a", encoding="utf-8") as file:
                file.write(f'\n[{name}]\nnotebook = "{name}.ipynb"\ntitle = "{name}"\nfile = "{name}"\n')
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(CHECKOUT_VARIABLE, str(folder))
            done = run_renkei("render", *cells, "--format", "html", "--jobs", "2")
        for name, said in (("status", str(done.returncode)), ("out", done.stdout), ("err", done.stderr)):
            (folder / name).write_text(said, encoding="utf-8")

    folder = made_once(shared / "hostile", make)
    status, out, err = ((folder / name).read_text(encoding="utf-8") for name in ("status", "out", "err"))
    return Batch(folder, int(status), out, err)


@pytest.mark.parametrize(
    ("name", "message"),
    [(name, said) for name, (_, said) in REFUSED.items()],
    ids=list(REFUSED),
)
def test_a_notebook_that_misbehaves_is_told_within_a_screen(batch: Batch, name: str, message: str) -> None:
    """One message with notebook, cell and reason, nothing that steers a terminal; no report."""
    told = batch.of(name)
    pattern = message if "\\[" in message else re.escape(message).replace(r"\.\*", ".*")

    assert re.match(rf"{name}: {name}\.ipynb, {pattern}", told), told
    assert len(told.splitlines()) <= _MOST_LINES
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", told)
    assert max(map(len, told.splitlines())) < 1000
    made = {path.name: path.stat().st_size for path in (batch.folder / "reports").glob(f"{name}.*")}
    assert made.keys() <= {f"{name}.failed.ipynb"}
    assert all(size < 200_000 for size in made.values())


@pytest.mark.parametrize("name", MADE)
def test_what_does_not_concern_a_report_does_not_stop_it(batch: Batch, name: str) -> None:
    """The page is made, and nothing is said of it."""
    assert "" == batch.of(name)
    assert "良" in (batch.folder / f"reports/{name}.html").read_text(encoding="utf-8")


def test_nothing_else_is_told_of_the_batch(batch: Batch) -> None:
    """One message for each that failed, no line of a library's own, and the exit status of a failure."""
    assert 1 == batch.status
    assert len(REFUSED) == len(re.findall(r"^error: ", batch.err, re.MULTILINE))
    # The kernel whose sockets were closed is ended by its own library, which says where.
    assert re.match(r"(.*\(src/\w+\.cpp:\d+\)\n)*error: ", batch.err)
    assert f"{len(MADE)} of {len(REFUSED) + len(MADE)} reports made" in batch.out
    assert "Traceback (most recent call last):\n  File" not in batch.err


def test_what_a_kernel_leaves_running_ends_with_it(batch: Batch) -> None:
    """Also in a session of its own, also when its parent has ended before."""
    pids = [int(pid) for pid in (batch.folder / "pids").read_text().split()]

    assert 3 == len(pids)
    assert [] == [pid for pid in pids if psutil.pid_exists(pid) and "sleep" in psutil.Process(pid).name()]
