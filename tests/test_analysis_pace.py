"""How fast made-up targets ask to become better, and how fast it went, worked by hand."""

import math

import pytest
from made_up_tables import CROSSWALK, INDICATORS, OUTCOMES, changed, head, made_up, only, rows_of
from renkei.pace import Pace, fast_enough, required_pace, seen, slower, within_rounding, worse
from renkei.typed_rows import typed_rows

#: Start (year, value, origin), target (year, value), needed a year; seen (from year, a year), longer (from
#: year, a year), multiple of what is needed.
BY_HAND = {
    # 100 in 2032 to 160 in 2035: 20 a year. From 70 in 2030: 15 a year; from 90 in 2029: 10 in three years.
    "2033-K1": (2032, 100, "baseline", 2035, 160, 20, 2030, 15, 2029, 10 / 3, 15 / 20),
    # -90 to -50 in four years. The outcome is the newest value: nothing was seen since. It was -120 in 2028:
    # 30 in three years.
    "2033-K2": (2031, -90, "outcome_2021", 2035, -50, 10, None, None, 2028, 10, None),
    # 0 to 30 in three years; what was counted before was something else.
    "2033-K3": (2032, 0, "baseline", 2035, 30, 10, None, None, None, None, None),
    # Every year, so by the plan's first: 2033.
    "2033-01-1": (2031, 50, "outcome_2021", 2033, 100, 25, None, None, None, None, None),
    # Lower is better: 40 to 25 in three years is 5 a year; 32 in 2031 to 40 in 2032 is 8 worse; from 50
    # in 2029 it is 10 in three years to the better.
    "2033-01-2": (2032, 40, "baseline", 2035, 25, 5, 2031, -8, 2029, 10 / 3, None),
    # Lower is better: 3 to 0 in two years.
    "2033-02-1": (2031, 3, "outcome_2021", 2033, 0, 1.5, None, None, None, None, None),
}
COLUMNS = ("start_year", "start_value", "start_origin", "due_year", "final_target_value", "needed_per_year",
           "seen_from_year", "seen_per_year", "longer_from_year", "longer_per_year", "multiple")  # fmt: skip
#: 起業者 is a running total; 講座 and 事故 are met; 乗客 and 案内 were due in 2034.
ACTUALS = """
2033-K1      2033        2033          130人       130          -      false          false          .
2033-02-2    2034        2034          15人        15           -      false          false          .
2033-05-3    2033        2033          3回         3            -      false          false          .
2033-03-1    2033        2033          8回         8            -      false          false          .
"""


def like(expected: object, found: object) -> bool:
    if expected is None or found is None or isinstance(expected, str):
        return expected == found
    assert isinstance(expected, int | float)
    assert isinstance(found, int | float)
    return math.isclose(expected, found)


def visitors(target: str, value: float, baseline: str, baseline_value: float) -> str:
    """The indicators with another target and baseline of 来訪者数, which were 70 in 2030."""
    return changed(INDICATORS, "2033-K1", target_text=target, target_value=value, baseline_text=baseline,
                   baseline_value=baseline_value)  # fmt: skip


def test_each_open_target_worked_by_hand() -> None:
    """Rising, falling and negative numbers from the newest value on.

    Those that are met, in words, without any value or running totals that have not begun are left out.
    """
    pace = required_pace(made_up())
    found = dict(zip(pace["indicator_id"], rows_of(pace, *COLUMNS), strict=True))

    assert list(BY_HAND) == list(found)
    for name, expected in BY_HAND.items():
        assert all(map(like, expected, found[name])), (name, expected, found[name])
    assert list(range(6)) == pace.index.to_list()


