"""Charts of Excel's own, from the numbers that stand on the same sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from renkei.page.xlsx_columns import SheetColumn
from renkei.page.xlsx_table import Place
from renkei.page.xlsx_text import is_number, number_format, plain
from renkei.report.kit import palette
from renkei.report.kit.pieces import Cell, Figure

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_SERIES_COLOURS = (palette.KEY, palette.GREY, palette.KEY_LIGHT, "#ffc700", "#ce0000", palette.KEY_MID)
#: So dark a ground that white is read better on it.
_DARK = 0.18


def drawn_columns(columns: Sequence[SheetColumn]) -> list[int]:
    """The columns that are drawn: those of numbers in the unit of the first of them."""
    found = {
        position: next(cell.unit for cell in column.cells if is_number(cell))
        for position, column in enumerate(columns)
        if position and any(map(is_number, column.cells))
    }
    return [position for position, unit in found.items() if unit == next(iter(found.values()))]


def chart_of(
    workbook: Workbook,
    name: str,
    figure: Figure,
    columns: Sequence[SheetColumn],
    series: Sequence[int],
    place: Place,
) -> Any:
    """The chart; each text in it is a reference to a cell, so that no text is taken for a formula."""
    is_stacked = figure.drawing == "stacked"
    chart = workbook.add_chart({"type": "bar", **({"subtype": "percent_stacked"} if is_stacked else {})})
    given = dict(zip(series, figure.numbers.colours, strict=False))
    written = _label_format([cell for position in series for cell in columns[position].cells])
    for number, position in enumerate(series):
        colour = given.get(position, _SERIES_COLOURS[number % len(_SERIES_COLOURS)])
        chart.add_series(
            {
                "name": [name, place.heads, position],
                "categories": [name, place.heads + 1, 0, place.last, 0],
                "values": [name, place.heads + 1, position, place.last, position],
                "fill": {"color": colour},
                "border": {"color": "#ffffff"},
                "gap": 45,
                "overlap": 100 if is_stacked else 0,
                "data_labels": {
                    "value": True,
                    # A part of which there is none has no room for a label.
                    "num_format": f"{written};" if is_stacked else written,
                    "font": {"color": _on(colour) if is_stacked else palette.TEXT, "size": 9},
                    "custom": [
                        _label(name, place, row, position, cell)
                        for row, cell in enumerate(columns[position].cells)
                    ],
                },
            }
        )
    chart.set_title(
        {"name": [name, 0, 0], "name_font": {"size": 12, "color": palette.TEXT}, "overlay": False}
    )
    unit = next(cell.unit for cell in columns[series[0]].cells if is_number(cell))
    # Of bars that lie, XlsxWriter calls the axis of the names y and that of the values x.
    chart.set_y_axis(
        {
            "reverse": True,
            "num_font": {"color": palette.TEXT},
            "line": {"color": palette.LINE},
            "crossing": "max",
        }
    )
    chart.set_x_axis(
        {
            "name": plain(
                f"構成比(棒の中は数、単位：{unit})" if is_stacked else f"単位：{unit}" if unit else "値"
            ),
            "name_font": {"bold": False, "size": 9, "color": palette.TEXT},
            "num_font": {"color": palette.TEXT, "size": 9},
            "major_gridlines": {"visible": True, "line": {"color": "#e6e6e6"}},
            "line": {"none": True},
            **({"num_format": "0%"} if is_stacked else {}),
        }
    )
    chart.set_legend({"none": True} if len(series) == 1 else {"position": "bottom"})
    return chart


def _label(name: str, place: Place, row: int, position: int, cell: Cell) -> dict[str, Any] | None:
    """A label of its own for a bar without a number: what stands in its cell."""
    if is_number(cell):
        return None
    from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

    at = xl_rowcol_to_cell(place.heads + 1 + row, position, row_abs=True, col_abs=True)
    return {"value": f"={quote_sheetname(name)}!{at}"}


def _label_format(cells: Sequence[Cell]) -> str:
    """The format of all labels: decimals as the largest number has, more if a small one needs them."""
    numbers = [cell for cell in cells if is_number(cell) and cell.number]
    if not numbers:
        return number_format(
            Cell(number=0.0, unit=next((cell.unit for cell in cells if is_number(cell)), ""))
        )
    decimals = min(cell.decimals for cell in numbers)
    smallest = min(abs(cell.number or 0.0) for cell in numbers)
    while smallest < 10**-decimals and decimals < 4:
        decimals += 1
    return number_format(Cell(decimals=decimals, unit=numbers[0].unit))


def _on(colour: str) -> str:
    """White or the text's colour, whichever is read better on a ground."""
    red, green, blue = ((int(colour[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5))
    return "#ffffff" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < _DARK else palette.TEXT
