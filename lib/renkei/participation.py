"""What a municipality takes part in under the 2024 plan."""

from __future__ import annotations

import pandas as pd

from renkei.area import LEAD, PARTNERS, ROMAJI
from renkei.errors import ParameterError
from renkei.load import load_table
from renkei.targets import PLAN


def participation_of(municipality: str) -> pd.DataFrame:
    """One row per project of the plan, in its order.

    Columns: project_no, name, pillar, section, summary; takes_part; is_for_all, whether every
    partner takes part; partners, how many do; role and cost_borne, what the municipality
    does and bears as lead or partner, NA where it does not take part. The lead takes part in
    every project. Raises ParameterError for a name that is none of the twelve.
    """
    if municipality not in ROMAJI:
        raise ParameterError(f"the municipalities are {'、'.join(ROMAJI)}; found “{municipality}”")
    projects = load_table("projects")
    projects = projects[projects["plan"] == PLAN].reset_index(drop=True)
    names = projects["municipalities"].str.split("、")
    kind = "lead" if municipality == LEAD else "partner"
    found = projects[["project_no", "name", "pillar", "section", "summary"]].copy()
    found["takes_part"] = [municipality == LEAD or municipality in partners for partners in names]
    found["partners"] = [len(partners) for partners in names]
    found["is_for_all"] = found["partners"] == len(PARTNERS)
    found["role"] = projects[f"{kind}_role"].where(found["takes_part"])
    found["cost_borne"] = projects[f"{kind}_cost"].where(found["takes_part"])
    return found
