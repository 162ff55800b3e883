"""Pieces of a report, as JupyterLab shows them and as the exporters print them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Piece:
    """A stretch of HTML; `summary` stands for it in plain text, `source` says where its numbers come from."""

    html: Markup
    summary: str = ""
    source: str = ""

    def _repr_html_(self) -> str:
        return typeset(str(self.html))

    def __repr__(self) -> str:
        return self.summary or self.html.striptags()


def heading(title: str, lead: str = "") -> Piece:
    """The report's one first-level heading, with a line on what it covers."""
    return Piece(
        Markup("<h1>{}</h1>{}").format(title, Markup('<p class="lead">{}</p>').format(lead) if lead else "")
    )


def paragraph(*sentences: str | Markup) -> Piece:
    """Sentences as one paragraph; Japanese has no space between them."""
    return Piece(Markup("<p>{}</p>").format(Markup("").join(sentences)))


def points(items: Iterable[tuple[str, str]]) -> Piece:
    """The main points of a report as a list: each a headline and what it means, if more is to be said."""
    lines = Markup("").join(
        Markup("<li><strong>{}</strong>{}</li>").format(headline, detail) for headline, detail in items
    )
    return Piece(Markup('<ul class="points">{}</ul>').format(lines))


def strong(text: str) -> Markup:
    """Text that a hurried reader should not miss."""
    return Markup("<strong>{}</strong>").format(text)


def typeset(text: str) -> str:
    """`text` with the wide ～ of Japanese print, which NFKC turned into a raised ~ in the tables."""
    return text.replace("~", "～")


def source_note(source: str) -> Markup:
    """The line below a table or figure that says where its numbers come from."""
    return Markup('<p class="source">出典：{}</p>').format(escape(source))
