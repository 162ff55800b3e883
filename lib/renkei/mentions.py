"""Where the notes of a year's outcomes name a municipality."""

from __future__ import annotations

import re
from dataclasses import dataclass

from renkei.load import Tables, this_checkout
from renkei.outcomes import indicators_with_projects
from renkei.typed_rows import typed_rows

#: What begins a point of a note.
_POINT = re.compile(r"\s+(?=[・※])")


@dataclass(frozen=True)
class Mention:
    """An indicator whose note names a municipality; project_no and project_name are None for a KPI."""

    project_no: int | None
    project_name: str | None
    name: str
    note: str
    source_line: int


def mentions_of(municipality: str, tables: Tables | None = None) -> list[Mention] | None:
    """The indicators whose notes name the municipality, of the area's year of outcomes, in their order.

    None where there are no outcomes of that year.
    """
    tables = tables or this_checkout()
    outcomes = tables["outcomes"]
    year = tables.area.outcome_year
    notes = outcomes.loc[outcomes["fiscal_year"] == year, ["indicator_id", "note", "source_line"]]
    if notes.empty:
        return None
    indicators = indicators_with_projects(tables).drop(columns="source_line")
    rows = notes.merge(indicators, on="indicator_id", how="left", validate="one_to_one")
    return typed_rows(rows[[names(municipality, note) for note in rows["note"]]], Mention)


def names(municipality: str, text: object) -> bool:
    """Whether a text has this name as a word of its own.

    It has not where the name is the end of a longer one (広島市 in 北広島市), or where its last character
    begins another word (市 in 市場 and 市街). A place called by less than its name, or something called
    after it, does not name the municipality.
    """
    if not isinstance(text, str):
        return False
    return re.search(rf"(?<![\u4e00-\u9fff々ァ-ヺー]){re.escape(municipality)}(?![場街])", text) is not None


def passages(municipality: str, note: str) -> list[str]:
    """The points of a note that name the municipality, without the sign that begins them."""
    return [point.lstrip("・※") for point in _POINT.split(note) if names(municipality, point)]
