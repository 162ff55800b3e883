"""A message as a page in the browser: its headers, its body with the pictures, its attachments' names."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from markupsafe import Markup

from renkei.mail.drafts import Draft
from renkei.mail.message import attached_names
from renkei.whole_files import replace_files

FOLDER = "preview"


def write_previews(drafts: Sequence[Draft]) -> list[Path]:
    """A page beside each draft, in a folder of its own; their paths."""
    pages = {
        draft.path.parent / FOLDER / f"{draft.path.stem}.html": page_of(draft.message).encode("utf-8")
        for draft in drafts
    }
    replace_files(pages)
    return list(pages)


def page_of(message: EmailMessage) -> str:
    """The HTML body as a page, below its headers; pictures that it shows by content id are in the page."""
    html = message.get_body(("html",))
    if html is None:
        raise ValueError("a message with an HTML body was expected, found one without")
    page: str = html.get_content()
    for part in message.walk():
        if part["Content-ID"] and isinstance(part, EmailMessage):
            picture = base64.b64encode(part.get_content()).decode("ascii")
            page = page.replace(f"cid:{part['Content-ID'].strip('<>')}", f"data:image/png;base64,{picture}")
    lines = [
        (name, str(message[name])) for name in ("From", "To", "Cc", "Reply-To", "Subject") if message[name]
    ]
    head = Markup("").join(
        Markup("<div><strong>{}:</strong> {}</div>").format(name, text)
        for name, text in [*lines, ("添付", attached_names(message))]
    )
    top = Markup(
        '<div style="padding:12px 20px;background:#ffffff;color:#333333;border-bottom:1px solid #cccccc;'
        'font-size:14px;line-height:1.6">{}</div>'
    ).format(head)
    body, rest = page.split("<body", 1)
    tag, rest = rest.split(">", 1)
    return f"{body}<body{tag}>{top}{rest}"
