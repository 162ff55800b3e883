"""Marks of footnotes in the middle of a text: raised digits, and digits in circles behind a number."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from renkei.documents.sources import Line
from renkei.errors import SourceError
from renkei.text import is_digit_apart, with_plain_powers


def without_marks(line: Line) -> tuple[Line, list[str]]:
    """The line without the marks of footnotes that stand in it, and these as they were printed.

    A raised digit is a mark wherever it stands but in a unit (5km²). Any other digit that is set apart is
    one right behind a number, where it would be read as more of it (11①件); elsewhere it is text (②研修).
    """
    if not any(map(is_digit_apart, line.text)):
        return line, []
    text = with_plain_powers(line.text)
    kept, marks = "", []
    for is_apart, characters in groupby(text, is_digit_apart):
        part = "".join(characters)
        if is_apart and (_is_raised(part) or re.search(r"\d$", kept)):
            marks.append(part)
        else:
            kept += part
    return Line(line.number, kept), marks


def demand_no_marks(line: Line, path: str) -> None:
    """Raise SourceError for a mark of a footnote, in a document that has none."""
    _, marks = without_marks(line)
    if marks:
        place = line.text.index(marks[0])
        around = line.text[max(0, place - 12) : place + 12].strip()
        raise SourceError(
            f"no mark of a footnote was expected, since the document has no footnotes, found “{marks[0]}” in "
            f"“{around}”; remove it in data/curated/corrections.csv, or write it there as the number that "
            "it is",
            path=path,
            line=line.number,
        )


def number_of(mark: str) -> str:
    """The number that a mark is, in plain digits; the mark itself where it is none."""
    plain = unicodedata.normalize("NFKC", mark).strip("()")
    return plain if plain.isdecimal() else mark


def _is_raised(part: str) -> bool:
    return any(unicodedata.decomposition(character).startswith("<super>") for character in part)
