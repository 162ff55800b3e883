"""Pieces of the report on the whole way from the outcomes of one plan to the last targets of the next.

`years` is what `renkei.comparison.compared_years` gives: every year's comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from renkei import comparison, costs, pace, target_changes
from renkei.area import Area
from renkei.comparison import Compared
from renkei.contradictions import CONTRADICTIONS, Contradiction, below_baselines, contradictions_of
from renkei.costs import MeasuredPillar, Unmeasured
from renkei.fiscal_year import FiscalYear
from renkei.report import attention
from renkei.report.kit import charts, statuses
from renkei.report.kit.cells import amount, count, table, yen
from renkei.report.kit.figures import canvas, counted, figure_piece
from renkei.report.kit.numbers import percent, thousand_yen
from renkei.report.kit.pieces import Cell, Column, Piece, Title, points_of
from renkei.report.kit.pillars import by_pillar, pillar_head, project_number
from renkei.report.kit.scales import in_one_unit, scale_of
from renkei.report.kit.statuses import computed_note, target_cell
from renkei.report.provenance import citation, sources_compared, sources_of, sources_of_newest
from renkei.typed_rows import typed_rows

_CONTRADICTIONS = {
    "counted": "評価の記号が付されているが、文書自身の評価可能な指標の数に含まれていない",
    "rated_before_due": "目標の年度が来る前に、達成又は不達成と評価されている",
    "met_without_number": "数値の目標に対し、実績が数値で示されないまま、達成と評価されている",
}


def title() -> Piece:
    """The report's heading."""
    area = Area.current()
    return Title(
        f"{area.outcome_year}年度の実績から{area.plan.last_year}年度の目標まで",
        f"{area.name}の2つのビジョンの指標を対応させ、目標の変化と、目標までの道のりをまとめたもの。",
    )


def main_points(
    changes: pd.DataFrame,
    years: pd.DataFrame,
    required: pd.DataFrame,
    unmeasured: Sequence[Unmeasured],
    cost_years: Sequence[FiscalYear],
) -> Piece:
    """What a hurried reader should know: how targets changed, what pace they ask, what money stands where."""
    area = Area.current()
    changed = target_changes.change_counts(changes)
    seen, slower = pace.seen(required), pace.slower(required)
    last = comparison.counts_of(comparison.by_year(years)[area.plan.last_year])
    return points_of(
        [
            (
                f"前のビジョンと対応する目標のうち、引上げ{changed['raised']}件、"
                f"据置き{changed['kept']}件、引下げ{changed['lowered']}件",
                f"数値から文言へ変わったものが{changed['softened']}件、文言から数値へ変わったものが"
                f"{changed['hardened']}件。{changed['dropped']}件が廃止され、{changed['added']}件が新設された。",
            ),
            (
                f"{area.plan.last_year}年度の目標を{area.outcome_year}年度の実績が既に満たす指標は、"
                f"比べられる{last.judged}件のうち{last.met}件",
                "",
            ),
            (
                f"未達の{len(required)}指標のうち、その後の変化が分かる{len(seen)}件では、"
                f"{len(slower)}件の改善が必要な速さに足りない",
                f"残る{len(pace.fast_enough(required))}件は、必要な速さ以上に改善した。新型コロナウイルス感染症の"
                "影響からの回復を含みうるため、同じ速さが続くとは限らない。",
            ),
            (
                f"数値の目標を持たない{len(unmeasured)}事業に、事業費見込額"
                f"{thousand_yen(costs.total_of(unmeasured))}",
                f"{_in_words(cost_years)}の合計。",
            ),
        ],
        [attention.pace_lacking(required)],
    )


def statuses_chart(years: pd.DataFrame) -> Piece:
    """How the outcome stands to the target of each year of the plan."""
    outcome_year = Area.current().outcome_year
    by_year = {year: comparison.status_counts(rows) for year, rows in comparison.by_year(years).items()}
    names, counts = [f"{year}年度" for year in by_year], list(by_year.values())
    finding = (
        f"{outcome_year}年度の実績が届いていない目標は、"
        f"{names[0]}の{counts[0]['not_met']}件から{names[-1]}の{counts[-1]['not_met']}件へ"
    )
    with canvas(6.6, 3.6) as figure:
        charts.stacked_shares(figure, names, counts, statuses.STATUS_PARTS)
        return figure_piece(
            figure,
            title=finding,
            measure=f"各年度の目標に対する{outcome_year}年度の実績の判定(単位：指標)。左から満たす、届かない、"
            "実績の数値なし、比較できない、状態の目標、この年度の目標なし",
            kind="積み上げ横棒グラフ",
            numbers=counted("年度", names, counts, statuses.STATUSES, statuses.STATUS_PARTS),
            drawing="stacked",
            source=citation(sources_compared()),
        )


def years_table(years: pd.DataFrame) -> Piece:
    """What the plan asks of each year, for every indicator with a number, beside the outcome."""
    area = Area.current()
    by_year = {
        year: typed_rows(rows, Compared)
        for year, rows in comparison.by_year(comparison.with_number(years)).items()
    }
    # Every year has the same indicators in the same order.
    of_years = {rows[0].indicator_id: rows for rows in zip(*by_year.values(), strict=True)}
    first = by_year[area.plan.first_year]
    groups = [
        (head, [_years_row(row, of_years[row.indicator_id]) for row in rows])
        for head, rows in by_pillar(first)
    ]
    return table(
        f"年度ごとに求められる値({len(first)}指標)",
        [
            Column("評価指標", 31),
            Column("単位", 7),
            Column(f"{area.outcome_year}年度実績", 12, "number"),
            *(Column(f"{year}年度", 10, "number") for year in by_year),
        ],
        groups,
        source=citation(sources_compared()),
        note="数値の目標を持つ指標のみ。実績は、比べられる指標についてのみ掲げた。" + computed_note(),
    )


def _years_row(row: Compared, of_years: Sequence[Compared]) -> list[str | Cell]:
    scale = scale_of(row.target_text, *([row.outcome_2021_text] if row.is_comparable else []))
    head = "基本KPI" if row.kind == "kpi" else f"No. {row.project_no}"
    return [
        Cell(row.name, above=head),
        scale.label,
        scale.published(row.outcome_2021_text) if row.is_comparable else "",
        *(target_cell(of_year, scale) for of_year in of_years),
    ]


def money_table(pillars: Sequence[MeasuredPillar], cost_years: Sequence[FiscalYear]) -> Piece:
    """What money stands behind each pillar, and how many of its targets are numbers."""
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
    )


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


def below_baseline_table(found: pd.DataFrame) -> Piece:
    """Targets that ask less than their own baseline; `found` is what `below_baseline` gives."""
    rows = [
        [row.name, project_number(row.project_no), *in_one_unit(row.baseline_text, row.target_text)]
        for row in below_baselines(found)
    ]
    return table(
        f"基準値に届かない目標値({len(rows)}件)",
        [
            Column("評価指標", 50),
            Column("No.", 8, "number"),
            Column("単位", 8),
            Column("基準値", 17, "number"),
            Column("目標値", 17, "number"),
        ],
        [("", rows)],
        source=citation(sources_of_newest()),
        note="目標値を基準値より控えめに置いたものであり、記載の誤りを意味しない。",
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
