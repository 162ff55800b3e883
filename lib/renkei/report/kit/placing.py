"""Where labels stand beside points, so that none covers another, a mark or a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

#: How far a label is from its point, and how wide what a mark covers is to each side, in inches.
_AWAY, _MARK = 0.09, 0.07
#: So many times each label is placed anew with all others in their places.
_ROUNDS = 3


@dataclass(frozen=True)
class Box:
    """A rectangle in inches from above left."""

    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Half way across."""
        return self.left + self.width / 2

    def shared_with(self, other: Box) -> float:
        """The area that both cover."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)


Point = tuple[float, float]


def placed(
    points: Sequence[Point], sizes: Sequence[Point], lines: Sequence[Sequence[Point]], ground: Box
) -> list[Box]:
    """A place inside `ground` for each point's label of the given size, above or below it if it may be.

    `lines` join points; a label stands beside them rather than on them.
    """
    marks = [Box(x - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK) for x, y in points]
    on_lines = [Box(x - 0.02, y - 0.02, 0.04, 0.04) for of_line in lines for x, y in _along(of_line)]
    heights = _heights(lines)
    labels: list[Box | None] = [None] * len(points)
    for _ in range(_ROUNDS):
        for number, (point, size) in enumerate(zip(points, sizes, strict=True)):
            others = [label for place, label in enumerate(labels) if label is not None and place != number]
            choices = list(_choices(point, size, is_above=heights.get(point, True), ground=ground))
            labels[number] = min(
                choices, key=lambda box: _cost(box, others, marks, on_lines) + 1e-3 * choices.index(box)
            )
    return [label for label in labels if label is not None]


def _cost(box: Box, labels: Sequence[Box], marks: Sequence[Box], on_lines: Sequence[Box]) -> float:
    """What a place covers; letters are worse than marks, and marks worse than lines."""
    return (
        100 * sum(map(box.shared_with, labels))
        + 30 * sum(map(box.shared_with, marks))
        + 5 * sum(map(box.shared_with, on_lines))
    )


def _choices(point: Point, size: Point, *, is_above: bool, ground: Box) -> Iterator[Box]:
    """Places round a point, the better first, moved into the ground."""
    x, y = point
    width, height = size
    above, below, middle = y - _AWAY - height, y + _AWAY, y - height / 2
    right, left, centre = x + _AWAY, x - _AWAY - width, x - width / 2
    first, second = (above, below) if is_above else (below, above)
    places = [(centre, first), (centre, second), (right, first), (left, first)]
    places += [(right, second), (left, second), (right, middle), (left, middle)]
    for at, down in places:
        yield Box(
            min(max(at, ground.left), ground.left + ground.width - width),
            min(max(down, ground.top), ground.top + ground.height - height),
            width,
            height,
        )


def _heights(lines: Sequence[Sequence[Point]]) -> dict[Point, bool]:
    """Whether each point of a line is no lower than those beside it; y counts downwards."""
    found = {}
    for points in lines:
        for number, (x, y) in enumerate(points):
            beside = [points[near][1] for near in (number - 1, number + 1) if 0 <= near < len(points)]
            found[x, y] = y <= sum(beside) / max(1, len(beside))
    return found


def _along(points: Sequence[Point]) -> Iterator[Point]:
    """Points on a line, about 0.05 inches apart."""
    for (x, y), (to_x, to_y) in pairwise(points):
        steps = max(1, round(max(abs(to_x - x), abs(to_y - y)) / 0.05))
        for step in range(steps + 1):
            yield x + (to_x - x) * step / steps, y + (to_y - y) * step / steps
