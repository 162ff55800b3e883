"""The benchmark's tables say what was measured."""

import pytest
from bench.aims import Aim, aims
from bench.comparing import Comparison
from bench.contestants import Contestant, by_renkei
from bench.documents import ROOT, put, replaced
from bench.lab import Edited
from bench.measuring import Cost, _quarters
from bench.scale import plan
from bench.starting import Starting
from bench.table import tables

START = Starting(1.0, 0.5, 3.0, 2.0, 1.5, 0.2, 4.0)
LAB = Edited(1.8, 0.6, 3.0)


def cost(wall: float, cpu: float, *quarters: float) -> Cost:
    return Cost(wall, cpu, quarters or (100.0, 400.0, 410.0, 412.0), 0.25)


def comparison(title: str, reports: int, **walls: tuple[float, ...]) -> Comparison:
    costs = {name: [cost(wall, 2 * wall) for wall in of_rounds] for name, of_rounds in walls.items()}
    return Comparison(title, reports, 2, costs, {"cells": 6.0, "PDF": 2.0}, reports * 1_500_000)


SIX = comparison("yearly", 6, a=(8.0, 10.0, 9.0), b=(88.0, 100.0, 108.0), c=(20.0, 22.0, 36.0))
SIXTY = comparison("municipalities", 60, a=(40.0,), **{"c, Typst": (100.0,)})


def test_a_ratio_is_the_median_of_the_ratios_within_a_round() -> None:
    """Rounds differ in what else the machine does, so that ratios of medians would mislead."""
    assert 2.5 == SIX.ratio("c")
    assert 11.0 == SIX.ratio("b")
    assert SIXTY.ratio("c") is None


def test_memory_is_told_by_quarter_of_the_run() -> None:
    """Each quarter has its own peak, whichever moments were looked at."""
    course = [(0.0, 0.0), (1.0, 50.0), (3.0, 70.0), (6.0, 60.0), (9.0, 90.0), (12.0, 10.0)]
    assert (50.0, 70.0, 60.0, 90.0) == _quarters(course)


def test_an_aim_is_met_on_its_side_of_the_limit() -> None:
    """At least and at most are told apart, and what was not measured is not met."""
    verdicts = [
        Aim("", sign, 3, found).is_met for sign in "≥≤" for found in (2.9, 3, 3.1, None)
    ]  # fmt: skip
    assert [False, True, True, False, True, True, False, False] == verdicts


def test_every_aim_is_found_from_its_own_measure() -> None:
    """The aims' figures are the ratios of the runs that they name."""
    found = {aim.says: aim.found for aim in aims((SIX, SIXTY), START, LAB)}
    assert {
        "six: b / a": 11.0,
        "six: c / a": 2.5,
        "sixty: c / a": None,
        "sixty: c / a, Typst in both": 2.5,
        "six: (a − start-up) / floor": 2.0,
        "sixty: (a − start-up) / floor": 9.75,
        "sixty: peak memory of a, MiB": 412.0,
        "sixty: last quarter's peak memory / second quarter's": 1.03,
        "one page after an edit in a warm JupyterLab / its cells": 3.0,
        "one page by a cold command / the imports it needs": 1.5,
    } == found


def test_tables_name_who_was_left_out_and_what_was_not_measured() -> None:
    """A machine without Pango or Chromium has tables that say so."""
    methods = [
        Contestant("a", "this", by_renkei),
        Contestant("c", "a pool", by_renkei, left_out="no Pango on this machine"),
    ]
    text = tables("2 cores", methods, (SIX, SIXTY), START, LAB)
    assert "| c | a pool — left out: no Pango on this machine |" in text
    assert "| sixty: c / a | ≥ 5 | not measured |  |" in text
    assert "| six: b / a | ≥ 10 | 11.00 | yes |" in text
    assert "| six: c / a | ≥ 3 | 2.50 | no |" in text
    assert "| c | 22.0 | 44.0 | 2.5 | 412 | 100 400 410 412 | 0.2 |" in text
    assert "| floor | 4.0 | 8.0 |  |  |  |  |" in text
    assert "| yearly | 1.00 | 0.33 | 1.33 | 3.00 |" in text


def test_thousands_of_reports_are_computed_from_one() -> None:
    """80 CPU seconds for sixty reports are 1.33 each, and 22 minutes for 10,000 on ten cores."""
    text = plan((SIX, SIXTY))
    assert "| municipalities | 1.3 | 0.1 | 1.50 |" in text
    assert "| time | 22 min | 2 min |" in text
    assert "| written in all | 15.0 GB | 15.0 GB |" in text


def test_tables_take_the_place_between_the_marks() -> None:
    """What stands around is kept, and a second run replaces the first one's tables."""
    for name in ("performance.md", "scale.md"):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        once = replaced(text, "| one |", name)
        assert replaced(once, "| two |", name) == replaced(text, "| two |", name)
        assert text.partition("<!--")[0] == once.partition("<!--")[0]
        assert text.rpartition("-->")[2] == once.rpartition("-->")[2]


def test_a_document_without_marks_is_refused() -> None:
    """Tables never end up anywhere else."""
    with pytest.raises(SystemExit, match=r"docs/decisions\.md: the marks"):
        put("decisions.md", "| |")
