"""Typing and OCR errors of the documents: what stands there, and what is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from renkei.documents.quotes import Place, Quote, places


@dataclass(frozen=True)
class Correction:
    """One row of `data/curated/corrections.csv`; without a line it means the only one that holds its text."""

    source: str
    source_line: int | None
    found: str
    times: int
    meant: str
    reason: str
    #: The file and the line of the row, as messages name them.
    row: str = "data/curated/corrections.csv"

    @property
    def quote(self) -> Quote:
        """What it expects to stand where."""
        return Quote(self.found, self.source_line, self.times, self.row)


def corrected(texts: Sequence[str], corrections: Sequence[Correction]) -> tuple[list[str], list[Place]]:
    """A document's lines with its corrections made, and the place of each correction."""
    placed = places([correction.quote for correction in corrections], texts)
    lines = list(texts)
    for correction, place in zip(corrections, placed, strict=True):
        if place.line is not None:
            lines[place.line - 1] = lines[place.line - 1].replace(correction.found, correction.meant)
    return lines, placed
