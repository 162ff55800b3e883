"""What is doubtful in the documents, and what was corrected: the report says both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from renkei.documents.sources import Source
from renkei.report.kit.cells import table
from renkei.report.kit.pieces import Column, Piece
from renkei.report.provenance import citation
from renkei.typed_rows import typed_rows


@dataclass(frozen=True)
class _Doubt:
    source_line: int
    found: str
    doubt: str
    reason: str


@dataclass(frozen=True)
class _Correction:
    source_line: int
    found: str
    meant: str
    reason: str


def doubts_table(doubts: pd.DataFrame, sources: Sequence[Source]) -> Piece:
    """Places of these documents that are doubtful and were left as they stand; `doubts` as loaded."""
    rows = [
        [f"{row.source_line}行", row.found.strip(), row.doubt, row.reason]
        for row in typed_rows(_of(doubts, sources), _Doubt)
    ]
    return table(
        f"文書の記載に疑義のある箇所({len(rows)}件)",
        [Column("箇所", 9), Column("記載", 21), Column("疑義", 37), Column("この報告書での扱い", 33)],
        [("", rows)],
        source=citation(sources),
    )


def corrections_table(corrections: pd.DataFrame, sources: Sequence[Source]) -> Piece:
    """Typing and OCR errors of these documents that were corrected before reading."""
    rows = [
        [f"{row.source_line}行", row.found.strip(), row.meant.strip().replace("\t", " "), row.reason]
        for row in typed_rows(_of(corrections, sources), _Correction)
    ]
    return table(
        f"誤字・読み取り誤りを訂正した箇所({len(rows)}件)",
        [Column("箇所", 9), Column("文書の記載", 25), Column("訂正後", 25), Column("理由", 41)],
        [("", rows)],
        source=citation(sources),
    )


def _of(rows: pd.DataFrame, sources: Sequence[Source]) -> pd.DataFrame:
    return rows[rows["source"].isin([source.id for source in sources])]
