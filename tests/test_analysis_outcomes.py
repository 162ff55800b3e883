"""The outcomes of a made-up year, their shares and ratings, worked by hand."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from made_up_tables import AREA, INDICATORS, OUTCOMES, PROJECTS, changed, column_of, head, made_up, rows_of
from pandas.errors import MergeError
from renkei import outcomes, ratings
from renkei.errors import ParameterError
from renkei.fiscal_year import FiscalYear
from renkei.outcomes import (
    FAR_ABOVE,
    Measured,
    Outcome,
    indicators_with_projects,
    outcomes_of,
    share_of_target,
    years_with_outcomes,
)
from renkei.ratings import (
    PillarRatings,
    Rate,
    achievement_rate,
    counted,
    lowest,
    rate_of,
    rating_counts,
    ratings_by_pillar,
)
from renkei.typed_rows import typed_rows


def ids(rows: pd.DataFrame) -> list[str]:
    return [name.removeprefix("2030-") for name in rows["indicator_id"]]


def test_each_outcome_with_its_indicator_and_project() -> None:
    """In the order of the list; the indicator's own line, not the outcome's."""
    found = outcomes_of(2031, made_up(outcomes=OUTCOMES + "2033-K1 2034 2034 1人 1 - false false ."))

    assert ["K1", "K2", "K3", "01-1", "01-2", "01-3", "02-1", "02-2", "02-3", "02-4", "05-1", "05-2", "05-3",
            "05-4"] == ids(found)  # fmt: skip
    rows = typed_rows(found, Outcome)
    assert (None, None, "kpi", 1, "70人", 70, 2030, "前年度の値", 1) == (
        rows[0].project_no, rows[0].project_name, rows[0].kind, rows[0].pillar, rows[0].actual_text,
        rows[0].actual_value, rows[0].observed_year, rows[0].note, rows[0].source_line,
    )  # fmt: skip
    assert (5, "前の医療", "△", 12, 9) == (
        rows[11].project_no, rows[11].project_name, rows[11].rating, rows[11].target_value,
        rows[11].actual_value,
    )  # fmt: skip
    assert ["2030-01-2", "2030-05-4"] == found.loc[found["is_provisional"], "indicator_id"].to_list()


def test_an_outcome_of_a_stranger_is_not_lost() -> None:
    """An indicator that no plan has keeps its row, with nothing known of it; which check tells."""
    found = outcomes_of(2031, made_up(outcomes=f"{OUTCOMES}2029-01-1 2031 2031 1人 1 - false false 他"))

    assert [("2029-01-1", 1, None)] == rows_of(found.tail(1), "indicator_id", "actual_value", "name")


def test_shares_of_targets() -> None:
    """70 of 150 is 46.67 %, 0 of 5 is 0 %; none where lower is better, below zero, or without a number."""
    shares = column_of(outcomes_of(2031, made_up()), "share_of_target")

    assert {"2030-K1": pytest.approx(140 / 3), "2030-01-1": 50, "2030-02-2": 50, "2030-02-3": 200,
            "2030-05-2": 75, "2030-05-3": 0} == {
        name: share for name, share in shares.items() if share is not None
    }  # fmt: skip


@pytest.mark.parametrize(
    ("actual", "target", "direction", "share"),
    [
        (3, 4, "higher", 75),
        (0, 4, "higher", 0),
        (1, 1, "higher", 100),
        (1, 0.5, "higher", 200),
        (-1, 4, "higher", None),
        (3, 0, "higher", None),
        (-3, -4, "higher", None),
        (3, 4, "lower", None),
        (3, 4, "state", None),
    ],
)
def test_a_share_needs_a_target_above_zero(
    actual: float, target: float, direction: str, share: float | None
) -> None:
    """And an actual of at least zero, where more is better."""
    [found] = share_of_target(pd.Series([actual]), pd.Series([target]), pd.Series([direction]))

    assert (share is None and pd.isna(found)) or share == found


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ("kpis_in", ["K1", "K2", "K3"]),
        (
            "of_projects",
            ["01-1", "01-2", "01-3", "02-1", "02-2", "02-3", "02-4", "05-1", "05-2", "05-3", "05-4"],
        ),
        ("measured", ["05-3", "01-1", "02-2", "05-2", "02-3"]),
        ("below_target", ["05-3", "01-1", "02-2", "05-2"]),
        ("far_above_target", ["02-3"]),
        ("observed_before", ["K1"]),
        # Lower is better for 待ち時間 and 事故, which got better; 講座 fell from 4 to 0.
        ("worse_than_baseline", ["K1", "05-3"]),
        ("mentioning_covid", ["K1", "02-1", "05-2", "05-3"]),
        ("without_share", ["01-2", "01-3", "02-1", "02-4", "05-1", "05-4"]),
        ("at_zero", ["05-3"]),
        (
            "observed",
            ["K1", "K2", "K3", "01-1", "01-2", "01-3", "02-1", "02-2", "02-3", "02-4", "05-2", "05-3"],
        ),
    ],
)
def test_which_outcomes_are_selected_and_in_which_order(selection: str, expected: list[str]) -> None:
    """Rows of one share stay in the list's order; no rows give none."""
    found = outcomes_of(2031, made_up())

    assert expected == ids(getattr(outcomes, selection)(found))
    assert [] == ids(getattr(outcomes, selection)(found.head(0)))


