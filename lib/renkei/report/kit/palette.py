"""The colours of charts and pages, after the Japanese government's design system (DADS)."""

from __future__ import annotations

TEXT = "#333333"
SUB = "#4d4d4d"
HINT = "#767676"
LINE = "#cccccc"
PALE = "#f2f2f2"

KEY = "#0017c1"
KEY_MID = "#3460fb"
KEY_LIGHT = "#c5d7fb"
GREY = "#949494"

#: Ratings as a scale; the sign beside the colour carries the meaning.
RATING_COLOURS = {
    "◎": "#0017c1",
    "○": "#9db7f9",
    "△": "#ffc700",
    "×": "#ce0000",
    "-": "#cccccc",
}
#: Text on these grounds, with a contrast of at least 4.5 : 1.
ON_RATING_COLOURS = {"◎": "#ffffff", "○": TEXT, "△": TEXT, "×": "#ffffff", "-": TEXT}
