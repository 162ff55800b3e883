"""A table as columns of a worksheet, in which each cell holds one value and rows can be filtered.

What a page shows below or above a value, or as a sign beside it, has a column of its own here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from renkei.page.xlsx_text import LONGEST_UNIT, is_number, units
from renkei.report.kit.pieces import Cell, ColumnKind, Table

_MARKS = {"computed": "試算", "carried": "期限後", "estimated": "推定"}
_BETWEEN_HEADS = "・"


@dataclass(frozen=True)
class SheetColumn:
    """A column: its head, what its cells are, and a number or a text for each row."""

    head: str
    kind: ColumnKind
    cells: tuple[Cell, ...]


def columns_of(table: Table) -> tuple[SheetColumn, ...]:
    """The columns of a table: heads of groups first, and right of each column what is noted on its cells."""
    return tuple(_columns(table))


def _columns(table: Table) -> Iterator[SheetColumn]:
    rows = [row for group in table.groups for row in group.rows]
    if any(group.head for group in table.groups):
        heads = [Cell(group.head) for group in table.groups for _ in group.rows]
        known = {column.head for column in table.columns}
        yield SheetColumn("大区分" if "区分" in known else "区分", "text", tuple(heads))
    for position, column in enumerate(table.columns):
        cells = [row[position] for row in rows]
        head = column.head
        if any(cell.above for cell in cells):
            above, head = _heads(head)
            yield SheetColumn(above, "text", tuple(Cell(cell.above) for cell in cells))
        yield SheetColumn(head, column.kind, tuple(map(value_of, cells)))
        yield from _notes(head, cells)


def value_of(cell: Cell) -> Cell:
    """What the cell says first: its number, else its text, else its sign."""
    return Cell(
        text="" if is_number(cell) else cell.words or (cell.tag.text if cell.tag else ""),
        number=cell.number if is_number(cell) else None,
        decimals=cell.decimals,
        unit=cell.unit,
        tag=None if cell.words else cell.tag,
        bar=cell.bar,
        is_strong=cell.is_strong,
    )


def note_of(cell: Cell) -> str:
    """What else is to be known of the value: small lines, sign, year and mark if no line says them."""
    lines = list(cell.below)
    if cell.year is not None and not any(str(cell.year) in line for line in (*lines, cell.words)):
        lines.append(f"{cell.year}年")
    if not cell.below and cell.mark in _MARKS:
        lines.append(_MARKS[cell.mark])
    if cell.tag and cell.words:
        lines.append(cell.tag.text)
    if is_number(cell) and units(cell.unit) > LONGEST_UNIT:
        lines.append(cell.unit)
    return "、".join(lines)


def in_one_unit(cells: Sequence[Cell]) -> list[Cell]:
    """Amounts of yen in the largest unit that any of them has, so that a chart can compare them."""
    powers = {"円": 0, "万円": 4, "億円": 8, "兆円": 12}
    known = {cell.unit for cell in cells if is_number(cell)}
    if len(known) < 2 or not known <= powers.keys():
        return list(cells)
    unit = max(known, key=lambda name: powers[name])
    return [
        replace(cell, number=cell.number / 10**power, decimals=cell.decimals + power, unit=unit)
        if cell.number is not None and (power := powers[unit] - powers[cell.unit])
        else cell
        for cell in cells
    ]


def _notes(head: str, cells: Sequence[Cell]) -> Iterator[SheetColumn]:
    notes = [note_of(cell) for cell in cells]
    if any(notes):
        yield SheetColumn(f"{head}の注記", "small", tuple(map(Cell, notes)))


def _heads(head: str) -> tuple[str, str]:
    """The head of what stands above, and of what stands below it: 事業・評価指標 names both."""
    above, _, below = head.partition(_BETWEEN_HEADS)
    return (above, below) if below and _BETWEEN_HEADS not in below else (f"{head}の見出し", head)
