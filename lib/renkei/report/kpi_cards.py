"""Cards of the KPIs (基本KPI): the newest value, what the year asks, and the way between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from renkei import verdicts
from renkei.area import Area
from renkei.comparison import Compared
from renkei.report.kit.cells import cell
from renkei.report.kit.numbers import NONE, without_remark, year_words
from renkei.report.kit.pieces import Cell, Piece
from renkei.report.kit.pieces_cards import Card, Cards, WayKind, WayPoint
from renkei.report.kit.pieces_text import nothing
from renkei.report.kit.scales import Scale, target_rounding
from renkei.report.kit.statuses import BASES, scale_of_row, status
from renkei.report.provenance import citation, sources_compared
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import typed_rows


def kpi_cards(compared: pd.DataFrame, fiscal_year: int, *, says_source: bool = True) -> Piece:
    """A card per KPI for one year; `compared` is what `compare_in_detail` gives for it."""
    rows = typed_rows(verdicts.kpis_in(compared), Compared)
    if not rows:
        return nothing("基本KPI")
    return Cards(
        f"基本KPIの最新値と{fiscal_year}年度の目標{_computed_remark(rows)}",
        tuple(_card(row, fiscal_year) for row in rows),
        citation(sources_compared(fiscal_year)) if says_source else "",
    )


def _card(row: Compared, fiscal_year: int) -> Card:
    scale = scale_of_row(row)
    is_computed = row.basis in COMPUTED_BASES
    return Card(
        title=row.name,
        value=_bare(scale, row.newest_text),
        value_note=_value_note(row),
        target=_target(row, scale),
        target_note=f"{_year_asked(row, fiscal_year)}{'の試算' if is_computed else ''}",
        # A line drawn from the newest value itself is missed by it: no finding.
        verdict=None if is_computed else status(row.newest_status).tag,
        way=tuple(sorted(_way(row, scale, fiscal_year), key=lambda point: point.year)),
    )


def _computed_remark(rows: Sequence[Compared]) -> str:
    """What 試算 on the cards means, where it stands on one of them."""
    if not any(row.basis in COMPUTED_BASES for row in rows):
        return ""
    return f"(「試算」は{Area.current().lead.name}の示した値ではない)"


def _year_asked(row: Compared, fiscal_year: int) -> str:
    """The year of what is asked: a calendar year where the plan's target is of one."""
    is_calendar = (
        row.target_last_year is not None
        and year_words(row.target_text, row.target_last_year) == f"{row.target_last_year}年"
    )
    return f"{fiscal_year}年" if is_calendar else f"{fiscal_year}年度"


def _value_note(row: Compared) -> str:
    if row.newest_text is None:
        return ""
    origin = "基準値" if row.newest_origin == "baseline" else "実績"
    return f"{year_words(row.newest_text, row.newest_year)}の{origin}" if row.newest_year else origin


def _bare(scale: Scale, text: str | None) -> Cell:
    """A published value with its unit and without what stands beside it; a dash where there is none."""
    if text is None:
        return cell(NONE)
    found = scale.published(without_remark(text))
    return found if found.number is None else replace(found, unit=scale.label, below=())


def _target(row: Compared, scale: Scale) -> Cell:
    if row.basis in COMPUTED_BASES and row.target_value is not None:
        return replace(
            scale.computed(row.target_value, rounding=target_rounding(row.direction)),
            unit=scale.label,
            mark="computed",
        )
    if row.basis in ("none", "carried"):
        return Cell(BASES[row.basis], mark="missing")
    return _bare(scale, row.target_text)


def _way(row: Compared, scale: Scale, fiscal_year: int) -> list[WayPoint]:
    """The points with a number and a year, from the outcome to the last target."""
    points: list[WayPoint] = []

    def add(year: int | None, value: float | None, of: Cell, kind: WayKind) -> None:
        if year is not None and value is not None:
            points.append(WayPoint(year, of, kind))

    if row.is_comparable and not row.outcome_2021_is_reference:
        add(row.outcome_2021_year, row.outcome_2021_value, _bare(scale, row.outcome_2021_text), "outcome")
    add(row.baseline_year, row.baseline_value, _bare(scale, row.baseline_text), "baseline")
    if row.newest_origin in ("actual", "outcome_before"):
        add(row.newest_year, row.newest_value, _bare(scale, row.newest_text), "newest")
    if row.basis in COMPUTED_BASES:
        add(fiscal_year, row.target_value, _target(row, scale), "computed")
    add(row.target_last_year, row.final_target_value, _bare(scale, row.target_text), "target")
    return points
