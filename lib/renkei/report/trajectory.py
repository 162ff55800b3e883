"""Pieces of the report on the whole way from FY2021 to FY2028."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from renkei.area import fiscal_years_of
from renkei.comparison import OUTCOME_YEAR, compare, compare_in_detail, target_changes
from renkei.contradictions import contradictions
from renkei.costs import cost_by, cost_column, measures_by_project, years_with_costs
from renkei.crosswalk import FROM_PLAN
from renkei.outcomes import indicators_with_projects
from renkei.pace import required_pace
from renkei.records import records
from renkei.report import attention
from renkei.report.kit import charts, statuses
from renkei.report.kit.figures import canvas, counted, figure_piece
from renkei.report.kit.numbers import percent, thousand_yen
from renkei.report.kit.pieces import Piece, heading, points
from renkei.report.kit.pillars import by_pillar, pillar_head, project_number
from renkei.report.kit.scales import measure_of
from renkei.report.kit.statuses import COMPUTED_NOTE, target_cell
from renkei.report.kit.tables import Column, Group, table
from renkei.report.provenance import citation
from renkei.targets import PLAN

_YEARS = [year.starts_in for year in fiscal_years_of(PLAN)]
_SOURCE = (FROM_PLAN, PLAN)

_CONTRADICTIONS = {
    "counted": "評価されているが、文書自身の数え方には含まれていない",
    "rated_before_due": "目標の年度が来る前に達成不可と評価されている",
    "rated_unlike": "同じ実績0に対し、「×」と「△」の両方の評価がある",
    "rated_without_number": "数値の目標に対し、実績が数値で示されないまま評価されている",
    "below_baseline": "新しい目標値が、その基準値より低い",
}


def title() -> Piece:
    """The report's heading."""
    return heading(
        f"{OUTCOME_YEAR}年度の実績から{_YEARS[-1]}年度の目標まで",
        "さっぽろ連携中枢都市圏の2つのビジョンの指標を対応させ、目標の変化と、目標までの道のりをまとめたもの。",
    )


def main_points() -> Piece:
    """What a hurried reader should know: how targets changed, what pace they ask, what money stands where."""
    changes = target_changes()["target_change"].value_counts()
    pace = required_pace()
    known = pace[pace["seen_per_year"].notna()]
    slower = int((known["seen_per_year"] < known["needed_per_year"]).sum())
    unmeasured = measures_by_project().query("measurable == 0 and total_thousand_yen > 0")
    last = compare(_YEARS[-1])["status"].value_counts()
    judged = int(last.get("met", 0)) + int(last.get("not_met", 0))
    return points(
        [
            (
                f"前のビジョンと対応する目標のうち、引上げ{changes.get('raised', 0)}件、"
                f"据置き{changes.get('kept', 0)}件、引下げ{changes.get('lowered', 0)}件",
                f"数値から文言へ変わったものが{changes.get('softened', 0)}件、文言から数値へ変わったものが"
                f"{changes.get('hardened', 0)}件。{changes.get('dropped', 0)}件が廃止され、"
                f"{changes.get('added', 0)}件が新設された。",
            ),
            (
                f"{_YEARS[-1]}年度の目標を{OUTCOME_YEAR}年度の実績が既に満たす指標は、"
                f"比べられる{judged}件のうち{last.get('met', 0)}件",
                "",
            ),
            (
                f"未達の{len(pace)}指標のうち、その後の変化が分かる{len(known)}件では、"
                f"{slower}件の改善が必要な速さに足りない",
                f"残る{len(known) - slower}件は、必要な速さ以上に改善した。新型コロナウイルス感染症の"
                "影響からの回復を含みうるため、同じ速さが続くとは限らない。",
            ),
            (
                f"数値の目標を持たない{len(unmeasured)}事業に、事業費見込額"
                f"{thousand_yen(unmeasured['total_thousand_yen'].sum())}",
                f"{_years_with_costs_in_words()}の合計。",
            ),
        ],
        [attention.pace_lacking(pace)],
    )


def statuses_chart() -> Piece:
    """How the 2021 outcome stands to the target of each year of the plan."""
    counts = [
        {str(kind): int(count) for kind, count in compare(year)["status"].value_counts().items()}
        for year in _YEARS
    ]
    first, last = counts[0].get("not_met", 0), counts[-1].get("not_met", 0)
    finding = (
        f"{OUTCOME_YEAR}年度の実績が届いていない目標は、"
        f"{_YEARS[0]}年度の{first}件から{_YEARS[-1]}年度の{last}件へ"
    )
    with canvas(6.6, 3.6) as figure:
        charts.stacked_shares(figure, [f"{year}年度" for year in _YEARS], counts, statuses.STATUS_PARTS)
        return figure_piece(
            figure,
            title=finding,
            measure="各年度の目標に対する2021年度の実績の判定(単位：指標)。左から満たす、届かない、実績の数値なし、"
            "比較できない、状態の目標、この年度の目標なし",
            kind="積み上げ横棒グラフ",
            numbers=counted("年度", [f"{year}年度" for year in _YEARS], counts, statuses.STATUSES),
            source=citation(*_SOURCE),
        )


