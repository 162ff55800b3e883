"""A command's temporary folder goes with it or, should it be killed, with the next command."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from filelock import FileLock, Timeout
from renkei import scratch
from renkei.errors import RenkeiError
from stranger import USER, needs_another_user

#: Makes a folder, tells its path, and waits until its input is closed.
_OWNER = "from renkei.scratch import own_folder; print(own_folder(), flush=True); input()"


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of the test's own, with a short path; for its children, too."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


def owner() -> tuple[subprocess.Popen[str], Path]:
    """A process, and the folder that it owns."""
    process = subprocess.Popen(
        [sys.executable, "-c", _OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_a_folder_is_its_users_alone_and_goes_with_its_process(base: Path) -> None:
    """Others can neither enter nor list it; afterwards the temporary folder is empty."""
    process, folder = owner()

    assert base == folder.parent
    if os.name != "nt":
        assert 0o700 == stat.S_IMODE(folder.stat().st_mode)
    process.communicate("\n")
    assert (0, []) == (process.returncode, [*base.iterdir()])


def test_what_a_killed_process_left_goes_and_what_a_living_one_has_stays(base: Path) -> None:
    """However full it is; it stays until its own process has ended."""
    killed, left = owner()
    living, kept = owner()
    (left / "pymp-12345678").mkdir()
    (left / "pymp-12345678" / "listener").write_text("a socket")
    (kept / "kernel").write_text("a socket")
    killed.kill()
    killed.communicate()

    scratch.take_away_abandoned()

    assert [kept] == [*base.iterdir()]
    assert "a socket" == (kept / "kernel").read_text()
    living.kill()
    living.communicate()
    scratch.take_away_abandoned()
    assert [] == [*base.iterdir()]


def test_one_that_was_killed_before_it_had_its_lock_leaves_nothing(base: Path) -> None:
    """The folder is there and empty then."""
    (base / "renkei-abcd1234").mkdir(mode=0o700)

    scratch.take_away_abandoned()

    assert [] == [*base.iterdir()]


def test_what_a_child_of_a_killed_process_wrote_at_the_end_goes_with_the_next_command(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a folder is deleted, a kernel may still put a file there."""
    folder = base / "renkei-abcd1234"
    folder.mkdir(mode=0o700)

    def deleted_while_a_child_writes(path: Path, **_: object) -> None:
        (path / ".renkei-owner").unlink()
        (path / "late").write_text("of a kernel")

    with monkeypatch.context() as patch:
        patch.setattr(scratch, "shutil", SimpleNamespace(rmtree=deleted_while_a_child_writes))
        scratch.take_away_abandoned()
    assert (folder / "late").exists()
    scratch.take_away_abandoned()

    assert [] == [*base.iterdir()]


@pytest.mark.skipif(os.name == "nt", reason="modes of Unix")
def test_a_folder_that_another_deletes_before_it_has_its_lock_is_not_used(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock makes its folder anew, where others could enter; that one goes, and the next has its place."""
    made: list[str] = []

    def deleted_at_first(**given: Any) -> str:
        made.append(mkdtemp(**given))
        if 1 == len(made):
            Path(made[0]).rmdir()
        return made[-1]

    mkdtemp = tempfile.mkdtemp
    monkeypatch.setattr(tempfile, "mkdtemp", deleted_at_first)
    before = os.umask(0o022)
    try:
        folder = scratch.own_folder()
    finally:
        os.umask(before)

    assert made[1:] == [str(folder)] == [str(path) for path in base.iterdir()]
    assert 0o700 == stat.S_IMODE(folder.stat().st_mode)


@pytest.mark.skipif(
    os.name == "nt", reason="no open file is deleted on Windows, so its owner's lock keeps a folder"
)
def test_nobody_can_take_a_folder_while_it_is_deleted(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who makes a folder in the moment in which another finds it empty would own what is gone."""
    (base / "renkei-abcd1234").mkdir(mode=0o700)
    asked = []

    def tried(folder: Path, **_: object) -> None:
        with pytest.raises(Timeout):
            FileLock(folder / ".renkei-owner", timeout=0).acquire()
        asked.append(folder.name)

    monkeypatch.setattr(scratch, "shutil", SimpleNamespace(rmtree=tried))
    scratch.take_away_abandoned()

    assert ["renkei-abcd1234"] == asked


@pytest.mark.skipif(os.name == "nt", reason="modes and links of Unix")
def test_folders_of_other_kinds_are_left_alone(base: Path) -> None:
    """A project that somebody unpacked there, another program's, one open to all, a link, a file."""
    elsewhere = base / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    project = base / "renkei-checkout"
    project.mkdir(mode=0o700)
    (project / "Makefile").write_text("all:")
    (base / "pymp-abcd1234").mkdir(mode=0o700)
    open_to_all = base / "renkei-abcd1234"
    open_to_all.mkdir()
    open_to_all.chmod(0o755)
    (base / "renkei-abcd1235").symlink_to(elsewhere)
    (base / "renkei-abcd1236").write_text("")
    before = sorted(base.rglob("*"))

    scratch.take_away_abandoned()

    assert before == sorted(base.rglob("*"))


@needs_another_user
def test_another_users_folder_is_left_alone(base: Path) -> None:
    """Root could delete it, and does not."""
    theirs = base / "renkei-abcd1234"
    theirs.mkdir(mode=0o700)
    os.chown(theirs, USER, USER)

    scratch.take_away_abandoned()

    assert [theirs] == [*base.iterdir()]


def test_temporary_files_lie_apart_in_this_process_and_in_its_children(base: Path) -> None:
    """Only while it lasts; a child makes no folder of its own."""
    told = (
        "import tempfile; from renkei.scratch import own_folder; print(tempfile.gettempdir(), own_folder())"
    )
    with scratch.temporary_files_apart():
        own = scratch.own_folder()
        here = tempfile.gettempdir()
        child = subprocess.run(
            [sys.executable, "-c", told], capture_output=True, text=True, check=True
        ).stdout

    assert base == own.parent
    assert (str(own), f"{own} {own}\n") == (here, child)
    assert (str(base), str(base)) == (tempfile.gettempdir(), os.environ["TMPDIR"])


def test_a_temporary_folder_too_deep_for_sockets_is_told(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than that the system refuses a socket later, in words that nobody understands."""
    deep = base / ("d" * 60)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))

    with (
        pytest.raises(RenkeiError, match=r"a path of at most 55 bytes was expected.*found \d+; set TMPDIR"),
        scratch.temporary_files_apart(),
    ):
        pytest.fail("no sockets can be made there")


@pytest.mark.skipif(sys.platform == "win32", reason="ends by a signal")
def test_an_interrupted_process_leaves_nothing(base: Path) -> None:
    """Ctrl+C ends it as any other end does."""
    process, _ = owner()
    process.send_signal(signal.SIGINT)
    process.communicate()

    assert [] == [*base.iterdir()]
