"""For whom a workbook is: everybody, the projects of a municipality, one project, or each of these apart."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.errors import ParameterError
from renkei.load import Tables, this_checkout
from renkei.participation import joined, participation_of

__all__ = ["Part", "parts_of"]

_KPI = "kpi"


@dataclass(frozen=True)
class Part:
    """The indicators of one workbook: what its file's name adds, what its title adds, its rows."""

    suffix: str
    title: str
    rows: pd.DataFrame


def parts_of(
    asked: pd.DataFrame,
    municipality: str | None = None,
    project: int | None = None,
    is_split: bool = False,
    tables: Tables | None = None,
) -> list[Part]:
    """The workbooks that are asked for, each with some rows of `asked_for`.

    All indicators in one; of a municipality those of the projects in which it takes part; of a project its
    own. Split, one for each project and one for the KPIs, so that each indicator is asked for in just one of
    them: no document names the office that answers for an indicator, and every value is that of the whole
    area. Raises ParameterError for a municipality or project that is not there.
    """
    tables = tables or this_checkout()
    rows, suffix, title = asked, "", ""
    if municipality is not None:
        taken = joined(participation_of(municipality, tables))
        rows = rows[rows["project_no"].isin(taken["project_no"])]
        [romaji] = [of.romaji for of in tables.area.municipalities if of.name == municipality]
        suffix, title = romaji, f"{municipality}の参加する事業"
    if project is not None:
        rows = _of_project(asked, rows, project, municipality)
    if project is not None or is_split:
        return _by_project(rows)
    return [Part(suffix, title, rows.reset_index(drop=True))]


def _of_project(
    asked: pd.DataFrame, rows: pd.DataFrame, project: int, municipality: str | None
) -> pd.DataFrame:
    known = sorted(asked["project_no"].dropna().unique().tolist())
    if project not in known:
        raise ParameterError(f"the projects are No. {_spans(known)}; found {project}")
    found = rows[rows["project_no"] == project]
    if found.empty:
        taken = sorted(rows["project_no"].unique().tolist())
        raise ParameterError(f"{municipality} takes part in No. {_spans(taken)}; found {project}")
    return found


def _by_project(rows: pd.DataFrame) -> list[Part]:
    """The KPIs, if any, and then each project, in the order of the rows."""
    numbers = rows["project_no"].astype("Int64").fillna(0)
    parts = []
    for number in dict.fromkeys(numbers.tolist()):
        of_part = rows[numbers == number].reset_index(drop=True)
        name = str(of_part["project_name"].iloc[0])
        suffix, title = (f"project-{number:02}", f"No. {number} {name}") if number else (_KPI, name)
        parts.append(Part(suffix, title, of_part))
    return parts


def _spans(numbers: list[int]) -> str:
    """Whole numbers in words, those that follow each other as 1-4: 1-4, 7, 9-11."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    return ", ".join("-".join(map(str, span)) for span in spans)
