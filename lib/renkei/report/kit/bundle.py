"""What a cell gives to Jupyter for a piece: itself as JSON, and HTML that looks as in the report."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from renkei.report.kit.markup import html_of
from renkei.report.kit.piece_json import MIME_TYPE, to_json, typeset_piece
from renkei.report.kit.pieces import Piece


def bundle_of(piece: Piece) -> dict[str, Any]:
    """The MIME bundle of a piece."""
    typeset = typeset_piece(piece)
    html = f'<div class="renkei"><style>{_style_of_box()}</style>{html_of(typeset)}</div>'
    return {MIME_TYPE: to_json(typeset), "text/html": html, "text/plain": typeset.summary}


#: The box that a page or an output is.
_BOX = ".renkei"


@cache
def _style_of_box() -> str:
    """The page's style sheet for what stands in a box of class `renkei` alone.

    A style element reaches the whole of JupyterLab, whose own rules for outputs name classes; said three
    times, the box's class counts for more than those. What the page leaves as it is by nature, such as the
    ground of a row, is put back to that.
    """
    rules = style_sheet().replace(f"{_BOX} {{", "& {")
    return f"{_BOX * 3} {{ tr, li, dt, dd {{ all: revert; }} {rules} }}"


@cache
def style_sheet() -> str:
    """The style sheet of everything that a report shows, on a screen and on paper."""
    return (files("renkei.report.kit") / "templates" / "style.css").read_text(encoding="utf-8")