def test_just_the_target_is_not_below_it_and_just_twice_is_far_above() -> None:
    """100 % and 200 % are on the side that the names say; KPIs can be far above too."""
    rows = pd.DataFrame({"indicator_id": list("abcd"), "kind": ["project", "project", "kpi", "project"],
                         "share_of_target": [99.9, 100, 200, 199.9]})  # fmt: skip

    assert 200 == FAR_ABOVE
    assert ["a"] == ids(outcomes.below_target(rows))
    assert ["c"] == ids(outcomes.far_above_target(rows))


def test_many_outcomes_of_one_share_stay_in_the_lists_order() -> None:
    """However many there are."""
    rows = pd.DataFrame({"kind": "project", "share_of_target": [50.0, 70.0] * 50, "place": range(100)})

    assert [*range(0, 100, 2), *range(1, 100, 2)] == outcomes.measured(rows)["place"].to_list()


def test_a_share_is_a_number_wherever_a_row_is_measured() -> None:
    """The rows as values, lowest first."""
    rows = typed_rows(outcomes.measured(outcomes_of(2031, made_up())), Measured)

    assert [0, 50, 50, 75, 200] == [row.share_of_target for row in rows]


def test_to_how_many_projects_the_outcomes_belong() -> None:
    """Three, each counted once, KPIs aside."""
    found = outcomes_of(2031, made_up())

    assert 3 == outcomes.projects_in(found)
    assert (1, 0) == (outcomes.projects_in(found[3:6]), outcomes.projects_in(found.head(0)))


def test_years_with_outcomes_come_first_to_last() -> None:
    """Each once, in the order of the years."""
    more = OUTCOMES + "2033-K1 2034 2034 1人 1 - false false .\n2030-K1 2030 2030 1人 1 - false false .\n"

    assert [FiscalYear(2030), FiscalYear(2031), FiscalYear(2034)] == years_with_outcomes(
        made_up(outcomes=more)
    )
    assert [] == years_with_outcomes(made_up(outcomes=head(OUTCOMES)))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        (OUTCOMES + "2030-K1 2032 2032 1人 1 - false false .", "FY2031, FY2032"),
        (head(OUTCOMES), "no year yet"),
    ],
)
def test_a_year_without_outcomes_is_refused(text: str, years: str) -> None:
    """The message names the years that there are, and the one that was asked for."""
    with pytest.raises(ParameterError) as error:
        outcomes_of(FiscalYear(2033), made_up(outcomes=text))

    assert f"outcomes of {years} can be asked for, not those of FY2033" == str(error.value)


def test_projects_are_those_of_the_indicators_own_plan() -> None:
    """No. 5 had another name before; a KPI has none; every indicator is there."""
    indicators = indicators_with_projects(made_up())

    assert 30 == len(indicators)
    names, sections = column_of(indicators, "project_name"), column_of(indicators, "section")
    assert ("前の医療", "医療", None) == (names["2030-05-1"], names["2033-05-1"], names["2033-K1"])
    assert (None, "医療", None) == (sections["2030-05-1"], sections["2033-05-1"], sections["2033-04-1"])
    assert "来訪者数" == column_of(indicators, "name")["2033-K1"]


@pytest.mark.parametrize(
    "doubled",
    [
        {"outcomes": f"{OUTCOMES}2030-K1 2031 2031 71人 71 - false false ."},
        {"indicators": f"{INDICATORS}2030-01-1 1 達成割合 % higher - . . 二度 1 every_year 2030 2032"},
        {"projects": f"{PROJECTS}2030 5 二度 2 . 二度 . . . . ."},
    ],
)
def test_a_row_that_stands_twice_is_refused(doubled: dict[str, str]) -> None:
    """Rows are never doubled silently."""
    with pytest.raises(MergeError):
        outcomes_of(2031, made_up(**doubled))
    if "projects" in doubled:
        with pytest.raises(MergeError):
            indicators_with_projects(made_up(**doubled))


