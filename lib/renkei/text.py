"""Published text in one form: full-width and half-width folded, spaces that mean nothing removed."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby

_JAPANESE = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_SPACE_BESIDE_JAPANESE = re.compile(rf"(?<={_JAPANESE}) +| +(?={_JAPANESE})")
#: A raised number that is part of a unit of area or volume, as in 5km².
_POWER = re.compile(r"(?<![A-Za-zＡ-Ｚａ-ｚ])([ckmｃｋｍ]?[mｍ])([²³])(?!\S*[⁰¹²³⁴-⁹])")


def normalise(text: str) -> str:
    """`text` in Unicode form NFKC, with each run of white space as one space and none at the ends.

    A digit in a form of its own (¹ ₂ ③ ½) stays as it is: NFKC would make 111件 of 11¹件.
    """
    return re.sub(r"\s+", " ", _folded(text)).strip()


def _folded(text: str) -> str:
    if unicodedata.is_normalized("NFKC", text):
        return text
    return "".join(
        "".join(characters) if is_apart else unicodedata.normalize("NFKC", "".join(characters))
        for is_apart, characters in groupby(with_plain_powers(text), is_digit_apart)
    )


def with_plain_powers(text: str) -> str:
    """`text` with plain digits in units of area and volume: 5km2 for 5km²."""
    return _POWER.sub(lambda power: power[1] + unicodedata.normalize("NFKC", power[2]), text)


@cache
def is_digit_apart(character: str) -> bool:
    """Whether a character is a digit, or begins with one, in a form that sets it apart from a number's.

    Raised, lowered, in a circle, as a fraction, with a point or a word of its own (㏠); a raised sign too.
    Not so ⑴, whose parentheses keep it apart, and full-width digits, which are digits.
    """
    if character.isascii() or unicodedata.category(character) == "Nd":
        return False
    plain = unicodedata.normalize("NFKC", character)
    if unicodedata.decomposition(character).startswith(("<super>", "<sub>")) and plain[0] in "+−=()":
        return True
    return plain[0] in "0123456789" or (unicodedata.category(character) == "No" and plain[0] != "(")


def without_layout_spaces(text: str) -> str:
    """`text` without the spaces that a PDF puts between digits and Japanese characters.

    "24 時間" becomes "24時間"; "DATA-SMART CITY" keeps its spaces.
    """
    return _SPACE_BESIDE_JAPANESE.sub("", text)
