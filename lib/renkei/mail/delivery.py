"""Bounces and delivery reports (RFC 3464), read from messages that people saved."""

from __future__ import annotations

import email
import mailbox
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.message import Message
from email.policy import compat32
from email.utils import localtime
from pathlib import Path

from renkei.errors import MailError
from renkei.mail.events import DELAYED, DELIVERED, FAILED, RELAYED, Event
from renkei.mail.history import History
from renkei.mail.letter import stamp

_ACTIONS = {
    "delivered": DELIVERED,
    "relayed": RELAYED,
    # On to the members of a list, of whom nothing will be heard.
    "expanded": RELAYED,
    "delayed": DELAYED,
    "failed": FAILED,
}
#: A message, and so much of a mailbox, as is read at most.
_LARGEST = 50_000_000
_LONGEST_SAID = 500


@dataclass(frozen=True)
class Delivery:
    """What a report says of one message at one address, as it was given and as it was in the end."""

    envelope_id: str
    message_id: str
    addresses: tuple[str, ...]
    kind: str
    said: str


@dataclass(frozen=True)
class Saved:
    """What stands in saved messages: deliveries, and what in them says nothing of one, with the reason."""

    deliveries: tuple[Delivery, ...]
    others: tuple[str, ...]


def saved_in(paths: Sequence[Path]) -> Saved:
    """What .eml files, folders of them, and mailboxes hold; MailError for a path that is none of them."""
    deliveries: list[Delivery] = []
    others: list[str] = []
    for path in paths:
        for name, message in _messages(path):
            found = [] if isinstance(message, str) else list(_deliveries(message))
            deliveries += found
            if not found:
                others.append(f"{name}: {message if isinstance(message, str) else 'no delivery report'}")
    return Saved(tuple(deliveries), tuple(others))


def events_of(deliveries: Sequence[Delivery], history: History) -> tuple[list[Event], list[Delivery]]:
    """The events to record, each once, and the deliveries of messages that the record does not know."""
    attempts = list(history.attempts())
    found: dict[Event, None] = {}
    unknown = []
    for delivery in deliveries:
        attempt = _attempt_of(delivery, attempts)
        if attempt is None:
            unknown.append(delivery)
            continue
        event = replace(
            attempt,
            at="",
            kind=delivery.kind,
            said=delivery.said,
            queue_id="",
            report_sha256="",
            message_sha256="",
        )
        if not history.has(event):
            found[event] = None
    return [replace(event, at=stamp(localtime())) for event in found], unknown


def _attempt_of(delivery: Delivery, attempts: Sequence[Event]) -> Event | None:
    """The last attempt of the message at the address that a delivery is of, with that address alone."""
    own = [attempt for attempt in attempts if _is_of(delivery, attempt)]
    # Addresses that were not taken at first were tried later, under the same id.
    every = list(dict.fromkeys(address for attempt in own for address in attempt.to))
    at = [address for address in delivery.addresses if address in every]
    if not at and len(every) == 1:
        # A letter to one address came back under another: the one was passed on to the other.
        at = every
    return next((replace(last, to=(at[0],)) for last in reversed(own) if at and at[0] in last.to), None)


def _is_of(delivery: Delivery, attempt: Event) -> bool:
    own = attempt.message_id.strip("<>").partition("@")[0]
    # Some servers write the id in capitals, some put one of their own in its place.
    is_by_id = delivery.envelope_id.lower() == own.lower()
    return bool(own) and (is_by_id or delivery.message_id == attempt.message_id)


def _messages(path: Path) -> Iterator[tuple[str, Message | str]]:
    """The messages of a path, each with its name; in place of one that cannot be read, why not."""
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.suffix.lower() == ".eml" and one.is_file():
                yield from _messages(one)
        return
    if not path.is_file():
        raise MailError(f"{path}: a saved message (.eml), a folder of them or an mbox was expected there")
    try:
        if path.stat().st_size > _LARGEST:
            yield str(path), f"at most {_LARGEST:,} bytes were expected; save the delivery reports alone"
            return
        with path.open("rb") as file:
            is_mailbox = file.read(5) == b"From "
        if not is_mailbox:
            yield str(path), email.message_from_bytes(path.read_bytes(), policy=compat32)
            return
        box = mailbox.mbox(path, create=False)
        try:
            for number, key in enumerate(box.keys(), start=1):
                yield f"{path}, message {number}", box[key]
        finally:
            box.close()
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        yield str(path), f"cannot be read ({str(error)[:200]})"


def _deliveries(message: Message) -> Iterator[Delivery]:
    """What the delivery reports in a message say; the reports that a report brings back are not looked at."""
    parts = message.get_payload() if message.is_multipart() else []
    if not isinstance(parts, list):
        return
    returned = next((part for part in parts if isinstance(part, Message) and _is_returned(part)), None)
    message_id = _message_id(returned) if returned is not None else ""
    for part in parts:
        if isinstance(part, Message) and part.get_content_type() == "message/delivery-status":
            yield from _of_status(part, message_id)


def _of_status(part: Message, message_id: str) -> Iterator[Delivery]:
    """The first block of fields is of the message, each other one of a recipient."""
    blocks = part.get_payload()
    if not isinstance(blocks, list) or not blocks:
        return
    envelope_id = _field(blocks[0], "Original-Envelope-Id")
    for block in blocks[1:]:
        kind = _ACTIONS.get(_field(block, "Action").partition(" ")[0].lower())
        addresses = [_address(block, name) for name in ("Original-Recipient", "Final-Recipient")]
        if kind is not None and any(addresses):
            said = " ".join(filter(None, (_field(block, "Status"), _field(block, "Diagnostic-Code"))))
            yield Delivery(
                envelope_id, message_id, tuple(filter(None, addresses)), kind, said[:_LONGEST_SAID]
            )


def _is_returned(part: Message) -> bool:
    return part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers")


def _message_id(returned: Message) -> str:
    """The Message-ID of the message that a report brings back, whole or its headers alone."""
    payload = returned.get_payload()
    if isinstance(payload, list):
        return _field(payload[0], "Message-ID") if payload else ""
    decoded = returned.get_payload(decode=True)
    return _field(email.message_from_bytes(decoded), "Message-ID") if isinstance(decoded, bytes) else ""


def _address(block: object, name: str) -> str:
    """The address in a field such as `rfc822; taro@example.jp`, in lower case."""
    return _field(block, name).rpartition(";")[2].strip().strip("<>").lower()


def _field(block: object, name: str) -> str:
    """The text of a field on one line, without what a terminal might take for an order; empty without it."""
    text = str(block.get(name, "")) if isinstance(block, Message) else ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
