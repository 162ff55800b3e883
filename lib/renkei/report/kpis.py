"""Pieces on the KPIs (基本KPI): a year's outcomes, a year's targets, and the whole way between."""

from __future__ import annotations

from typing import Any

import pandas as pd

from renkei.comparison import OUTCOME_YEAR
from renkei.crosswalk import FROM_PLAN
from renkei.kpis import kpi_way
from renkei.records import records
from renkei.report.kit import charts
from renkei.report.kit.figures import Numbers, canvas, figure_piece
from renkei.report.kit.numbers import amount_as_in
from renkei.report.kit.pieces import Piece
from renkei.report.kit.scales import in_one_unit, measure_of
from renkei.report.kit.statuses import COMPUTED, COMPUTED_NOTE, target_cell, target_words
from renkei.report.kit.tables import Column, Group, shown, table
from renkei.report.provenance import citation
from renkei.targets import COMPUTED_BASES, PLAN


def outcome_chart(outcomes: pd.DataFrame) -> Piece:
    """Each KPI's baseline, latest actual and target."""
    kpis = outcomes[outcomes["kind"] == "kpi"]
    year = int(outcomes["fiscal_year"].iloc[0])
    marks = [_outcome_marks(row) for row in records(kpis)]
    observed = kpis["observed_year"].dropna()
    earlier = int((observed < year).sum())
    finding = f"実績値のある基本KPIは{len(kpis)}件中{len(observed)}件、うち{earlier}件は{year}年度より前の値"
    with canvas(6.6, 4.6) as figure:
        charts.kpi_panels(figure, list(kpis["name"]), marks)
        return figure_piece(
            figure,
            title=finding,
            measure="基本KPIの基準値・実績値(塗りつぶし)と目標値(白抜き)",
            kind=f"{len(kpis)}つの小さな折れ線グラフ",
            numbers=Numbers(
                ("指標", "基準値", "実績値", "目標値"),
                [
                    [row.name, shown(row.baseline_text), shown(row.actual_text), shown(row.target_text)]
                    for row in records(kpis)
                ],
            ),
            source=citation(FROM_PLAN),
        )


def outcome_table(outcomes: pd.DataFrame) -> Piece:
    """The KPIs with baseline, target, actual and remark."""
    kpis = outcomes[outcomes["kind"] == "kpi"]
    rows = [
        [
            row.name,
            *in_one_unit(row.baseline_text, row.target_text, row.actual_text),
            shown(row.note),
        ]
        for row in records(kpis)
    ]
    return table(
        "基本KPI",
        [
            Column("指標", 26),
            Column("単位", 9),
            Column("基準値", 15, "number"),
            Column("目標値", 15, "number"),
            Column("実績値", 15, "number"),
            Column("備考(一覧の記載)", 20, "small"),
        ],
        [Group(rows)],
        source=citation(FROM_PLAN),
    )


def target_chart(compared: pd.DataFrame) -> Piece:
    """The KPIs' way from the baseline to 2028, with this year's computed value between."""
    kpis = compared[compared["kind"] == "kpi"]
    year = int(compared["fiscal_year"].iloc[0])
    rising = int((kpis["final_target_value"] > kpis["baseline_value"]).sum())
    finding = f"基本KPI{len(kpis)}件のうち{rising}件で、目標は基準値を上回る"
    is_computed = bool(kpis["basis"].isin(COMPUTED_BASES).any())
    measure = "基準値(塗りつぶし)と目標値(白抜きの四角)" + (
        f"。白抜きの丸は{year}年度の値({COMPUTED})" if is_computed else ""
    )
    with canvas(6.6, 4.6) as figure:
        charts.kpi_panels(figure, list(kpis["name"]), [_target_marks(row, year) for row in records(kpis)])
        return figure_piece(
            figure,
            title=finding,
            measure=measure,
            kind=f"{len(kpis)}つの小さな折れ線グラフ",
            numbers=Numbers(
                ("指標", "基準値", f"{year}年度", "目標値"),
                [
                    [row.name, shown(row.baseline_text), target_words(row), shown(row.target_text)]
                    for row in records(kpis)
                ],
            ),
            source=citation(PLAN),
        )


def target_table(compared: pd.DataFrame) -> Piece:
    """The KPIs with baseline, this year's value and target, beside the earlier outcome."""
    year = int(compared["fiscal_year"].iloc[0])
    kpis = compared[compared["kind"] == "kpi"]
    rows = []
    for row in records(kpis):
        measure = measure_of(row.target_text, row.baseline_text, row.outcome_2021_text)
        rows.append(
            [
                row.name,
                measure.label,
                measure.published(row.baseline_text),
                target_cell(row, measure),
                measure.published(row.target_text),
                measure.published(row.outcome_2021_text),
                "" if row.is_comparable else "定義が異なる",
            ]
        )
    return table(
        "基本KPI",
        [
            Column("指標", 25),
            Column("単位", 7),
            Column("基準値", 13, "number"),
            Column(f"{year}年度", 13, "number"),
            Column("目標値", 13, "number"),
            Column(f"{OUTCOME_YEAR}年度一覧の実績", 17, "number"),
            Column("実績との比較", 12),
        ],
        [Group(rows)],
        source=citation(FROM_PLAN, PLAN),
        note=COMPUTED_NOTE,
    )