def years_table() -> Piece:
    """What the plan asks of each year, for every indicator with a number, beside the 2021 outcome."""
    by_year = {year: {row.indicator_id: row for row in records(compare_in_detail(year))} for year in _YEARS}
    first = compare_in_detail(_YEARS[0])
    numbers = first[first["final_target_value"].notna()]
    groups = [
        Group(
            [_years_row(row, [by_year[year][row.indicator_id] for year in _YEARS]) for row in records(rows)],
            head=head,
        )
        for head, rows in by_pillar(numbers)
    ]
    return table(
        f"年度ごとに求められる値({len(numbers)}指標)",
        [
            Column("評価指標", 31),
            Column("単位", 7),
            Column(f"{OUTCOME_YEAR}年度実績", 12, "number"),
            *(Column(f"{year}年度", 10, "number") for year in _YEARS),
        ],
        groups,
        source=citation(*_SOURCE),
        note=f"数値の目標を持つ指標のみ。実績は、比べられる指標についてのみ掲げた。{COMPUTED_NOTE}",
    )


def _years_row(row: Any, of_years: Sequence[Any]) -> list[str | Markup]:
    texts = [row.target_text, *([row.outcome_2021_text] if row.is_comparable else [])]
    measure = measure_of(*texts)
    head = "基本KPI" if row.kind == "kpi" else f"No. {row.project_no}"
    return [
        Markup("<small>{}</small><br>{}").format(head, row.name),
        measure.label,
        measure.published(row.outcome_2021_text) if row.is_comparable else "",
        *(target_cell(of_year, measure) for of_year in of_years),
    ]


def money_table() -> Piece:
    """What money stands behind each pillar, and how many of its targets are numbers."""
    years = years_with_costs()
    measures = measures_by_project()
    costs = cost_by(["pillar"])
    rows = []
    for row in records(costs):
        of_pillar = measures[measures["pillar"] == row.pillar]
        indicators, measurable = int(of_pillar["indicators"].sum()), int(of_pillar["measurable"].sum())
        rows.append(
            [
                pillar_head(row.pillar),
                str(row.projects),
                *(thousand_yen(getattr(row, cost_column(year))) for year in years),
                str(indicators),
                f"{measurable}({percent(100 * measurable / indicators)})",
            ]
        )
    return table(
        "役割別の事業費見込額と指標",
        [
            Column("役割", 34),
            Column("事業数", 10, "number"),
            *(Column(f"{year.starts_in}年度", 15, "number") for year in years),
            Column("指標数", 10, "number"),
            Column("うち数値の目標", 16, "number"),
        ],
        [Group(rows)],
        source=citation(PLAN),
    )


def unmeasured_table() -> Piece:
    """Projects with cost but no target that is a number, largest first."""
    rows = measures_by_project().query("measurable == 0 and total_thousand_yen > 0")
    rows = rows.sort_values("total_thousand_yen", ascending=False, kind="stable")
    cells = [
        [f"No. {row.project_no} {row.name}", f"{row.total_thousand_yen:,.0f}", row.target_texts]
        for row in records(rows)
    ]
    return table(
        f"事業費見込額があり、数値の目標を持たない事業({len(cells)}事業、単位：千円)",
        [Column("事業", 44), Column("事業費見込額", 20, "number"), Column("目標", 36)],
        [Group(cells)],
        source=citation(PLAN),
        note=f"事業費見込額は{_years_with_costs_in_words()}の合計。",
    )


def contradictions_table() -> Piece:
    """Where the documents contradict themselves or each other, as far as it can be computed."""
    found = contradictions().merge(indicators_with_projects(), on="indicator_id", how="left")
    groups = []
    for kind, words in _CONTRADICTIONS.items():
        rows = [
            [row.name, project_number(row), row.found, f"{row.source_line}行"]
            for row in records(found[found["contradiction"] == kind])
        ]
        if rows:
            groups.append(Group(rows, head=f"{words}({len(rows)}件)"))
    return table(
        f"文書の中の食い違い({len(found)}件)",
        [Column("評価指標", 38), Column("No.", 7, "number"), Column("記載", 43), Column("箇所", 12)],
        groups,
        source=citation(*_SOURCE),
    )


def _years_with_costs_in_words() -> str:
    return "と".join(f"{year.starts_in}年度" for year in years_with_costs())
