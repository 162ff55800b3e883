"""Pieces of the report on the whole way from the outcomes of one plan to the last targets of the next.

`years` is what `renkei.comparison.compared_years` gives: every year's comparison.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from renkei import baselines, comparison, verdicts
from renkei.area import Area
from renkei.baselines import Asked
from renkei.comparison import Compared
from renkei.contradictions import CONTRADICTIONS, Contradiction, contradictions_of
from renkei.cost_measures import MeasuredPillar, Unmeasured
from renkei.costs import YearCost
from renkei.fiscal_year import FiscalYear
from renkei.report.kit import charts, statuses
from renkei.report.kit.cells import amount, count, table, yen
from renkei.report.kit.figures import counted, figure_piece, sheets
from renkei.report.kit.numbers import percent
from renkei.report.kit.pieces import Cell, Column, Piece, Title
from renkei.report.kit.pieces_text import nothing
from renkei.report.kit.pillars import by_pillar, pillar_head, project_number
from renkei.report.kit.scales import in_one_unit
from renkei.report.kit.statuses import computed_note, newest_cell, outcome_cell, scale_of_row, target_cell
from renkei.report.provenance import citation, imprint, sources_compared, sources_of, sources_of_newest
from renkei.report.years_before import YearsBefore
from renkei.typed_rows import typed_rows

_CONTRADICTIONS = {
    "counted": "評価の記号が付されているが、文書自身の評価可能な指標の数に含まれていない",
    "rated_before_due": "目標の年度が来る前に、達成又は不達成と評価されている",
    "met_without_number": "数値の目標に対し、実績が数値で示されないまま、達成と評価されている",
}


def title(years: pd.DataFrame) -> Piece:
    """The report's heading."""
    area = Area.current()
    return Title(
        f"{area.outcome_year}年度の実績から{area.plan.last_year}年度の目標まで",
        f"{area.name}の2つのビジョンの指標を対応させ、目標の変化と、目標までの道のりをまとめたもの。",
        imprint(sources_compared(years)),
    )


def statuses_chart(years: pd.DataFrame) -> Piece:
    """How the newest value stands to the target of each year of the plan."""
    by_year = {year: verdicts.status_counts(rows) for year, rows in comparison.by_year(years).items()}
    if not by_year:
        return nothing("指標")
    names, counts = [f"{year}年度" for year in by_year], list(by_year.values())
    missed = {name: of_name["not_met"] for name, of_name in zip(names, counts, strict=True)}
    ends = "、".join(f"{name}は{missed[name]}件" for name in (names[0], names[-1]) if missed[name])
    finding = (
        f"ビジョンが定めた目標に最新値で届いていないのは、{ends}"
        if ends
        else f"ビジョンが{names[0]}と{names[-1]}に求める目標に、最新値で届いていないものはない"
    )
    with sheets() as figure:
        charts.stacked_counts(figure, names, counts, statuses.STATUS_PARTS)
        return figure_piece(
            figure,
            title=finding,
            measure="各年度の目標に対する最新値の判定(単位：指標)。左から満たす、届かない、試算に届かない、"
            "数値が分からない、状態の目標、この年度の目標なし(期限後を含む)。「試算」は本システムが試算した値との比較",
            kind="積み上げ横棒グラフ",
            numbers=counted("年度", names, counts, statuses.STATUSES, statuses.STATUS_PARTS),
            drawing="stacked",
            source=citation(sources_compared(years)),
        )


def baselines_table(asked: pd.DataFrame) -> Piece:
    """Targets beside the plan's own baselines: those already reached, then those that ask for more."""
    groups = [
        ("目標が基準値を下回る", baselines.below_baseline(asked)),
        ("目標が基準値と同じ", baselines.just_reached(asked)),
        ("目標が基準値より高い水準を求める", baselines.asking_more(asked)),
    ]
    return table(
        f"基準値と目標値({len(asked)}指標)",
        [
            Column("評価指標", 50),
            Column("No.", 8, "number"),
            Column("単位", 10),
            Column("基準値", 16, "number"),
            Column("目標値", 16, "number"),
        ],
        [
            (
                f"{head}({len(rows)}件)",
                [
                    [
                        row.name,
                        project_number(row.project_no),
                        *in_one_unit(row.baseline_text, row.target_text),
                    ]
                    for row in typed_rows(rows, Asked)
                ],
            )
            for head, rows in groups
            if len(rows)
        ],
        source=citation(sources_of_newest()),
        note="低いほどよい指標では、基準値より低い目標を、より高い水準を求めるものとした。"
        "年の添え書きのない基準値は、ビジョンが年を記していないもの。",
    )


