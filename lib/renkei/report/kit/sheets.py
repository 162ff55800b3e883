"""What charts are drawn on: each chart twice, wide for a page and narrow for a phone, with fixed margins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import update_wrapper
from typing import Concatenate, Literal, ParamSpec

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from renkei.report.kit import palette

_P = ParamSpec("_P")
#: Widths in inches. A page is at most 46rem wide; 3.4 in are what a screen of 360 pixels leaves for a chart.
WIDE, NARROW = 6.6, 3.4
#: Sizes of text in points; 9 points are 12 pixels.
NAME, LABEL = 9.5, 9.0
#: From one line of text to the next, and what a mark leaves free to the text beside it, in inches.
LINE, GAP = 0.165, 0.06
#: The middle of a letter is so far above the line that it stands on, in ems.
_MIDDLE = 0.37

Point = tuple[float, float]


class Sheet:
    """A drawing of a given width in inches; its height comes with what is drawn."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.figure = Figure(figsize=(width, 1))

    @property
    def is_narrow(self) -> bool:
        """Whether names must stand above what they name, since beside it there is no room."""
        return self.width < WIDE

    def set_height(self, height: float) -> None:
        """Give the drawing its height, before anything is drawn."""
        self.figure.set_figheight(max(height, LINE))

    def plot(self, left: float, top: float, width: float, height: float) -> Plot:
        """The part of the drawing from the least value to the greatest; all lengths are inches."""
        return Plot(self, left, top, width, height)


class Plot:
    """A part of a drawing that counts inches from its own corner above left, beyond its edges too.

    What is drawn later stands above what was drawn before. Matplotlib's own axes would take a third of
    a chart's time, for ticks and frames that no chart here shows.
    """

    def __init__(self, sheet: Sheet, left: float, top: float, width: float, height: float) -> None:
        self._figure = sheet.figure
        self._left, self._down = left, sheet.figure.get_figheight() - top
        ground = self.box(0, 0, width, height, "none")
        # Tests read places in percent of it.
        ground.set_gid(f"plot_{sum(isinstance(of, Rectangle) for of in self._figure.get_children())}")

    def say(
        self,
        text: str,
        x: float,
        y: float,
        *,
        side: Literal["left", "center", "right"] = "left",
        size: float = LABEL,
        colour: str = palette.TEXT,
    ) -> None:
        """Write lines of text, the middle of the first at a point, which is at that side of each line."""
        for number, line in enumerate(text.split("\n")):
            across, up = self._place(x, y + number * LINE + _MIDDLE * size / 72)
            self._add(Text(across, up, line, ha=side, va="baseline", fontsize=size, color=colour))

    def box(
        self, x: float, y: float, width: float, height: float, colour: str, edge: str = "none"
    ) -> Rectangle:
        """Fill a rectangle, its corner above left at a point."""
        rectangle = Rectangle(self._place(x, y + height), width, height, fc=colour, ec=edge, lw=0.6)
        self._add(rectangle)
        return rectangle

    def line(
        self, points: Sequence[Point], colour: str, width: float = 0.8, *, is_dashed: bool = False
    ) -> None:
        """Join points."""
        xs, ys = zip(*(self._place(*point) for point in points), strict=True)
        self._add(Line2D(xs, ys, color=colour, lw=width, linestyle=(0, (3, 2)) if is_dashed else "-"))

    def mark(
        self, x: float, y: float, shape: str, colour: str, *, is_hollow: bool = False, size: float = 6
    ) -> None:
        """Set a mark of one of Matplotlib's shapes."""
        ground = "white" if is_hollow else colour
        across, up = self._place(x, y)
        self._add(Line2D([across], [up], marker=shape, ms=size, color=colour, mfc=ground))

    def _place(self, x: float, y: float) -> Point:
        return self._left + x, self._down - y

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._figure.dpi_scale_trans)
        artist.set_zorder(len(self._figure.get_children()))
        self._figure.add_artist(artist)


#: The same chart, once for a page and once for a phone.
Sheets = Sequence[Sheet]


def on_each(draw: Callable[Concatenate[Sheet, _P], None]) -> Callable[Concatenate[Sheets, _P], None]:
    """A function that draws on a sheet, as one that draws on each of several."""

    def draw_each(sheets: Sheets, /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        for sheet in sheets:
            draw(sheet, *args, **kwargs)

    return update_wrapper(draw_each, draw)
