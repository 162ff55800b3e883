"""Ratings of reported actuals, held against the rule: what people say otherwise, and what is out of date."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.legend import UNJUDGED
from renkei.load import Tables, this_checkout
from renkei.newest import VALUE_STATUSES
from renkei.outcomes import indicators_with_projects
from renkei.rating_rule import Ratable, rating_by_rule
from renkei.revisions import in_force
from renkei.tables.reported import source_id
from renkei.typed_rows import typed_rows

__all__ = [
    "ContradictedRating",
    "contradicted_ratings",
    "in_order_of_standing",
    "outdated_ratings",
    "rating_of",
    "standing_actuals",
    "standing_ratings",
]

#: What an actual says that is not known, or of which there is none.
_NOTHING = ("集計中", "-")
_KEY = ["fiscal_year", "indicator_id"]


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


def in_order_of_standing(actuals: pd.DataFrame) -> pd.DataFrame:
    """Rows of `tables["actuals"]`, each behind those that it takes the place of.

    Provisional before final, then by the day of entry, then by their place in the year's file.
    """
    ranked = actuals.assign(_status=actuals["status"].map(VALUE_STATUSES.index))
    return ranked.sort_values(["_status", "entered_on", "source_line"], kind="stable").drop(columns="_status")


def standing_actuals(
    fiscal_year: int | FiscalYear | None = None, tables: Tables | None = None
) -> pd.DataFrame:
    """The row of each indicator and year that stands, the last `in_order_of_standing`, in the files' order.

    Of every year if none is given. The columns of `tables["actuals"]`.
    """
    actuals = (tables or this_checkout())["actuals"]
    if fiscal_year is not None:
        actuals = actuals[actuals["fiscal_year"] == FiscalYear.parse(fiscal_year).starts_in]
    return in_order_of_standing(actuals).drop_duplicates(_KEY, keep="last").sort_index()


def standing_ratings(
    fiscal_year: int | FiscalYear | None = None, tables: Tables | None = None
) -> pd.DataFrame:
    """What stands of each indicator and year that offices reported of, with the rating by rule.

    The columns of `tables["actuals"]`, those of the indicator, project_name, is_provisional, source (the
    year's file) and rating_by_rule, missing where only a person can judge. In the order of the files. Each
    year goes by the version of the plan in force for it; what the plan does not have then is left out.
    """
    tables = tables or this_checkout()
    rows = _with_indicators(standing_actuals(fiscal_year, tables), tables)
    by_rule = [
        rating_of(of, said.actual_value, said.actual_text, said.status, FiscalYear(said.fiscal_year))
        for of, said in zip(typed_rows(rows, Ratable), typed_rows(rows, _Judged), strict=True)
    ]
    return rows.assign(
        is_provisional=rows["status"] == VALUE_STATUSES[0],
        source=rows["fiscal_year"].map(source_id).astype("str"),
        rating_by_rule=pd.Series(by_rule, index=rows.index, dtype="str"),
    )


def _with_indicators(standing: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The rows with their indicators, each as it is in force for the row's year."""
    years = [int(year) for year in standing["fiscal_year"].unique()]
    joined = [
        standing[standing["fiscal_year"] == year].merge(
            indicators_with_projects(in_force(year, tables)).drop(columns=["source", "source_line"]),
            on="indicator_id",
            validate="one_to_one",
        )
        for year in years
    ]
    if joined:
        return pd.concat(joined, ignore_index=True)
    return standing.merge(
        indicators_with_projects(tables).drop(columns=["source", "source_line"]), on="indicator_id"
    )


def contradicted_ratings(
    fiscal_year: int | FiscalYear | None = None, tables: Tables | None = None
) -> pd.DataFrame:
    """The ratings that a person gave and the rule would give otherwise; the columns of `standing_ratings`.

    Of every year if none is given. Where only a person can judge, nothing contradicts; the person's rating
    counts in any case.
    """
    rows = standing_ratings(fiscal_year, tables)
    differs = rows["rating_by_rule"].notna() & (rows["rating_by_rule"] != rows["rating"])
    return rows[(rows["rated_by"] == "person") & differs].reset_index(drop=True)


def outdated_ratings(tables: Tables | None = None) -> pd.DataFrame:
    """The standing ratings by rule that the rule does not give any more, since the plan was revised.

    The columns of `standing_ratings`; rating_by_rule is missing where the target is words now, and a person
    must judge.
    """
    rows = standing_ratings(None, tables)
    differs = rows["rating_by_rule"].isna() | (rows["rating_by_rule"] != rows["rating"])
    return rows[(rows["rated_by"] == "rule") & differs].reset_index(drop=True)
