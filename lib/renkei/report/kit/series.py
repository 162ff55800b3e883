"""Charts of any numbers: bars from zero for each name, and lines over years or other steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from matplotlib.ticker import MaxNLocator

from renkei.report.kit import palette
from renkei.report.kit.measure import inches
from renkei.report.kit.named_rows import NamedRows, left_of_rows
from renkei.report.kit.numbers import written
from renkei.report.kit.sheets import GAP, LABEL, LINE, Plot, Sheet, on_each
from renkei.report.kit.wrapping import wrapped

_BAR = 0.17
#: The colours of series, told apart by how dark they are as well.
COLOURS = (palette.KEY, "#e8a33d", palette.GREY, palette.KEY_MID, "#806300", "#ce0000")
#: Of these, too pale for letters.
_PALE = COLOURS[1:3]
_HEIGHT, _BELOW, _APART = 2.2, 0.25, 0.12

#: For each name or series its values, None where one is missing, and what is written beside them.
Values = Sequence[Sequence[float | None]]
Labels = Sequence[Sequence[str]]


@on_each
def bars(sheet: Sheet, names: Sequence[str], values: Values, labels: Labels) -> None:
    """For each name its bars below each other, from zero to both sides, each with its label behind it."""
    left = left_of_rows(sheet, names)
    there = [value for of_name in values for value in of_name if value is not None]
    low, high = min([0.0, *there]), max([0.0, *there])
    before, behind = _room(values, labels, is_below=True), _room(values, labels, is_below=False)
    scale = max(0.0, sheet.width - left - before - behind) / (high - low) if high > low else 0.0
    rows = NamedRows(sheet, names, [_BAR * len(of_name) for of_name in values])
    sheet.set_height(rows.height)
    plot = sheet.plot(left, 0, sheet.width - left, rows.height)
    zero = before - scale * low
    for top, of_name, of_labels in zip(rows.places(plot), values, labels, strict=True):
        for number, (value, label) in enumerate(zip(of_name, of_labels, strict=True)):
            length, y = scale * (value or 0.0), top + _BAR * number
            plot.box(zero + min(0.0, length), y + 0.01, abs(length), _BAR - 0.02, _colour(number))
            side, away = ("right", -GAP) if length < 0 else ("left", GAP)
            plot.say(label, zero + length + away, y + _BAR / 2, side="right" if side == "right" else "left")
        plot.line([(zero, top - 0.03), (zero, top + _BAR * len(of_name) + 0.03)], palette.HINT)


def _room(values: Values, labels: Labels, *, is_below: bool) -> float:
    """How much room the labels on one side of the bars take."""
    on_side = [
        inches(label, LABEL)
        for of_name, of_labels in zip(values, labels, strict=True)
        for value, label in zip(of_name, of_labels, strict=True)
        if ((value or 0.0) < 0) == is_below
    ]
    return max(on_side) + 2 * GAP if on_side else 0.0


@on_each
def lines(
    sheet: Sheet,
    steps: Sequence[str],
    names: Sequence[str],
    values: Values,
    labels: Labels,
    said: Callable[[float, int], str] = written,
) -> None:
    """A line for each name over the steps, on one scale, with its name and last value at its end.

    `said` writes a number of the scale, with so many decimals.
    """
    ticks, decimals = _ticks([value for of_name in values for value in of_name if value is not None])
    marks = [said(tick, decimals) for tick in ticks]
    low, high = ticks[0], ticks[-1]
    ends = [_end(of_name) for of_name in values]
    most = (sheet.width * 0.3) * 72 / LABEL
    texts = [
        wrapped(f"{name} {of_labels[end]}".strip(), most, lines=2)
        for name, of_labels, end in zip(names, labels, ends, strict=True)
    ]
    left = max(inches(mark, LABEL) for mark in marks) + 2 * GAP
    width = sheet.width - left - max(inches(text, LABEL) for text in texts) - 2 * GAP
    sheet.set_height(_HEIGHT + LINE + _BELOW)
    plot = sheet.plot(left, LINE / 2, width, _HEIGHT)

    def across(step: int) -> float:
        return width * step / (len(steps) - 1) if len(steps) > 1 else width / 2

    def down(value: float) -> float:
        return _HEIGHT * (high - value) / (high - low)

    for tick, mark in zip(ticks, marks, strict=True):
        plot.line([(0, down(tick)), (width, down(tick))], palette.HINT if tick == 0 else palette.LINE)
        plot.say(mark, -GAP, down(tick), side="right", colour=palette.SUB)
    for number, of_name in enumerate(values):
        for run in _runs(of_name):
            if len(run) > 1:
                plot.line([(across(step), down(value)) for step, value in run], _colour(number), 1.6)
            for step, value in run if len(steps) <= 12 or len(run) == 1 else ():
                plot.mark(across(step), down(value), "o", _colour(number), size=4)
    places = [down(of_name[end] or 0.0) for of_name, end in zip(values, ends, strict=True)]
    for number, y in enumerate(_spread(places, texts)):
        colour = palette.TEXT if _colour(number) in _PALE else _colour(number)
        plot.say(texts[number], width + GAP, y, colour=colour)
    _write_steps(plot, steps, [across(step) for step in range(len(steps))])


def _ticks(values: Sequence[float]) -> tuple[list[float], int]:
    """Round numbers from below the least value to above the greatest, and how many decimals they need."""
    low, high = min(values), max(values)
    if low == high:
        low, high = min(0.0, low), max(0.0, high) or 1.0
    ticks = [float(tick) for tick in MaxNLocator(4, min_n_ticks=2).tick_values(low, high)]
    return ticks, max(0, -math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9))


def _write_steps(plot: Plot, steps: Sequence[str], places: Sequence[float]) -> None:
    """The steps that can be written without touching each other: the last, the first, then those between."""
    written: list[tuple[float, float]] = []
    for number in dict.fromkeys((len(steps) - 1, 0, *range(len(steps)))):
        half = inches(steps[number], LABEL) / 2 + _APART / 2
        if all(abs(places[number] - x) >= half + other for x, other in written):
            written.append((places[number], half))
            plot.say(steps[number], places[number], _HEIGHT + _BELOW - LINE / 2, side="center")


def _end(values: Sequence[float | None]) -> int:
    """The place of the last value."""
    return max(place for place, value in enumerate(values) if value is not None)


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The values that follow one another without a gap, each with its place."""
    runs: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((place, value))
    return [run for run in runs if run]


def _spread(places: Sequence[float], texts: Sequence[str]) -> list[float]:
    """Where the first lines of texts stand beside these places, apart where they would touch."""
    heights = [LINE * (text.count("\n") + 1) for text in texts]
    order = sorted(range(len(places)), key=lambda number: places[number])
    tops = [0.0] * len(places)
    at = -LINE
    for number in order:
        at = tops[number] = max(at, places[number] - heights[number] / 2)
        at += heights[number]
    # What would end below the drawing moves up, and moves others up with it.
    bottom = _HEIGHT + LINE / 2
    for number in reversed(order):
        tops[number] = min(tops[number], bottom - heights[number])
        bottom = tops[number]
    return [top + LINE / 2 for top in tops]


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]
