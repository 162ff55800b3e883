"""Pictures that a cell drew, if they can be read."""

from __future__ import annotations

import base64
import binascii
import io
from xml.etree import ElementTree

from renkei.page.foreign.allowed import demand_svg
from renkei.page.foreign.text import shown
from renkei.report.kit.pieces import Piece
from renkei.report.kit.pieces_text import Note, Picture

#: What stands for a picture of which nothing is said.
ALT = "図"
_BROKEN = Note("読み取れない画像があったため、載せていない。")


def png_picture(data: str, alt: str = "") -> Piece:
    """A PNG, or any other picture of dots, given as base64; a note if it cannot be read."""
    from PIL import Image

    try:
        drawn = base64.b64decode("".join(data.split()), validate=True)
        with Image.open(io.BytesIO(drawn)) as image:
            image.load()
            if image.format != "PNG":
                buffer = io.BytesIO()
                image.save(buffer, "PNG")
                drawn = buffer.getvalue()
    except (binascii.Error, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return _BROKEN
    return Picture("image/png", base64.b64encode(drawn).decode("ascii"), _alt(alt))


def svg_picture(svg: str, alt: str = "") -> Piece:
    """A drawing as SVG; a note if it is none, a RenderError if it is more than that."""
    svg = shown(svg)
    if "<!ENTITY" in svg:
        # Entities can make a small text endless.
        return _BROKEN
    try:
        # Without entities a tree is as large as its text.
        root = ElementTree.fromstring(svg)  # noqa: S314
    except ElementTree.ParseError:
        return _BROKEN
    is_drawing = root.tag == "{http://www.w3.org/2000/svg}svg"
    if not is_drawing:
        return _BROKEN
    demand_svg(root)
    return Picture("image/svg+xml", svg, _alt(alt))


def _alt(text: str) -> str:
    """What is said of a picture; how Python names the object is nothing that helps."""
    text = shown(text).strip()
    return ALT if not text or text.startswith("<") else text
