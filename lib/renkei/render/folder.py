"""A folder of reports: one batch at a time, and an index that lists what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from renkei.errors import RenderError
from renkei.render.record import RECORD
from renkei.whole_files import UNFINISHED

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

    Raises RenderError if another batch writes there. The lock ends with the process that holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            import fcntl
        except ImportError:  # Windows, where a file that is being written cannot be replaced anyway
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RenderError(f"{folder}: another batch writes its reports here; wait for its end") from error
        for half_written in folder.rglob(f".*{UNFINISHED}"):
            half_written.unlink(missing_ok=True)
        yield
