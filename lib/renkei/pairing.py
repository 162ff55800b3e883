"""Each target with its indicator, its predecessor in the plan before, and the outcomes of both."""

from __future__ import annotations

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.load import Tables
from renkei.revisions import in_force
from renkei.targets import targets_for


def joined(year: FiscalYear, tables: Tables) -> pd.DataFrame:
    """One row per indicator of the newest plan, in its order.

    The columns of `targets_for`; unit, direction, target_kind and final_target_value of the indicator; the
    crosswalk's; old_target_value, old_target_kind and old_unit of the predecessor; outcome_2021_value and
    outcome_2021_text, the predecessor's outcome; actual_value, the indicator's own outcome of that year.
    """
    tables = in_force(year, tables)
    indicators, outcomes = tables["indicators"], tables["outcomes"]
    own = indicators.rename(columns={"target_value": "final_target_value"})
    old = indicators.rename(
        columns={
            "indicator_id": "from_indicator",
            "target_value": "old_target_value",
            "target_kind": "old_target_kind",
            "unit": "old_unit",
        }
    )
    outcome_compared = outcomes_compared(tables).rename(
        columns={
            "indicator_id": "from_indicator",
            "actual_value": "outcome_2021_value",
            "actual_text": "outcome_2021_text",
        }
    )
    actual = outcomes[outcomes["fiscal_year"] == year.starts_in]
    return (
        targets_for(year, tables)
        .merge(
            own[["indicator_id", "unit", "direction", "target_kind", "final_target_value"]],
            on="indicator_id",
            how="left",
            validate="one_to_one",
        )
        .merge(
            tables["crosswalk"]
            .dropna(subset="to_indicator")
            .rename(columns={"to_indicator": "indicator_id"}),
            on="indicator_id",
            how="left",
            validate="one_to_one",
        )
        .merge(
            old[["from_indicator", "old_target_value", "old_target_kind", "old_unit"]],
            on="from_indicator",
            how="left",
            validate="many_to_one",
        )
        .merge(
            outcome_compared[["from_indicator", "outcome_2021_value", "outcome_2021_text"]],
            on="from_indicator",
            how="left",
            validate="many_to_one",
        )
        .merge(actual[["indicator_id", "actual_value"]], on="indicator_id", how="left", validate="one_to_one")
        # An indicator that the crosswalk does not have yet has no predecessor to be compared with.
        .assign(is_comparable=lambda rows: rows["is_comparable"].eq(True))
    )


def outcomes_compared(tables: Tables) -> pd.DataFrame:
    """The outcomes of the year that later targets are held against."""
    outcomes = tables["outcomes"]
    return outcomes[outcomes["fiscal_year"] == tables.area.outcome_year]
