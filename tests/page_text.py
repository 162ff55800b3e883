"""Pages as text: every sentence, table cell and chart value on a line that a person can review.

It reads the finished HTML and nothing else, so it stays the same however pages come to be made.
Layout is left out (widths, alignment); marks that say something (computed, rating, group) are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TypeGuard

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PageElement
from chart_text import chart_text

#: Rows of which only the head is the same on every machine.
VARYING = ("ソフトウェア", "プログラムの版(コミット)", "データの版(data/ の SHA-256)")

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HOLDERS = ("main", "nav", "div", "section", "figure", "figcaption", "details", "picture", "ul", "ol", "dl")
#: Classes that say how something stands, not what it is.
_LAYOUT = re.compile(r"lacks-.*|number|small|barred|chart|table")
_SENTENCE_END = re.compile(r"(?<=。)(?![」)）])")


def page_text(html: str) -> str:
    """The page, a line for each heading, sentence, row, and text or shape of a chart."""
    return text_of(BeautifulSoup(html, "html.parser"))


def text_of(page: BeautifulSoup) -> str:
    """The same for a page that has been read already."""
    body = page.body
    if page.title is None or body is None:
        raise ValueError("a page with a title and a body was expected")
    return "\n".join([f"title: {_inline(page.title)}", *_blocks(body), ""])


def _blocks(holder: Tag) -> Iterator[str]:
    """The lines of all that a holder of blocks holds, in their order."""
    for child in holder.children:
        if not isinstance(child, Tag):
            if _is_text(child) and child.strip():
                yield from _sentences("", _spaced(child))
        elif child.name in _HEADINGS:
            yield from ("", f"{'#' * int(child.name[1])} {_inline(child)}")
        elif child.name == "table":
            yield from _table(child)
        elif child.name == "li":
            yield from _sentences("- ", _inline(child))
        elif child.name == "img":
            yield from _picture(child)
        elif child.name in _HOLDERS:
            if child.name == "figure":
                yield from ("", "figure:")
            yield from _label(child)
            yield from _blocks(child)
        else:
            words = _words(child)
            yield from _sentences(f"{words}: " if words else "", _inline(child))


def _label(holder: Tag) -> Iterator[str]:
    """What is read aloud for a region, unless the region's own caption or title says the same."""
    label = str(holder.get("aria-label", ""))
    figure = holder.find_parent("figure")
    said = [part.get_text() for part in holder.find_all(["caption", "p"])]
    said += ["図：" + part.get_text() for part in figure.select("figcaption .title")] if figure else []
    if label and label not in said:
        yield f"label: {label}"


def _table(table: Tag) -> Iterator[str]:
    """The caption, and a line for each row."""
    yield ""
    if table.caption:
        yield f"table: {_inline(table.caption)}"
    for row in table.find_all("tr"):
        cells = [_cell(cell) for cell in row.find_all(["th", "td"], recursive=False)]
        if cells[0] in VARYING:
            cells[1:] = ["(not the same on every machine)"]
        yield f"| {' | '.join(cells)} |"
        if row.find_parent("thead"):
            yield "|---" * len(cells) + "|"


def _cell(cell: Tag) -> str:
    text = _inline(cell).replace("|", "\\|")
    return f"== {text} ==" if "colspan" in cell.attrs else text


def _picture(picture: Tag) -> Iterator[str]:
    yield from _sentences("alt: ", str(picture.get("alt", "(none)")))
    yield from _chart(str(picture["src"]))


@cache
def _chart(source: str) -> tuple[str, ...]:
    return tuple(chart_text(source))


def _inline(tag: Tag) -> str:
    """The text of a tag with its marks, line breaks as “ / ”."""
    return _spaced("".join(_parts(tag))).strip()


def _parts(tag: Tag) -> Iterator[str]:
    for child in tag.children:
        if not isinstance(child, Tag):
            if _is_text(child):
                yield str(child)
        elif child.name == "br":
            yield " / "
        elif child.name == "strong":
            yield f"**{_inline(child)}** "
        elif child.name == "a":
            yield f"[{_inline(child)}]({child.get('href', '')})"
        elif child.name == "img":
            yield f"{{picture: {child.get('alt', '(none)')}; {'; '.join(_chart(str(child['src'])))}}}"
        elif words := _words(child):
            yield f"{{{words}{': ' if _inline(child) else ''}{_inline(child)}}}"
        else:
            yield from _parts(child)


def _words(tag: Tag) -> str:
    """What a tag is besides its text: its telling classes, its width if that says a number."""
    words = [word for word in tag.get_attribute_list("class") if word and not _LAYOUT.fullmatch(word)]
    if tag.name in ("summary", "pre"):
        words.insert(0, tag.name)
    return " ".join([*words, str(tag.get("style", ""))]).strip()


def _sentences(head: str, text: str) -> Iterator[str]:
    """Each sentence on a line, those after the first indented."""
    parts = [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]
    for place, part in enumerate(parts):
        yield (head if place == 0 else " " * len(head)) + part


def _is_text(node: PageElement) -> TypeGuard[NavigableString]:
    return isinstance(node, NavigableString) and not isinstance(node, Comment)


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)
