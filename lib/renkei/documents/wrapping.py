"""Running text over several lines: a line that goes on is as wide as its cell.

A PDF breaks a line only where the next word no longer fits. So a narrow line is the last one of its
cell, and a line below it belongs to something else: it is refused, not taken for more of the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from renkei.documents.sources import Line
from renkei.errors import SourceError
from renkei.text import normalise

Cell = Sequence["PrintedLine"]

#: The share of the width that a line fills at least where it goes on: a long word, or a mark that may not
#: open a line, moves to the next one. The text that this was found on breaks at 72 of 77 columns, its
#: footnotes at 106 of 120.
_FULL = (7, 8)


@dataclass(frozen=True)
class PrintedLine(Line):
    """A line in normal form, and as it was printed; `label` is what stood left of it."""

    printed: str
    label: str = ""

    @classmethod
    def of(cls, line: Line) -> PrintedLine:
        """The line as it is read."""
        return cls(line.number, normalise(line.text), line.text.strip())

    def without(self, label: str) -> list[PrintedLine]:
        """What stands right of a label at the line's start; nothing where that is all."""
        text = self.text.removeprefix(label).strip()
        return [PrintedLine(self.number, text, self.printed, f"{label} ")] if text else []

    @property
    def columns(self) -> int:
        """How many columns it takes in print, without its label; a full-width character takes two."""
        return _columns(self.printed) - _columns(self.label)


def widest(cells: Collection[Cell]) -> int:
    """The columns of the widest line: the width of cells that are all equally wide."""
    return max((line.columns for cell in cells for line in cell), default=0)


def usual_width(cells: Collection[Cell]) -> int:
    """The columns that lines take where they go on, in cells of which a few may be wider than the others."""
    going_on = [line.columns for cell in cells for line in cell[:-1]]
    return median_low(going_on) if going_on else 0


def demand_full_lines(cells: Collection[Cell], width: int, path: str) -> None:
    """Raise SourceError for a line below one that does not fill the width."""
    share, of = _FULL
    for cell in cells:
        for line, following in pairwise(cell):
            if line.columns * of < width * share:
                raise SourceError(
                    f"expected “{line.text}” to be the last line of its text, since it does not fill the "
                    f"width, found “{following.text}” below it; one of the two belongs elsewhere, or "
                    "something between them is lost",
                    path=path,
                    line=line.number,
                )


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in text)
