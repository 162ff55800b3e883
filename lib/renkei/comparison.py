"""What FY2021 achieved against what the 2024 plan asks of a year."""

from __future__ import annotations

from typing import Any

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.load import load_table
from renkei.outcomes import indicators_with_projects
from renkei.records import records
from renkei.targets import targets_for

#: The fiscal year whose outcomes every later target is held against.
OUTCOME_YEAR = 2021

STATUSES = ("met", "not_met", "no_outcome", "not_comparable", "no_target", "state")
TARGET_CHANGES = ("raised", "kept", "lowered", "softened", "hardened", "dropped", "added")


def compare(fiscal_year: int | FiscalYear) -> pd.DataFrame:
    """One row per indicator of the 2024 plan, in its order.

    Columns: indicator_id; from_indicator, relation and is_comparable from the crosswalk;
    outcome_2021_value and outcome_2021_text, whether comparable or not; target_value and
    basis of that year; and, in the indicator's unit unless said otherwise:

    - gap: what the outcome lacks of the target, 0 or less where it is met: target minus
      outcome, or outcome minus target where lower is better
    - share_of_target: the outcome as % of the target, the target as % of the outcome where
      lower is better; NaN unless both are above zero (outcome 0 is 0 % where higher is better)
    - status: one of STATUSES, see `status_of`
    - target_change: against the 2019 plan's target, see `target_change_of`
    - actual_value, actual_status: that year's own outcome where the tables have it

    gap and share_of_target are NaN unless the status is met or not_met.
    """
    year = FiscalYear.parse(fiscal_year)
    rows = _joined(year)
    statuses = [status_of(row) for row in records(rows)]
    is_judged = pd.Series(statuses).isin(["met", "not_met"])
    actual_rows = rows.assign(
        from_indicator=rows["indicator_id"], is_comparable=True, outcome_2021_value=rows["actual_value"]
    )
    return pd.DataFrame(
        {
            "indicator_id": rows["indicator_id"],
            "from_indicator": rows["from_indicator"],
            "relation": rows["relation"],
            "is_comparable": rows["is_comparable"],
            "outcome_2021_value": rows["outcome_2021_value"],
            "outcome_2021_text": rows["outcome_2021_text"],
            "target_value": rows["target_value"],
            "basis": rows["basis"],
            "gap": _gaps(rows).where(is_judged),
            "share_of_target": _shares(rows).where(is_judged),
            "status": statuses,
            "target_change": [target_change_of(row) for row in records(rows)],
            "actual_value": rows["actual_value"],
            "actual_status": [status_of(row) for row in records(actual_rows)],
        }
    )


def compare_in_detail(fiscal_year: int | FiscalYear) -> pd.DataFrame:
    """`compare` with what a report says of each row.

    Adds the columns of indicators (target_value as final_target_value), project_name and
    section; outcome_2021_rating and outcome_2021_year; the crosswalk's reason; fiscal_year.
    """
    year = FiscalYear.parse(fiscal_year)
    outcomes = load_table("outcomes")
    of_2021 = outcomes.loc[
        outcomes["fiscal_year"] == OUTCOME_YEAR, ["indicator_id", "rating", "observed_year"]
    ].set_axis(["from_indicator", "outcome_2021_rating", "outcome_2021_year"], axis=1)
    reasons = load_table("crosswalk").dropna(subset="to_indicator")[["to_indicator", "reason"]]
    return (
        compare(year)
        .merge(
            indicators_with_projects().rename(columns={"target_value": "final_target_value"}),
            on="indicator_id",
            how="left",
            validate="one_to_one",
        )
        .merge(of_2021, on="from_indicator", how="left", validate="many_to_one")
        .merge(
            reasons.rename(columns={"to_indicator": "indicator_id"}),
            on="indicator_id",
            how="left",
            validate="one_to_one",
        )
        .assign(fiscal_year=year.starts_in)
    )


def status_of(row: Any) -> str:
    """How a row's outcome stands to the year's target.

    no_target: nothing is asked of that year yet; state: what is asked is said in words, so
    that no number settles it; no_outcome: no predecessor, or no number in its outcome;
    not_comparable: the predecessor measured something else; else met or not_met.
    """
    if row.basis == "none":
        return "no_target"
    if pd.isna(row.target_value):
        return "state"
    if pd.isna(row.from_indicator):
        return "no_outcome"
    if not row.is_comparable:
        return "not_comparable"
    if pd.isna(row.outcome_2021_value):
        return "no_outcome"
    if row.direction == "lower":
        return "met" if row.outcome_2021_value <= row.target_value else "not_met"
    return "met" if row.outcome_2021_value >= row.target_value else "not_met"


