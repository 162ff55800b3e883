"""Pieces as a report needs them: one title, no level of headings left out, a name for each table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from renkei.page.foreign.pictures import ALT
from renkei.page.foreign.tables import UNNAMED
from renkei.report.kit.pieces import Heading, Picture, Piece, Table, Title


def in_order(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same pieces; what a notebook leaves unnamed is named after the heading above it."""
    heading, level, has_title = "", 1, False
    for piece in pieces:
        if isinstance(piece, Title) and has_title:
            # A page has one title; an analyst's notebook may well head each part like one.
            piece = Heading(2, piece.title)
        match piece:
            case Title():
                has_title, heading, level = True, piece.title, 1
            case Heading():
                level = min(piece.level, level + 1)
                heading, piece = piece.text, replace(piece, level=level)
            case Table(caption=caption) if caption == UNNAMED and heading:
                piece = replace(piece, caption=f"{heading}の{UNNAMED}")
            case Picture(alt=alt) if alt == ALT and heading:
                piece = replace(piece, alt=f"{heading}の{ALT}")
        yield piece
