"""A folder of reports: one batch at a time, and an index that lists what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from renkei.batch.fingerprints import RECORD
from renkei.errors import RenderError
from renkei.whole_files import clear_unfinished

#: The page that lists the reports of a folder.
INDEX = "index.html"


def is_listed(folder: Path) -> bool:
    """Whether the index was written after every report; it was not where a batch was killed before it."""
    try:
        listed = (folder / INDEX).stat().st_mtime_ns
    except FileNotFoundError:
        return False
    return all(record.stat().st_mtime_ns <= listed for record in folder.rglob(f".*{RECORD}"))


@contextmanager
def sole_use(folder: Path) -> Iterator[None]:
    """Have the folder, made if need be, to oneself; clear away what a killed batch left half-written.

    Raises RenderError if another command works there. The lock ends with the process that holds it.
    """
    # Only a command that writes needs to load it.
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise RenderError(
            f"{folder}: another command works with these reports; wait until it has ended"
        ) from error
    try:
        clear_unfinished(folder)
        yield
    finally:
        lock.release()