def target_change_of(row: Any) -> str:
    """How the 2024 plan's final target stands to the 2019 plan's.

    softened: a number became words; hardened: words became a number; added: the indicator is
    new, or measures another thing or counts another way, so that its old target was dropped.
    Two numbers are raised, kept or lowered where unit and way of counting agree; raised means
    that more is asked, for a falling indicator a lower number. Words stay words: kept.
    """
    if pd.isna(row.from_indicator):
        return "added"
    had_number, has_number = pd.notna(row.old_target_value), pd.notna(row.final_target_value)
    if had_number != has_number:
        return "softened" if had_number else "hardened"
    is_same_measure = row.relation in ("same", "redefined")
    if not has_number:
        return "kept" if is_same_measure else "added"
    counts_alike = (row.old_target_kind == "cumulative") == (row.target_kind == "cumulative")
    if not (is_same_measure and counts_alike and row.old_unit == row.unit):
        return "added"
    if row.final_target_value == row.old_target_value:
        return "kept"
    is_higher = row.final_target_value > row.old_target_value
    return "raised" if is_higher == (row.direction != "lower") else "lowered"


def target_changes() -> pd.DataFrame:
    """What became of every target of both plans: one row per row of the crosswalk.

    Columns: from_indicator, to_indicator, relation, target_change (dropped for a 2019 target
    that ended, or whose successor measures another thing, counts another way), reason. A pair
    whose old target was dropped and a new one added gives two rows, one of each.
    """
    compared = compare(2024).set_index("indicator_id")["target_change"]
    rows = []
    for pair in records(load_table("crosswalk")):
        old, new = pair.from_indicator, pair.to_indicator
        change = "dropped" if pd.isna(new) else compared[new]
        if change == "added" and pd.notna(old):
            rows.append((old, None, pair.relation, "dropped", pair.reason))
            rows.append((None, new, pair.relation, "added", pair.reason))
        else:
            rows.append((old, new, pair.relation, change, pair.reason))
    return pd.DataFrame(
        rows, columns=["from_indicator", "to_indicator", "relation", "target_change", "reason"]
    )


def _joined(year: FiscalYear) -> pd.DataFrame:
    """The year's targets with the indicator, its predecessor and both outcomes in one row each."""
    indicators, outcomes = load_table("indicators"), load_table("outcomes")
    own = indicators.rename(columns={"target_value": "final_target_value"})
    old = indicators.rename(
        columns={
            "indicator_id": "from_indicator",
            "target_value": "old_target_value",
            "target_kind": "old_target_kind",
            "unit": "old_unit",
        }
    )
    outcome_2021 = outcomes[outcomes["fiscal_year"] == OUTCOME_YEAR].rename(
        columns={
            "indicator_id": "from_indicator",
            "actual_value": "outcome_2021_value",
            "actual_text": "outcome_2021_text",
        }
    )
    actual = outcomes[outcomes["fiscal_year"] == year.starts_in]
    return (
        targets_for(year)
        .merge(
            own[["indicator_id", "unit", "direction", "target_kind", "final_target_value"]],
            on="indicator_id",
            how="left",
            validate="one_to_one",
        )
        .merge(
            load_table("crosswalk")
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
            outcome_2021[["from_indicator", "outcome_2021_value", "outcome_2021_text"]],
            on="from_indicator",
            how="left",
            validate="many_to_one",
        )
        .merge(actual[["indicator_id", "actual_value"]], on="indicator_id", how="left", validate="one_to_one")
    )


def _gaps(rows: pd.DataFrame) -> pd.Series[float]:
    lacking = rows["target_value"] - rows["outcome_2021_value"]
    return lacking.where(rows["direction"] != "lower", -lacking)


def _shares(rows: pd.DataFrame) -> pd.Series[float]:
    outcome, target = rows["outcome_2021_value"], rows["target_value"]
    higher = (100 * outcome / target.where(target > 0)).where(outcome >= 0)
    lower = 100 * target.where(target > 0) / outcome.where(outcome > 0)
    return higher.where(rows["direction"] != "lower", lower)
