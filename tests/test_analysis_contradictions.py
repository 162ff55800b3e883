"""Where made-up documents contradict themselves or each other, worked by hand."""

import pytest
from made_up_tables import CROSSWALK, INDICATORS, OUTCOMES, changed, head, made_up
from renkei.contradictions import CONTRADICTIONS, Contradiction, contradictions, contradictions_of
from renkei.errors import ParameterError

SAME_ZERO = changed(OUTCOMES, "2030-05-2", actual_value=0)


def found_in(**rows: str) -> dict[str, list[str]]:
    found = contradictions(made_up(**rows))
    return {
        kind: found.loc[found["contradiction"] == kind, "indicator_id"].to_list() for kind in CONTRADICTIONS
    }


def test_the_contradictions_of_the_made_up_documents() -> None:
    """達成割合 is judged but not counted; 会議 has a number to reach but a word; 事故 may be 5, not 3, now.

    An outcome of 0 is rated × (講座) but nowhere △; 事故 with 0 is ◎, as it should be.
    """
    assert {
        "counted": ["2030-01-1"],
        "rated_before_due": ["2030-01-2", "2030-02-2"],
        "rated_unlike": [],
        "rated_without_number": ["2030-02-4"],
        "below_baseline": ["2033-01-3"],
    } == found_in()


def test_they_come_as_values() -> None:
    """With what the documents say; a target has neither actual nor rating."""
    found = contradictions(made_up())

    assert list(range(5)) == found.index.to_list()
    assert [Contradiction("rated_without_number", "2030-02-4", "会議", 2, "-", "3回", "開催", "◎", 10)
            ] == contradictions_of(found, "rated_without_number")  # fmt: skip
    assert [Contradiction("below_baseline", "2033-01-3", "事故", 1, "3件", "5件", None, None, 20)
            ] == contradictions_of(found, "below_baseline")  # fmt: skip
    assert [] == contradictions_of(found, "rated_unlike")


def test_a_zero_rated_one_way_here_and_another_there() -> None:
    """健診 with 0 is △, 講座 with 0 is ×; × comes first, whatever 事故 with 0 has."""
    assert ["2030-05-3", "2030-05-2"] == found_in(outcomes=SAME_ZERO)["rated_unlike"]


@pytest.mark.parametrize(
    "cells", [{"rating": "×"}, {"actual_value": 9}, {"actual_value": "."}, {"rating": "-"}, {"rating": "○"}]
)
def test_zeros_rated_alike_are_no_contradiction(cells: dict[str, object]) -> None:
    """Two ×, one × alone, or one that was not judged, or met."""
    assert [] == found_in(outcomes=changed(SAME_ZERO, "2030-05-2", **cells))["rated_unlike"]


def test_zeros_of_one_rating_stand_together() -> None:
    """× and △ by turns become all × and then all △, each in the list's order."""
    indicators, outcomes = INDICATORS, SAME_ZERO
    for number in range(10, 60):
        indicators += f"2030-05-{number} 2 講座 回 higher - . . 5回 5 every_year 2030 2032\n"
        outcomes += f"2030-05-{number} 2031 2031 0回 0 {'△×'[number % 2]} false false .\n"

    assert ["2030-05-3", *(f"2030-05-{number}" for number in range(11, 60, 2)), "2030-05-2",
            *(f"2030-05-{number}" for number in range(10, 60, 2))] == found_in(
        indicators=indicators, outcomes=outcomes
    )["rated_unlike"]  # fmt: skip


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

    assert "2030-05-4" not in found["rated_without_number"]
    assert "2030-K1" not in found["rated_before_due"]
    assert [] == found_in(outcomes=changed(OUTCOMES, "2030-01-1", rating="-"))["counted"]


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "is_told"),
    [
        ("higher", 3, 2, True),
        ("higher", 3, 3, False),
        ("higher", 3, 4, False),
        ("lower", 3, 4, True),
        ("lower", 3, 3, False),
        ("lower", 3, 2, False),
        ("higher", -3, -4, True),
        ("higher", ".", 4, False),
        ("higher", 3, ".", False),
    ],
)
def test_a_target_that_asks_less_than_its_baseline(
    direction: str, baseline: object, target: object, is_told: bool
) -> None:
    """Less, or where lower is better more; the same is no contradiction, nor is a missing number."""
    indicators = (
        f"{head(INDICATORS)}2033-01-1 1 件数 件 {direction} - {baseline} 2032 - {target} by_year 2035 2035"
    )
    tables = made_up(indicators=indicators, outcomes=OUTCOMES, crosswalk=head(CROSSWALK))

    assert is_told == (["2033-01-1"] == contradictions(tables)["indicator_id"].to_list())


def test_targets_of_the_plan_before_are_left_alone() -> None:
    """Only the newest plan's are held against their baselines."""
    assert found_in() == found_in(indicators=changed(INDICATORS, "2030-K1", target_value=15))


def test_a_year_without_outcomes_is_refused() -> None:
    """There is nothing that could be contradicted."""
    with pytest.raises(ParameterError, match="outcomes of no year yet can be asked for, not those of FY2031"):
        contradictions(made_up(outcomes=head(OUTCOMES)))
