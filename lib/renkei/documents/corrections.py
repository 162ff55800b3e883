"""Typing and OCR errors of the documents: what stands there, and what is meant."""

from __future__ import annotations

from dataclasses import dataclass

from renkei.errors import CorrectionError


@dataclass(frozen=True)
class Correction:
    """One row of `data/curated/corrections.csv`."""

    source: str
    source_line: int
    found: str
    times: int
    meant: str
    reason: str


def corrected(text: str, correction: Correction, path: str) -> str:
    """`text` with the correction made, in each of the places that the correction counts.

    A CorrectionError says when the line no longer holds what was to be corrected.
    """
    times = text.count(correction.found)
    if times != correction.times:
        raise CorrectionError(
            f"data/curated/corrections.csv expects “{correction.found}” {correction.times} time(s) "
            f"in this line, found {times}; the line has moved or was mended: "
            "adapt or delete the correction",
            path=path,
            line=correction.source_line,
        )
    return text.replace(correction.found, correction.meant)