def test_the_way_starts_at_the_plans_own_outcomes_once_there_are_some() -> None:
    """来訪者数 130 in 2033 to 160 is 15 a year, 講座 3 to 4 one; 起業者 15 of 30 in 2034 leaves 15.

    案内, due in 2034, was 8 in 2033 and 乗客 5 in 2034 itself, when it was due: nothing is left to reckon.
    """
    pace = required_pace(made_up(outcomes=OUTCOMES + ACTUALS.lstrip()))
    found = dict(zip(pace["indicator_id"], rows_of(pace, *COLUMNS), strict=True))

    # From 70 in 2030: 60 in three years. From 90 in 2029: 10 a year.
    assert (2033, 130, "actual", 2035, 160, 15, 2030, 20, 2029, 10, 20 / 15) == found["2033-K1"]
    # 20 of the plan before were of 2031, from which 15 is no fall of a running total that began anew; but the
    # pair may be compared, and so the change is told.
    assert (2034, 15, "actual", 2035, 30, 15) == found["2033-02-2"][:6]
    # Every year: the year after the last known one. From 0 in 2031: 3 in two years.
    assert (2033, 3, "actual", 2034, 4, 1, 2031, 1.5, 2029, -0.25, None) == found["2033-05-3"]
    assert (2033, 8, "actual", 2034, 9, 1) == found["2033-03-1"][:6]
    assert "2033-04-1" not in found


def test_a_row_says_whose_pace_it_is() -> None:
    """Indicator, predecessor, name, project, unit, target and start as published, and no other columns."""
    pace = required_pace(made_up())
    columns = ("indicator_id", "from_indicator", "name", "project_no", "unit", "target_text", "start_text")
    others = {"seen_from_is_reference", "start_is_provisional", "start_source"}
    assert {*columns, *COLUMNS, *others} == set(pace)

    assert [("2033-K1", "2030-K1", "来訪者数", None, "人", "160人", "100人"),
            ("2033-01-2", "2030-01-2", "待ち時間", 1, "分", "25分", "40分")] == [
        row for row in rows_of(pace, *columns) if row[0] in ("2033-K1", "2033-01-2")
    ]  # fmt: skip
    assert 6 == len(typed_rows(pace, Pace))


def test_a_change_from_a_value_for_reference_says_so() -> None:
    """Where there is such a change: 来訪者数 has one, 社会増減 none, whatever their remarks say."""
    outcomes = changed(changed(OUTCOMES, "2030-K1", note="参考記載"), "2030-K2", note="参考記載")
    pace = required_pace(made_up(outcomes=outcomes))

    assert ["2033-K1"] == pace[pace["seen_from_is_reference"]]["indicator_id"].to_list()
    assert not required_pace(made_up())["seen_from_is_reference"].any()


def test_which_went_fast_enough() -> None:
    """来訪者数 became better at 3/4 of its pace, 待ち時間 worse; nothing was seen of the others."""
    pace = required_pace(made_up())

    assert (["2033-K1"], ["2033-K1"], [], ["2033-01-2"]) == tuple(
        rows["indicator_id"].to_list() for rows in (seen(pace), slower(pace), fast_enough(pace), worse(pace))
    )


@pytest.mark.parametrize(
    ("multiple", "is_enough"),
    [(0.9499, False), (0.95, True), (0.9999, True), (1.0, True), (3.0, True), (0.1, False)],
)
def test_enough_is_what_is_one_as_it_is_printed(multiple: float, is_enough: bool) -> None:
    """113 of 114 a year are enough by rounding, which is told apart; 0.9 times is not."""
    pace = required_pace(made_up()).head(1).assign(multiple=multiple)

    assert (int(is_enough), int(not is_enough)) == (len(fast_enough(pace)), len(slower(pace)))
    assert int(is_enough and multiple < 1) == len(within_rounding(pace))


def test_a_pace_of_nothing_is_no_improvement() -> None:
    """70 in 2030 and in 2032: worse or the same, and no multiple."""
    pace = required_pace(made_up(indicators=visitors("160人", 160, "70人", 70)))

    assert [(0, None)] == rows_of(pace.head(1), "seen_per_year", "multiple")
    assert ["2033-K1", "2033-01-2"] == worse(pace)["indicator_id"].to_list()
    assert 0 == len(seen(pace))


