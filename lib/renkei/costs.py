"""Estimated cost (事業費見込額) of the 2024 plan's projects."""

from __future__ import annotations

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.load import load_table
from renkei.targets import PLAN


def years_with_costs() -> list[FiscalYear]:
    """The fiscal years for which at least one project gives an amount."""
    costs = load_table("costs")
    given = costs.loc[costs["amount_thousand_yen"].notna(), "fiscal_year"]
    return [FiscalYear(int(year)) for year in sorted(given.unique())]


def cost_column(year: FiscalYear) -> str:
    """The column in which `costs_by_project` has the amounts of a year."""
    return f"thousand_yen_{year.starts_in}"


def costs_by_project() -> pd.DataFrame:
    """One row per project of the plan, in its order.

    Columns: project_no, name, pillar, section, lead_cost, partner_cost, and for every fiscal
    year in costs `thousand_yen_2024` …, in 1,000 yen: NaN where the plan gives no amount.
    """
    projects = load_table("projects")
    projects = projects.loc[
        projects["plan"] == PLAN, ["project_no", "name", "pillar", "section", "lead_cost", "partner_cost"]
    ]
    costs = load_table("costs").astype({"amount_thousand_yen": "float64"})
    wide = costs.pivot(index="project_no", columns="fiscal_year", values="amount_thousand_yen")
    wide.columns = pd.Index([cost_column(FiscalYear(int(year))) for year in wide.columns])
    return projects.merge(wide.reset_index(), on="project_no", how="left", validate="one_to_one")


def cost_by(columns: list[str]) -> pd.DataFrame:
    """The amounts of `costs_by_project` summed by `columns`, with `projects`, their number.

    One row per group in the order of the plan; NaN where no project of the group gives an amount.
    """
    costs = costs_by_project()
    amounts = [column for column in costs.columns if column.startswith("thousand_yen_")]
    groups = costs.groupby(columns, sort=False)
    return groups[amounts].sum(min_count=1).assign(projects=groups.size()).reset_index()


def measures_by_project() -> pd.DataFrame:
    """Each project of the 2024 plan with its cost and how its targets can be measured.

    The columns of `costs_by_project`, indicators, measurable (those whose target is a number),
    target_texts, and total_thousand_yen over the years that the plan gives, NaN if none.
    """
    indicators = load_table("indicators")
    indicators = indicators[(indicators["plan"] == PLAN) & (indicators["kind"] == "project")]
    counted = (
        indicators.assign(is_number=indicators["target_value"].notna())
        .groupby("project_no")
        .agg(
            indicators=("indicator_id", "size"),
            measurable=("is_number", "sum"),
            target_texts=("target_text", "、".join),
        )
        .reset_index()
    )
    costs = costs_by_project()
    columns = [cost_column(year) for year in years_with_costs()]
    costs["total_thousand_yen"] = costs[columns].sum(axis=1, min_count=1)
    return costs.merge(counted, on="project_no", how="left", validate="one_to_one")
