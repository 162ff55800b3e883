"""Every piece of the reports is right for all rows, for some of them, for one, and for none."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pandas as pd
import pytest
import renkei.report
from renkei import (
    baselines,
    comparison,
    contradictions,
    cost_bearing,
    cost_measures,
    costs,
    kpis,
    mentions,
    pace,
    participation,
    rate_counts,
    target_changes,
)
from renkei.area import Area
from renkei.load import load_table
from renkei.outcomes import outcomes_of
from renkei.page.content import Content
from renkei.page.html import html_page
from renkei.page.pdf import pdf_of
from renkei.page.xlsx import workbook_of
from renkei.report import provenance
from renkei.report.kit.bundle import bundle_of
from renkei.report.kit.piece_json import to_json
from renkei.report.kit.pieces import Figure, Piece, Table, Title
from renkei.report.ratings import ratings_chart

AREA = Area.current()
YEAR = 2025
TOWN = "千歳市"
#: The rows that are given in place of all of them.
SELECTIONS: dict[str, Callable[[Any], Any]] = {
    "all": lambda rows: rows,
    "every third": lambda rows: rows[1::3],
    "a pillar": lambda rows: of_value(rows, "pillar", 2),
    "two pillars": lambda rows: of_value(rows, "pillar", 1, 3),
    "KPIs": lambda rows: of_value(rows, "kind", "kpi"),
    "no KPIs": lambda rows: of_value(rows, "kind", "project"),
    "one row": lambda rows: rows[:1],
    "another row": lambda rows: rows[-1:],
    "none": lambda rows: rows[:0],
}
#: Functions that give no piece of a report from rows.
LEFT_OUT = ("provenance", "frame_charts", "frame_table", "frame_sources")


def of_value(rows: Any, column: str, *values: object) -> Any:
    """The rows with these values, in a frame or a list; all of them where there is no such column."""
    if isinstance(rows, pd.DataFrame):
        return rows[rows[column].isin(values)] if column in rows else rows
    return [row for row in rows if getattr(row, column, values[0]) in values]


@cache
def compared() -> pd.DataFrame:
    return comparison.compare_in_detail(YEAR)


@cache
def years() -> pd.DataFrame:
    return comparison.compared_years()


@cache
def borne() -> list[cost_bearing.Bearing]:
    taken = participation.participation_of(TOWN)
    joined = participation.of_joined(costs.costs_by_project(), taken)
    return cost_bearing.bearings(taken, joined, costs.year_shown(costs.years_with_costs(), YEAR))


@cache
def unmeasured() -> Any:
    return cost_measures.unmeasured(cost_measures.measures_by_project())


#: What a notebook gives for a parameter: rows that are selected from, by the name of the parameter, or by
#: function and parameter where one name means two things.
ROWS: dict[str, Callable[[], Any]] = {
    "compared": compared,
    "outcomes": lambda: outcomes_of(AREA.outcome_year),
    "required": pace.required_pace,
    "changes": lambda: target_changes.target_changes_in_detail(compared()),
    "change_table.changes": lambda: costs.cost_changes(cost_measures.measures_by_project(), YEAR),
    "costs": cost_measures.measures_by_project,
    "way": lambda: kpis.kpi_way(compared()),
    "taken": lambda: participation.participation_of(TOWN),
    "doubts": lambda: load_table("doubts"),
    "corrections": lambda: load_table("corrections"),
    "footnotes": lambda: load_table("footnotes"),
    "asked": baselines.targets_with_baselines,
    "statuses_chart.years": years,
    "years_table.years": years,
    "trajectory_points.years": years,
    "small_denominators.found": lambda: rate_counts.small_denominators(AREA.outcome_year),
    "found": contradictions.contradictions,
    "borne": borne,
    "mentions": lambda: mentions.mentions_of(TOWN),
    "pillars": lambda: cost_measures.measured_pillars(
        cost_measures.measures_by_project(), costs.years_with_costs()
    ),
    "unmeasured_table.unmeasured": unmeasured,
}
OTHERS: dict[str, Callable[[], Any]] = {
    "fiscal_year": lambda: YEAR,
    "municipality": lambda: TOWN,
    "sources": provenance.sources_compared,
    "cost": lambda: costs.cost_of_year(costs.costs_by_project(), YEAR),
    "years": costs.years_with_costs,
    "cost_years": costs.years_with_costs,
    "year_costs": lambda: [costs.cost_in_force(year) for year in costs.years_with_costs()],
    "remarks": costs.remarks,
    "shown_year": lambda: costs.year_shown(costs.years_with_costs(), YEAR),
    "unmeasured": lambda: cost_measures.unmeasured_share(
        cost_measures.measures_by_project(), costs.years_with_costs()
    ),
}


def pieces() -> dict[str, Callable[..., Piece]]:
    """Every public function of a family that gives a piece from rows, by module and name."""
    found: dict[str, Callable[..., Piece]] = {}
    for module in iter_modules(renkei.report.__path__):
        if module.ispkg or module.name in LEFT_OUT:
            continue
        for name, of in vars(import_module(f"renkei.report.{module.name}")).items():
            if not inspect.isfunction(of) or of.__module__ != f"renkei.report.{module.name}":
                continue
            signature = inspect.signature(of)
            gives_piece = signature.return_annotation in ("Piece", "Paragraph", "Attention")
            if (
                not name.startswith("_")
                and gives_piece
                and any(map(rows_for(of).__contains__, signature.parameters))
            ):
                found[f"{module.name}.{name}"] = of
    return found


def rows_for(of: Callable[..., object]) -> Mapping[str, Callable[[], Any]]:
    """The parameters of a function that take rows, and the rows."""
    module = of.__module__.rpartition(".")[2]
    places = (f"{of.__name__}.{{}}", f"{module}.{{}}", "{}")
    return {
        name: next(ROWS[at] for place in places if (at := place.format(name)) in ROWS)
        for name in inspect.signature(of).parameters
        if any(place.format(name) in ROWS for place in places)
    }


#: What is said of nothing, or of everything where there is nothing.
_EMPTY = re.compile(
    r"(?<![\d,.])0(?:件|指標|事業|目標|つ)(?:のうち|すべて|は、いずれも|では、|の小さな|で、)|None|\bnan\b|「」|は、?。|のうち、?。"
)
PIECES = pieces()


def made(name: str, selection: str) -> Any:
    """What a function gives for these rows."""
    of = PIECES[name]
    rows = {given: SELECTIONS[selection](all_rows()) for given, all_rows in rows_for(of).items()}
    parameters = [
        given
        for given, parameter in inspect.signature(of).parameters.items()
        if parameter.default is inspect.Parameter.empty
    ]
    return of(**{given: rows[given] if given in rows else OTHERS[given]() for given in parameters})


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("name", PIECES)
def test_a_piece_is_right_for_any_rows(name: str, selection: str) -> None:
    """No error, no sentence on nothing, no figure or table without a title."""
    piece = made(name, selection)
    if not isinstance(piece, Piece):
        return

    said = re.sub(r'"svg(_narrow)?": "(\\.|[^"\\])*"', "", json.dumps(to_json(piece), ensure_ascii=False))
    assert bundle_of(piece)["text/html"]
    assert [] == [
        found for text in re.findall(r'"((?:\\.|[^"\\])*)"', said) for found in _EMPTY.findall(text)
    ]
    match piece:
        case Figure(title=title, numbers=numbers):
            assert title
            assert numbers.rows
            assert selection != "none"
        case Table(caption=title) | Title(title=title):
            assert title


def test_pieces_of_nothing_come_out_in_every_format() -> None:
    """A report of them all is a page, a PDF and a workbook."""
    found = [piece for name in PIECES if isinstance(piece := made(name, "none"), Piece)]
    content = Content((Title("題"), *found))

    assert "題" in html_page(content)
    assert pdf_of(content).startswith(b"%PDF")
    assert workbook_of(content).startswith(b"PK")


@pytest.mark.parametrize(
    ("pillars", "said"),
    [((1, 2), "最も低いのは役割2の"), ((1, 3), "最も低いのは役割3の"), ((1,), "役割1の達成割合は")],
)
def test_a_headline_is_of_the_rows_that_are_given(pillars: tuple[int, ...], said: str) -> None:
    """Of two pillars the one with the lower rate is named, whatever the third has; one is not compared."""
    rows = outcomes_of(AREA.outcome_year)
    chart = ratings_chart(rows[rows["pillar"].isin(pillars)])

    assert isinstance(chart, Figure)
    assert said in chart.title
