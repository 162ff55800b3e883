"""Ratings of people that the rule would give otherwise; `found` is what `contradicted_ratings` gives."""

from __future__ import annotations

import pandas as pd

from renkei.rated import ContradictedRating
from renkei.report.kit.cells import note_lines, rating, table
from renkei.report.kit.pieces import Column, Piece
from renkei.report.kit.pieces_text import Heading
from renkei.report.kit.pillars import project_number
from renkei.report.kit.scales import in_one_unit
from renkei.report.kit.statuses import settled
from renkei.report.provenance import citation, sources_of, sources_of_newest, together
from renkei.typed_rows import typed_rows


def contradicted_heading(found: pd.DataFrame) -> Piece | None:
    """The heading of the part; none where no rating contradicts the rule."""
    return Heading(2, "規則と異なる評価") if len(found) else None


def contradicted_table(found: pd.DataFrame) -> Piece | None:
    """Both ratings, with what the office says of it; the office's counts."""
    if not len(found):
        return None
    return table(
        f"担当者の評価が、目標と実績から導かれる評価と異なる指標({len(found)}件)",
        [
            Column("評価指標", 22),
            Column("No.", 6, "number"),
            Column("単位", 6),
            Column("目標値", 10, "number"),
            Column("実績値", 9, "number"),
            Column("状態", 7),
            Column("担当者の評価", 13, "rating"),
            Column("規則による評価", 13, "rating"),
            Column("実施状況等(報告の記載)", 14, "small"),
        ],
        [
            (
                "",
                [
                    [
                        row.name,
                        project_number(row.project_no),
                        *in_one_unit(row.target_text, row.actual_text),
                        settled(row.is_provisional),
                        rating(row.rating),
                        rating(row.rating_by_rule),
                        note_lines(row.note),
                    ]
                    for row in typed_rows(found, ContradictedRating)
                ],
            )
        ],
        source=citation(together(sources_of(found), sources_of_newest(int(found["fiscal_year"].max())))),
        note="達成割合その他の集計には、担当者の評価を用いた。規則は、実績が目標を満たすときを、確定値では◎、暫定値では○、"
        "満たさないときを、確定値では×、暫定値では△とし、この年度に求められていないもの及び実績の分からないものを－とする。",
    )
