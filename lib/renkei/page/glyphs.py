"""No boxes in place of letters: every character of a report must be in the font that the PDF brings along."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from renkei.errors import RenderError
from renkei.font import font_file
from renkei.page.content import Content


def demand_glyphs(content: Content) -> None:
    """Raise RenderError, naming character and place, for text that the font cannot print.

    HTML uses the reader's own font; what the project's Japanese font lacks, theirs may lack too.
    """
    known = _characters_of_font()
    problems = []
    for text in _texts(msgspec.to_builtins(content.pieces)):
        for character in sorted(set(text) - known):
            if not unicodedata.category(character).startswith(("C", "Z")):
                at = text.index(character)
                problems.append(
                    f"“{character}” (U+{ord(character):04X}) in “…{text[max(0, at - 12) : at + 12]}…”"
                )
    if problems:
        raise RenderError(
            "characters that IPAexGothic has were expected, found "
            + ", ".join(problems[:5])
            + "; write them otherwise, or correct them in data/curated/corrections.csv"
        )


def _texts(value: Any) -> Iterator[str]:
    """Every text of the pieces; drawings have been looked at when they were drawn."""
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in ("svg", "svg_narrow", "data"):
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


@cache
def _characters_of_font() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(font_file(), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
