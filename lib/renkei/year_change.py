"""What a year's actuals changed: values against those known before, ratings, and values that were revised."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.comparison import Standing, compare, status_of
from renkei.fiscal_year import FiscalYear
from renkei.legend import MET, NOT_MET
from renkei.load import Tables, this_checkout
from renkei.newest import VALUE_STATUSES, newest_values
from renkei.outcomes import indicators_with_projects
from renkei.rated import in_order_of_standing
from renkei.revised_targets import revised_targets
from renkei.revisions import in_force
from renkei.tables.reported import source_id
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import typed_rows

__all__ = [
    "REVISIONS",
    "Revision",
    "YearChange",
    "came_within_reach",
    "fell_back",
    "first_known",
    "of_computed",
    "of_plan",
    "of_year",
    "rated_down",
    "rated_in_both",
    "rated_up",
    "revisions",
    "revisions_of",
    "with_revised_target",
    "year_changes",
]

#: How a reported value was revised, in the order in which it is told.
REVISIONS = ("corrected", "settled_otherwise", "updated", "settled")
#: What a provisional rating becomes where the value stays.
_SETTLED = {"○": "◎", "△": "×"}


@dataclass(frozen=True)
class YearChange:
    """One row of `year_changes`."""

    indicator_id: str
    name: str
    project_no: int | None
    kind: str
    unit: str | None
    direction: str
    basis: str
    target_text: str
    target_value: float | None
    target_before_text: str | None
    before_text: str | None
    before_year: int | None
    before_origin: str | None
    after_text: str
    after_year: int | None
    after_origin: str
    after_is_provisional: bool
    before_status: str
    after_status: str
    rating_before: str | None
    rating_after: str | None


_COLUMNS = [*YearChange.__dataclass_fields__, "source", "also_from"]


@dataclass(frozen=True)
class Revision:
    """One row of `revisions`."""

    revision: str
    fiscal_year: int
    indicator_id: str
    name: str
    project_no: int | None
    unit: str | None
    before_text: str
    before_status: str
    before_rating: str
    before_entered_on: str
    after_text: str
    after_status: str
    after_rating: str
    after_entered_on: str


@dataclass(frozen=True)
class _Entry:
    text: str
    value: float | None
    status: str
    rating: str


def year_changes(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """What is known of each indicator at the end of a year beside what was known a year before.

    One row per indicator of the newest plan, as it is in force for the year, of which a value of its own is
    known by the end of the year, in the plan's order: indicator_id, name, project_no, kind, unit, direction,
    target_text; target_value and basis, what is asked of that year (see `renkei.targets`);
    target_before_text, the target of the version in force for the year before, missing where it is the same
    and where that version does not have the indicator; before_text, before_year and before_origin of
    the newest value known a year before, missing where none was (see `renkei.newest`); after_text,
    after_year, after_origin and after_is_provisional of the newest one now; before_status and after_status,
    how each stands to the target of this one year (see `renkei.comparison.status_of`), so that a target that
    rises or is revised makes nobody fall back; rating_before and rating_after, the ratings of both years,
    each by the target of its own year; source, that of the newest value now, and also_from, that of the one
    before, and the documents that say a target that was revised. A year that is not the plan's has no rows.
    """
    tables = tables or this_checkout()
    year = FiscalYear.parse(fiscal_year)
    if year not in tables.area.plan.fiscal_years:
        return pd.DataFrame(columns=_COLUMNS)
    revised = revised_targets(year, tables)
    tables = in_force(year, tables)
    indicators = indicators_with_projects(tables).set_index("indicator_id")
    before = newest_values(year.starts_in - 1, tables).set_index("indicator_id")
    after = newest_values(year, tables).set_index("indicator_id")
    after = after[after["origin"] == "actual"]
    before, of = before.reindex(after.index), indicators.loc[after.index]
    asked = compare(year, tables).set_index("indicator_id").loc[after.index]
    rows = of[["name", "project_no", "kind", "unit", "direction", "target_text"]].assign(
        basis=asked["basis"],
        target_value=asked["target_value"],
        target_before_text=revised["target_before_text"].reindex(after.index),
        before_text=before["text"],
        before_year=before["year"],
        before_origin=before["origin"],
        after_text=after["text"],
        after_year=after["year"],
        after_origin=after["origin"],
        after_is_provisional=after["status"] == VALUE_STATUSES[0],
        source=after["source"],
        also_from=_joined(before["source"], revised["said_by"].reindex(after.index)),
    )
    held = asked[["basis", "target_value"]].assign(
        direction=of["direction"], from_indicator=after.index, is_comparable=True
    )
    for name, values, number in (("before", before, year.starts_in - 1), ("after", after, year.starts_in)):
        standings = typed_rows(held.assign(value=values["value"]), Standing)
        rows[f"{name}_status"] = pd.Series(map(status_of, standings), index=rows.index, dtype="str")
        rows[f"rating_{name}"] = _ratings(number, tables).reindex(rows.index)
    return rows.reset_index()[_COLUMNS]


def revisions(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """How the reported values of a year and of the year before were revised, each step, in the plan's order.

    One row for each row of `tables["actuals"]` that took the place of another one of its indicator and year:
    revision, one of REVISIONS; fiscal_year, that of the value; indicator_id, name, project_no, unit; text,
    status, rating and entered_on of both rows (before_…, after_…); source. A revision is

    - corrected: a final value or its rating is another than the final one before
    - settled_otherwise: the final value or its rating is another than the provisional one
    - updated: a provisional value or its rating is another than the provisional one before
    - settled: the provisional value became final as it was, ○ becoming ◎ and △ ×

    A row that says the same once more is none. What came too late to stand counts for nothing, nor does what
    was reported of an indicator for a year in which the plan does not have it. Names are those of this year.
    """
    tables = tables or this_checkout()
    year = FiscalYear.parse(fiscal_year).starts_in
    of_years = {of: indicators_with_projects(in_force(of, tables)) for of in (year, year - 1)}
    actuals = tables["actuals"]
    steps = in_order_of_standing(
        pd.concat(
            actuals[(actuals["fiscal_year"] == of) & actuals["indicator_id"].isin(asked["indicator_id"])]
            for of, asked in sorted(of_years.items())
        )
    )
    by_indicator = steps.groupby(["fiscal_year", "indicator_id"], sort=False)
    columns = {"actual_text": "text", "actual_value": "value"} | {
        name: name for name in ("status", "rating", "entered_on")
    }
    before = by_indicator[list(columns)].shift().rename(columns=columns).add_prefix("before_")
    after = steps[list(columns)].rename(columns=columns).add_prefix("after_")
    found = pd.concat([steps[["fiscal_year", "indicator_id"]], before, after], axis=1)
    # What came in after a final value and is provisional never stood.
    found = found[found["before_entered_on"] <= found["after_entered_on"]]
    kinds = [
        _revision(*entries)
        for entries in zip(_entries(found, "before"), _entries(found, "after"), strict=True)
    ]
    found["revision"] = pd.Series(kinds, index=found.index, dtype="str")
    found["source"] = [source_id(int(of_year)) for of_year in found["fiscal_year"]]
    found = found[found["revision"].notna()]
    # What the plan has no more in this year stands last.
    indicators = pd.concat(of_years.values()).drop_duplicates("indicator_id")
    indicators = indicators[["indicator_id", "name", "project_no", "unit"]]
    return indicators.merge(found, on="indicator_id")[[*Revision.__dataclass_fields__, "source"]]


def revisions_of(found: pd.DataFrame, kind: str) -> list[Revision]:
    """The rows of `revisions` of one kind as values."""
    return typed_rows(found[found["revision"] == kind], Revision)


def first_known(changes: pd.DataFrame) -> pd.DataFrame:
    """The rows of `year_changes` of which nothing was known a year before."""
    return changes[changes["before_text"].isna()]


def of_year(changes: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """The rows whose newest value is of this very year."""
    return changes[(changes["after_year"] == fiscal_year).fillna(False).astype(bool)]


def came_within_reach(changes: pd.DataFrame) -> pd.DataFrame:
    """The rows whose value before does not meet the year's target, and whose value now does."""
    return changes[(changes["before_status"] == "not_met") & (changes["after_status"] == "met")]


