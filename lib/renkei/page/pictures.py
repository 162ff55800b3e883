"""Drawings as PNG, for what shows no SVG: e-mail programs and workbooks."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass

import resvg_py
from PIL import Image

from renkei.errors import RenderError
from renkei.font import FAMILY, font_file
from renkei.report.kit.pieces import Figure

#: Width in CSS pixels; the picture has twice as many, for sharp screens.
WIDTH = 560
#: Charts are flat: so many colours, smoothed edges included, look no different from all of them.
_COLOURS = 64
#: What a drawing of others would read from this machine.
_REFERENCE = re.compile(r"""(?:xlink:)?href\s*=\s*(["'])(?!#|data:).*?\1""", re.DOTALL)


@dataclass(frozen=True)
class Picture:
    """A drawing as PNG, and its height in CSS pixels at `WIDTH`."""

    png: bytes
    height: int

    @property
    def fingerprint(self) -> str:
        """Unlike that of any other picture."""
        return hashlib.sha256(self.png).hexdigest()[:16]


def picture_of(chart: Figure) -> Picture:
    """The chart on white, in few colours: some 20 to 50 KB."""
    return picture_of_svg(chart.svg)


def picture_of_svg(svg: str) -> Picture:
    """Any drawing likewise; its text in the project's font, unless its letters are outlines."""
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=_REFERENCE.sub("", svg),
            width=2 * WIDTH,
            dpi=96.0,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(font_file())] if "<text" in svg else None,
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            serif_family=FAMILY,
            monospace_family=FAMILY,
        )
    except ValueError as error:
        raise RenderError(f"an SVG drawing was expected, found one that cannot be drawn: {error}") from error
    with Image.open(io.BytesIO(bytes(drawn))) as image:
        flat = image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    # To look for the smallest file would take ten times as long, for one that is 5 % smaller.
    flat.save(buffer, "PNG")
    return Picture(buffer.getvalue(), round(flat.height / 2))
