"""All tables of a checkout as one workbook, a sheet for each: what a person takes into Excel to count on."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from renkei.area import Area
from renkei.checkout import Checkout
from renkei.load import Tables
from renkei.page.content import Content
from renkei.page.xlsx import workbook_of
from renkei.report.kit.cells import table
from renkei.report.kit.pieces import Cell, Column, Table, Title
from renkei.tables.schema import Field, Resource, resources

#: Whole numbers that count or measure nothing, but name a year, a project, a line: no commas in them.
_NAMES = ("", "fiscal year", "year", "line")
_LEAD = (
    "data/tables にある全ての表。値は基本単位(円、人など)による。空欄は、文書に記載がないこと、又は数値として"
    "読めないことを示す。「行」は元の文書の行番号。列の説明は data/README.md にある。"
)


def tables_workbook(checkout: Checkout, tables: Tables) -> bytes:
    """The workbook, the same bytes for the same tables."""
    derived = [known for known in resources(checkout).values() if known.path.parent == checkout.tables]
    pieces = [_table(known, tables[known.name], checkout.relative(known.path)) for known in derived]
    return workbook_of(Content((Title(f"{Area.of(checkout).name} 連携事業の表", _LEAD), *pieces)))


def _table(known: Resource, frame: pd.DataFrame, source: str) -> Table:
    width = round(100 / len(known.fields))
    columns = [Column(field.title, width, "text" if _is_text(field) else "number") for field in known.fields]
    cells = [[_cell(value, field) for value in frame[field.name]] for field in known.fields]
    rows = [list(row) for row in zip(*cells, strict=True)]
    return table(known.title, columns, [("", rows)], source)


def _is_text(field: Field) -> bool:
    return field.type in ("string", "date", "boolean")


def _cell(value: object, field: Field) -> Cell:
    """The value as a number wherever it is one, a code in its word; nothing at all where it is missing."""
    if pd.isna(value):  # type: ignore[call-overload]
        return Cell()
    if field.type == "boolean":
        return Cell("はい" if value else "いいえ")
    if field.type in ("string", "date") or (field.type == "integer" and field.unit in _NAMES):
        return Cell(field.labels.get(str(value), str(value)))
    return Cell(number=float(str(value)), decimals=_decimals(str(value)))


def _decimals(number: str) -> int:
    """How many decimals a number has as it is written; none for 17750000.0."""
    exponent = Decimal(number).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
