"""Ratings of what offices reported, held against the rule; worked by hand on a few made-up rows."""

import pytest
from made_up_tables import AREA, frame_of, rows_of
from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, tables_from
from renkei.rated import contradicted_ratings, outdated_ratings, rating_of, standing_ratings
from renkei.rating_rule import Ratable

#: Each year ten are asked of a, and of b in words; c is asked of 2034 alone; k is a KPI.
INDICATORS = """
indicator_id kind    unit direction target_value target_kind target_first_year target_last_year
2033-K1      kpi     人   higher    10           by_year     2034              2034
2033-01-1    project 人   higher    10           every_year  2033              2035
2033-01-2    project .    state     .            state       2033              2035
2033-01-3    project 人   higher    10           by_year     2034              2034
"""
ACTUALS = """
fiscal_year source_line indicator_id actual_text actual_value status      rating rated_by entered_on
2033        2           2033-01-1    12人        12           final       ×      person   2034-05-01
2033        3           2033-01-1    9人         9            provisional ×      rule     2034-06-01
2033        4           2033-01-2    実施        .            final       ◎      person   2034-05-01
2033        5           2033-01-2    集計中      .            provisional -      rule     2034-04-01
2033        6           2033-01-3    3人         3            final       ×      rule     2034-05-01
2034        2           2033-K1      9人         9            final       -      rule     2035-05-01
2034        3           2033-01-1    9人         9            provisional △      rule     2035-05-01
2034        4           2033-01-1    11人        11           provisional ×      rule     2035-06-01
2034        5           2033-01-2    実施        .            final       ◎      rule     2035-05-01
2034        6           2033-01-3    9人         9            final       ◎      person   2035-05-01
"""
STATE = Ratable("project", "state", None, "state", 2033, 2035)


@pytest.fixture
def tables() -> Tables:
    return tables_from(AREA, {"indicators": frame_of(INDICATORS), "actuals": frame_of(ACTUALS)})


@pytest.mark.parametrize(
    ("text", "rating"), [("集計中", "-"), ("-", "-"), ("実施", None), ("実施なし", None), ("", None)]
)
def test_words_are_for_a_person_to_judge_unless_they_say_nothing(text: str, rating: str | None) -> None:
    """What is still counted, or not there, is rated - without anybody."""
    assert rating == rating_of(STATE, None, text, "final", FiscalYear(2033))


def test_a_number_is_rated_as_the_rule_says() -> None:
    """Whatever its text is."""
    number = Ratable("project", "higher", 10, "every_year", 2033, 2035)

    assert "◎" == rating_of(number, 10, "-", "final", FiscalYear(2033))
    assert "-" == rating_of(number, None, "集計中", "provisional", FiscalYear(2033))


def test_what_stands_is_held_against_the_rule(tables: Tables) -> None:
    """One row of each indicator and year: final before provisional, then the later entry."""
    found = standing_ratings(None, tables)

    assert [
        (2033, "2033-01-1", 2, "12人", "final", "×", "person", "◎"),
        (2033, "2033-01-2", 4, "実施", "final", "◎", "person", None),
        (2033, "2033-01-3", 6, "3人", "final", "×", "rule", "-"),
        (2034, "2033-K1", 2, "9人", "final", "-", "rule", "-"),
        (2034, "2033-01-1", 4, "11人", "provisional", "×", "rule", "○"),
        (2034, "2033-01-2", 5, "実施", "final", "◎", "rule", None),
        (2034, "2033-01-3", 6, "9人", "final", "◎", "person", "×"),
    ] == rows_of(
        found, "fiscal_year", "indicator_id", "source_line", "actual_text", "status", "rating", "rated_by",
        "rating_by_rule",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (None, [(2033, "2033-01-1", "12人", "×", "◎"), (2034, "2033-01-3", "9人", "◎", "×")]),
        (2033, [(2033, "2033-01-1", "12人", "×", "◎")]),
        (FiscalYear(2034), [(2034, "2033-01-3", "9人", "◎", "×")]),
    ],
)
def test_where_a_person_says_otherwise_than_the_rule(
    tables: Tables, year: int | FiscalYear | None, expected: list[tuple[object, ...]]
) -> None:
    """Of one year or of all; what only a person can judge contradicts nothing."""
    found = contradicted_ratings(year, tables)

    assert expected == rows_of(
        found, "fiscal_year", "indicator_id", "actual_text", "rating", "rating_by_rule"
    )
    assert list(range(len(found))) == list(found.index)


def test_which_ratings_by_rule_are_out_of_date(tables: Tables) -> None:
    """Not those of people; where the target is in words now, no rule says any."""
    found = outdated_ratings(tables)

    assert [(2033, 6, "×", "-"), (2034, 4, "×", "○"), (2034, 5, "◎", None)] == rows_of(
        found, "fiscal_year", "source_line", "rating", "rating_by_rule"
    )
    assert [0, 1, 2] == list(found.index)


def test_without_reports_there_is_nothing_to_hold_against_the_rule() -> None:
    """Before any office has reported."""
    nothing = tables_from(AREA, {"indicators": frame_of(INDICATORS)})

    for found in (
        standing_ratings(None, nothing),
        contradicted_ratings(None, nothing),
        outdated_ratings(nothing),
    ):
        assert [] == rows_of(found, *found.columns)
