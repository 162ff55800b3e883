"""Pieces of a report, as JupyterLab shows them and as the exporters print them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from markupsafe import Markup

from renkei.report.kit.markup import markup

#: Under this type the executed notebook keeps what the index and e-mails quote of the report.
DIGEST = "application/vnd.renkei.page.digest+json"


@dataclass(frozen=True)
class Attention:
    """What needs attention: a title and, most urgent first, names and how each of them stands."""

    title: str
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Piece:
    """A stretch of HTML; `summary` stands for it in plain text, `source` says where its numbers come from.

    `digest` is what `renkei.page.digest` finds of it in the executed notebook; no page shows it.
    """

    html: Markup
    summary: str = ""
    source: str = ""
    digest: Mapping[str, Any] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        return typeset(str(self.html))

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        if not self.digest:
            return {}
        return {DIGEST: json.loads(typeset(json.dumps(self.digest, ensure_ascii=False)))}

    def __repr__(self) -> str:
        return self.summary or self.html.striptags()


def heading(title: str, lead: str = "") -> Piece:
    """The report's one first-level heading, with a line on what it covers."""
    return Piece(markup("heading", title=title, lead=lead), digest={"title": title, "lead": lead})


def paragraph(*sentences: str | Markup) -> Piece:
    """Sentences as one paragraph; Japanese has no space between them."""
    return Piece(markup("paragraph", sentences=sentences))


def points(items: Sequence[tuple[str, str]], attention: Sequence[Attention] = ()) -> Piece:
    """The main points of a report as a list: each a headline and what it means, if more is to be said.

    Index and e-mails quote them; e-mails also say what needs `attention`, which the report has in tables.
    """
    return Piece(
        markup("points", items=items),
        digest={"points": list(items), "attention": [asdict(part) for part in attention if part.items]},
    )


def strong(text: str) -> Markup:
    """Text that a hurried reader should not miss."""
    return markup("strong", text=text)


def typeset(text: str) -> str:
    """`text` with the wide ～ of Japanese print, which NFKC turned into a raised ~ in the tables."""
    return text.replace("~", "～")
