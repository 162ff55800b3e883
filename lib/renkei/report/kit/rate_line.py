"""A rate over the years: a line for each plan from 0 to 100 %, hollow where it may still change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from renkei.report.kit import palette
from renkei.report.kit.sheets import GAP, LINE, Sheet, on_each

_HEIGHT, _SIDE, _TOP = 1.5, 0.34, 0.2
#: Below this rate its label stands above it, where there is room.
_LOW = 40


@dataclass(frozen=True)
class RatePoint:
    """One year's rate in %, its two labels, and whose line it is on."""

    head: str
    percent: float
    label: str
    below: str
    is_hollow: bool
    is_of_newest: bool


@on_each
def rate_line(sheet: Sheet, points: Sequence[RatePoint]) -> None:
    """Each point with a label beside it and one below its year; lines join the points of one plan alone."""
    foot = LINE * 2 + GAP
    sheet.set_height(_TOP + _HEIGHT + foot + LINE)
    width = sheet.width - 2 * _SIDE
    plot = sheet.plot(_SIDE, _TOP, width, _HEIGHT)
    step = width / max(1, len(points) - 1)
    places = [
        (step * number if len(points) > 1 else width / 2, _HEIGHT * (1 - point.percent / 100))
        for number, point in enumerate(points)
    ]
    for percent in (0, 100):
        y = _HEIGHT * (1 - percent / 100)
        plot.line([(-_SIDE, y), (width + _SIDE, y)], palette.LINE)
        plot.say(f"{percent}%", -_SIDE, y - LINE / 2, colour=palette.SUB)
    for (first, start), (second, end) in zip(
        list(zip(points, places, strict=True))[:-1], list(zip(points, places, strict=True))[1:], strict=True
    ):
        if first.is_of_newest == second.is_of_newest:
            plot.line([start, end], _colour(first), 1.6, is_dashed=second.is_hollow)
    for point, (x, y) in zip(points, places, strict=True):
        plot.mark(x, y, "o", _colour(point), is_hollow=point.is_hollow, size=7)
        room = LINE * (point.label.count("\n") + 1)
        is_low = point.percent < _LOW
        plot.say(point.label, x, y - room - GAP if is_low else y + LINE, side="center")
        plot.say(f"{point.head}\n{point.below}", x, _HEIGHT + GAP + LINE / 2, side="center")


def _colour(point: RatePoint) -> str:
    return palette.KEY if point.is_of_newest else palette.HINT
