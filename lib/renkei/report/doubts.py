"""What is doubtful in the documents, and what was corrected: the report says both."""

from __future__ import annotations

from renkei.load import load_table
from renkei.records import records
from renkei.report.kit.pieces import Piece
from renkei.report.kit.tables import Column, Group, table
from renkei.report.provenance import citation, sources_of


def doubts_table(*plans: int) -> Piece:
    """Places of these plans' documents that are doubtful and were left as they stand."""
    ids = {source.id: source for source in sources_of(plans)}
    doubts = load_table("doubts")
    doubts = doubts[doubts["source"].isin(ids)]
    rows = [[f"{row.source_line}行", row.found.strip(), row.doubt, row.reason] for row in records(doubts)]
    return table(
        f"文書の記載に疑義のある箇所({len(rows)}件)",
        [Column("箇所", 9), Column("記載", 21), Column("疑義", 37), Column("この報告書での扱い", 33)],
        [Group(rows)],
        source=citation(*plans),
    )


def corrections_table(*plans: int) -> Piece:
    """Typing and OCR errors of these plans' documents that were corrected before reading."""
    ids = {source.id: source for source in sources_of(plans)}
    corrections = load_table("corrections")
    corrections = corrections[corrections["source"].isin(ids)]
    rows = [
        [f"{row.source_line}行", row.found.strip(), row.meant.strip().replace("\t", " "), row.reason]
        for row in records(corrections)
    ]
    return table(
        f"誤字・読み取り誤りを訂正した箇所({len(rows)}件)",
        [Column("箇所", 9), Column("文書の記載", 25), Column("訂正後", 25), Column("理由", 41)],
        [Group(rows)],
        source=citation(*plans),
    )
