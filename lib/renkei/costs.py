"""Estimated cost (事業費見込額) of the newest plan's projects, in 1,000 yen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.typed_rows import by_number, typed_rows

#: Sections below this amount in every year, in 1,000 yen, are small.
SMALL_SECTION = 100_000


@dataclass(frozen=True)
class ProjectCost:
    """A project's cost in each of the years that were asked for, None where the plan gives no amount."""

    project_no: int
    name: str
    pillar: int
    lead_cost: str | None
    partner_cost: str | None
    amounts: tuple[float | None, ...]


@dataclass(frozen=True)
class SectionCost:
    """The cost of a section's projects, likewise, and how many projects it has."""

    section: str | None
    pillar: int
    projects: int
    amounts: tuple[float | None, ...]


@dataclass(frozen=True)
class PillarCost:
    """The cost of a pillar's projects, likewise."""

    pillar: int
    projects: int
    amounts: tuple[float | None, ...]


@dataclass(frozen=True)
class MeasuredPillar(PillarCost):
    """Besides, how many indicators its projects have, and of how many the target is a number, also in %."""

    indicators: int
    measurable: int
    measurable_share: float


@dataclass(frozen=True)
class YearCost:
    """A year's cost as a whole: the total over so many projects, and the project that costs most.

    `missing` projects give no amount; `largest_share` is in % of the total.
    """

    total: float
    projects: int
    missing: int
    largest: ProjectCost
    largest_amount: float
    largest_share: float


@dataclass(frozen=True)
class PillarShare:
    """The pillar that costs most in a year, and its share of the total in %."""

    pillar: int
    share: float


@dataclass(frozen=True)
class Unmeasured:
    """A project that costs but has no target that is a number."""

    project_no: int
    name: str
    total_thousand_yen: float
    target_texts: str


@dataclass(frozen=True)
class Remark:
    """What stands in place of a project's amount in a year."""

    project_no: int
    fiscal_year: int
    note: str


def years_with_costs(tables: Tables | None = None) -> list[FiscalYear]:
    """The fiscal years for which at least one project gives an amount."""
    costs = _costs_of_plan(tables or this_checkout())
    given = costs.loc[costs["amount_thousand_yen"].notna(), "fiscal_year"]
    return [FiscalYear(int(year)) for year in sorted(given.unique())]


def cost_column(year: FiscalYear) -> str:
    """The column in which `costs_by_project` has the amounts of a year."""
    return f"thousand_yen_{year.starts_in}"


def costs_by_project(tables: Tables | None = None) -> pd.DataFrame:
    """One row per project of the plan, in its order.

    Columns: project_no, name, pillar, section, lead_cost, partner_cost, for every fiscal year of the plan
    `thousand_yen_2024` …, in 1,000 yen, NaN where the plan gives no amount; and total_thousand_yen over
    these years, NaN where none is given.
    """
    tables = tables or this_checkout()
    plan = tables.area.plan
    projects = tables["projects"]
    projects = projects.loc[
        projects["plan"] == plan.first_year,
        ["project_no", "name", "pillar", "section", "lead_cost", "partner_cost"],
    ]
    costs = _costs_of_plan(tables).astype({"amount_thousand_yen": "float64"})
    wide = costs.pivot(index="project_no", columns="fiscal_year", values="amount_thousand_yen")
    wide = wide.reindex(columns=[year.starts_in for year in plan.fiscal_years]).astype("float64")
    wide.columns = pd.Index([cost_column(year) for year in plan.fiscal_years])
    wide["total_thousand_yen"] = wide.sum(axis=1, min_count=1)
    return projects.merge(wide.reset_index(), on="project_no", how="left", validate="one_to_one")


def cost_by(columns: Sequence[str], costs: pd.DataFrame) -> pd.DataFrame:
    """The amounts of `costs_by_project` summed by `columns`, with `projects`, their number.

    One row per group in the order of the plan; NaN where no project of the group gives an amount.
    """
    amounts = [column for column in costs.columns if column.startswith("thousand_yen_")]
    groups = costs.groupby(list(columns), sort=False, dropna=False)
    return groups[amounts].sum(min_count=1).assign(projects=groups.size()).reset_index()


def project_costs(costs: pd.DataFrame, years: Sequence[FiscalYear]) -> list[ProjectCost]:
    """The rows of `costs_by_project` with their amounts of these years."""
    return typed_rows(_with_amounts(costs, years), ProjectCost)


def section_costs(costs: pd.DataFrame, years: Sequence[FiscalYear]) -> list[SectionCost]:
    """The cost of each section within its pillar, in the order of the plan."""
    return typed_rows(_with_amounts(cost_by(["pillar", "section"], costs), years), SectionCost)


def cost_by_pillar(costs: pd.DataFrame, years: Sequence[FiscalYear]) -> list[PillarCost]:
    """The cost of each pillar, in the order of the plan."""
    return typed_rows(_with_amounts(cost_by(["pillar"], costs), years), PillarCost)


