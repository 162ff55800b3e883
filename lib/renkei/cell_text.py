"""Text as a cell of a workbook takes it: none of it is lost without a mark, and how wide it stands there."""

from __future__ import annotations

import re
import unicodedata

#: A cell holds so many UTF-16 units.
LARGEST_TEXT = 32_767
_CUT = "…(長いため、ここで切った)"
#: What XML cannot hold: controls, halves of characters, and code points that are none.
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """The text as a cell can hold it: line feeds alone, no other controls, what is too long cut."""
    text = _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if units(text) <= LARGEST_TEXT else cut(text, LARGEST_TEXT - len(_CUT)) + _CUT


def units(text: str) -> int:
    """How long Excel takes a text to be: in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def width_of(text: str) -> int:
    """The width of the widest line, a full-width character counting two."""
    return max(
        sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)
        for line in text.split("\n")
    )


def cut(text: str, length: int) -> str:
    """The first characters of a text, at most so many UTF-16 units of them."""
    used = 0
    for position, character in enumerate(text):
        used += 1 + (character > "\uffff")
        if used > length:
            return text[:position]
    return text
