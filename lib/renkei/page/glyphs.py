"""No boxes in place of letters: every character of a page must be in the font that the PDF brings along."""

from __future__ import annotations

import unicodedata
from functools import cache

from bs4 import BeautifulSoup

from renkei.errors import RenderError
from renkei.font import font_file


def demand_glyphs(page: BeautifulSoup) -> None:
    """Raise RenderError, naming character and place, for text that the font cannot print.

    HTML uses the reader's own font; what the project's Japanese font lacks, theirs may lack too.
    """
    known = _characters_of_font()
    problems = []
    for text in page.find_all(string=True):
        if text.parent is None or text.parent.name in ("style", "title"):
            continue
        for character in sorted(set(text) - known):
            if not unicodedata.category(character).startswith(("C", "Z")):
                place = text.strip()
                at = place.index(character)
                problems.append(
                    f"“{character}” (U+{ord(character):04X}) in “…{place[max(0, at - 12) : at + 12]}…”"
                )
    if problems:
        raise RenderError(
            "characters that IPAexGothic has were expected, found "
            + ", ".join(problems[:5])
            + "; write them otherwise, or correct them in data/curated/corrections.csv"
        )


@cache
def _characters_of_font() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(font_file(), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
