"""What changed since the year before and the rates of years, on small made-up tables worked by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from renkei.area import Area
from renkei.load import Tables, tables_from
from renkei.outcomes import outcomes_of
from renkei.rated import contradicted_ratings, standing_actuals
from renkei.year_change import (
    came_within_reach,
    fell_back,
    first_known,
    of_computed,
    of_plan,
    of_year,
    rated_down,
    rated_in_both,
    rated_up,
    revisions,
    year_changes,
)
from renkei.year_rates import Coverage, coverage_of, rates_by_year

INDICATOR_COLUMNS = [
    "indicator_id",
    "direction",
    "unit",
    "baseline_value",
    "target_kind",
    "target_value",
    "last",
]
INDICATORS = [
    # A number asked of every year, with a baseline that misses it, meets it, and without any.
    ("2024-01-1", "higher", "人", 90.0, "every_year", 100.0, 2028),
    ("2024-01-2", "higher", "人", 100.0, "every_year", 100.0, 2028),
    ("2024-01-3", "lower", "人", None, "every_year", 10.0, 2028),
    # Words.
    ("2024-02-1", "state", None, None, "state", None, 2028),
    # A level by FY2027 from 0 in FY2023: 25 are computed for FY2024, 50 for FY2025.
    ("2024-02-2", "higher", "人", 0.0, "by_year", 100.0, 2027),
]


def actual(
    indicator_id: str, year: int, text: str, status: str, rating: str, on: str, by: str = "rule"
) -> dict[str, Any]:
    number = text.removesuffix("人")
    return {
        "fiscal_year": year, "indicator_id": indicator_id, "actual_text": text, "status": status,
        "actual_value": float(number) if number.isdecimal() else None, "rating": rating, "rated_by": by,
        "observed_year": year, "entered_on": on, "note": "-", "office": "架空課", "file": "架空.xlsx",
    }  # fmt: skip


ACTUALS = [
    # FY2024, with the line in its file below each other from 2 on.
    actual("2024-01-1", 2024, "95人", "provisional", "△", "2025-04-01"),
    actual("2024-01-1", 2024, "95人", "final", "×", "2025-07-01"),
    actual("2024-01-2", 2024, "110人", "provisional", "○", "2025-04-01"),
    actual("2024-01-2", 2024, "120人", "provisional", "○", "2025-05-01"),
    actual("2024-01-2", 2024, "99人", "final", "×", "2025-07-01"),
    actual("2024-01-3", 2024, "8人", "final", "◎", "2025-07-01"),
    actual("2024-01-3", 2024, "12人", "final", "×", "2025-08-01"),
    actual("2024-01-3", 2024, "9人", "provisional", "○", "2025-09-01"),
    actual("2024-02-1", 2024, "一部で実施", "final", "◎", "2025-07-01", "person"),
    actual("2024-02-2", 2024, "30人", "final", "-", "2025-07-01"),
    # FY2025: two are not in.
    actual("2024-01-1", 2025, "100人", "provisional", "○", "2026-04-01"),
    actual("2024-01-2", 2025, "98人", "final", "○", "2026-07-01", "person"),
    actual("2024-02-2", 2025, "40人", "provisional", "-", "2026-04-01"),
]
SHARED = ("indicator_id", "fiscal_year", "observed_year", "actual_text", "actual_value", "rating", "note",
          "source_line")  # fmt: skip
STANDING = {2024: [1, 4, 6, 8, 9], 2025: [10, 11, 12]}


@pytest.fixture
def tables() -> Tables:
    """Five indicators of the plan of 2024, with what offices reported of FY2024 and FY2025."""
    indicators = pd.DataFrame(INDICATORS, columns=INDICATOR_COLUMNS).rename(
        columns={"last": "target_last_year"}
    )
    indicators = indicators.assign(
        plan=2024, kind="project", pillar=1, project_no=indicators["indicator_id"].str[5:7].astype(int),
        name=indicators["indicator_id"] + "の名", baseline_year=2023, target_first_year=2024,
        baseline_text=[f"{value:g}人" if value == value else "-" for value in indicators["baseline_value"]],
        target_text=[f"{value:g}人" if value == value else "常時" for value in indicators["target_value"]],
        source="vision", source_line=1,
    )  # fmt: skip
    lines = {2024: 1, 2025: 1}
    rows = []
    for row in ACTUALS:
        lines[row["fiscal_year"]] += 1
        rows.append({**row, "source_line": lines[row["fiscal_year"]]})
    outcomes = [
        {
            **{name: rows[at][name] for name in SHARED},
            "is_provisional": rows[at]["status"] == "provisional", "mentions_covid": False,
            "source": f"actuals_fy{year}",
        }
        for year, places in STANDING.items()
        for at in places
    ]  # fmt: skip
    return tables_from(
        Area.current(),
        {
            "indicators": indicators, "actuals": pd.DataFrame(rows), "outcomes": pd.DataFrame(outcomes),
            "projects": pd.DataFrame({"plan": [2024, 2024], "project_no": [1, 2], "name": ["甲", "乙"]}),
            "crosswalk": pd.DataFrame({"to_indicator": [row[0] for row in INDICATORS], "relation": "new",
                                       "is_comparable": False, "reason": "架空"}),
        },
    )  # fmt: skip


def ids(rows: pd.DataFrame) -> list[str]:
    return [indicator_id.removeprefix("2024-") for indicator_id in rows["indicator_id"]]


def test_the_row_that_stands_is_the_final_one_and_then_the_later_one(tables: Tables) -> None:
    """A provisional value that comes after a final one does not."""
    assert [95, 99, 12, 30] == standing_actuals(2024, tables)["actual_value"].dropna().tolist()


def test_both_values_are_held_against_the_target_of_the_one_year(tables: Tables) -> None:
    """FY2024 and the baselines: 90 to 95 of 100 stays missed, 100 to 99 falls back, 0 to 30 reaches 25."""
    changes = year_changes(2024, tables)

    assert ["01-1", "01-2", "01-3", "02-1", "02-2"] == ids(changes)
    assert ["not_met", "met", "no_outcome", "state", "not_met"] == changes["before_status"].tolist()
    assert ["not_met", "not_met", "not_met", "state", "met"] == changes["after_status"].tolist()
    assert ["01-2"] == ids(fell_back(changes))
    assert ["02-2"] == ids(came_within_reach(changes)) == ids(of_computed(changes))
    assert ["01-3", "02-1"] == ids(first_known(changes))
    assert 4 == len(of_plan(changes))


def test_ratings_go_up_and_down_by_what_they_say_of_the_target(tables: Tables) -> None:
    """FY2025: × to ○ goes up; × to the ○ of a person too; a rating - says nothing."""
    changes = of_year(year_changes(2025, tables), 2025)

    assert ["01-1", "01-2", "02-2"] == ids(changes)
    assert ["95人", "99人", "30人"] == changes["before_text"].tolist()
    assert ["01-1", "01-2"] == ids(rated_in_both(changes)) == ids(rated_up(changes))
    assert [] == ids(rated_down(changes))
    assert ["01-1"] == ids(came_within_reach(changes))
    # 30 of FY2024 and 40 of FY2025 both miss the 50 computed for FY2025.
    assert [] == ids(fell_back(changes))


@pytest.mark.parametrize(
    ("before", "after", "up", "down"),
    [("◎", "○", 0, 0), ("○", "◎", 0, 0), ("△", "×", 0, 0), ("×", "△", 0, 0), ("-", "◎", 0, 0),
     (None, "×", 0, 0), ("×", "○", 1, 0), ("△", "◎", 1, 0), ("○", "×", 0, 1), ("◎", "△", 0, 1)],
)  # fmt: skip
def test_a_rating_that_is_settled_alone_goes_neither_up_nor_down(
    before: str | None, after: str, up: int, down: int
) -> None:
    """○ and ◎ both say that the target is met."""
    changes = pd.DataFrame({"rating_before": [before], "rating_after": [after]})

    assert (up, down) == (len(rated_up(changes)), len(rated_down(changes)))


def test_each_step_from_one_report_to_the_next_is_a_revision(tables: Tables) -> None:
    """In the plan's order; a provisional value behind a final one is none."""
    found = revisions(2025, tables)

    assert [
        ("01-1", "settled", "95人", "95人"),
        ("01-2", "updated", "110人", "120人"),
        ("01-2", "settled_otherwise", "120人", "99人"),
        ("01-3", "corrected", "8人", "12人"),
    ] == list(zip(ids(found), found["revision"], found["before_text"], found["after_text"], strict=True))
    assert {2024} == set(found["fiscal_year"])
    assert {"actuals_fy2024"} == set(found["source"])
    assert revisions(2024, tables).equals(found)
    assert revisions(2026, tables).empty


