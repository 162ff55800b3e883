"""Charts of shares: a row for each name, its share as a dot against the target's line, on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from renkei.report.kit import palette
from renkei.report.kit.measure import inches
from renkei.report.kit.sheets import GAP, LABEL, LINE, NAME, Sheet, on_each
from renkei.report.kit.wrapping import wrapped

#: The ground of a row, from the name above it and to the next one.
_TRACK, _ABOVE, _BELOW = 0.13, 0.02, 0.14
#: Above the rows stands what the target's line is, below them the scale; beside them half of a number of it.
_HEAD, _SCALE, _SIDE = 0.22, 0.2, 0.22


@on_each
def share_dots(
    sheet: Sheet, names: Sequence[str], shares: Sequence[float], labels: Sequence[str], whole: str = "目標"
) -> None:
    """A dot and a line from zero for each share in % up to 100, with 100 % marked as `whole`."""
    rows = _Rows(sheet, names, labels, (0, 100), (0, 25, 50, 75, 100), "%", 100, f"{whole}＝100%")
    for y, share in zip(rows.places(), shares, strict=True):
        rows.plot.line([(0, y), (rows.x(share), y)], palette.HINT, 2)
        rows.plot.mark(rows.x(share), y, "o", palette.TEXT)


@on_each
def dumbbells(
    sheet: Sheet,
    names: Sequence[str],
    shares: Sequence[float],
    labels: Sequence[str],
    limit: float = 200,
    whole: str = "この年度の目標",
) -> None:
    """For each name the outcome as share of the year's target, or of `whole`, joined to it at 100 %.

    Shares beyond `limit` are drawn at it, with an arrow.
    """
    ticks = tuple(range(0, int(limit) + 1, 50))
    rows = _Rows(sheet, names, labels, (0, limit), ticks, "%", 100, f"{whole}＝100%")
    for y, share in zip(rows.places(), shares, strict=True):
        end = max(0.0, min(share, limit))
        rows.plot.line(
            [(rows.x(end), y), (rows.x(100), y)], palette.HINT if share < 100 else palette.KEY_MID, 2
        )
        rows.plot.mark(rows.x(100), y, "D", palette.KEY, is_hollow=True)
        rows.plot.mark(rows.x(end), y, _shape(share, 0, limit), palette.TEXT)


@on_each
def paces(sheet: Sheet, names: Sequence[str], multiples: Sequence[float], labels: Sequence[str]) -> None:
    """Seen improvement a year as a multiple of the needed one, which stands at 1; below 0 it got worse."""
    low, limit = -1, 4
    rows = _Rows(sheet, names, labels, (low, limit), (-1, 0, 1, 2, 3, 4), "倍", 1, "必要な改善＝1倍")
    for y, multiple in zip(rows.places(), multiples, strict=True):
        end = max(low, min(multiple, limit))
        rows.plot.line([(rows.x(0), y), (rows.x(end), y)], palette.HINT, 2)
        rows.plot.mark(rows.x(end), y, _shape(multiple, low, limit), palette.TEXT)


def _shape(value: float, low: float, high: float) -> str:
    """A dot, or an arrow to what lies outside."""
    return ">" if value > high else "<" if value < low else "o"


class _Rows:
    """Rows on one scale: above each its name and, at the right edge, its values in words."""

    def __init__(
        self,
        sheet: Sheet,
        names: Sequence[str],
        labels: Sequence[str],
        limits: tuple[float, float],
        ticks: Sequence[float],
        unit: str,
        target: float,
        head: str,
    ) -> None:
        self._low, high = limits
        self._width = sheet.width - 2 * _SIDE
        self._scale = self._width / (high - self._low)
        self._texts = [_texts(sheet, name, label) for name, label in zip(names, labels, strict=True)]
        self._labels, self._sheet = labels, sheet
        self._ticks, self._unit, self._target, self._head = ticks, unit, target, head
        heights = sum(LINE * lines + _ABOVE + _TRACK + _BELOW for _, lines in self._texts)
        sheet.set_height(_HEAD + heights + _SCALE)
        self.plot = sheet.plot(_SIDE, _HEAD, self._width, heights)
        self._end = heights

    def x(self, value: float) -> float:
        """Where a value stands."""
        return self._scale * (value - self._low)

    def places(self) -> Iterator[float]:
        """The middle of each row, downwards; draws its ground, name and values, in the end the scale."""
        target = self.x(self._target)
        width = inches(self._head, LABEL)
        x = min(max(target, width / 2 - _SIDE), self._width + _SIDE - width / 2)
        self.plot.say(self._head, x, -_HEAD / 2, side="center", colour=palette.KEY)
        at = 0.0
        for (name, lines), label in zip(self._texts, self._labels, strict=True):
            self.plot.say(name, -_SIDE, at + LINE / 2, size=NAME)
            self.plot.say(label, self._width + _SIDE, at + LINE * (lines - 0.5), side="right")
            top = at + LINE * lines + _ABOVE
            self.plot.box(0, top, self._width, _TRACK, palette.PALE)
            for tick in self._ticks:
                self.plot.line([(self.x(tick), top), (self.x(tick), top + _TRACK)], palette.LINE)
            self.plot.line([(target, top - _ABOVE), (target, top + _TRACK + _ABOVE)], palette.KEY, 1.4)
            yield top + _TRACK / 2
            at = top + _TRACK + _BELOW
        for tick in self._ticks:
            said = f"{'▲' if tick < 0 else ''}{abs(tick):g}{self._unit}"
            self.plot.say(
                said,
                self.x(tick),
                self._end + _SCALE / 2 - 0.05,
                side="center",
                colour=palette.SUB,
            )


def _texts(sheet: Sheet, name: str, label: str) -> tuple[str, int]:
    """A name in lines, and on how many lines it stands with its values, which follow on the last or below."""
    shown = wrapped(name, sheet.width * 72 / NAME)
    lines = shown.split("\n")
    fits = inches(lines[-1], NAME) + 2 * GAP + inches(label, LABEL) <= sheet.width
    return shown, len(lines) + (0 if fits else 1)
