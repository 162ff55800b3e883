"""CSV files of offices as cells: UTF-8 or CP932; commas, tabs or semicolons, as Excel saves them."""

from __future__ import annotations

import codecs
import csv
import io

from renkei.actuals.cells import ERRORS, Cell, Sheet, refused, seen, shown
from renkei.actuals.form import COLUMNS
from renkei.errors import SourceError
from renkei.text import normalise

_ID_HEAD = next(column.head for column in COLUMNS if column.name == "indicator_id")

#: A form as text is far smaller.
MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
_DELIMITERS = (",", "\t", ";")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def sheets_of_csv(content: bytes, file: str) -> list[Sheet]:
    """The one sheet of a CSV file; SourceError for what is no text or cannot be parted into cells."""
    if len(content) > MOST_BYTES:
        raise _refused(file, f"{len(content):,} bytes")
    text = _text(content, file)
    delimiter = _delimiter(text)
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(cells)
            if len(rows) > MOST_ROWS:
                raise _refused(file, f"more than {MOST_ROWS:,} rows")
    except csv.Error as error:
        place = Sheet(file, "", {}).place(len(rows) + 1, 1)
        raise refused(
            place, "a row of cells", shown(str(error)), "is a quote missing? Save it in Excel"
        ) from error
    bare = Sheet(file, "", {})
    found = {}
    for row, cells in enumerate(rows, start=1):
        for column, content_of_cell in enumerate(cells, start=1):
            if content_of_cell:
                kind = "error" if ERRORS.fullmatch(content_of_cell.strip()) else "text"
                found[row, column] = Cell(bare.place(row, column), kind, content_of_cell)  # type: ignore[arg-type]
    return [Sheet(file, "", found)]


def _delimiter(text: str) -> str:
    """What parts the heads, if there are any; a number or a note may hold a comma, too."""
    heads = next((line for line in text.splitlines() if _ID_HEAD in normalise(line)), text)
    return max(_DELIMITERS, key=heads.count)


def _text(content: bytes, file: str) -> str:
    if content.startswith(_WIDE):
        raise _refused(file, "“Unicode text” (UTF-16)")
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Any bytes read as CP932, nearly; those of a program or a picture hold control characters.
        if "\0" in text:
            break
        return text
    raise _refused(file, "bytes that are no text")


def _refused(file: str, found: str) -> SourceError:
    return SourceError(
        f"a CSV file in UTF-8 or CP932 was expected, found {found}; save it in Excel as “CSV UTF-8”",
        path=seen(file),
    )
