"""Cells and tables from what the analysis gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from renkei.legend import RATINGS
from renkei.report.kit.numbers import NONE, decimals_of, whole_percent, yen_scale
from renkei.report.kit.pieces import Cell, Column, Group, Table, Tag

_RATING_KINDS = {"◎": "met", "○": "expected", "△": "doubtful", "×": "missed", "-": "none"}

#: Cells or plain text.
Row = Sequence[object]


def table(
    caption: str,
    columns: Sequence[Column],
    groups: Iterable[tuple[str, Sequence[Row]]],
    source: str,
    note: str = "",
) -> Table:
    """A table from rows of cells or plain text; `groups` are heads, empty for rows alone, and their rows.

    A table without any row says so.
    """
    found = tuple(Group(tuple(tuple(map(cell, row)) for row in rows), head) for head, rows in groups)
    is_empty = not any(group.rows for group in found)
    return Table(caption, tuple(columns), found, source, f"該当するものはない。{note}" if is_empty else note)


def cell(value: object) -> Cell:
    """A cell; text becomes one, a dash one whose value is missing. Anything else is a TypeError."""
    if isinstance(value, Cell):
        return value
    if not isinstance(value, str):
        raise TypeError(f"text or a cell was expected, found {value!r}")
    return Cell(value, mark="missing") if value == NONE else Cell(value)


def shown(value: str | None) -> str:
    """Published text; a dash where the value is missing or the document has a dash."""
    return NONE if value in (None, "", "-") else str(value)


def count(number: int, unit: str = "") -> Cell:
    """A whole number."""
    return Cell(number=float(number), unit=unit)


def amount(number: float | None) -> Cell:
    """A whole amount; a dash where there is none."""
    return cell(NONE) if number is None else Cell(number=number)


def share(percent: float | None, decimals: int = 0, unit: str = "%") -> Cell:
    """A share in %; a dash where there is none. In whole %, what lacks anything of 100 % is not 100 %."""
    if percent is None:
        return cell(NONE)
    return Cell(number=percent if decimals else whole_percent(percent), decimals=decimals, unit=unit)


def barred(of: Cell, full: float) -> Cell:
    """A number with a bar as long as its share of `full`, at most the whole cell."""
    if of.number is None:
        return of
    return replace(of, bar=max(0.0, min(1.0, of.number / full)) if full else 0.0)


def rating(sign: str) -> Cell:
    """A rating as sign and word, so that the sign alone need not be known."""
    return Cell(tag=rating_tag(sign))


def rating_tag(sign: str) -> Tag:
    """The same as a part of another cell."""
    return Tag(f"rating-{_RATING_KINDS[sign]}", f"{NONE if sign == '-' else sign} {RATINGS[sign]}")


def note_lines(text: str) -> Cell:
    """A document's remark, its points on lines of their own."""
    lines = text.replace(" ※", "\n※").replace(" ・", "\n・").split("\n")
    return Cell("\n".join(line for line in lines if line), may_fold=True)


def strong(value: str | Cell) -> Cell:
    """What a hurried reader should not miss."""
    return replace(cell(value), is_strong=True)


def yen(thousand_yen: float) -> Cell:
    """An amount in 1,000 yen, said in 億円 or 万円: 17,639,701 is 176.4億円."""
    value, unit = yen_scale(thousand_yen * 1000)
    return Cell(number=value, decimals=decimals_of(value), unit=unit)
