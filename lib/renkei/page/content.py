"""What a report says: its pieces, read from its executed notebook; every format is a view of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from renkei.errors import RenderError
from renkei.page.flow import in_order
from renkei.page.foreign.markdown import pieces_of_markdown
from renkei.page.foreign.outputs import pieces_of_output
from renkei.page.foreign.pictures import png_picture, svg_picture
from renkei.report.kit.piece_json import MIME_TYPE, from_json
from renkei.report.kit.pieces import Attention, Figure, MainPoints, Piece, Point, Title
from renkei.report.kit.pieces_text import Heading, Picture

#: An output of more characters than this is refused: a page has at most 1 MB.
_LARGEST_TEXT = 5_000_000


@dataclass(frozen=True)
class Content:
    """The pieces of a report, in their order."""

    pieces: tuple[Piece, ...]

    @property
    def title(self) -> str:
        """Its title; empty where it has none."""
        return next((piece.title for piece in self.pieces if isinstance(piece, Title)), "")

    @property
    def lead(self) -> str:
        """What it covers."""
        return next((piece.lead for piece in self.pieces if isinstance(piece, Title)), "")

    @property
    def imprint(self) -> tuple[tuple[str, str], ...]:
        """Who issues it, whom to ask, and when its data are of."""
        return next((piece.imprint for piece in self.pieces if isinstance(piece, Title)), ())

    @property
    def points(self) -> tuple[Point, ...]:
        """Its main points."""
        return tuple(point for piece in self._main_points for point in piece.points)

    @property
    def attention(self) -> tuple[Attention, ...]:
        """What needs attention."""
        return tuple(part for piece in self._main_points for part in piece.attention)

    @property
    def headline(self) -> str:
        """The first main point; empty where a report has none."""
        return self.points[0].headline if self.points else ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its charts."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Figure))

    @property
    def chapters(self) -> tuple[str, ...]:
        """The headings of its chapters."""
        return tuple(piece.text for piece in self.pieces if isinstance(piece, Heading) and piece.level == 2)

    @property
    def _main_points(self) -> Iterator[MainPoints]:
        return (piece for piece in self.pieces if isinstance(piece, MainPoints))


def content_of(notebook: Mapping[str, Any]) -> Content:
    """The report that an executed notebook is; its code is no part of it."""
    return Content(tuple(in_order(_pieces(notebook))))


def _pieces(notebook: Mapping[str, Any]) -> Iterator[Piece]:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield from pieces_of_markdown(_text(cell["source"]))
        elif cell["cell_type"] == "code":
            try:
                yield from _shown_once(_of_outputs(cell.get("outputs", ())))
            except RenderError as error:
                raise RenderError(f"{_name(cell)}: {error}") from error
            except RecursionError as error:
                raise RenderError(f"{_name(cell)}: its output is nested too deeply for a report") from error


def _of_outputs(outputs: Iterable[Mapping[str, Any]]) -> Iterator[Piece]:
    for output in outputs:
        _demand_size(output)
        own = output.get("data", {}).get(MIME_TYPE)
        if own is None:
            yield from pieces_of_output(output)
        else:
            yield _harmless(from_json(own))


def _demand_size(output: Mapping[str, Any]) -> None:
    """Raise RenderError for a text that no report can hold, before anything reads it."""
    for text in (output.get("text"), *output.get("data", {}).values()):
        size = len(text) if isinstance(text, str) else 0
        if size > _LARGEST_TEXT:
            raise RenderError(
                f"an output of at most {_LARGEST_TEXT:,} characters was expected, found {size:,}"
            )


def _harmless(piece: Piece) -> Piece:
    """The piece, whose drawing anybody's code may have made."""
    if isinstance(piece, Picture):
        again = svg_picture(piece.data, piece.alt) if "svg" in piece.mime_type else png_picture(piece.data)
        return piece if isinstance(again, Picture) else again
    if isinstance(piece, Figure):
        for svg in filter(None, (piece.svg, piece.svg_narrow)):
            if not isinstance(svg_picture(svg), Picture):
                raise RenderError("a chart as SVG was expected, found something else; run the notebook again")
    return piece


def _name(cell: Mapping[str, Any]) -> str:
    return f"In [{cell.get('execution_count') or ' '}]"


def _shown_once(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces of a cell; a plot that is its last value as well is shown twice by Jupyter."""
    before: Piece | None = None
    for piece in pieces:
        if not (isinstance(piece, Picture) and piece == before):
            yield piece
        before = piece


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)
