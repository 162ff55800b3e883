"""Figures: a chart with its finding, unit, source and alternative text."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import matplotlib as mpl
import matplotlib.style
from matplotlib import font_manager
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from renkei.font import font_file
from renkei.report.kit.markup import markup
from renkei.report.kit.pieces import Piece

STYLE_SHEET = files("renkei.report.kit") / "renkei.mplstyle"


@contextmanager
def canvas(width: float, height: float) -> Iterator[Figure]:
    """An empty figure of the given size in inches, drawn in the project's style.

    A character that the font lacks raises an error in place of printing a box.
    """
    _register_font()
    with mpl.style.context(str(STYLE_SHEET)), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing from")
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(figure)
        yield figure


@dataclass(frozen=True)
class Numbers:
    """What a chart shows, as text: column heads, and a row per mark or bar with its name first."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def sentences(self) -> str:
        """A sentence per row, such as 役割1は、達成済み7件、達成見込3件。 and so on."""
        return "".join(
            f"{name}は、" + "、".join(map("".join, zip(self.heads[1:], cells, strict=True))) + "。"
            for name, *cells in self.rows
        )


def counted(
    head: str, names: Sequence[str], counts: Sequence[Mapping[str, int]], kinds: Mapping[str, str]
) -> Numbers:
    """The numbers of a stacked chart: for each name how many there are of each kind, kinds in words."""
    return Numbers(
        (head, *(words.lstrip("●▼ ") for words in kinds.values())),
        [
            [name, *(f"{of_name.get(kind, 0)}件" for kind in kinds)]
            for name, of_name in zip(names, counts, strict=True)
        ],
    )


def figure_piece(
    figure: Figure, *, kind: str, title: str, measure: str, numbers: Numbers, source: str
) -> Piece:
    """The chart under a title that says its finding and a line that says measure and unit.

    The alternative text says the kind of chart, the finding and all numbers; the same numbers
    can be unfolded as a table. Call it inside `canvas`. The same figure gives the same bytes.
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    alt = f"{kind}。{title}。{numbers.sentences}"
    html = markup(
        "figure",
        title=title,
        measure=measure,
        data=base64.b64encode(buffer.getvalue()).decode("ascii"),
        alt=alt,
        heads=numbers.heads,
        rows=numbers.rows,
        source=source,
    )
    digest = {"title": title, "measure": measure, "alt": alt, "source": source}
    return Piece(html, f"{title} — {alt}", source, {"chart": digest})


@cache
def _register_font() -> None:
    font_manager.fontManager.addfont(font_file())
