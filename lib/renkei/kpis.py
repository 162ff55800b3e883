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
    outcome_is_reference: bool
    baseline_value: float | None
    baseline_text: str
    baseline_year: int | None
    target_value: float | None
    target_text: str
    target_year: int
    newest_value: float | None
    newest_text: str | None
    newest_year: int | None
    newest_origin: str | None
    newest_is_provisional: bool
    against_before: float | None
    against_before_percent: float | None
    against_newest: float | None
    against_newest_percent: float | None


def kpi_way(compared: pd.DataFrame, tables: Tables | None = None) -> pd.DataFrame:
    """The KPIs' way from the old plan's baseline to the new plan's target: one row per KPI that both have.

    `compared` is what `compare_in_detail` gives for any year. Columns: indicator_id, name, unit and
    old_unit, is_redefined, reason; for each of old_baseline, old_target, outcome, baseline, target, newest
    the columns …_value (in the unit), …_text and …_year; outcome_is_reference; newest_origin,
    newest_is_provisional and newest_source; and what the target asks
    beyond the old baseline, of before COVID-19, and beyond the newest value: against_before and
    against_newest in the unit, NaN where a redefinition stands between, and the same …_percent of it, NaN
    unless both are above zero.
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
        outcome_is_reference=way["outcome_2021_is_reference"],
        target_value=way["final_target_value"],
        target_year=way["target_last_year"],
    )
    before = way["old_baseline_value"].where(way["relation"] == "same")
    for name, start in (("before", before), ("newest", way["newest_value"])):
        beyond = way["target_value"] - start
        way[f"against_{name}"] = beyond
        way[f"against_{name}_percent"] = (100 * beyond / start).where((start > 0) & (way["target_value"] > 0))
    return way[[*KpiWay.__dataclass_fields__, "newest_source"]].reset_index(drop=True)


def kpi_ways(way: pd.DataFrame) -> list[KpiWay]:
    """The rows of `kpi_way` as values."""
    return typed_rows(way, KpiWay)


def open_at_newest(compared: pd.DataFrame) -> int:
    """Of how many of the rows of `compare_in_detail` the newest value does not reach the final target.

    Rows without a newest value are among them.
    """
    sign = compared["direction"].map({"lower": -1.0, "higher": 1.0})
    return int((~(sign * (compared["newest_value"] - compared["final_target_value"]) >= 0)).sum())


def below_before(way: pd.DataFrame) -> list[KpiWay]:
    """The KPIs whose target is below the old baseline, of before COVID-19."""
    return kpi_ways(way[way["against_before"] < 0])