def test_a_year_of_no_plan_and_a_year_without_reports_have_no_changes(tables: Tables) -> None:
    """What is known of the years before stays as it was."""
    assert year_changes(2021, tables).empty
    assert of_year(year_changes(2026, tables), 2026).empty


def test_each_years_rate_says_what_it_is_of(tables: Tables) -> None:
    """FY2024: one of four judged, all five in; FY2025: both that are judged, three of five in."""
    rates = rates_by_year(tables)

    assert [2024, 2025] == rates["fiscal_year"].tolist()
    assert rates["revised_from"].isna().all()
    assert [(2024, 1, 4, 5, 5, 25.0, False), (2024, 2, 2, 5, 3, 100.0, True)] == list(
        rates.drop(columns=["fiscal_year", "revised_from"]).itertuples(index=False, name=None)
    )


def test_how_much_of_a_year_is_in(tables: Tables) -> None:
    """Two of the three rows of FY2025 may still change."""
    coverage = coverage_of(outcomes_of(2025, tables), tables)

    assert Coverage(counted=5, reported=3, provisional=2, by_offices=3) == coverage
    assert 2 == coverage.missing


def test_who_rated_a_row_is_known(tables: Tables) -> None:
    """By the line of the year's file that stands."""
    rows = outcomes_of(2025, tables)

    assert [False, True, False] == rows["is_rated_by_person"].tolist()
    assert rows["is_by_office"].all()


def test_a_persons_rating_that_the_rule_would_not_give_is_found(tables: Tables) -> None:
    """98 of 100, final, is × by the rule; what only a person can judge contradicts nothing."""
    assert contradicted_ratings(2024, tables).empty
    [row] = contradicted_ratings(2025, tables).to_dict("records")
    assert ("2024-01-2", "○", "×", "actuals_fy2025", 3) == tuple(
        row[name] for name in ("indicator_id", "rating", "rating_by_rule", "source", "source_line")
    )
