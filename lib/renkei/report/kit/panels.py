"""A small panel per KPI: its points by year, joined, each with its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from renkei.report.kit import palette
from renkei.report.kit.measure import inches
from renkei.report.kit.placing import Box, placed
from renkei.report.kit.sheets import LABEL, LINE, NAME, Sheet, on_each
from renkei.report.kit.wrapping import wrapped

#: Two panels stand side by side on a page; so much is between them, and below each.
_ACROSS, _BETWEEN, _BELOW = 2, 0.3, 0.2
#: Room for labels beside the points, above and below them, and for the years below those.
_BESIDE, _AROUND, _YEARS = 0.45, 0.12, 0.22
#: Between the highest point and the lowest.
_POINTS = 0.75
#: Years stand so far from each other at the least.
_APART = 0.08


@dataclass(frozen=True)
class Mark:
    """One point on the way of a KPI; hollow marks are not measured: a target, or a computed value."""

    year: int
    value: float
    label: str
    is_hollow: bool = False
    is_computed: bool = False


@on_each
def kpi_panels(sheet: Sheet, names: Sequence[str], marks: Sequence[Sequence[Mark]]) -> None:
    """Measured points filled, targets hollow squares, computed values hollow circles."""
    _draw(sheet, names, [[(of_name, palette.KEY)] for of_name in marks])


@on_each
def two_plans_panels(
    sheet: Sheet, names: Sequence[str], ways: Sequence[tuple[Sequence[Mark], Sequence[Mark]]]
) -> None:
    """The old plan's points in grey and the new plan's in the key colour.

    Two lines, so that a change of definition between the plans is not bridged by one.
    """
    _draw(sheet, names, [[(old, palette.HINT), (new, palette.KEY)] for old, new in ways])


#: The marks of a line, and its colour.
_Way = tuple[Sequence[Mark], str]


def _draw(sheet: Sheet, names: Sequence[str], ways: Sequence[Sequence[_Way]]) -> None:
    across = 1 if sheet.is_narrow else _ACROSS
    width = (sheet.width - _BETWEEN * (across - 1)) / across
    titles = [wrapped(name, width * 72 / NAME, lines=2) for name in names]
    lines = max(
        [1, *(point.label.count("\n") + 1 for of_name in ways for way, _ in of_name for point in way)]
    )
    around = _AROUND + LINE * lines
    title = LINE * max([1, *(name.count("\n") + 1 for name in titles)]) + 0.05
    height = title + _POINTS + 2 * around + _YEARS + _BELOW
    sheet.set_height(height * -(-len(names) // across))
    for number, (name, of_name) in enumerate(zip(titles, ways, strict=True)):
        left, top = number % across * (width + _BETWEEN), number // across * height
        _panel(sheet, Box(left, top + title, width, _POINTS + 2 * around), name, of_name, title, around)


def _panel(sheet: Sheet, ground: Box, name: str, ways: Sequence[_Way], title: float, around: float) -> None:
    """One panel, on plot from the first year to the last and from the lowest value to the highest."""
    plot = sheet.plot(ground.left + _BESIDE, ground.top + around, ground.width - 2 * _BESIDE, _POINTS)
    plot.say(name, -_BESIDE, LINE / 2 - around - title, size=NAME)
    bottom = _POINTS + around
    plot.line([(-_BESIDE, bottom), (ground.width - _BESIDE, bottom)], palette.LINE)
    points = [(point, colour) for way, colour in ways for point in sorted(way, key=lambda of: of.year)]
    if not points:
        return
    years = sorted({point.year for point, _ in points})
    across = _Scale(years[0], years[-1], ground.width - 2 * _BESIDE)
    values = [point.value for point, _ in points]
    down = _Scale(max(values), min(values), _POINTS)
    places = [(across.at(point.year), down.at(point.value)) for point, _ in points]
    lines = []
    for way, colour in ways:
        of_way = [
            (across.at(point.year), down.at(point.value)) for point in sorted(way, key=lambda of: of.year)
        ]
        plot.line(of_way, colour, 1, is_dashed=True)
        lines.append(of_way)
    sizes = [(inches(point.label, LABEL), LINE * (point.label.count("\n") + 1)) for point, _ in points]
    labels = placed(places, sizes, lines, Box(-_BESIDE, -around, ground.width, ground.height))
    for (point, colour), (x, y), box in zip(points, places, labels, strict=True):
        shape = "s" if point.is_hollow and not point.is_computed else "o"
        plot.mark(x, y, shape, colour, is_hollow=point.is_hollow, size=7)
        plot.say(point.label, box.middle, box.top + LINE / 2, side="center", colour=colour)
    for year in _apart(years, across):
        plot.say(str(year), across.at(year), bottom + _YEARS / 2, side="center")


@dataclass(frozen=True)
class _Scale:
    """Where values stand on so many inches; equal ones in the middle."""

    first: float
    last: float
    length: float

    def at(self, value: float) -> float:
        """The place of a value."""
        if self.first == self.last:
            return self.length / 2
        return self.length * ((value - self.first) / (self.last - self.first))


def _apart(years: Sequence[int], across: _Scale) -> list[int]:
    """The years that can be written without touching each other: the last, the first, then those between."""
    wanted = inches("0000", LABEL) + _APART
    kept: list[int] = []
    for year in dict.fromkeys((years[-1], years[0], *years)):
        if all(abs(across.at(year) - across.at(other)) >= wanted for other in kept):
            kept.append(year)
    return sorted(kept)
