"""Long Japanese names on several lines, broken between phrases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from renkei.report.kit.measure import ems
from renkei.report.kit.numbers import typeset

if TYPE_CHECKING:
    from budoux import Parser

_CUT = "…"


def wrapped(text: str, width: float, lines: int = 3) -> str:
    """`text` in lines of at most `width` full-width characters, broken between phrases where they allow it.

    What does not fit in `lines` lines is cut, with … at its end.
    """
    rows = [""]
    for part in _parts(typeset(text), width):
        if rows[-1] and ems(rows[-1] + part) > width:
            rows.append("")
        rows[-1] += part
    if len(rows) > lines:
        rows = [*rows[: lines - 1], _cut(rows[lines - 1] + rows[lines], width)]
    return "\n".join(rows)


def _parts(text: str, width: float) -> Iterator[str]:
    """The phrases of a text; one that is wider than a line, letter by letter."""
    if ems(text) <= width:
        yield text
        return
    for phrase in _parser().parse(text):
        if ems(phrase) <= width:
            yield phrase
        else:
            yield from phrase


def _cut(text: str, width: float) -> str:
    while ems(text + _CUT) > width:
        text = text[:-1]
    return text + _CUT


@cache
def _parser() -> Parser:
    import budoux

    return budoux.load_default_japanese_parser()
