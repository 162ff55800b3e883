"""What to act on first in a year: an order of kinds, each with the rows of the comparison behind it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei import verdicts
from renkei.targets import COMPUTED_BASES

#: The kinds, most urgent first.
PRIORITIES = ("due_open", "past_unknown", "furthest", "fell", "unknown")


@dataclass(frozen=True)
class Priority:
    """A kind of PRIORITIES and its rows of `compare_in_detail`, of which there is one at the least."""

    kind: str
    rows: pd.DataFrame


def priorities(compared: pd.DataFrame, at_most: int = 3) -> list[Priority]:
    """What to act on first, the most urgent kinds that have any rows; `compared` is `compare_in_detail`'s.

    - due_open: due in the year and not known to be met
    - past_unknown: due before the year, and no value of its last year is known
    - furthest: the plan's own target that is missed by most, if not among the ones above
    - fell: met by the earlier outcome, missed by the newest value
    - unknown: a number is asked of the year, and none is known
    """
    due, carried = verdicts.due(compared), verdicts.carried(compared)
    of_plan = compared[~compared["basis"].isin(COMPUTED_BASES)]
    knows_end = (carried["newest_year"] >= carried["target_last_year"]).fillna(False).astype(bool)
    turned = verdicts.turned(compared)
    missed = verdicts.missed(of_plan[of_plan["basis"] != "due"])
    found = {
        "due_open": due[due["newest_status"] != "met"],
        "past_unknown": carried[~knows_end],
        "furthest": missed[missed["newest_share"].notna()].head(1),
        "fell": turned[turned["newest_status"] == "not_met"],
        "unknown": of_plan[of_plan["newest_status"] == "no_outcome"],
    }
    told = [Priority(kind, found[kind]) for kind in PRIORITIES if len(found[kind])]
    return told[:at_most]
