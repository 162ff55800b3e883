"""Figures: a chart with its finding, unit, source and alternative text."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

import matplotlib as mpl
import matplotlib.style
from markupsafe import Markup
from matplotlib import font_manager
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from renkei.report.pieces import Piece, source_note

STYLE_SHEET = files("renkei.report") / "renkei.mplstyle"


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


def figure_piece(figure: Figure, *, title: str, measure: str, alt: str, source: str) -> Piece:
    """The chart under a title that says its finding and a line that says measure and unit.

    Call it inside `canvas`. The same figure gives the same bytes each time.
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    html = Markup(
        '<figure><figcaption><span class="title">{title}</span><span class="measure">{measure}</span>'
        '</figcaption><div class="chart"><img src="data:image/svg+xml;base64,{data}" alt="{alt}"></div>'
        "{source}</figure>"
    ).format(title=title, measure=measure, data=data, alt=alt, source=source_note(source))
    return Piece(html, f"{title} — {alt}")


@cache
def _register_font() -> None:
    # The package sets the font for all of matplotlib when imported; the style sheet wants only the file.
    from matplotlib_fontja import get_font_ttf_path

    font_manager.fontManager.addfont(get_font_ttf_path())
