"""How the form looks: what is to be filled in is yellow, all else is not to be written in."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

#: A font that Excel in Japanese has.
FONT, FONT_SIZE = "Yu Gothic", 10
_TEXT, _SUB, _LINE = "#333333", "#4d4d4d", "#cccccc"
_KEY_DARK, _GREY, _YELLOW, _ALARM = "#00118f", "#f0f0f0", "#fff9db", "#ffd6d6"


class SheetStyles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **properties: Any) -> Format:
        """The format with these properties of XlsxWriter; its cell is locked unless they say otherwise."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"font_color": _TEXT, **properties})
        return self._made[key]

    @cached_property
    def title(self) -> Format:
        """The form's title."""
        return self.of(bold=True, font_size=16, font_color=_KEY_DARK, valign="vcenter")

    @cached_property
    def heading(self) -> Format:
        """A heading on the page of explanation."""
        return self.of(bold=True, font_size=12, font_color=_KEY_DARK, valign="bottom")

    @cached_property
    def text(self) -> Format:
        """Running text."""
        return self.of(text_wrap=True, valign="top")

    @cached_property
    def strong(self) -> Format:
        """The first words of a rule."""
        return self.of(text_wrap=True, valign="top", bold=True)

    def head(self, is_filled_in: bool) -> Format:
        """The head of a column; darker where the office fills it in."""
        colours = {"bg_color": _KEY_DARK, "font_color": "#ffffff"} if is_filled_in else {"bg_color": _GREY}
        return self.of(
            bold=True,
            text_wrap=True,
            valign="vcenter",
            align="center",
            border=1,
            border_color=_LINE,
            **colours,
        )

    def read(self, **properties: Any) -> Format:
        """A cell that an office only reads."""
        return self._bordered(font_color=_SUB, **properties)

    def write(self, **properties: Any) -> Format:
        """A cell that an office fills in."""
        return self._bordered(bg_color=_YELLOW, locked=False, **properties)

    def example(self, **properties: Any) -> Format:
        """What such a cell looks like where nothing is to be written."""
        return self._bordered(bg_color=_YELLOW, **properties)

    def closed(self) -> Format:
        """A cell of a column that an office fills in elsewhere, but not in this row."""
        return self._bordered(bg_color=_GREY)

    @cached_property
    def lacking(self) -> Format:
        """What a filled-in row still lacks."""
        return self.of(bg_color=_ALARM)

    def _bordered(self, **properties: Any) -> Format:
        # Excel indents nothing that stands in the middle.
        side = {} if properties.get("align") == "center" else {"align": "left", "indent": 1}
        looks = {"text_wrap": True, "valign": "vcenter", "border": 1, "border_color": _LINE}
        return self.of(**(looks | side | properties))


def number_format(decimals: int) -> str:
    """How a number is written: thousands apart, so many decimals, ▲ for minus."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{digits};"▲"{digits}'
