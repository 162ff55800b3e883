"""Charts of Excel's own, from the numbers that stand on the same sheet; other charts as pictures."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PIL import Image

from renkei.page.pictures import picture_of, picture_of_svg
from renkei.page.xlsx_columns import SheetColumn, columns_of, in_one_unit
from renkei.page.xlsx_styles import Styles
from renkei.page.xlsx_table import Place, write_columns, write_text
from renkei.page.xlsx_text import is_number, number_format, plain
from renkei.report.kit import palette
from renkei.report.kit.pieces import Cell, Column, Figure, Group, Picture, Table

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Of a row on screen, and of a chart with its bars, in pixels.
_ROW, _CHART_WIDTH, _AROUND_BARS, _BAR = 20, 900, 170, 24
_SERIES_COLOURS = (palette.KEY, palette.GREY, palette.KEY_LIGHT, "#ffc700", "#ce0000", palette.KEY_MID)
#: So dark a ground that white is read better on it.
_DARK = 0.18
_LARGEST_PICTURE = 900


def write_figure(workbook: Workbook, sheet: Worksheet, styles: Styles, figure: Figure) -> Place:
    """Title, measure, chart, numbers and source of a figure."""
    write_text(sheet, 0, 0, figure.title, styles.heading)
    write_text(sheet, 1, 0, figure.measure, styles.of(font_color="#4d4d4d"))
    columns = _columns(figure)
    series = _series(columns) if figure.drawing else []
    if series:
        bars = 1 if figure.drawing == "stacked" else len(series)
        height = _AROUND_BARS + _BAR * bars * len(figure.numbers.rows) + 12 * len(figure.numbers.rows)
        place = write_columns(sheet, styles, columns, 4 + -(-height // _ROW))
        chart = _chart(workbook, sheet.get_name(), figure, columns, series, place)
        chart.set_size({"width": _CHART_WIDTH, "height": height})
        sheet.insert_chart(3, 0, chart, {"description": plain(figure.alt)})
    else:
        picture = picture_of(figure)
        _insert(sheet, picture.png, figure.alt, 0.5)
        place = write_columns(sheet, styles, columns, 4 + -(-picture.height // _ROW))
    if figure.source:
        write_text(sheet, place.last + 2, 0, f"出典：{figure.source}", styles.of(font_size=9))
    return place


def write_picture(sheet: Worksheet, styles: Styles, picture: Picture) -> None:
    """A picture that a cell drew, with what stands for it where it cannot be seen."""
    write_text(sheet, 0, 0, picture.alt.split("\n")[0], styles.heading)
    if picture.mime_type == "image/svg+xml":
        drawn = picture_of_svg(picture.data)
        _insert(sheet, drawn.png, picture.alt, 0.5)
        return
    png = base64.b64decode(picture.data)
    with Image.open(io.BytesIO(png)) as image:
        scale = min(1.0, _LARGEST_PICTURE / image.width)
    _insert(sheet, png, picture.alt, scale)


def _insert(sheet: Worksheet, png: bytes, alt: str, scale: float) -> None:
    with Image.open(io.BytesIO(png)) as image:
        # A PNG may name a resolution of its own, by which XlsxWriter would scale it once more.
        across, down = image.info.get("dpi", (96, 96))
    sheet.insert_image(
        3,
        0,
        "chart.png",
        {
            "image_data": io.BytesIO(png),
            "description": plain(alt),
            "x_scale": scale * across / 96,
            "y_scale": scale * down / 96,
        },
    )


def _columns(figure: Figure) -> list[SheetColumn]:
    """The numbers of a figure as columns, amounts of yen in one unit; one column for each head."""
    rows = figure.numbers.rows
    if figure.drawing:
        count = len(figure.numbers.heads)
        cells = in_one_unit([cell for row in rows for cell in row])
        rows = tuple(tuple(cells[start : start + count]) for start in range(0, len(cells), count))
    heads = tuple(
        Column(head, 0, "number" if any(is_number(row[position]) for row in rows) else "text")
        for position, head in enumerate(figure.numbers.heads)
    )
    return list(columns_of(Table("", heads, (Group(rows),), "")))


def _series(columns: Sequence[SheetColumn]) -> list[int]:
    """The columns that are drawn: those of numbers in the unit of the first of them."""
    found = {
        position: next(cell.unit for cell in column.cells if is_number(cell))
        for position, column in enumerate(columns)
        if position and any(map(is_number, column.cells))
    }
    return [position for position, unit in found.items() if unit == next(iter(found.values()))]


def _chart(
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
    quoted = name.replace("'", "''")
    return {"value": f"='{quoted}'!${chr(ord('A') + position)}${place.heads + row + 2}"}


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
