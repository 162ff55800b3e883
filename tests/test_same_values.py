"""A report says the same as page, as PDF and as workbook: every value and word of its pieces, in order."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from everything import everything
from read_back import demand_in_html, demand_in_pdf, demand_in_workbook
from renkei.page.content import Content
from renkei.page.html import html_page
from renkei.page.pdf import pdf_of
from renkei.page.xlsx import workbook_of
from renkei.report.kit.piece_json import from_json, to_json
from said import Json, pieces_in, tables, words

REPORTS = (
    "fy2021/outcomes",
    *(f"fy{year}/{family}" for family in ("targets", "brief") for year in range(2024, 2029)),
    "trajectory",
    "fy2025/municipality-chitose",
    "fy2024/status",
)


@cache
def said(notebook: Path) -> list[Json]:
    """The pieces of a report, read once."""
    return pieces_in(notebook)


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest, reports: Path) -> Path:
    """A report of each family, of each year; its path without an ending."""
    return reports / str(request.param)


def test_the_page_says_what_the_pieces_say(report: Path) -> None:
    """Nothing more, nothing less, nothing elsewhere; a computed number is marked, a chart told in words."""
    demand_in_html(
        report.with_suffix(".html").read_text(encoding="utf-8"), said(report.with_suffix(".ipynb"))
    )


def test_the_pdf_says_what_the_pieces_say(report: Path) -> None:
    """The same, and the letters of each chart."""
    demand_in_pdf(report.with_suffix(".pdf").read_bytes(), said(report.with_suffix(".ipynb")))


def test_the_workbook_says_what_the_pieces_say(report: Path) -> None:
    """Each number as a number, with its decimals and unit, in its row and column."""
    demand_in_workbook(report.with_suffix(".xlsx").read_bytes(), said(report.with_suffix(".ipynb")))


def test_a_marked_number_says_so_in_words(report: Path) -> None:
    """That a number is computed, carried on or an estimate is said below it, in all formats alike."""
    pieces = said(report.with_suffix(".ipynb"))
    cells = [cell for of in tables(pieces) for group in of["groups"] for row in group["rows"] for cell in row]
    marked = [cell for cell in cells if cell["mark"] in ("computed", "carried", "estimated")]

    assert cells
    assert [] == [cell for cell in marked if not cell["below"]]
    assert [] == [cell for cell in marked if cell["mark"] == "computed" and "試算" not in cell["below"][0]]
    cards = [card for piece in pieces if piece["kind"] == "cards" for card in piece["piece"]["cards"]]
    for card in cards:
        for name in ("value", "target"):
            assert (card[name]["mark"] == "computed") == ("試算" in card[f"{name}_note"]), card
    assert {"－"} >= {words(cell) for cell in cells if cell["mark"] == "missing"}


def without(change: Callable[[list[Any]], object]) -> Content:
    """The small report after a change of its JSON, as a view would show it that loses something."""
    changed = deepcopy(PIECES)
    change(changed)
    return Content(tuple(map(from_json, changed)))


def first_row(pieces: list[Any]) -> Any:
    """The first row of the report's table."""
    return table_in(pieces)["groups"][0]["rows"][0]


def table_in(pieces: list[Any]) -> Any:
    """The report's first table."""
    return next(piece["piece"] for piece in pieces if piece["kind"] == "table")


def second_row(pieces: list[Any]) -> Any:
    """The row after it."""
    return table_in(pieces)["groups"][0]["rows"][1]


def of(kind: str, pieces: list[Any]) -> Any:
    """The fields of the first piece of a kind."""
    return next(piece["piece"] for piece in pieces if piece["kind"] == kind)


