"""Estimated cost (事業費見込額) of the newest plan's projects, in 1,000 yen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from renkei.cost_change import CostChange, changes_of, cost_change, silent
from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.revisions import in_force, in_force_by_year, over_all_years
from renkei.typed_rows import by_number, typed_rows

__all__ = [
    "LEADING",
    "SMALL_SECTION",
    "PillarCost",
    "PillarShare",
    "ProjectCost",
    "Remark",
    "SectionCost",
    "YearCost",
    "cost_by",
    "cost_by_pillar",
    "cost_changes",
    "cost_column",
    "cost_in_force",
    "cost_of_year",
    "costs_by_project",
    "larger_sections",
    "largest_amount",
    "largest_pillar",
    "project_costs",
    "remarks",
    "section_costs",
    "share_of",
    "with_amounts",
    "year_shown",
    "years_with_costs",
]

#: Sections below this amount in every year, in 1,000 yen, are small.
SMALL_SECTION = 100_000
#: So many projects are named as those that cost most.
LEADING = 3


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
class YearCost:
    """A year's cost as a whole: the total over so many projects, and the project that costs most.

    `missing` projects give no amount, `silent` of them gave one for the year before; shares are in % of the
    total. `leading` are the LEADING projects that cost most, the largest first; `change` is None where no
    project can be compared with the year before.
    """

    total: float
    projects: int
    missing: int
    silent: int
    largest: ProjectCost
    largest_amount: float
    largest_share: float
    without_largest: float
    leading: tuple[ProjectCost, ...]
    leading_share: float
    change: CostChange | None

    @property
    def is_of_few(self) -> bool:
        """Whether most projects give no amount, or some do not any more: the total is not the plan's."""
        return self.silent > 0 or self.missing > self.projects


@dataclass(frozen=True)
class PillarShare:
    """The pillar that costs most in a year, and its share of the total in %."""

    pillar: int
    share: float


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


def year_shown(years: Sequence[FiscalYear], fiscal_year: int | FiscalYear) -> FiscalYear | None:
    """That year if it is among the years with costs, else the last of them; None where there is none."""
    year = FiscalYear.parse(fiscal_year)
    return year if year in years else max(years, default=None)


def cost_column(year: FiscalYear) -> str:
    """The column in which `costs_by_project` has the amounts of a year."""
    return f"thousand_yen_{year.starts_in}"


def costs_by_project(tables: Tables | None = None) -> pd.DataFrame:
    """One row per project of the plan, in its order.

    Columns: project_no, name, pillar, section, lead_cost, partner_cost, for every fiscal year of the plan
    `thousand_yen_2024` …, in 1,000 yen, NaN where the plan gives no amount; and total_thousand_yen over
    these years, NaN where none is given. Each year's amounts are those of the version in force for it, and
    of a project that was ended or renamed the last row, unless the tables show one version already.
    """
    tables = tables or this_checkout()
    plan = tables.area.plan
    projects = over_all_years("projects", tables)
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
    return typed_rows(with_amounts(costs, years), ProjectCost)


def section_costs(costs: pd.DataFrame, years: Sequence[FiscalYear]) -> list[SectionCost]:
    """The cost of each section within its pillar, in the order of the plan."""
    return typed_rows(with_amounts(cost_by(["pillar", "section"], costs), years), SectionCost)


def cost_by_pillar(costs: pd.DataFrame, years: Sequence[FiscalYear]) -> list[PillarCost]:
    """The cost of each pillar, in the order of the plan."""
    return typed_rows(with_amounts(cost_by(["pillar"], costs), years), PillarCost)


def largest_amount(sections: Sequence[SectionCost], place: int = -1) -> float:
    """The largest amount of the year at that place among the amounts."""
    return max((section.amounts[place] or 0.0 for section in sections), default=0.0)


def larger_sections(sections: Sequence[SectionCost], place: int = -1) -> list[SectionCost]:
    """The sections with SMALL_SECTION or more in any year, by the year at that place, largest first."""
    larger = [s for s in sections if max((amount or 0 for amount in s.amounts), default=0) >= SMALL_SECTION]
    return sorted(larger, key=lambda section: section.amounts[place] or 0, reverse=True)


