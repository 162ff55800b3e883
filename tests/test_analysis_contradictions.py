"""Where made-up documents contradict themselves or each other, worked by hand."""

import pytest
from made_up_tables import INDICATORS, OUTCOMES, changed, head, made_up
from renkei.contradictions import CONTRADICTIONS, Contradiction, contradictions, contradictions_of
from renkei.errors import ParameterError


def found_in(**rows: str) -> dict[str, list[str]]:
    found = contradictions(made_up(**rows))
    return {
        kind: found.loc[found["contradiction"] == kind, "indicator_id"].to_list() for kind in CONTRADICTIONS
    }


def test_the_contradictions_of_the_made_up_documents() -> None:
    """達成割合 is judged but not counted; 待ち時間 and 起業者 were judged before 2032; 会議 is met by a word."""
    assert {
        "counted": ["2030-01-1"],
        "rated_before_due": ["2030-01-2", "2030-02-2"],
        "met_without_number": ["2030-02-4"],
    } == found_in()


def test_they_come_as_values() -> None:
    """With what the documents say of target, actual and rating, and the indicator's line."""
    found = contradictions(made_up())

    assert list(range(4)) == found.index.to_list()
    assert [Contradiction("met_without_number", "2030-02-4", "会議", 2, "3回", "開催", "◎", 10)
            ] == contradictions_of(found, "met_without_number")  # fmt: skip
    assert ["2030-01-2", "2030-02-2"] == [
        row.indicator_id for row in contradictions_of(found, "rated_before_due")
    ]
    assert [] == contradictions_of(found.head(1), "met_without_number")


def test_zeros_rated_by_the_legend_contradict_nothing() -> None:
    """健診 with 0 is △, not to be expected; 講座 with 0 is ×, not reached."""
    zero = changed(OUTCOMES, "2030-05-2", actual_value=0)

    assert found_in() == found_in(outcomes=zero)


def test_a_target_below_its_baseline_is_a_choice() -> None:
    """事故 may be 5 where there were 3, and 講座 ask for 1 where there were 4: no contradiction."""
    assert found_in() == found_in(indicators=changed(INDICATORS, "2033-05-3", target_value=1))


@pytest.mark.parametrize("rating", ["×", "△", "-"])
def test_a_word_that_meets_nothing_contradicts_no_number(rating: str) -> None:
    """Missed, or not judged."""
    outcomes = changed(OUTCOMES, "2030-02-4", rating=rating)

    assert [] == found_in(outcomes=outcomes)["met_without_number"]


@pytest.mark.parametrize(
    ("kind", "last_year", "is_told"),
    [
        ("by_year", 2032, True),
        ("milestone", 2032, True),
        ("increase", 2032, True),
        ("cumulative", 2032, True),
        ("by_year", 2031, False),
        ("every_year", 2032, False),
        ("state", 2032, False),
    ],
)
def test_a_rating_before_its_year(kind: str, last_year: int, is_told: bool) -> None:
    """Of 2031: what is to be reached in 2032 was judged too early; what holds every year was not."""
    indicators = changed(INDICATORS, "2030-01-1", target_kind=kind, target_last_year=last_year)

    assert is_told == ("2030-01-1" in found_in(indicators=indicators)["rated_before_due"])


def test_what_was_not_judged_contradicts_nothing() -> None:
    """当番 has a number to reach and none in its outcome, but no rating; nor has a KPI."""
    found = found_in()

    assert "2030-05-4" not in found["met_without_number"]
    assert "2030-K1" not in found["rated_before_due"]
    assert [] == found_in(outcomes=changed(OUTCOMES, "2030-01-1", rating="-"))["counted"]


def test_a_year_without_outcomes_is_refused() -> None:
    """There is nothing that could be contradicted."""
    with pytest.raises(ParameterError, match="outcomes of no year yet can be asked for, not those of FY2031"):
        contradictions(made_up(outcomes=head(OUTCOMES)))
