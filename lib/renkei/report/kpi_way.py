"""Pieces on the way of the KPIs (基本KPI) through both plans; `way` is what `renkei.kpis.kpi_way` gives."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from renkei import kpis
from renkei.area import Area
from renkei.kpis import KpiWay
from renkei.report.kit import charts
from renkei.report.kit.cells import shown, table
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import NONE
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import nothing
from renkei.report.kit.scales import in_one_unit, scale_of
from renkei.report.kit.wording import quoted
from renkei.report.provenance import citation, sources_compared


def way_chart(way: pd.DataFrame) -> Piece:
    """The KPIs from the old plan's baseline to the new plan's target, one line per plan.

    `way` is what `renkei.kpis.kpi_way` gives.
    """
    rows = kpis.kpi_ways(way)
    if not rows:
        return nothing("基本KPI")
    below = kpis.below_before(way)
    finding = (
        f"{quoted(row.name for row in below)}の目標は、前のビジョンの基準年の水準を下回る"
        if below
        else "比べられる基本KPIの目標は、前のビジョンの基準年の水準を下回らない"
        if any(row.against_before is not None for row in rows)
        else "前のビジョンの基準年の水準と比べられる基本KPIはない"
    )
    with sheets() as figure:
        charts.two_plans_panels(
            figure, [row.name for row in rows], [(_old_marks(row), _new_marks(row)) for row in rows]
        )
        return figure_piece(
            figure,
            title=finding,
            measure=f"灰色は前のビジョン、青は{Area.current().plan.short_title}。塗りつぶしは基準値と実績値、"
            "白抜きの四角は目標値",
            kind=f"{len(rows)}つの小さな折れ線グラフ",
            numbers=numbers(
                ("指標", "前の基準値", "前の目標値", "実績値", "新しい基準値", "新しい目標値"),
                [[row.name, *_way_words(row)] for row in rows],
            ),
            source=citation(sources_compared()),
        )


def way_table(way: pd.DataFrame) -> Piece:
    """The same way in figures, with a change of definition marked."""
    rows = [
        [
            row.name,
            *_way_cells(row),
            _beyond(row.against_before, row.against_before_percent, row),
            _beyond(row.against_newest, row.against_newest_percent, row),
        ]
        for row in kpis.kpi_ways(way)
    ]
    return table(
        "基本KPIの道のり",
        [
            Column("指標", 18),
            Column("単位", 6),
            Column("前の基準値", 11, "number"),
            Column("前の目標値", 11, "number"),
            Column(f"{Area.current().outcome_year}年度一覧の実績", 11, "number"),
            Column("新しい基準値", 11, "number"),
            Column("新しい目標値", 11, "number"),
            Column("前の基準値に対する増減", 11, "number"),
            Column("最新値に対する増減", 10, "number"),
        ],
        [("", rows)],
        source=citation(sources_compared()),
        note="増減は、新しい目標値から前の基準値(新型コロナウイルス感染症の流行前)又は最新値を差し引いたもので、"
        "本システムの計算による。定義が変わった指標では前の基準値と比べない。"
        "「参考」は、一覧が実績を参考記載としているもの。",
    )


def _way_words(row: KpiWay) -> list[str]:
    """The published values of the way; what the list gives for reference only says so."""
    before, asked, outcome, *rest = map(shown, _texts(row))
    return [before, asked, f"{outcome}(参考)" if row.outcome_is_reference else outcome, *rest]


def _way_cells(row: KpiWay) -> list[str | Cell]:
    """Unit and values of the way; what the list gives for reference only says so."""
    label, before, asked, outcome, *rest = in_one_unit(*_texts(row))
    if isinstance(outcome, Cell) and row.outcome_is_reference:
        outcome = replace(outcome, below=(*outcome.below, "参考"))
    return [label, before, asked, outcome, *rest]


def _beyond(change: float | None, percent: float | None, row: KpiWay) -> str | Cell:
    """What the target asks beyond a value, in the row's unit and in % where that says something."""
    if change is None:
        return NONE
    signed = f"+{percent:.1f}%" if percent is not None and percent >= 0 else None
    if percent is not None and percent < 0:
        signed = f"▲{-percent:.1f}%"
    return scale_of(*_texts(row)).computed(change, *([signed] if signed else []))


def _texts(row: KpiWay) -> tuple[str, ...]:
    return (row.old_baseline_text, row.old_target_text, row.outcome_text, row.baseline_text, row.target_text)


def _old_marks(row: KpiWay) -> list[charts.Mark]:
    outcome = "実績(参考)" if row.outcome_is_reference else "実績"
    return [
        *_mark("基準", row.old_baseline_year, row.old_baseline_value, row.old_baseline_text),
        *_mark(outcome, row.outcome_year, row.outcome_value, row.outcome_text),
        *_mark("目標", row.old_target_year, row.old_target_value, row.old_target_text),
    ]


def _new_marks(row: KpiWay) -> list[charts.Mark]:
    return [
        *_mark("基準", row.baseline_year, row.baseline_value, row.baseline_text),
        *_mark("目標", row.target_year, row.target_value, row.target_text),
    ]


def _mark(name: str, year: int | None, value: float | None, text: str) -> list[charts.Mark]:
    """One point of a plan's line, labelled as published; none without year and value."""
    if year is None or value is None:
        return []
    return [charts.Mark(year, value, f"{scale_of(text).said(text)}\n{year}年{name}", name == "目標")]
