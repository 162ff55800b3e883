"""Rates of which the documents give the counts: how many of how many, where one case weighs much."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.outcomes import outcomes_of
from renkei.typed_rows import typed_rows

#: Of fewer than this many, one case more or less moves a rate by more than three points.
SMALL_DENOMINATOR = 30


@dataclass(frozen=True)
class RateCount:
    """One row of `small_denominators`: the rate that the counts explain is not always the actual."""

    indicator_id: str
    name: str
    actual_text: str
    rate_percent: float
    part: int
    whole: int
    reason: str
    #: Missing where the text that gives the counts is the only one of its kind in the document.
    source_line: int | None


def small_denominators(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """The rates of a year's outcomes that stand for fewer than SMALL_DENOMINATOR cases, the fewest first.

    Columns as in `RateCount`, and source; rate_percent in %. A rate whose counts no document gives is not
    among them: nothing is worked back from a percentage. Raises ParameterError for a year without outcomes.
    """
    tables = tables or this_checkout()
    outcomes = outcomes_of(fiscal_year, tables)[["indicator_id", "name", "fiscal_year", "actual_text"]]
    # The counts belong to what one document says: those of another year's are not this outcome's.
    sources = tables["outcomes"][["indicator_id", "fiscal_year", "source"]]
    outcomes = outcomes.merge(sources, on=["indicator_id", "fiscal_year"], validate="one_to_one")
    counts = outcomes.merge(tables["rate_counts"], on=["indicator_id", "source"])
    small = counts[counts["whole"] < SMALL_DENOMINATOR].sort_values("whole", kind="stable")
    return small[[*RateCount.__dataclass_fields__, "source"]].reset_index(drop=True)


def rate_counts(found: pd.DataFrame) -> list[RateCount]:
    """The rows of `small_denominators` as values."""
    return typed_rows(found, RateCount)
