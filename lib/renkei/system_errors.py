"""What the system refused, in words: where, what was expected, what was found, what to do."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

from renkei.errors import RenkeiError

#: A kernel alone has more than 64 files open at times; with 128, twelve reports were made at once.
_FEWEST_FILES = 128
_ENOUGH_FILES = 1024
#: What was expected, and what to do, by the number of the system's error.
_EXPECTED = {
    **dict.fromkeys(
        (errno.ENOSPC, errno.EDQUOT),
        ("room on the disk", "free some, or name a folder elsewhere (--output; TMPDIR for temporary files)"),
    ),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS),
        ("a place that you may write to", "name another (--output), or ask its owner"),
    ),
    **dict.fromkeys(
        (errno.EMFILE, errno.ENFILE),
        (
            "leave to open more files",
            "allow more (ulimit -n 1024), or work on fewer reports at once (--jobs 1)",
        ),
    ),
    errno.ENOMEM: ("more memory", "end other programs, or work on fewer reports at once (--jobs 1)"),
}


def in_words(error: OSError | MemoryError, at: Path | None = None) -> str:
    """One line for whoever asked; the system's own words if it is not about limits or rights.

    `at` is where it happened, should the error itself not say.
    """
    number = errno.ENOMEM if isinstance(error, MemoryError) else error.errno
    if number not in _EXPECTED:
        return str(error)
    expected, advice = _EXPECTED[number]
    path = None if isinstance(error, MemoryError) else error.filename2 or error.filename or at
    where = f"{path}: " if path else ""
    found = "too little" if isinstance(error, MemoryError) else error.strerror
    return f"{where}{expected} was expected, found: {found}; {advice}"


def demand_open_files() -> None:
    """Let this process and its children open as many files as the system allows them, up to a thousand.

    Raises RenkeiError where that is too few for a batch.
    """
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return
    allowed = _ENOUGH_FILES if hard == resource.RLIM_INFINITY else min(hard, _ENOUGH_FILES)
    if allowed < _FEWEST_FILES:
        raise RenkeiError(
            f"leave to open {_FEWEST_FILES} files at once was expected, found {allowed}; "
            f"allow more: ulimit -n {_ENOUGH_FILES}"
        )
    if soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
