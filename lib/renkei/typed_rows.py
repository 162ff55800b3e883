"""The rows of a DataFrame as typed values, so that a misspelt column or a wrong type is told at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

import msgspec
import pandas as pd

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Row = TypeVar("Row", bound=DataclassInstance)
else:
    Row = TypeVar("Row")


def by_number(frame: pd.DataFrame, column: str) -> Iterator[tuple[int, pd.DataFrame]]:
    """The rows of each whole number in a column, such as pillar, in the order of the numbers."""
    for number in sorted(frame[column].dropna().unique().tolist()):
        yield int(number), frame[frame[column] == number]


def typed_rows(frame: pd.DataFrame, kind: type[Row]) -> list[Row]:
    """The rows as values of a frozen dataclass, by its fields' names; a missing value is None.

    Columns that the dataclass does not have are left out. Raises KeyError for a column that is lacking,
    msgspec.ValidationError for a value of another type.
    """
    names = [field.name for field in fields(kind)]
    columns = [frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in names]
    rows = [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]
    return msgspec.convert(rows, list[kind])  # type: ignore[valid-type]
