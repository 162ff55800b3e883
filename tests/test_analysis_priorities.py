"""What to act on first in made-up years, worked by hand."""

from __future__ import annotations

import pandas as pd
from renkei.priorities import PRIORITIES, priorities

COLUMNS = [
    "indicator_id",
    "basis",
    "newest_status",
    "newest_share",
    "newest_year",
    "target_last_year",
    "status",
]


def compared(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Rows as `compare_in_detail` gives them, as far as priorities look."""
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"newest_year": "Int64", "target_last_year": "Int64", "newest_share": "float64"})


def told(frame: pd.DataFrame, at_most: int = 9) -> list[tuple[str, list[str]]]:
    """Kinds and the indicators of each."""
    return [(of.kind, of.rows["indicator_id"].to_list()) for of in priorities(frame, at_most)]


ALL = compared(
    ("due and open", "due", "not_met", 40.0, 2032, 2034, "not_met"),
    ("due and unknown", "due", "no_outcome", None, None, 2034, "no_outcome"),
    ("due and met", "due", "met", 100.0, 2032, 2034, "met"),
    ("past, end unknown", "carried", "no_target", None, 2032, 2033, "no_target"),
    ("past, end known", "carried", "no_target", None, 2033, 2033, "no_target"),
    ("past, nothing known", "carried", "no_target", None, None, 2033, "no_target"),
    ("far", "stated", "not_met", 60.0, 2032, 2035, "met"),
    ("near", "stated", "not_met", 90.0, 2032, 2035, "not_met"),
    ("below zero", "stated", "not_met", None, 2032, 2035, "not_met"),
    ("computed", "interpolated", "not_met", 10.0, 2032, 2035, "not_met"),
    ("unknown", "stated", "no_outcome", None, None, 2035, "not_comparable"),
    ("risen", "stated", "met", 120.0, 2032, 2035, "not_met"),
)


def test_each_kind_with_its_rows() -> None:
    """Due and not known to be met; past without its last year's value; the furthest of the plan's own."""
    assert [
        ("due_open", ["due and open", "due and unknown"]),
        ("past_unknown", ["past, end unknown", "past, nothing known"]),
        ("furthest", ["far"]),
        ("fell", ["far"]),
        ("unknown", ["due and unknown", "unknown"]),
    ] == told(ALL)
    assert list(PRIORITIES) == [kind for kind, _ in told(ALL)]


def test_the_most_urgent_come_first_and_no_more_than_asked_for() -> None:
    """Three by default; a kind without rows is no priority."""
    assert ["due_open", "past_unknown", "furthest"] == [of.kind for of in priorities(ALL)]
    two = ALL[ALL["indicator_id"].isin(["unknown", "far"])]
    assert ["furthest", "fell", "unknown"] == [kind for kind, _ in told(two)]
    assert [] == told(ALL[ALL["newest_status"] == "met"])
    assert [] == told(ALL.head(0))
