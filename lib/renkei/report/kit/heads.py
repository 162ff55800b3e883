"""Japanese heads for the columns of a DataFrame, for a person who looks at one in JupyterLab."""

from __future__ import annotations

import pandas as pd

from renkei.checkout import Checkout
from renkei.tables.schema import title_of


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows under the titles of `data/datapackage.json`; a column without one keeps its name."""
    checkout = Checkout.current()
    heads = {column: title_of(checkout, column) for column in frame.columns if isinstance(column, str)}
    return frame.rename(columns={column: head for column, head in heads.items() if head})
