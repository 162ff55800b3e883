"""A temporary folder of each command's own, which goes with it or, should it be killed, with the next one.

A folder has the lock of its owner in it, and the lock ends with the process however that ends. Whoever gets
the lock knows that nobody owns the folder: ids of processes come again, and differ between containers.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING

from renkei.errors import RenkeiError

if TYPE_CHECKING:
    from filelock import FileLock

_PREFIX = "renkei-"
#: The lock of the owner. A folder without it is taken for one of ours only while it is empty.
_OWNER = ".renkei-owner"
_NAME = re.compile(rf"{_PREFIX}\w{{8}}")
#: Sockets lie below, the fork server's of multiprocessing deepest: /pymp-xxxxxxxx/listener-xxxxxxxx.
#: So many bytes has the whole path of one at most, on any system.
_SOCKET_PATH = 103
_BELOW = len("/pymp-xxxxxxxx/listener-xxxxxxxx")
#: What tells programs, on any system, where temporary files go; Python asks it first.
_VARIABLE = "TMPDIR"


def own_folder() -> Path:
    """The folder for temporary files of this process, which only this user can enter.

    That of the command that started this process, while that has its temporary files apart.
    """
    base = Path(tempfile.gettempdir())
    return base if (base / _OWNER).exists() else _folder_in(base)


@contextmanager
def temporary_files_apart() -> Iterator[None]:
    """While this lasts, temporary files lie in the folder of this process: its own and its children's.

    Children that are killed leave them there, and so do the modules of others that make such folders.
    """
    folder = own_folder()
    if len(os.fsencode(folder)) + _BELOW > _SOCKET_PATH:
        longest = _SOCKET_PATH - _BELOW - len(f"/{folder.name}")
        raise RenkeiError(
            f"{folder.parent}: a temporary folder with a path of at most {longest} bytes was expected, since "
            f"paths of sockets must be short, found {len(os.fsencode(folder.parent))}; "
            f"set {_VARIABLE} to another folder, such as /tmp"
        )
    before, variable = tempfile.tempdir, os.environ.get(_VARIABLE)
    tempfile.tempdir = os.environ[_VARIABLE] = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        if variable is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = variable


def take_away_abandoned() -> None:
    """Delete what killed commands of this user left in the temporary folder."""
    with suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            if _NAME.fullmatch(entry.name) and _may_be_ours(Path(entry)):
                _delete_if_abandoned(Path(entry))


@cache
def _folder_in(base: Path) -> Path:
    """A new folder in this one that this process owns until it ends."""
    from filelock import FileLock, Timeout

    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
        lock = FileLock(folder / _OWNER, timeout=0)
        # Another command may come between, and take the folder for one whose owner is gone.
        with suppress(Timeout, FileNotFoundError):
            lock.acquire()
            # Where that one has deleted it already, the lock has made another, as open as the umask says.
            if not _may_be_ours(folder):
                _delete(folder, lock)
                continue
            # After multiprocessing has taken away what it has there itself, at -100.
            Finalize(None, _delete, (folder, lock), exitpriority=-1000)
            return folder


def _delete(folder: Path, lock: FileLock) -> None:
    """Delete a folder and release its lock.

    While the lock is held, so that nobody takes the folder for theirs meanwhile; but Windows deletes no file
    that is open, and so neither the lock nor, should somebody have it by then, their folder.
    """
    if os.name == "nt":
        lock.release()
    shutil.rmtree(folder, ignore_errors=True)
    # It is still there if a child of its killed owner wrote to it just then: the next command is to know it.
    with suppress(OSError):
        (folder / _OWNER).touch()
    lock.release()


def _may_be_ours(folder: Path) -> bool:
    """Whether a folder, no link, is this user's alone, and has either an owner's lock or nothing in it."""
    try:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode):
            return False
        if os.name != "nt" and (found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077):
            return False
        return (folder / _OWNER).exists() or not any(folder.iterdir())
    except OSError:
        return False


def _delete_if_abandoned(folder: Path) -> None:
    from filelock import FileLock, Timeout

    with suppress(Timeout, OSError):
        lock = FileLock(folder / _OWNER, timeout=0)
        lock.acquire()
        _delete(folder, lock)