TEXT = "文言"
PIECES = [json.loads(json.dumps(to_json(piece))) for piece in everything(TEXT)]
DAMAGES: dict[str, Callable[[list[Any]], object]] = {
    "a row": lambda pieces: table_in(pieces)["groups"][1]["rows"].pop(),
    "rows in another order": lambda pieces: table_in(pieces)["groups"][0]["rows"].reverse(),
    "a group": lambda pieces: table_in(pieces)["groups"].pop(0),
    "the head of a group": lambda pieces: table_in(pieces)["groups"][1].update(head=""),
    "the head of a column": lambda pieces: table_in(pieces)["columns"][2].update(head=""),
    "the text of a cell": lambda pieces: first_row(pieces)[4].update(text=""),
    "what stands above": lambda pieces: first_row(pieces)[0].update(above=""),
    "what stands below": lambda pieces: first_row(pieces)[0].update(below=[]),
    "a sign": lambda pieces: first_row(pieces)[3].update(tag=None),
    "a digit": lambda pieces: first_row(pieces)[1].update(number=1234.6),
    "a decimal": lambda pieces: first_row(pieces)[1].update(decimals=0),
    "a minus": lambda pieces: table_in(pieces)["groups"][1]["rows"][0][1].update(number=2.0),
    "a unit": lambda pieces: first_row(pieces)[1].update(unit=""),
    "that a number is computed": lambda pieces: first_row(pieces)[1].update(mark="", below=[]),
    "that a number is carried on": lambda pieces: second_row(pieces)[1]["below"].pop(),
    "that a number is an estimate": lambda pieces: second_row(pieces)[2].update(mark="", below=[]),
    "that a value is missing": lambda pieces: first_row(pieces)[2].update(text="", mark=""),
    "a note": lambda pieces: table_in(pieces).update(note=""),
    "a source": lambda pieces: table_in(pieces).update(source=""),
    "a caption": lambda pieces: table_in(pieces).update(caption="表"),
    "a table": lambda pieces: pieces.remove(next(piece for piece in pieces if piece["kind"] == "table")),
    "the lead": lambda pieces: of("title", pieces).update(lead=""),
    "a main point": lambda pieces: of("points", pieces)["points"].pop(),
    "what a main point means": lambda pieces: of("points", pieces)["points"][0].update(detail=""),
    "a heading": lambda pieces: of("heading", pieces).update(text="章"),
    "half a paragraph": lambda pieces: of("paragraph", pieces)["runs"].pop(),
    "the number of an item": lambda pieces: of("list", pieces)["items"][1].update(number=None),
    "an item": lambda pieces: of("list", pieces)["items"].pop(0),
    "printed text": lambda pieces: of("preformatted", pieces).update(text="文"),
    "a remark": lambda pieces: of("note", pieces).update(text="文"),
    "a chart": lambda pieces: pieces.remove(next(piece for piece in pieces if piece["kind"] == "figure")),
    "what a chart measures": lambda pieces: of("figure", pieces).update(measure=""),
    "a chart's source": lambda pieces: of("figure", pieces).update(source=""),
    "a chart's number": lambda pieces: of("figure", pieces)["numbers"]["rows"][0][1].update(number=3.6),
    "a chart's row": lambda pieces: of("figure", pieces)["numbers"]["rows"].pop(),
    "where numbers come from": lambda pieces: of("provenance", pieces)["tables"].pop(),
    "what made the report": lambda pieces: of("provenance", pieces)["folded"].pop(),
    "who issues the report": lambda pieces: of("title", pieces).update(imprint=[]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_a_view_loses_is_noticed(damage: str) -> None:
    """The readings above fail for each of these, in each of the three formats."""
    damaged = without(DAMAGES[damage])

    with pytest.raises(AssertionError):
        demand_in_html(html_page(damaged), PIECES)
    with pytest.raises(AssertionError):
        demand_in_pdf(pdf_of(damaged), PIECES)
    with pytest.raises(AssertionError):
        demand_in_workbook(workbook_of(damaged), PIECES)


def test_a_computed_number_without_its_line_is_noticed() -> None:
    """On a page it is underlined besides."""
    html = html_page(without(lambda _: None))

    demand_in_html(html, PIECES)
    with pytest.raises(AssertionError):
        demand_in_html(html.replace(' class="computed"', "", 1), PIECES)
