"""Which indicator of the 2019 plan goes on as which indicator of the 2024 plan, as people judged it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from renkei.errors import ParameterError
from renkei.load import load_table
from renkei.outcomes import indicators_with_projects
from renkei.records import records
from renkei.targets import PLAN

FROM_PLAN, TO_PLAN = 2019, PLAN


def crosswalk_problems() -> Iterator[str]:
    """What is wrong with the crosswalk: an indicator left out or met twice, or an unlike pair.

    Every indicator of both plans must stand in it once; relation, pair and comparability must
    fit together; and a comparable pair must have the same unit.
    """
    pairs, indicators = load_table("crosswalk"), load_table("indicators")
    path = "data/curated/crosswalk.csv"
    for column, plan in (("from_indicator", FROM_PLAN), ("to_indicator", TO_PLAN)):
        times = pairs[column].value_counts()
        for indicator_id in indicators.loc[indicators["plan"] == plan, "indicator_id"]:
            found = int(times.get(indicator_id, 0))
            if found != 1:
                yield f"{path}: {indicator_id} was expected once in {column}, found {found} times"
    units = indicators.set_index("indicator_id")["unit"].fillna("")
    for position, pair in enumerate(records(pairs), start=2):
        has_both = pd.notna(pair.from_indicator) and pd.notna(pair.to_indicator)
        is_one_sided = {"ended": pd.isna(pair.to_indicator), "new": pd.isna(pair.from_indicator)}
        if not is_one_sided.get(str(pair.relation), has_both):
            yield f"{path}:{position}: {pair.relation} does not fit which of the two indicators is given"
        if pair.is_comparable and not (has_both and pair.relation in ("same", "redefined")):
            yield f"{path}:{position}: {pair.relation} was expected not to be comparable"
        if pair.is_comparable and has_both:
            old, new = units.get(pair.from_indicator, ""), units.get(pair.to_indicator, "")
            if old != new:
                yield f"{path}:{position}: a comparable pair needs one unit, found “{old}” and “{new}”"


def proposals(from_plan: int, to_plan: int) -> pd.DataFrame:
    """For each indicator of a plan the likeliest successor in another, by likeness of text.

    Columns: from_indicator, to_indicator, likeness (0 to 100), from_text, to_text, best first.
    A proposal for people to decide on: alike names can hide unlike measures. Raises
    ParameterError for a plan that is not in the tables.
    """
    from rapidfuzz import fuzz, process

    old, new = _texts(from_plan), _texts(to_plan)
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


def _texts(plan: int) -> pd.Series[str]:
    """Project and indicator name of each indicator of a plan, by its id."""
    indicators = indicators_with_projects()
    plans = sorted(set(indicators["plan"]))
    if plan not in plans:
        raise ParameterError(f"the plans {', '.join(map(str, plans))} can be compared, found {plan}")
    indicators = indicators[indicators["plan"] == plan].set_index("indicator_id")
    return (indicators["project_name"].fillna("基本KPI") + " " + indicators["name"]).rename("text")