def cost_of_year(
    costs: pd.DataFrame, fiscal_year: int | FiscalYear, costs_before: pd.DataFrame | None = None
) -> YearCost | None:
    """A year's cost as a whole; None where the plan gives no amount for it.

    Where a revision counts from that year on, `costs_before` is `costs_by_project` of the version in force
    for the year before: a project that has ended since then costs nothing any more.
    """
    year = FiscalYear.parse(fiscal_year)
    amounts = costs[cost_column(year)]
    if amounts.isna().all():
        return None
    total, leading = float(amounts.sum()), project_costs(_largest(costs, year, LEADING), [year])
    beside = _beside_the_year_before(costs, year, costs_before)
    leading_amounts = amounts.loc[_largest(costs, year, LEADING).index]
    return YearCost(
        total=total,
        projects=int(amounts.notna().sum()),
        missing=int(amounts.isna().sum()),
        silent=silent(beside),
        largest=leading[0],
        largest_amount=float(amounts.max()),
        largest_share=share_of(float(amounts.max()), total),
        without_largest=total - float(amounts.max()),
        leading=tuple(leading),
        leading_share=share_of(float(leading_amounts.sum()), total),
        change=cost_change(beside, year.starts_in - 1),
    )


def cost_in_force(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> YearCost | None:
    """`cost_of_year` by the version in force for the year, against the one in force for the year before."""
    year = FiscalYear.parse(fiscal_year)
    costs, before = (costs_by_project(in_force(of, tables)) for of in (year.starts_in, year.starts_in - 1))
    return cost_of_year(costs, year, before)


def cost_changes(
    costs: pd.DataFrame, fiscal_year: int | FiscalYear, costs_before: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The rows behind `YearCost.change`: what each project costs in that year and in the one before.

    The columns of `renkei.cost_change.changes_of`; no rows where there is no year to compare with.
    """
    return changes_of(_beside_the_year_before(costs, FiscalYear.parse(fiscal_year), costs_before))


def largest_pillar(costs: pd.DataFrame, year: FiscalYear) -> PillarShare | None:
    """The pillar that costs most in a year; None where no amount is given, or all of them are 0."""
    sums = {pillar: float(rows[cost_column(year)].sum()) for pillar, rows in by_number(costs, "pillar")}
    if not any(sums.values()):
        return None
    largest = max(sums, key=sums.__getitem__)
    return PillarShare(largest, 100 * sums[largest] / sum(sums.values()))


def remarks(tables: Tables | None = None) -> list[Remark]:
    """What stands in place of an amount, in the order of the plan."""
    costs = _costs_of_plan(tables or this_checkout())
    return typed_rows(costs[costs["note"].notna()], Remark)


def with_amounts(frame: pd.DataFrame, years: Sequence[FiscalYear]) -> pd.DataFrame:
    """The rows with `amounts`, a tuple of what these years cost, None where no amount is given."""
    wanted = frame[[cost_column(year) for year in years]].to_numpy().tolist()
    amounts = [tuple(None if pd.isna(amount) else amount for amount in row) for row in wanted]
    return frame.assign(amounts=pd.Series(amounts, index=frame.index, dtype="object"))


def share_of(part: float, whole: float) -> float:
    """A part in % of the whole; 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def _costs_of_plan(tables: Tables) -> pd.DataFrame:
    """The rows of costs that belong to the newest plan, each as the version for its year has it."""
    versions = in_force_by_year(tables)
    if len(set(versions.values())) == 1:
        costs = next(iter(versions.values()))["costs"]
    else:
        rows = [version["costs"] for version in versions.values()]
        rows = [of[of["fiscal_year"] == year.starts_in] for year, of in zip(versions, rows, strict=True)]
        costs = pd.concat(rows, ignore_index=True)
    return costs[costs["plan"] == tables.area.plan.first_year]


def _largest(costs: pd.DataFrame, year: FiscalYear, number: int) -> pd.DataFrame:
    """So many projects that cost most in a year, the largest first; of equal ones the first in the plan."""
    given = costs[costs[cost_column(year)].notna()]
    return given.sort_values(cost_column(year), ascending=False, kind="stable").head(number)


def _beside_the_year_before(
    costs: pd.DataFrame, year: FiscalYear, costs_before: pd.DataFrame | None
) -> pd.DataFrame:
    """Each project's amounts of both years; the plan gives none for a year that is not its own."""
    column = cost_column(FiscalYear(year.starts_in - 1))
    known = costs if costs_before is None else costs_before
    known = known[["project_no", "name"]].assign(
        before_thousand_yen=known[column] if column in known else float("nan")
    )
    amounts = costs[["project_no", "name"]].assign(after_thousand_yen=costs[cost_column(year)])
    amounts = amounts.merge(known[["project_no", "before_thousand_yen"]], on="project_no", how="left")
    ended = known[~known["project_no"].isin(costs["project_no"]) & known["before_thousand_yen"].notna()]
    return pd.concat(
        [amounts.assign(has_ended=False), ended.assign(after_thousand_yen=0.0, has_ended=True)],
        ignore_index=True,
    )
