"""What the PDF's template reads: a report's pieces as JSON, with what is computed here and not in Typst."""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterator
from html import escape
from typing import Any

from renkei.area import Area
from renkei.errors import RenderError
from renkei.font import FAMILY
from renkei.page.content import Content
from renkei.report.kit.markup import decimals_of
from renkei.report.kit.piece_json import to_json
from renkei.report.kit.pieces import Figure, Provenance, Table, Title
from renkei.report.kit.pieces_cards import Cards
from renkei.report.kit.pieces_text import Heading, Picture, Preformatted
from renkei.report.kit.ways import way_svg

#: A pixel of CSS is a 96th of an inch, a point a 72nd.
_POINTS_PER_PIXEL = 0.75
_SVG = re.compile(r"<(?:\w+:)?svg\s[^>]*>")
_LENGTH = re.compile(r'\s(width|height)="([\d.]+)(pt|px|)"')
#: A picture without a size of its own is as wide as the text and as high as that.
_WITHOUT_SIZE = (516.0, 516.0)
_PNG_HEAD = 24
#: What a program prints to steer a terminal has no glyph.
_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if code != ord("\n")}


def data_of(content: Content, *, fits: bool = True) -> dict[str, Any]:
    """The report as the template reads it; with `fits` charts are made to fit the page that they come to."""
    title = content.title or Area.current().name
    return {
        "title": title,
        "running": title,
        "font": FAMILY,
        "fits": fits,
        "has_contents": len(content.chapters) > 1,
        "pieces": list(_pieces(content)),
    }


def _pieces(content: Content) -> Iterator[dict[str, Any]]:
    level = 0
    for piece in content.pieces:
        value = to_json(piece)
        of = value["piece"]
        match piece:
            case Title():
                level = 1
            case Heading():
                # PDF/UA wants no level of headings left out, and a notebook may do so.
                level = of["level"] = min(piece.level, level + 1)
            case Table():
                _complete(of, piece)
            case Provenance():
                for table, written in zip(piece.tables, of["tables"], strict=True):
                    _complete(written, table)
                of["folded"] = [line for table in piece.folded for line in _lines(table)]
            case Cards():
                for card, drawn in zip(piece.cards, of["cards"], strict=True):
                    drawn |= {"alt": card.alt, "svg": way_svg(card)}
                    drawn["value"]["words"], drawn["target"]["words"] = card.value.words, card.target.words
                    drawn["years"] = [str(point.year) for point, _ in card.drawn]
            case Preformatted():
                of["text"] = piece.text.expandtabs(4).translate(_CONTROLS)
            case Figure():
                del of["numbers"], of["svg_narrow"]
                of["alt"] = piece.alt
                _draw(of, piece.svg)
            case Picture(mime_type="image/svg+xml"):
                _draw(of, piece.data)
            case Picture():
                _draw(of, _around_png(piece.data))
        yield {"kind": value["kind"], "piece": of}


def _lines(table: Table) -> Iterator[str]:
    """A table as small print: its caption, a line for each row, its note and its source."""
    yield table.caption
    for group in table.groups:
        for row in group.rows:
            yield "：".join(" ".join(cell.lines) for cell in row)
    if table.note:
        yield table.note
    if table.source:
        yield f"出典：{table.source}"


def _complete(written: dict[str, Any], table: Table) -> None:
    """Add to a table's JSON how its numbers are written and how many decimals each column has."""
    written["decimals"] = decimals_of(table)
    for group, of in zip(table.groups, written["groups"], strict=True):
        for row, cells in zip(group.rows, of["rows"], strict=True):
            for cell, value in zip(row, cells, strict=True):
                value["words"] = cell.words


def _draw(of: dict[str, Any], svg: str) -> None:
    of.pop("data", None)
    of["svg"] = svg
    of["width"], of["height"] = _size(svg)


def _size(svg: str) -> tuple[float, float]:
    """Width and height of a drawing in points."""
    start = _SVG.search(svg)
    lengths = {
        name: float(length) * (1 if unit == "pt" else _POINTS_PER_PIXEL)
        for name, length, unit in _LENGTH.findall(start[0] if start else "")
    }
    return (lengths["width"], lengths["height"]) if len(lengths) == 2 else _WITHOUT_SIZE


def _around_png(data: str) -> str:
    """An SVG that shows a PNG, given as base64, at 96 dots an inch."""
    head = base64.b64decode(data[: _PNG_HEAD * 2])
    if not head.startswith(b"\x89PNG\r\n\x1a\n") or len(head) < _PNG_HEAD:
        raise RenderError("a picture in PNG was expected, found other bytes; run the notebook again")
    width, height = struct.unpack(">II", head[16:24])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{escape(data)}"/></svg>'
    )
