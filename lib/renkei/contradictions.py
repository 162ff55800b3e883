"""Where the documents contradict themselves or each other."""

from __future__ import annotations

import pandas as pd

from renkei.comparison import OUTCOME_YEAR
from renkei.load import load_table
from renkei.outcomes import outcomes_of
from renkei.ratings import NOT_MET, OWN_INDICATOR
from renkei.records import records
from renkei.targets import PLAN


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
    indicators = load_table("indicators")
    new = indicators[(indicators["plan"] == PLAN) & indicators["target_value"].notna()]
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
