"""Workbooks of offices as cells: .xlsx and .xlsm, whose macros are never run; nothing else passes as one."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from renkei.actuals.cells import ERRORS, Block, Cell, Place, Sheet, seen, shown
from renkei.errors import SourceError

#: No office's form is near these sizes: bytes of content, XML elements, cells, and the area that they span.
#: What is larger is refused before anything is made of it.
MOST_BYTES = 30_000_000
MOST_ELEMENTS = 1_000_000
MOST_CELLS = 200_000
MOST_SPANNED = 1_000_000
_OLD, _PDF, _ZIP = b"\xd0\xcf\x11\xe0", b"%PDF", b"PK\x03\x04"
_WORKBOOK = "xl/workbook.xml"
_SPANNING = ("mergeCell", "hyperlink")
_SAVE_ANEW = "open it in Excel, save it as “Excel workbook (*.xlsx)” without a password, and import that"
#: What a number format shows beside the number: 0"%" shows 42.9 as 42.9%, and is no percentage.
_LITERAL = re.compile(r'"[^"]*"|\\.')
#: Excel writes signs that XML does not have, and a carriage return, by their code.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def sheets_of_workbook(content: bytes, file: str) -> list[Sheet]:
    """The sheets of a workbook, hidden ones too; SourceError for what is none, or is too large."""
    _demand_workbook(content, file)
    # Loading it takes a while that no other command should wait.
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values, formulas = (
                openpyxl.load_workbook(io.BytesIO(content), data_only=is_value, keep_links=False)
                for is_value in (True, False)
            )
    except Exception as error:  # openpyxl raises whatever a broken part leads to.
        raise _refused(file, f"one that cannot be read ({shown(str(error))})") from error
    return [
        _sheet(values[name], formulas[name], file) for name in (sheet.title for sheet in values.worksheets)
    ]


def _demand_workbook(content: bytes, file: str) -> None:
    if content.startswith(_OLD):
        raise _refused(file, "an old workbook (.xls), or one that is protected by a password")
    if content.startswith(_PDF):
        raise _refused(file, "a PDF")
    if not content.startswith(_ZIP):
        raise _refused(file, "a file that is none, whatever its name says")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _demand_parts(parts, file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _refused(file, f"one that is damaged ({shown(str(error))})") from error


def _demand_parts(parts: zipfile.ZipFile, file: str) -> None:
    """Refuse what is no workbook, and what would grow too large, before anything is made of it."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    if "mimetype" in parts.namelist():
        raise _refused(file, "one of OpenDocument (.ods)")
    if _WORKBOOK not in parts.namelist():
        raise _refused(file, "something else in its form (.xlsb, .docx or an archive?)")
    size = sum(part.file_size for part in parts.infolist())
    if size > MOST_BYTES:
        raise _too_large(file, f"{size:,} bytes of content")
    elements = cells = 0
    for name in parts.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            with parts.open(name) as part:
                for _, element in iterparse(part, forbid_dtd=True):
                    tag = element.tag.rpartition("}")[2]
                    cells += tag == "c"
                    cells += _area(element.get("ref", "")) if tag in _SPANNING else 0
                    elements += 1
                    element.clear()
                    if cells > MOST_CELLS or elements > MOST_ELEMENTS:
                        raise _too_large(file, f"more than {MOST_CELLS:,} cells")
        except (ParseError, DefusedXmlException) as error:
            raise _refused(file, f"one that is damaged ({shown(name)}: {shown(str(error))})") from error


def _area(reference: str) -> int:
    """How many cells a reference such as A1:C3 spans; 0 for one that it does not understand."""
    ends = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)", reference)
    if ends is None:
        return 0
    columns = [_number(ends[group]) for group in (1, 3)]
    rows = [int(ends[group]) for group in (2, 4)]
    return (abs(columns[1] - columns[0]) + 1) * (abs(rows[1] - rows[0]) + 1)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _sheet(values: Any, formulas: Any, file: str) -> Sheet:
    if values.max_row * values.max_column > MOST_SPANNED:
        corner = values.cell(values.max_row, values.max_column).coordinate
        raise _too_large(file, f"cells up to {corner} in sheet “{shown(values.title)}”")
    return Sheet(
        file=file,
        name=values.title,
        cells={(cell.row, cell.column): cell_ for cell, cell_ in _cells(values, formulas, file)},
        merged=tuple(
            Block(block.min_row, block.min_col, block.max_row, block.max_col)
            for block in values.merged_cells.ranges
        ),
        hidden_rows=frozenset(row for row, of in values.row_dimensions.items() if of.hidden),
        hidden_columns=frozenset(
            column
            for of in values.column_dimensions.values()
            if of.hidden
            for column in range(of.min, of.max + 1)
        ),
        is_hidden=values.sheet_state != "visible",
    )


def _cells(values: Any, formulas: Any, file: str) -> Iterator[tuple[Any, Cell]]:
    for row in values.iter_rows():
        for cell in row:
            is_formula = formulas.cell(cell.row, cell.column).data_type == "f"
            if cell.value is not None or is_formula:
                place = Place(file, values.title, cell.coordinate)
                yield cell, _cell(cell.value, place, cell.number_format or "", is_formula)


def _cell(value: object, place: Place, number_format: str, is_formula: bool) -> Cell:
    if value is None:
        return Cell(place, "formula" if is_formula else "empty")
    if isinstance(value, bool):
        return Cell(place, "boolean", "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return _number_cell(value, place, "%" in _LITERAL.sub("", number_format))
    if isinstance(value, datetime | date | time | timedelta):
        day = value.date() if isinstance(value, datetime) else value
        return Cell(place, "date", str(day))
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), str(value))
    return Cell(place, "error" if ERRORS.fullmatch(text) else "text", text)


def _number_cell(value: float, place: Place, is_percent: bool) -> Cell:
    # Excel keeps 15 digits: 0.1 + 0.2 is 0.3 there, and what follows is no more than noise.
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return Cell(place, "error", str(value))
    shown_number = number * 100 if is_percent else number
    return Cell(place, "number", f"{shown_number:f}{'%' * is_percent}", shown_number, is_percent)


def _refused(file: str, found: str) -> SourceError:
    return SourceError(f"an Excel workbook was expected, found {found}; {_SAVE_ANEW}", path=seen(file))


def _too_large(file: str, found: str) -> SourceError:
    return SourceError(
        f"a form filled in was expected, found {found}; copy its rows into a new form, and import that",
        path=seen(file),
    )
