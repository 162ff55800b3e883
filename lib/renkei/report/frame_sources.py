"""Where the rows of a frame come from, read from the rows themselves."""

from __future__ import annotations

import re

import pandas as pd

from renkei.checkout import Checkout
from renkei.report.provenance import citation, is_reported
from renkei.tables.reported import known_sources

#: Columns that hold the id of an indicator, which begins with its plan.
_IDS = ("indicator_id", "from_indicator", "to_indicator")
#: Columns with values that offices may have reported; rows of targets alone have none.
_VALUES = ("newest_value", "actual_value", "after_text", "start_value")
_PLAN = re.compile(r"(\d{4})-")


def source_line(frame: pd.DataFrame) -> str:
    """The documents that the rows name as their `source`, or those of their plans; empty where none is named.

    A row without a `plan` belongs to that of its indicator's id, in a column or in the index.
    """
    known = known_sources(Checkout.current())
    if "source" in frame:
        named = list(dict.fromkeys(frame["source"].dropna()))
        others = [name for name in named if name not in known]
        return "、".join(filter(None, [citation(known[name] for name in known if name in named), *others]))
    plans = _plans(frame)
    has_values = any(column in frame for column in _VALUES)
    return citation(
        source
        for source in known.values()
        if source.plan in plans and (has_values or not is_reported(source))
    )


def _plans(frame: pd.DataFrame) -> set[int]:
    if "plan" in frame:
        return {int(plan) for plan in frame["plan"].dropna()}
    named = [frame[name] for name in _IDS if name in frame]
    named += [pd.Series(frame.index.get_level_values(name)) for name in frame.index.names if name in _IDS]
    ids = [str(value) for of in named for value in of.dropna()]
    return {int(found[1]) for value in ids if (found := _PLAN.match(value))}
