"""Figures: a drawing in the project's style, and what stands around it."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import matplotlib as mpl
import matplotlib.style
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Drawn

from renkei.report.kit.bars import Part
from renkei.report.kit.cells import Row, cell, count
from renkei.report.kit.drawn_svg import svg_of
from renkei.report.kit.pieces import Drawing, Figure, Numbers
from renkei.report.kit.sheets import NARROW, WIDE, Sheet, Sheets
from renkei.report.kit.style import STYLE_SHEET, register_font


@contextmanager
def sheets() -> Iterator[Sheets]:
    """Two empty drawings in the project's style, for a page and for a phone; charts draw on both.

    A character that the font lacks raises an error in place of printing a box.
    """
    with _style():
        yield Sheet(WIDE), Sheet(NARROW)


@contextmanager
def canvas(width: float, height: float) -> Iterator[Drawn]:
    """An empty figure of the given size in inches, for a drawing of one's own in the project's style."""
    with _style():
        figure = Drawn(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(figure)
        yield figure


@contextmanager
def _style() -> Iterator[None]:
    register_font()
    with mpl.style.context(str(STYLE_SHEET)), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing from")
        yield


def numbers(heads: Sequence[str], rows: Sequence[Row], colours: Iterable[str] = ()) -> Numbers:
    """What a chart shows, from rows of cells or plain text, and its columns' colours if they have any."""
    return Numbers(tuple(heads), tuple(tuple(map(cell, row)) for row in rows), tuple(colours))


def counted(
    head: str,
    names: Sequence[str],
    counts: Sequence[Mapping[str, int]],
    kinds: Mapping[str, str],
    parts: Mapping[str, Part],
) -> Numbers:
    """The numbers of a stacked chart: for each name how many there are of each kind, kinds in words."""
    return numbers(
        (head, *(words.lstrip("●▼ ") for words in kinds.values())),
        [
            [name, *(count(of_name.get(kind, 0), "件") for kind in kinds)]
            for name, of_name in zip(names, counts, strict=True)
        ],
        [parts[kind].colour for kind in kinds],
    )


def figure_piece(
    drawn: Drawn | Sheets,
    *,
    kind: str,
    title: str,
    measure: str,
    numbers: Numbers,
    source: str,
    drawing: Drawing = "",
) -> Figure:
    """The chart as a piece. Call it inside `sheets` or `canvas`. The same drawing gives the same bytes."""
    wide, *narrow = (
        svg_of(of) for of in ([drawn] if isinstance(drawn, Drawn) else (of.figure for of in drawn))
    )
    return Figure(title, measure, kind, numbers, source, wide, drawing, *narrow)
