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
)


def table_of(cards: Cards) -> Table:
    """The cards as a table with a row each."""
    return Table(cards.title, _COLUMNS, (Group(tuple(map(_row, cards.cards))),), cards.source)


def _row(card: Card) -> tuple[Cell, ...]:
    verdict = Cell(tag=card.verdict) if card.verdict else Cell()
    return (Cell(card.title), card.value, Cell(card.value_note), card.target, Cell(card.target_note), verdict)
