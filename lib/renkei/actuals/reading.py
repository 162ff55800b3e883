"""Sheets as rows of the form: heads are found by their words, wherever a sheet has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from renkei.actuals.cells import Block, Cell, Place, Sheet, refused, seen, shown
from renkei.actuals.form import COLUMNS, GUIDE_SHEET, NEEDED, FormColumn
from renkei.errors import SourceError
from renkei.units import squeezed

_BY_HEAD = {squeezed(column.head): column for column in COLUMNS}
_BY_NAME = {column.name: column for column in COLUMNS}
_FILLED_IN = frozenset(column.name for column in COLUMNS if column.is_filled_in)
#: Cells that say that something is reported; who fills the form in may write their name ahead.
_REPORTING = ("actual", "observed_year", "status", "rating", "note")
#: A title and a few words may stand above the heads.
_LAST_HEAD_ROW = 30
#: So many heads in one row are those of a form, though one that is needed lacks.
_SOME = 3
#: An indicator's id.
ID_PATTERN = re.compile(r"\d{4}-(\d{2}-\d{1,2}|K\d{1,2})")


@dataclass(frozen=True)
class FormRow:
    """A row that reports something: its cells by the names of the form's columns."""

    row: int
    sheet: Sheet
    cells: Mapping[str, Cell]

    def __getitem__(self, name: str) -> Cell:
        """The cell of a column; an empty one where the sheet does not have the column."""
        return self.cells.get(name) or Cell(Place(self.sheet.file, self.sheet.name, f"row {self.row}"))


@dataclass(frozen=True)
class FormRows:
    """The rows of a file that report something, and what keeps rows from being read."""

    rows: tuple[FormRow, ...]
    problems: tuple[SourceError, ...]


@dataclass(frozen=True)
class _Heads:
    row: int
    columns: Mapping[str, int]


def form_rows(file: str, sheets: tuple[Sheet, ...]) -> FormRows:
    """Every row of a file's sheets that reports something, in their order."""
    rows: list[FormRow] = []
    problems: list[SourceError] = []
    has_form = False
    for sheet in sheets:
        try:
            heads = _heads(sheet)
        except SourceError as error:
            has_form = True
            problems.append(error)
            continue
        if heads is None:
            problems += _ids_without_heads(sheet)
            continue
        has_form = True
        found = list(_rows_below(sheet, heads))
        problems += _hidden(sheet, found, heads)
        problems += _merged(sheet, heads)
        rows += found
    if not has_form and not problems:
        needed = ", ".join(f"“{_BY_NAME[name].head}”" for name in NEEDED)
        problems.append(
            SourceError(
                f"a sheet with the heads {needed} was expected, found none; fill in the form of "
                "'renkei actuals template'",
                path=seen(file),
            )
        )
    return FormRows(tuple(rows), tuple(problems))


