"""What the 2024 plan asks of each fiscal year."""

from __future__ import annotations

import pandas as pd

from renkei.area import fiscal_years_of
from renkei.errors import ParameterError
from renkei.fiscal_year import FiscalYear
from renkei.load import load_table

PLAN = 2024

#: Where a year's target comes from. Interpolated and prorated values are this system's, not the city's.
BASES = ("stated", "interpolated", "prorated", "due", "none")
COMPUTED_BASES = ("interpolated", "prorated")


def targets_for(fiscal_year: int | FiscalYear) -> pd.DataFrame:
    """What the plan asks of a year: one row per indicator of the 2024 plan, in its order.

    Columns: indicator_id; target_value in the indicator's unit, NaN where no number is
    asked of that year; target_text as published; basis:

    - stated: the plan asks this of every year, or asked it of an earlier year (it stays)
    - due: the plan asks this of this very year
    - interpolated: on the straight line from the baseline to the year that the plan names
    - prorated: the part of a running total that falls on the plan's years up to this one
    - none: nothing is asked of this year yet, or no line can be drawn to it

    Raises ParameterError for a year outside the plan.
    """
    year = FiscalYear.parse(fiscal_year)
    years = fiscal_years_of(PLAN)
    if year not in years:
        raise ParameterError(f"{years[0]} to {years[-1]} can be asked for, not {year}")
    indicators = load_table("indicators")
    indicators = indicators[indicators["plan"] == PLAN].reset_index(drop=True)
    asked = [asked_of(indicator, year) for _, indicator in indicators.iterrows()]
    return pd.DataFrame(
        {
            "indicator_id": indicators["indicator_id"],
            "target_value": [value for value, _ in asked],
            "target_text": indicators["target_text"],
            "basis": [basis for _, basis in asked],
        }
    ).astype({"target_value": "float64"})


def asked_of(indicator: pd.Series, year: FiscalYear) -> tuple[float | None, str]:
    """Target and basis of one row of indicators in a year."""
    value = None if pd.isna(indicator["target_value"]) else float(indicator["target_value"])
    last = int(indicator["target_last_year"])
    if year.starts_in > last or indicator["target_kind"] in ("every_year", "state"):
        return value, "stated"
    if year.starts_in == last:
        return value, "due"
    if value is not None and indicator["target_kind"] == "cumulative":
        return prorated(value, int(indicator["target_first_year"]), last, year), "prorated"
    if (
        value is not None
        and indicator["target_kind"] == "by_year"
        and not pd.isna(indicator["baseline_year"])
    ):
        baseline = float(indicator["baseline_value"])
        return straight_line(baseline, int(indicator["baseline_year"]), value, last, year), "interpolated"
    return None, "none"


def straight_line(
    baseline: float, baseline_year: int, target: float, target_year: int, year: FiscalYear
) -> float:
    """The level that a straight line from baseline to target passes in `year`, up to the target's year."""
    share = (year.starts_in - baseline_year) / (target_year - baseline_year)
    return baseline + (target - baseline) * share


def prorated(total: float, first_year: int, last_year: int, year: FiscalYear) -> float:
    """The part of a running total that falls on the years from the first to `year`, in equal shares."""
    return total * (year.starts_in - first_year + 1) / (last_year - first_year + 1)
