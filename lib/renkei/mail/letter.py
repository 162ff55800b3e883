"""A draft as it goes out: to which of its addresses, under which id, in which round."""

from __future__ import annotations

import copy
import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property

from renkei.batch.families import Report
from renkei.mail.drafts import Draft
from renkei.mail.events import Event
from renkei.mail.recipients import Recipient
from renkei.mail.rounds import Key


@dataclass(frozen=True)
class Letter:
    """A draft to be sent to those of its addresses that do not have it yet.

    `number` counts what was accepted and not delivered in this round, `first_id` is the Message-ID under
    which the report was sent first, for a correction; `version` that of the report.
    """

    draft: Draft
    to: tuple[str, ...]
    round: int
    number: int
    first_id: str
    version: str

    @property
    def sender(self) -> str:
        """The address in From."""
        address: str = self.draft.message["From"].addresses[0].addr_spec
        return address

    @property
    def name(self) -> str:
        """The address by which people know the letter."""
        return self.draft.recipient.address

    @cached_property
    def envelope_id(self) -> str:
        """The id that delivery reports name: however often a message is tried, it is the same.

        Once the message was sent, and is sent once more on purpose, it is another.
        """
        told = self.draft.message.as_bytes() + f"{self.round}.{self.number}".encode()
        return hashlib.sha256(told).hexdigest()[:40]

    @property
    def message_id(self) -> str:
        """The Message-ID, by which a double is known."""
        return f"<{self.envelope_id}@{self.sender.rpartition('@')[2]}>"

    def sealed(self, now: datetime) -> bytes:
        """The bytes that go out: with Date, ids, without what is of drafts alone, and without Bcc."""
        message = copy.deepcopy(self.draft.message)
        del message["X-Unsent"]
        del message["Bcc"]
        message["Date"] = format_datetime(now)
        message["Message-ID"] = self.message_id
        # Not by the message, which would fold an id that is longer than a line into pieces.
        thread = f"In-Reply-To: {self.first_id}\r\nReferences: {self.first_id}\r\n" if self.first_id else ""
        return thread.encode("ascii") + message.as_bytes()

    def event(
        self, kind: str, at: datetime, to: tuple[str, ...], said: str = "", queue_id: str = ""
    ) -> Event:
        """An event of this letter."""
        report, letter = key_of(self.draft.recipient, self.draft.report)
        return Event(
            at=stamp(at),
            kind=kind,
            report=report,
            letter=letter,
            to=tuple(address.lower() for address in to),
            round=self.round,
            message_id=self.message_id,
            said=said,
            queue_id=queue_id,
        )


def key_of(recipient: Recipient, report: Report) -> Key:
    """By which the record knows a letter: its report, and its recipient."""
    return report.file, recipient.address.lower()


def stamp(moment: datetime) -> str:
    """A moment as the record writes it."""
    return moment.isoformat(timespec="seconds")
