"""How fast open targets ask an indicator to become better, and how fast it did."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.comparison import compare_in_detail
from renkei.load import Tables, this_checkout


@dataclass(frozen=True)
class Pace:
    """One row of `required_pace`, as far as reports say it; `multiple` is what was seen of what is needed."""

    indicator_id: str
    name: str
    project_no: int | None
    unit: str | None
    target_text: str
    start_value: float
    start_year: int
    final_target_value: float
    due_year: int
    needed_per_year: float
    seen_from_year: int
    seen_to_year: int | None
    seen_value: float | None
    seen_per_year: float | None
    longer_from_year: int | None
    longer_per_year: float | None
    multiple: float | None


def required_pace(tables: Tables | None = None) -> pd.DataFrame:
    """How much better each open target asks a year to become, and how much better a year became.

    One row per comparable indicator with a number whose final target the 2021 outcome does not
    meet. All amounts in the indicator's unit, positive where the indicator moves to the better:

    - start_year, start_value: the 2021 outcome and the year that it is of
    - due_year: the year of the target; for a target of every year the plan's first
    - needed_per_year: (target - start) / (due_year - start_year)
    - seen_from_year, seen_to_year, seen_value, seen_per_year: the change from that outcome to the
      new plan's baseline; NaN where the new plan gives no baseline of a later year
    - longer_from_year, longer_per_year: the same from the old plan's baseline, before COVID-19, to
      the new plan's; NaN where either plan gives none, or the new one's is of no later year
    - multiple: seen_per_year / needed_per_year
    """
    tables = tables or this_checkout()
    first_year = tables.area.plan.first_year
    rows = compare_in_detail(first_year, tables)
    rows = rows[rows["is_comparable"] & rows["final_target_value"].notna()]
    rows = rows[rows["outcome_2021_value"].notna()].reset_index(drop=True)
    sign = rows["direction"].map({"lower": -1.0, "higher": 1.0})
    pace = rows[["indicator_id", "from_indicator", "name", "project_no", "unit", "target_text"]].copy()
    pace["start_year"] = rows["outcome_2021_year"]
    pace["start_value"] = rows["outcome_2021_value"]
    pace["final_target_value"] = rows["final_target_value"]
    every_year = rows["target_kind"] == "every_year"
    pace["due_year"] = rows["target_last_year"].where(~every_year, first_year)
    years_left = (pace["due_year"] - pace["start_year"]).astype("float64")
    missing = sign * (pace["final_target_value"] - pace["start_value"])
    pace["needed_per_year"] = missing / years_left
    seen_years = (rows["baseline_year"] - rows["outcome_2021_year"]).astype("float64")
    pace["seen_from_year"] = rows["outcome_2021_year"]
    pace["seen_to_year"] = rows["baseline_year"]
    pace["seen_value"] = rows["baseline_value"]
    pace["seen_per_year"] = (
        sign * (rows["baseline_value"] - rows["outcome_2021_value"]) / seen_years.where(seen_years > 0)
    )
    old = tables["indicators"].set_index("indicator_id").loc[rows["from_indicator"]].reset_index()
    longer_years = (rows["baseline_year"] - old["baseline_year"]).astype("float64")
    pace["longer_from_year"] = old["baseline_year"]
    pace["longer_per_year"] = (
        sign * (rows["baseline_value"] - old["baseline_value"]) / longer_years.where(longer_years > 0)
    )
    pace["multiple"] = pace["seen_per_year"] / pace["needed_per_year"]
    return pace[missing > 0].reset_index(drop=True)


def seen(pace: pd.DataFrame) -> pd.DataFrame:
    """The rows of which a change was seen, slowest for its need first."""
    return pace[pace["multiple"].notna()].sort_values("multiple", kind="stable")


def slower(pace: pd.DataFrame) -> pd.DataFrame:
    """The rows whose seen pace falls short of the needed one, shortest first."""
    rows = seen(pace)
    return rows[rows["seen_per_year"] < rows["needed_per_year"]]


def fast_enough(pace: pd.DataFrame) -> pd.DataFrame:
    """The rows whose seen pace is at least the needed one."""
    rows = seen(pace)
    return rows[rows["seen_per_year"] >= rows["needed_per_year"]]
