"""Pieces of a report on the estimated cost of the plan's projects."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from renkei.costs import cost_by, cost_column, costs_by_project, years_with_costs
from renkei.fiscal_year import FiscalYear
from renkei.load import load_table
from renkei.records import records
from renkei.report.kit import charts
from renkei.report.kit.figures import Numbers, canvas, figure_piece
from renkei.report.kit.numbers import percent, thousand_yen
from renkei.report.kit.pieces import Piece, paragraph
from renkei.report.kit.pillars import by_pillar, pillar_head
from renkei.report.kit.tables import NONE, Column, Group, bar, shown, table
from renkei.report.provenance import citation
from renkei.targets import PLAN

#: Sections below this amount, in 1,000 yen, would be bars too short to see.
_CHARTED_FROM = 100_000


def cost_headline(fiscal_year: int) -> str:
    """The year's estimated cost in one line."""
    amounts = costs_by_project()[cost_column(FiscalYear(fiscal_year))].dropna()
    if amounts.empty:
        return f"{fiscal_year}年度の事業費見込額は、ビジョンに記載がない"
    return f"{fiscal_year}年度の事業費見込額は{thousand_yen(amounts.sum())}({len(amounts)}事業)"


def cost_explained(fiscal_year: int) -> Piece:
    """The year's estimated cost as a whole, or that the plan gives none."""
    costs = costs_by_project()
    amounts = costs[cost_column(FiscalYear(fiscal_year))]
    if amounts.isna().all():
        given = "、".join(f"{year.starts_in}年度" for year in years_with_costs())
        return paragraph(
            f"{cost_headline(fiscal_year)}(記載があるのは{given})。以下では記載のある年度を掲げる。"
        )
    [largest] = records(costs[amounts == amounts.max()].head(1))
    share = 100 * amounts.max() / amounts.sum()
    missing = int(amounts.isna().sum())
    return paragraph(
        f"{cost_headline(fiscal_year)}。最も大きいのはNo. {largest.project_no}「{largest.name}」の"
        f"{thousand_yen(amounts.max())}で、全体の{percent(share)}を占める。"
        f"{f'{missing}事業には記載がない。' if missing else ''}"
    )


def pillar_chart(fiscal_year: int) -> Piece:
    """Estimated cost by pillar, the years side by side, the report's year in the key colour."""
    years = years_with_costs()
    sums = cost_by(["pillar"])
    heads = [pillar_head(pillar) for pillar in sums["pillar"]]
    amounts = sums[[cost_column(year) for year in years]].to_numpy().tolist()
    labels = [[thousand_yen(value) for value in of_pillar] for of_pillar in amounts]
    shown_year = FiscalYear(fiscal_year) if FiscalYear(fiscal_year) in years else years[-1]
    totals = sums[cost_column(shown_year)]
    largest = sums["pillar"].tolist()[int(totals.to_numpy().argmax())]
    share = percent(100 * totals.max() / totals.sum())
    finding = f"{shown_year.starts_in}年度は役割{largest}が{share}を占める"
    names = [f"{year.starts_in}年度" for year in years]
    with canvas(6.6, 2.9) as figure:
        charts.cost_bars(figure, heads, names, amounts, labels, highlighted=f"{fiscal_year}年度")
        return figure_piece(
            figure,
            title=finding,
            measure="役割別の事業費見込額",
            kind="横棒グラフ",
            numbers=Numbers(
                ("役割", *names), [[head, *texts] for head, texts in zip(heads, labels, strict=True)]
            ),
            source=citation(PLAN),
        )


def section_chart(fiscal_year: int) -> Piece:
    """Estimated cost of the larger sections, the years side by side, largest first."""
    years = years_with_costs()
    columns = [cost_column(year) for year in years]
    sums = cost_by(["pillar", "section"])
    larger = sums[sums[columns].max(axis=1) >= _CHARTED_FROM]
    larger = larger.sort_values(columns[-1], ascending=False, kind="stable")
    labels = [
        ["記載なし" if pd.isna(value) else thousand_yen(value) for value in of_section]
        for of_section in larger[columns].to_numpy().tolist()
    ]
    # A missing amount has no bar, and its label says that it is no zero.
    amounts = larger[columns].fillna(0).to_numpy().tolist()
    sections, names = list(larger["section"]), [f"{year.starts_in}年度" for year in years]
    finding = f"{names[-1]}に最も大きい区分は「{sections[0]}」の{labels[0][-1]}"
    with canvas(6.6, 0.3 + 0.42 * len(sections)) as figure:
        charts.cost_bars(figure, sections, names, amounts, labels, highlighted=f"{fiscal_year}年度")
        return figure_piece(
            figure,
            title=finding,
            measure=f"施策の区分別の事業費見込額(いずれかの年度に{thousand_yen(_CHARTED_FROM)}以上の"
            f"{len(sections)}区分。残る{len(sums) - len(sections)}区分は次の表)",
            kind="横棒グラフ",
            numbers=Numbers(
                ("区分", *names),
                [[name, *texts] for name, texts in zip(sections, labels, strict=True)],
            ),
            source=citation(PLAN),
        )


def section_table() -> Piece:
    """Estimated cost by section within each pillar, the years side by side."""
    years = years_with_costs()
    sums = cost_by(["pillar", "section"])
    largest = sums[cost_column(years[-1])].max()
    groups = [
        Group(
            [
                [
                    row.section,
                    str(row.projects),
                    *(_amount(getattr(row, cost_column(year))) for year in years[:-1]),
                    _barred(getattr(row, cost_column(years[-1])), largest),
                ]
                for row in records(rows)
            ],
            head=head,
        )
        for head, rows in by_pillar(sums)
    ]
    return table(
        "施策の区分別の事業費見込額(単位：千円)",
        [Column("区分", 40), Column("事業数", 12, "number"), *_year_columns(years, 48)],
        groups,
        source=citation(PLAN),
        note=f"{NONE}は記載なし(0とは異なる)。区分の一部は、文書の見出しの位置から読み取れないため、"
        "data/curated/sections.csv の判断による。",
    )


def project_table() -> Piece:
    """Estimated cost of every project, with who bears it."""
    years = years_with_costs()
    groups = [
        Group(
            [
                [
                    f"No. {row.project_no} {row.name}",
                    *(_amount(getattr(row, cost_column(year))) for year in years),
                    shown(row.lead_cost),
                    shown(row.partner_cost),
                ]
                for row in records(rows)
            ],
            head=head,
        )
        for head, rows in by_pillar(costs_by_project())
    ]
    costs = load_table("costs")
    remarks = "".join(
        f"No. {row.project_no}の{row.fiscal_year}年度の欄には、金額でなく「{row.note}」とある。"
        for row in records(costs[costs["note"].notna()])
    )
    return table(
        "事業別の事業費見込額(単位：千円)と費用負担",
        [
            Column("事業", 32),
            *_year_columns(years, 24),
            Column("札幌市の負担", 22, "small"),
            Column("連携市町村の負担", 22, "small"),
        ],
        groups,
        source=citation(PLAN),
        note=f"{NONE}は記載なし(0とは異なる)。{remarks}",
    )


def _year_columns(years: list[FiscalYear], width: int) -> list[Column]:
    return [Column(f"{year.starts_in}年度", width // len(years), "number") for year in years]


def _amount(value: float) -> str:
    return NONE if pd.isna(value) else f"{value:,.0f}"


def _barred(value: float, largest: float) -> str | Markup:
    return NONE if pd.isna(value) else bar(value, _amount(value), full=largest)
