"""Rows of a chart under each other: each with its name, beside it on a page and above it on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from renkei.report.kit.measure import inches
from renkei.report.kit.sheets import LINE, NAME, Plot, Sheet
from renkei.report.kit.wrapping import wrapped

#: Names beside rows have so many inches, of which some stay free; names above them end before the edge.
_BESIDE, _FREE = 1.75, 0.1
_BETWEEN = 0.14


@dataclass(frozen=True)
class _Row:
    name: str
    height: float

    @property
    def name_height(self) -> float:
        return LINE * (self.name.count("\n") + 1)


class NamedRows:
    """Where rows of given heights stand on a sheet, each below its name or right of it."""

    def __init__(
        self, sheet: Sheet, names: Sequence[str], heights: Sequence[float], top: float = 0.0
    ) -> None:
        self._is_above = sheet.is_narrow
        ems = ((sheet.width if self._is_above else _BESIDE) - _FREE) * 72 / NAME
        self._rows = [_Row(wrapped(name, ems), height) for name, height in zip(names, heights, strict=True)]
        self._top = top

    @property
    def height(self) -> float:
        """How high all rows are together."""
        return self._top + sum(self._whole(row) + _BETWEEN for row in self._rows)

    def places(self, plot: Plot) -> Iterator[float]:
        """Where each row starts below its name; writes the names into plot that start where the rows do."""
        at = self._top
        for row in self._rows:
            whole = self._whole(row)
            if self._is_above:
                plot.say(row.name, 0, at + LINE / 2, size=NAME)
                yield at + row.name_height
            else:
                middle = at + (whole - row.name_height + LINE) / 2
                plot.say(row.name, -_FREE, middle, side="right", size=NAME)
                yield at + (whole - row.height) / 2
            at += whole + _BETWEEN

    def _whole(self, row: _Row) -> float:
        return row.name_height + row.height if self._is_above else max(row.name_height, row.height)


def left_of_rows(sheet: Sheet, names: Sequence[str]) -> float:
    """Where rows start on a sheet: right of their names, or where the names do."""
    longest = max((inches(name, NAME) for name in names), default=0.0)
    return 0.0 if sheet.is_narrow else min(_BESIDE, longest + 2 * _FREE)