def test_the_rate_counts_projects_that_were_judged_but_for_its_own_indicator() -> None:
    """○ ◎ ◎ ◎ of ○ ◎ △ × ◎ ◎ △ ×: 4 of 8 is 50 %. The × of 達成割合 itself is not counted."""
    rate = achievement_rate(2031, made_up())

    assert Rate(achieved=4, evaluable=8) == rate
    assert Decimal("50.00") == rate.rate


def test_a_kpi_that_is_rated_is_not_counted() -> None:
    """Whatever its rating."""
    rated = changed(changed(OUTCOMES, "2030-K1", rating="×"), "2030-K2", rating="◎")

    assert achievement_rate(2031, made_up()) == achievement_rate(2031, made_up(outcomes=rated))
    assert 10 == len(counted(outcomes_of(2031, made_up(outcomes=rated)), made_up()))


@pytest.mark.parametrize(
    ("achieved", "evaluable", "rate"),
    [(2, 3, "66.67"), (1, 3, "33.33"), (0, 4, "0.00"), (4, 4, "100.00"), (1, 800, "0.13"), (0, 0, None)],
)
def test_a_rate_has_two_decimals_rounded_half_up(achieved: int, evaluable: int, rate: str | None) -> None:
    """0.125 % is 0.13 %; of none that could be judged there is no rate."""
    assert (None if rate is None else Decimal(rate)) == Rate(achieved, evaluable).rate


def test_how_many_outcomes_have_each_rating() -> None:
    """In the order of the scale, 0 where none has."""
    rows = counted(outcomes_of(2031, made_up()), made_up())

    assert [("◎", 3), ("○", 1), ("△", 2), ("×", 2), ("-", 2)] == list(rating_counts(rows).items())
    assert {0} == set(rating_counts(rows.head(0)).values())
    assert Rate(0, 0) == rate_of(rows.head(0))


def test_the_ratings_of_each_pillar() -> None:
    """Four of six in the first pillar, none of two in the second; the second is the lowest."""
    pillars = ratings_by_pillar(counted(outcomes_of(2031, made_up()), made_up()).iloc[::-1])

    assert [
        PillarRatings(1, {"◎": 3, "○": 1, "△": 1, "×": 1, "-": 0}, Rate(4, 6)),
        PillarRatings(2, {"◎": 0, "○": 0, "△": 1, "×": 1, "-": 2}, Rate(0, 2)),
    ] == pillars
    assert [pillars[1]] == lowest(pillars)


def test_the_lowest_pillars_are_all_that_share_the_lowest_rate() -> None:
    """One without judged indicators has none; 1 of 3 and 2 of 6 are one rate."""
    none, half, third, also_third, little, nothing = (
        PillarRatings(number, {}, Rate(achieved, evaluable))
        for number, (achieved, evaluable) in enumerate(
            [(0, 0), (1, 2), (1, 3), (2, 6), (1, 200), (0, 3)], start=1
        )
    )

    assert [third, also_third] == lowest([none, half, third, also_third])
    assert [half] == lowest([none, half])
    assert [nothing] == lowest([little, nothing])
    assert [] == lowest([none])
    assert [] == lowest([])


def test_which_ratings_are_selected() -> None:
    """First ×, then △, each in the list's order; those that could not be judged; the rate's own row."""
    found = outcomes_of(2031, made_up())
    rows = counted(found, made_up())

    assert ["02-2", "05-3", "02-1", "05-2"] == ids(ratings.missed(rows))
    assert ["05-1", "05-4"] == ids(ratings.unjudged(rows))
    assert ["01-1"] == ids(ratings.own_rate(found, made_up()))
    assert [[], [], []] == [ids(select(rows.head(0))) for select in
                            (ratings.missed, ratings.unjudged, lambda rows: ratings.own_rate(rows, made_up()))
                            ]  # fmt: skip


def test_which_outcomes_the_rate_is_a_share_of() -> None:
    """Those judged, of which four are met and one of them is only expected; 達成割合 is a number left out."""
    found = outcomes_of(2031, made_up())
    rows = counted(found, made_up())

    assert ["01-2", "01-3", "02-1", "02-2", "02-3", "02-4", "05-2", "05-3"] == ids(ratings.judged(rows))
    assert ["01-2", "01-3", "02-3", "02-4"] == ids(ratings.met(rows))
    assert ["01-2"] == ids(ratings.expected(rows))
    assert ["01-1"] == ids(ratings.not_counted(found, made_up()))