def largest_amount(sections: Sequence[SectionCost]) -> float:
    """The largest amount of the last year."""
    return max((section.amounts[-1] or 0.0 for section in sections), default=0.0)


def larger_sections(sections: Sequence[SectionCost]) -> list[SectionCost]:
    """The sections with SMALL_SECTION or more in any year, by the last year, largest first."""
    larger = [s for s in sections if max((amount or 0 for amount in s.amounts), default=0) >= SMALL_SECTION]
    return sorted(larger, key=lambda section: section.amounts[-1] or 0, reverse=True)


def cost_of_year(costs: pd.DataFrame, fiscal_year: int | FiscalYear) -> YearCost | None:
    """A year's cost as a whole; None where the plan gives no amount for it."""
    year = FiscalYear.parse(fiscal_year)
    amounts = costs[cost_column(year)]
    if amounts.isna().all():
        return None
    [largest] = project_costs(costs[amounts == amounts.max()].head(1), [year])
    return YearCost(
        total=float(amounts.sum()),
        projects=int(amounts.notna().sum()),
        missing=int(amounts.isna().sum()),
        largest=largest,
        largest_amount=float(amounts.max()),
        largest_share=float(100 * amounts.max() / amounts.sum()),
    )


def largest_pillar(costs: pd.DataFrame, year: FiscalYear) -> PillarShare:
    """The pillar that costs most in a year for which amounts are given."""
    sums = {pillar: float(rows[cost_column(year)].sum()) for pillar, rows in by_number(costs, "pillar")}
    largest = max(sums, key=sums.__getitem__)
    return PillarShare(largest, 100 * sums[largest] / sum(sums.values()))


def measures_by_project(tables: Tables | None = None) -> pd.DataFrame:
    """Each project of the newest plan with its cost and how its targets can be measured.

    The columns of `costs_by_project`, indicators, measurable (those whose target is a number) and
    target_texts; 0 and no text for a project without indicators.
    """
    tables = tables or this_checkout()
    indicators = tables["indicators"]
    is_wanted = (indicators["plan"] == tables.area.plan.first_year) & (indicators["kind"] == "project")
    counted = (
        indicators[is_wanted]
        .assign(is_number=indicators["target_value"].notna())
        .groupby("project_no")
        .agg(
            indicators=("indicator_id", "size"),
            measurable=("is_number", "sum"),
            target_texts=("target_text", "、".join),
        )
        .reset_index()
    )
    measures = costs_by_project(tables).merge(counted, on="project_no", how="left", validate="one_to_one")
    none = {"indicators": 0, "measurable": 0, "target_texts": ""}
    return measures.fillna(none).astype({"indicators": "int64", "measurable": "int64"})


def measured_pillars(measures: pd.DataFrame, years: Sequence[FiscalYear]) -> list[MeasuredPillar]:
    """What money stands behind each pillar, and how many of its indicators can be measured."""
    sums = cost_by(["pillar"], measures)
    groups = measures.groupby("pillar", sort=False)
    counts = groups[["indicators", "measurable"]].sum().reset_index()
    joined = sums.merge(counts, on="pillar", validate="one_to_one")
    share = 100 * joined["measurable"] / joined["indicators"]
    joined["measurable_share"] = share.where(joined["indicators"] > 0, 0.0)
    return typed_rows(_with_amounts(joined, years), MeasuredPillar)


def unmeasured(measures: pd.DataFrame) -> list[Unmeasured]:
    """The projects that cost but have no target that is a number, largest first."""
    rows = measures[(measures["measurable"] == 0) & (measures["total_thousand_yen"] > 0)]
    return typed_rows(rows.sort_values("total_thousand_yen", ascending=False, kind="stable"), Unmeasured)


def total_of(projects: Sequence[Unmeasured]) -> float:
    """The amounts of these projects together."""
    return sum(project.total_thousand_yen for project in projects)


def remarks(tables: Tables | None = None) -> list[Remark]:
    """What stands in place of an amount, in the order of the plan."""
    costs = _costs_of_plan(tables or this_checkout())
    return typed_rows(costs[costs["note"].notna()], Remark)


def _costs_of_plan(tables: Tables) -> pd.DataFrame:
    """The rows of costs that belong to the newest plan."""
    costs = tables["costs"]
    return costs[costs["plan"] == tables.area.plan.first_year]


def _with_amounts(frame: pd.DataFrame, years: Sequence[FiscalYear]) -> pd.DataFrame:
    wanted = frame[[cost_column(year) for year in years]].to_numpy().tolist()
    amounts = [tuple(None if pd.isna(amount) else amount for amount in row) for row in wanted]
    return frame.assign(amounts=pd.Series(amounts, index=frame.index, dtype="object"))
