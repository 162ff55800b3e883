"""Pieces on the KPIs (基本KPI): a year's outcomes, a year's targets, and the whole way between."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from renkei import kpis, verdicts
from renkei import outcomes as of_year
from renkei.area import Area
from renkei.comparison import Compared
from renkei.outcomes import Outcome
from renkei.report.kit import charts
from renkei.report.kit.cells import shown, table
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import NONE, of_its_year, other_year
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import nothing
from renkei.report.kit.scales import Scale, in_one_unit, scale_of
from renkei.report.kit.statuses import (
    COMPUTED,
    computed_note,
    newest_cell,
    outcome_cell,
    scale_of_row,
    target_cell,
    target_words,
)
from renkei.report.kit.wording import of_all
from renkei.report.provenance import citation, sources_compared, sources_of, sources_of_newest
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import typed_rows

_FOR_REFERENCE = "参考記載"


def outcome_chart(outcomes: pd.DataFrame, fiscal_year: int) -> Piece:
    """Each KPI's baseline, latest actual and target."""
    rows = typed_rows(of_year.kpis_in(outcomes), Outcome)
    if not rows:
        return nothing("基本KPI")
    with sheets() as figure:
        marks = [_outcome_marks(row, fiscal_year) for row in rows]
        charts.kpi_panels(figure, [row.name for row in rows], marks)
        return figure_piece(
            figure,
            title=outcome_finding(outcomes, fiscal_year),
            measure="基本KPIの基準値・実績値(塗りつぶし)と目標値(白抜き)",
            kind=f"{len(rows)}つの小さな折れ線グラフ",
            numbers=numbers(
                ("指標", "基準値", "実績値", "目標値"),
                [[row.name, shown(row.baseline_text), _actual(row), shown(row.target_text)] for row in rows],
            ),
            source=citation(sources_of(outcomes)),
        )


def outcome_finding(outcomes: pd.DataFrame, fiscal_year: int) -> str:
    """Of which years the KPIs' actuals are, and how they stand to their baselines."""
    frame = of_year.kpis_in(outcomes)
    observed = of_year.observed(frame)
    parts = {
        f"{fiscal_year}年度より前の値": of_year.observed_before(observed),
        "基準値より後退": of_year.worse_than_baseline(observed),
    }
    if len(observed) and all(len(rows) == len(observed) for rows in parts.values()):
        return f"実績値のある基本KPIは、{of_all(len(observed), len(observed), '件')}が{'で、'.join(parts)}"
    said = [f"{of_all(len(rows), len(observed), '件')}が{what}" for what, rows in parts.items() if len(rows)]
    if said:
        return f"実績値のある基本KPIは、{'、'.join(said)}"
    known = of_all(len(observed), len(frame), "件")
    return f"基本KPIは、{known}に実績値がある" if known else "実績値のある基本KPIはない"


def outcomes_in_words(outcomes: pd.DataFrame, fiscal_year: int) -> str:
    """Each KPI's actual beside its baseline, with the years that they are of; empty without actuals."""
    observed = typed_rows(of_year.observed(of_year.kpis_in(outcomes)), Outcome)
    said = [
        f"{row.name}は{of_its_year(row.actual_text, row.observed_year, fiscal_year, _for_reference(row))}"
        f"{_beside_baseline(row)}"
        for row in observed
    ]
    return f"{'。'.join(said)}。" if said else ""


def outcome_table(outcomes: pd.DataFrame) -> Piece:
    """The KPIs with baseline, target, actual and remark."""
    rows = [
        [row.name, *in_one_unit(row.baseline_text, row.target_text, row.actual_text), shown(row.note)]
        for row in typed_rows(of_year.kpis_in(outcomes), Outcome)
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
        [("", rows)],
        source=citation(sources_of(outcomes)),
        note="「－」は、一覧に値の記載がないもの。数値の下は、その値の年又は年度。",
    )


