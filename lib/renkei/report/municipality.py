"""Pieces of the report on one municipality in one year.

`taken` is what `participation_of` gives.
"""

from __future__ import annotations

import pandas as pd

from renkei import participation
from renkei.area import Area
from renkei.fiscal_year import FiscalYear
from renkei.participation import Participation
from renkei.report.kit import charts, palette
from renkei.report.kit.cells import shown, table
from renkei.report.kit.figures import counted, figure_piece, sheets
from renkei.report.kit.pieces import Cell, Column, Piece, Title
from renkei.report.kit.pieces_text import nothing, paragraph
from renkei.report.kit.pillars import by_pillar, pillar_head
from renkei.report.municipality_points import limited_headline
from renkei.report.provenance import citation, imprint, sources_compared, sources_of_newest
from renkei.typed_rows import typed_rows

_PARTS = {
    "all": charts.Part("全市町村", palette.KEY, "#ffffff"),
    "some": charts.Part("一部", palette.KEY_LIGHT),
    "none": charts.Part("不参加", "#e6e6e6"),
}
_WORDS = {"all": "全市町村が参加する事業", "some": "一部が参加する事業への参加", "none": "参加しない事業"}


def title(municipality: str, compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """The report's heading, with year and municipality."""
    area = Area.current()
    kind = "連携中枢都市" if municipality == area.lead.name else "連携市町村"
    return Title(
        f"{FiscalYear(fiscal_year).label} {municipality}の連携事業",
        f"{area.plan.title}の連携事業のうち、{municipality}({kind})が参加するものについて、"
        f"役割、費用負担及び{fiscal_year}年度に求められる水準をまとめたもの。",
        imprint(sources_compared(compared)),
    )


def pillar_chart(municipality: str, taken: pd.DataFrame, fiscal_year: int | None = None) -> Piece:
    """By pillar, the projects of all, those of some that are taken part in, and the others."""
    pillars = participation.kinds_by_pillar(taken)
    if not pillars:
        return nothing("事業")
    heads, counts = [pillar_head(pillar) for pillar in pillars], list(pillars.values())
    projects = participation.counts_of(taken)
    finding = f"{municipality}：{limited_headline(projects)}"
    with sheets() as figure:
        charts.stacked_counts(figure, heads, counts, _PARTS)
        return figure_piece(
            figure,
            title=finding,
            measure="役割別の事業の数(単位：事業)。左から全市町村が参加する事業、一部が参加する事業への参加、不参加",
            kind="積み上げ横棒グラフ",
            numbers=counted("役割", heads, counts, _WORDS, _PARTS),
            drawing="stacked",
            source=citation(sources_of_newest(fiscal_year)),
        )


def difference_table(municipality: str, taken: pd.DataFrame, fiscal_year: int | None = None) -> Piece:
    """The projects in which not all partners take part, and whether this one does."""
    limited = typed_rows(participation.limited(taken), Participation)
    all_partners = len(Area.current().partners)
    groups = []
    for takes_part, head in ((True, f"{municipality}が参加する"), (False, f"{municipality}は参加しない")):
        rows = [
            [
                f"No. {row.project_no} {row.name}",
                shown(row.section),
                Cell(shown(row.municipalities), above=f"{all_partners}市町村のうち{row.partners}"),
                row.summary,
            ]
            for row in limited
            if row.takes_part == takes_part
        ]
        if rows:
            groups.append((f"{head}({len(rows)}事業)", rows))
    return table(
        f"一部の市町村だけが参加する事業({len(limited)}事業)",
        [
            Column("事業", 27),
            Column("区分", 15),
            Column("参加する連携市町村", 24, "small"),
            Column("事業概要", 34, "small"),
        ],
        groups,
        source=citation(sources_of_newest(fiscal_year)),
    )


def roles_table(taken: pd.DataFrame, fiscal_year: int | None = None) -> Piece:
    """What the municipality does in each project, and which costs it bears, by pillar."""
    joined = typed_rows(participation.joined(taken), Participation)
    groups = [
        (
            head,
            [
                [
                    f"No. {row.project_no} {row.name}",
                    shown(row.section),
                    shown(row.role),
                    shown(row.cost_borne),
                ]
                for row in rows
            ],
        )
        for head, rows in by_pillar(joined)
    ]
    return table(
        f"参加する事業の役割と費用負担({len(joined)}事業)",
        [
            Column("事業", 28),
            Column("区分", 17),
            Column("役割", 33, "small"),
            Column("費用負担", 22, "small"),
        ],
        groups,
        source=citation(sources_of_newest(fiscal_year)),
    )


def indicators_explained(municipality: str) -> Piece:
    """Whose indicators these are."""
    return paragraph(
        f"{municipality}が参加する事業の評価指標について、この年度に求められる水準を掲げる。"
        "目標も実績も圏域全体のものであり、市町村別の値は文書に示されていない。"
    )