def years_table(years: pd.DataFrame) -> Piece:
    """What the plan asks of each year, for every indicator with a number, beside the outcome."""
    by_year = {
        year: typed_rows(rows, Compared)
        for year, rows in comparison.by_year(verdicts.with_number(years)).items()
    }
    of_years: dict[str, dict[int, Compared]] = {}
    for year, rows in by_year.items():
        for row in rows:
            of_years.setdefault(row.indicator_id, {})[year] = row
    first = [next(iter(rows.values())) for rows in of_years.values()]
    before = YearsBefore.of(first)
    name_width, year_width = before.widths(25, 11)
    groups = [
        (head, [_years_row(row, of_years[row.indicator_id], list(by_year), before) for row in rows])
        for head, rows in by_pillar(first)
    ]
    return table(
        f"年度ごとに求められる値({len(first)}指標)",
        [
            Column("評価指標", name_width),
            Column("単位", 6),
            *before.columns(year_width),
            Column("最新値", 11, "number"),
            *(Column(f"{year}年度", 9, "number") for year in by_year),
        ],
        groups,
        source=citation(sources_compared(years)),
        note="数値の目標を持つ指標のみ。実績は、比べられる指標についてのみ掲げ、比べられないものは空欄とした。"
        "「－」は値がないことを示す。" + computed_note(),
    )


def _years_row(
    row: Compared, of_years: Mapping[int, Compared], years: Sequence[int], before: YearsBefore
) -> list[str | Cell]:
    last = list(of_years.values())[-1]
    scale = scale_of_row(last)
    head = "基本KPI" if row.kind == "kpi" else f"No. {row.project_no}"
    return [
        Cell(row.name, above=head),
        scale.label,
        *before.cells(row, scale, outcome_cell(row, scale) if row.is_comparable else ""),
        newest_cell(last, scale),
        *(target_cell(of_years[year], scale) if year in of_years else "" for year in years),
    ]


def money_table(
    pillars: Sequence[MeasuredPillar], cost_years: Sequence[FiscalYear], year_costs: Sequence[YearCost]
) -> Piece:
    """What money stands behind each pillar, and how many of its targets are numbers.

    `year_costs` has the cost of each of the years as a whole.
    """
    rows = [
        [
            pillar_head(row.pillar),
            count(row.projects),
            *("記載なし" if amount is None else yen(amount) for amount in row.amounts),
            count(row.indicators),
            replace(count(row.measurable), below=(percent(row.measurable_share),)),
        ]
        for row in pillars
    ]
    return table(
        "役割別の事業費見込額と指標",
        [
            Column("役割", 34),
            Column("事業数", 10, "number"),
            *(Column(f"{year.starts_in}年度", 15, "number") for year in cost_years),
            Column("指標数", 10, "number"),
            Column("うち数値の目標", 16, "number"),
        ],
        [("", rows)],
        source=citation(sources_of_newest()),
        note=_few_words(cost_years, year_costs),
    )


def _few_words(cost_years: Sequence[FiscalYear], year_costs: Sequence[YearCost]) -> str:
    """Of how many projects the amounts of a year are that lacks many; empty where none does."""
    few = [
        f"{year.starts_in}年度の額は{cost.projects}事業の分"
        for year, cost in zip(cost_years, year_costs, strict=True)
        if cost.is_of_few
    ]
    return f"{'、'.join(few)}で、ほかの事業には金額の記載がない。" if few else ""


def unmeasured_table(unmeasured: Sequence[Unmeasured], cost_years: Sequence[FiscalYear]) -> Piece:
    """Projects with cost but no target that is a number, largest first."""
    rows = [
        [f"No. {row.project_no} {row.name}", amount(row.total_thousand_yen), row.target_texts]
        for row in unmeasured
    ]
    return table(
        f"事業費見込額があり、数値の目標を持たない事業({len(rows)}事業、単位：千円)",
        [Column("事業", 44), Column("事業費見込額", 20, "number"), Column("目標", 36)],
        [("", rows)],
        source=citation(sources_of_newest()),
        note=f"事業費見込額は{_in_words(cost_years)}の合計。",
    )


def contradictions_table(found: pd.DataFrame) -> Piece:
    """Where the documents contradict themselves; `found` is what `contradictions` gives."""
    groups = []
    for kind in CONTRADICTIONS:
        rows = [
            [row.name, project_number(row.project_no), _said(row), f"{row.source_line}行"]
            for row in contradictions_of(found, kind)
        ]
        if rows:
            groups.append((f"{_CONTRADICTIONS[kind]}({len(rows)}件)", rows))
    return table(
        f"評価と目標・実績の記載の食い違い({len(found)}件)",
        [Column("評価指標", 38), Column("No.", 7, "number"), Column("記載", 43), Column("箇所", 12)],
        groups,
        source=citation(sources_of(found) or sources_compared()),
    )


def _said(row: Contradiction) -> str:
    """What the documents say that does not fit together."""
    target, actual, rating = (
        f"{name}は「{text}」"
        for name, text in (("目標", row.target_text), ("実績", row.actual_text), ("評価", row.rating))
    )
    return {
        "counted": f"{rating}であるが、達成割合そのものを示す指標であり、評価可能な指標の数に含まれていない",
        "rated_before_due": f"{target}、{rating}",
        "met_without_number": f"{target}、{actual}、{rating}",
    }[row.contradiction]


def _in_words(years: Sequence[FiscalYear]) -> str:
    return "と".join(f"{year.starts_in}年度" for year in years)
