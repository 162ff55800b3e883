"""What became of the indicators in a fiscal year, with all that a reader needs beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.area import Area
from renkei.errors import ParameterError
from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.revisions import in_force, over_all_years
from renkei.tables.reported import source_id

__all__ = [
    "FAR_ABOVE",
    "MEASURES",
    "Measured",
    "Outcome",
    "at_zero",
    "below_target",
    "far_above_target",
    "indicators_with_projects",
    "is_counted",
    "kpis_in",
    "lowest_share_first",
    "measure_of",
    "measured",
    "mentioning_covid",
    "observed",
    "observed_before",
    "of_projects",
    "outcomes_of",
    "projects_in",
    "share_of_target",
    "without_share",
    "worse_than_baseline",
    "years_with_outcomes",
]

#: From this share of its target on, in %, an outcome is named as far above it.
FAR_ABOVE = 200

#: What decides whether a target is met: whether something is done at all, or how much of it there is.
MEASURES = ("deed", "amount")
#: Targets that are words and no number: a state to keep, or a thing to be done by a year.
_WORDS = ("state", "milestone")
#: In what events are counted; a target of one asks that it is held at all.
_EVENT = "回"
#: How the documents say that a value does not count as an outcome.
_FOR_REFERENCE = "参考記載"


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
    is_provisional: bool
    is_by_office: bool
    is_rated_by_person: bool
    share_of_target: float | None
    measure: str
    is_for_reference: bool
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

    The columns of indicators and outcomes (source and source_line of the outcome), project_name, section,
    share_of_target (see `share_of_target`), measure (see `measure_of`), is_for_reference, where the note
    says that the value is given for reference only, is_by_office, where no list but an office reported it,
    is_rated_by_person, where a person there gave the rating, counted_in_plan, how many indicators the plan in
    force for the year has that the achievement rate counts (see `is_counted`), and also_from, the documents
    whose text was taken where documents disagreed. Raises ParameterError for a year without outcomes.
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
    # Several lists report on one indicator: a year's row comes from that year's list.
    in_year = in_force(year, tables)
    indicators = indicators_with_projects(in_year).drop(columns=["source", "source_line"])
    # What is reported of an indicator that was ended before the year has no target to be held against.
    ended = set(tables["indicators"]["indicator_id"]) - set(indicators["indicator_id"])
    outcomes = outcomes[~outcomes["indicator_id"].isin(ended)]
    joined = outcomes.merge(indicators, on="indicator_id", how="left", validate="one_to_one")
    joined["share_of_target"] = share_of_target(
        joined["actual_value"], joined["target_value"], joined["direction"]
    )
    joined["measure"] = measure_of(joined)
    joined["also_from"] = _also_from(joined["indicator_id"], tables["conflicts"])
    joined["is_by_office"] = joined["source"] == source_id(year.starts_in)
    joined["is_rated_by_person"] = joined["is_by_office"] & joined["source_line"].isin(
        _lines_rated_by_person(year, tables)
    )
    of_plans = indicators[indicators["plan"].isin(joined["plan"])]
    joined["counted_in_plan"] = int(is_counted(of_plans, tables.area).sum())
    joined["is_for_reference"] = joined["note"].str.contains(_FOR_REFERENCE, regex=False)
    return joined


def is_counted(indicators: pd.DataFrame, area: Area) -> pd.Series[bool]:
    """Which indicators the achievement rate counts: those of projects, but for the one that is the rate."""
    return (indicators["kind"] == "project") & (indicators["name"] != area.rate_indicator)


def _lines_rated_by_person(year: FiscalYear, tables: Tables) -> pd.Series[int]:
    """The lines of the year's file of offices in which a person gave the rating."""
    actuals = tables["actuals"]
    is_by_person = (actuals["fiscal_year"] == year.starts_in) & (actuals["rated_by"] == "person")
    return actuals.loc[is_by_person, "source_line"]


def _also_from(indicator_ids: pd.Series, conflicts: pd.DataFrame) -> pd.Series[str]:
    """The documents whose text was taken where documents disagreed about an indicator or its project."""
    taken = conflicts[conflicts["field"] != "listed"]
    found = {}
    for of in indicator_ids:
        wins = taken.loc[taken["concerns"].isin([of, of.rpartition("-")[0]]), "wins"]
        found[of] = "、".join(sorted(set(wins))) or None
    return indicator_ids.map(found).astype("str")


def indicators_with_projects(tables: Tables | None = None) -> pd.DataFrame:
    """Every indicator of every plan with the name and section of its project (missing for a KPI).

    Of the newest plan they are those of any version, each as it stood last, unless the tables show one.
    """
    tables = tables or this_checkout()
    projects = over_all_years("projects", tables)[["plan", "project_no", "name", "section"]]
    return over_all_years("indicators", tables).merge(
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


def measure_of(indicators: pd.DataFrame) -> pd.Series[str]:
    """What decides whether each indicator's target is met, one of MEASURES.

    deed: the target is a state to keep, a thing to be done by a year, or that something is held once a
    year; amount: any other, such as a number of people, firms or events, a sum of money, a share.
    """
    is_held_once = (indicators["unit"] == _EVENT) & (indicators["target_value"] == 1)
    is_deed = indicators["target_kind"].isin(_WORDS) | is_held_once
    return is_deed.map({True: MEASURES[0], False: MEASURES[1]})


def kpis_in(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows of KPIs."""
    return outcomes[outcomes["kind"] == "kpi"]


def of_projects(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows of projects' own indicators."""
    return outcomes[outcomes["kind"] == "project"]


def measured(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The projects' rows with a share of their target, lowest share first."""
    rows = of_projects(outcomes)
    return lowest_share_first(rows[rows["share_of_target"].notna()])


def lowest_share_first(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows with the lowest share of the target first, those without a share last."""
    return outcomes.sort_values("share_of_target", kind="stable", na_position="last")


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


def worse_than_baseline(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows whose actual is worse than the number from which the plan started."""
    actual, baseline, is_lower = (
        outcomes["actual_value"],
        outcomes["baseline_value"],
        outcomes["direction"] == "lower",
    )
    return outcomes[(actual < baseline).where(~is_lower, actual > baseline)]


def observed(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows with an actual, whatever year it is of."""
    return outcomes[outcomes["observed_year"].notna()]
