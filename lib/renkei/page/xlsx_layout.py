"""How wide the columns of a worksheet are, how high its rows, and how it comes onto paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from renkei.page.xlsx_columns import SheetColumn
from renkei.page.xlsx_text import is_number, width_of
from renkei.report.kit.pieces import ColumnKind

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: Widths of columns in characters of half width; heads are wrapped, and have a button for the filter.
_NARROWEST = 7
_WIDEST: Mapping[ColumnKind, int] = {"text": 44, "rating": 24, "small": 50, "number": 18}
_BUTTON = 3
#: No column is wider, whatever stands in it.
_LIMIT = 255
#: What a cell leaves free beside its text, in characters.
_MARGIN = 3
#: The height of a line and what a row has besides, in points; no row is higher than 409.
_LINE, _PADDING, _HIGHEST = 16, 3, 409
#: How the format calls that size of paper.
_A4 = 9


def set_height(sheet: Worksheet, row: int, lines: int) -> None:
    """Make a row as high as so many lines: not every program that opens a workbook fits rows itself."""
    sheet.set_row(row, min(_HIGHEST, _LINE * lines + _PADDING))


def lines_of(text: str, width: int) -> int:
    """On how many lines a text stands in a column of that width."""
    return sum(-(-max(1, width_of(line)) // max(1, width - _MARGIN)) for line in text.split("\n"))


def fit_columns(sheet: Worksheet, *tables: Sequence[int]) -> None:
    """Make each column as wide as the widest of the tables that stand on a sheet asks for."""
    for position, widths in enumerate(zip_longest(*tables, fillvalue=0)):
        sheet.set_column(position, position, max(widths))


def prepare_for_paper(sheet: Worksheet, heads: int | None = None, pages: int = 0) -> None:
    """A4 across, as wide as a page, on as many as it takes or on `pages`, each with the rows to `heads`."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    sheet.fit_to_pages(1, pages)
    sheet.set_header("&L&A")
    sheet.set_footer("&C&P / &N")
    if heads is not None:
        sheet.repeat_rows(0, heads)


def fitting_width(column: SheetColumn) -> int:
    """As wide as its longest text up to a limit, and as its longest number in any case."""
    numbers = max((width_of(cell.words) for cell in column.cells if is_number(cell)), default=0)
    texts = max((width_of(cell.words) for cell in column.cells if not is_number(cell)), default=0)
    # A head of two lines is as good as one.
    head = min(_WIDEST["text"], width_of(column.head), max(8, (width_of(column.head) + 1) // 2))
    inside = max(numbers, min(_WIDEST[column.kind], texts))
    return min(_LIMIT, max(_NARROWEST, inside + _MARGIN, head + _BUTTON))
