"""The KPIs (基本KPI) from the 2019 plan to the 2024 plan."""

from __future__ import annotations

import pandas as pd

from renkei.area import PLANS
from renkei.comparison import OUTCOME_YEAR, compare_in_detail
from renkei.load import load_table
from renkei.outcomes import outcomes_of
from renkei.records import records
from renkei.targets import PLAN

_FIRST_YEAR = PLANS[PLAN][0].starts_in


def kpi_way() -> pd.DataFrame:
    """The KPIs' way from the 2019 plan's baseline to the 2024 plan's target: one row per KPI.

    Columns: indicator_id, name, unit and old_unit, is_redefined, reason; and for each of
    old_baseline, old_target, outcome, baseline, target the columns …_value, …_text and …_year.
    """
    indicators = load_table("indicators").set_index("indicator_id")
    outcomes = outcomes_of(OUTCOME_YEAR).set_index("indicator_id")
    rows = []
    for row in records(compare_in_detail(_FIRST_YEAR).query("kind == 'kpi'")):
        old, outcome = indicators.loc[row.from_indicator], outcomes.loc[row.from_indicator]
        rows.append(
            {
                "indicator_id": row.indicator_id,
                "name": row.name,
                "old_name": old["name"],
                "unit": row.unit,
                "old_unit": old["unit"],
                "is_redefined": row.relation != "same",
                "reason": row.reason,
                "old_baseline_value": old["baseline_value"],
                "old_baseline_text": old["baseline_text"],
                "old_baseline_year": old["baseline_year"],
                "old_target_value": old["target_value"],
                "old_target_text": old["target_text"],
                "old_target_year": old["target_last_year"],
                "outcome_value": outcome["actual_value"],
                "outcome_text": outcome["actual_text"],
                "outcome_year": outcome["observed_year"],
                "baseline_value": row.baseline_value,
                "baseline_text": row.baseline_text,
                "baseline_year": row.baseline_year,
                "target_value": row.final_target_value,
                "target_text": row.target_text,
                "target_year": row.target_last_year,
            }
        )
    return pd.DataFrame(rows)