@pytest.mark.parametrize(
    ("target", "value", "baseline", "baseline_value", "is_told"),
    [
        ("160人", 160, "150人", 150, True),
        ("160人", 160, "151人", 151, False),
        ("160千人", 160_000, "150千人", 150_000, True),
        ("160千人", 160_000, "151千人", 151_000, False),
        # The finer of the two tells how finely is counted.
        ("160千人", 160_000, "151,000人", 151_000, True),
        ("160,000人", 160_000, "151千人", 151_000, True),
        ("160人", 160, "159.0人", 159, True),
        ("160人", 160, "159.1人", 159.1, False),
        ("160人", 160, "158.9人", 158.9, True),
    ],
)
def test_a_ratio_is_told_from_ten_steps_on(
    target: str, value: float, baseline: str, baseline_value: float, is_told: bool
) -> None:
    """A target within ten of the last digit that is written is so near that a ratio says nothing."""
    pace = required_pace(made_up(indicators=visitors(target, value, baseline, baseline_value)))
    # A third of what lacks a year, and half of what came about since 70 in 2030.
    multiple = (baseline_value - 70) / 2 / ((value - baseline_value) / 3)

    assert [pytest.approx(multiple) if is_told else None] == [
        row[0] for row in rows_of(pace.head(1), "multiple")
    ]


def test_many_of_one_pace_stay_in_the_plans_order() -> None:
    """However many there are, the slowest for its need first."""
    pace = required_pace(made_up()).iloc[[0] * 100]
    by_turns = pace.assign(place=range(100), multiple=[2.0, 0.5] * 50)

    assert [*range(1, 100, 2), *range(0, 100, 2)] == seen(by_turns)["place"].to_list()


def test_values_of_one_year_show_no_change() -> None:
    """A baseline of 2030, as the outcome is: nothing was seen between; 10 since 2029."""
    tables = made_up(indicators=changed(INDICATORS, "2033-K1", baseline_year=2030))

    assert [(2030, None, None, 2029, 10, None)] == rows_of(
        required_pace(tables).head(1),
        "start_year", "seen_from_year", "seen_per_year", "longer_from_year", "longer_per_year", "multiple",
    )  # fmt: skip


def test_a_start_without_a_year_has_no_pace() -> None:
    """100 visitors of nobody knows when are not that many a year short of 160."""
    tables = made_up(indicators=changed(INDICATORS, "2033-K1", baseline_year="."))

    assert "2033-K1" not in required_pace(tables)["indicator_id"].to_list()


def test_the_smallest_lack_is_one() -> None:
    """159.5 of 160 visitors lack half a one in three years."""
    tables = made_up(indicators=visitors("160人", 160, "159.5人", 159.5))

    assert [("2033-K1", 0.5 / 3)] == rows_of(required_pace(tables).head(1), "indicator_id", "needed_per_year")


@pytest.mark.parametrize("baseline", [160, 161])
def test_a_target_that_is_met_needs_no_pace(baseline: int) -> None:
    """160 visitors of 160, and more."""
    tables = made_up(indicators=visitors("160人", 160, f"{baseline}人", baseline))

    assert "2033-K1" not in required_pace(tables)["indicator_id"].to_list()


@pytest.mark.parametrize("emptied", [{"outcomes": head(OUTCOMES)}, {"crosswalk": head(CROSSWALK)}])
def test_without_anything_to_compare_nothing_was_seen(emptied: dict[str, str]) -> None:
    """No outcomes, or no pairs: the plan's own baselines still have a way to go."""
    pace = required_pace(made_up(**emptied))

    assert ["2033-K1", "2033-K2", "2033-K3", "2033-01-2"] == pace["indicator_id"].to_list()
    assert pace[["seen_from_year", "seen_per_year", "multiple"]].isna().all(axis=None)
    assert [0, 0, 0, 0] == [len(rows) for rows in (seen(pace), slower(pace), fast_enough(pace), worse(pace))]


def test_a_plan_without_indicators_has_no_pace() -> None:
    """No rows, and the same columns."""
    none = required_pace(made_up(indicators=only(INDICATORS, "2030")))

    assert list(required_pace(made_up())) == list(none)
    assert [0, 0, 0, 0] == [len(rows) for rows in (none, seen(none), slower(none), fast_enough(none))]
