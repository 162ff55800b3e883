"""The benchmark's tables say what was measured."""

import pytest
from bench.aims import Aim, aims
from bench.comparing import Comparison
from bench.contestants import Contestant, by_renkei
from bench.documents import ROOT, put, replaced
from bench.floor import Floor
from bench.measuring import Cost, _quarters
from bench.scale import plan
from bench.starting import Starting
from bench.table import alone, compared


def comparison(title: str, reports: int, **walls: tuple[float, ...]) -> Comparison:
    quarters = (100.0, 400.0, 410.0, 412.0)
    costs = {name: [Cost(wall, 3 * wall, quarters, 0.25) for wall in walls[name]] for name in walls}
    size = reports * 1_500_000
    rounds = len(walls["a"])
    floors = [Floor(4.0 + number, {"cells": 6.0, "PDF": 2.0}) for number in range(rounds)]
    return Comparison(title, reports, 2, costs, [1.0] * rounds, floors, size)


SIX = comparison("yearly reports", 6, a=(8.0, 10.0, 9.0), b=(88.0, 100.0, 108.0), c=(20.0, 22.0, 36.0))
SIXTY = comparison("municipality reports", 60, a=(40.0,), **{"c, Typst": (100.0,)})


def test_a_ratio_is_the_median_of_the_ratios_within_a_round() -> None:
    """Rounds differ in what else the machine does, so that ratios of medians would mislead."""
    assert (11.0, 2.5, None) == (SIX.ratio("b"), SIX.ratio("c"), SIXTY.ratio("c"))


def test_memory_is_told_by_quarter_of_the_run() -> None:
    """Each quarter has its own peak, whichever moments were looked at."""
    course = [(0.0, 0.0), (1.0, 50.0), (3.0, 70.0), (6.0, 60.0), (9.0, 90.0), (12.0, 10.0)]
    assert (50.0, 70.0, 60.0, 90.0) == _quarters(course)


def test_an_aim_is_met_on_its_side_of_the_limit() -> None:
    """At least and at most are told apart, and what was not measured is not met."""
    verdicts = [Aim("", sign, 3, found).is_met for sign in "≥≤" for found in (2.9, 3, 3.1, None)]
    assert [False, True, True, False, True, True, False, False] == verdicts


def test_every_aim_is_found_from_its_own_measure() -> None:
    """The aims' figures are those of the runs that they name."""
    assert {"b / a, wall": 11.0, "c / a, wall": 2.5, "(a − start-up) / floor, wall": 1.75} == {
        aim.says: aim.found for aim in aims("six", SIX)
    }
    assert {
        "c / a, wall": None,
        "c, Typst / a, wall": 2.5,
        "(a − start-up) / floor, wall": 9.75,
        "peak memory of a, MiB": 412.0,
        "memory of a, last quarter / second quarter": 1.03,
    } == {aim.says: aim.found for aim in aims("sixty", SIXTY)}


def test_a_comparison_tells_medians_ratios_and_verdicts() -> None:
    """Each contestant has a row, and so have floor and start-up."""
    text = compared("six", SIX, [])
    assert "| a | 9.0 | 27.0 |  |  | 412 | 100 400 410 412 | 0.2 |" in text
    assert "| c | 22.0 | 66.0 | 2.5 | 2.5 | 412 | 100 400 410 412 | 0.2 |" in text
    assert "| floor | 5.0 | 8.0 |" in text
    assert "| start-up | 1.0 |" in text
    assert "| CPU seconds of a report | 1.00 | 0.33 | 1.33 | 4.50 |" in text
    assert "| b / a, wall | ≥ 10 | 11.00 | yes |" in text
    assert "| c / a, wall | ≥ 3 | 2.50 | no |" in text


def test_who_was_left_out_is_told() -> None:
    """A machine without Pango or Chromium has tables that say so."""
    text = compared("sixty", SIXTY, [Contestant("c", by_renkei, left_out="no Pango on this machine")])
    assert "Left out: c, no Pango on this machine." in text
    assert "| c / a, wall | ≥ 5 | not measured |  |" in text


def test_single_commands_are_told_with_what_they_are_set_against() -> None:
    """A ratio is that of its own pairs."""
    text = alone(Starting([(1.0, 2.0)], [(3.0, 1.5), (4.0, 2.0), (9.0, 3.0)], [(0.2, 0.1)]), [(1.2, 0.8)])
    assert "needs | 4.00 | 2.00 | 2.00 |" in text
    assert "| one page by a cold command / the imports that it needs | ≤ 1.5 | 2.00 | no |" in text
    assert "| one page after an edit in a warm JupyterLab / its cells | ≤ 2 | 1.50 | yes |" in text


def test_thousands_of_reports_are_computed_from_sixty() -> None:
    """120 CPU seconds for sixty reports are two each, and 33 minutes for 10,000 on ten cores."""
    text = plan(SIXTY)
    assert "| CPU seconds of a report | 2.00 | 2.00 |" in text
    assert "| time | 33 min | 3 min |" in text
    assert "| HTML, PDF and notebooks in all | 15.0 GB | 15.0 GB |" in text


@pytest.mark.parametrize(
    ("document", "part"),
    [
        ("performance.md", "six"),
        ("performance.md", "sixty"),
        ("performance.md", "alone"),
        ("scale.md", "sixty"),
    ],
)
def test_tables_take_the_place_between_the_marks(document: str, part: str) -> None:
    """What stands around is kept, and a second run replaces the first one's tables."""
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    once = replaced(text, part, "| one |")
    assert replaced(text, part, "| two |") == replaced(once, part, "| two |")
    assert (
        text.partition(f"<!-- make bench: {part} -->")[0] == once.partition(f"<!-- make bench: {part} -->")[0]
    )
    assert text.rpartition(f"end of {part} -->")[2] == once.rpartition(f"end of {part} -->")[2]


def test_a_document_without_marks_is_refused() -> None:
    """Tables never end up anywhere else."""
    with pytest.raises(SystemExit, match="make bench: six"):
        put("decisions.md", "six", "| |")
