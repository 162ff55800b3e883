"""The tidy tables as DataFrames, typed by the schema, each read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd

from renkei.area import Area
from renkei.checkout import Checkout
from renkei.errors import TableError
from renkei.tables.accepting import demand_made_from_record
from renkei.tables.schema import Resource, of_year, resource, resources, yearly_resources, years_there

__all__ = ["Tables", "load_table", "tables_from", "tables_of", "this_checkout"]

_DTYPES = {"integer": "Int64", "number": "float64", "boolean": "bool", "string": "str", "date": "str"}


@dataclass(frozen=True)
class Tables:
    """Every table and curated file by its name in `data/datapackage.json`, and the area that they describe.

    `tables["indicators"]` has one row per row of the file. Whole numbers are Int64, other numbers float64
    in the column's unit, missing values NA. Each file is read once, and again when it has changed.

    `tables["actuals"]` is what offices reported, all years' files one below the other, with two columns
    before theirs: fiscal_year, and source_line, the row's line in its year's file.

    `in_force_from` is the first fiscal year of the version of the plans that the tables show; None for the
    files as they are, in which revisions are not applied (see `renkei.revisions`).
    """

    area: Area
    _frame: Callable[[str], pd.DataFrame]
    in_force_from: int | None = None

    def __getitem__(self, name: str) -> pd.DataFrame:
        # A view: pandas copies what a caller changes, so that the next one finds the table as it was.
        return self._frame(name).copy(deep=False)

    def as_read(self, name: str) -> pd.DataFrame:
        """The frame itself, another one once its file has changed; not to be changed."""
        return self._frame(name)


def load_table(name: str) -> pd.DataFrame:
    """One table or curated file of this checkout; see `Tables`.

    Raises TableError for a name or a file that is not there, and for a file whose columns are not those
    of the schema.
    """
    return this_checkout()[name]


def this_checkout() -> Tables:
    """The tables of the current checkout."""
    return tables_of(Checkout.current())


def tables_of(checkout: Checkout) -> Tables:
    """The tables of a checkout, each read when it is first asked for.

    Raises TableError where they were made from other documents than are on record.
    """
    demand_made_from_record(checkout)
    return _tables(checkout, Area.of(checkout))


@cache
def _tables(checkout: Checkout, area: Area) -> Tables:
    read: dict[str, tuple[object, pd.DataFrame]] = {}

    def frame(name: str) -> pd.DataFrame:
        if name in yearly_resources(checkout):
            return years(name)
        table = resource(checkout, name)
        state = _state(table.path)
        if name not in read or read[name][0] != state:
            read[name] = (state, _read(table, checkout.relative(table.path)))
        return read[name][1]

    def years(name: str) -> pd.DataFrame:
        of_years = {
            year: of_year(yearly_resources(checkout)[name], year)
            for year in years_there(yearly_resources(checkout)[name])
        }
        state = {year: _state(table.path) for year, table in of_years.items()}
        if name not in read or read[name][0] != state:
            frames = {year: _read(table, checkout.relative(table.path)) for year, table in of_years.items()}
            read[name] = (state, _one_below_the_other(frames, _every_year(checkout, name)))
        return read[name][1]

    return Tables(area, frame)


def tables_from(area: Area, frames: Mapping[str, pd.DataFrame]) -> Tables:
    """Tables made of frames, typed as the current checkout's schema says; a missing column is all missing.

    For trying the analysis on a few rows: a table that is not given has none.
    """
    checkout = Checkout.current()
    known = resources(checkout) | {name: _every_year(checkout, name) for name in yearly_resources(checkout)}
    made = {name: _typed(frames.get(name, pd.DataFrame()), table) for name, table in known.items()}
    return Tables(area, made.__getitem__)


def _every_year(checkout: Checkout, name: str) -> Resource:
    """What there is a file of for each year, as one table: the year and the line before its own columns."""
    table = yearly_resources(checkout)[name]
    year, line = (resource(checkout, "outcomes").field(column) for column in ("fiscal_year", "source_line"))
    return replace(table, fields=(year, line, *table.fields))


def _one_below_the_other(frames: Mapping[int, pd.DataFrame], table: Resource) -> pd.DataFrame:
    placed = [
        frame.assign(fiscal_year=year, source_line=range(2, len(frame) + 2)) for year, frame in frames.items()
    ]
    return _typed(pd.concat([pd.DataFrame(), *placed]), table)


def _state(path: Path) -> object:
    """What changes when a file does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _read(table: Resource, shown: str) -> pd.DataFrame:
    try:
        frame = pd.read_csv(
            table.path,
            dtype={field.name: _DTYPES[field.type] for field in table.fields},
            keep_default_na=False,
            na_values=[""],
            encoding="utf-8-sig",
        )
    except FileNotFoundError as error:
        raise TableError(f"{shown}: the file is missing; put it back, or run 'renkei build'") from error
    except (ValueError, TypeError) as error:  # TypeError: 1.5 for a whole number
        raise TableError(f"{shown}: {error}; run 'renkei check' to see every bad row") from error
    if list(frame.columns) != table.columns:
        raise TableError(
            f"{shown}:1: the columns {', '.join(table.columns)} were expected in this order, "
            f"found {', '.join(frame.columns)}"
        )
    return frame


def _typed(frame: pd.DataFrame, table: Resource) -> pd.DataFrame:
    strangers = sorted(set(frame.columns) - set(table.columns))
    if strangers:
        raise TableError(f"{table.name} has no column {', '.join(strangers)}")
    for field in table.fields:
        if (
            field.type == "boolean"
            and field.name in frame
            and not frame[field.name].isin([True, False]).all()
        ):
            raise TableError(f"{table.name}: {field.name} was expected to be True or False in every row")
    missing = {"boolean": False, "string": None, "date": None, "integer": pd.NA, "number": float("nan")}
    return pd.DataFrame(
        {
            field.name: pd.Series(
                frame[field.name].tolist() if field.name in frame else [missing[field.type]] * len(frame),
                dtype=_DTYPES[field.type],
            )
            for field in table.fields
        }
    )
