"""Pieces on the way of the KPIs (基本KPI) through both plans; `way` is what `renkei.kpis.kpi_way` gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from renkei import kpis
from renkei.area import Area
from renkei.kpis import KpiWay
from renkei.report.kit import charts
from renkei.report.kit.cells import shown, table
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import NONE, without_year, year_words
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import nothing
from renkei.report.kit.scales import in_one_unit, scale_of
from renkei.report.kit.statuses import settled
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
    newest = ["最新の実績"] if _has_actuals(rows) else []
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
            f"白抜きの四角は目標値{'。「暫定」は、まだ変わりうる値' if _has_provisional(rows) else ''}",
            kind=f"{len(rows)}つの小さな折れ線グラフ",
            numbers=numbers(
                ("指標", "前の基準値", "前の目標値", "実績値", "新しい基準値", "新しい目標値", *newest),
                [[row.name, *_way_words(row), *([_newest_words(row)] if newest else [])] for row in rows],
            ),
            source=citation(sources_compared(way)),
        )


def way_table(way: pd.DataFrame) -> Piece:
    """The same way in figures, with a change of definition marked."""
    ways = kpis.kpi_ways(way)
    newest = _has_actuals(ways)
    rows = [
        [
            row.name,
            *_way_cells(row),
            *([_newest_cell(row)] if newest else []),
            _beyond(row.against_before, row.against_before_percent, row),
            _beyond(row.against_newest, row.against_newest_percent, row),
        ]
        for row in ways
    ]
    return table(
        "基本KPIの道のり",
        [
            Column("指標", 18 - 5 * newest),
            Column("単位", 6),
            Column("前の基準値", 11, "number"),
            Column("前の目標値", 11, "number"),
            Column(f"{Area.current().outcome_year}年度一覧の実績", 11, "number"),
            Column("新しい基準値", 11, "number"),
            Column("新しい目標値", 11, "number"),
            *([Column("最新の実績", 11, "number")] if newest else []),
            Column("前の基準値に対する増減", 11, "number"),
            Column("最新値に対する増減", 10, "number"),
        ],
        [("", rows)],
        source=citation(sources_compared(way)),
        note="増減は、新しい目標値から前の基準値(新型コロナウイルス感染症の流行前)又は最新値を差し引いたもので、"
        "本システムの計算による。定義が変わった指標では前の基準値と比べない。"
        "「参考」は、一覧が実績を参考記載としているもの。",
    )


def _has_actuals(rows: Sequence[KpiWay]) -> bool:
    return any(row.newest_origin == "actual" for row in rows)


def _has_provisional(rows: Sequence[KpiWay]) -> bool:
    return any(row.newest_origin == "actual" and row.newest_is_provisional for row in rows)


def _newest_words(row: KpiWay) -> str:
    """The newest outcome of the plan's own years, with its year; a dash where there is none."""
    if row.newest_origin != "actual" or row.newest_text is None:
        return NONE
    of_year = _of_year(row)
    return f"{without_year(row.newest_text)}({of_year})"


def _newest_cell(row: KpiWay) -> str | Cell:
    if row.newest_origin != "actual" or row.newest_text is None:
        return NONE
    found = scale_of(*_texts(row)).published(without_year(row.newest_text))
    return replace(found, below=(*found.below, _of_year(row)))


def _of_year(row: KpiWay) -> str:
    """The year of the newest outcome, and whether it may still change: 2024年度、暫定."""
    year = "" if row.newest_year is None else year_words(row.newest_text or "", row.newest_year)
    return "、".join(filter(None, (year, settled(row.newest_is_provisional))))


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
    is_actual = row.newest_origin == "actual" and row.newest_text is not None
    name = f"実績({settled(row.newest_is_provisional)})"
    return [
        *_mark("基準", row.baseline_year, row.baseline_value, row.baseline_text),
        *(_mark(name, row.newest_year, row.newest_value, row.newest_text or "") if is_actual else []),
        *_mark("目標", row.target_year, row.target_value, row.target_text),
    ]


def _mark(name: str, year: int | None, value: float | None, text: str) -> list[charts.Mark]:
    """One point of a plan's line, labelled as published; none without year and value."""
    if year is None or value is None:
        return []
    return [charts.Mark(year, value, f"{scale_of(text).said(text)}\n{year}年{name}", name == "目標")]
