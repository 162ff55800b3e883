"""What is doubtful in the documents, and what was corrected: the report says both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from renkei.checkout import Checkout
from renkei.documents.quotes import Quote, places
from renkei.documents.sources import Source, document, texts_of
from renkei.report.kit.cells import table
from renkei.report.kit.pieces import Column, Piece
from renkei.report.kit.pieces_text import paragraph
from renkei.report.provenance import citation, is_reported
from renkei.typed_rows import typed_rows

#: The kinds of doubts, in the order in which they are told.
_KINDS = {
    "forecast": "年度末の見込みを、年度途中の記載から確かめられないもの",
    "reading": "記載の内容に疑義のあるもの",
}


@dataclass(frozen=True)
class _Quoted:
    source_line: int | None
    found: str


@dataclass(frozen=True)
class _QuotedTimes(_Quoted):
    times: int


@dataclass(frozen=True)
class _Doubt:
    source: str
    source_line: int
    found: str
    doubt: str
    reason: str
    kind: str


@dataclass(frozen=True)
class _Correction:
    source_line: int
    found: str
    meant: str
    reason: str


def doubts_table(doubts: pd.DataFrame, sources: Sequence[Source]) -> Piece:
    """Places of these documents that are doubtful and were left as they stand; `doubts` as loaded."""
    sources = _documents(sources)
    rows = typed_rows(_of(doubts, sources), _Doubt)
    if not rows:
        return paragraph("記載に疑義のある箇所として記録したものはない。")
    groups = [
        (
            # The lines of two documents are told apart by the head above them.
            f"{head}({len(found)}件)" + (f"　{source.title}" if len(sources) > 1 else ""),
            [[f"{row.source_line}行", row.found.strip(), row.doubt, row.reason] for row in found],
        )
        for kind, head in _KINDS.items()
        for source in sources
        if (found := [row for row in rows if (row.kind, row.source) == (kind, source.id)])
    ]
    return table(
        f"文書の記載に疑義のある箇所({len(rows)}件)",
        [Column("箇所", 9), Column("記載", 21), Column("疑義", 37), Column("この報告書での扱い", 33)],
        groups,
        source=citation(sources),
    )


def corrections_table(corrections: pd.DataFrame, sources: Sequence[Source]) -> Piece:
    """Typing and OCR errors of these documents that were corrected before reading."""
    sources = _documents(sources)
    rows = [
        [f"{row.source_line}行", row.found.strip(), row.meant.strip().replace("\t", " "), row.reason]
        for row in typed_rows(_of(corrections, sources), _Correction)
    ]
    if not rows:
        return paragraph("誤字・読み取り誤りとして訂正した箇所はない。")
    return table(
        f"誤字・読み取り誤りを訂正した箇所({len(rows)}件)",
        [Column("箇所", 9), Column("文書の記載", 25), Column("訂正後", 25), Column("理由", 41)],
        [("", rows)],
        source=citation(sources),
    )


def _documents(sources: Sequence[Source]) -> list[Source]:
    """Those that were published; nothing is put right in what offices reported but by another report."""
    return [source for source in sources if not is_reported(source)]


def _of(rows: pd.DataFrame, sources: Sequence[Source]) -> pd.DataFrame:
    """The rows about these documents, each with the line in which its text stands now."""
    found = rows[rows["source"].isin([source.id for source in sources])]
    lines = {}
    for source in sources:
        of_source = found[found["source"] == source.id]
        texts = texts_of(source, document(Checkout.current(), source))
        for index, place in zip(of_source.index, places(_quotes(of_source), texts), strict=True):
            lines[index] = place.line
    return found.assign(source_line=pd.Series(lines, dtype="Int64"))


def _quotes(rows: pd.DataFrame) -> list[Quote]:
    if "times" in rows:
        return [Quote(row.found, row.source_line, row.times) for row in typed_rows(rows, _QuotedTimes)]
    return [Quote(row.found, row.source_line) for row in typed_rows(rows, _Quoted)]
