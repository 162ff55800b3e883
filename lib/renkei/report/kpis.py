"""Pieces on the KPIs (基本KPI): a year's outcomes, a year's targets, and the whole way between."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from renkei import kpis, verdicts
from renkei import outcomes as of_year
from renkei.area import Area
from renkei.comparison import Compared
from renkei.outcomes import Outcome
from renkei.report.actual_columns import ActualColumns
from renkei.report.kit import charts
from renkei.report.kit.cells import shown, table
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import NONE, of_its_year, other_year, without_year, year_words
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import nothing, paragraph
from renkei.report.kit.scales import Scale, scale_of
from renkei.report.kit.statuses import (
    COMPUTED,
    computed_note,
    newest_cell,
    origin_word,
    outcome_cell,
    scale_of_row,
    settled,
    target_cell,
    target_words,
)
from renkei.report.kit.wording import of_all
from renkei.report.provenance import citation, sources_compared, sources_of_newest, sources_of_year
from renkei.report.year_words import by_reported, may_change, numbers_of, told_by, value_told_by
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import typed_rows

_FOR_REFERENCE = "参考記載"


def outcome_chart(outcomes: pd.DataFrame, fiscal_year: int) -> Piece:
    """Each KPI's baseline, latest actual and target."""
    rows = typed_rows(of_year.kpis_in(outcomes), Outcome)
    if not rows:
        return paragraph("報告のあった基本KPIはまだない。") if by_reported(outcomes) else nothing("基本KPI")
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
            source=citation(sources_of_year(outcomes)),
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
    subject = "報告のあった基本KPI" if by_reported(outcomes) else "基本KPI"
    return f"{subject}は、{known}に実績値がある" if known else "実績値のある基本KPIはない"


def outcomes_in_words(outcomes: pd.DataFrame, fiscal_year: int) -> str:
    """Each KPI's actual beside its baseline, with the years that they are of; empty without actuals."""
    observed = typed_rows(of_year.observed(of_year.kpis_in(outcomes)), Outcome)
    said = [
        f"{row.name}は{of_its_year(row.actual_text, row.observed_year, fiscal_year, _remarks(row))}"
        f"{_beside_baseline(row)}"
        for row in observed
    ]
    return f"{'。'.join(said)}。" if said else ""


def outcome_table(outcomes: pd.DataFrame) -> Piece | None:
    """The KPIs with baseline, target, actual and remark; none while no office has reported any."""
    if by_reported(outcomes) and not len(of_year.kpis_in(outcomes)):
        return None
    rows = [
        [row.name, *numbers_of(row, row.baseline_text, row.target_text), shown(row.note)]
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
            Column(f"備考({told_by(outcomes)}の記載)", 20, "small"),
        ],
        [("", rows)],
        source=citation(sources_of_year(outcomes)),
        note=f"「－」は、{value_told_by(outcomes)}に値の記載がないもの。数値の下は、その値の年又は年度。",
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
    has_actuals = bool((frame["newest_origin"] == "actual").any())
    measure = f"基準値{'と最新の実績' if has_actuals else ''}(塗りつぶし)と目標値(白抜きの四角)" + (
        f"。白抜きの丸は{fiscal_year}年度の値({COMPUTED})" if is_computed else ""
    )
    newest = ["最新の実績"] if has_actuals else []
    with sheets() as figure:
        marks = [_target_marks(row, fiscal_year) for row in rows]
        charts.kpi_panels(figure, [row.name for row in rows], marks)
        return figure_piece(
            figure,
            title=finding,
            measure=measure,
            kind=f"{len(rows)}つの小さな折れ線グラフ",
            numbers=numbers(
                ("指標", "基準値", *newest, f"{fiscal_year}年度", "目標値"),
                [
                    [
                        row.name,
                        shown(row.baseline_text),
                        *([_actual_words(row)] if has_actuals else []),
                        target_words(row),
                        shown(row.target_text),
                    ]
                    for row in rows
                ],
            ),
            source=citation(sources_of_newest(frame)),
        )


