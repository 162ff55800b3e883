"""Running text over several lines: a line that goes on is as wide as its cell.

A PDF breaks a line only where the next word no longer fits. So a narrow line is the last one of its
cell, and a line below it belongs to something else: it is refused, not taken for more of the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from renkei.documents.sources import Line
from renkei.errors import SourceError
from renkei.text import normalise

#: The share of the widest line that a line has at least where it goes on. No. 27, 35 and 49 of the first
#: vision that was read break at 72 to 74 of 77 columns, its footnotes at 106 of 120.
_FULL = (7, 8)


@dataclass(frozen=True)
class PrintedLine(Line):
    """A line in normal form, and how many columns it took in print; a full-width character takes two."""

    columns: int

    @classmethod
    def of(cls, line: Line) -> PrintedLine:
        """The line as it is read, and as wide as it was."""
        return cls(line.number, normalise(line.text), _columns(line.text.strip()))

    def without(self, label: str) -> list[PrintedLine]:
        """What stands right of a label at the line's start; nothing where that is all."""
        text = self.text.removeprefix(label).strip()
        return [PrintedLine(self.number, text, self.columns - _columns(label) - 1)] if text else []


def demand_full_lines(cells: Iterable[Sequence[PrintedLine]], path: str) -> None:
    """Raise SourceError for a line below one that did not fill its cell; `cells` are of one kind."""
    texts = [list(cell) for cell in cells]
    widest = max((line.columns for cell in texts for line in cell), default=0)
    share, of = _FULL
    for cell in texts:
        for line, following in pairwise(cell):
            if line.columns * of < widest * share:
                raise SourceError(
                    f"expected “{line.text}” to be the last line of its text, since it does not fill the "
                    f"width, found “{following.text}” below it; it belongs elsewhere, or the text above it "
                    "lost something",
                    path=path,
                    line=following.number,
                )


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in text)
