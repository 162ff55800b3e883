"""CSV files as this project keeps them: UTF-8, LF, one header row, empty cell = missing."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from renkei.errors import TableError

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

Cell = str | int | bool | Decimal | None


@dataclass(frozen=True)
class CsvRow:
    """One row by column name, and the line of the file where it ends."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_rows(
    path: Path,
    columns: Sequence[str],
    shown_path: str,
    encodings: Sequence[str] = ("utf-8",),
    optional: Sequence[str] = (),
) -> list[CsvRow]:
    """The rows of a CSV file whose header is exactly `columns`, in the first encoding that fits.

    Some of `optional` may follow, in their order; the cells of those that do not are empty.
    A byte order mark, as Excel writes it, is read over. Raises TableError, with
    the line, for text in no such encoding, for another header, and for a row with
    more or fewer cells.
    """
    return rows_of_text(_text(path, shown_path, encodings), columns, shown_path, optional)


def rows_of_text(
    text: str, columns: Sequence[str], shown_path: str, optional: Sequence[str] = ()
) -> list[CsvRow]:
    """The same rows of a text that was read already; raises TableError likewise."""
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    given = [*columns, *(column for column in optional if column in header)]
    if header != given:
        more = f", then {', '.join(optional)} or some of these," if optional else ""
        raise TableError(
            f"{shown_path}:1: the columns {', '.join(columns)}{more} were expected in this order, "
            f"found {', '.join(header) or 'none'}"
        )
    rows = _rows(reader, given, shown_path)
    return [CsvRow(row.line, dict.fromkeys(optional, "") | row.cells) for row in rows] if optional else rows


def _rows(reader: CsvReader, columns: Sequence[str], shown_path: str) -> list[CsvRow]:
    rows, problems = [], []
    try:
        for cells in reader:
            if len(cells) == len(columns):
                rows.append(CsvRow(reader.line_num, dict(zip(columns, cells, strict=True))))
            elif cells:
                problems.append(
                    f"{shown_path}:{reader.line_num}: {len(columns)} cells were expected, "
                    f"found {len(cells)}; put quotes around a cell that holds a comma"
                )
    except csv.Error as error:
        problems.append(f"{shown_path}:{reader.line_num}: {error}; is a quote missing?")
    if problems:
        raise TableError("\n".join(problems))
    return rows


def csv_text(columns: Sequence[str], rows: Iterable[dict[str, Cell]]) -> str:
    """`rows` as CSV text. Every row must have exactly the columns; None becomes an empty cell."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        if set(row) != set(columns):
            raise TableError(f"a row with {', '.join(columns)} was expected, found {', '.join(row)}")
        writer.writerow([written(row[column]) for column in columns])
    return buffer.getvalue()


def _text(path: Path, shown_path: str, encodings: Sequence[str]) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise TableError(f"{shown_path}: the file is missing; put it back, or run 'renkei build'") from error
    content = content.removeprefix(codecs.BOM_UTF8)
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
    raise TableError(
        f"{shown_path}:{line}: text in {' or '.join(encodings).upper()} was expected, found bytes that are "
        "none; the file may have been saved as CP932 (Shift_JIS) or as Unicode text: save it as “CSV UTF-8”"
    )


def written(cell: Cell) -> str:
    """A cell as it stands in a file; None is an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        plain = format(cell, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(cell)
