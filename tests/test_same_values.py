"""A report says the same as page, as PDF and as workbook: every value and word of its pieces, in order."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from read_back import demand_in_html, demand_in_pdf, demand_in_workbook
from said import Json, figures, pieces_in, tables, words

REPORTS = (
    "fy2021/outcomes",
    *(f"fy{year}/targets" for year in range(2024, 2029)),
    "trajectory",
    "fy2025/municipality-chitose",
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

    assert len(cells) > 100 and figures(pieces)
    assert [] == [cell for cell in marked if not cell["below"]]
    assert [] == [cell for cell in marked if cell["mark"] == "computed" and "試算" not in cell["below"][0]]
    assert {"－"} >= {words(cell) for cell in cells if cell["mark"] == "missing"}
