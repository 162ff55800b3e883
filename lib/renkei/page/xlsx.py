"""A report as a workbook, a sheet for each table and chart, by XlsxWriter."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from renkei.area import Area
from renkei.page.content import Content
from renkei.page.xlsx_figure import write_figure, write_picture
from renkei.page.xlsx_layout import fit_columns, prepare_for_paper
from renkei.page.xlsx_overview import OVERVIEW, title_of, write_overview
from renkei.page.xlsx_styles import FONT, Styles
from renkei.page.xlsx_table import Place, write_table
from renkei.page.xlsx_text import plain, sheet_names
from renkei.report.kit.pieces import Figure, Piece, Provenance, Table
from renkei.report.kit.pieces_text import Picture

#: No clock: the same report is the same bytes.
_CREATED = datetime(2000, 1, 1)
#: Nothing is run: a text that looks like a formula or an address stays text.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_FONT = {"font_name": FONT, "font_size": 10}
_LONGEST_PROPERTY = 255


def workbook_of(content: Content) -> bytes:
    """A report as a workbook, the same bytes for the same report."""
    # Imported here: what makes only HTML need not load it.
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    name = content.title or Area.current().name
    # XlsxWriter writes into what it is given as the default format.
    with Workbook(buffer, {**_OPTIONS, "default_format_properties": dict(_FONT)}) as workbook:
        workbook.set_properties({"title": plain(name)[:_LONGEST_PROPERTY], "created": _CREATED})
        styles = Styles(workbook)
        of_sheets = _of_sheets(content)
        first, *others = sheet_names([OVERVIEW, *_short(content, of_sheets)])
        names = dict(zip(of_sheets, others, strict=True))
        write_overview(workbook.add_worksheet(first), styles, content, name, names)
        for position, sheet_name in names.items():
            _write_sheet(workbook, sheet_name, styles, content.pieces[position])
    return buffer.getvalue()


def _of_sheets(content: Content) -> dict[int, str]:
    """The title of each sheet by the position of its piece; where the numbers come from stands last."""
    titles = {position: title_of(piece) for position, piece in enumerate(content.pieces)}
    order = sorted(titles, key=lambda position: isinstance(content.pieces[position], Provenance))
    return {position: title for position in order if (title := titles[position]) is not None}


def _short(content: Content, of_sheets: Mapping[int, str]) -> Iterator[str]:
    """What a sheet's tab says: the caption of a table; of a drawing, which says its finding, the number."""
    number = 0
    for position, title in of_sheets.items():
        if isinstance(content.pieces[position], Figure | Picture):
            number += 1
            yield f"図{number}"
        else:
            yield title


def _write_sheet(workbook: Any, name: str, styles: Styles, piece: Piece) -> None:
    sheet = workbook.add_worksheet(name)
    place: Place | None = None
    pages = 0
    match piece:
        case Table():
            place = write_table(sheet, styles, piece, 0)
            fit_columns(sheet, place.widths)
            sheet.freeze_panes(place.heads + 1, 0)
            if place.widths:
                sheet.autofilter(place.heads, 0, place.last, len(place.widths) - 1)
        case Figure():
            fit_columns(sheet, write_figure(workbook, sheet, styles, piece).widths)
            pages = 1
        case Picture():
            write_picture(sheet, styles, piece)
            pages = 1
        case Provenance():
            places: list[Place] = []
            for table in (*piece.tables, *piece.folded):
                places.append(write_table(sheet, styles, table, places[-1].free + 1 if places else 0))
            fit_columns(sheet, *(of.widths for of in places))
    prepare_for_paper(sheet, place.heads if place else None, pages)
