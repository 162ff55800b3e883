"""What offices reported of a year, as far as it stands: of an indicator's rows the one that counts."""

from __future__ import annotations

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.tables.reported import STATUSES

__all__ = ["entries_of", "standing_entries"]


def entries_of(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """All rows that offices reported of a year, in the order in which one takes the place of another.

    Provisional before final, then by the day of entry, then by their place in the year's file.
    """
    actuals = (tables or this_checkout())["actuals"]
    found = actuals[actuals["fiscal_year"] == FiscalYear.parse(fiscal_year).starts_in]
    ranked = found.assign(_status=found["status"].map(STATUSES.index))
    ordered = ranked.sort_values(["_status", "entered_on", "source_line"], kind="stable")
    return ordered.drop(columns="_status").reset_index(drop=True)


def standing_entries(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """The one row of each indicator that stands: final before provisional, then the later entry.

    A second hand at the rule of `renkei.tables.reported.standing`, for rows of a DataFrame.
    """
    return entries_of(fiscal_year, tables).drop_duplicates("indicator_id", keep="last").reset_index(drop=True)