def _actual_words(row: Compared) -> str:
    """The newest value where it is an outcome of the plan's years: 30,900千人(2024年度、暫定)."""
    if row.newest_origin != "actual" or row.newest_text is None:
        return NONE
    year = year_words(row.newest_text, row.newest_year) if row.newest_year else ""
    remarks = "、".join(filter(None, (year, settled(row.newest_is_provisional))))
    return f"{without_year(row.newest_text)}({remarks})"


def target_table(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """The KPIs with baseline, this year's value and target, beside the earlier outcome."""
    frame = verdicts.kpis_in(compared)
    actuals, rows = ActualColumns.of(frame, fiscal_year), []
    for row in typed_rows(frame, Compared):
        scale = scale_of_row(row)
        rows.append(
            [
                row.name,
                scale.label,
                _outcome_cell(row, scale),
                scale.published(row.baseline_text),
                *(own[-1:] if actuals.has_own and (own := actuals.cells(row, scale)) else []),
                newest_cell(row, scale),
                target_cell(row, scale),
                scale.published(row.target_text),
            ]
        )
    return table(
        "基本KPI",
        [
            Column("指標", 12 if actuals.has_own else 25),
            Column("単位", 7),
            Column(f"{Area.current().outcome_year}年度一覧の実績", 16, "number"),
            Column("基準値", 13, "number"),
            *([Column(f"{fiscal_year}年度実績", 13, "number")] if actuals.has_own else []),
            Column("最新値", 13, "number"),
            Column(f"{fiscal_year}年度{'の目標' if actuals.has_own else ''}", 13, "number"),
            Column("目標値", 13, "number"),
        ],
        [("", rows)],
        source=citation(sources_compared(verdicts.kpis_in(compared))),
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
    remarks = _remarks(row)
    actual = f"{year}実績{f'({remarks})' if remarks else ''}"
    return [
        *mark("基準", row.baseline_year, row.baseline_value, row.baseline_text),
        *mark(actual, row.observed_year, row.actual_value, row.actual_text),
        *mark("目標", row.target_last_year, row.target_value, row.target_text, is_hollow=True),
    ]


def _actual(row: Outcome) -> str:
    """The published actual; whether it is for reference only, or may still change."""
    remarks = _remarks(row) if shown(row.actual_text) != NONE else ""
    return f"{shown(row.actual_text)}{f'({remarks})' if remarks else ''}"


def _beside_baseline(row: Outcome) -> str:
    return "" if shown(row.baseline_text) == NONE else f"で、基準値は{row.baseline_text.replace(' ', '')}"


def _remarks(row: Outcome) -> str:
    """What is to be known of an actual: given for reference, or one of an office that may still change."""
    return "、".join([_FOR_REFERENCE] * row.is_for_reference + [settled(True)] * may_change(row))


def _target_marks(row: Compared, fiscal_year: int) -> list[charts.Mark]:
    scale = scale_of_row(row)

    def mark(
        name: str,
        year: int | None,
        value: float | None,
        words: str,
        is_hollow: bool = True,
        is_computed: bool = False,
    ) -> list[charts.Mark]:
        if year is None or value is None:
            return []
        return [charts.Mark(year, value, f"{name} {words}", is_hollow, is_computed)]

    marks = [
        *mark("基準", row.baseline_year, row.baseline_value, scale.said(row.baseline_text), is_hollow=False),
        *mark("目標", row.target_last_year, row.final_target_value, scale.said(row.target_text)),
    ]
    if row.newest_origin == "actual" and row.newest_text is not None:
        year = other_year(row.newest_text, row.newest_year, fiscal_year)
        name = f"{year}{origin_word(row)}"
        words = scale.said(row.newest_text)
        marks += mark(name, row.newest_year, row.newest_value, words, is_hollow=False)
    if row.basis in COMPUTED_BASES:
        asked = target_cell(row, scale)
        marks += mark("試算", fiscal_year, row.target_value, f"{asked.words}{scale.label}", is_computed=True)
    return marks
