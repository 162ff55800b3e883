"""Three years of actuals as made-up offices (架空) fill them in: each number, and how it is typed.

Only the form's rows are the project's; every value is made up.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from renkei.actuals.form import COLUMNS, FORM_SHEET
from renkei.quantity import parse_quantity

SOFFICE = shutil.which("soffice")
LACKS_LIBREOFFICE = SOFFICE is None and "RENKEI_NEEDS_LIBREOFFICE" not in os.environ
#: The row of the form's heads; a row for each indicator follows.
HEADS = 3
PLACES = {column.name: place for place, column in enumerate(COLUMNS, start=1)}
#: Of what the plan asks for every year or in the end, by turns; of a total over the years, which never falls.
_SHARES = {
    2024: ("1.1", "0.9", "1", "0.7"),
    2025: ("1.2", "1.1", "0.8", "1"),
    2026: ("1.3", "0.9", "1", "1.1"),
}
_OF_TOTALS = {2024: "0.2", 2025: "0.45", 2026: "0.8"}
_FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@dataclass(frozen=True)
class Entry:
    """What an office says of an indicator in a year; `number` counts in the form's unit, None for words."""

    indicator_id: str
    name: str
    unit: str
    number: Decimal | None
    text: str
    typed: object
    status: str
    note: str
    office: str
    rating: str | None = None


def entries(form: Path, fiscal_year: int, status: str) -> list[Entry]:
    """A row for each of the form: every number told apart from its neighbours."""
    return [_entry(cells, fiscal_year, status, turn) for turn, cells in enumerate(rows_of(form))]


def rows_of(form: Path) -> Iterator[dict[str, Any]]:
    """The form's rows by the names of its columns."""
    sheet = openpyxl.load_workbook(form)[FORM_SHEET]
    for row in sheet.iter_rows(min_row=HEADS + 1, values_only=True):
        yield {name: row[place - 1] for name, place in PLACES.items()}


def _entry(cells: dict[str, Any], fiscal_year: int, status: str, turn: int) -> Entry:
    unit = cells["unit"]
    said = Entry(
        indicator_id=cells["indicator_id"],
        name=cells["indicator_name"],
        unit=unit,
        number=None,
        text=f"架空の実施{turn + 1}件目",
        typed=f"架空の実施{turn + 1}件目",
        status=status,
        note=f"{fiscal_year}年度の{cells['indicator_id']}は架空",
        office=f"架空第{turn % 5 + 1}課",
        rating=None,
    )
    if unit == "言葉":
        return replace(said, rating="○ 達成見込" if status == "暫定" else "◎ 達成済み")
    number = _number(cells, fiscal_year, turn)
    text = f"{written(number)}{unit}"
    return replace(said, number=number, text=text, typed=_typed(number, text, turn))


def written(number: Decimal) -> str:
    """A number as the documents write it."""
    return f"{'▲' if number < 0 else ''}{abs(number):,}"


def _number(cells: dict[str, Any], fiscal_year: int, turn: int) -> Decimal:
    """A share of the target's number, as fine as it; a percentage is not more than all."""
    lines = str(cells["asked"]).split("\n")
    is_total = "からの累計" in cells["asked"]
    share = Decimal(_OF_TOTALS[fiscal_year] if is_total else _SHARES[fiscal_year][turn % 4])
    asked = next((line for line in lines if line.startswith("目標 ")), lines[0])
    target = parse_quantity(asked.removeprefix("目標 ").replace("(毎年度)", ""))
    assert target.value is not None, asked
    digits = Decimal(1).scaleb(-target.decimals)
    number = (target.value / target.scale * share).quantize(digits, ROUND_HALF_UP)
    if number <= 10 and share > 1:
        # Once a year is asked of many: how much more often tells them apart.
        number += turn % 5
    return min(number, Decimal(100)) if cells["unit"] == "%" else number


def _typed(number: Decimal, text: str, turn: int) -> object:
    """A number, or a text that says it."""
    match turn % 4:
        case 0:
            return text
        case 1:
            return text.translate(_FULL_WIDTH)
        case _:
            return float(number) if number % 1 else int(number)


def fill_in(form: Path, path: Path, found: list[Entry]) -> Path:
    """The form with these entries in the cells that it leaves open, saved as another workbook."""
    book = openpyxl.load_workbook(form)
    sheet = book[FORM_SHEET]
    by_id = {entry.indicator_id: entry for entry in found}
    for row in range(HEADS + 1, sheet.max_row + 1):
        entry = by_id.get(str(sheet.cell(row, PLACES["indicator_id"]).value))
        if entry is not None:
            _write(sheet, row, entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def _write(sheet: Worksheet, row: int, entry: Entry) -> None:
    cells = {"actual": entry.typed, "status": entry.status, "note": entry.note, "office": entry.office}
    rating = sheet.cell(row, PLACES["rating"])
    if entry.rating and not rating.protection.locked:
        # What is not due yet is not rated.
        rating.value = entry.rating
    for name, value in cells.items():
        sheet.cell(row, PLACES[name]).value = value


def saved_again(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [str(SOFFICE or "soffice"), profile, "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder / path.name
