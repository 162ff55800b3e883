"""How wide text is in the project's font, so that drawings are laid out without being drawn first."""

from __future__ import annotations

from functools import cache

from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from renkei.font import font_file

_EM = 100


def ems(text: str) -> float:
    """The width of a line in ems of its font's size."""
    return sum(map(_advance, text))


def inches(text: str, size: float) -> float:
    """The width of the widest line in inches, at a size in points."""
    return max(map(ems, text.split("\n"))) * size / 72


@cache
def _advance(character: str) -> float:
    glyph = _font().load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return glyph.linearHoriAdvance / 65536 / _EM


@cache
def _font() -> FT2Font:
    font = get_font(str(font_file()))
    font.set_size(_EM, 72)
    return font
