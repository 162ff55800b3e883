"""How far a year's actuals are in, as a table on the terminal."""

from __future__ import annotations

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from renkei.actuals.status import STATES, by_project, counts_of
from renkei.cell_text import plain

_HEADS = ("No.", "project", "indicators", *STATES, "conflicts", "last report")
_LEFT = ("project", "last report")


def tell(status: pd.DataFrame, offices: pd.DataFrame) -> None:
    """Print each project of `status_of` in a line, and below them the offices of `offices_of`."""
    counts = counts_of(status)
    numbers = (counts.indicators, *(getattr(counts, state) for state in STATES), counts.conflicts)
    table = Table(box=box.SIMPLE, show_footer=True)
    for head, footer in zip(_HEADS, ("", "all", *map(str, numbers), ""), strict=True):
        table.add_column(head, footer, justify="left" if head in _LEFT else "right")
    for row in by_project(status).to_dict("records"):
        number = "" if pd.isna(row["project_no"]) else str(row["project_no"])
        last = "" if pd.isna(row["reported_on"]) else f"{row['reported_on']} {row['reported_by']}"
        counted = (row["indicators"], *(row[state] for state in STATES), row["conflicts"])
        # A count of nothing is no news.
        table.add_row(number, _text(row["project_name"]), *(str(of or "") for of in counted), _text(last))
    console = Console(highlight=False)
    console.print(table)
    for row in offices.to_dict("records"):
        console.print(_text(f"{row['office']}: {row['indicators']} indicators, last on {row['last_on']}"))
    if offices.empty:
        console.print("no office has reported yet")


def _text(text: str) -> Text:
    """The text as it is: nothing in it is markup."""
    return Text(plain(text))
