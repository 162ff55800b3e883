"""Tables on worksheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from renkei.page.xlsx_columns import SheetColumn, columns_of
from renkei.page.xlsx_styles import Styles
from renkei.page.xlsx_text import is_number, plain, width_of
from renkei.report.kit import palette
from renkei.report.kit.pieces import Cell, ColumnKind, Table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: Widths of columns in characters of half width; heads are wrapped, and have a button for the filter.
_NARROWEST = 7
_WIDEST: Mapping[ColumnKind, int] = {"text": 44, "rating": 24, "small": 50, "number": 18}
_BUTTON = 3
#: Digits in a longer text are a code and no number: a worksheet keeps 15 of them.
_MOST_DIGITS = 15
#: The height of a line and what a row has besides, in points; no row is higher than 409.
_LINE, _PADDING, _HIGHEST, _CAPTION = 16, 3, 409, 24
#: What a cell leaves free beside its text, in characters.
_MARGIN = 3
A4 = 9


@dataclass(frozen=True)
class Place:
    """Where a table stands: the row of its heads, that of its last row, and the next free one."""

    heads: int
    last: int
    free: int
    widths: tuple[int, ...]


def write_table(sheet: Worksheet, styles: Styles, table: Table, start: int) -> Place:
    """Write a table from a row on: caption, heads, rows, below them its note and its source."""
    write_text(sheet, start, 0, table.caption, styles.heading)
    sheet.set_row(start, _CAPTION)
    place = write_columns(sheet, styles, columns_of(table), start + 1)
    row = place.last + 2
    for line in (*table.note.split("\n"), f"出典：{table.source}" if table.source else ""):
        if line:
            _write_across(sheet, row, place.widths, line, styles)
            row += 1
    return Place(place.heads, place.last, row, place.widths)


def write_columns(sheet: Worksheet, styles: Styles, columns: Sequence[SheetColumn], start: int) -> Place:
    """Write heads and, below them, cells."""
    count = len(columns[0].cells) if columns else 0
    widths = tuple(map(_width, columns))
    for position, column in enumerate(columns):
        write_text(sheet, start, position, column.head, styles.head_of(column.kind))
        for row, cell in enumerate(column.cells, start=start + 1):
            _write(sheet, row, position, cell, column, styles)
        _draw_bars(sheet, start + 1, start + count, position, column)
    texts = zip(*([column.head, *(cell.words for cell in column.cells)] for column in columns), strict=True)
    for row, of_row in enumerate(texts, start=start):
        set_height(sheet, row, max(map(lines_of, of_row, widths)))
    return Place(start, start + count, start + count + 1, widths)


def set_height(sheet: Worksheet, row: int, lines: int) -> None:
    """Make a row as high as so many lines: not every program that opens a workbook fits rows itself."""
    sheet.set_row(row, min(_HIGHEST, _LINE * lines + _PADDING))


def lines_of(text: str, width: int) -> int:
    """On how many lines a text stands in a column of that width."""
    return sum(-(-max(1, width_of(line)) // (width - _MARGIN)) for line in text.split("\n"))


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Any) -> None:
    """Write text as text, whatever it begins with; no text leaves the cell empty."""
    if text := plain(text):
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_blank(row, column, None, style)


def fit_columns(sheet: Worksheet, *places: Place) -> None:
    """Make each column as wide as what stands in it asks for."""
    for position in range(max((len(place.widths) for place in places), default=0)):
        widths = [place.widths[position] for place in places if position < len(place.widths)]
        sheet.set_column(position, position, max(widths))


def prepare_for_paper(sheet: Worksheet, place: Place | None = None, pages: int = 0) -> None:
    """A4 across, as wide as a page and on as many as it takes or on `pages`, each with the heads on it."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    sheet.fit_to_pages(1, pages)
    sheet.set_header("&L&A")
    sheet.set_footer("&C&P / &N")
    if place is not None:
        sheet.repeat_rows(0, place.heads)


def _write(
    sheet: Worksheet, row: int, position: int, cell: Cell, column: SheetColumn, styles: Styles
) -> None:
    style = styles.of_cell(cell, column.kind)
    if is_number(cell):
        sheet.write_number(row, position, cell.number, style)
    elif column.kind == "number" and _is_whole(cell.text):
        sheet.write_number(row, position, int(cell.text), styles.of_cell(cell, column.kind))
    else:
        write_text(sheet, row, position, cell.text, style)


def _write_across(sheet: Worksheet, row: int, widths: Sequence[int], text: str, styles: Styles) -> None:
    """Write a line as wide as the table, on as many lines as it needs: Excel does not fit merged cells."""
    set_height(sheet, row, lines_of(text, sum(widths)))
    if len(widths) > 1:
        sheet.merge_range(row, 0, row, len(widths) - 1, "", styles.small)
    write_text(sheet, row, 0, text, styles.small)


def _is_whole(text: str) -> bool:
    """Whether a text such as a project's number is one that can be sorted by."""
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and str(int(text)) == text


def _draw_bars(sheet: Worksheet, first: int, last: int, position: int, column: SheetColumn) -> None:
    """Bars behind the numbers, as long as on the page."""
    full = [
        cell.number / cell.bar
        for cell in column.cells
        if is_number(cell) and cell.number is not None and cell.bar is not None and 0 < cell.bar < 1
    ]
    if any(cell.bar is not None for cell in column.cells):
        sheet.conditional_format(
            first,
            position,
            last,
            position,
            {
                "type": "data_bar",
                "bar_color": palette.KEY_LIGHT,
                "min_type": "num",
                "min_value": 0,
                "max_type": "num",
                "max_value": max(full, default=max((cell.number or 0 for cell in column.cells), default=1)),
            },
        )


def _width(column: SheetColumn) -> int:
    """As wide as its longest text up to a limit, and as its longest number in any case."""
    numbers = max((width_of(cell.words) for cell in column.cells if is_number(cell)), default=0)
    texts = max((width_of(cell.words) for cell in column.cells if not is_number(cell)), default=0)
    # A head of two lines is as good as one.
    head = min(width_of(column.head), max(8, (width_of(column.head) + 1) // 2))
    inside = max(numbers, min(_WIDEST[column.kind], texts))
    return max(_NARROWEST, inside + _MARGIN, head + _BUTTON)
