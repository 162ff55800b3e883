"""E-mails as the standard library's messages: body, pictures, attached report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import cast

from renkei.errors import MailError
from renkei.mail.body import Body
from renkei.mail.cover import PLAIN, Cover
from renkei.mail.recipients import Recipient

_TYPES = {
    "html": ("text", "html", {"charset": "utf-8"}),
    "pdf": ("application", "pdf", {}),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet", {}),
}


@dataclass(frozen=True)
class Attachment:
    """A file: its content, and its name in ASCII for programs that do not know RFC 2231."""

    content: bytes
    plain_name: str


def message_of(
    body: Body,
    recipient: Recipient,
    sender: Address | None,
    attachments: Mapping[str, Attachment],
    largest: int,
    cover: Cover = PLAIN,
) -> EmailMessage:
    """An unsent message: X-Unsent and no Date, so that mail programs open it for editing.

    The same content gives the same bytes. No header names those in bcc. Raises MailError for one above
    `largest` bytes.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = body.subject
    if sender is not None:
        message["From"] = sender
    if cover.test_to is not None:
        message["To"] = cover.test_to
    else:
        message["To"] = recipient.to
        if recipient.cc:
            message["Cc"] = tuple(Address(addr_spec=address) for address in recipient.cc)
    if cover.reply_to is not None:
        message["Reply-To"] = cover.reply_to
    message["X-Unsent"] = "1"
    message.set_content(body.text)
    message.add_alternative(body.html, subtype="html")
    html = cast(EmailMessage, message.get_body(("html",)))
    for name, picture in body.pictures.items():
        html.add_related(
            picture.png,
            "image",
            "png",
            cid=f"<{name}>",
            disposition="inline",
            filename=f"{name.partition('.')[0]}.png",
        )
    for name, file in attachments.items():
        kind, subkind, parameters = _TYPES[name.rpartition(".")[2]]
        named = parameters | {"name": file.plain_name}
        message.add_attachment(file.content, kind, subkind, filename=name, params=named)
    digest = _hash(body, attachments)
    for number, part in enumerate(_multiparts(message)):
        part.set_boundary(f"=_{number}_{digest}")
        if part.get_content_subtype() == "related":
            part.set_param("type", "text/html")  # RFC 2387, 3.1
    size = len(message.as_bytes())
    if size > largest:
        raise MailError(
            f"{recipient.address}: a message of at most {largest:,} bytes was expected, found {size:,}; "
            "attach HTML alone, or raise --size-limit if the recipient's server takes more"
        )
    return message


def attached_names(message: EmailMessage) -> str:
    """The names of the attached files, joined by 、."""
    return "、".join(part.get_filename() or "" for part in message.iter_attachments())


def _multiparts(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        if part.is_multipart() and isinstance(part, EmailMessage):
            yield part


def _hash(body: Body, attachments: Mapping[str, Attachment]) -> str:
    digest = hashlib.sha256(body.html.encode("utf-8"))
    for file in attachments.values():
        digest.update(file.content)
    return digest.hexdigest()[:32]
