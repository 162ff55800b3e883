"""Which indicator of one plan goes on as which indicator of the next, as people judged it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from renkei.errors import ParameterError
from renkei.load import Tables, this_checkout
from renkei.outcomes import indicators_with_projects
from renkei.typed_rows import typed_rows


@dataclass(frozen=True)
class Pair:
    """One row of the crosswalk."""

    from_indicator: str | None
    to_indicator: str | None
    relation: str
    is_comparable: bool


def crosswalk_problems(tables: Tables | None = None) -> Iterator[str]:
    """What is wrong with the crosswalk: an indicator left out or met twice, or an unlike pair.

    Every indicator of the last two plans must stand in it once; one that a revision added is new unless it
    says otherwise. Relation, pair and comparability must fit together, and a comparable pair must have the
    same unit. An area's first plan needs no crosswalk.
    """
    tables = tables or this_checkout()
    pairs, indicators, revisions = tables["crosswalk"], tables["indicators"], tables["revisions"]
    added = set(revisions.loc[revisions["field"] == "added", "concerns"])
    path = "data/curated/crosswalk.csv"
    before, newest = tables.area.plan_before, tables.area.plan
    sides = [("from_indicator", before.first_year), ("to_indicator", newest.first_year)] if before else []
    for column, plan in sides:
        times = pairs[column].value_counts()
        for indicator_id in indicators.loc[indicators["plan"] == plan, "indicator_id"]:
            found = int(times.get(indicator_id, 0))
            if found != 1 and not (found == 0 and indicator_id in added):
                yield f"{path}: {indicator_id} was expected once in {column}, found {found} times"
    units = indicators.set_index("indicator_id")["unit"].fillna("")
    for position, pair in enumerate(typed_rows(pairs, Pair), start=2):
        has_both = pair.from_indicator is not None and pair.to_indicator is not None
        is_one_sided = {"ended": pair.to_indicator is None, "new": pair.from_indicator is None}
        if not is_one_sided.get(pair.relation, has_both):
            yield f"{path}:{position}: {pair.relation} does not fit which of the two indicators is given"
        if pair.is_comparable and not (has_both and pair.relation in ("same", "redefined")):
            yield f"{path}:{position}: {pair.relation} was expected not to be comparable"
        if pair.is_comparable and has_both:
            old, new = units.get(pair.from_indicator, ""), units.get(pair.to_indicator, "")
            if old != new:
                yield f"{path}:{position}: a comparable pair needs one unit, found “{old}” and “{new}”"


def proposals(from_plan: int, to_plan: int, tables: Tables | None = None) -> pd.DataFrame:
    """For each indicator of a plan the likeliest successor in another, by likeness of text.

    Columns: from_indicator, to_indicator, likeness (0 to 100), from_text, to_text, best first.
    A proposal for people to decide on: alike names can hide unlike measures. Raises
    ParameterError for a plan that is not in the tables.
    """
    from rapidfuzz import fuzz, process

    tables = tables or this_checkout()
    old, new = _texts(from_plan, tables), _texts(to_plan, tables)
    scores = process.cdist(old.to_list(), new.to_list(), scorer=fuzz.token_ratio)
    best = scores.argmax(axis=1)
    return pd.DataFrame(
        {
            "from_indicator": old.index,
            "to_indicator": new.index[best],
            "likeness": scores.max(axis=1).round(),
            "from_text": old.to_list(),
            "to_text": new.iloc[best].to_list(),
        }
    ).sort_values("likeness", ascending=False, kind="stable", ignore_index=True)


def _texts(plan: int, tables: Tables) -> pd.Series[str]:
    """Project and indicator name of each indicator of a plan, by its id."""
    indicators = indicators_with_projects(tables)
    plans = sorted(set(indicators["plan"]))
    if plan not in plans:
        raise ParameterError(f"the plans {', '.join(map(str, plans))} can be compared, found {plan}")
    indicators = indicators[indicators["plan"] == plan].set_index("indicator_id")
    return indicators["project_name"].fillna("基本KPI") + " " + indicators["name"]
