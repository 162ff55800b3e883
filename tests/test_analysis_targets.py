"""What a made-up plan asks of each year, worked by hand."""

import pytest
from made_up_tables import INDICATORS, column_of, made_up, only, rows_of
from pandas.testing import assert_series_equal
from renkei.errors import ParameterError
from renkei.fiscal_year import FiscalYear
from renkei.targets import (
    BASES,
    COMPUTED_BASES,
    NOT_ASKED,
    Terms,
    asked_of,
    indicators_of,
    prorated,
    targets_for,
)

#: What is asked of 2033, 2034 and 2035, with its basis.
BY_HAND: dict[str, list[tuple[float | None, str]]] = {
    # 100 in 2032 to 160 in 2035: 20 a year.
    "2033-K1": [(120, "interpolated"), (140, "interpolated"), (160, "due")],
    # -100 in 2030 to -50 in 2035: 10 a year.
    "2033-K2": [(-70, "interpolated"), (-60, "interpolated"), (-50, "due")],
    # From a baseline of 0 in 2032 to 30 in 2035.
    "2033-K3": [(10, "interpolated"), (20, "interpolated"), (30, "due")],
    "2033-01-1": [(100, "stated")] * 3,
    # Lower is better: 40 in 2032 to 25 in 2035.
    "2033-01-2": [(35, "interpolated"), (30, "interpolated"), (25, "due")],
    "2033-01-3": [(5, "stated")] * 3,
    # None at all is a number to be asked for.
    "2033-02-1": [(0, "stated")] * 3,
    # Running totals over the three years of the plan.
    "2033-02-2": [(10, "prorated"), (20, "prorated"), (30, "due")],
    "2033-02-3": [(8, "prorated"), (16, "prorated"), (24, "due")],
    # The baseline is of the year that the target is due: no line. After 2034 nobody asks for it.
    "2033-04-1": [(None, "none"), (6, "due"), (6, "carried")],
    # No baseline: no line.
    "2033-03-1": [(None, "none"), (9, "due"), (9, "carried")],
    # Things said in words.
    "2033-05-1": [(None, "none"), (None, "due"), (None, "carried")],
    "2033-05-2": [(None, "none"), (None, "none"), (None, "due")],
    "2033-05-3": [(4, "stated")] * 3,
    # Due in 2032, a year before the plan: no year of the plan asks for it.
    "2033-05-4": [(7, "carried")] * 3,
    "2033-05-5": [(None, "stated")] * 3,
}


@pytest.mark.parametrize("year", [2033, 2034, 2035])
def test_each_kind_of_target_in_each_year(year: int) -> None:
    """Levels, totals, falls, things in words and years gone by, in the order of the plan."""
    targets = targets_for(year, made_up())

    assert ["indicator_id", "target_value", "target_text", "basis"] == list(targets)
    assert {name: asked[year - 2033] for name, asked in BY_HAND.items()} == dict(
        zip(targets["indicator_id"], rows_of(targets, "target_value", "basis"), strict=True)
    )
    assert list(BY_HAND) == targets["indicator_id"].to_list()
    assert ("160人", "2034年度") == tuple(
        map(column_of(targets, "target_text").get, ("2033-K1", "2033-05-1"))
    )


def test_every_basis_is_among_the_rows_by_hand() -> None:
    """None of the words for where a target comes from is left untried."""
    assert set(BASES) == {basis for asked in BY_HAND.values() for _, basis in asked}
    assert set(COMPUTED_BASES) < set(BASES)
    assert {"carried", "none"} == set(NOT_ASKED)


def test_a_year_is_asked_for_in_any_of_its_forms() -> None:
    """A fiscal year, and the number of the year that it starts in."""
    tables = made_up()

    assert rows_of(targets_for(2034, tables), "target_value") == rows_of(
        targets_for(FiscalYear(2034), tables), "target_value"
    )


@pytest.mark.parametrize("year", [2032, 2036])
def test_a_year_outside_the_plan_is_refused(year: int) -> None:
    """The message names the years that there are, and the one that was asked for."""
    with pytest.raises(ParameterError) as error:
        targets_for(year, made_up())

    assert f"FY2033 to FY2035 can be asked for, not FY{year}" == str(error.value)


def test_a_plan_without_indicators_asks_for_nothing() -> None:
    """No rows, and columns of the same types as those of a plan that has some."""
    none = targets_for(2034, made_up(indicators=only(INDICATORS, "2030")))

    assert 0 == len(none)
    for column, values in targets_for(2034, made_up()).items():
        assert_series_equal(values.head(0), none[column])


def test_targets_that_are_all_in_words_are_missing_numbers() -> None:
    """The column of numbers stays one."""
    targets = targets_for(2034, made_up(indicators=only(INDICATORS, "2033-05-1")))

    assert "float64" == targets["target_value"].dtype
    assert targets["target_value"].isna().all()


def test_indicators_of_the_newest_plan_are_numbered_anew() -> None:
    """Its rows alone, from 0 on, with the columns of the table."""
    indicators = indicators_of(made_up())

    assert list(BY_HAND) == indicators["indicator_id"].to_list()
    assert list(range(16)) == indicators.index.to_list()
    assert list(made_up()["indicators"]) == list(indicators)


@pytest.mark.parametrize(
    ("baseline", "baseline_year", "asked"),
    [
        (10.0, 2033, (15.0, "interpolated")),
        (10.0, 2034, (10.0, "interpolated")),
        (10.0, 2035, (None, "none")),
        (10.0, 2036, (None, "none")),
        (10.0, None, (None, "none")),
        (None, 2033, (None, "none")),
    ],
)
def test_a_line_needs_a_baseline_before_its_end(
    baseline: float | None, baseline_year: int | None, asked: tuple[float | None, str]
) -> None:
    """A value and a year that comes before the target's; 20 in 2035 is asked for."""
    terms = Terms(baseline, baseline_year, 20.0, "by_year", 2035, 2035)

    assert asked == asked_of(terms, FiscalYear(2034))


@pytest.mark.parametrize(
    ("kind", "basis"), [("milestone", "none"), ("increase", "none"), ("state", "stated")]
)
def test_a_number_is_drawn_out_for_levels_and_totals_alone(kind: str, basis: str) -> None:
    """Before its year a milestone asks nothing, even with a number; a state is asked of every year."""
    terms = Terms(10.0, 2032, 20.0, kind, 2035, 2035)

    assert (20.0 if basis == "stated" else None, basis) == asked_of(terms, FiscalYear(2034))


@pytest.mark.parametrize("kind", ["every_year", "state", "by_year", "cumulative", "milestone", "increase"])
def test_what_was_due_before_the_year_is_carried(kind: str) -> None:
    """Whatever its kind: 20 of 2033 is no longer asked of 2034, but in its last year still is."""
    terms = Terms(10.0, 2030, 20.0, kind, 2033, 2033)

    assert (20.0, "carried") == asked_of(terms, FiscalYear(2034))
    assert (20.0, "stated" if kind in ("every_year", "state") else "due") == asked_of(terms, FiscalYear(2033))


@pytest.mark.parametrize(("year", "part"), [(2033, 6), (2034, 12), (2036, 24)])
def test_a_total_falls_in_equal_shares_on_its_years(year: int, part: float) -> None:
    """24 over the four years from 2033 to 2036: 6 a year."""
    assert part == prorated(24, 2033, 2036, FiscalYear(year))
