"""How the targets of the newest plan stand to those of the plan before."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.load import Tables, this_checkout
from renkei.outcomes import indicators_with_projects
from renkei.typed_rows import by_number, typed_rows

__all__ = [
    "CHANGED",
    "COUNTED_AS",
    "TARGET_CHANGES",
    "Change",
    "ChangedTarget",
    "change_counts",
    "changed_by",
    "changes_by_pillar",
    "eased",
    "target_change_of",
    "target_changes",
    "target_changes_in_detail",
]

TARGET_CHANGES = ("raised", "kept", "lowered", "softened", "hardened", "dropped", "added")
#: As what a row of `target_changes` counts: where the definition changed, more or less says little.
COUNTED_AS = ("raised", "kept", "lowered", "softened", "hardened", "redefined", "dropped", "added")
#: What can befall a target that goes on in some form, other than being kept.
CHANGED = ("raised", "lowered", "softened", "hardened", "redefined")


@dataclass(frozen=True)
class ChangedTarget:
    """What decides how a target changed: the old one, the new one, and how they correspond."""

    from_indicator: str | None
    relation: str | None
    old_target_value: float | None
    old_target_kind: str | None
    old_unit: str | None
    final_target_value: float | None
    target_kind: str
    unit: str | None
    direction: str


@dataclass(frozen=True)
class Change:
    """One row of `target_changes_in_detail`, as far as reports say it."""

    counted_as: str
    relation: str
    reason: str
    project_no: int | None
    project_name: str | None
    pillar: int
    name: str
    target_text: str
    old_target_text: str | None
    outcome_2021_text: str | None
    baseline_text: str | None


@dataclass(frozen=True)
class _Pair:
    from_indicator: str | None
    to_indicator: str | None
    relation: str
    reason: str


def target_change_of(row: ChangedTarget) -> str:
    """How the newest plan's final target stands to the one before.

    added: the indicator is new, or measures another thing or counts another way, so that its old target
    was dropped; softened: a number became words; hardened: words became a number; words stay words: kept.
    Two numbers are raised, kept or lowered where unit and way of counting agree; raised means
    that more is asked, for a falling indicator a lower number.
    """
    if row.from_indicator is None or row.relation not in ("same", "redefined"):
        return "added"
    old, new = row.old_target_value, row.final_target_value
    if old is None and new is None:
        return "kept"
    if old is None or new is None:
        return "hardened" if old is None else "softened"
    counts_alike = (row.old_target_kind == "cumulative") == (row.target_kind == "cumulative")
    if not (counts_alike and row.old_unit == row.unit):
        return "added"
    if new == old:
        return "kept"
    return "raised" if (new > old) == (row.direction != "lower") else "lowered"


def target_changes(compared: pd.DataFrame, tables: Tables | None = None) -> pd.DataFrame:
    """What became of every target of both plans: one row per row of the crosswalk.

    `compared` is what `compare` or `compare_in_detail` gives for any year.

    Columns: from_indicator, to_indicator, relation, target_change (dropped for an old target
    that ended, or whose successor measures another thing, counts another way), counted_as (one of
    COUNTED_AS: the change, but redefined for a pair whose scope or definition changed), reason. A pair
    whose old target was dropped and a new one added gives two rows, one of each.
    """
    tables = tables or this_checkout()
    change_of = dict(zip(compared["indicator_id"], compared["target_change"], strict=True))
    rows: list[tuple[str | None, str | None, str, str, str]] = []
    for pair in typed_rows(tables["crosswalk"], _Pair):
        old, new = pair.from_indicator, pair.to_indicator
        change = "dropped" if new is None else change_of[new]
        if change == "added" and old is not None:
            rows.append((old, None, pair.relation, "dropped", pair.reason))
            rows.append((None, new, pair.relation, "added", pair.reason))
        else:
            rows.append((old, new, pair.relation, change, pair.reason))
    changes = pd.DataFrame(
        rows, columns=["from_indicator", "to_indicator", "relation", "target_change", "reason"]
    )
    goes_on = ~changes["target_change"].isin(["dropped", "added"])
    return changes.assign(
        counted_as=changes["target_change"].mask(goes_on & (changes["relation"] == "redefined"), "redefined")
    )


def target_changes_in_detail(compared: pd.DataFrame, tables: Tables | None = None) -> pd.DataFrame:
    """`target_changes` with the indicator that a row speaks of: the new one, or the old where it ended.

    Adds indicator_id and that indicator's columns, old_target_text, outcome_2021_text.
    """
    tables = tables or this_checkout()
    changes = target_changes(compared, tables)
    changes["indicator_id"] = changes["to_indicator"].fillna(changes["from_indicator"])
    indicators = indicators_with_projects(tables)
    old_texts = indicators[["indicator_id", "target_text"]].set_axis(
        ["from_indicator", "old_target_text"], axis=1
    )
    outcomes = compared[["indicator_id", "outcome_2021_text"]]
    return (
        changes.merge(indicators, on="indicator_id", how="left", validate="one_to_one")
        .merge(old_texts, on="from_indicator", how="left")
        .merge(outcomes, on="indicator_id", how="left")
    )


def change_counts(changes: pd.DataFrame) -> dict[str, int]:
    """How many targets count as each of COUNTED_AS; 0 where none does."""
    return {change: int((changes["counted_as"] == change).sum()) for change in COUNTED_AS}


def eased(counts: dict[str, int]) -> int:
    """How many targets ask less than before, as a number or in words."""
    return counts["lowered"] + counts["softened"]


def changed_by(changes: pd.DataFrame, change: str) -> pd.DataFrame:
    """The rows that count as one kind of change."""
    return changes[changes["counted_as"] == change]


def changes_by_pillar(changes: pd.DataFrame) -> dict[int, dict[str, int]]:
    """The counts of each pillar, in the order of the pillars; `changes` is `target_changes_in_detail`."""
    return {pillar: change_counts(rows) for pillar, rows in by_number(changes, "pillar")}
