"""Text and numbers as a worksheet takes them: nothing in them is ever run, none is lost without a mark."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from renkei.cell_text import LARGEST_TEXT as LARGEST_TEXT
from renkei.cell_text import cut
from renkei.cell_text import plain as plain
from renkei.cell_text import units as units
from renkei.cell_text import width_of as width_of
from renkei.report.kit.pieces import Cell

#: The name of a sheet holds so many UTF-16 units.
_LONGEST_NAME = 31
_SHORT_NAME = 24
#: A number has at most so many decimals in a format; a longer unit stands beside the number.
_MOST_DECIMALS = 15
LONGEST_UNIT = 20
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_REMARK = re.compile(r"[(（][^()（）]*[)）]")
#: Excel keeps this name for itself.
_TAKEN = "history"


def number_format(cell: Cell) -> str:
    """How a number is written: thousands apart, its decimals, ▲ for minus, its unit behind it."""
    decimals = min(max(cell.decimals, 0), _MOST_DECIMALS)
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    unit = plain(cell.unit) if units(cell.unit) <= LONGEST_UNIT else ""
    # A unit is text: a quotation mark in it would end the quotation.
    literal = '"' + unit.replace('"', '"\\""') + '"' if unit else ""
    return f'{digits}{literal};"▲"{digits}{literal}'


def is_number(cell: Cell) -> bool:
    """Whether a cell has a number that a worksheet can hold."""
    return cell.number is not None and math.isfinite(cell.number)


def sheet_names(titles: Iterable[str]) -> list[str]:
    """A name for the sheet of each title, short, without remarks in brackets, unlike any other."""
    names: list[str] = []
    for title in titles:
        name = _name(_REMARK.sub("", title)) or _name(title) or "表"
        taken = {_TAKEN, *(known.casefold() for known in names)}
        number, candidate = 1, name
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{cut(name, _LONGEST_NAME - len(f' ({number})'))} ({number})"
        names.append(candidate)
    return names


def _name(text: str) -> str:
    text = " ".join(_NOT_IN_NAMES.sub(" ", plain(text)).split()).strip("' ")
    return text if units(text) <= _SHORT_NAME else cut(text, _SHORT_NAME - 1).strip("' ") + "…"
