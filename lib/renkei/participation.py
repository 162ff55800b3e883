"""What a municipality takes part in under the newest plan."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.errors import ParameterError
from renkei.load import Tables, this_checkout
from renkei.revisions import in_force
from renkei.typed_rows import by_number, typed_rows

__all__ = [
    "KINDS",
    "Companions",
    "Participation",
    "ParticipationCounts",
    "companions",
    "counts_of",
    "joined",
    "kinds_by_pillar",
    "left_out",
    "limited",
    "of_joined",
    "participation_of",
]

#: How a municipality may stand to a project: one of all that take part, one of some, or not taking part.
KINDS = ("all", "some", "none")


@dataclass(frozen=True)
class Participation:
    """One row of `participation_of`."""

    project_no: int
    name: str
    pillar: int
    section: str | None
    summary: str
    takes_part: bool
    is_for_all: bool
    partners: int
    municipalities: str | None
    role: str | None
    cost_borne: str | None

    @property
    def partner_names(self) -> tuple[str, ...]:
        """The partners that take part, in the document's order."""
        return tuple(self.municipalities.split("、")) if self.municipalities else ()


@dataclass(frozen=True)
class ParticipationCounts:
    """How many projects there are, how many are taken part in, and of those not for all how many."""

    projects: int
    joined: int
    limited: int
    joined_limited: int


def participation_of(municipality: str, tables: Tables | None = None) -> pd.DataFrame:
    """One row per project of the plan, in its order.

    Columns: project_no, name, pillar, section, summary; takes_part; is_for_all, whether every
    partner takes part; partners, how many do; municipalities, their names; participation, one of KINDS;
    role and cost_borne, what the municipality does and bears as lead or partner, NA where it does not take
    part. The projects are those of the plan's last version, unless the tables show one. The lead takes part
    in every project. Raises ParameterError for a name that is no municipality's.
    """
    tables = in_force(tables=tables)
    area = tables.area
    known = [of_area.name for of_area in area.municipalities]
    if municipality not in known:
        raise ParameterError(f"the municipalities are {'、'.join(known)}; found “{municipality}”")
    projects = tables["projects"]
    projects = projects[projects["plan"] == area.plan.first_year].reset_index(drop=True)
    names = [cell.split("、") if isinstance(cell, str) else [] for cell in projects["municipalities"]]
    is_lead = municipality == area.lead.name
    party = "lead" if is_lead else "partner"
    found = projects[["project_no", "name", "pillar", "section", "summary"]].copy()
    found["takes_part"] = pd.Series([is_lead or municipality in partners for partners in names], dtype="bool")
    found["partners"] = pd.Series([len(partners) for partners in names], dtype="int64")
    found["municipalities"] = projects["municipalities"]
    found["is_for_all"] = found["partners"] == len(area.partners)
    found["participation"] = [
        "none" if not takes_part else "all" if is_for_all else "some"
        for takes_part, is_for_all in zip(found["takes_part"], found["is_for_all"], strict=True)
    ]
    found["role"] = projects[f"{party}_role"].where(found["takes_part"])
    found["cost_borne"] = projects[f"{party}_cost"].where(found["takes_part"])
    return found


def counts_of(taken: pd.DataFrame) -> ParticipationCounts:
    """The counts of a municipality's projects; `taken` is what `participation_of` gives."""
    return ParticipationCounts(
        projects=len(taken),
        joined=len(joined(taken)),
        limited=len(limited(taken)),
        joined_limited=int((taken["participation"] == "some").sum()),
    )


def kinds_by_pillar(taken: pd.DataFrame) -> dict[int, dict[str, int]]:
    """For each pillar how many projects are of each kind, in the order of the pillars."""
    return {
        pillar: {kind: int((rows["participation"] == kind).sum()) for kind in KINDS}
        for pillar, rows in by_number(taken, "pillar")
    }


def joined(taken: pd.DataFrame) -> pd.DataFrame:
    """The projects that are taken part in."""
    return taken[taken["takes_part"]]


def left_out(taken: pd.DataFrame) -> pd.DataFrame:
    """The projects that are not taken part in."""
    return taken[~taken["takes_part"]]


def limited(taken: pd.DataFrame) -> pd.DataFrame:
    """The projects in which not all partners take part."""
    return taken[~taken["is_for_all"]]


@dataclass(frozen=True)
class Companions:
    """Who takes part with a municipality in the same projects: the other partners, and those who do not."""

    project_numbers: tuple[int, ...]
    partners: tuple[str, ...]
    absent: tuple[str, ...]


def companions(municipality: str, taken: pd.DataFrame, tables: Tables | None = None) -> list[Companions]:
    """For the joined projects of some partners who else joins them, those of the fewest partners first.

    Projects with the same partners stand together. The lead, which takes part in everything, is not named.
    """
    names = (tables or this_checkout()).area.partner_names
    rows = typed_rows(joined(limited(taken)), Participation)
    groups: dict[tuple[str, ...], list[int]] = {}
    for row in sorted(rows, key=lambda row: row.partners):
        groups.setdefault(row.partner_names, []).append(row.project_no)
    return [
        Companions(
            project_numbers=tuple(numbers),
            partners=tuple(name for name in partners if name != municipality),
            absent=tuple(name for name in names if name not in partners),
        )
        for partners, numbers in groups.items()
    ]


def of_joined(compared: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """The rows of a comparison that belong to projects that are taken part in."""
    return compared[compared["project_no"].isin(joined(taken)["project_no"])].reset_index(drop=True)
