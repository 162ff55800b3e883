"""What the terminal shows of text from elsewhere: no signs that steer it, and never more than a screen."""

from __future__ import annotations

import re
import unicodedata

#: So many lines of an error are shown at most.
MOST_LINES = 20
#: So many characters of a line of it.
MOST_CHARACTERS = 400
_COLOUR = re.compile(r"\x1b\[[0-9;:]*m")
#: Categories of what steers a terminal, turns text round or is not seen.
_STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")


def harmless(text: str) -> str:
    """A text without its colours; what else steers a terminal is shown as its number. Lines stay."""
    return "".join(
        sign.encode("unicode_escape").decode()
        if sign not in "\n\t" and unicodedata.category(sign) in _STEERING
        else sign
        for sign in _COLOUR.sub("", text.replace("\r\n", "\n"))
    )


def in_short(text: str, lines: int = MOST_LINES, characters: int = MOST_CHARACTERS, where: str = "") -> str:
    """A text in at most so many lines of at most so many characters, cut in the middle.

    What is left out is counted; `where` says where the whole of it is.
    """
    # Before anything else is done with it: it may be of any size.
    whole = text.split("\n")
    kept = whole
    if len(whole) > lines:
        first = lines // 2
        last = lines - first - 1
        left = f"… {len(whole) - first - last:,} lines left out{f'; {where}' if where else ''} …"
        kept = [*whole[:first], left, *whole[len(whole) - last :]]
    return "\n".join(_cut(line, characters) for line in kept)


def _cut(line: str, characters: int) -> str:
    if len(line) <= characters:
        return harmless(line)
    half = characters // 2
    left = len(line) - 2 * half
    return f"{harmless(line[:half])} … {left:,} characters left out … {harmless(line[-half:])}"
