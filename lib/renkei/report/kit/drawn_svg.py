"""A drawing of Matplotlib as SVG for pages: its text stays text, as wide as in the project's font."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.sax.saxutils import unescape

import matplotlib as mpl
from matplotlib.figure import Figure

from renkei.font import FAMILY
from renkei.report.kit.measure import ems

#: Fonts that a reader may have, for one who lacks the project's; each letter takes the same room.
_FAMILIES = f"{FAMILY}, 'Hiragino Sans', 'Yu Gothic', Meiryo, 'Noto Sans CJK JP', sans-serif"
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_TEXT = re.compile(
    r"<text style=\"font-size: ([\d.]+)px; font-family: [^;\"]*([^\"]*)\"([^>]*)>([^<]*)</text>"
)
_LINE_ENDS = re.compile(r" \n(?=[LQCz])")


def svg_of(figure: Figure, **saving: Any) -> str:
    """The drawing, the same text for the same drawing; `saving` is as of `Figure.savefig`."""
    buffer = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "renkei"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, **saving)
    svg = _METADATA.sub("", buffer.getvalue())
    svg = svg.replace("<svg ", f'<svg xml:lang="ja" font-family="{_FAMILIES}" ', 1)
    return _LINE_ENDS.sub(" ", _TEXT.sub(_fixed, svg))


def _fixed(match: re.Match[str]) -> str:
    """A text with its width, which another font is fitted to, so that what was laid out stays so."""
    size, style, places, text = match.groups()
    width = ems(unescape(text)) * float(size)
    fitted = f'textLength="{width:.2f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text style="font-size: {size}px{style}" {fitted}{places}>{text}</text>'
