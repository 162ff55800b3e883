"""Sending drafts: each once, one after another, each recorded as soon as it is accepted."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, localtime

from renkei.mail.connection import Connection
from renkei.mail.drafts import Draft
from renkei.mail.sent import Sent, record, sent_before


def not_yet_sent(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Sent]]:
    """The drafts whose report was never accepted for their address, and the records of the others."""
    before = {
        (sent.report, sent.address): sent
        for folder in {draft.path.parent for draft in drafts}
        for sent in sent_before(folder)
    }
    left = [draft for draft in drafts if _key(draft) not in before]
    return left, [before[_key(draft)] for draft in drafts if _key(draft) in before]


def send_all(
    drafts: Sequence[Draft], connection: Connection, told: Callable[[Draft, str], None]
) -> list[Draft]:
    """Send the drafts; the ones that were not accepted. `told` hears of each, and why not if it was not."""
    failed = []
    for draft in drafts:
        message = message_to_send(draft, localtime())
        problem = connection.send(message)
        if problem:
            failed.append(draft)
        else:
            report, address = _key(draft)
            sent = Sent(localtime().isoformat(timespec="seconds"), address, report, message["Message-ID"])
            record(draft.path.parent, sent)
        told(draft, problem)
    return failed


def message_to_send(draft: Draft, now: datetime) -> EmailMessage:
    """The draft with Date and Message-ID; the same draft has the same id, however often it is tried."""
    message = copy.deepcopy(draft.message)
    del message["X-Unsent"]
    message["Date"] = format_datetime(now)
    digest = hashlib.sha256(draft.message.as_bytes()).hexdigest()[:40]
    domain = message["From"].addresses[0].domain
    message["Message-ID"] = f"<{digest}@{domain}>"
    return message


def _key(draft: Draft) -> tuple[str, str]:
    return draft.report.file, draft.recipient.address.lower()
