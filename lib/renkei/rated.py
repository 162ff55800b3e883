"""Ratings that people gave beside those that follow from actual and target."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.newest import VALUE_STATUSES
from renkei.outcomes import indicators_with_projects
from renkei.rating_rule import Ratable, rating_by_rule
from renkei.tables.reported import source_id
from renkei.typed_rows import typed_rows

__all__ = ["ContradictedRating", "contradicted_ratings", "in_order_of_standing", "standing_actuals"]


@dataclass(frozen=True)
class ContradictedRating:
    """One row of `contradicted_ratings`, as far as reports say it."""

    indicator_id: str
    name: str
    project_no: int | None
    target_text: str
    actual_text: str
    is_provisional: bool
    rating: str
    rating_by_rule: str
    office: str
    note: str
    source_line: int


def contradicted_ratings(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """The ratings of a year that a person gave and the rule would give otherwise, in the plan's order.

    The columns of `tables["actuals"]` (the rows that stand), those of the indicator, project_name,
    is_provisional, rating_by_rule, and source, the year's file. Where only a person can judge, nothing
    contradicts; the person's rating counts in any case.
    """
    tables = tables or this_checkout()
    year = FiscalYear.parse(fiscal_year)
    rows = standing_actuals(year, tables)
    rows = rows[rows["rated_by"] == "person"]
    indicators = indicators_with_projects(tables).drop(columns=["source", "source_line"])
    found = indicators.merge(rows, on="indicator_id", validate="one_to_one")
    by_rule = [
        rating_by_rule(of, None if pd.isna(value) else value, status, year)
        for of, value, status in zip(
            typed_rows(found, Ratable), found["actual_value"], found["status"], strict=True
        )
    ]
    found = found.assign(
        is_provisional=found["status"] == VALUE_STATUSES[0],
        rating_by_rule=pd.Series(by_rule, index=found.index, dtype="str"),
        source=source_id(year.starts_in),
    )
    differs = found["rating_by_rule"].notna() & (found["rating_by_rule"] != found["rating"])
    return found[differs].reset_index(drop=True)


def standing_actuals(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """The row of each indicator in a year's file that stands: final before provisional, then the latest."""
    actuals = (tables or this_checkout())["actuals"]
    rows = actuals[actuals["fiscal_year"] == FiscalYear.parse(fiscal_year).starts_in]
    return in_order_of_standing(rows).drop_duplicates("indicator_id", keep="last").sort_index()


def in_order_of_standing(actuals: pd.DataFrame) -> pd.DataFrame:
    """Rows of a year's file, each behind those that it takes the place of."""
    ranked = actuals.assign(_status=actuals["status"].map(VALUE_STATUSES.index))
    return ranked.sort_values(["_status", "entered_on", "source_line"], kind="stable").drop(columns="_status")
