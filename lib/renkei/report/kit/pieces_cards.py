"""Cards: what a reader sees first of an indicator: its value, its target, and the way between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from renkei.report.kit.pieces import Cell, Piece, Tag

#: What a point on an indicator's way is. A computed one is this system's own target, not the city's.
WayKind = Literal["baseline", "outcome", "newest", "target", "computed"]

_WORDS = {
    "baseline": "基準値",
    "outcome": "実績",
    "newest": "最新値",
    "target": "目標",
    "computed": "本システムによる試算の目標",
}


@dataclass(frozen=True)
class WayPoint:
    """A point on an indicator's way; one whose value is no number stands in the text alone."""

    year: int
    value: Cell
    kind: WayKind

    @property
    def words(self) -> str:
        """Such as 2022年(度)の基準値1,234人: the way does not say which years are fiscal ones."""
        return f"{self.year}年(度)の{_WORDS[self.kind]}{self.value.words}"


@dataclass(frozen=True)
class Card:
    """One indicator: its name, its value, its target, each with a note on its year, and its way.

    `way` is in the order of its years; `verdict` says how value and target stand to each other.
    """

    title: str
    value: Cell
    value_note: str
    target: Cell
    target_note: str
    verdict: Tag | None = None
    way: tuple[WayPoint, ...] = ()

    @property
    def alt(self) -> str:
        """What stands for the small line where it cannot be seen; empty where there is no line."""
        if len(self.drawn) < 2:
            return ""
        return f"{self.title}の推移。{'、'.join(point.words for point in self.way)}。"

    @property
    def drawn(self) -> tuple[tuple[WayPoint, float], ...]:
        """The points that have a number, with it."""
        return tuple((point, point.value.number) for point in self.way if point.value.number is not None)

    @property
    def summary(self) -> str:
        """Such as 就業者数 1,234人(2022年度の値)、目標 1,300人(2025年度) ● 満たす水準."""
        parts = f"{self.title} {_noted(self.value, self.value_note)}"
        if self.target.words:
            parts += f"、目標 {_noted(self.target, self.target_note)}"
        return f"{parts} {self.verdict.text}" if self.verdict else parts


@dataclass(frozen=True, repr=False)
class Cards(Piece):
    """Cards side by side, under a title."""

    title: str
    cards: tuple[Card, ...]
    source: str = ""

    @property
    def summary(self) -> str:
        """The title, and a line per card."""
        return "\n".join((self.title, *(card.summary for card in self.cards)))


def _noted(cell: Cell, note: str) -> str:
    return f"{cell.words}({note})" if note else cell.words
