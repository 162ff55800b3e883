"""CSV files as this project keeps them: UTF-8, LF, one header row, empty cell = missing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from renkei.errors import TableError

Cell = str | int | bool | Decimal | None


@dataclass(frozen=True)
class CsvRow:
    """One row by column name, and the line of the file where it ends."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_rows(path: Path, columns: Sequence[str], shown_path: str) -> list[CsvRow]:
    """The rows of a CSV file whose header is exactly `columns`.

    A byte order mark, as Excel writes it, is read over. Raises TableError, with
    the line, for text that is not UTF-8, for another header, and for a row with
    more or fewer cells.
    """
    reader = csv.reader(io.StringIO(_text(path, shown_path), newline=""))
    header = next(reader, [])
    if header != list(columns):
        raise TableError(
            f"{shown_path}:1: the columns {', '.join(columns)} were expected in this order, "
            f"found {', '.join(header) or 'none'}"
        )
    return list(_rows(reader, columns, shown_path))


def _rows(reader: Iterator[list[str]], columns: Sequence[str], shown_path: str) -> Iterator[CsvRow]:
    line = 1
    for cells in reader:
        line += 1
        if len(cells) != len(columns):
            raise TableError(
                f"{shown_path}:{line}: {len(columns)} cells were expected, found {len(cells)}; "
                "put quotes around a cell that holds a comma"
            )
        yield CsvRow(line, dict(zip(columns, cells, strict=True)))


def csv_text(columns: Sequence[str], rows: Iterable[dict[str, Cell]]) -> str:
    """`rows` as CSV text. Every row must have exactly the columns; None becomes an empty cell."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        if set(row) != set(columns):
            raise TableError(f"a row with {', '.join(columns)} was expected, found {', '.join(row)}")
        writer.writerow([_written(row[column]) for column in columns])
    return buffer.getvalue()


def _text(path: Path, shown_path: str) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise TableError(f"{shown_path}: the file is missing; put it back, or run 'renkei build'") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TableError(
            f"{shown_path}:{line}: text in UTF-8 was expected, found bytes that are none; the file may "
            "have been saved as CP932 (Shift_JIS): save it as “CSV UTF-8”"
        ) from error


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        plain = format(cell, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(cell)
