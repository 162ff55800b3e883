"""What neither document says by itself: what follows from holding one against the other."""

from __future__ import annotations

import pandas as pd

from renkei.comparison import OUTCOME_YEAR, compare_in_detail
from renkei.costs import cost_column, costs_by_project, years_with_costs
from renkei.load import load_table
from renkei.outcomes import outcomes_of
from renkei.plans import PLANS
from renkei.ratings import NOT_MET, OWN_INDICATOR
from renkei.records import records
from renkei.targets import PLAN

_FIRST_YEAR = PLANS[PLAN][0].starts_in


def required_pace() -> pd.DataFrame:
    """How much better each open target asks a year to become, and how much better a year became.

    One row per comparable indicator with a number whose final target the 2021 outcome does not
    meet. All amounts in the indicator's unit, positive where the indicator moves to the better:

    - start_year, start_value: the 2021 outcome and the year that it is of
    - due_year: the year of the target; for a target of every year the plan's first
    - needed_per_year: (target - start) / (due_year - start_year)
    - seen_from_year, seen_to_year, seen_value, seen_per_year: the change from that outcome to the
      new plan's baseline; NaN where the new plan gives no baseline of a later year
    - longer_from_year, longer_per_year: the same from the old plan's baseline, before COVID-19, to
      the new plan's; NaN where either plan gives none
    """
    rows = compare_in_detail(_FIRST_YEAR)
    rows = rows[rows["is_comparable"].eq(True) & rows["final_target_value"].notna()]
    rows = rows[rows["outcome_2021_value"].notna()].reset_index(drop=True)
    sign = rows["direction"].map({"lower": -1.0, "higher": 1.0})
    pace = rows[["indicator_id", "from_indicator", "name", "project_no", "unit", "target_text"]].copy()
    pace["start_year"] = rows["outcome_2021_year"]
    pace["start_value"] = rows["outcome_2021_value"]
    pace["final_target_value"] = rows["final_target_value"]
    every_year = rows["target_kind"] == "every_year"
    pace["due_year"] = rows["target_last_year"].where(~every_year, _FIRST_YEAR)
    years_left = (pace["due_year"] - pace["start_year"]).astype("float64")
    missing = sign * (pace["final_target_value"] - pace["start_value"])
    pace["needed_per_year"] = missing / years_left
    seen_years = (rows["baseline_year"] - rows["outcome_2021_year"]).astype("float64")
    pace["seen_from_year"] = rows["outcome_2021_year"]
    pace["seen_to_year"] = rows["baseline_year"]
    pace["seen_value"] = rows["baseline_value"]
    pace["seen_per_year"] = (
        sign * (rows["baseline_value"] - rows["outcome_2021_value"]) / seen_years.where(seen_years > 0)
    )
    old = load_table("indicators").set_index("indicator_id").loc[rows["from_indicator"]].reset_index()
    longer_years = (rows["baseline_year"] - old["baseline_year"]).astype("float64")
    pace["longer_from_year"] = old["baseline_year"]
    pace["longer_per_year"] = sign * (rows["baseline_value"] - old["baseline_value"]) / longer_years
    return pace[missing > 0].reset_index(drop=True)


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


def measures_by_project() -> pd.DataFrame:
    """Each project of the 2024 plan with its cost and how its targets can be measured.

    The columns of `costs_by_project`, indicators, measurable (those whose target is a number),
    target_texts, and total_thousand_yen over the years that the plan gives, NaN if none.
    """
    indicators = load_table("indicators")
    indicators = indicators[(indicators["plan"] == PLAN) & (indicators["kind"] == "project")]
    counted = (
        indicators.assign(is_number=indicators["target_value"].notna())
        .groupby("project_no")
        .agg(
            indicators=("indicator_id", "size"),
            measurable=("is_number", "sum"),
            target_texts=("target_text", "、".join),
        )
        .reset_index()
    )
    costs = costs_by_project()
    columns = [cost_column(year) for year in years_with_costs()]
    costs["total_thousand_yen"] = costs[columns].sum(axis=1, min_count=1)
    return costs.merge(counted, on="project_no", how="left", validate="one_to_one")


def contradictions() -> pd.DataFrame:
    """Where the documents contradict themselves or each other, as far as it can be computed.

    Columns: contradiction, indicator_id, found. What people noticed besides stands in doubts.csv.

    - counted: the document's own count of judged indicators leaves out project No. 1's
    - rated_before_due: judged although the year of the target has not come
    - rated_unlike: an outcome of 0 is rated × here and △ there
    - rated_without_number: judged against a number, though the actual is said in words
    - below_baseline: the new target asks less than its own baseline
    """
    outcomes = outcomes_of(OUTCOME_YEAR)
    judged = outcomes[outcomes["rating"] != "-"]
    found = [
        ("counted", row.indicator_id, f"評価は「{row.rating}」であるが、評価可能な指標の数に含まれていない")
        for row in records(judged[judged["name"] == OWN_INDICATOR])
    ]
    early = judged[
        judged["target_kind"].isin(["by_year", "milestone", "increase", "cumulative"])
        & (judged["target_last_year"] > OUTCOME_YEAR)
    ]
    found += [
        ("rated_before_due", row.indicator_id, f"目標は「{row.target_text}」、評価は「{row.rating}」")
        for row in records(early)
    ]
    zero = judged[judged["actual_value"] == 0]
    if set(zero["rating"]) == set(NOT_MET):
        found += [
            ("rated_unlike", row.indicator_id, f"実績は「{row.actual_text}」、評価は「{row.rating}」")
            for row in records(zero.sort_values("rating", kind="stable"))
        ]
    wordy = judged[judged["target_value"].notna() & judged["actual_value"].isna()]
    found += [
        (
            "rated_without_number",
            row.indicator_id,
            f"目標は「{row.target_text}」、実績は「{row.actual_text}」、評価は「{row.rating}」",
        )
        for row in records(wordy)
    ]
    new = load_table("indicators").query("plan == @PLAN and target_value.notna()")
    better = new["direction"].map({"higher": 1.0, "lower": -1.0})
    found += [
        (
            "below_baseline",
            row.indicator_id,
            f"基準値は「{row.baseline_text}」、目標値は「{row.target_text}」",
        )
        for row in records(new[better * (new["target_value"] - new["baseline_value"]) < 0])
    ]
    return pd.DataFrame(found, columns=["contradiction", "indicator_id", "found"])
