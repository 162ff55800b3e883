"""What can go wrong between a document and a report.

RenkeiError
├── SourceError          a document is not the one on record, or does not read as expected
│   ├── QuantityError    a cell holds no quantity that can be told for certain
│   └── CorrectionError  a correction no longer matches its document
├── FiscalYearError      a text names no fiscal year
├── TableError           a table breaks its schema or does not add up
├── ParameterError       a report was asked for something that it does not offer
├── RenderError          a report could not be made
└── MailError            an e-mail cannot be made as asked, or may not be sent

Every message says where, what was expected, what was found, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Self

#: So many problems of one kind are told in full.
_TOLD = 5
#: What differs between two problems of one kind: numbers, and what is quoted.
_PARTICULARS = re.compile(r"“[^”]*”|\"[^\"]*\"|\d+(-K?\d+)*")


class RenkeiError(Exception):
    """Anything that this package refuses to do, in words meant for the person who asked."""


class SourceError(RenkeiError):
    """A document is not the one on record, or a line of it does not read as expected."""

    def __init__(self, message: str, *, path: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line

    def __str__(self) -> str:
        if self.path is None:
            return self.message
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"

    def located(self, path: str, line: int) -> Self:
        """The same error, told with the file and line where it was met."""
        return type(self)(self.message, path=path, line=line)


class QuantityError(SourceError):
    """A text holds two quantities, or one that cannot be read for certain."""


class CorrectionError(SourceError):
    """A correction's text is not, or not just once, in the line that it names."""


class FiscalYearError(RenkeiError, ValueError):
    """A text names no fiscal year."""


class TableError(RenkeiError):
    """A table breaks its schema or does not add up; `problems` has one line for each bad row."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join([message, *(f"  {problem}" for problem in problems)]))
        self.problems = problems


class ParameterError(RenkeiError):
    """A report was asked for something that it does not offer."""


class RenderError(RenkeiError):
    """A report could not be made."""


class MailError(RenkeiError):
    """An e-mail cannot be made as asked, or may not be sent; `problems` has one line for each."""

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__("\n".join([message, *(f"  {problem}" for problem in problems)]))


def capped(problems: Iterable[str]) -> tuple[str, ...]:
    """The problems, of each kind only the first few in full, then how many more there are.

    Problems are of one kind if they differ only in numbers and in what they quote.
    """
    kinds: dict[str, list[str]] = {}
    for problem in problems:
        kinds.setdefault(_PARTICULARS.sub("", problem), []).append(problem)
    return tuple(
        line
        for of_kind in kinds.values()
        for line in (
            *of_kind[:_TOLD],
            *([f"… and {len(of_kind) - _TOLD} more of this kind"] if len(of_kind) > _TOLD else []),
        )
    )
