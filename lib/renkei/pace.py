"""How fast open targets ask an indicator to become better, and how fast it did."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.comparison import compare_in_detail
from renkei.load import Tables, this_checkout
from renkei.quantity import parse_quantity
from renkei.typed_rows import typed_rows

__all__ = ["Pace", "fast_enough", "required_pace", "seen", "slower", "within_rounding", "worse"]

#: A target is this many steps of its last written digit away at the least, or a ratio of paces says nothing.
_STEPS = 10
#: From here on a multiple is 1.0 as it is printed, and so enough.
_ENOUGH = 0.95


@dataclass(frozen=True)
class Pace:
    """One row of `required_pace`, as far as reports say it; `multiple` is what was seen of what is needed."""

    indicator_id: str
    name: str
    project_no: int | None
    unit: str | None
    target_text: str
    start_value: float
    start_text: str
    start_year: int
    start_origin: str
    start_is_provisional: bool
    final_target_value: float
    due_year: int
    needed_per_year: float
    seen_from_year: int | None
    seen_from_is_reference: bool
    seen_per_year: float | None
    longer_from_year: int | None
    longer_per_year: float | None
    multiple: float | None


@dataclass(frozen=True)
class _Step:
    target_text: str
    start_text: str


def required_pace(tables: Tables | None = None) -> pd.DataFrame:
    """How much better each open target asks a year to become, and how much better a year became.

    One row per indicator whose final target, a number, the newest value of all does not meet, if there are
    years left to it. All amounts in the indicator's unit, positive where the indicator moves to the better:

    - start_year, start_value, start_text, start_origin, start_is_provisional, start_source: the newest value,
      see `renkei.newest`
    - due_year: the year of the target; for a target of every year the next year of the plan
    - needed_per_year: (target - start) / (due_year - start_year)
    - seen_from_year, seen_per_year: the change from the 2021 outcome to the newest value; NaN where there is
      no comparable outcome of an earlier year; seen_from_is_reference: its document gives it for reference
    - longer_from_year, longer_per_year: the same from the old plan's baseline, before COVID-19
    - multiple: seen_per_year / needed_per_year; NaN where nothing became better, or where the target is
      within ten of the last digit that the documents write: there a ratio says nothing

    A running total of the plan's years has a pace only once it has begun.
    """
    tables = tables or this_checkout()
    last_year = tables.area.plan.last_year
    rows = compare_in_detail(last_year, tables)
    sign = rows["direction"].map({"lower": -1.0, "higher": 1.0})
    missing = sign * (rows["final_target_value"] - rows["newest_value"])
    has_begun = (rows["target_kind"] != "cumulative") | (rows["newest_origin"] == "actual")
    is_open = (missing > 0) & has_begun
    rows = rows[is_open].reset_index(drop=True)
    sign, missing = sign[is_open].reset_index(drop=True), missing[is_open].reset_index(drop=True)

    pace = rows[["indicator_id", "from_indicator", "name", "project_no", "unit", "target_text"]].copy()
    for column in ("value", "text", "year", "origin", "is_provisional", "source"):
        pace[f"start_{column}"] = rows[f"newest_{column}"]
    pace["final_target_value"] = rows["final_target_value"]
    pace["due_year"] = _due_years(rows, tables)
    pace["needed_per_year"] = missing / _years(pace["start_year"], pace["due_year"])

    old = tables["indicators"].set_index("indicator_id").reindex(rows["from_indicator"]).reset_index()
    for name, year, value in (
        ("seen", rows["outcome_2021_year"], rows["outcome_2021_value"]),
        ("longer", old["baseline_year"], old["baseline_value"]),
    ):
        change = (sign * (rows["newest_value"] - value)).where(rows["is_comparable"])
        pace[f"{name}_per_year"] = change / _years(year, pace["start_year"])
        pace[f"{name}_from_year"] = year.where(pace[f"{name}_per_year"].notna())
    pace["seen_from_is_reference"] = rows["outcome_2021_is_reference"] & pace["seen_per_year"].notna()

    is_telling = (pace["seen_per_year"] > 0) & (missing >= _STEPS * _steps(pace))
    pace["multiple"] = (pace["seen_per_year"] / pace["needed_per_year"]).where(is_telling)
    return pace[pace["due_year"] > pace["start_year"]].reset_index(drop=True)


def seen(pace: pd.DataFrame) -> pd.DataFrame:
    """The rows whose seen pace can be held against the needed one, slowest for its need first."""
    return pace[pace["multiple"].notna()].sort_values("multiple", kind="stable")


def worse(pace: pd.DataFrame) -> pd.DataFrame:
    """The rows that were seen not to become better."""
    return pace[pace["seen_per_year"] <= 0]


def slower(pace: pd.DataFrame) -> pd.DataFrame:
    """The rows whose seen pace falls short of the needed one, shortest first."""
    rows = seen(pace)
    return rows[~_is_enough(rows)]


def fast_enough(pace: pd.DataFrame) -> pd.DataFrame:
    """The rows whose seen pace is at least the needed one."""
    rows = seen(pace)
    return rows[_is_enough(rows)]


def within_rounding(pace: pd.DataFrame) -> pd.DataFrame:
    """The rows of `fast_enough` that are so by rounding alone: 113 a year where 114 are needed."""
    rows = fast_enough(pace)
    return rows[rows["multiple"] < 1]


def _is_enough(rows: pd.DataFrame) -> pd.Series[bool]:
    """Whether the multiple is 1.0 as it is printed: what is within rounding of enough is enough."""
    return rows["multiple"] >= _ENOUGH


def _due_years(rows: pd.DataFrame, tables: Tables) -> pd.Series[int]:
    """The year of the target; what is asked of every year is due in the next year of the plan."""
    next_year = (rows["newest_year"] + 1).clip(lower=tables.area.plan.first_year)
    return rows["target_last_year"].where(rows["target_kind"] != "every_year", next_year)


def _years(first: pd.Series, last: pd.Series) -> pd.Series[float]:
    """The years between, NaN unless the last is later than the first."""
    years = (last - first).astype("float64")
    return years.where(years > 0)


def _steps(pace: pd.DataFrame) -> pd.Series[float]:
    """What one in the last digit that the target or the newest value is written with stands for."""
    steps = [
        min(
            float(step)
            for text in (row.target_text, row.start_text)
            if (step := parse_quantity(text).step) is not None
        )
        for row in typed_rows(pace, _Step)
    ]
    return pd.Series(steps, index=pace.index, dtype="float64")
