"""What the terminal shows of text from elsewhere: no signs that steer it, and never more than a screen."""

from __future__ import annotations

import re

#: So many lines of an error are shown at most.
MOST_LINES = 20
#: So many characters of a line of it.
MOST_CHARACTERS = 400
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
#: Controls, halves of characters, and signs that have text run the other way round.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    """A text without what steers a terminal; any other control is shown as its number."""
    plain = _TERMINAL.sub("", text.replace("\r\n", "\n"))
    return _UNSEEN.sub(lambda found: f"\\x{ord(found[0]):02x}", plain)


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
    return "\n".join(_cut(harmless(line), characters) for line in kept)


def _cut(line: str, characters: int) -> str:
    if len(line) <= characters:
        return line
    half = characters // 2
    return f"{line[:half]} … {len(line) - 2 * half:,} characters left out … {line[-half:]}"
