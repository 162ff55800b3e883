"""Pieces of a report on the estimated cost of the plan's projects; `costs` is `costs_by_project`."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from renkei import costs as analysis
from renkei.area import Area
from renkei.costs import Remark, YearCost
from renkei.fiscal_year import FiscalYear
from renkei.report.kit import charts
from renkei.report.kit.cells import amount, barred, count, shown, table, yen
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import NONE, percent, thousand_yen
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import paragraph
from renkei.report.kit.pillars import by_pillar, pillar_head
from renkei.report.provenance import citation, sources_of_newest


def cost_headline(cost: YearCost | None, fiscal_year: int) -> str:
    """The year's estimated cost in one line; `cost` is what `cost_of_year` gives."""
    if cost is None:
        return f"{fiscal_year}年度の事業費見込額は、ビジョンに記載がない"
    return f"{fiscal_year}年度の事業費見込額は{thousand_yen(cost.total)}({cost.projects}事業)"


def cost_explained(cost: YearCost | None, years: Sequence[FiscalYear], fiscal_year: int) -> Piece:
    """The year's estimated cost as a whole, or that the plan gives none; `years` are those with costs."""
    headline = cost_headline(cost, fiscal_year)
    if cost is None:
        given = "、".join(_names(years))
        return paragraph(f"{headline}(記載があるのは{given})。以下では記載のある年度を掲げる。")
    return paragraph(
        f"{headline}。最も大きいのはNo. {cost.largest.project_no}「{cost.largest.name}」の"
        f"{thousand_yen(cost.largest_amount)}で、全体の{percent(cost.largest_share)}を占める。"
        f"{f'{cost.missing}事業には記載がない。' if cost.missing else ''}"
    )


def pillar_chart(costs: pd.DataFrame, years: Sequence[FiscalYear], fiscal_year: int) -> Piece:
    """Estimated cost by pillar, the years side by side, the report's year in the key colour."""
    pillars = analysis.cost_by_pillar(costs, years)
    heads = [pillar_head(of_pillar.pillar) for of_pillar in pillars]
    said = [[_said(amount) for amount in of_pillar.amounts] for of_pillar in pillars]
    labels = [[of.words for of in of_pillar] for of_pillar in said]
    shown_year = FiscalYear(fiscal_year) if FiscalYear(fiscal_year) in years else years[-1]
    largest = analysis.largest_pillar(costs, shown_year)
    finding = f"{shown_year.starts_in}年度は役割{largest.pillar}が{percent(largest.share)}を占める"
    names, highlighted = _names(years), f"{fiscal_year}年度"
    with sheets() as figure:
        bars = [[amount or 0.0 for amount in of_pillar.amounts] for of_pillar in pillars]
        charts.cost_bars(figure, heads, names, bars, labels, highlighted)
        return figure_piece(
            figure,
            title=finding,
            measure="役割別の事業費見込額",
            kind="横棒グラフ",
            numbers=numbers(
                ("役割", *names),
                [[head, *cells] for head, cells in zip(heads, said, strict=True)],
                charts.cost_colours(names, highlighted),
            ),
            drawing="bars",
            source=citation(sources_of_newest()),
        )


def section_chart(costs: pd.DataFrame, years: Sequence[FiscalYear], fiscal_year: int) -> Piece:
    """Estimated cost of the larger sections, the years side by side, largest first."""
    sections = analysis.section_costs(costs, years)
    larger = analysis.larger_sections(sections)
    if not larger:
        return paragraph(
            f"事業費見込額が{thousand_yen(analysis.SMALL_SECTION)}以上の年度がある施策の区分はない。"
        )
    said = [[_said(amount) for amount in section.amounts] for section in larger]
    labels = [[of.words for of in section] for section in said]
    heads = [shown(section.section) for section in larger]
    names, highlighted = _names(years), f"{fiscal_year}年度"
    finding = f"{names[-1]}に最も大きい区分は「{heads[0]}」の{labels[0][-1]}"
    with sheets() as figure:
        # A missing amount has no bar, and its label says that it is no zero.
        bars = [[amount or 0.0 for amount in section.amounts] for section in larger]
        charts.cost_bars(figure, heads, names, bars, labels, highlighted)
        return figure_piece(
            figure,
            title=finding,
            measure=f"施策の区分別の事業費見込額(いずれかの年度に{thousand_yen(analysis.SMALL_SECTION)}以上の"
            f"{len(larger)}区分。残る{len(sections) - len(larger)}区分は次の表)",
            kind="横棒グラフ",
            numbers=numbers(
                ("区分", *names),
                [[head, *cells] for head, cells in zip(heads, said, strict=True)],
                charts.cost_colours(names, highlighted),
            ),
            drawing="bars",
            source=citation(sources_of_newest()),
        )


def section_table(costs: pd.DataFrame, years: Sequence[FiscalYear]) -> Piece:
    """Estimated cost by section within each pillar, the years side by side."""
    sections = analysis.section_costs(costs, years)
    largest = analysis.largest_amount(sections)
    groups = [
        (
            head,
            [
                [
                    shown(row.section),
                    count(row.projects),
                    *map(amount, row.amounts[:-1]),
                    barred(amount(row.amounts[-1]), full=largest),
                ]
                for row in rows
            ],
        )
        for head, rows in by_pillar(sections)
    ]
    return table(
        "施策の区分別の事業費見込額(単位：千円)",
        [Column("区分", 40), Column("事業数", 12, "number"), *_year_columns(years, 48)],
        groups,
        source=citation(sources_of_newest()),
        note=f"{NONE}は記載なし(0とは異なる)。区分の一部は、文書の見出しの位置から読み取れないため、"
        "data/curated/sections.csv の判断による。",
    )


def project_table(costs: pd.DataFrame, remarks: Sequence[Remark], years: Sequence[FiscalYear]) -> Piece:
    """Estimated cost of every project, with who bears it; `remarks` stand in place of amounts."""
    groups = [
        (
            head,
            [
                [
                    f"No. {row.project_no} {row.name}",
                    *map(amount, row.amounts),
                    shown(row.lead_cost),
                    shown(row.partner_cost),
                ]
                for row in rows
            ],
        )
        for head, rows in by_pillar(analysis.project_costs(costs, years))
    ]
    said = "".join(
        f"No. {remark.project_no}の{remark.fiscal_year}年度の欄には、金額でなく「{remark.note}」とある。"
        for remark in remarks
    )
    return table(
        "事業別の事業費見込額(単位：千円)と費用負担",
        [
            Column("事業", 32),
            *_year_columns(years, 24),
            Column(f"{Area.current().lead.name}の負担", 22, "small"),
            Column("連携市町村の負担", 22, "small"),
        ],
        groups,
        source=citation(sources_of_newest()),
        note=f"{NONE}は記載なし(0とは異なる)。{said}",
    )


def _names(years: Sequence[FiscalYear]) -> list[str]:
    return [f"{year.starts_in}年度" for year in years]


def _year_columns(years: Sequence[FiscalYear], width: int) -> list[Column]:
    return [Column(name, width // len(years), "number") for name in _names(years)]


def _said(amount: float | None) -> Cell:
    return Cell("記載なし", mark="missing") if amount is None else yen(amount)