def _heads(sheet: Sheet) -> _Heads | None:
    """Where the form's heads stand; None for a sheet without; SourceError where one lacks or is twice."""
    by_row: dict[int, list[tuple[int, FormColumn]]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row <= _LAST_HEAD_ROW and cell.kind == "text" and squeezed(cell.text) in _BY_HEAD:
            by_row.setdefault(row, []).append((column, _BY_HEAD[squeezed(cell.text)]))
    if not by_row:
        return None
    row, found = max(by_row.items(), key=lambda item: len(item[1]))
    if len(found) < _SOME:
        return None
    columns: dict[str, int] = {}
    for column, of in found:
        if of.name in columns:
            raise refused(
                sheet.place(row, column),
                f"the head “{of.head}” once",
                f"it in {sheet.place(row, columns[of.name]).address} too",
                "delete the column that is not meant, or change its head",
            )
        columns[of.name] = column
    lacking = [_BY_NAME[name].head for name in NEEDED if name not in columns]
    if lacking:
        raise refused(
            sheet.place(row, found[0][0]),
            f"the head{'s' * (len(lacking) > 1)} {', '.join(f'“{head}”' for head in lacking)} in this row",
            "none",
            "write them as in the form of 'renkei actuals template'",
        )
    return _Heads(row, columns)


def _rows_below(sheet: Sheet, heads: _Heads) -> Iterator[FormRow]:
    last = max((row for row, _ in sheet.cells), default=0)
    covering = {
        (row, column): block
        for block in sheet.merged
        for column in range(block.first_column, min(block.last_column, 500) + 1)
        for row in range(max(block.first_row, heads.row + 1), min(block.last_row, last) + 1)
    }
    for row in range(heads.row + 1, last + 1):
        cells = {name: sheet.cell(row, column) for name, column in heads.columns.items()}
        for name, column in heads.columns.items():
            block = covering.get((row, column))
            if block is not None and name not in _FILLED_IN:
                # What a merged block shows holds for each of its rows.
                top = sheet.cell(block.first_row, block.first_column)
                cells[name] = replace(top, place=sheet.place(row, column))
        if _is_heads_again(cells):
            continue
        if any(not cells[name].is_empty for name in _REPORTING if name in cells):
            yield FormRow(row, sheet, cells)


def _is_heads_again(cells: Mapping[str, Cell]) -> bool:
    return all(squeezed(cell.text) == squeezed(_BY_NAME[name].head) for name, cell in cells.items())


def _hidden(sheet: Sheet, rows: list[FormRow], heads: _Heads) -> Iterator[SourceError]:
    """What reports something where nobody sees it."""
    if sheet.is_hidden and rows:
        yield SourceError(
            f"nothing reported in a hidden sheet was expected, found {len(rows)} rows; show the sheet and "
            "look at it, or delete it",
            path=str(Place(sheet.file, sheet.name, _rows_in_words(rows))),
        )
        return
    what_to_do = "show it and look at it, or clear the cells"
    for row in rows:
        if row.row in sheet.hidden_rows:
            yield refused(
                row["actual"].place, "nothing reported in a hidden row", "cells filled in", what_to_do
            )
    for name, column in heads.columns.items():
        if name not in _FILLED_IN or column not in sheet.hidden_columns:
            continue
        first = next((row for row in rows if not row[name].is_empty), None)
        if first is not None:
            yield refused(
                first[name].place, "nothing reported in a hidden column", "cells filled in", what_to_do
            )


def _rows_in_words(rows: list[FormRow]) -> str:
    first, last = rows[0].row, rows[-1].row
    return f"row {first}" if first == last else f"rows {first} to {last}"


def _merged(sheet: Sheet, heads: _Heads) -> Iterator[SourceError]:
    """A block over several cells to fill in does not say for which of them its value is."""
    filled_in = [column for name, column in heads.columns.items() if name in _FILLED_IN]
    for block in sheet.merged:
        first, last = max(block.first_row, heads.row + 1), block.last_row
        columns = [column for column in filled_in if block.first_column <= column <= block.last_column]
        if last < first or not columns or (first == last and len(columns) == 1):
            continue
        top = sheet.cell(block.first_row, block.first_column)
        if not top.is_empty:
            yield refused(_block_place(sheet, block), "a value in each cell", f"{top.found} in merged cells",
                          "unmerge them, and write what each cell is to say")  # fmt: skip


def _block_place(sheet: Sheet, block: Block) -> Place:
    first = sheet.place(block.first_row, block.first_column)
    return replace(first, address=f"{first.address}:{sheet.place(block.last_row, block.last_column).address}")


def _ids_without_heads(sheet: Sheet) -> Iterator[SourceError]:
    """A sheet that lost its heads would be passed over; one that explains may name an indicator."""
    if sheet.name == GUIDE_SHEET:
        return
    for cell in sheet.cells.values():
        if cell.kind == "text" and ID_PATTERN.fullmatch(squeezed(cell.text)):
            yield refused(
                cell.place,
                "the form's heads above an indicator",
                f"“{shown(cell.text)}” without them",
                "put the heads back, or delete the sheet",
            )
            return
