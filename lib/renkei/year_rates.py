"""How much of a year is reported, and the achievement rate of each year that is."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.load import Tables, this_checkout
from renkei.outcomes import outcomes_of, still_counted, years_with_outcomes
from renkei.ratings import counted, rate_of
from renkei.revisions import in_force
from renkei.typed_rows import typed_rows

__all__ = ["Coverage", "YearRate", "coverage_of", "rates", "rates_by_year"]


@dataclass(frozen=True)
class Coverage:
    """Of the indicators that the rate counts: how many the plan has, and how many are reported.

    The plan as it is in force for the year. Of those reported: provisional, how many have a value that may
    still change, and pending, how many have none yet, since it is still being counted. `by_offices`: how many
    of the year's rows, KPIs among them, offices reported; the others are a list's, which is published as a
    whole.
    """

    counted: int
    reported: int
    provisional: int
    pending: int
    by_offices: int

    @property
    def missing(self) -> int:
        """How many are not reported yet."""
        return self.counted - self.reported


@dataclass(frozen=True)
class YearRate:
    """One row of `rates_by_year`."""

    fiscal_year: int
    plan: int
    achieved: int
    evaluable: int
    counted: int
    reported: int
    rate: float | None
    is_provisional: bool
    pending: int
    revised_from: int | None


def coverage_of(outcomes: pd.DataFrame, tables: Tables | None = None) -> Coverage:
    """How much of a year is in; `outcomes` is what `outcomes_of` gives for it."""
    rows = counted(outcomes, tables)
    is_pending = rows["is_by_office"] & still_counted(rows)
    return Coverage(
        counted=int(outcomes.drop_duplicates("fiscal_year")["counted_in_plan"].sum()),
        reported=len(rows),
        provisional=int((rows["is_provisional"] & ~is_pending).sum()),
        pending=int(is_pending.sum()),
        by_offices=int(outcomes["is_by_office"].sum()),
    )


def rates_by_year(tables: Tables | None = None) -> pd.DataFrame:
    """The achievement rate of each fiscal year with outcomes, first year first.

    Columns: fiscal_year; plan, the first year of the plan whose indicators are rated; achieved and evaluable,
    of which rate is the share, in % to two decimals, NaN where nothing could be judged; counted, how many
    indicators of the plan the rate counts, and reported, how many of them have a row for the year;
    is_provisional, whether any of these rows has a value that may still change; pending, how many have none
    yet, since it is still being counted; revised_from, the first year of the version of the plan that is in
    force for the year, missing for the plan as first published.
    """
    tables = tables or this_checkout()
    rows = []
    for year in years_with_outcomes(tables):
        outcomes = outcomes_of(year, tables)
        rate, coverage = rate_of(counted(outcomes, tables)), coverage_of(outcomes, tables)
        rows.append(
            YearRate(
                fiscal_year=year.starts_in,
                plan=int(outcomes["plan"].max()),
                achieved=rate.achieved,
                evaluable=rate.evaluable,
                counted=coverage.counted,
                reported=coverage.reported,
                rate=None if rate.rate is None else float(rate.rate),
                is_provisional=coverage.provisional > 0,
                pending=coverage.pending,
                revised_from=in_force(year, tables).in_force_from or None,
            )
        )
    columns = list(YearRate.__dataclass_fields__)
    return pd.DataFrame([vars(row) for row in rows], columns=columns).astype(
        {"rate": "float64", "revised_from": "Int64"}
    )


def rates(found: pd.DataFrame) -> list[YearRate]:
    """The rows of `rates_by_year` as values."""
    return typed_rows(found, YearRate)
