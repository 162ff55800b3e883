"""A full disk, a place without rights, too few files: one message, and what was there before stays."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import call_renkei
from kills import small_families
from offices import row, workbook
from renkei.batch.families import Report
from renkei.batch.folder import sole_use
from renkei.batch.kernels.starting import can_fork
from renkei.batch.one import _reason
from renkei.checkout import CHECKOUT_VARIABLE
from renkei.scratch import own_folder
from renkei.system_errors import in_words
from stranger import USER, needs_another_user

#: Mounts a disk over $PLACE with what is there, runs a command, and copies what is there then to $AFTER.
_MOUNTED = """
set -e
mkdir -p "$PLACE" "$AFTER"
cp -a "$PLACE/." "$BEFORE"
mount -t tmpfs -o size="$SIZE",mode=0700 tmpfs "$PLACE"
cp -a "$BEFORE/." "$PLACE"
if [ -n "$READ_ONLY" ]; then mount -o remount,ro "$PLACE"; fi
code=0
"$@" || code=$?
cp -a "$PLACE/." "$AFTER"
exit $code
"""
RENDER = ("render", "first", "--format", "html", "--force")
IMPORT = ("actuals", "import", "--entered-on", "2025-07-01", "sent.xlsx")


def _may_mount() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    tried = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", tempfile.gettempdir()]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


needs_mounts = pytest.mark.skipif(not _may_mount(), reason="needs the right to mount a small disk")


@pytest.fixture
def project(short: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with small families, pages and tables of before, and a file that an office sent."""
    root = short / "project"
    small_families(root)
    (root / "reports").mkdir()
    for name in ("first-2024.html", "index.html"):
        (root / "reports" / name).write_text("of before")
    for table in ("costs", "projects"):
        (root / "data" / "tables" / f"{table}.csv").write_text("of before")
    workbook(root / "sent.xlsx", row())
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(root))
    return root


def files(folder: Path) -> dict[str, bytes]:
    """Each file with its bytes, but for locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def refused(told: subprocess.CompletedProcess[str]) -> str:
    """What a command told that was to be refused: one message, no traceback, no more than 20 lines."""
    assert 1 == told.returncode, told
    assert 1 == told.stderr.count("error:"), told.stderr
    assert "Traceback" not in told.stderr
    assert 'File "' not in told.stderr
    assert len((told.stdout + told.stderr).splitlines()) <= 20
    return told.stderr


def run(project: Path, *arguments: str, before: tuple[str, ...] = (), **settings: str) -> str:
    """What a command tells that is refused in a process of its own."""
    return refused(
        subprocess.run(
            [*before, sys.executable, "-c", "from renkei.cli import main; main()", *arguments],
            cwd=project, env={**os.environ, **settings}, capture_output=True, text=True, check=False,
        )
    )  # fmt: skip


def run_mounted(
    project: Path, place: str, room: int, *arguments: str, read_only: str = "", **settings: str
) -> str:
    """The same with a disk, so many KiB of it free, in a place of the project; what is on it stays."""
    after, kept = project.parent / "after", project.parent / "kept"
    kept.mkdir()
    # A disk has pages of 4 KiB.
    taken = sum(4 * -(-len(content) // 4096) for content in files(project / place).values())
    told = run(
        project, *arguments, before=("unshare", "-m", "sh", "-c", _MOUNTED, "sh"),
        PLACE=str(project / place), AFTER=str(after), BEFORE=str(kept), SIZE=f"{room + taken}k",
        READ_ONLY=read_only, **settings,
    )  # fmt: skip
    assert files(kept) == files(after)
    return told


ROOM = "room on the disk was expected, found: No space left on device; free some"


@needs_mounts
@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "room", "arguments", "named"),
    [
        ("reports", 4, RENDER, "reports/"),
        ("data/tables", 120, ("build",), "data/tables/"),
        ("data/tables", 8, IMPORT, "data/tables/"),
    ],
)
def test_a_full_disk_is_told_and_leaves_all_as_it_was(
    project: Path, place: str, room: int, arguments: tuple[str, ...], named: str
) -> None:
    """Where there is no room, and what to do; below data nothing has changed either."""
    if arguments == IMPORT:
        assert 0 == call_renkei("build").returncode
    before = files(project / "data")

    told = run_mounted(project, place, room, *arguments)

    assert f"{project}/{named}" in told
    assert ROOM in told
    assert before == files(project / "data")


@needs_mounts
@pytest.mark.slow
@pytest.mark.parametrize("arguments", [RENDER, IMPORT])
def test_a_full_temporary_folder_is_told(project: Path, arguments: tuple[str, ...]) -> None:
    """Nothing is written where it should stand; reports and data are as before."""
    before = files(project / "data"), (project / "reports/first-2024.html").read_text()

    told = run_mounted(project, "tmp", 4, *arguments, TMPDIR=str(project / "tmp"))

    assert str(project / "tmp" / "renkei-") in told
    assert ROOM in told
    assert before == (files(project / "data"), (project / "reports/first-2024.html").read_text())


def test_a_temporary_folder_that_fills_while_a_notebook_runs_is_told(tmp_path: Path) -> None:
    """Where papermill or a kernel's client meets it, who do not say where: in the folder of this command."""
    report = Report("first", tmp_path / "first.ipynb", "題", {}, "first")
    told = _reason(report, OSError(errno.ENOSPC, "No space left on device"))

    assert told.startswith(f"{own_folder()}: {ROOM}")


