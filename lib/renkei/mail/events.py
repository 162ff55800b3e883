"""What the record of sent messages tells: one event a line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

#: Before a message goes out; the server's answer; what a person decided about one without an answer.
ATTEMPT, ACCEPTED, REFUSED, COUNTED = "attempt", "accepted", "refused", "counted"
#: A correction, or the same once more, begins.
ROUND = "round"
#: What a delivery report said.
DELIVERED, RELAYED, DELAYED, FAILED = "delivered", "relayed", "delayed", "failed"
KINDS = (ATTEMPT, ACCEPTED, REFUSED, COUNTED, ROUND, DELIVERED, RELAYED, DELAYED, FAILED)


@dataclass(frozen=True)
class Event:
    """One thing that happened to a letter (a report for one row of recipients), or a round that began.

    `to` are the addresses it happened to, `letter` the first address of the letter, in lower case.
    `report_sha256` is what `renkei.mail.version` gives, `message_sha256` that of the bytes that went out.
    """

    at: str
    kind: str
    report: str
    letter: str = ""
    to: tuple[str, ...] = ()
    round: int = 1
    message_id: str = ""
    report_sha256: str = ""
    message_sha256: str = ""
    said: str = ""
    queue_id: str = ""
    #: Of a round: the letters it is for, and what was put right; empty for the same once more.
    letters: tuple[str, ...] = ()
    correction: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Report and letter."""
        return self.report, self.letter


_TUPLES = ("to", "letters")
_NUMBERS = ("round",)
_NAMES = {one.name for one in fields(Event)}


def line_of(event: Event) -> str:
    """The event as a line of JSON, without what is empty."""
    return json.dumps({name: value for name, value in asdict(event).items() if value}, ensure_ascii=False)


def event_of(line: bytes) -> Event:
    """The event of a line; ValueError or TypeError where it is none."""
    found: dict[str, Any] = json.loads(line.decode())
    if not isinstance(found, dict) or found.get("kind") not in KINDS or not found.keys() <= _NAMES:
        raise ValueError("an event was expected")
    for name, value in found.items():
        if name in _TUPLES:
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                raise ValueError(f"{name}: texts were expected")
        elif not isinstance(value, int if name in _NUMBERS else str):
            raise ValueError(f"{name}: another kind of value was expected")
    values: dict[str, Any] = {name: tuple(of) if name in _TUPLES else of for name, of in found.items()}
    return Event(**values)
