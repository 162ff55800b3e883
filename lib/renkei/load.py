"""The tidy tables as DataFrames, typed by the schema."""

from __future__ import annotations

import pandas as pd

from renkei.checkout import Checkout
from renkei.errors import TableError
from renkei.tables.schema import Resource, resource

_DTYPES = {"integer": "Int64", "number": "float64", "boolean": "bool", "string": "str"}


def load_table(name: str) -> pd.DataFrame:
    """One table or curated file, by its name in `data/datapackage.json`.

    One row per row of the file. Whole numbers are Int64, other numbers float64 in
    the column's unit, missing values NA. Raises TableError for a name or a file
    that is not there, and for a file whose columns are not those of the schema.
    """
    checkout = Checkout.current()
    return _typed(resource(checkout, name), checkout)


def _typed(table: Resource, checkout: Checkout) -> pd.DataFrame:
    shown = checkout.relative(table.path)
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
    except ValueError as error:
        raise TableError(f"{shown}: {error}; run 'renkei check' to see every bad row") from error
    if list(frame.columns) != table.columns:
        raise TableError(
            f"{shown}:1: the columns {', '.join(table.columns)} were expected in this order, "
            f"found {', '.join(frame.columns)}"
        )
    return frame
