"""Text and numbers as a worksheet takes them: nothing in them is ever run, none is lost without a mark."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable

from renkei.report.kit.pieces import Cell

#: A cell holds so many UTF-16 units, the name of a sheet so many.
LARGEST_TEXT = 32_767
_LONGEST_NAME = 31
_SHORT_NAME = 24
_CUT = "…(長いため、ここで切った)"
#: A number has at most so many decimals in a format; a longer unit stands beside the number.
_MOST_DECIMALS = 15
LONGEST_UNIT = 20
#: What XML cannot hold: controls, halves of characters, and code points that are none.
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_REMARK = re.compile(r"[(（][^()（）]*[)）]")
#: Excel keeps this name for itself.
_TAKEN = "history"


def plain(text: str) -> str:
    """The text as a cell can hold it: line feeds alone, no other controls, what is too long cut."""
    text = _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if units(text) <= LARGEST_TEXT else _cut(text, LARGEST_TEXT - len(_CUT)) + _CUT


def units(text: str) -> int:
    """How long Excel takes a text to be: in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def width_of(text: str) -> int:
    """The width of the widest line, a full-width character counting two."""
    return max(
        sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)
        for line in text.split("\n")
    )


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
            candidate = f"{_cut(name, _LONGEST_NAME - len(f' ({number})'))} ({number})"
        names.append(candidate)
    return names


def _name(text: str) -> str:
    text = " ".join(_NOT_IN_NAMES.sub(" ", plain(text)).split()).strip("' ")
    return text if units(text) <= _SHORT_NAME else _cut(text, _SHORT_NAME - 1).strip("' ") + "…"


def _cut(text: str, length: int) -> str:
    """The first characters of a text, at most so many UTF-16 units of them."""
    used = 0
    for position, character in enumerate(text):
        used += 1 + (character > "\uffff")
        if used > length:
            return text[:position]
    return text