def fell_back(changes: pd.DataFrame) -> pd.DataFrame:
    """The rows whose value before would meet the year's target, and whose value now does not."""
    return changes[(changes["before_status"] == "met") & (changes["after_status"] == "not_met")]


def rated_in_both(changes: pd.DataFrame) -> pd.DataFrame:
    """The rows judged in both years."""
    return changes[_was_met(changes, "before").notna() & _was_met(changes, "after").notna()]


def rated_up(changes: pd.DataFrame) -> pd.DataFrame:
    """The rows judged △ or × the year before, and ◎ or ○ in this one.

    ○ becoming ◎ says that the value is settled, and nothing of how good it is.
    """
    return changes[(_was_met(changes, "before") == 0) & (_was_met(changes, "after") == 1)]


def rated_down(changes: pd.DataFrame) -> pd.DataFrame:
    """The rows judged ◎ or ○ the year before, and △ or × in this one."""
    return changes[(_was_met(changes, "before") == 1) & (_was_met(changes, "after") == 0)]


def with_revised_target(changes: pd.DataFrame) -> pd.DataFrame:
    """The rows of which the plan in force for the year before asked something else."""
    return changes[changes["target_before_text"].notna()]


def of_plan(changes: pd.DataFrame) -> pd.DataFrame:
    """The rows with a target that the plan itself sets for the year."""
    return changes[~changes["basis"].isin(COMPUTED_BASES)]


