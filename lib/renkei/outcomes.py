"""What became of the indicators in a fiscal year, with all that a reader needs beside it."""

from __future__ import annotations

import pandas as pd

from renkei.errors import ParameterError
from renkei.fiscal_year import FiscalYear
from renkei.load import load_table


def years_with_outcomes() -> list[FiscalYear]:
    """The fiscal years whose outcomes are in the tables, first to last."""
    return [FiscalYear(int(year)) for year in sorted(load_table("outcomes")["fiscal_year"].unique())]


def outcomes_of(fiscal_year: int | FiscalYear) -> pd.DataFrame:
    """One row per indicator with an outcome in that year, KPIs first, then by project.

    The columns of indicators and outcomes, project_name, section, and share_of_target
    (see `share_of_target`). Raises ParameterError for a year without outcomes.
    """
    year = FiscalYear.parse(fiscal_year)
    years = years_with_outcomes()
    if year not in years:
        raise ParameterError(
            f"outcomes of {', '.join(map(str, years))} can be asked for, not those of {year}"
        )
    outcomes = load_table("outcomes")
    outcomes = outcomes[outcomes["fiscal_year"] == year.starts_in]
    joined = outcomes.drop(columns=["source", "source_line"]).merge(
        indicators_with_projects(), on="indicator_id", how="left", validate="one_to_one"
    )
    joined["share_of_target"] = share_of_target(
        joined["actual_value"], joined["target_value"], joined["direction"]
    )
    return joined


def indicators_with_projects() -> pd.DataFrame:
    """Every indicator of both plans with the name and section of its project (missing for a KPI)."""
    projects = load_table("projects")[["plan", "project_no", "name", "section"]]
    return load_table("indicators").merge(
        projects.rename(columns={"name": "project_name"}),
        on=["plan", "project_no"],
        how="left",
        validate="many_to_one",
    )


def share_of_target(actual: pd.Series, target: pd.Series, direction: pd.Series) -> pd.Series:
    """`actual` as % of `target`, NaN where that says nothing.

    It says something where more is better and the target is above zero; a rate of
    change or a fall to a lower level is no share of its target.
    """
    share = 100 * actual / target.where(target > 0)
    return share.where((direction == "higher") & (actual >= 0))
