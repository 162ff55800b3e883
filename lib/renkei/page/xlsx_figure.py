"""Charts and pictures on worksheets, with the numbers that they show."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

from PIL import Image

from renkei.page.pictures import picture_of, picture_of_svg
from renkei.page.xlsx_chart import chart_of, drawn_columns
from renkei.page.xlsx_columns import SheetColumn, columns_of, in_one_unit
from renkei.page.xlsx_styles import Styles
from renkei.page.xlsx_table import Place, write_columns, write_text
from renkei.page.xlsx_text import is_number, plain
from renkei.report.kit.pieces import Column, Figure, Group, Table
from renkei.report.kit.pieces_text import Picture

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Of a row on screen, and of a chart with its bars, in pixels.
_ROW, _CHART_WIDTH, _AROUND_BARS, _BAR, _BETWEEN_BARS = 20, 900, 170, 24, 12
_LARGEST_PICTURE = 900


def write_figure(workbook: Workbook, sheet: Worksheet, styles: Styles, figure: Figure) -> Place:
    """Title, measure, chart, numbers and source of a figure."""
    write_text(sheet, 0, 0, figure.title, styles.heading)
    write_text(sheet, 1, 0, figure.measure, styles.of(font_color="#4d4d4d"))
    columns = _columns(figure)
    series = drawn_columns(columns) if figure.drawing else []
    if series:
        bars = 1 if figure.drawing == "stacked" else len(series)
        height = (
            _AROUND_BARS + _BAR * bars * len(figure.numbers.rows) + _BETWEEN_BARS * len(figure.numbers.rows)
        )
        place = write_columns(sheet, styles, columns, 4 + -(-height // _ROW))
        chart = chart_of(workbook, sheet.get_name(), figure, columns, series, place)
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
    if figure.drawing and figure.numbers.heads:
        count = len(figure.numbers.heads)
        cells = in_one_unit([cell for row in rows for cell in row])
        rows = tuple(tuple(cells[start : start + count]) for start in range(0, len(cells), count))
    heads = tuple(
        Column(head, 0, "number" if any(is_number(row[position]) for row in rows) else "text")
        for position, head in enumerate(figure.numbers.heads)
    )
    return list(columns_of(Table("", heads, (Group(rows),), "")))
