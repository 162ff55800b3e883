"""How the aims of the projects can be measured, and what those cost that have no number to aim at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from renkei.costs import (
    PillarCost,
    ProjectCost,
    cost_by,
    cost_column,
    costs_by_project,
    project_costs,
    share_of,
    with_amounts,
)
from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.revisions import over_all_years
from renkei.typed_rows import typed_rows


@dataclass(frozen=True)
class MeasuredPillar(PillarCost):
    """Besides, how many indicators its projects have, and of how many the target is a number, also in %."""

    indicators: int
    measurable: int
    measurable_share: float


@dataclass(frozen=True)
class Unmeasured:
    """A project that costs but has no target that is a number."""

    project_no: int
    name: str
    total_thousand_yen: float
    target_texts: str


@dataclass(frozen=True)
class UnmeasuredShare:
    """What projects without a target that is a number cost, as a share of what all cost, in %.

    `others_share` is the same without `largest`, the one of them that costs most; None where nothing is
    left without it.
    """

    projects: int
    amount: float
    total: float
    share: float
    largest: ProjectCost
    others_share: float | None


def measures_by_project(tables: Tables | None = None) -> pd.DataFrame:
    """Each project of the newest plan with its cost and how its targets can be measured.

    The columns of `costs_by_project`, indicators, measurable (those whose target is a number) and
    target_texts; 0 and no text for a project without indicators.
    """
    tables = tables or this_checkout()
    indicators = over_all_years("indicators", tables)
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
    return typed_rows(with_amounts(joined, years), MeasuredPillar)


def unmeasured(measures: pd.DataFrame) -> list[Unmeasured]:
    """The projects that cost but have no target that is a number, largest first."""
    rows = measures[(measures["measurable"] == 0) & (measures["total_thousand_yen"] > 0)]
    return typed_rows(rows.sort_values("total_thousand_yen", ascending=False, kind="stable"), Unmeasured)


def unmeasured_share(measures: pd.DataFrame, years: Sequence[FiscalYear]) -> UnmeasuredShare | None:
    """What they cost in these years against what all projects cost; None where no such project costs."""
    amounts = measures[[cost_column(year) for year in years]].sum(axis=1)
    rows = measures[(measures["measurable"] == 0) & (amounts > 0)]
    if rows.empty:
        return None
    of_rows, total = amounts.loc[rows.index], float(amounts.sum())
    [largest] = project_costs(rows.loc[[of_rows.idxmax()]], years)
    others = total - float(of_rows.max())
    return UnmeasuredShare(
        projects=len(rows),
        amount=float(of_rows.sum()),
        total=total,
        share=share_of(float(of_rows.sum()), total),
        largest=largest,
        others_share=share_of(float(of_rows.sum() - of_rows.max()), others) if others else None,
    )
