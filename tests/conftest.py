"""What many tests need: small tables written as text, and a copy of the project to break."""

from __future__ import annotations

import gc
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from renkei.checkout import CHECKOUT_VARIABLE, Checkout
from renkei.cli import main
from renkei.quick_loading import without_iri_grammar

from notebooks import code_cell, markdown_cell, notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
#: Seconds after which a test gives up waiting for what should come at once.
PATIENCE = 300
CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None and "RENKEI_NEEDS_CHROMIUM" not in os.environ,
    reason="needs Chromium: apt-get install chromium",
)
SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None and "RENKEI_NEEDS_LIBREOFFICE" not in os.environ,
    reason="needs LibreOffice: apt-get install libreoffice-calc-nogui",
)

Command = Callable[..., subprocess.CompletedProcess[str]]

# As commands do it: some tests load jsonschema before any command of theirs.
without_iri_grammar()

# Tests hold many large trees. Python's looking through them for garbage, again and again, was a fifth of the
# time of tests that read pages and PDFs.
gc.set_threshold(100_000, 50, 100)

# How long an example takes says how busy the machine is, and nothing of what it is an example of.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture
def heard_signals() -> Iterator[None]:
    """Signals to stop that are heard, in children too, also where nohup or a background job ignores them."""
    before = {
        number: signal.getsignal(number)
        for number in (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))
        if number is not None
    }
    for number in before:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """An option of the reviewed texts, which stands here because pytest looks for options here."""
    parser.addoption(
        "--renew", action="store_true", help="write the reviewed texts anew, for review by git diff"
    )


#: What starts a process of its own, or reads what one made.
_SLOW_FIXTURES = {"renkei", "reports", "five", "browser", "server", "kernel", "inbox", "small"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow whatever starts processes, so that the others make a quick inner loop."""
    for item in items:
        if _SLOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


def table(text: str) -> pd.DataFrame:
    """A DataFrame from lines of words, the first line the columns; “.” stands for a missing cell."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return pd.DataFrame([[None if cell == "." else cell for cell in row] for row in rows], columns=head)


@pytest.fixture(scope="session", autouse=True)
def _no_own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nobody's own record of what was sent is touched."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENKEI_MAIL_RECORD", str(tmp_path_factory.mktemp("mail-record")))
        yield


@pytest.fixture
def checkout() -> Checkout:
    """The project itself; tests must not write to it."""
    return Checkout(ROOT)


@pytest.fixture
def checkout_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A copy of the data and notebooks, on which all of renkei works during the test."""
    root = tmp_path / "project"
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder)
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(root))
    return Checkout(root)


def run_renkei(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, as a user would, in the current project."""
    return subprocess.run(
        [sys.executable, "-c", "from renkei.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200"},
        check=False,
    )


@pytest.fixture
def renkei() -> Command:
    """The command line, run in a process of its own."""
    return run_renkei


def call_renkei(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The same without a process of its own, for commands that start none: it need not import everything.

    What no user should see, an exception or a warning, fails the test.
    """
    out, err, status = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["renkei", *arguments])
        patch.setenv("COLUMNS", "200")
        patch.setattr("renkei.cli.tell_unexpected", raised)
        try:
            main()
        except SystemExit as ended:
            assert isinstance(ended.code, int)
            status = ended.code
    return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())


def raised(error: Exception) -> None:
    """Stands for what tells a user of a fault of the program: in a test, a fault fails it."""
    raise error


@pytest.fixture
def called() -> Command:
    """The command line, called in this process."""
    return call_renkei


def git(*arguments: str, at: Path = ROOT) -> str:
    """What git tells in a folder; where there is no git, or it refuses, the test is skipped."""
    try:
        told = subprocess.run(
            ["git", "-c", "user.name=test", "-c", "user.email=test@example.jp", *arguments],
            cwd=at, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("needs git")
    if told.returncode:
        pytest.skip(f"not a git checkout: {told.stderr}")
    return told.stdout


def saved_by_libreoffice(*paths: Path, as_: str, into: Path) -> None:
    """Have LibreOffice open workbooks and save them in another format, all by one process."""
    profile = f"-env:UserInstallation={paths[0].with_name('profile').as_uri()}"
    subprocess.run(
        [SOFFICE or "soffice", profile, "--headless", "--convert-to", as_, "--outdir", str(into),
         *map(str, paths)],
        check=True, capture_output=True,
    )  # fmt: skip


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder as `make` fills it, once for all tests and for all processes that run them side by side."""
    done = folder.with_name(f"{folder.name}.done")
    with FileLock(folder.with_name(f"{folder.name}.lock")):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a short path, for a temporary folder: sockets lie there, whose paths must be short."""
    with tempfile.TemporaryDirectory(dir="/tmp" if Path("/tmp").is_dir() else None) as folder:  # noqa: S108
        yield Path(folder)


FIVE = ("municipality", "--municipality", "千歳市", "--format", "html")
#: Reports that tests read, in the commands that make them.
SHARED_REPORTS = (
    ("outcomes", "trajectory", "targets", "brief"),
    ("municipality", "--fiscal-year", "2025", "--municipality", "千歳市"),
    ("municipality", "--fiscal-year", "2024", "--municipality", "札幌市", "--format", "html"),
    ("municipality", "--fiscal-year", "2025", "--municipality", "当別町", "--format", "html"),
    ("municipality", "--fiscal-year", "2026", "--municipality", "南幌町", "--format", "html"),
    ("status", "--fiscal-year", "2024"),
)


@pytest.fixture(scope="session")
def five(shared: Path) -> Path:
    """A municipality's report of every year of the plan, made once by two workers."""

    def make(folder: Path) -> None:
        result = run_renkei("render", *FIVE, "--jobs", "2", "--output", str(folder))
        assert (0, "") == (result.returncode, result.stderr)

    return made_once(shared / "five", make)


@pytest.fixture(scope="session")
def reports(shared: Path) -> Path:
    """Reports of each family, made once as a user makes them; tests must not write to this folder."""

    def make(folder: Path) -> None:
        for arguments in SHARED_REPORTS:
            result = run_renkei("render", *arguments, "--jobs", "2", "--output", str(folder))
            assert (0, "") == (result.returncode, result.stderr)

    return made_once(shared / "reports", make)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"],
        )  # fmt: skip
        yield browser
        browser.close()


def edit(path: Path, old: str, new: str) -> None:
    """Replace the one place where `old` stands in a file."""
    text = path.read_text(encoding="utf-8")
    assert 1 == text.count(old), f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def notebook_of(code: str, parameters: str = "") -> str:
    """A notebook with a heading, a cell of parameters if any are given, and a cell of code."""
    given = [code_cell(parameters, tags=("parameters",))] if parameters else []
    return json.dumps(notebook(markdown_cell("# 試験"), *given, code_cell(code)))
