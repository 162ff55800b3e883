"""Cards as a small table of the first sheet."""

from __future__ import annotations

from renkei.report.kit.pieces import Cell, Column, Group, Table
from renkei.report.kit.pieces_cards import Card, Cards

_COLUMNS = (
    Column("指標", 36),
    Column("値", 14, "number"),
    Column("値の説明", 14),
    Column("目標", 14, "number"),
    Column("目標の説明", 14),
    Column("判定", 8, "rating"),
    Column("推移", 30, "small"),
)


def table_of(cards: Cards) -> Table:
    """The cards as a table with a row each."""
    return Table(cards.title, _COLUMNS, (Group(tuple(map(_row, cards.cards))),), cards.source)


def _row(card: Card) -> tuple[Cell, ...]:
    verdict = Cell(tag=card.verdict) if card.verdict else Cell()
    # What the page tells of the small line, as words: its values are in no other cell.
    way = Cell("、".join(point.words for point in card.way))
    value, target = (card.value, Cell(card.value_note)), (card.target, Cell(card.target_note))
    return (Cell(card.title), *value, *target, verdict, way)