def test_a_number_without_a_rating_is_not_counted() -> None:
    """As an airport's passengers are that are due two years later; in the list's order."""
    tables = made_up(outcomes=changed(OUTCOMES, "2030-05-2", rating="-"))

    assert ["01-1", "05-2"] == ids(ratings.not_counted(outcomes_of(2031, tables), tables))


def test_an_outcome_that_is_given_for_reference_says_so() -> None:
    """Where its note does."""
    tables = made_up(outcomes=changed(OUTCOMES, "2030-K2", note="設立前の値であるため、参考記載"))

    found = outcomes_of(2031, tables)
    assert ["K2"] == ids(found[found["is_for_reference"]])


@pytest.mark.parametrize(
    ("target_kind", "unit", "target_value", "measure"),
    [
        ("state", None, None, "deed"),
        ("milestone", None, None, "deed"),
        ("every_year", "回", 1, "deed"),
        ("every_year", "回", 2, "amount"),
        ("every_year", "人", 1, "amount"),
        ("by_year", "%", 80, "amount"),
        ("cumulative", "大学", 13, "amount"),
        ("increase", None, None, "amount"),
    ],
)
def test_a_target_is_a_deed_or_an_amount(
    target_kind: str, unit: str | None, target_value: float | None, measure: str
) -> None:
    """Words to keep or to fulfil and one event a year are deeds; two events, or one person, are amounts."""
    rows = pd.DataFrame({"target_kind": [target_kind], "unit": [unit], "target_value": [target_value]})

    assert [measure] == outcomes.measure_of(rows).to_list()


def test_the_rates_of_deeds_and_of_amounts() -> None:
    """会議 once a year and met is the one deed; of seven amounts three are met."""
    tables = made_up(indicators=changed(INDICATORS, "2030-02-4", target_text="1回", target_value=1))
    judged = ratings.judged(counted(outcomes_of(2031, tables), tables))

    deed, amount = ratings.ratings_by_measure(judged)
    assert ("deed", Rate(1, 1), {"◎": 1, "○": 0, "△": 0, "×": 0, "-": 0}) == (
        deed.measure, deed.rate, deed.counts)  # fmt: skip
    assert ("amount", Rate(3, 7), {"◎": 2, "○": 1, "△": 2, "×": 2, "-": 0}) == (
        amount.measure, amount.rate, amount.counts)  # fmt: skip
    assert ["amount"] == [part.measure for part in ratings.ratings_by_measure(judged[:3])]


def test_why_an_outcome_could_not_be_judged() -> None:
    """施設 is due in 2034, 当番 still being counted; what says neither is left."""
    more = changed(OUTCOMES, "2030-02-2", rating="-")
    found = outcomes_of(2031, made_up(outcomes=changed(more, "2030-02-3", rating="-")))
    reasons = ratings.unjudged_by_reason(ratings.unjudged(counted(found, made_up())))

    assert {"not_due": ["02-2", "05-1"], "pending": ["05-4"], "unsaid": ["02-3"]} == {
        reason: ids(rows) for reason, rows in reasons.items()
    }
    assert {} == ratings.unjudged_by_reason(found.head(0))


def test_a_number_that_is_still_being_counted_is_pending_only_without_a_value() -> None:
    """An estimate has a value; why it was not judged is not known."""
    estimated = changed(OUTCOMES, "2030-05-4", actual_text="6日(推定)", actual_value=6)
    found = outcomes_of(2031, made_up(outcomes=estimated))

    assert ["unsaid"] == list(ratings.unjudged_by_reason(found[found["indicator_id"] == "2030-05-4"]))


def test_the_lowest_share_comes_first_and_none_last() -> None:
    """Rows of one share stay in their order."""
    rows = pd.DataFrame({"indicator_id": list("abcde"), "share_of_target": [None, 70, 50, 70, None]})

    assert ["c", "b", "d", "a", "e"] == ids(outcomes.lowest_share_first(rows))


def test_an_area_without_a_rate_of_its_own_counts_every_project() -> None:
    """An empty name is no indicator's."""
    tables = made_up(replace(AREA, rate_indicator=""))

    assert Rate(4, 9) == achievement_rate(FiscalYear(2031), tables)
    assert 0 == len(ratings.own_rate(outcomes_of(2031, tables), tables))
