"""The sheet that an office fills in: a row for each indicator, with lists to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from renkei.actuals.asked import WORDS_UNIT
from renkei.actuals.form import COLUMNS, GUIDE_SHEET, LONGEST, PENDING_WORD, RATING_WORDS, STATUS_WORDS
from renkei.actuals.sheet_styles import SheetStyles, number_format
from renkei.cell_text import plain, width_of
from renkei.fiscal_year import FiscalYear
from renkei.typed_rows import typed_rows

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: Widths in characters of half width; together they fit on A4 across.
WIDTHS = {
    "fiscal_year": 6, "indicator_id": 10, "project_no": 5, "project_name": 20, "indicator_name": 24,
    "unit": 7, "asked": 24, "newest_text": 16, "newest_year": 8, "actual": 13, "observed_year": 8,
    "status": 8, "rating": 13, "note": 24, "office": 15,
}  # fmt: skip
#: Rows above the heads: the title, and what is to be known before anything else.
_ABOVE = 2
_LINE, _PADDING, _HIGHEST, _LEAST_LINES = 15.5, 5, 409, 2
#: How the format calls that size of paper.
_A4 = 9
#: The longest message that Excel shows beside a cell.
_LONGEST_MESSAGE = 255
_FIRST_YEAR, _NAMES = 1990, {column.name: place for place, column in enumerate(COLUMNS)}
_NUMBERS = ("fiscal_year", "project_no", "newest_year", "observed_year")
_MAY = {
    "select_locked_cells": True, "select_unlocked_cells": True, "format_columns": True, "format_rows": True,
    "sort": True, "autofilter": True,
}  # fmt: skip


@dataclass(frozen=True)
class FormRow:
    """One row of `asked_for`, typed."""

    fiscal_year: int
    indicator_id: str
    project_no: int | None
    project_name: str
    indicator_name: str
    unit: str
    asked: str
    newest_text: str | None
    newest_year: int | None
    actual: float | str | None
    observed_year: int | None
    status: str | None
    rating: str | None
    note: str | None
    office: str | None
    decimals: int
    is_rated_by_person: bool


def write_form(sheet: Worksheet, styles: SheetStyles, rows: pd.DataFrame, title: str) -> None:
    """Fill the sheet: title, heads, and the rows of `asked_for`, ready for the office and for paper."""
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, plain(title), styles.title)
    sheet.write_string(
        1,
        0,
        f"黄色の欄に記入してください(ほかの欄は保護してあり、パスワードはありません)。くわしくは「{GUIDE_SHEET}」にあります。",
        styles.of(valign="top"),
    )
    sheet.set_row(_ABOVE, 2 * _LINE + _PADDING)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, WIDTHS[column.name])
        sheet.write_string(_ABOVE, place, column.head, styles.head(column.is_filled_in))
    typed = typed_rows(rows, FormRow)
    for line, row in enumerate(typed, start=_ABOVE + 1):
        sheet.set_row(line, _height(row))
        for column in COLUMNS:
            _write(sheet, styles, line, column.name, row)
        _guard(sheet, line, row)
    last = _ABOVE + len(typed)
    _point_out(sheet, styles, _ABOVE + 1, last)
    sheet.autofilter(_ABOVE, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(_ABOVE + 1, _NAMES["indicator_name"] + 1)
    sheet.set_selection(_ABOVE + 1, _NAMES["actual"], _ABOVE + 1, _NAMES["actual"])
    sheet.protect("", _MAY)
    prepare_for_paper(sheet)
    sheet.repeat_rows(0, _ABOVE)
    sheet.print_area(0, 0, last, len(COLUMNS) - 1)


def prepare_for_paper(sheet: Worksheet) -> None:
    """A4 across, as wide as a page, with the sheet's name and the page's number."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&L&A")
    sheet.set_footer("&C&P / &N")


