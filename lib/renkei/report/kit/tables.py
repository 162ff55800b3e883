"""Tables made for reading: caption, scoped heads, groups of rows, a source line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from markupsafe import Markup, escape

from renkei.legend import RATINGS
from renkei.report.kit.numbers import NONE
from renkei.report.kit.pieces import Piece, source_note

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
    html = Markup(
        '<div class="table{short}{wide}" role="region" tabindex="0" aria-label="{caption}"><table>'
        "<caption>{caption}</caption><colgroup>{cols}</colgroup>"
        "<thead><tr>{heads}</tr></thead>{bodies}</table></div>{note}{source}"
    ).format(
        short=" short" if count <= _SHORT else "",
        wide=" wide" if len(columns) >= _WIDE else "",
        caption=caption,
        cols=_joined(Markup('<col style="width:{}%">').format(column.width) for column in columns),
        heads=_joined(
            Markup('<th scope="col"{}>{}</th>').format(_class(column), column.head) for column in columns
        ),
        bodies=_joined(_body(group, columns, decimals) for group in groups),
        note=Markup('<p class="note">{}</p>').format(note) if note else "",
        source=source_note(source),
    )
    return Piece(html, f"{caption}({count}行)", source)


def rating(sign: str) -> Markup:
    """A rating as sign and word, so that the sign alone need not be known."""
    names = {"◎": "met", "○": "expected", "△": "doubtful", "×": "missed", "-": "none"}
    shown = NONE if sign == "-" else sign
    return Markup('<span class="rating {}">{} {}</span>').format(names[sign], shown, RATINGS[sign])


def bar(share: float, text: str, full: float = 100.0) -> Markup:
    """A number with a bar as long as its share of `full`, at most the whole cell."""
    width = max(0.0, min(100.0, 100 * share / full))
    return Markup('<span class="barred">{}<span class="bar" style="width:{:.1f}%"></span></span>').format(
        text, width
    )


def long_text(text: str) -> Markup:
    """A note, its points on lines of their own; a long one is folded on screen, printed out on paper."""
    parts = [part for part in text.replace(" ※", "\n※").replace(" ・", "\n・").split("\n") if part]
    whole = Markup("<br>").join(parts)
    if len(text) <= _FOLDED_FROM:
        return whole
    return Markup("<details><summary>{}…</summary>{}</details>").format(text[: _FOLDED_FROM // 2], whole)


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
    return Markup(
        '{}<span class="lacks-{}{}">{}</span>{}'
    ).format(
        Markup(match["tags"]),  # noqa: S704 - of a cell that is markup already
        "digits-" if match["decimals"] else "",
        lacking,
        match["number"],
        Markup(escape(cell)[match.end() :]),  # noqa: S704 - likewise
    )


def _body(group: Group, columns: Sequence[Column], decimals: Sequence[int]) -> Markup:
    head = (
        Markup('<tr class="group"><th class="group" scope="rowgroup" colspan="{}">{}</th></tr>').format(
            len(columns), group.head
        )
        if group.head
        else ""
    )
    return Markup("<tbody>{}{}</tbody>").format(
        head, _joined(_row(row, columns, decimals) for row in group.rows)
    )


def _row(cells: Sequence[str | Markup], columns: Sequence[Column], decimals: Sequence[int]) -> Markup:
    if len(cells) != len(columns):
        raise ValueError(f"{len(columns)} cells were expected, found {len(cells)}: {cells}")
    aligned = map(_aligned, cells, columns, decimals)
    first, *rest = zip(aligned, columns, strict=True)
    return Markup('<tr><th scope="row"{}>{}</th>{}</tr>').format(
        _class(first[1]),
        first[0],
        _joined(Markup("<td{}>{}</td>").format(_class(column), cell) for cell, column in rest),
    )


def _class(column: Column) -> Markup:
    return Markup("") if column.kind == "text" else Markup(' class="{}"').format(column.kind)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(escape(part) for part in parts)
