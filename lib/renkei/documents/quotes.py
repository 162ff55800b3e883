"""Where in a document the texts stand that curated files quote.

A row names its text and, where that stands in several lines, its line. A line that was inserted above
moves the text down: it is then read where it must be now. A text that could be meant in two places, or
that has moved up, is refused: lines were lost, and a row of the tables may be among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Of so many lines a message tells the numbers.
_TOLD = 5


@dataclass(frozen=True)
class Quote:
    """A text that a row of a curated file quotes; `times` is how often it stands in the line, if told."""

    found: str
    source_line: int | None
    times: int | None = None
    #: The curated file and the row's line in it, as messages name them.
    row: str = ""

    def stands_in(self, text: str) -> bool:
        """Whether a line holds the text, as often as the row says."""
        times = text.count(self.found)
        return times > 0 if self.times is None else times == self.times


@dataclass(frozen=True)
class Place:
    """The line in which a quote stands; `problem` says why none can be told for certain."""

    quote: Quote
    line: int | None
    problem: str = ""

    @property
    def has_moved(self) -> bool:
        """Whether the text stands in another line than the one that its row names."""
        return self.line is not None and self.quote.source_line not in (None, self.line)


def places(quotes: Sequence[Quote], lines: Sequence[str]) -> list[Place]:
    """The place of each quote of one curated file in a document's lines, in the order of the quotes.

    A row without a line means the only one that holds its text. A row's own line counts before any other.
    Rows of one text that stands in as many lines as there are rows are those lines, in order. Any other
    text has moved as far as the nearest texts above and below that are known for certain.
    """
    standing = [
        [
            number
            for number, text in enumerate(lines, start=1)
            if quote.found in text and quote.stands_in(text)
        ]
        for quote in quotes
    ]
    sure = [_sure(quote, quotes, lines_of) for quote, lines_of in zip(quotes, standing, strict=True)]
    anchors = [
        (quote.source_line, line - quote.source_line)
        for quote, line in zip(quotes, sure, strict=True)
        if line is not None and quote.source_line is not None
    ]
    return [
        Place(quote, line) if line is not None else _by_neighbours(quote, lines_of, anchors, lines)
        for quote, line, lines_of in zip(quotes, sure, standing, strict=True)
    ]


def _sure(quote: Quote, quotes: Sequence[Quote], standing: list[int]) -> int | None:
    """The line of a text that its rows, with or without their lines, leave no choice of; else None."""
    text = (quote.found, quote.times)
    same = sorted(other.source_line or 0 for other in quotes if (other.found, other.times) == text)
    is_told_apart = len(same) == 1 or (0 not in same and len(set(same)) == len(same))
    if len(same) != len(standing) or not is_told_apart:
        return None
    line = standing[same.index(quote.source_line or 0)]
    return line if line >= (quote.source_line or 0) else None


def _by_neighbours(
    quote: Quote, standing: list[int], anchors: list[tuple[int, int]], lines: Sequence[str]
) -> Place:
    if quote.source_line is None:
        return Place(quote, None, _problem(quote, lines))
    above = [moved for line, moved in sorted(anchors) if line <= quote.source_line][-1:]
    below = [moved for line, moved in sorted(anchors) if line >= quote.source_line][:1]
    found = {quote.source_line + moved for moved in (above + below or [0])} & set(standing)
    if len(found) == 1:
        return Place(quote, found.pop())
    return Place(quote, None, _problem(quote, lines))


def _problem(quote: Quote, lines: Sequence[str]) -> str:
    held = {number: text.count(quote.found) for number, text in enumerate(lines, 1) if quote.found in text}
    told = [
        f"{number} ({times} times)" if quote.times not in (None, times) else f"{number}"
        for number, times in held.items()
    ]
    where = (
        f"in line {', '.join([*told[:_TOLD], *(['…'] if told[_TOLD:] else [])])}" if told else "in no line"
    )
    times = "" if quote.times is None else f" {quote.times} time(s)"
    if quote.source_line is None:
        cure = "name its line in source_line" if told else "adapt or delete the row"
        return f"{quote.row} expects “{quote.found}”{times} in one line, found it {where}; {cure}"
    return (
        f"{quote.row} expects “{quote.found}”{times} in this line, found it {where}; "
        "it has moved or was mended: adapt or delete the row"
    )


def problems(placed: Sequence[Place], path: str) -> Iterator[str]:
    """What is wrong with quotes that have no place, each with document and line as its row names them."""
    for place in placed:
        if place.problem:
            line = place.quote.source_line
            yield f"{path}{'' if line is None else f':{line}'}: {place.problem}"


def moved(placed: Sequence[Place], path: str) -> Iterator[str]:
    """Which quotes stand in another line than their rows name, each with both."""
    for place in placed:
        if place.has_moved:
            yield (
                f"{place.quote.row}: “{place.quote.found.strip()}” stands in {path}:{place.line} now, not in "
                f"line {place.quote.source_line}; it is read there"
            )
