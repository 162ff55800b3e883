"""Pieces as HTML, by one template, for JupyterLab and for the page alike."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from renkei.report.kit.piece_json import name_of
from renkei.report.kit.pieces import Piece, Table
from renkei.report.kit.ways import way_svg

#: A table of so many columns is scrolled sideways on a small screen rather than squeezed.
_WIDE = 7
#: A table of so few rows is not broken between pages.
_SHORT = 8
#: Texts longer than this many characters are folded on a screen.
_FOLDED_FROM = 80


def html_of(piece: Piece) -> Markup:
    """The piece as HTML, without a style."""
    html: Markup = _template().module.piece(name_of(piece), piece)  # type: ignore[attr-defined]
    return html


def decimals_of(table: Table) -> list[int]:
    """For each column of numbers the most decimals that any of its numbers has."""
    most = [0] * len(table.columns)
    for group in table.groups:
        for row in group.rows:
            for position, cell in enumerate(row):
                if cell.number is not None:
                    most[position] = max(most[position], cell.decimals)
    return most


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["base64"] = _base64
    environment.globals.update(
        decimals_of=decimals_of, wide=_WIDE, short=_SHORT, folded_from=_FOLDED_FROM, way_svg=way_svg
    )
    return environment.get_template("piece.html.j2")


def _source(name: str) -> str:
    return (files("renkei.report.kit") / "templates" / name).read_text(encoding="utf-8")


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")
