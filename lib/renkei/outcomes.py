"""What became of the indicators in a fiscal year, with all that a reader needs beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.errors import ParameterError
from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout

#: From this share of its target on, in %, an outcome is named as far above it.
FAR_ABOVE = 200


@dataclass(frozen=True)
class Outcome:
    """One row of `outcomes_of`, as far as reports say it."""

    indicator_id: str
    project_no: int | None
    project_name: str | None
    kind: str
    pillar: int
    name: str
    unit: str | None
    baseline_text: str
    baseline_value: float | None
    baseline_year: int | None
    target_text: str
    target_value: float | None
    target_last_year: int
    actual_text: str
    actual_value: float | None
    observed_year: int | None
    rating: str
    note: str
    share_of_target: float | None
    source_line: int


@dataclass(frozen=True)
class Measured(Outcome):
    """A row whose actual has a share of the target."""

    share_of_target: float


def years_with_outcomes(tables: Tables | None = None) -> list[FiscalYear]:
    """The fiscal years whose outcomes are in the tables, first to last."""
    outcomes = (tables or this_checkout())["outcomes"]
    return [FiscalYear(int(year)) for year in sorted(outcomes["fiscal_year"].unique())]


def outcomes_of(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """One row per indicator with an outcome in that year, KPIs first, then by project.

    The columns of indicators and outcomes, project_name, section, and share_of_target
    (see `share_of_target`). Raises ParameterError for a year without outcomes.
    """
    tables = tables or this_checkout()
    year = FiscalYear.parse(fiscal_year)
    years = years_with_outcomes(tables)
    if year not in years:
        raise ParameterError(
            f"outcomes of {', '.join(map(str, years)) or 'no year yet'} can be asked for, not those of {year}"
        )
    outcomes = tables["outcomes"]
    outcomes = outcomes[outcomes["fiscal_year"] == year.starts_in]
    joined = outcomes.drop(columns=["source", "source_line"]).merge(
        indicators_with_projects(tables), on="indicator_id", how="left", validate="one_to_one"
    )
    joined["share_of_target"] = share_of_target(
        joined["actual_value"], joined["target_value"], joined["direction"]
    )
    return joined


def indicators_with_projects(tables: Tables | None = None) -> pd.DataFrame:
    """Every indicator of every plan with the name and section of its project (missing for a KPI)."""
    tables = tables or this_checkout()
    projects = tables["projects"][["plan", "project_no", "name", "section"]]
    return tables["indicators"].merge(
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


def kpis_in(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows of KPIs."""
    return outcomes[outcomes["kind"] == "kpi"]


def of_projects(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows of projects' own indicators."""
    return outcomes[outcomes["kind"] == "project"]


def measured(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The projects' rows with a share of their target, lowest share first."""
    rows = of_projects(outcomes)
    return rows[rows["share_of_target"].notna()].sort_values("share_of_target", kind="stable")


def below_target(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows of `measured` whose share is below 100 %."""
    rows = measured(outcomes)
    return rows[rows["share_of_target"] < 100]


def far_above_target(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows, KPIs included, whose share is at least FAR_ABOVE %."""
    return outcomes[outcomes["share_of_target"] >= FAR_ABOVE]


def observed_before(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows whose actual is of an earlier year than the one that is reported."""
    return outcomes[(outcomes["observed_year"] < outcomes["fiscal_year"]).fillna(False).astype(bool)]


def mentioning_covid(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows whose note mentions COVID-19."""
    return outcomes[outcomes["mentions_covid"]]


def without_share(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The projects' rows without a share of their target."""
    rows = of_projects(outcomes)
    return rows[rows["share_of_target"].isna()]


def at_zero(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The projects' rows whose share is 0 %."""
    rows = measured(outcomes)
    return rows[rows["share_of_target"] == 0]


def projects_in(outcomes: pd.DataFrame) -> int:
    """To how many projects the rows belong."""
    return int(outcomes["project_no"].nunique())


def observed(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows with an actual, whatever year it is of."""
    return outcomes[outcomes["observed_year"].notna()]
