"""Indicators whose target a revision of the plan made another from one year to the next."""

from __future__ import annotations

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.load import Tables
from renkei.revisions import in_force, revisions_until

__all__ = ["revised_targets"]


def revised_targets(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """The indicators of which the version in force for the year before asks something else than the year's.

    By indicator_id, in the plan's order: target_before_text, the target of the year before, and said_by, the
    documents that say both targets, joined by 、. An indicator that one of the versions lacks has no row.
    """
    year = FiscalYear.parse(fiscal_year)
    before, after = (
        in_force(of, tables)["indicators"].set_index("indicator_id")
        for of in (year.starts_in - 1, year.starts_in)
    )
    before = before.loc[before.index.isin(after.index)]
    before = before[before["target_text"] != after.loc[before.index, "target_text"]]
    changes = revisions_until(year, tables)
    changes = changes[changes["field"] == "target_text"].drop_duplicates("concerns", keep="last")
    revised_by = changes.set_index("concerns")["source"].reindex(before.index)
    return pd.DataFrame(
        {"target_before_text": before["target_text"], "said_by": before["source"] + "、" + revised_by}
    )