def way_chart() -> Piece:
    """The KPIs from the 2019 plan's baseline to the 2024 plan's target, one line per plan."""
    way = kpi_way()
    higher = int((way["target_value"] > way["baseline_value"]).sum())
    lower = int((way["target_value"] < way["old_target_value"]).sum())
    finding = (
        f"基本KPI{len(way)}件のうち{higher}件で新しい目標は新しい基準値を上回り、"
        f"{lower}件では前の目標を下回る"
    )
    with canvas(6.6, 6.6) as figure:
        charts.two_plans_panels(
            figure, list(way["name"]), [(_old_marks(row), _new_marks(row)) for row in records(way)]
        )
        return figure_piece(
            figure,
            title=finding,
            measure="灰色は前のビジョン、青は第2期ビジョン。塗りつぶしは基準値と実績値、白抜きの四角は目標値",
            kind=f"{len(way)}つの小さな折れ線グラフ",
            numbers=Numbers(
                ("指標", "前の基準値", "前の目標値", "実績値", "新しい基準値", "新しい目標値"),
                [
                    [
                        row.name,
                        shown(row.old_baseline_text),
                        shown(row.old_target_text),
                        shown(row.outcome_text),
                        shown(row.baseline_text),
                        shown(row.target_text),
                    ]
                    for row in records(way)
                ],
            ),
            source=citation(FROM_PLAN, PLAN),
        )


def way_table() -> Piece:
    """The same way in figures, with a change of definition marked."""
    rows = [
        [
            row.name,
            *in_one_unit(
                row.old_baseline_text,
                row.old_target_text,
                row.outcome_text,
                row.baseline_text,
                row.target_text,
            ),
            f"定義の変更：{row.reason}" if row.is_redefined else "同じ定義",
        ]
        for row in records(kpi_way())
    ]
    return table(
        "基本KPIの道のり",
        [
            Column("指標", 18),
            Column("単位", 7),
            Column("前の基準値", 12, "number"),
            Column("前の目標値", 12, "number"),
            Column(f"{OUTCOME_YEAR}年度一覧の実績", 12, "number"),
            Column("新しい基準値", 12, "number"),
            Column("新しい目標値", 12, "number"),
            Column("定義", 15, "small"),
        ],
        [Group(rows)],
        source=citation(FROM_PLAN, PLAN),
    )


def _outcome_marks(row: Any) -> list[charts.Mark]:
    def label(name: str, value: float) -> str:
        return f"{name} {amount_as_in(row.baseline_text, value, shown(row.unit))}"

    marks = [charts.Mark(int(row.baseline_year), row.baseline_value, label("基準", row.baseline_value))]
    if pd.notna(row.actual_value):
        marks.append(charts.Mark(int(row.observed_year), row.actual_value, label("実績", row.actual_value)))
    if pd.notna(row.target_value):
        marks.append(
            charts.Mark(
                int(row.target_last_year),
                row.target_value,
                label("目標", row.target_value),
                is_hollow=True,
            )
        )
    return marks


def _target_marks(row: Any, year: int) -> list[charts.Mark]:
    def label(name: str, value: float) -> str:
        return f"{name} {amount_as_in(row.target_text, value, shown(row.unit))}"

    last, target = int(row.target_last_year), row.final_target_value
    marks = [
        charts.Mark(int(row.baseline_year), row.baseline_value, label("基準", row.baseline_value)),
        charts.Mark(last, target, label("目標", target), is_hollow=True),
    ]
    if row.basis in COMPUTED_BASES:
        computed = label("試算", row.target_value)
        marks.append(charts.Mark(year, row.target_value, computed, is_hollow=True, is_computed=True))
    return marks


def _old_marks(row: Any) -> list[charts.Mark]:
    def mark(name: str, year: int, value: float, is_hollow: bool = False) -> charts.Mark:
        label = f"{amount_as_in(row.old_baseline_text, value, shown(row.old_unit))}\n{year}年{name}"
        return charts.Mark(int(year), value, label, is_hollow)

    marks = [mark("基準", row.old_baseline_year, row.old_baseline_value)]
    if pd.notna(row.outcome_value):
        marks.append(mark("実績", row.outcome_year, row.outcome_value))
    if pd.notna(row.old_target_value):
        marks.append(mark("目標", row.old_target_year, row.old_target_value, is_hollow=True))
    return marks


def _new_marks(row: Any) -> list[charts.Mark]:
    def mark(name: str, year: int, value: float, is_hollow: bool = False) -> charts.Mark:
        label = f"{amount_as_in(row.target_text, value, shown(row.unit))}\n{year}年{name}"
        return charts.Mark(int(year), value, label, is_hollow)

    return [
        mark("基準", row.baseline_year, row.baseline_value),
        mark("目標", row.target_year, row.target_value, is_hollow=True),
    ]
