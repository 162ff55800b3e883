"""What offices send back, made up: rows of the form as a workbook or CSV file.

Only indicators, names and units are the project's; every value is made up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from conftest import ROOT
from openpyxl.worksheet.worksheet import Worksheet
from renkei.actuals.form import COLUMNS, FORM_SHEET, GUIDE_SHEET
from renkei.actuals.measured import Measured, measured_indicators
from renkei.checkout import Checkout
from renkei.load import tables_of
from renkei.units import Units

#: The row of the heads, and the first one below; titles stand above.
HEADS, FIRST = 4, 5
#: The letters of the form's columns, as `sheet` puts them.
LETTERS = {column.name: chr(ord("A") + place) for place, column in enumerate(COLUMNS)}
Change = Callable[[Worksheet], object]


@cache
def measured() -> Mapping[str, Measured]:
    """Every indicator of the project."""
    return measured_indicators(tables_of(Checkout(ROOT)), Units.of(Checkout(ROOT)))


def row(indicator_id: str = "2024-14-1", actual: object = 33, **others: object) -> dict[str, Any]:
    """A row of FY2024 by the names of the columns, filled in as final by an office unless said otherwise."""
    of = measured()[indicator_id]
    cells = {
        "fiscal_year": 2024,
        "indicator_id": indicator_id,
        "project_no": indicator_id.split("-")[1],
        "project_name": "架空の事業名",
        "indicator_name": of.name,
        "unit": of.form.text or "言葉",
        "actual": actual,
        "observed_year": None,
        "status": "確定",
        "rating": None,
        "note": None,
        "office": "架空課",
    }
    return {**cells, **others}


def workbook(path: Path, *rows: Mapping[str, Any], change: Change | None = None) -> Path:
    """A workbook with these rows below the form's heads, and a sheet that explains, changed at last."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = FORM_SHEET
    sheet["A1"] = "架空の記入例"
    for place, column in enumerate(COLUMNS, start=1):
        sheet.cell(HEADS, place, column.head)
        for number, cells in enumerate(rows):
            sheet.cell(FIRST + number, place, cells.get(column.name))
    guide = book.create_sheet(GUIDE_SHEET)
    guide["A1"], guide["A2"] = "例", "2024-14-1"
    if change is not None:
        change(sheet)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def csv_text(rows: Sequence[Mapping[str, Any]], delimiter: str = ",") -> str:
    """The rows as Excel saves them as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([column.head for column in COLUMNS])
    writer.writerows([[cells.get(column.name, "") for column in COLUMNS] for cells in rows])
    return text.getvalue()


def csv_file(path: Path, *rows: Mapping[str, Any], encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    """A CSV file of these rows."""
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path