def target_chart(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """The KPIs' way from the baseline to the plan's target, with this year's computed value between."""
    frame = verdicts.kpis_in(compared)
    rows = typed_rows(frame, Compared)
    if not rows:
        return nothing("基本KPI")
    open_kpis = kpis.open_at_newest(frame)
    finding = (
        f"最終の目標に最新値で届いていない基本KPIは、{of_all(open_kpis, len(rows), '件')}"
        if 0 < open_kpis < len(rows)
        else f"基本KPI{len(rows)}件は、いずれも最新値で最終の目標に届いて{'いない' if open_kpis else 'いる'}"
    )
    is_computed = bool(frame["basis"].isin(COMPUTED_BASES).any())
    measure = "基準値(塗りつぶし)と目標値(白抜きの四角)" + (
        f"。白抜きの丸は{fiscal_year}年度の値({COMPUTED})" if is_computed else ""
    )
    with sheets() as figure:
        marks = [_target_marks(row, fiscal_year) for row in rows]
        charts.kpi_panels(figure, [row.name for row in rows], marks)
        return figure_piece(
            figure,
            title=finding,
            measure=measure,
            kind=f"{len(rows)}つの小さな折れ線グラフ",
            numbers=numbers(
                ("指標", "基準値", f"{fiscal_year}年度", "目標値"),
                [
                    [row.name, shown(row.baseline_text), target_words(row), shown(row.target_text)]
                    for row in rows
                ],
            ),
            source=citation(sources_of_newest(fiscal_year)),
        )


def target_table(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """The KPIs with baseline, this year's value and target, beside the earlier outcome."""
    rows = []
    for row in typed_rows(verdicts.kpis_in(compared), Compared):
        scale = scale_of_row(row)
        rows.append(
            [
                row.name,
                scale.label,
                _outcome_cell(row, scale),
                scale.published(row.baseline_text),
                newest_cell(row, scale),
                target_cell(row, scale),
                scale.published(row.target_text),
            ]
        )
    return table(
        "基本KPI",
        [
            Column("指標", 25),
            Column("単位", 7),
            Column(f"{Area.current().outcome_year}年度一覧の実績", 16, "number"),
            Column("基準値", 13, "number"),
            Column("最新値", 13, "number"),
            Column(f"{fiscal_year}年度", 13, "number"),
            Column("目標値", 13, "number"),
        ],
        [("", rows)],
        source=citation(sources_compared(fiscal_year)),
        note=computed_note() if verdicts.kpis_in(compared)["basis"].isin(COMPUTED_BASES).any() else "",
    )


def _outcome_cell(row: Compared, scale: Scale) -> Cell:
    """The earlier outcome; one that cannot be compared says so."""
    found = outcome_cell(row, scale)
    return found if row.is_comparable else replace(found, below=(*found.below, "定義が異なる"))


def _outcome_marks(row: Outcome, fiscal_year: int) -> list[charts.Mark]:
    scale = scale_of(row.baseline_text, row.target_text, row.actual_text)

    def mark(
        name: str, year: int | None, value: float | None, text: str, is_hollow: bool = False
    ) -> list[charts.Mark]:
        if year is None or value is None:
            return []
        return [charts.Mark(year, value, f"{name} {scale.said(text)}", is_hollow)]

    year = other_year(row.actual_text, row.observed_year, fiscal_year)
    actual = f"{year}実績{f'({_FOR_REFERENCE})' if row.is_for_reference else ''}"
    return [
        *mark("基準", row.baseline_year, row.baseline_value, row.baseline_text),
        *mark(actual, row.observed_year, row.actual_value, row.actual_text),
        *mark("目標", row.target_last_year, row.target_value, row.target_text, is_hollow=True),
    ]


def _actual(row: Outcome) -> str:
    """The published actual; whether it is for reference only."""
    return f"{shown(row.actual_text)}{f'({_FOR_REFERENCE})' if row.is_for_reference else ''}"


def _beside_baseline(row: Outcome) -> str:
    return "" if shown(row.baseline_text) == NONE else f"で、基準値は{row.baseline_text.replace(' ', '')}"


def _for_reference(row: Outcome) -> str:
    return _FOR_REFERENCE if row.is_for_reference else ""


def _target_marks(row: Compared, fiscal_year: int) -> list[charts.Mark]:
    scale = scale_of_row(row)

    def mark(
        name: str, year: int | None, value: float | None, words: str, is_computed: bool = False
    ) -> list[charts.Mark]:
        if year is None or value is None:
            return []
        return [charts.Mark(year, value, f"{name} {words}", name != "基準", is_computed)]

    marks = [
        *mark("基準", row.baseline_year, row.baseline_value, scale.said(row.baseline_text)),
        *mark("目標", row.target_last_year, row.final_target_value, scale.said(row.target_text)),
    ]
    if row.basis in COMPUTED_BASES:
        asked = target_cell(row, scale)
        marks += mark("試算", fiscal_year, row.target_value, f"{asked.words}{scale.label}", is_computed=True)
    return marks
