"""Cells of what an office sent, each with its place: file, sheet and address, as Excel shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from renkei.errors import SourceError

Kind = Literal["empty", "text", "number", "date", "boolean", "error", "formula"]
#: What a cell shows in place of a value that could not be computed.
ERRORS = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")
#: Lines and tabs are white space; any other control or format character is nothing that an office types.
_SPACES = "\t\n\r"
_UNSEEN = ("Cc", "Cf", "Cs", "Cn")
_SHOWN = 60


@dataclass(frozen=True)
class Place:
    """Where a cell stands; a CSV file has no sheet, but rows and columns as Excel shows them."""

    file: str
    sheet: str
    address: str

    def __str__(self) -> str:
        sheet = f", sheet “{shown(self.sheet)}”" if self.sheet else ""
        return f"{seen(self.file)}{sheet}, {self.address}"


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: a number has `number`, in percent where the cell is formatted so.

    `text` is a text as it was typed, a date as 2025-02-01, and else what a message shows of it.
    """

    place: Place
    kind: Kind = "empty"
    text: str = ""
    number: Decimal | None = None
    is_percent: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing that can be seen stands in it."""
        return self.kind == "empty" or (self.kind == "text" and not self.text.strip())

    def refused(self, expected: str, what_to_do: str) -> SourceError:
        """The error that says where, what was expected, what was found, and what to do."""
        return refused(self.place, expected, self.found, what_to_do)

    @property
    def found(self) -> str:
        """What a message says of it."""
        words = {
            "empty": "an empty cell",
            "date": f"the date {self.text}",
            "boolean": f"{self.text}, a truth value",
            "error": f"the error {self.text}",
            "formula": "a formula without a saved result",
        }
        return "an empty cell" if self.is_empty else words.get(self.kind, f"“{shown(self.text)}”")


@dataclass(frozen=True)
class Block:
    """Merged cells, by their first and last row and column, from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet, or of a CSV file, that are not empty, by row and column from 1."""

    file: str
    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Block, ...] = ()
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())
    is_hidden: bool = False

    def place(self, row: int, column: int) -> Place:
        """Where a cell of this sheet stands."""
        return Place(self.file, self.name, f"{column_letters(column)}{row}")

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place, empty where nothing stands."""
        return self.cells.get((row, column)) or Cell(self.place(row, column))


def refused(place: Place, expected: str, found: str, what_to_do: str) -> SourceError:
    """An error about a place of an office's file."""
    return SourceError(f"{expected} was expected, found {found}; {what_to_do}", path=str(place))


def column_letters(number: int) -> str:
    """How Excel names a column: A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shown(text: str) -> str:
    """The first 60 characters of a text as a message shows it; see `seen`."""
    return seen(text) if len(text) <= _SHOWN else f"{seen(text[:_SHOWN])}…"


def seen(text: str) -> str:
    """A text in one line, what cannot be seen by its code."""
    return "".join(" " if sign in _SPACES else _visible(sign) for sign in text)


def unseen(text: str) -> str | None:
    """The code of the first character of a text that cannot be seen, such as U+0007; None for none."""
    return next((_code(sign) for sign in text if _is_unseen(sign)), None)


def _visible(sign: str) -> str:
    return f"[{_code(sign)}]" if _is_unseen(sign) else sign


def _is_unseen(sign: str) -> bool:
    return sign not in _SPACES and unicodedata.category(sign) in _UNSEEN


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"
