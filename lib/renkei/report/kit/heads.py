"""Japanese heads for the columns of a DataFrame, for a person who looks at one in JupyterLab."""

from __future__ import annotations

import pandas as pd

from renkei.report.kit.frames import head_of


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows under the titles of `data/datapackage.json`; a column without one keeps its name."""
    return frame.rename(columns={name: head_of(name) for name in frame.columns if isinstance(name, str)})
