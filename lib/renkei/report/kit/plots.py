"""What a cell gives to Jupyter for a plot of an analyst's own: a drawing, and what is to be said of it."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from renkei.report.kit.drawn_svg import svg_of

#: A drawing of more bytes than this, such as one of ten thousand points, is smaller as dots.
_HUGE = 300_000
_DOTS_PER_INCH = 150


def bundle_of_plot(figure: Figure) -> dict[str, str]:
    """The MIME bundle of a plot: SVG, or PNG where that would be huge; its plain text says what it shows."""
    said = words_of(figure)
    svg = svg_of(figure, bbox_inches="tight")
    if len(svg) <= _HUGE:
        return {"image/svg+xml": svg, "text/plain": said}
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=_DOTS_PER_INCH, bbox_inches="tight", metadata={"Software": None})
    return {"image/png": base64.b64encode(buffer.getvalue()).decode("ascii"), "text/plain": said}


def words_of(figure: Figure) -> str:
    """What stands for a plot where it cannot be seen: its titles, axes and legends; 図 without any."""
    title = figure.get_suptitle()
    return "。".join(filter(None, ["図", title, *(part for axes in figure.axes for part in _words(axes))]))


def _words(axes: Axes) -> Iterator[str]:
    yield axes.get_title()
    for name, label in (("横軸", axes.get_xlabel()), ("縦軸", axes.get_ylabel())):
        yield f"{name}は{label}" if label else ""
    legend = axes.get_legend()
    if legend:
        yield f"凡例は{'、'.join(text.get_text() for text in legend.get_texts())}"