def of_computed(changes: pd.DataFrame) -> pd.DataFrame:
    """The rows with a target for the year that this system computed."""
    return changes[changes["basis"].isin(COMPUTED_BASES)]


def _joined(sources: pd.Series[str], others: pd.Series[str]) -> pd.Series[str]:
    """The sources, and behind them the others where there are any."""
    return (sources + "、" + others).fillna(sources).fillna(others)


def _was_met(changes: pd.DataFrame, name: str) -> pd.Series[float]:
    """1 where the rating before or after says met, 0 where it says missed, else NaN."""
    met = dict.fromkeys(MET, 1.0) | dict.fromkeys(NOT_MET, 0.0)
    return changes[f"rating_{name}"].map(met).astype("float64")


def _ratings(fiscal_year: int, tables: Tables) -> pd.Series[str]:
    outcomes = tables["outcomes"]
    return outcomes[outcomes["fiscal_year"] == fiscal_year].set_index("indicator_id")["rating"]


def _entries(found: pd.DataFrame, name: str) -> list[_Entry]:
    """The rows before or after each step."""
    columns = {f"{name}_{column}": column for column in _Entry.__dataclass_fields__}
    return typed_rows(found[list(columns)].rename(columns=columns), _Entry)


def _revision(before: _Entry, after: _Entry) -> str | None:
    """The one of REVISIONS that a step is; None where it says the same once more."""
    became_final = (before.status, after.status) == VALUE_STATUSES
    is_same_value = (
        before.text == after.text
        if before.value is None or after.value is None
        else before.value == after.value
    )
    expected = _SETTLED.get(before.rating, before.rating) if became_final else before.rating
    is_same = is_same_value and after.rating in (before.rating, expected)
    if became_final:
        return "settled" if is_same else "settled_otherwise"
    if is_same:
        return None
    return "corrected" if after.status == VALUE_STATUSES[1] else "updated"
