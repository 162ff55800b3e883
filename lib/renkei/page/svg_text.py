"""Charts for paper: the text of an SVG as text in place of outlines.

Matplotlib draws letters as outlines, so that a browser shows the same chart without the font. The PDF
brings the font along: there text can be searched and copied, and takes a third of the time and room.
"""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

_SVG = "{http://www.w3.org/2000/svg}"
#: Outlines are drawn at 100 units an em, upside down.
_OUTLINES = re.compile(r"(?P<place>.*?)\s*scale\((?P<scale>[\d.]+) -(?P=scale)\)")
_UNITS_PER_EM = 100


def text_for_outlines(svg: bytes, font: str) -> bytes:
    """An SVG of matplotlib with each group of outlines replaced by the text that its comment gives."""
    builder = ElementTree.TreeBuilder(insert_comments=True)
    # Our own charts: nothing from outside is read here.
    drawing = ElementTree.fromstring(svg, ElementTree.XMLParser(target=builder))  # noqa: S314
    for group in drawing.iter(f"{_SVG}g"):
        children = list(group)
        for comment, outlines in pairwise(children):
            place = _OUTLINES.fullmatch(outlines.get("transform", ""))
            if comment.tag is ElementTree.Comment and place is not None:  # type: ignore[comparison-overlap]
                text = ElementTree.Element(
                    f"{_SVG}text",
                    {
                        "transform": place["place"],
                        "style": outlines.get("style", ""),
                        "font-family": font,
                        "font-size": f"{float(place['scale']) * _UNITS_PER_EM:g}px",
                    },
                )
                # A comment holds text as it would stand between tags, and never two hyphens in a row.
                text.text = unescape((comment.text or "").strip()).replace("- -", "--")
                group[children.index(outlines)] = text
    return ElementTree.tostring(drawing)
