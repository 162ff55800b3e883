"""What a cell gives to Jupyter for a piece: itself as JSON, and HTML that looks as in the report."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from renkei.report.kit.markup import html_of
from renkei.report.kit.piece_json import MIME_TYPE, to_json, typeset_piece
from renkei.report.kit.pieces import Piece


def bundle_of(piece: Piece) -> dict[str, Any]:
    """The MIME bundle of a piece."""
    typeset = typeset_piece(piece)
    html = f'<div class="renkei"><style>{_nested_style()}</style>{html_of(typeset)}</div>'
    return {MIME_TYPE: to_json(typeset), "text/html": html, "text/plain": typeset.summary}


@cache
def _nested_style() -> str:
    """The page's style sheet, for what stands in a box of class `renkei` alone.

    A style element reaches the whole page in JupyterLab. The class is named three times, so that rules of
    JupyterLab's own, which name one or two, do not come before these.
    """
    return f".renkei.renkei.renkei {{ {_IN_JUPYTERLAB} {_OF_THE_BOX.sub('& {', style_sheet())} }}"


#: What JupyterLab says of elements of which the style sheet says nothing.
_IN_JUPYTERLAB = (
    "tbody tr, tbody tr:nth-child(odd), tbody tr:hover { background: none; } "
    "dt, dd { width: auto; float: none; font-weight: inherit; }"
)
#: The rules of the style sheet that are for the box itself.
_OF_THE_BOX = re.compile(r"^\.renkei \{", re.MULTILINE)


@cache
def style_sheet() -> str:
    """The style sheet of everything that a report shows, on a screen and on paper."""
    return (files("renkei.report.kit") / "templates" / "style.css").read_text(encoding="utf-8")
