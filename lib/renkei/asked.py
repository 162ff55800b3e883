"""What the plan asks of a year, beside the FY2021 outcome of the indicator of the same name."""

from __future__ import annotations

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.outcomes import indicators_with_projects, outcomes_of, share_of_target
from renkei.targets import targets_for

#: The fiscal year whose outcomes stand beside every later target.
OUTCOME_YEAR = 2021


def asked_in(fiscal_year: int | FiscalYear) -> pd.DataFrame:
    """One row per indicator of the 2024 plan, in its order.

    The columns of indicators with project_name and section; target_value, target_text and
    basis of that year; fiscal_year; and, where project name and indicator name both agree,
    from_indicator with outcome_text, outcome_value and outcome_rating of FY2021, and
    outcome_share, that outcome as % of the year's target.
    """
    year = FiscalYear.parse(fiscal_year)
    own = indicators_with_projects().rename(columns={"target_value": "final_target_value"})
    own["project_name"] = own["project_name"].fillna("")
    asked = (
        targets_for(year)
        .merge(own.drop(columns="target_text"), on="indicator_id", how="left", validate="one_to_one")
        .merge(_same_named_outcomes(), on=["project_name", "name", "kind"], how="left", validate="one_to_one")
    )
    asked["fiscal_year"] = year.starts_in
    # One year's outcome is no share of a running total, nor of another unit.
    is_alike = (asked["unit"] == asked["outcome_unit"]) & (asked["target_kind"] != "cumulative")
    asked["outcome_share"] = share_of_target(
        asked["outcome_value"], asked["target_value"], asked["direction"]
    ).where(is_alike)
    return asked


def _same_named_outcomes() -> pd.DataFrame:
    outcomes = outcomes_of(OUTCOME_YEAR).rename(
        columns={
            "indicator_id": "from_indicator",
            "actual_text": "outcome_text",
            "actual_value": "outcome_value",
            "rating": "outcome_rating",
            "unit": "outcome_unit",
        }
    )
    # A KPI has no project: its name alone tells it.
    outcomes["project_name"] = outcomes["project_name"].fillna("")
    return outcomes[
        [
            "project_name",
            "name",
            "kind",
            "from_indicator",
            "outcome_text",
            "outcome_value",
            "outcome_rating",
            "outcome_unit",
        ]
    ]
