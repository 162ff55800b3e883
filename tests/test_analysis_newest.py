"""The newest value of each made-up indicator that any document gives, worked by hand."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_tables import (
    AREA,
    CROSSWALK,
    INDICATORS,
    ONE_PLAN,
    OUTCOMES,
    changed,
    head,
    made_up,
    only,
    rows_of,
    without,
)
from pandas.errors import MergeError
from pandas.testing import assert_frame_equal, assert_series_equal
from renkei.comparison import compare
from renkei.fiscal_year import FiscalYear
from renkei.load import Tables
from renkei.newest import (
    ORIGINS,
    VALUE_STATUSES,
    known_values,
    newest_values,
    outcomes_before,
)
from renkei.typed_rows import typed_rows

COLUMNS = ("value", "text", "year", "origin", "status")
#: Without any actual of the plan's own years.
BY_HAND = {
    "2033-K1": (100, "100人", 2032, "baseline", "final"),
    # The outcome of 2031 is newer than the baseline of 2030.
    "2033-K2": (-90, "▲90人", 2031, "outcome_2021", "final"),
    # 11件 of 2031 counted something else.
    "2033-K3": (0, "0回", 2032, "baseline", "final"),
    "2033-01-1": (50, "50%", 2031, "outcome_2021", "final"),
    # 32分 of 2031 were provisional besides.
    "2033-01-2": (40, "40分", 2032, "baseline", "final"),
    "2033-01-3": (3, "3件", 2032, "baseline", "final"),
    "2033-02-1": (3, "3人", 2031, "outcome_2021", "final"),
    "2033-02-2": (20, "20人", 2031, "outcome_2021", "final"),
    "2033-04-1": (5, "5人", 2034, "baseline", "final"),
    "2033-05-2": (10, "10人", 2032, "baseline", "final"),
    "2033-05-3": (4, "4回", 2032, "baseline", "final"),
}
#: What nothing is known of: 相談 counts another way now, 案内 and 窓口 are new, 施設 and 当番 had no outcome.
UNKNOWN = {"2033-02-3", "2033-03-1", "2033-05-1", "2033-05-4", "2033-05-5"}
#: An outcome of 2033 and one of 2034 for 来訪者数, and a state.
ACTUALS = """
2033-K1      2033        2033          110人       110          -      false          false          .
2033-K1      2034        2034          120人       120          -      true           false          .
2033-05-5    2033        2033          常時        .            -      false          false          .
"""


def newest(tables: Tables, fiscal_year: int | None = None) -> dict[object, tuple[object, ...]]:
    """What is known of each indicator."""
    found = newest_values(fiscal_year, tables)
    return dict(zip(found["indicator_id"], rows_of(found, *COLUMNS), strict=True))


def outcome(
    of: str, fiscal_year: int, observed_year: object, value: object, is_provisional: bool = False
) -> str:
    """A row of outcomes."""
    return f"{of} {fiscal_year} {observed_year} {value}人 {value} - {str(is_provisional).lower()} false ."


def visitors(*outcomes: str, fiscal_year: int | None = None, **cells: object) -> tuple[object, ...]:
    """Value, year, origin and status of the newest value of 来訪者数."""
    tables = made_up(
        indicators=changed(INDICATORS, "2033-K1", **cells) if cells else INDICATORS,
        outcomes=without(OUTCOMES, "2030-K1") + "\n".join(outcomes),
    )
    value, _, year, origin, status = newest(tables, fiscal_year)["2033-K1"]
    return value, year, origin, status


def test_the_newest_value_of_each_indicator_worked_by_hand() -> None:
    """Outcomes of comparable pairs and the plan's own baselines; what nothing is known of has no row."""
    found = newest(made_up())

    assert list(BY_HAND.items()) == list(found.items())
    assert set() == UNKNOWN & set(found)


def test_a_row_says_where_its_value_stands() -> None:
    """In these columns, in the plan's order, numbered anew; source and line of the value's own table."""
    found = newest_values(tables=made_up())

    assert ["indicator_id", "value", "text", "year", "origin", "source", "source_line", "status"] == list(
        found
    )
    assert list(range(11)) == found.index.to_list()
    # The baseline of K1 stands in the fifteenth row of the indicators, the outcome of K2 in the second.
    lines = dict(zip(found["indicator_id"], rows_of(found, "source_line"), strict=True))
    assert ((15,), (2,)) == (lines["2033-K1"], lines["2033-K2"])


def test_the_later_year_wins() -> None:
    """Baseline or outcome, whichever is of the later year, and not the one that was entered last."""
    old = outcome("2030-K1", 2031, 2031, 70)

    assert (100, 2032, "baseline", "final") == visitors(old)
    assert (70, 2031, "outcome_2021", "final") == visitors(old, baseline_year=2030)
    assert (80, 2033, "actual", "final") == visitors(
        outcome("2033-K1", 2033, 2033, 80), outcome("2033-K1", 2034, 2032, 90)
    )


