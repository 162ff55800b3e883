"""Tables made for reading: caption, scoped heads, groups of rows, a source line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd
from markupsafe import Markup, escape

from renkei.legend import RATINGS
from renkei.report.kit.markup import markup
from renkei.report.kit.numbers import NONE
from renkei.report.kit.pieces import Piece

#: A table of so many columns is scrolled sideways on a small screen rather than squeezed.
_WIDE = 7
#: Notes longer than this many characters are folded.
_FOLDED_FROM = 80
#: A number at the start of a cell, after tags; what follows must not be more of it.
_NUMBER = re.compile(r"(?P<tags>(?:<[^>]*>)*)(?P<number>▲?[\d,]+(?:\.(?P<decimals>\d+))?)(?=$|<)")
#: A table of so few rows is not broken between pages.
_SHORT = 8


@dataclass(frozen=True)
class Column:
    """Head of a column, what its cells are, and its share of the table's width in %."""

    head: str
    width: int
    kind: Literal["text", "number", "rating", "small"] = "text"


@dataclass(frozen=True)
class Group:
    """Rows under a common head, such as one pillar; without a head the rows stand alone."""

    rows: Sequence[Sequence[str | Markup]]
    head: str = ""


def table(
    caption: str,
    columns: Sequence[Column],
    groups: Iterable[Group],
    source: str,
    note: str | Markup = "",
) -> Piece:
    """A table whose first column heads its rows; cells are in the order of `columns`."""
    groups = list(groups)
    decimals = _decimals(groups, columns)
    count = sum(len(group.rows) for group in groups)
    html = markup(
        "table",
        caption=caption,
        columns=columns,
        groups=[
            replace(group, rows=[_row(row, columns, decimals) for row in group.rows]) for group in groups
        ],
        is_short=count <= _SHORT,
        is_wide=len(columns) >= _WIDE,
        note=note,
        source=source,
    )
    return Piece(html, f"{caption}({count}行)", source)


def rating(sign: str) -> Markup:
    """A rating as sign and word, so that the sign alone need not be known."""
    names = {"◎": "met", "○": "expected", "△": "doubtful", "×": "missed", "-": "none"}
    shown = NONE if sign == "-" else sign
    return markup("rating", kind=names[sign], sign=shown, words=RATINGS[sign])


def bar(share: float, text: str, full: float = 100.0) -> Markup:
    """A number with a bar as long as its share of `full`, at most the whole cell."""
    width = max(0.0, min(100.0, 100 * share / full))
    return markup("bar", text=text, width=width)


def stacked(small: str, main: str | Markup) -> Markup:
    """A small line, such as the project, above what a cell is about, such as its indicator."""
    return markup("stacked", small=small, main=main)


def two_lines(first: str | Markup, second: str | Markup) -> Markup:
    """Two things of one cell, one below the other."""
    return markup("two_lines", first=first, second=second)


def long_text(text: str) -> Markup:
    """A note, its points on lines of their own; a long one is folded on screen, printed out on paper."""
    parts = [part for part in text.replace(" ※", "\n※").replace(" ・", "\n・").split("\n") if part]
    whole = markup("lines", parts=parts)
    return (
        markup("folded", start=text[: _FOLDED_FROM // 2], whole=whole) if len(text) > _FOLDED_FROM else whole
    )


def shown(value: object) -> str:
    """A text cell; a dash where the value is missing or the document has a dash."""
    return NONE if pd.isna(value) or str(value) in ("", "-") else str(value)  # type: ignore[call-overload]


def _decimals(groups: Iterable[Group], columns: Sequence[Column]) -> list[int]:
    """For each column of numbers the most decimals that any of its numbers has."""
    most = [0] * len(columns)
    for group in groups:
        for row in group.rows:
            for position, cell in enumerate(row):
                if match := _NUMBER.match(escape(cell)):
                    most[position] = max(most[position], len(match["decimals"] or ""))
    return most


def _aligned(cell: str | Markup, column: Column, decimals: int) -> Markup:
    """The cell, its number moved left by the decimals that it lacks, so that units stand below units."""
    match = _NUMBER.match(escape(cell)) if column.kind == "number" else None
    if match is None or len(match["decimals"] or "") == decimals:
        return escape(cell)
    lacking = decimals - len(match["decimals"]) if match["decimals"] else decimals
    return markup(
        "lacking",
        before=Markup(match["tags"]),  # noqa: S704 - of a cell that is markup already
        kind=f"digits-{lacking}" if match["decimals"] else lacking,
        number=match["number"],
        after=Markup(escape(cell)[match.end() :]),  # noqa: S704 - likewise
    )


def _row(cells: Sequence[str | Markup], columns: Sequence[Column], decimals: Sequence[int]) -> list[Markup]:
    if len(cells) != len(columns):
        raise ValueError(f"{len(columns)} cells were expected, found {len(cells)}: {cells}")
    return list(map(_aligned, cells, columns, decimals))
