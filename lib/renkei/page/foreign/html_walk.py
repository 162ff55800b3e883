"""HTML of others as a flat row of events, however deep it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bs4 import BeautifulSoup, CData, Tag
from bs4.element import NavigableString

from renkei.page.foreign.text import shown

#: These are told as one: tables are read apart, and what is in the others is no text.
WHOLE = frozenset({"table", "pre", "img"})
_SILENT = frozenset({"style", "head"})


@dataclass(frozen=True)
class Event:
    """A text, the start or the end of a tag, or a tag that is told as a whole."""

    kind: Literal["text", "start", "end", "whole"]
    tag: Tag
    text: str = ""


def parsed(html: str) -> Tag:
    """The tree of an HTML text; a ValueError for what is none."""
    from bs4.exceptions import ParserRejectedMarkup

    try:
        # Within a body, text that looks like an address or like XML is not warned of.
        return BeautifulSoup(f"<body>{shown(html)}</body>", "html.parser")
    except ParserRejectedMarkup as error:
        raise ValueError(str(error)) from error


def events(root: Tag, *, whole: frozenset[str] = WHOLE) -> Iterator[Event]:
    """The events of all that is in a tag, in their order."""
    open_tags = [(root, iter(root.children))]
    while open_tags:
        tag, children = open_tags[-1]
        child = next(children, None)
        if child is None:
            open_tags.pop()
            if open_tags:
                yield Event("end", tag)
        elif isinstance(child, Tag):
            if child.name in _SILENT:
                continue
            if child.name in whole:
                yield Event("whole", child)
                continue
            yield Event("start", child)
            open_tags.append((child, iter(child.children)))
        elif type(child) in (NavigableString, CData):
            yield Event("text", tag, shown(str(child)))
