"""What the newest plan asks of each fiscal year."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.errors import ParameterError
from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.revisions import in_force
from renkei.typed_rows import typed_rows

__all__ = [
    "BASES",
    "COMPUTED_BASES",
    "NOT_ASKED",
    "Terms",
    "asked_of",
    "indicators_of",
    "prorated",
    "straight_line",
    "targets_for",
]

#: Where a year's target comes from. Interpolated, prorated, carried ones are this system's.
BASES = ("stated", "interpolated", "prorated", "due", "carried", "none")
COMPUTED_BASES = ("interpolated", "prorated")
#: Where nothing is asked of the year: no longer, not yet.
NOT_ASKED = ("carried", "none")


@dataclass(frozen=True)
class Terms:
    """What one row of indicators asks, and from where it starts, in the indicator's unit."""

    baseline_value: float | None
    baseline_year: int | None
    target_value: float | None
    target_kind: str
    target_first_year: int
    target_last_year: int


def targets_for(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """What the plan asks of a year: one row per indicator of the newest plan, in its order.

    Columns: indicator_id; target_value in the indicator's unit, NaN where no number is
    asked of that year; target_text as published; basis:

    - stated: the plan asks this of every year
    - due: the plan asks this of this very year
    - carried: the plan asked this of an earlier year; it asks nothing of this one
    - interpolated: on the straight line from the baseline to the year that the plan names
    - prorated: the part of a running total that falls on the plan's years up to this one
    - none: nothing is asked of this year yet, or no line can be drawn to it

    It is what the version of the plan says that is in force for the year, see `renkei.revisions`.
    Raises ParameterError for a year outside the plan.
    """
    tables = tables or this_checkout()
    year = FiscalYear.parse(fiscal_year)
    years = tables.area.plan.fiscal_years
    if year not in years:
        raise ParameterError(f"{years[0]} to {years[-1]} can be asked for, not {year}")
    indicators = indicators_of(in_force(year, tables))
    asked = [asked_of(terms, year) for terms in typed_rows(indicators, Terms)]
    return pd.DataFrame(
        {
            "indicator_id": indicators["indicator_id"],
            "target_value": [value for value, _ in asked],
            "target_text": indicators["target_text"],
            "basis": pd.Series([basis for _, basis in asked], dtype="str"),
        }
    ).astype({"target_value": "float64"})


def indicators_of(tables: Tables) -> pd.DataFrame:
    """The rows of indicators that belong to the newest plan, of its last version unless one is chosen."""
    indicators = in_force(tables=tables)["indicators"]
    return indicators[indicators["plan"] == tables.area.plan.first_year].reset_index(drop=True)


def asked_of(terms: Terms, year: FiscalYear) -> tuple[float | None, str]:
    """Target, in the indicator's unit, and basis of an indicator in a year."""
    value, last = terms.target_value, terms.target_last_year
    if year.starts_in > last:
        return value, "carried"
    if terms.target_kind in ("every_year", "state"):
        return value, "stated"
    if year.starts_in == last:
        return value, "due"
    if value is not None and terms.target_kind == "cumulative":
        return prorated(value, terms.target_first_year, last, year), "prorated"
    if (
        value is not None
        and terms.target_kind == "by_year"
        and terms.baseline_year is not None
        and terms.baseline_year < last
        and terms.baseline_value is not None
    ):
        return straight_line(terms.baseline_value, terms.baseline_year, value, last, year), "interpolated"
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
