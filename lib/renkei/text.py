"""Published text in one form: full-width and half-width folded, spaces that mean nothing removed."""

from __future__ import annotations

import re
import unicodedata

_JAPANESE = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_SPACE_BESIDE_JAPANESE = re.compile(rf"(?<={_JAPANESE}) +| +(?={_JAPANESE})")


def normalise(text: str) -> str:
    """`text` in Unicode form NFKC, with each run of white space as one space and none at the ends."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def without_layout_spaces(text: str) -> str:
    """`text` without the spaces that a PDF puts between digits and Japanese characters.

    "24 時間" becomes "24時間"; "DATA-SMART CITY" keeps its spaces.
    """
    return _SPACE_BESIDE_JAPANESE.sub("", text)
