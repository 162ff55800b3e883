"""The newest value of each indicator of the newest plan that any document gives."""

from __future__ import annotations

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.revisions import in_force

__all__ = ["ORIGINS", "VALUE_STATUSES", "known_values", "newest_values"]

#: Where a newest value comes from.
ORIGINS = ("outcome_2021", "outcome_before", "baseline", "actual")
#: How settled a value is; of two values of one year the later of these wins.
VALUE_STATUSES = ("provisional", "final")
_COLUMNS = ["indicator_id", "value", "text", "year", "origin", "source", "source_line", "status"]
_DECIDING = ["_order", "_entry"]


def newest_values(fiscal_year: int | FiscalYear | None = None, tables: Tables | None = None) -> pd.DataFrame:
    """The newest value of each indicator of the newest plan known by the end of a year, by default by now.

    One row per indicator for which any value is known, in the plan's order. Columns: indicator_id; value in
    the indicator's unit, NaN where it is said in words; text as published; year that the value is of, NA
    where its document names none; origin, source, source_line; status, provisional or final. origin is

    - outcome_2021: the outcome of the predecessor in the area's year of outcomes, where the crosswalk says
      that both can be compared
    - outcome_before: the same of another year of the plan before
    - baseline: the baseline that the plan itself gives
    - actual: an outcome of the indicator itself, in a year of the plan

    The later year wins; in one year the final value, then the later entry. A baseline without a year counts
    as of the last year before the plan, an outcome without one as of the year that it was reported for. An
    indicator with a unit is known only by a number: neither a dash nor a word says how large it is; nor
    is one in words known by 未集計, for which the tables have no year.
    """
    known = known_values(in_force(fiscal_year, tables))
    if fiscal_year is not None:
        known = known[known["_order"] <= FiscalYear.parse(fiscal_year).starts_in]
    return _newest_of(known)[_COLUMNS].reset_index(drop=True)


def known_values(tables: Tables | None = None) -> pd.DataFrame:
    """Every value that is known of the newest plan's indicators.

    The columns of `newest_values`, and two that decide which value is newer: `_order`, the year that it
    counts as of, and `_entry`, the later the greater: lists of the plan before, the plan, its own lists.
    """
    tables = in_force(tables=tables)
    indicators, outcomes = tables["indicators"], tables["outcomes"]
    own = indicators[indicators["plan"] == tables.area.plan.first_year].reset_index(drop=True)
    pairs = _comparable(tables)
    named = outcomes.rename(
        columns={"actual_value": "value", "actual_text": "text", "observed_year": "year"}
    ).assign(status=outcomes["is_provisional"].map({True: "provisional", False: "final"}))
    # Without a year an outcome is a word such as 未集計, which says nothing, or of the year reported on.
    named = named[named["value"].notna() | named["year"].notna()]
    named = named.assign(_order=named["year"].fillna(named["fiscal_year"]), _entry=named["fiscal_year"])
    before = named.merge(
        pairs[["from_indicator", "to_indicator"]], left_on="indicator_id", right_on="from_indicator"
    )
    is_compared = before["fiscal_year"] == tables.area.outcome_year
    baselines = own.rename(
        columns={"baseline_value": "value", "baseline_text": "text", "baseline_year": "year"}
    ).assign(status="final", _order=lambda rows: rows["year"].fillna(tables.area.plan.first_year - 1))
    baselines["_entry"] = tables.area.plan.first_year - 0.5
    known = pd.concat(
        [
            before.assign(
                indicator_id=before["to_indicator"],
                origin=is_compared.map({True: "outcome_2021", False: "outcome_before"}),
            ),
            baselines.assign(origin="baseline"),
            named[named["indicator_id"].isin(own["indicator_id"])].assign(origin="actual"),
        ],
        ignore_index=True,
    )[[*_COLUMNS, *_DECIDING]]
    places = own[["indicator_id", "unit"]].assign(_place=range(len(own)))
    known = known.merge(places, on="indicator_id", validate="many_to_one")
    is_said = known["unit"].isna() & known["text"].notna() & (known["text"] != "-")
    known = known[known["value"].notna() | is_said]
    return known.sort_values("_place", kind="stable")[[*_COLUMNS, *_DECIDING]].reset_index(drop=True)


def outcomes_before(tables: Tables | None = None) -> pd.DataFrame:
    """What the lists of the plan before report of the predecessors that can be compared, list by list.

    One row per indicator of the newest plan and fiscal year: indicator_id, fiscal_year, actual_text, note.
    """
    tables = tables or this_checkout()
    pairs = _comparable(tables).rename(columns={"to_indicator": "to", "from_indicator": "indicator_id"})
    rows = tables["outcomes"].merge(pairs[["indicator_id", "to"]], on="indicator_id")
    rows = rows.assign(indicator_id=rows["to"])
    return rows[["indicator_id", "fiscal_year", "actual_text", "note"]].reset_index(drop=True)


def _comparable(tables: Tables) -> pd.DataFrame:
    """The pairs of the crosswalk whose outcomes may be held against the newest plan's targets."""
    pairs = tables["crosswalk"]
    return pairs[pairs["is_comparable"]].dropna(subset=["from_indicator", "to_indicator"])


def _newest_of(known: pd.DataFrame) -> pd.DataFrame:
    """The one row of each indicator that wins, in the order of the indicators."""
    ranked = known.assign(_status=known["status"].map(VALUE_STATUSES.index))
    newest = ranked.sort_values(["_order", "_status", "_entry"], kind="stable").drop_duplicates(
        "indicator_id", keep="last"
    )
    return newest.sort_index()
