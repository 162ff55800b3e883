"""How much the targets of the newest plan ask beyond the baselines that the plan itself gives."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.load import Tables
from renkei.outcomes import indicators_with_projects
from renkei.revisions import in_force

__all__ = ["Asked", "asking_more", "below_baseline", "just_reached", "reached", "targets_with_baselines"]


@dataclass(frozen=True)
class Asked:
    """One row of `targets_with_baselines`, as far as reports say it."""

    indicator_id: str
    name: str
    project_no: int | None
    pillar: int
    baseline_text: str
    target_text: str
    beyond: float


def targets_with_baselines(tables: Tables | None = None) -> pd.DataFrame:
    """The indicators of the newest plan whose target and baseline are numbers, in its order.

    The columns of indicators with project_name and section, and beyond: what the final target asks beyond
    the baseline in the indicator's unit, above 0 where it asks for something better, 0 or less where the
    baseline already reaches it.
    """
    tables = in_force(tables=tables)
    indicators = indicators_with_projects(tables)
    rows = indicators[
        (indicators["plan"] == tables.area.plan.first_year)
        & indicators["target_value"].notna()
        & indicators["baseline_value"].notna()
    ]
    sign = rows["direction"].map({"lower": -1.0, "higher": 1.0})
    return rows.assign(beyond=sign * (rows["target_value"] - rows["baseline_value"])).reset_index(drop=True)


def reached(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose baseline already reaches the target."""
    return rows[rows["beyond"] <= 0]


def just_reached(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose target is just the baseline."""
    return rows[rows["beyond"] == 0]


def below_baseline(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose target asks for less than the baseline."""
    return rows[rows["beyond"] < 0]


def asking_more(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose target asks for more than the baseline."""
    return rows[rows["beyond"] > 0]