def test_of_one_year_the_final_value_wins() -> None:
    """Over a provisional one, though that was entered later; and a baseline over a provisional outcome."""
    assert (100, 2031, "baseline", "final") == visitors(
        outcome("2030-K1", 2031, 2031, 70, is_provisional=True), baseline_year=2031
    )
    assert (81, 2033, "actual", "final") == visitors(
        outcome("2033-K1", 2033, 2033, 81), outcome("2033-K1", 2034, 2033, 82, is_provisional=True)
    )
    assert (100, 2033, "baseline", "final") == visitors(
        outcome("2033-K1", 2033, 2033, 83, is_provisional=True), baseline_year=2033
    )
    # A provisional value of a later year is newer all the same.
    assert (84, 2033, "actual", "provisional") == visitors(
        outcome("2033-K1", 2033, 2033, 84, is_provisional=True)
    )


def test_of_two_equal_values_the_later_entry_wins() -> None:
    """The plan's baseline came after the outcomes, actuals after the plan, a later list after another."""
    assert (100, 2031, "baseline", "final") == visitors(
        outcome("2030-K1", 2031, 2031, 70), baseline_year=2031
    )
    assert (80, 2033, "actual", "final") == visitors(outcome("2033-K1", 2033, 2033, 80), baseline_year=2033)
    assert (86, 2033, "actual", "final") == visitors(
        outcome("2033-K1", 2033, 2033, 85), outcome("2033-K1", 2034, 2033, 86)
    )


def test_a_baseline_without_a_year_is_of_the_year_before_the_plan() -> None:
    """2032: later than an outcome of 2031, earlier than an actual of 2033; no year is made up for it."""
    old = outcome("2030-K1", 2031, 2031, 70)

    assert (100, None, "baseline", "final") == visitors(old, baseline_year=".")
    assert (100, None, "baseline", "final") == visitors(old, baseline_year=".", fiscal_year=2032)
    assert (70, 2031, "outcome_2021", "final") == visitors(old, baseline_year=".", fiscal_year=2031)
    assert (80, 2033, "actual", "final") == visitors(outcome("2033-K1", 2033, 2033, 80), baseline_year=".")


def test_an_outcome_without_a_year_is_of_the_year_it_was_reported_for() -> None:
    """A number of the list of 2031 is no newer than the plan's baseline of 2032."""
    old = outcome("2030-K1", 2031, ".", 70)

    assert (100, 2032, "baseline", "final") == visitors(old)
    assert (70, None, "outcome_2021", "final") == visitors(old, baseline_year=2030)
    assert (70, None, "outcome_2021", "final") == visitors(old, fiscal_year=2031)


def test_what_is_said_in_words_is_known_by_its_words() -> None:
    """Where words are what is asked for; a later word takes an earlier one's place."""
    indicators = changed(INDICATORS, "2033-05-5", baseline_text="随時", baseline_year=2032)
    tables = made_up(indicators=indicators, outcomes=OUTCOMES + ACTUALS.lstrip())

    assert (None, "常時", 2033, "actual", "final") == newest(tables)["2033-05-5"]
    assert (None, "随時", 2032, "baseline", "final") == newest(tables, 2032)["2033-05-5"]
    done = changed(OUTCOMES, "2030-05-1", observed_year=2031, actual_text="着工")
    assert (None, "着工", 2031, "outcome_2021", "final") == newest(made_up(outcomes=done))["2033-05-1"]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        # Still being counted, a dash, a word: none says how large it is.
        (
            "2030-01-1",
            {"actual_text": "未集計", "actual_value": ".", "observed_year": ".", "is_provisional": "true"},
        ),
        ("2030-01-1", {"actual_text": "-", "actual_value": ".", "observed_year": "."}),
        ("2030-01-1", {"actual_text": "実施", "actual_value": "."}),
        ("2030-05-1", {"actual_text": "未集計", "is_provisional": "true"}),
        ("2030-05-1", {"actual_text": "-"}),
        ("2030-05-1", {"actual_text": "-", "observed_year": 2031}),
    ],
)
def test_what_says_nothing_is_not_known(row: str, cells: dict[str, object]) -> None:
    """達成割合, which has a unit, and 施設, which has none."""
    tables = made_up(outcomes=changed(OUTCOMES, row, **cells))

    assert row.replace("2030", "2033") not in newest(tables)


