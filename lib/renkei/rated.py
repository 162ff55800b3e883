"""Ratings of reported actuals, held against the rule: what people say otherwise, and what is out of date."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.legend import UNJUDGED
from renkei.load import Tables, this_checkout
from renkei.newest import VALUE_STATUSES
from renkei.rating_rule import Ratable, rating_by_rule
from renkei.typed_rows import typed_rows

__all__ = ["outdated_ratings", "rating_contradictions", "rating_of", "standing_ratings"]

#: What an actual says that is not known, or of which there is none.
_NOTHING = ("集計中", "-")
_COLUMNS = [
    "fiscal_year",
    "indicator_id",
    "source_line",
    "actual_text",
    "status",
    "rating",
    "rated_by",
    "rule",
]


@dataclass(frozen=True)
class _Judged:
    fiscal_year: int
    actual_text: str
    actual_value: float | None
    status: str


def rating_of(
    of: Ratable, value: float | None, text: str, status: str, fiscal_year: FiscalYear
) -> str | None:
    """The rating by rule of what an office reported; None where a person must judge words.

    As `rating_by_rule`, but that - follows also of words where nothing is known yet, or there is none.
    """
    by_rule = rating_by_rule(of, value, status, fiscal_year)
    return UNJUDGED[0] if by_rule is None and value is None and text in _NOTHING else by_rule


def standing_ratings(tables: Tables | None = None) -> pd.DataFrame:
    """What stands of each indicator and year that offices reported of, with the rating that the rule gives.

    Columns: fiscal_year, indicator_id, source_line of the row in its year's file, actual_text, status,
    rating, rated_by, and rule, missing where only a person can judge. Final before provisional, then the
    later entry stands; in the order of the files.
    """
    tables = tables or this_checkout()
    actuals = tables["actuals"]
    ranked = actuals.assign(_status=actuals["status"].map(VALUE_STATUSES.index))
    ranked = ranked.sort_values(["_status", "entered_on", "source_line"], kind="stable")
    standing = ranked.drop_duplicates(["fiscal_year", "indicator_id"], keep="last").sort_index()
    rows = standing.merge(tables["indicators"], on="indicator_id", suffixes=("", "_of_plan"))
    rule = [
        rating_of(of, said.actual_value, said.actual_text, said.status, FiscalYear(said.fiscal_year))
        for of, said in zip(typed_rows(rows, Ratable), typed_rows(rows, _Judged), strict=True)
    ]
    return rows.assign(rule=pd.Series(rule, index=rows.index, dtype="str"))[_COLUMNS]


def rating_contradictions(
    fiscal_year: int | FiscalYear | None = None, tables: Tables | None = None
) -> pd.DataFrame:
    """Where the rating that a person gave is not the one that follows from value and target.

    Columns: fiscal_year, indicator_id, actual_text, rating, rule. Of every year if none is given. Where
    only a person can judge, nothing contradicts.
    """
    rows = standing_ratings(tables)
    if fiscal_year is not None:
        rows = rows[rows["fiscal_year"] == FiscalYear.parse(fiscal_year).starts_in]
    found = rows[(rows["rated_by"] == "person") & rows["rule"].notna() & (rows["rule"] != rows["rating"])]
    return found[["fiscal_year", "indicator_id", "actual_text", "rating", "rule"]].reset_index(drop=True)


def outdated_ratings(tables: Tables | None = None) -> pd.DataFrame:
    """The standing ratings by rule that the rule does not give any more, since the plan was revised.

    The columns of `standing_ratings`; rule is missing where the target is words now, and a person must judge.
    """
    rows = standing_ratings(tables)
    found = rows[(rows["rated_by"] == "rule") & (rows["rule"].isna() | (rows["rule"] != rows["rating"]))]
    return found.reset_index(drop=True)
