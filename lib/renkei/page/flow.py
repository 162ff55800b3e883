"""Pieces as a report needs them: one title, no level of headings left out, a name for each table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from renkei.page.foreign.pictures import ALT
from renkei.report.kit.frames import UNNAMED
from renkei.report.kit.pieces import Figure, Piece, Table, Title
from renkei.report.kit.pieces_cards import Cards
from renkei.report.kit.pieces_text import Heading, Picture


def in_order(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same pieces; what a notebook leaves unnamed is named after the heading above it."""
    heading, level, has_title = "", 1, False
    named: Counter[str] = Counter()
    for piece in _seen_first(list(pieces)):
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
                piece = replace(piece, caption=_name(heading, UNNAMED, named))
            case Picture(alt=alt) if alt == ALT and heading:
                piece = replace(piece, alt=_name(heading, ALT, named))
        yield piece


def _seen_first(pieces: list[Piece]) -> list[Piece]:
    """The same pieces; where there are cards, title, cards and charts come first of what opens the report."""
    end = next((place for place, piece in enumerate(pieces) if isinstance(piece, Heading)), len(pieces))
    opening = pieces[:end]
    if not any(isinstance(piece, Cards) for piece in opening):
        return pieces
    first = [piece for kind in (Title, Cards, Figure) for piece in opening if isinstance(piece, kind)]
    return [*first, *(piece for piece in opening if piece not in first), *pieces[end:]]


def _name(heading: str, kind: str, named: Counter[str]) -> str:
    """A name after a heading, from the second of its kind on with a number; counts it."""
    name = f"{heading}の{kind}"
    named[name] += 1
    return name if named[name] == 1 else f"{name}{named[name]}"
