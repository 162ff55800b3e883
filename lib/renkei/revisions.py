"""Which version of a plan is in force for a fiscal year, and what each revision changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.typed_rows import typed_rows

__all__ = ["in_force", "in_force_by_year", "over_all_years", "revisions_until", "versions"]

#: The tables that a revision may change, and the columns that name a row of each.
_KEYS = {
    "projects": ["plan", "project_no"],
    "indicators": ["indicator_id"],
    "costs": ["plan", "project_no", "fiscal_year"],
}
_ADDED, _ENDED = "added", "ended"
#: Steps of revisions that are remembered; a checkout has a handful.
_REMEMBERED = 64


@dataclass(frozen=True)
class _Change:
    plan: int
    table: str
    concerns: str
    fiscal_year: int | None
    field: str
    after: str | None

    @property
    def key(self) -> tuple[object, ...]:
        """The key of the row that it is about, as in _KEYS."""
        if self.table == "indicators":
            return (self.concerns,)
        number = int(self.concerns.partition("-")[2])
        return (self.plan, number) if self.table == "projects" else (self.plan, number, self.fiscal_year)


def in_force(fiscal_year: int | FiscalYear | None = None, tables: Tables | None = None) -> Tables:
    """The tables with the version of each plan in force for a year, by default the newest plan's last.

    Its projects, indicators and costs are as the revisions up to that year left them; all other tables are
    the same. Where no revision is on record, and for tables that show one version already, these very tables.
    """
    tables = tables or this_checkout()
    if tables.in_force_from is not None or tables.as_read("revisions").empty:
        return tables
    year = tables.area.plan.last_year if fiscal_year is None else FiscalYear.parse(fiscal_year).starts_in
    return _version(tables, max(start for start in _starts(tables) if start <= year))


def versions(tables: Tables | None = None) -> dict[int, Tables]:
    """Every version by the fiscal year from which it is in force, 0 for the plans as first published."""
    tables = tables or this_checkout()
    if tables.in_force_from is not None or tables.as_read("revisions").empty:
        return {0: tables}
    return {start: _version(tables, start) for start in _starts(tables)}


def in_force_by_year(tables: Tables | None = None) -> dict[FiscalYear, Tables]:
    """For each fiscal year of the newest plan the tables in force for it."""
    tables = tables or this_checkout()
    return {year: in_force(year, tables) for year in tables.area.plan.fiscal_years}


def over_all_years(name: str, tables: Tables | None = None) -> pd.DataFrame:
    """The rows of projects or indicators that are in force in any year of the newest plan.

    Each stands once, as it is in the last year that has it, in the order of the plan.
    """
    of_years = dict.fromkeys(in_force_by_year(tables).values())
    frames = [version[name] for version in of_years]
    if len(frames) == 1:
        return frames[0]
    return _in_order(
        pd.concat(frames, ignore_index=True).drop_duplicates(_KEYS[name], keep="last"), frames[0], name
    )


def revisions_until(
    fiscal_year: int | FiscalYear | None = None, tables: Tables | None = None
) -> pd.DataFrame:
    """The rows of revisions of the newest plan that count for a year, by default for its last year."""
    tables = tables or this_checkout()
    year = tables.area.plan.last_year if fiscal_year is None else FiscalYear.parse(fiscal_year).starts_in
    rows = tables["revisions"]
    is_own = rows["plan"] == tables.area.plan.first_year
    return rows[is_own & (rows["in_force_from"] <= year)].reset_index(drop=True)


def _starts(tables: Tables) -> list[int]:
    return sorted({0, *tables.as_read("revisions")["in_force_from"].tolist()})


@lru_cache(maxsize=_REMEMBERED)
def _version(tables: Tables, start: int) -> Tables:
    made: dict[str, tuple[tuple[int, ...], list[pd.DataFrame], pd.DataFrame]] = {}

    def frame(name: str) -> pd.DataFrame:
        if name not in _KEYS:
            return tables.as_read(name)
        read = [tables.as_read(of) for of in (name, "revisions")]
        if name not in made or made[name][0] != tuple(map(id, read)):
            # The frames are kept, so that no other can get the identity of one of them.
            made[name] = (tuple(map(id, read)), read, _revised(name, read[0], read[1], start))
        return made[name][2]

    return Tables(tables.area, frame, start)


def _revised(name: str, rows: pd.DataFrame, revisions: pd.DataFrame, start: int) -> pd.DataFrame:
    """A table as the revisions up to a year left it, in the order of the plan."""
    of_table = revisions[revisions["table"] == name]
    keys = list(rows[_KEYS[name]].itertuples(index=False, name=None))
    is_later = of_table["in_force_from"] > start
    gone = {change.key for change in _changes(of_table[is_later & (of_table["field"] == _ADDED)])}
    # Rows are never changed in place: the table is read once for all who ask.
    columns = {column: rows[column].tolist() for column in rows}
    place_of = {key: place for place, key in enumerate(keys)}
    for change in _changes(of_table[~is_later]):
        if change.field == _ENDED:
            gone.add(change.key)
        elif change.field != _ADDED:
            columns[change.field][place_of[change.key]] = _typed(change.after, rows[change.field])
    if name == "costs":
        ended = revisions[(revisions["table"] == "projects") & (revisions["field"] == _ENDED)]
        projects = {change.key for change in _changes(ended[ended["in_force_from"] <= start])}
        gone |= {key for key in keys if key[:2] in projects}
    revised = pd.DataFrame({column: pd.Series(columns[column], dtype=rows[column].dtype) for column in rows})
    return _in_order(revised[[key not in gone for key in keys]], rows, name)


def _in_order(rows: pd.DataFrame, order: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows with what was added behind the others of its project, or of the KPIs."""
    of = ["plan", "project_no"]
    places = {key: place for place, key in enumerate(dict.fromkeys(_of_project(order, of)))}
    ranks = [places.get(key, len(places)) for key in _of_project(rows, of)]
    return (
        rows.assign(_rank=ranks)
        .sort_values("_rank", kind="stable")
        .drop(columns="_rank")
        .reset_index(drop=True)
    )


def _of_project(rows: pd.DataFrame, columns: list[str]) -> list[tuple[int, int]]:
    return list(rows[columns].fillna(0).astype("int64").itertuples(index=False, name=None))


def _changes(rows: pd.DataFrame) -> list[_Change]:
    return typed_rows(rows, _Change)


def _typed(text: str | None, column: pd.Series) -> object:
    """A cell as its column has it."""
    if text is None:
        return pd.NA if column.dtype == "Int64" else None
    if column.dtype == "Int64":
        return int(text)
    return float(text) if column.dtype == "float64" else text
