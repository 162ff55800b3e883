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
    # A style element reaches the whole page in JupyterLab; its rules are kept to what is in the box.
    html = f'<div class="renkei"><style>{_scoped_style()}</style>{html_of(typeset)}</div>'
    return {MIME_TYPE: to_json(typeset), "text/html": html, "text/plain": typeset.summary}


@cache
def _scoped_style() -> str:
    """The page's style sheet, for what stands in a box of class `renkei` alone."""
    return f"@scope (.renkei) {{ {style_sheet()} }}"


@cache
def style_sheet() -> str:
    """The style sheet of everything that a report shows, on a screen and on paper."""
    return (files("renkei.report.kit") / "templates" / "style.css").read_text(encoding="utf-8")
