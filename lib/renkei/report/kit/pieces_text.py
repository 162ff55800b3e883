"""Pieces of running text, and what stands for the outputs of other libraries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from renkei.report.kit.pieces import Piece


@dataclass(frozen=True)
class Run:
    """A stretch of text in a paragraph; `link` is an address within the page, or empty."""

    text: str
    is_strong: bool = False
    is_emphasised: bool = False
    is_code: bool = False


@dataclass(frozen=True, repr=False)
class Paragraph(Piece):
    """A paragraph of running text."""

    runs: tuple[Run, ...]

    @property
    def summary(self) -> str:
        """Its text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, repr=False)
class Heading(Piece):
    """A heading between parts: level 2 for a chapter, 3 and 4 below it."""

    level: int
    text: str

    @property
    def summary(self) -> str:
        """Its text."""
        return self.text


@dataclass(frozen=True)
class Item:
    """An item of a list, so many levels below the list's first."""

    runs: tuple[Run, ...]
    depth: int = 0
    #: Its number in an ordered list; None in another.
    number: int | None = None


@dataclass(frozen=True, repr=False)
class Listing(Piece):
    """A list, with or without numbers."""

    items: tuple[Item, ...]

    @property
    def summary(self) -> str:
        """A line per item."""
        return "\n".join("".join(run.text for run in item.runs) for item in self.items)


@dataclass(frozen=True, repr=False)
class Preformatted(Piece):
    """Text that keeps its lines and spaces, such as what a cell printed; `is_error` for a traceback."""

    text: str
    is_error: bool = False

    @property
    def summary(self) -> str:
        """The text."""
        return self.text


@dataclass(frozen=True, repr=False)
class Picture(Piece):
    """A picture that a cell drew itself: `data` is base64 of PNG, or SVG text."""

    mime_type: Literal["image/png", "image/svg+xml"]
    data: str
    alt: str

    @property
    def summary(self) -> str:
        """The alternative text."""
        return self.alt


@dataclass(frozen=True, repr=False)
class Note(Piece):
    """What is to be known of the report itself, such as an output that no format can show."""

    text: str

    @property
    def summary(self) -> str:
        """The text."""
        return self.text


def nothing(what: str) -> Paragraph:
    """What stands in place of a chart or a table of nothing."""
    return paragraph(f"対象となる{what}はない。")


def paragraph(*sentences: str) -> Paragraph:
    """Sentences as one paragraph; Japanese has no space between them."""
    return Paragraph((Run("".join(sentences)),))
