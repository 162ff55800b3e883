"""Where made-up documents contradict themselves, and targets below their baseline, worked by hand."""

import pytest
from made_up_tables import CROSSWALK, INDICATORS, OUTCOMES, changed, head, made_up
from renkei.baselines import below_baseline, targets_with_baselines
from renkei.contradictions import CONTRADICTIONS, Contradiction, contradictions, contradictions_of
from renkei.errors import ParameterError


def found_in(**rows: str) -> dict[str, list[str]]:
    found = contradictions(made_up(**rows))
    return {
        kind: found.loc[found["contradiction"] == kind, "indicator_id"].to_list() for kind in CONTRADICTIONS
    }


def test_the_contradictions_of_the_made_up_documents() -> None:
    """達成割合 is not counted, 待ち時間 and 起業者 are judged too early, 会議 has a word for a number."""
    assert {
        "counted": ["2030-01-1"],
        "rated_before_due": ["2030-01-2", "2030-02-2"],
        "met_without_number": ["2030-02-4"],
    } == found_in()


def test_they_come_as_values() -> None:
    """With what the document says of target, actual and rating."""
    found = contradictions(made_up())

    assert list(range(4)) == found.index.to_list()
    assert [Contradiction("met_without_number", "2030-02-4", "会議", 2, "3回", "開催", "◎", 10)
            ] == contradictions_of(found, "met_without_number")  # fmt: skip


def test_zeros_are_no_contradiction_however_they_are_rated() -> None:
    """講座 with 0 is ×; 健診 with 0 becomes △: the one was missed, the other is expected to be."""
    zeros = changed(OUTCOMES, "2030-05-2", actual_value=0, rating="△")

    assert found_in() == found_in(outcomes=zeros)


@pytest.mark.parametrize(
    ("rating", "is_told"), [("◎", True), ("○", True), ("△", False), ("×", False), ("-", False)]
)
def test_only_what_is_called_met_needs_its_number(rating: str, is_told: bool) -> None:
    """Words can say well enough that a number was missed, not that it was reached."""
    outcomes = changed(OUTCOMES, "2030-02-4", rating=rating)

    assert is_told == (["2030-02-4"] == found_in(outcomes=outcomes)["met_without_number"])


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
    """Less, or where lower is better more; the same is not less, nor is a missing number."""
    indicators = (
        f"{head(INDICATORS)}2033-01-1 1 件数 件 {direction} - {baseline} 2032 - {target} by_year 2035 2035"
    )
    tables = made_up(indicators=indicators, outcomes=OUTCOMES, crosswalk=head(CROSSWALK))

    assert is_told == (
        ["2033-01-1"] == below_baseline(targets_with_baselines(tables))["indicator_id"].to_list()
    )


def test_a_year_without_outcomes_is_refused() -> None:
    """There is nothing that could be contradicted."""
    with pytest.raises(ParameterError, match="outcomes of no year yet can be asked for, not those of FY2031"):
        contradictions(made_up(outcomes=head(OUTCOMES)))