def lines_of(text: str, width: int) -> int:
    """On how many lines a text stands in a column of that width."""
    return sum(-(-max(1, width_of(line)) // max(1, width - 3)) for line in text.split("\n"))


def _height(row: FormRow) -> float:
    texts = {column.name: getattr(row, column.name) for column in COLUMNS}
    lines = [lines_of(text, WIDTHS[name]) for name, text in texts.items() if isinstance(text, str)]
    return min(_HIGHEST, _LINE * max(_LEAST_LINES, *lines) + _PADDING)


def _write(sheet: Worksheet, styles: SheetStyles, line: int, name: str, row: FormRow) -> None:
    """One cell: its value, if it has one, and whether it may be written in."""
    value, place = getattr(row, name), _NAMES[name]
    format = _format(styles, name, row)
    if isinstance(value, str):
        sheet.write_string(line, place, plain(value), format)
    elif value is not None:
        sheet.write_number(line, place, value, format)
    else:
        sheet.write_blank(line, place, None, format)


def _format(styles: SheetStyles, name: str, row: FormRow) -> Any:
    if not COLUMNS[_NAMES[name]].is_filled_in:
        return styles.read(**({"align": "center", "num_format": "0"} if name in _NUMBERS else {}))
    if name == "rating" and not row.is_rated_by_person:
        return styles.closed()
    if name == "actual":
        if row.unit == WORDS_UNIT:
            return styles.write()
        return styles.write(align="right", num_format=number_format(row.decimals))
    if name in _NUMBERS:
        return styles.write(align="center", num_format="0")
    return styles.write()


def _guard(sheet: Worksheet, line: int, row: FormRow) -> None:
    """What may be written into the row's cells, and what stands beside each while it is chosen."""
    year = FiscalYear(row.fiscal_year)
    guards: dict[str, dict[str, Any]] = {
        "actual": _actual_guard(line, row),
        "observed_year": {
            "validate": "integer",
            "criteria": "between",
            "minimum": _FIRST_YEAR,
            "maximum": year.starts_in + 1,
            "input_title": "実績の年",
            "input_message": f"値がいつのものかを西暦で記入。空欄は{year.starts_in}とみなす。",
            "error_title": "実績の年",
            "error_message": f"{_FIRST_YEAR}から{year.starts_in + 1}までの西暦の年を記入してください。",
        },
        "status": {
            "validate": "list",
            "source": [*STATUS_WORDS.values()],
            "input_title": "暫定・確定",
            "input_message": "今後変わることがある値は「暫定」、変わらない値は「確定」を選ぶ。",
            "error_title": "暫定・確定",
            "error_message": f"{'又は'.join(STATUS_WORDS.values())}を選んでください。",
        },
        "note": _length_guard("note", "実施した内容、値が大きく変わった理由などを記入。"),
        "office": _length_guard("office", "部署名を記入。"),
    }
    if row.is_rated_by_person:
        guards["rating"] = {
            "validate": "list",
            "source": [*RATING_WORDS.values()],
            "input_title": "評価",
            "input_message": "数値では判定できない目標なので、担当の方が選ぶ。",
            "error_title": "評価",
            "error_message": "一覧から評価を選んでください。",
        }
    for name, guard in guards.items():
        place = _NAMES[name]
        message = plain(guard["input_message"])[:_LONGEST_MESSAGE]
        sheet.data_validation(line, place, line, place, {**guard, "input_message": message})


def _actual_guard(line: int, row: FormRow) -> dict[str, Any]:
    """A number, or the word for one that is not there yet; anything else is asked about by Excel."""
    if row.unit == WORDS_UNIT:
        return _length_guard("actual", f"実施、開催などの言葉で記入。まだ分からなければ「{PENDING_WORD}」。")
    cell = f"{chr(ord('A') + _NAMES['actual'])}{line + 1}"
    return {
        "validate": "custom",
        "value": f'=OR(ISNUMBER({cell}),{cell}="{PENDING_WORD}")',
        "error_type": "warning",
        "input_title": "実績値",
        "input_message": f"{row.unit}を単位とする数字だけを記入。まだ分からなければ「{PENDING_WORD}」。",
        "error_title": "実績値",
        "error_message": f"{row.unit}を単位とする数字、又は「{PENDING_WORD}」を記入してください。",
    }


def _length_guard(name: str, message: str) -> dict[str, Any]:
    """A text that is no longer than a report has room for."""
    head = COLUMNS[_NAMES[name]].head
    return {
        "validate": "length",
        "criteria": "<=",
        "value": LONGEST[name],
        "input_title": head,
        "input_message": f"{message}{LONGEST[name]}字まで。",
        "error_title": head,
        "error_message": f"{LONGEST[name]}字以内で記入してください。",
    }


def _point_out(sheet: Worksheet, styles: SheetStyles, first: int, last: int) -> None:
    """Have a cell turn red while its row has an actual and the cell that goes with it is empty."""
    letter = {name: chr(ord("A") + place) for name, place in _NAMES.items()}
    actual = f"${letter['actual']}{first + 1}"
    for name in ("status", "office"):
        rule = f'=AND({actual}<>"",${letter[name]}{first + 1}="")'
        place = _NAMES[name]
        sheet.conditional_format(
            first, place, last, place, {"type": "formula", "criteria": rule, "format": styles.lacking}
        )
