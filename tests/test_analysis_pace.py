"""How fast made-up targets ask to become better, and how fast it went, worked by hand."""

import math

import pytest
from made_up_tables import CROSSWALK, INDICATORS, OUTCOMES, changed, head, made_up, only, rows_of
from renkei.pace import Pace, fast_enough, required_pace, seen, slower
from renkei.typed_rows import typed_rows

#: Start (year, value), target (year, value), needed a year; seen (to year, value, a year), longer (from year,
#: a year), multiple of what is needed.
BY_HAND = {
    # 70 in 2030 to 160 in 2035: 18 a year. 100 in 2032: 15 a year; from 90 in 2029: 10 in three years.
    "2033-K1": (2030, 70, 2035, 160, 18, 2032, 100, 15, 2029, 10 / 3, 15 / 18),
    # -90 to -50 in four years. The baseline of 2030 is before the outcome: nothing was seen since. It was
    # -120 in 2028: 20 in two years.
    "2033-K2": (2031, -90, 2035, -50, 10, 2030, -100, None, 2028, 10, None),
    # Every year from 2033 on, and no baseline.
    "2033-01-1": (2031, 50, 2033, 100, 25, None, None, None, None, None, None),
    # Lower is better: 32 to 25 in four years is 1.75 a year; 40 in 2032 is 8 a year to the worse; from 50 in
    # 2029 it is 10 in three years to the better.
    "2033-01-2": (2031, 32, 2035, 25, 1.75, 2032, 40, -8, 2029, 10 / 3, -8 / 1.75),
    # Lower is better: 3 to 0 in two years.
    "2033-02-1": (2031, 3, 2033, 0, 1.5, None, None, None, None, None, None),
    "2033-02-2": (2031, 20, 2035, 30, 2.5, None, None, None, None, None, None),
    # 0 to 4 in two years; 4 in 2032 is twice as fast; and 4 as in 2029.
    "2033-05-3": (2031, 0, 2033, 4, 2, 2032, 4, 4, 2029, 0, 2),
}
COLUMNS = ("start_year", "start_value", "due_year", "final_target_value", "needed_per_year", "seen_to_year",
           "seen_value", "seen_per_year", "longer_from_year", "longer_per_year", "multiple")  # fmt: skip


def like(expected: object, found: object) -> bool:
    if expected is None or found is None:
        return expected is found
    assert isinstance(expected, int | float)
    assert isinstance(found, int | float)
    return math.isclose(expected, found)


def test_each_open_target_worked_by_hand() -> None:
    """Rising, falling and negative numbers; those that are met, in words or not comparable are left out."""
    pace = required_pace(made_up())
    found = dict(zip(pace["indicator_id"], rows_of(pace, *COLUMNS), strict=True))

    assert list(BY_HAND) == list(found)
    for name, expected in BY_HAND.items():
        assert all(map(like, expected, found[name])), (name, expected, found[name])
    assert pace["start_year"].to_list() == pace["seen_from_year"].to_list()
    assert list(range(7)) == pace.index.to_list()


def test_a_row_says_whose_pace_it_is() -> None:
    """Indicator, predecessor, name, project, unit and the target as published, and no other columns."""
    pace = required_pace(made_up())
    columns = ("indicator_id", "from_indicator", "name", "project_no", "unit", "target_text")
    assert {*columns, *COLUMNS, "seen_from_year"} == set(pace)

    assert [("2033-K1", "2030-K1", "来訪者数", None, "人", "160人"),
            ("2033-01-2", "2030-01-2", "待ち時間", 1, "分", "25分")] == [
        row for row in rows_of(pace, *columns) if row[0] in ("2033-K1", "2033-01-2")
    ]  # fmt: skip
    assert 7 == len(typed_rows(pace, Pace))


def test_which_went_fast_enough() -> None:
    """Of three with a change since, one is twice as fast as needed; slowest for its need first."""
    pace = required_pace(made_up())

    assert ["2033-01-2", "2033-K1", "2033-05-3"] == seen(pace)["indicator_id"].to_list()
    assert ["2033-01-2", "2033-K1"] == slower(pace)["indicator_id"].to_list()
    assert ["2033-05-3"] == fast_enough(pace)["indicator_id"].to_list()


def test_just_as_fast_as_needed_is_fast_enough() -> None:
    """0 in 2031 to 4 in 2033 needs 2 a year; 2 in 2032 is that."""
    tables = made_up(indicators=changed(INDICATORS, "2033-05-3", baseline_value=2))
    pace = required_pace(tables)

    assert 1 == dict(zip(pace["indicator_id"], pace["multiple"], strict=True))["2033-05-3"]
    assert "2033-05-3" not in slower(pace)["indicator_id"].to_list()
    assert "2033-05-3" in fast_enough(pace)["indicator_id"].to_list()


def test_many_of_one_pace_stay_in_the_plans_order() -> None:
    """However many there are."""
    pace = required_pace(made_up()).iloc[[0, 6] * 50]
    by_turns = pace.assign(place=range(100))

    assert [*range(0, 100, 2), *range(1, 100, 2)] == seen(by_turns)["place"].to_list()


@pytest.mark.parametrize("year", [2029, 2028])
def test_baselines_of_one_year_show_no_change(year: int) -> None:
    """From 2029 to 2029, or backwards, nothing is told of a year; nor was anything seen since."""
    tables = made_up(indicators=changed(INDICATORS, "2033-K1", baseline_year=year))

    assert [(year, None, 2029, None, None)] == rows_of(
        required_pace(tables).head(1),
        "seen_to_year", "seen_per_year", "longer_from_year", "longer_per_year", "multiple",
    )  # fmt: skip


def test_a_baseline_of_the_outcomes_own_year_shows_no_change() -> None:
    """No year has gone by between the outcome of 2030 and a baseline of 2030."""
    tables = made_up(indicators=changed(INDICATORS, "2033-K1", baseline_year=2030))

    assert [(None, 10.0, None)] == rows_of(
        required_pace(tables).head(1), "seen_per_year", "longer_per_year", "multiple"
    )


def test_the_smallest_lack_is_one() -> None:
    """159.5 of 160 visitors lack half a one in five years."""
    outcomes = changed(OUTCOMES, "2030-K1", actual_value=159.5)

    assert [("2033-K1", 0.1)] == rows_of(
        required_pace(made_up(outcomes=outcomes)).head(1), "indicator_id", "needed_per_year"
    )


def test_a_target_that_is_met_needs_no_pace() -> None:
    """160 visitors of 160, and more."""
    for visitors in (160, 161):
        outcomes = changed(OUTCOMES, "2030-K1", actual_value=visitors)
        assert "2033-K1" not in required_pace(made_up(outcomes=outcomes))["indicator_id"].to_list()


@pytest.mark.parametrize(
    "emptied",
    [{"outcomes": head(OUTCOMES)}, {"crosswalk": head(CROSSWALK)}, {"indicators": only(INDICATORS, "2030")}],
)
def test_without_anything_to_compare_there_is_no_pace(emptied: dict[str, str]) -> None:
    """No outcomes, no pairs, or no indicators: no rows, and the same columns."""
    none = required_pace(made_up(**emptied))

    assert list(required_pace(made_up())) == list(none)
    assert [0, 0, 0, 0] == [len(rows) for rows in (none, seen(none), slower(none), fast_enough(none))]
