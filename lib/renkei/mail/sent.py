"""What was accepted for whom: a line of JSON per message, beside the drafts, so that nothing goes twice."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from renkei.errors import MailError

FILE = "sent.jsonl"


@dataclass(frozen=True)
class Sent:
    """One accepted message: when (ISO 8601), to whom, which report, under which Message-ID."""

    at: str
    address: str
    report: str
    message_id: str


def sent_before(folder: Path) -> list[Sent]:
    """What was accepted before; raises MailError for a line that cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return []
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            found += [Sent(**json.loads(line.decode()))] if line.strip() else []
        except (ValueError, TypeError) as error:
            raise MailError(
                f"{path}:{number}: a record of a sent message was expected, found {line!r}; without it "
                "nobody knows what was sent: mend the line, or take it away if that message was not sent"
            ) from error
    return found


def record(folder: Path, sent: Sent) -> None:
    """Add one accepted message; it is on the disk when this returns.

    Raises MailError with the line to add by hand where that is not to be had.
    """
    path = folder / FILE
    line = json.dumps(asdict(sent), ensure_ascii=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(f"{line}\n".encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise MailError(
            f"{path}: the message to {sent.address} was accepted, which could not be recorded ({error}); "
            f"no more were sent. Make room, then put this line there, or it will go twice:\n  {line}"
        ) from error
