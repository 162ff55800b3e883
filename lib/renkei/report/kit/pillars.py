"""Which project and pillar a row of a table belongs to."""

from __future__ import annotations

from typing import Any

import pandas as pd

from renkei.area import PILLARS


def project_number(row: Any) -> str:
    """The number of a row's project; KPI where it has none."""
    return "KPI" if pd.isna(row.project_no) else str(row.project_no)


def pillar_head(pillar: Any) -> str:
    """A pillar as the documents head it: 役割1 圏域全体の経済成長のけん引."""
    return f"役割{pillar} {PILLARS[int(pillar)]}"


def by_pillar(frame: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The rows of each pillar under its head, in the order of the pillars."""
    return [(pillar_head(pillar), rows) for pillar, rows in frame.groupby("pillar")]
