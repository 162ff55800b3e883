"""Charts as PNG: mail programs show no SVG."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

import resvg_py
from PIL import Image

from renkei.report.kit.pieces import Figure

#: Width in CSS pixels; the picture has twice as many, for sharp screens.
WIDTH = 560
#: Charts are flat: so many colours, smoothed edges included, look no different from all of them.
_COLOURS = 64


@dataclass(frozen=True)
class Picture:
    """A chart as PNG, and its height in CSS pixels at `WIDTH`."""

    png: bytes
    height: int

    @property
    def fingerprint(self) -> str:
        """Unlike that of any other picture."""
        return hashlib.sha256(self.png).hexdigest()[:16]


def picture_of(chart: Figure) -> Picture:
    """The chart on white, in few colours: some 20 to 50 KB. Its letters are outlines and need no font."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=chart.svg,
        width=2 * WIDTH,
        dpi=96.0,
        background="#ffffff",
        skip_system_fonts=True,
    )
    with Image.open(io.BytesIO(bytes(drawn))) as image:
        flat = image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    flat.save(buffer, "PNG", optimize=True)
    return Picture(buffer.getvalue(), round(flat.height / 2))
