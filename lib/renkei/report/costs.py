"""Pieces of a report on the estimated cost of the plan's projects; `costs` is `costs_by_project`."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from renkei import costs as analysis
from renkei.area import Area
from renkei.costs import Remark
from renkei.fiscal_year import FiscalYear
from renkei.report.cost_of_year import DASH, year_names
from renkei.report.kit import charts
from renkei.report.kit.cells import amount, barred, count, shown, table, yen
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import percent, thousand_yen
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import nothing, paragraph
from renkei.report.kit.pillars import by_pillar, pillar_head
from renkei.report.provenance import citation, sources_of_newest


def pillar_chart(costs: pd.DataFrame, years: Sequence[FiscalYear], fiscal_year: int) -> Piece:
    """Estimated cost by pillar, years side by side, the report's or else the last in the key colour."""
    shown_year = analysis.year_shown(years, fiscal_year)
    if shown_year is None:
        return paragraph("どの年度の事業費見込額も、ビジョンに記載がない。")
    pillars = analysis.cost_by_pillar(costs, years)
    if not any(amount for of_pillar in pillars for amount in of_pillar.amounts):
        return nothing("事業費見込額")
    heads = [pillar_head(of_pillar.pillar) for of_pillar in pillars]
    said = [[_said(amount) for amount in of_pillar.amounts] for of_pillar in pillars]
    labels = [[of.words for of in of_pillar] for of_pillar in said]
    largest = analysis.largest_pillar(costs, shown_year)
    highlighted = f"{shown_year.starts_in}年度"
    cost = analysis.cost_of_year(costs, shown_year)
    few = cost.projects if cost and cost.is_of_few else None
    where = f"{highlighted}は" if few is None else f"{highlighted}に額の記載がある{few}事業では、"
    finding = (
        f"{where}役割{largest.pillar}が{percent(largest.share)}を占める"
        if largest
        else f"{highlighted}の役割別の事業費見込額"
    )
    names = year_names(years)
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
            source=citation(sources_of_newest(fiscal_year)),
        )


def section_chart(costs: pd.DataFrame, years: Sequence[FiscalYear], fiscal_year: int) -> Piece:
    """Estimated cost of the larger sections, the years side by side, largest first."""
    sections = analysis.section_costs(costs, years)
    shown_year = analysis.year_shown(years, fiscal_year)
    place = 0 if shown_year is None else years.index(shown_year)
    larger = analysis.larger_sections(sections, place)
    if not larger:
        return paragraph(
            f"事業費見込額が{thousand_yen(analysis.SMALL_SECTION)}以上の年度がある施策の区分はない。"
        )
    said = [[_said(amount) for amount in section.amounts] for section in larger]
    labels = [[of.words for of in section] for section in said]
    heads = [shown(section.section) for section in larger]
    names = year_names(years)
    highlighted = names[place]
    # Which are the larger ones is decided over all years: in one of them another may be the largest.
    is_largest = larger[0].amounts[place] == analysis.largest_amount(sections, place)
    finding = (
        f"{highlighted}に最も大きい区分は「{heads[0]}」の{labels[0][place]}"
        if is_largest
        else f"{highlighted}の施策の区分別の事業費見込額"
    )
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
            source=citation(sources_of_newest(fiscal_year)),
        )


def section_table(costs: pd.DataFrame, years: Sequence[FiscalYear], fiscal_year: int | None = None) -> Piece:
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
        source=citation(sources_of_newest(fiscal_year)),
        note=f"{DASH}区分の一部は、文書の見出しの位置から読み取れないため、"
        "data/curated/sections.csv の判断による。",
    )


def project_table(
    costs: pd.DataFrame,
    remarks: Sequence[Remark],
    years: Sequence[FiscalYear],
    fiscal_year: int | None = None,
) -> Piece:
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
        source=citation(sources_of_newest(fiscal_year)),
        note=f"{DASH}{said}",
    )


def _year_columns(years: Sequence[FiscalYear], width: int) -> list[Column]:
    return [Column(name, width // max(1, len(years)), "number") for name in year_names(years)]


def _said(amount: float | None) -> Cell:
    return Cell("記載なし", mark="missing") if amount is None else yen(amount)
