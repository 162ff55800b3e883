"""Where the documents contradict themselves or each other, as far as it can be computed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.legend import NOT_MET
from renkei.load import Tables, this_checkout
from renkei.outcomes import indicators_with_projects, outcomes_of
from renkei.targets import indicators_of
from renkei.typed_rows import typed_rows

#: The kinds, in the order in which they are told.
CONTRADICTIONS = ("counted", "rated_before_due", "rated_unlike", "rated_without_number", "below_baseline")


@dataclass(frozen=True)
class Contradiction:
    """One row of `contradictions`; rating and actual are None where no outcome is concerned."""

    contradiction: str
    indicator_id: str
    name: str
    project_no: int | None
    baseline_text: str
    target_text: str
    actual_text: str | None
    rating: str | None
    source_line: int


def contradictions(tables: Tables | None = None) -> pd.DataFrame:
    """One row per contradiction: its kind, then the columns of the indicator and its outcome if concerned.

    Of the outcomes that the newest plan's targets are held against, and of these targets:

    - counted: the document's own count of judged indicators leaves out the achievement rate's own
    - rated_before_due: judged although the year of the target has not come
    - rated_unlike: an outcome of 0 is rated × here and △ there
    - rated_without_number: judged against a number, though the actual is said in words
    - below_baseline: the new target asks less than its own baseline

    What people noticed besides stands in doubts.csv. Raises ParameterError where the tables have no outcomes
    of that year.
    """
    tables = tables or this_checkout()
    year = tables.area.outcome_year
    outcomes = outcomes_of(year, tables)
    judged = outcomes[outcomes["rating"] != "-"]
    zero = judged[(judged["actual_value"] == 0) & judged["rating"].isin(NOT_MET)]
    is_rated_unlike = set(zero["rating"]) == set(NOT_MET)
    indicators = indicators_with_projects(tables)
    new = indicators[indicators["indicator_id"].isin(indicators_of(tables)["indicator_id"])]
    better = new["direction"].map({"higher": 1.0, "lower": -1.0})
    found = {
        "counted": judged[judged["name"] == tables.area.rate_indicator],
        "rated_before_due": judged[
            judged["target_kind"].isin(["by_year", "milestone", "increase", "cumulative"])
            & (judged["target_last_year"] > year)
        ],
        "rated_unlike": zero.sort_values("rating", kind="stable") if is_rated_unlike else zero.head(0),
        "rated_without_number": judged[judged["target_value"].notna() & judged["actual_value"].isna()],
        "below_baseline": new[better * (new["target_value"] - new["baseline_value"]) < 0],
    }
    return pd.concat([rows.assign(contradiction=kind) for kind, rows in found.items()], ignore_index=True)


def contradictions_of(found: pd.DataFrame, kind: str) -> list[Contradiction]:
    """The rows of one kind as values."""
    return typed_rows(found[found["contradiction"] == kind], Contradiction)
