"""Rows of a DataFrame, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as tuples whose attributes are the columns."""
    return iter(frame.itertuples(index=False))
