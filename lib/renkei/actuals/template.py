"""The workbooks that go out to offices, one sheet to fill in and one that explains it."""

from __future__ import annotations

import io
from datetime import datetime

from renkei.actuals.asked import asked_for
from renkei.actuals.form import FORM_SHEET, GUIDE_SHEET
from renkei.actuals.form_sheet import write_form
from renkei.actuals.guide_sheet import write_guide
from renkei.actuals.selection import Part, parts_of
from renkei.actuals.sheet_styles import FONT, FONT_SIZE, SheetStyles
from renkei.area import Area
from renkei.cell_text import plain
from renkei.fiscal_year import FiscalYear
from renkei.load import Tables
from renkei.revisions import in_force

__all__ = ["templates"]

#: No clock: the same form is the same bytes.
_CREATED = datetime(2000, 1, 1)
#: Nothing is run: a text that looks like a formula or an address stays text.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_LONGEST_PROPERTY = 255


def templates(
    fiscal_year: int | FiscalYear,
    municipality: str | None = None,
    project: int | None = None,
    is_split: bool = False,
    tables: Tables | None = None,
) -> dict[str, bytes]:
    """The workbooks by the name of their file, the same bytes for the same tables; see `parts_of`.

    Raises ParameterError for a year outside the plan, and for a municipality or project that is not there.
    """
    year = FiscalYear.parse(fiscal_year)
    tables = in_force(year, tables)
    parts = parts_of(asked_for(year, tables), municipality, project, is_split, tables)
    return {_file_name(year, part): _workbook(year, part, tables.area) for part in parts}


def _file_name(year: FiscalYear, part: Part) -> str:
    return "-".join(filter(None, (f"actuals-fy{year.starts_in}", part.suffix))) + ".xlsx"


def _workbook(year: FiscalYear, part: Part, area: Area) -> bytes:
    # Imported here: what only reads actuals need not load it.
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    title = f"{year.label} 連携事業の実績"
    font = {"font_name": FONT, "font_size": FONT_SIZE}
    with Workbook(buffer, {**_OPTIONS, "default_format_properties": font}) as workbook:
        name = plain(" ".join(filter(None, (title, part.title))))
        workbook.set_properties({"title": name[:_LONGEST_PROPERTY], "created": _CREATED})
        styles = SheetStyles(workbook)
        shown = f"{title}({part.title})" if part.title else title
        write_form(workbook.add_worksheet(FORM_SHEET), styles, part.rows, f"{shown}　{area.name}")
        write_guide(workbook.add_worksheet(GUIDE_SHEET), styles, area, year.starts_in)
    return buffer.getvalue()