@needs_mounts
@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "arguments"), [("reports", RENDER), ("data", ("build",)), ("data/tables", IMPORT)]
)
def test_a_read_only_folder_is_told(project: Path, place: str, arguments: tuple[str, ...]) -> None:
    """Before anything is made."""
    if arguments == IMPORT:
        assert 0 == call_renkei("build").returncode
    told = run_mounted(project, place, 2000, *arguments, read_only="yes")

    assert f"{project}/{place}" in told
    assert "a place that you may write to was expected, found: Read-only file system; name another" in told


@contextmanager
def as_nobody(project: Path) -> Iterator[None]:
    """While this lasts, this process has the rights of another user, who may read and enter the project."""
    for path in (project.parent, project, *project.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    os.seteuid(USER)
    try:
        yield
    finally:
        os.seteuid(0)


@needs_another_user
def test_another_users_folder_is_told(project: Path) -> None:
    """Who may read a project and not write to it changes nothing there."""
    # What it loads on the way, nobody else may be able to read.
    assert 0 == call_renkei("build").returncode
    before = files(project)
    with as_nobody(project):
        told = refused(call_renkei("build"))

    assert f"{project}/" in told
    assert "a place that you may write to was expected, found: Permission denied; name another" in told
    assert before == files(project)


@needs_another_user
def test_reports_in_another_users_folder_are_told(project: Path) -> None:
    """The folder of reports is asked for before any report is made."""
    with as_nobody(project), pytest.raises(PermissionError) as told, sole_use(project / "reports"):
        pytest.fail("no report can be put there")

    assert in_words(told.value).startswith(f"{project}/reports/.lock: a place that you may write to")


@pytest.mark.slow
@pytest.mark.skipif(not can_fork(), reason="limits of Unix, tried on Linux")
def test_too_few_open_files_are_told_before_a_report_is_made(project: Path) -> None:
    """64 are enough to build and to import; kernels need more, and would fail in words of their own."""
    limited = ("sh", "-c", 'ulimit -n 64; exec "$@"', "sh")
    before = files(project / "reports")

    told = run(project, *RENDER, before=limited)

    assert "leave to open 128 files at once was expected, found 64; allow more: ulimit -n 1024" in told
    assert before == files(project / "reports")


@pytest.mark.slow
@pytest.mark.skipif(not can_fork(), reason="limits of Unix, tried on Linux")
@pytest.mark.parametrize(
    ("limit", "arguments"),
    [("-n 64", ("build",)), ("-n 64", IMPORT), ("-v 1572864", (*RENDER, "--format", "html,pdf,xlsx"))],
)
def test_limits_that_suffice_change_nothing(project: Path, limit: str, arguments: tuple[str, ...]) -> None:
    """64 open files for tables and actuals, 1.5 GiB of addresses for a report in every format."""
    if arguments == IMPORT:
        assert 0 == call_renkei("build").returncode
    done = subprocess.run(
        ["sh", "-c", f'ulimit {limit}; exec "$@"', "sh", sys.executable, "-c",
         "from renkei.cli import main; main()", *arguments],
        # Libraries start a thread for each core, and each of them takes addresses.
        env={**os.environ, "OPENBLAS_NUM_THREADS": "2", "RAYON_NUM_THREADS": "2"},
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            OSError(errno.EMFILE, "Too many open files"),
            "leave to open more files was expected, found: Too many",
        ),
        (MemoryError(), "more memory was expected, found: too little; end other programs"),
        (OSError(errno.EIO, "Input/output error", "a.csv"), "[Errno 5] Input/output error: 'a.csv'"),
        (
            OSError(errno.ENOSPC, "No space", "a", None, "b"),
            "b: room on the disk was expected, found: No space;",
        ),
    ],
)
def test_what_the_system_refuses_is_told_in_words(error: OSError | MemoryError, told: str) -> None:
    """Of a copy, where it goes to; what is no limit, as the system says it."""
    assert in_words(error).startswith(told)
