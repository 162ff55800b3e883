"""The body of an e-mail, worth reading by itself, as HTML and as plain text of the same content.

HTML in the subset that mail programs show: tables for layout, styles in the tags, nothing to load.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

import css_inline
from jinja2 import Environment, FunctionLoader, StrictUndefined

from renkei.errors import MailError
from renkei.mail.cover import PLAIN, Cover
from renkei.mail.recipients import Recipient
from renkei.page.content import Content
from renkei.page.pictures import WIDTH, Picture, picture_of
from renkei.report.kit.pieces import Figure

#: Gmail cuts off what goes beyond some 102 KB.
LARGEST_BODY = 100_000
#: So many charts at most, none of them taller than wide, and so many items that need attention.
_CHARTS = 3
_ITEMS = 5


@dataclass(frozen=True)
class Body:
    """Subject, plain text, HTML, and the pictures that it shows by content id, unlike others' (RFC 2392)."""

    subject: str
    text: str
    html: str
    pictures: Mapping[str, Picture]


def body_of(
    content: Content,
    title: str,
    area: str,
    recipient: Recipient,
    sender: str,
    attachments: Mapping[str, int],
    correction: str = "",
    cover: Cover = PLAIN,
) -> Body:
    """The body for one recipient, signed with the sender's name; attachments are sizes in bytes by name.

    `correction` says what was put right since the same recipient was sent the report; empty the first time.

    Raises MailError for HTML above `LARGEST_BODY`.
    """
    charts = [
        (f"chart-{number}.{picture.fingerprint}@renkei", chart, picture)
        for number, (chart, picture) in enumerate(_shown_charts(content.figures), start=1)
    ]
    test_mark = "" if cover.test_to is None else "【試し送り】"
    subject = f"{test_mark}{'【訂正】' if correction else ''}【{area}】{title}"
    shown: dict[str, Any] = {
        "area": area,
        "subject": subject,
        "report": content,
        "title": title,
        "recipient": recipient,
        "sender": sender,
        "attachments": {name: f"{size / 1000:,.0f} KB" for name, size in attachments.items()},
        "has_page": any(name.endswith(".html") for name in attachments),
        "charts": charts,
        "correction": correction,
        "note": cover.note,
        "test_for": () if cover.test_to is None else _test_for(recipient),
        "items": _ITEMS,
        "width": WIDTH,
    }
    html = _inliner().inline(_template("body.html.j2").render(shown))
    size = len(html.encode("utf-8"))
    if size > LARGEST_BODY:
        raise MailError(
            f"{subject}: a body of at most {LARGEST_BODY:,} bytes was expected, found {size:,}; "
            "shorten the report's main points (renkei.report, points)"
        )
    return Body(
        subject,
        _template("body.txt.j2").render(shown),
        html,
        {name: picture for name, _, picture in charts},
    )


def _test_for(recipient: Recipient) -> list[str]:
    """For whom a letter is that is tried out, a line for each kind of address."""
    kinds = {
        "宛先": [str(address) for address in recipient.to],
        "Cc": recipient.cc,
        "Bcc": recipient.bcc,
    }
    return [f"{kind}：{', '.join(addresses)}" for kind, addresses in kinds.items() if addresses]


@cache
def _picture(chart: Figure) -> Picture:
    """Drawn once for all recipients of a report."""
    return picture_of(chart)


def _shown_charts(charts: Sequence[Figure]) -> list[tuple[Figure, Picture]]:
    drawn = ((chart, _picture(chart)) for chart in charts)
    return list(islice(((chart, picture) for chart, picture in drawn if picture.height <= WIDTH), _CHARTS))


@cache
def _template(name: str) -> Any:
    folder = files("renkei.mail") / "templates"
    environment = Environment(
        loader=FunctionLoader(lambda wanted: (folder / wanted).read_text(encoding="utf-8")),
        # Plain text has no tags to guard against.
        autoescape=name.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


@cache
def _inliner() -> css_inline.CSSInliner:
    # What cannot stand in a tag, colours for dark mode and sizes for small screens, stays in the head.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False, minify_css=True)