@pytest.mark.parametrize("text", ["-", "未集計", "維持"])
def test_a_baseline_in_words_is_no_number(text: str) -> None:
    """An indicator with a unit is known by the outcome before."""
    assert (70, 2031, "outcome_2021", "final") == visitors(
        outcome("2030-K1", 2031, 2031, 70), baseline_text=text, baseline_value="."
    )


def test_a_year_hides_what_came_after_it() -> None:
    """What is known by the end of 2030, 2031, 2032 …: the latest value up to then."""
    tables = made_up(outcomes=OUTCOMES + ACTUALS.lstrip())
    expected = {2029: None, 2030: 70, 2031: 70, 2032: 100, 2033: 110, 2034: 120, 2035: 120, None: 120}

    assert expected == {year: newest(tables, year).get("2033-K1", (None,))[0] for year in expected}
    assert "provisional" == newest(tables, 2034)["2033-K1"][4]
    assert ["2033-K1"] == newest_values(2030, made_up(indicators=without(INDICATORS, "2033-K2")))[
        "indicator_id"
    ].to_list()
    assert_frame_equal(newest_values(2034, tables), newest_values(FiscalYear(2034), tables))


@pytest.mark.parametrize(
    "crosswalk",
    [
        changed(CROSSWALK, "2030-01-1", is_comparable="false"),
        without(CROSSWALK, "2030-01-1"),
        changed(CROSSWALK, "2030-01-1", to_indicator=".", relation="ended"),
        changed(CROSSWALK, "2030-01-1", from_indicator=".", relation="new"),
    ],
)
def test_an_outcome_that_cannot_be_compared_says_nothing(crosswalk: str) -> None:
    """Another definition, no pair, one that ended, or one that is new."""
    assert "2033-01-1" not in newest(made_up(crosswalk=crosswalk))


def test_the_outcomes_of_every_list_come_through_a_pair() -> None:
    """Each list of the plan before is known; only that of the area's year is called outcome_2021."""
    compared, later = outcome("2030-K1", 2031, 2031, 70), outcome("2030-K1", 2032, 2032, 80)

    assert (80, 2032, "outcome_before", "final") == visitors(compared, later, baseline_year=2031)
    assert (70, 2031, "outcome_2021", "final") == visitors(
        compared, later, baseline_year=2030, fiscal_year=2031
    )
    assert (60, 2030, "outcome_before", "final") == visitors(
        outcome("2030-K1", 2030, 2030, 60), baseline_year=2029
    )
    # 相談 counts another way now, whichever list says so.
    assert "2033-02-3" not in newest(made_up(outcomes=OUTCOMES + outcome("2030-02-3", 2032, 2032, 9)))


def test_of_one_year_the_plan_knows_better_than_the_lists_before_it() -> None:
    """The plan came after them; of two lists that give a value of one year the later one counts."""
    later = outcome("2030-K1", 2032, 2032, 80)

    assert (100, 2032, "baseline", "final") == visitors(later)
    assert (71, 2030, "outcome_before", "final") == visitors(
        outcome("2030-K1", 2031, 2030, 70), outcome("2030-K1", 2032, 2030, 71), baseline_year=2029
    )
    assert (70, 2030, "outcome_2021", "final") == visitors(
        outcome("2030-K1", 2031, 2030, 70), outcome("2030-K1", 2030, 2030, 69), baseline_year=2029
    )


def test_what_each_list_of_the_plan_before_reports() -> None:
    """List by list under the newest plan's ids, pairs that can be compared alone."""
    later = outcome("2030-K1", 2032, 2032, 80) + "\n" + outcome("2030-K3", 2032, 2032, 12)
    found = outcomes_before(made_up(outcomes=OUTCOMES + later))

    assert [(2031, "70人", "前年度の値"), (2032, "80人", None)] == rows_of(
        found[found["indicator_id"] == "2033-K1"], "fiscal_year", "actual_text", "note"
    )
    assert ["indicator_id", "fiscal_year", "actual_text", "note"] == list(found)
    assert "2033-K3" not in set(found["indicator_id"])
    assert list(range(len(found))) == found.index.to_list()


def test_every_value_that_is_known() -> None:
    """In the order in which they were entered, indicator by indicator."""
    later = outcome("2030-K1", 2032, 2032, 80)
    known = known_values(made_up(outcomes=OUTCOMES + ACTUALS.lstrip() + later))

    assert [("outcome_2021", 70), ("outcome_before", 80), ("baseline", 100), ("actual", 110),
            ("actual", 120)] == rows_of(
        known[known["indicator_id"] == "2033-K1"], "origin", "value"
    )  # fmt: skip
    assert set(ORIGINS) == set(known["origin"])
    assert set(VALUE_STATUSES) == set(known["status"])
    # 11 newest ones; K1, K2, 01-2, 01-3, 05-3 have an older one as well; 110 and 常時 and 120; and 80.
    assert 11 + 5 + 3 + 1 == len(known)


