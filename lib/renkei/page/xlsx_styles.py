"""How cells of a workbook look: after the page's style sheet, in a font that Excel in Japanese has."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from renkei.page.xlsx_text import is_number, number_format
from renkei.report.kit import palette
from renkei.report.kit.pieces import Cell, ColumnKind

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FONT = "Yu Gothic"
_PALE = "#f5f5f5"
_SUB = "#4d4d4d"
_KEY_DARK = "#00118f"
_RED = "#ce0000"
#: Some room between a number and the text right of it.
_LEFT = {"align": "left", "indent": 1}
#: The colours of signs; the word beside the sign carries the meaning.
_OF_TAGS = {
    "rating-met": _KEY_DARK,
    "rating-expected": palette.KEY,
    "rating-doubtful": "#806300",
    "rating-missed": _RED,
    "rating-none": palette.HINT,
    "status-met": _KEY_DARK,
    "status-not_met": _RED,
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **properties: Any) -> Format:
        """The format with these properties of XlsxWriter."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"font_color": palette.TEXT, **properties})
        return self._made[key]

    def of_cell(self, cell: Cell, kind: ColumnKind) -> Format:
        """The format of a cell in a column of that kind."""
        properties: dict[str, Any] = {
            "text_wrap": not is_number(cell),
            "valign": "top",
            "bottom": 1,
            "bottom_color": palette.LINE,
            "bold": cell.is_strong,
        }
        if is_number(cell):
            properties["num_format"] = number_format(cell)
        if kind == "number":
            properties["align"] = "right"
        else:
            properties |= _LEFT
        if cell.tag is not None and cell.tag.kind in _OF_TAGS:
            properties["font_color"] = _OF_TAGS[cell.tag.kind]
        return self.of(**properties)

    @cached_property
    def title(self) -> Format:
        """The report's title."""
        return self.of(bold=True, font_size=18, font_color=_KEY_DARK)

    @cached_property
    def heading(self) -> Format:
        """A chapter's heading, or a caption."""
        return self.of(bold=True, font_size=13)

    @cached_property
    def strong(self) -> Format:
        """A headline."""
        return self.of(bold=True, font_color=_KEY_DARK, text_wrap=True, valign="top")

    @cached_property
    def text(self) -> Format:
        """Running text."""
        return self.of(text_wrap=True, valign="top")

    @cached_property
    def small(self) -> Format:
        """Sources and notes."""
        return self.of(font_size=9, font_color=_SUB, text_wrap=True, valign="top")

    @cached_property
    def fixed(self) -> Format:
        """What a program printed."""
        return self.of(font_name="Consolas", font_size=9, text_wrap=True, valign="top", bg_color=_PALE)

    @cached_property
    def link(self) -> Format:
        """A link to another sheet."""
        return self.of(font_color=palette.KEY, underline=1, valign="top")

    def head_of(self, kind: ColumnKind) -> Format:
        """The head of a column of that kind."""
        side: dict[str, Any] = {"align": "right"} if kind == "number" else _LEFT
        return self.of(bold=True, bg_color=_PALE, text_wrap=True, valign="top", top=2, bottom=1, **side)
