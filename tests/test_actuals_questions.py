"""Which values are asked about: each threshold, from both sides, on made-up values."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from offices import measured
from renkei.actuals.cells import Place
from renkei.actuals.claims import Claim
from renkei.actuals.questions import Known, after, questions_about
from renkei.actuals.values import Actual
from renkei.tables.reported import Reported

#: A level, a running total, 20 people each year, 70 % each year, and one below zero.
LEVEL, TOTAL, TWENTY, SHARE, BELOW = "2024-14-1", "2024-42-1", "2024-16-1", "2024-41-5", "2024-K4"


def claim(indicator_id: str = LEVEL, value: Any = 100, **others: Any) -> Claim:
    """A final value of FY2024."""
    of = measured()[indicator_id]
    number = None if value is None else Decimal(str(value))
    cells: dict[str, Any] = {
        "fiscal_year": 2024,
        "measured": of,
        "actual": Actual("集計中" if number is None else f"{number}{of.unit}", number),
        "observed_year": None if number is None else 2024,
        "status": "final",
        "rating": "-",
        "rated_by": "rule",
        "by_rule": "-",
        "note": "-",
        "office": "架空課",
        "file": "a.xlsx",
        "path": "a.xlsx",
        "place": Place("a.xlsx", "実績入力", "J5"),
    }
    return Claim(**{**cells, **others})


def row(value: Any = 100, status: str = "final", day: int = 1) -> Reported:
    number = None if value is None else Decimal(str(value))
    return Reported(
        LEVEL, 2024, f"{value}人", number, status, "-", "rule", "-", "架空課", date(2025, 6, day), "b.xlsx", 2
    )


def known(value: Any, **others: Any) -> Known:
    return Known(Decimal(str(value)), f"{value}人", **others)


def codes(*asked: Any) -> list[str]:
    return [question.code for question in questions_about(*asked)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (100, []), (999, []), (1000, ["times"]), (49999, ["times"]), (50000, ["unit"]),
        (10.1, []), (10, ["times"]), (0.21, ["times"]), (0.2, ["unit"]), (0, ["times"]),
        (-100, ["negative"]), (-1000, ["times", "negative"]),
    ],
)  # fmt: skip
def test_ten_times_or_a_tenth_of_the_newest_value_is_asked_about(value: float, expected: list[str]) -> None:
    """From 500 times on the unit is in doubt."""
    assert expected == codes(claim(value=value), known(100), [])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (199, []),
        (200, ["times"]),
        (10000, ["unit"]),
        (0.21, []),
        (0.2, ["times"]),
        (0.04, ["unit"]),
        (0, ["times"]),
    ],
)
def test_a_first_value_is_held_against_the_target(value: float, expected: list[str]) -> None:
    """Ten times it, or a hundredth: a running total begins small."""
    assert expected == codes(claim(TWENTY, value), Known(), [])


def test_a_value_after_nothing_is_not_held_against_it() -> None:
    """Nothing is ten times nothing."""
    assert [] == codes(claim(value=5), known(0), [])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (70, []), (100, []), (100.1, ["over_100"]), (1.1, []), (1, ["fraction"]), (0.7, ["fraction"]),
        (0, []), (-0.5, ["fraction", "negative"]),
    ],
)  # fmt: skip
def test_a_percentage_is_no_fraction_and_not_more_than_all(value: float, expected: list[str]) -> None:
    """1 % and less may be a fraction; what is out of proportion is asked besides."""
    found = [code for code in codes(claim(SHARE, value), known(70), []) if code not in ("times", "unit")]

    assert expected == found


def test_a_negative_value_is_asked_about_where_none_ever_was() -> None:
    """Neither the target nor any known value."""
    assert [] == codes(claim(BELOW, -3000), Known(), [])
    assert [] == codes(claim(value=-90), known(-100, was_negative=True), [])
    assert ["negative"] == codes(claim(value=-90), known(100), [])


def test_a_running_total_does_not_fall() -> None:
    """Below a value that an office reported; a level may."""
    assert ["falls"] == codes(claim(TOTAL, 29), known(30, is_actual=True), [])
    assert [] == codes(claim(TOTAL, 30), known(30, is_actual=True), [])
    assert [] == codes(claim(TOTAL, 29), known(30), [])
    assert [] == codes(claim(LEVEL, 29), known(30, is_actual=True), [])


@pytest.mark.parametrize(
    ("year", "newest", "told"),
    [
        (2024, 2022, None),
        (2024, None, None),
        (2023, 2022, "is the value of 2023, and not of FY2024?"),
        (2025, 2022, "is the value of 2025, and not of FY2024?"),
        (2021, 2022, "a value of 2022, “100人”, is known; is this one of 2021?"),
        (2024, 2025, "a value of 2025, “100人”, is known; is this one of 2024?"),
        (None, 2022, None),
    ],
)
def test_another_year_than_the_fiscal_year_is_asked_about(
    year: int | None, newest: int | None, told: str | None
) -> None:
    """And one before the newest value that is known."""
    found = questions_about(claim(observed_year=year), known(100, year=newest), [])

    assert ([("year", told)] if told else []) == [(question.code, question.text) for question in found]


def test_what_was_final_is_not_changed_unasked() -> None:
    """By another final value, by none, or by a provisional one; another note is no change."""
    assert ["final_changed"] == codes(claim(value=101), known(100), [row()])
    assert [] == codes(claim(value=100, note="注"), known(100), [row()])
    assert ["final_changed"] == codes(claim(value=None), known(100), [row()])
    assert ["unsettled"] == codes(claim(value=100, status="provisional"), known(100), [row()])
    assert [] == codes(claim(value=101), known(100), [row(status="provisional")])
    [question] = questions_about(claim(value=101), known(100), [row(99), row(100, day=2)])
    assert "“100人” was entered as final on 2025-06-02; has it changed?" == question.text


def test_a_value_is_not_withdrawn_unasked() -> None:
    """Nothing, where a provisional value stood."""
    assert ["withdrawn"] == codes(claim(value=None), known(100), [row(status="provisional")])
    assert [] == codes(claim(value=None), known(100), [row(None, "provisional")])


def test_what_one_year_says_is_known_to_the_next() -> None:
    """Its value, text and year; a value that is not known changes nothing."""
    before = known(50, year=2022)

    assert Known(Decimal(100), "100人", 2024, is_actual=True) == after(before, claim())
    assert after(before, claim(value=-1)).was_negative
    assert before == after(before, claim(value=None))
