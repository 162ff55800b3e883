"""One batch at a time in a folder of reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from renkei.errors import RenderError
from renkei.whole_files import UNFINISHED


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
