"""What was sent when the record still stood beside the drafts: taken over, once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from renkei.errors import MailError
from renkei.mail.events import ACCEPTED, Event
from renkei.mail.record import Record

FILE = "sent.jsonl"


def to_take_over(folders: Iterable[Path], record: Record) -> list[Event]:
    """What the old records of these folders tell and the record does not.

    Raises MailError for a line that cannot be read.
    """
    known = {(event.report, event.letter, event.message_id) for event in record.events}
    found = [event for folder in folders for event in _events_in(folder / FILE)]
    return [event for event in found if (event.report, event.letter, event.message_id) not in known]


def _events_in(path: Path) -> list[Event]:
    if not path.is_file():
        return []
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            found += [_event(json.loads(line.decode()))] if line.strip() else []
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise MailError(
                f"{path}:{number}: a record of a sent message was expected, found {line[:200]!r}; without it "
                "nobody knows what was sent: mend the line, or take it away if that message was not sent"
            ) from error
    return found


def _event(old: dict[str, str]) -> Event:
    address = old["address"].lower()
    return Event(
        at=str(old["at"]),
        kind=ACCEPTED,
        report=str(old["report"]),
        letter=address,
        to=(address,),
        message_id=str(old["message_id"]),
    )
