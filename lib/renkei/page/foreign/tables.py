"""Tables from heads and rows of text: what is a number in a column of numbers becomes one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from renkei.report.kit.numbers import NONE
from renkei.report.kit.pieces import Cell, Column, Group, Table

#: The caption of a table without one.
UNNAMED = "表"
#: How pandas writes that there is no value.
MISSING = frozenset({"NaN", "nan", "NaT", "None", "<NA>"})
#: What stands in the rows and columns that pandas does not show.
_LEFT_OUT = ("...", "…")
_NUMBER = re.compile(
    r"(?P<sign>[-−▲]?)(?P<whole>0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(?P<part>\d+))?(?P<unit>[%％]?)"
)
#: A float holds so many digits; a longer number is a code, and stays as it is written.
_MOST_DIGITS = 15
_YEARS = range(1800, 2201)
_NARROWEST, _WIDEST = 4, 40


def table_from(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    caption: str = "",
    note: str = "",
    labels: int = 0,
    missing: frozenset[str] = frozenset(),
) -> Table:
    """A table of these texts; the first `labels` columns name the rows and stay text."""
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in heads]
    cells = [_cells(texts, missing, is_label=position < labels) for position, texts in enumerate(columns)]
    widths = _widths(heads, columns)
    return Table(
        caption or UNNAMED,
        tuple(
            Column(head, width, "number" if any(cell.number is not None for cell in of) else "text")
            for head, width, of in zip(heads, widths, cells, strict=True)
        ),
        (Group(tuple(zip(*cells, strict=True))),),
        "",
        note,
    )


def _cells(texts: Sequence[str], missing: frozenset[str], *, is_label: bool) -> list[Cell]:
    """The cells of a column: numbers if all that is there are numbers, and they are not all years."""
    there = [text for text in texts if text and text not in missing and text not in _LEFT_OUT]
    numbers = {text: _number(text) for text in there}
    are_numbers = not is_label and bool(there) and all(numbers.values()) and not _are_years(there)
    return [
        Cell(NONE, mark="missing")
        if text in missing
        else (numbers.get(text) if are_numbers else None) or Cell(text)
        for text in texts
    ]


def _number(text: str) -> Cell | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    whole, part = found["whole"].replace(",", ""), found["part"] or ""
    if len(whole) + len(part) > _MOST_DIGITS:
        return None
    value = float(f"{whole}.{part or 0}")
    return Cell(
        number=-value if found["sign"] else value, decimals=len(part), unit="%" if found["unit"] else ""
    )


def _are_years(texts: Iterable[str]) -> bool:
    """Whether all are years, which have no comma between their thousands."""
    return all(len(text) == 4 and text.isdecimal() and int(text) in _YEARS for text in texts)


def _widths(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> list[int]:
    """The columns' shares of the width in %, by their longest texts."""
    longest = [
        min(_WIDEST, max(_NARROWEST, *map(_width, (head, *texts))))
        for head, texts in zip(heads, columns, strict=True)
    ]
    return [max(1, round(100 * length / sum(longest))) for length in longest]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
