"""Sending drafts: each once, one after another, each recorded as soon as it is accepted."""

from __future__ import annotations

import copy
import hashlib
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, localtime
from pathlib import Path
from types import FrameType

from renkei.mail.connection import Connection
from renkei.mail.drafts import Draft
from renkei.mail.sent import Sent, record, sent_before


def sent_to(drafts: Sequence[Draft]) -> dict[Path, list[Sent]]:
    """By a draft's path, when its report was accepted for its address before, whatever it said then."""
    records = [sent for folder in {draft.path.parent for draft in drafts} for sent in sent_before(folder)]
    return {
        draft.path: [sent for sent in records if (sent.report, sent.address) == _key(draft)]
        for draft in drafts
    }


def send_all(
    drafts: Sequence[Draft],
    before: Mapping[Path, Sequence[Sent]],
    connection: Connection,
    told: Callable[[Draft, str], None],
) -> list[Draft]:
    """Send the drafts; the ones that were not accepted. `told` hears of each, and why not if it was not.

    `before` is what `sent_to` gives.
    """
    failed = []
    for draft in drafts:
        message = message_to_send(draft, len(before[draft.path]), localtime())
        with _finished_first():
            problem = connection.send(message)
            if problem:
                failed.append(draft)
            else:
                report, address = _key(draft)
                at = localtime().isoformat(timespec="seconds")
                record(draft.path.parent, Sent(at, address, report, message["Message-ID"]))
            told(draft, problem)
    return failed


@contextmanager
def _finished_first() -> Iterator[None]:
    """Ctrl+C within takes effect at the end: a message on its way is accepted and recorded, or neither.

    Pressed twice, it takes effect at once.
    """
    usual = signal.getsignal(signal.SIGINT)
    wanted = []

    def wait(number: int, frame: FrameType | None) -> None:
        wanted.append(number)
        signal.signal(signal.SIGINT, usual)

    signal.signal(signal.SIGINT, wait)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if wanted:
        raise KeyboardInterrupt


def message_to_send(draft: Draft, times_before: int, now: datetime) -> EmailMessage:
    """The draft with Date and Message-ID.

    However often it is tried, it has the same id, by which a double is known; once it was accepted and is
    sent again on purpose, it has another.
    """
    message = copy.deepcopy(draft.message)
    del message["X-Unsent"]
    message["Date"] = format_datetime(now)
    digest = hashlib.sha256(draft.message.as_bytes() + bytes(times_before)).hexdigest()[:40]
    domain = message["From"].addresses[0].domain
    message["Message-ID"] = f"<{digest}@{domain}>"
    return message


def _key(draft: Draft) -> tuple[str, str]:
    return draft.report.file, draft.recipient.address.lower()
