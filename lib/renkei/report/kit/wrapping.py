"""Long Japanese names on several lines, broken between phrases."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from renkei.report.kit.numbers import typeset

if TYPE_CHECKING:
    from budoux import Parser


def wrapped(text: str, width: int, lines: int = 3) -> str:
    """`text` in lines of at most `width` full-width characters where phrases allow it.

    What does not fit in `lines` lines is cut, with … at its end.
    """
    rows = [""]
    for phrase in _parser().parse(typeset(text)):
        if rows[-1] and _width(rows[-1] + phrase) > width:
            rows.append("")
        rows[-1] += phrase
    if len(rows) > lines:
        rows = [*rows[: lines - 1], rows[lines - 1][: width - 1] + "…"]
    return "\n".join(rows)


def _width(text: str) -> float:
    return sum(0.55 if character.isascii() else 1.0 for character in text)


@cache
def _parser() -> Parser:
    import budoux

    return budoux.load_default_japanese_parser()
