"""Where the documents contradict themselves, as far as it can be computed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.legend import MET
from renkei.load import Tables, this_checkout
from renkei.outcomes import outcomes_of
from renkei.typed_rows import typed_rows

#: The kinds, in the order in which they are told.
CONTRADICTIONS = ("counted", "rated_before_due", "met_without_number")


@dataclass(frozen=True)
class Contradiction:
    """One row of `contradictions`."""

    contradiction: str
    indicator_id: str
    name: str
    project_no: int | None
    target_text: str
    actual_text: str
    rating: str
    source_line: int


def contradictions(tables: Tables | None = None) -> pd.DataFrame:
    """One row per contradiction: its kind, then the columns of the indicator and its outcome.

    Of the outcomes that the newest plan's targets are held against:

    - counted: the achievement rate's own indicator is rated, but left out of the document's own count
    - rated_before_due: judged although the year of the target has not come
    - met_without_number: judged as met against a number, though the actual is said in words

    An outcome of 0 that is rated △ here and × there is none: the legend has △ for what is not expected to be
    achieved and × for what was not. What people noticed besides stands in doubts.csv. Raises ParameterError
    where the tables have no outcomes of that year.
    """
    tables = tables or this_checkout()
    year = tables.area.outcome_year
    outcomes = outcomes_of(year, tables)
    judged = outcomes[outcomes["rating"] != "-"]
    found = {
        "counted": judged[judged["name"] == tables.area.rate_indicator],
        "rated_before_due": judged[
            judged["target_kind"].isin(["by_year", "milestone", "increase", "cumulative"])
            & (judged["target_last_year"] > year)
        ],
        "met_without_number": judged[
            judged["rating"].isin(MET) & judged["target_value"].notna() & judged["actual_value"].isna()
        ],
    }
    return pd.concat([rows.assign(contradiction=kind) for kind, rows in found.items()], ignore_index=True)


def contradictions_of(found: pd.DataFrame, kind: str) -> list[Contradiction]:
    """The rows of one kind as values."""
    return typed_rows(found[found["contradiction"] == kind], Contradiction)
