"""The KPIs (基本KPI) on their way from one plan to the next."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.load import Tables, this_checkout
from renkei.typed_rows import typed_rows


@dataclass(frozen=True)
class KpiWay:
    """One row of `kpi_way`."""

    indicator_id: str
    name: str
    unit: str | None
    old_unit: str | None
    is_redefined: bool
    reason: str
    old_baseline_value: float | None
    old_baseline_text: str
    old_baseline_year: int | None
    old_target_value: float | None
    old_target_text: str
    old_target_year: int
    outcome_value: float | None
    outcome_text: str
    outcome_year: int | None
    baseline_value: float | None
    baseline_text: str
    baseline_year: int | None
    target_value: float | None
    target_text: str
    target_year: int


def kpi_way(compared: pd.DataFrame, tables: Tables | None = None) -> pd.DataFrame:
    """The KPIs' way from the old plan's baseline to the new plan's target: one row per KPI that both have.

    `compared` is what `compare_in_detail` gives for any year. Columns: indicator_id, name, unit and
    old_unit, is_redefined, reason; and for each of old_baseline, old_target, outcome, baseline, target the
    columns …_value (in the unit), …_text and …_year.
    """
    tables = tables or this_checkout()
    kpis = compared[(compared["kind"] == "kpi") & compared["from_indicator"].notna()]
    old = (
        tables["indicators"]
        .set_index("indicator_id")[
            [
                "unit",
                "baseline_value",
                "baseline_text",
                "baseline_year",
                "target_value",
                "target_text",
                "target_last_year",
            ]
        ]
        .add_prefix("old_")
        .rename(columns={"old_target_last_year": "old_target_year"})
    )
    way = kpis.merge(old, left_on="from_indicator", right_index=True, how="left", validate="one_to_one")
    way = way.assign(
        is_redefined=way["relation"] != "same",
        outcome_value=way["outcome_2021_value"],
        outcome_text=way["outcome_2021_text"],
        outcome_year=way["outcome_2021_year"],
        target_value=way["final_target_value"],
        target_year=way["target_last_year"],
    )
    return way[list(KpiWay.__dataclass_fields__)].reset_index(drop=True)


def kpi_ways(way: pd.DataFrame) -> list[KpiWay]:
    """The rows of `kpi_way` as values."""
    return typed_rows(way, KpiWay)


def asking_more_than_baseline(kpis: pd.DataFrame, target: str = "target_value") -> int:
    """Of how many KPIs the target, in the column of that name, is above the baseline."""
    return int((kpis[target] > kpis["baseline_value"]).sum())


def asking_less_than_before(way: pd.DataFrame) -> int:
    """Of how many KPIs the new plan's target is below the old plan's."""
    return int((way["target_value"] < way["old_target_value"]).sum())