def test_a_stranger_is_not_known() -> None:
    """An outcome, or a pair, of an indicator that the plan does not have."""
    tables = made_up(
        crosswalk=changed(CROSSWALK, "2030-01-1", to_indicator="2033-99"),
        outcomes=OUTCOMES + outcome("2040-K1", 2033, 2033, 1),
    )

    assert set(BY_HAND) - {"2033-01-1"} == set(newest(tables))


def test_an_indicator_that_stands_twice_is_refused() -> None:
    """Rows are never doubled silently."""
    with pytest.raises(MergeError):
        newest_values(
            tables=made_up(indicators=f"{INDICATORS}2033-K1 1 二 人 higher - . . - . state 2033 2035")
        )


@pytest.mark.parametrize(
    "emptied",
    [
        {"indicators": only(INDICATORS, "2030")},
        {"indicators": head(INDICATORS), "outcomes": head(OUTCOMES), "crosswalk": head(CROSSWALK)},
    ],
)
def test_nothing_is_known_of_a_plan_without_indicators(emptied: dict[str, str]) -> None:
    """No rows; the columns keep their types."""
    none, some = newest_values(tables=made_up(**emptied)), newest_values(tables=made_up())

    assert 0 == len(none)
    assert list(some) == list(none)
    for column in ("indicator_id", "value", "year", "status"):
        assert_series_equal(some[column].head(0), none[column])


def test_an_area_with_one_plan_knows_its_baselines() -> None:
    """And nothing else."""
    found = newest(made_up(ONE_PLAN, outcomes=head(OUTCOMES), crosswalk=head(CROSSWALK)))

    assert {"baseline"} == {origin for *_, origin, _ in found.values()}
    assert 8 == len(found)


@dataclass(frozen=True)
class Dated:
    """A value with its year."""

    indicator_id: str
    year: int | None
    value: float | None


years = st.integers(2028, 2036)
an_outcome = st.builds(
    outcome,
    st.sampled_from(["2030-K1", "2030-01-2", "2033-K1", "2033-01-2", "2033-04-1"]),
    st.integers(2031, 2035),
    st.one_of(years, st.just(".")),
    st.integers(-200, 200),
    st.booleans(),
)


def unique(outcomes: list[str]) -> list[str]:
    """One row for each indicator and year of a report, as the schema demands."""
    return list({tuple(row.split()[:2]): row for row in outcomes}.values())


def tables_with(outcomes: list[str], baseline_year: object, baseline: int, pair: str) -> Tables:
    """Tables with these outcomes alone, and another baseline of 来訪者数."""
    return made_up(
        AREA,
        indicators=changed(INDICATORS, "2033-K1", baseline_year=baseline_year, baseline_value=baseline),
        crosswalk=changed(CROSSWALK, "2030-K1", is_comparable=pair),
        outcomes=head(OUTCOMES) + "\n".join(unique(outcomes)),
    )


some_tables = st.builds(
    tables_with,
    st.lists(an_outcome, max_size=8),
    st.one_of(years, st.just(".")),
    st.integers(-200, 200),
    st.sampled_from(["true", "false"]),
)


@settings(deadline=None, max_examples=60)
@given(some_tables, st.integers(2033, 2035))
def test_no_value_is_of_a_later_year_than_asked(tables: Tables, year: int) -> None:
    """Nor is there one among all that are known which is of a later year than the newest up to then."""
    found, known = newest_values(year, tables), known_values(tables)

    assert found["indicator_id"].is_unique
    assert (found["year"].dropna() <= year).all()
    for row in typed_rows(found, Dated):
        name, of, value = row.indicator_id, row.year, row.value
        others = known[(known["indicator_id"] == name) & (known["year"] <= year)]
        assert value in others["value"].to_list() or of is None
        assert of is None or of == others["year"].max()


@settings(deadline=None, max_examples=60)
@given(some_tables, st.integers(2033, 2035))
def test_a_status_agrees_with_the_sign_of_its_gap(tables: Tables, year: int) -> None:
    """Met lacks nothing, missed something, all else has neither gap nor share; 100 % is met."""
    compared = compare(year, tables)

    for status, gap, share in (
        ("status", "gap", "share_of_target"),
        ("newest_status", "newest_gap", "newest_share"),
    ):
        is_met, is_judged = compared[status] == "met", compared[status].isin(["met", "not_met"])
        lacking, part = compared[gap], compared[share]
        assert (lacking.notna() == is_judged).all()
        assert ((lacking <= 0) == is_met)[is_judged].all()
        assert (is_judged | part.isna()).all()
        assert ((part >= 100) == is_met)[part.notna()].all()
        assert (part.dropna() >= 0).all()
