"""The record of what was sent: a line of JSON for each thing that happened, never changed afterwards.

It stands in the user's own data folder, by area: outputs are deleted and checkouts come and go, and whoever
has a report has it all the same. Beside it lies each message as it was sent, under its SHA-256.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

from renkei.errors import MailError
from renkei.mail.events import Event, event_of, line_of

#: The folder of the record, if not the usual one.
RECORD_VARIABLE = "RENKEI_MAIL_RECORD"
FILE = "record.jsonl"
#: Messages as they were sent.
SENT = "sent"
#: So many bytes of messages are kept at most; the oldest go first.
KEPT_BYTES = 1_000_000_000

#: Windows would write other line ends.
_BINARY = getattr(os, "O_BINARY", 0)
_NO_NAME = re.compile(r"[^\w-]+")


def record_folder(given: Path | None, area: str) -> Path:
    """The folder of an area's record: as given, or by RENKEI_MAIL_RECORD, or in the user's data folder."""
    named = given or os.environ.get(RECORD_VARIABLE)
    if named:
        return Path(named).absolute()
    return user_data_path("renkei") / "mail" / _NO_NAME.sub("_", area)


@dataclass
class Record:
    """The events of a record, oldest first, and the text of a last line that was cut off (empty if none)."""

    folder: Path
    events: list[Event] = field(default_factory=list)
    cut_off: str = ""

    @property
    def path(self) -> Path:
        """The file of the events."""
        return self.folder / FILE

    def add(self, event: Event) -> None:
        """Add an event; it is on the disk when this returns. OSError where it cannot be: nothing is added."""
        _make_own(self.folder)
        is_new = not self.path.exists()
        content = f"{line_of(event)}\n".encode()
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | _BINARY, 0o600)
        try:
            end = _end_of_lines(descriptor)
            try:
                os.ftruncate(descriptor, end)
                _write_all(descriptor, content, end)
                os.fsync(descriptor)
            except OSError:
                # A full disk may have taken half a line.
                with suppress(OSError):
                    os.ftruncate(descriptor, end)
                raise
        finally:
            os.close(descriptor)
        if is_new:
            _sync_folder(self.folder)
        self.events.append(event)
        self.cut_off = ""

    def keep(self, digest: str, message: bytes) -> None:
        """Keep a message, as it is about to be sent, under its SHA-256; it is on the disk then."""
        folder = self.folder / SENT
        _make_own(self.folder)
        _make_own(folder)
        _make_room(folder, KEPT_BYTES - len(message))
        path = self.kept(digest)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        try:
            _write_all(descriptor, message, 0)
            os.fsync(descriptor)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)

    def kept(self, digest: str) -> Path:
        """Where a message that was sent is kept."""
        return self.folder / SENT / f"{digest}.eml"


def read_record(folder: Path) -> Record:
    """The record of a folder; an empty one where there is none.

    The last line may be cut off, by a kill or a full disk: what it was about had not happened yet, or is in
    doubt by the line before. Raises MailError for any other line that cannot be read.
    """
    record = Record(folder)
    try:
        content = record.path.read_bytes()
    except FileNotFoundError:
        return record
    except OSError as error:
        raise MailError(
            f"{record.path}: a record of what was sent was expected, which cannot be read ({error}); "
            "without it nobody knows what was sent"
        ) from error
    *lines, rest = content.split(b"\n")
    record.cut_off = rest.decode("utf-8", "replace")
    for number, line in enumerate(lines, start=1):
        try:
            record.events += [event_of(line)] if line.strip() else []
        except (ValueError, TypeError) as error:
            raise MailError(
                f"{record.path}:{number}: a record of something sent was expected, found {line[:200]!r}; "
                "without it nobody knows what was sent: mend the line, or take it away"
            ) from error
    return record


@contextmanager
def writing_record(folder: Path) -> Iterator[Record]:
    """The record of a folder, to oneself until the end; MailError if another command writes to it now."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / ".lock", timeout=0, mode=0o600)
    try:
        _make_own(folder)
        lock.acquire()
    except Timeout as error:
        raise MailError(
            f"{folder}: another 'renkei mail' writes to this record; wait until it has ended"
        ) from error
    except OSError as error:
        raise MailError(
            f"{folder}: a folder was expected that can be written, for the record of what is sent, found: "
            f"{error.strerror}; make it so, or name another with --record"
        ) from error
    try:
        yield read_record(folder)
    finally:
        lock.release()


def _make_own(folder: Path) -> None:
    """Make a folder that only this user can enter; one that is there already stays as it is."""
    if not folder.is_dir():
        missing = [folder, *folder.parents]
        for each in reversed([part for part in missing if not part.exists()]):
            with suppress(FileExistsError):
                each.mkdir(mode=0o700)


def _make_room(folder: Path, room: int) -> None:
    """Take away the oldest messages until those that stay need no more than `room` bytes."""
    stats = [(path.stat(), path) for path in folder.glob("*.eml")]
    size = sum(stat.st_size for stat, _ in stats)
    for stat, path in sorted(stats, key=lambda pair: pair[0].st_mtime_ns):
        if size <= room:
            return
        path.unlink(missing_ok=True)
        size -= stat.st_size


def _end_of_lines(descriptor: int) -> int:
    """Where the last whole line ends."""
    size = os.fstat(descriptor).st_size
    while size:
        start = max(0, size - 65536)
        os.lseek(descriptor, start, os.SEEK_SET)
        found = os.read(descriptor, size - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        size = start
    return 0


def _write_all(descriptor: int, content: bytes, position: int) -> None:
    os.lseek(descriptor, position, os.SEEK_SET)
    while content:
        content = content[os.write(descriptor, content) :]


def _sync_folder(folder: Path) -> None:
    """Have a new file's name on the disk as well; Windows does that by itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
