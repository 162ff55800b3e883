"""HTML of any library as pieces: headings, paragraphs, lists, tables and pictures; never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag

from renkei.page.foreign.allowed import demand_html
from renkei.page.foreign.html_tables import pieces_of_table
from renkei.page.foreign.html_walk import Event, events, parsed
from renkei.page.foreign.pictures import png_picture
from renkei.page.foreign.text import DEEPEST_SHOWN, merged, shown, text_of, with_address
from renkei.report.kit.pieces import Piece
from renkei.report.kit.pieces_text import Heading, Item, Listing, Note, Paragraph, Preformatted, Run

_HEADING = re.compile(r"h([1-6])")
#: These do not end a line; all others do.
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q ruby s samp "
        "small span strike strong sub sup time tt u var wbr",
    )
)
_STYLES = {
    **dict.fromkeys(("strong", "b"), "is_strong"),
    **dict.fromkeys(("em", "i"), "is_emphasised"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "is_code"),
}
_LISTS = ("ul", "ol")
_DATA_PNG = re.compile(r"data:image/png;base64,(.*)", re.DOTALL)
#: What pandas writes below a DataFrame that it does not show whole.
_SIZE = re.compile(r"(\d+) rows × (\d+) columns")


@dataclass
class _Open:
    """What has been begun and not ended: text, its style, a list, a heading, a quotation."""

    runs: list[Run] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    lists: list[list[int | None]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    level: int = 0
    quotes: int = 0


def pieces_of_html(html: str) -> Iterator[Piece]:
    """The pieces of an HTML text; a RenderError names what is more than text, tables and pictures."""
    try:
        root = parsed(html)
    except ValueError:
        yield Preformatted(shown(html))
        return
    demand_html(root)
    state = _Open()
    for event in events(root):
        if event.kind == "text":
            text = re.sub(r"\s+", " ", event.text)
            state.runs.append(Run(text, **dict.fromkeys(state.styles, True)))
        elif event.kind == "whole":
            yield from _flushed(state)
            yield from _whole(state, event.tag)
        elif event.tag.name in _INLINE:
            _style(state, event)
        else:
            yield from _flushed(state)
            yield from _block(state, event)
    yield from _flushed(state)
    yield from _listed(state)


def _whole(state: _Open, tag: Tag) -> Iterator[Piece]:
    yield from _listed(state)
    if tag.name == "table":
        yield from pieces_of_table(tag)
    elif tag.name == "pre":
        yield Preformatted(shown(tag.get_text()).strip("\n"))
    else:
        data = _DATA_PNG.match(str(tag.get("src", "")))
        alt = shown(str(tag.get("alt", "")))
        yield (
            png_picture(data[1], alt)
            if data
            else Note(f"画像{f'「{alt}」' if alt else ''}は、報告書の外にあるため載せていない。")
        )


def _style(state: _Open, event: Event) -> None:
    """Begin or end a style or a link."""
    name, is_start = event.tag.name, event.kind == "start"
    if name in _STYLES and is_start:
        state.styles.append(_STYLES[name])
    elif name in _STYLES:
        state.styles.remove(_STYLES[name])
    elif name == "a" and is_start:
        state.links.append(len(state.runs))
    elif name == "a":
        text = text_of(merged(state.runs[min(state.links.pop(), len(state.runs)) :]))
        state.runs.append(Run(shown(with_address(text, str(event.tag.get("href", ""))))))


def _block(state: _Open, event: Event) -> Iterator[Piece]:
    """Begin or end a block; what was in it has been told already."""
    name, is_start = event.tag.name, event.kind == "start"
    if heading := _HEADING.fullmatch(name):
        state.level = min(4, max(2, int(heading[1]))) if is_start else 0
    elif name == "blockquote":
        state.quotes += 1 if is_start else -1
    elif name in _LISTS and is_start:
        start = str(event.tag.get("start", ""))
        first = int(start) if start.isdecimal() and len(start) < 6 else 1
        state.lists.append([first if name == "ol" else None, None])
    elif name in _LISTS:
        state.lists.pop()
        if not state.lists:
            yield from _listed(state)
    elif name == "li" and is_start and state.lists:
        following, _ = state.lists[-1]
        state.lists[-1] = [None if following is None else following + 1, following]


def _flushed(state: _Open) -> Iterator[Piece]:
    """The text up to here as what it is: an item of a list, a heading, a paragraph, a table's size."""
    runs = merged(state.runs)
    state.runs.clear()
    state.links = [0] * len(state.links)
    if not runs:
        return
    if state.lists:
        state.items.append(Item(runs, min(len(state.lists) - 1, DEEPEST_SHOWN), state.lists[-1][1]))
        state.lists[-1][1] = None
    elif state.level:
        yield Heading(state.level, text_of(runs))
    elif size := _SIZE.fullmatch(text_of(runs)):
        yield Note(f"全{int(size[1]):,}行、{int(size[2]):,}列のうちの一部を示す。")
    else:
        yield Paragraph(merged((Run("> " * min(state.quotes, DEEPEST_SHOWN)), *runs)))


def _listed(state: _Open) -> Iterator[Piece]:
    """The items up to here as a list."""
    if state.items:
        yield Listing(tuple(state.items))
        state.items = []
