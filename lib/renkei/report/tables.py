"""Tables made for reading: caption, scoped heads, groups of rows, a source line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from markupsafe import Markup, escape

from renkei.ratings import RATINGS
from renkei.report.pieces import Piece, source_note

#: What stands in a cell whose value is missing.
NONE = "－"


#: Notes longer than this many characters are folded.
_FOLDED_FROM = 80
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
    count = sum(len(group.rows) for group in groups)
    html = Markup(
        '<div class="table{short}" role="region" tabindex="0" aria-label="{caption}"><table>'
        "<caption>{caption}</caption><colgroup>{cols}</colgroup>"
        "<thead><tr>{heads}</tr></thead>{bodies}</table></div>{note}{source}"
    ).format(
        short=" short" if count <= _SHORT else "",
        caption=caption,
        cols=_joined(Markup('<col style="width:{}%">').format(column.width) for column in columns),
        heads=_joined(
            Markup('<th scope="col"{}>{}</th>').format(_class(column), column.head) for column in columns
        ),
        bodies=_joined(_body(group, columns) for group in groups),
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


def _body(group: Group, columns: Sequence[Column]) -> Markup:
    head = (
        Markup('<tr class="group"><th class="group" scope="rowgroup" colspan="{}">{}</th></tr>').format(
            len(columns), group.head
        )
        if group.head
        else ""
    )
    return Markup("<tbody>{}{}</tbody>").format(head, _joined(_row(row, columns) for row in group.rows))


def _row(cells: Sequence[str | Markup], columns: Sequence[Column]) -> Markup:
    if len(cells) != len(columns):
        raise ValueError(f"{len(columns)} cells were expected, found {len(cells)}: {cells}")
    first, *rest = zip(cells, columns, strict=True)
    return Markup('<tr><th scope="row"{}>{}</th>{}</tr>').format(
        _class(first[1]),
        first[0],
        _joined(Markup("<td{}>{}</td>").format(_class(column), cell) for cell, column in rest),
    )


def _class(column: Column) -> Markup:
    return Markup("") if column.kind == "text" else Markup(' class="{}"').format(column.kind)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(escape(part) for part in parts)
