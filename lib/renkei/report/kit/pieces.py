"""What a notebook shows, as values: a report is a list of these, and every format is a view of it.

No piece holds markup. `renkei.report.kit.piece_json` gives each its one JSON form, `renkei.report.kit.bundle`
shows it in JupyterLab; the layer `page` makes HTML, PDF and Excel from the JSON. Here are the kinds that
reports are made of; cards stand in `pieces_cards`, running text and what others show in `pieces_text`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from renkei.report.kit.numbers import typeset, written

#: What is to be known of a value: this system's own, of a year that is past, an estimate, or not there.
Mark = Literal["", "computed", "carried", "estimated", "missing"]
#: What the cells of a column are.
ColumnKind = Literal["text", "number", "rating", "small"]
#: How a chart's numbers can be drawn anew: bars side by side, bars on top of each other, or not at all.
Drawing = Literal["", "bars", "stacked"]


class Piece(ABC):
    """Anything that a notebook shows; JupyterLab shows it as the report does."""

    @property
    @abstractmethod
    def summary(self) -> str:
        """The piece in plain text."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        from renkei.report.kit.bundle import bundle_of

        return bundle_of(self)

    def __repr__(self) -> str:
        return typeset(self.summary)


@dataclass(frozen=True)
class Tag:
    """A sign with its word, such as ◎ 達成済み; `kind` says what colour it has."""

    kind: str
    text: str


@dataclass(frozen=True)
class Cell:
    """One cell: a number, or words, and what is to be known of it.

    `number` is in the unit that the row or the column's head names, or in `unit`, and has `decimals`;
    `text` stands where there is no number. `above` and `below` are small lines; `year` is the year that
    the value is of where it is another than the column's. `bar` is a length from 0 to 1. A screen may show
    the beginning alone of a text that `may_fold`, until a reader unfolds it.
    """

    text: str = ""
    number: float | None = None
    decimals: int = 0
    unit: str = ""
    year: int | None = None
    mark: Mark = ""
    above: str = ""
    below: tuple[str, ...] = ()
    tag: Tag | None = None
    bar: float | None = None
    is_strong: bool = False
    may_fold: bool = False

    @property
    def words(self) -> str:
        """The number as a Japanese reader writes it, with a unit of its own if it has one; else the text."""
        if self.number is None:
            return self.text
        return f"{written(self.number, self.decimals)}{self.unit}"

    @property
    def lines(self) -> tuple[str, ...]:
        """All that stands in the cell, line by line; what is below a sign alone stands below it."""
        tag = (self.tag.text,) if self.tag else ()
        rest = (*self.below, *tag) if self.words else (*tag, *self.below)
        return tuple(line for line in (self.above, self.words, *rest) if line)


@dataclass(frozen=True)
class Column:
    """Head of a column, its share of the table's width in %, and what its cells are."""

    head: str
    width: int
    kind: ColumnKind = "text"


@dataclass(frozen=True)
class Group:
    """Rows under a common head, such as one pillar; without a head the rows stand alone."""

    rows: tuple[tuple[Cell, ...], ...]
    head: str = ""


@dataclass(frozen=True, repr=False)
class Table(Piece):
    """A table whose first column heads its rows; every row has a cell for each column."""

    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    source: str
    note: str = ""

    def __post_init__(self) -> None:
        for group in self.groups:
            for row in group.rows:
                if len(row) != len(self.columns):
                    raise ValueError(f"{len(self.columns)} cells were expected, found {len(row)}: {row}")

    @property
    def row_count(self) -> int:
        """How many rows the table has, heads of groups aside."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def summary(self) -> str:
        """The caption, and how many rows there are."""
        return f"{self.caption}({self.row_count}行)"


@dataclass(frozen=True)
class Numbers:
    """What a chart shows: column heads, and a row per mark or bar with its name first.

    `colours` are those that the columns after the first have in the drawing, such as #0017c1, as far as
    they have any.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    colours: tuple[str, ...] = ()

    @property
    def sentences(self) -> str:
        """A sentence per row, such as 役割1は、達成済み7件、達成見込3件。 and so on."""
        return "".join(
            f"{name.words}は、"
            + "、".join(f"{head}{cell.words}" for head, cell in zip(self.heads[1:], cells, strict=True))
            + "。"
            for name, *cells in self.rows
        )


@dataclass(frozen=True, repr=False)
class Figure(Piece):
    """A chart under a title that says its finding and a line that says what it measures and in which unit.

    `svg` is the drawing, `svg_narrow` the same for a small screen, `kind` what sort of chart it is;
    `drawing` says how `numbers` can be drawn anew.
    """

    title: str
    measure: str
    kind: str
    numbers: Numbers
    source: str
    svg: str
    drawing: Drawing = ""
    svg_narrow: str = ""

    @property
    def alt(self) -> str:
        """What stands for the chart where it cannot be seen: its kind, its finding, all its numbers."""
        return f"{self.kind}。{self.title}。{self.numbers.sentences}"

    @property
    def summary(self) -> str:
        """Title and alternative text."""
        return f"{self.title} — {self.alt}"


@dataclass(frozen=True, repr=False)
class Title(Piece):
    """The report's one first-level heading, with a line on what it covers.

    `imprint` says who issues the report, whom to ask and when its data are of: heads, each with its text.
    `is_sheet`: on paper the report is one sheet, drawn smaller where it would not go onto it.
    """

    title: str
    lead: str = ""
    imprint: tuple[tuple[str, str], ...] = ()
    is_sheet: bool = False

    @property
    def summary(self) -> str:
        """The title, the lead below it, and the imprint, a line for each of its heads."""
        imprint = (f"{head}：{text}" for head, text in self.imprint)
        return "\n".join(filter(None, (self.title, self.lead, *imprint)))


@dataclass(frozen=True)
class Point:
    """One main point: a headline, and what it means if more is to be said."""

    headline: str
    detail: str = ""


@dataclass(frozen=True)
class Attention:
    """What needs attention: a title and, most urgent first, names and how each of them stands."""

    title: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, repr=False)
class MainPoints(Piece):
    """The main points of a report; index and e-mails quote them, e-mails also what needs attention."""

    points: tuple[Point, ...]
    attention: tuple[Attention, ...] = ()

    @property
    def summary(self) -> str:
        """A line per point."""
        return "\n".join(f"{point.headline}。{point.detail}" for point in self.points)


@dataclass(frozen=True, repr=False)
class Provenance(Piece):
    """Where the report's numbers come from, as tables: documents, and, folded, what made the report."""

    tables: tuple[Table, ...]
    folded: tuple[Table, ...] = ()

    @property
    def summary(self) -> str:
        """The captions."""
        return "\n".join(table.caption for table in (*self.tables, *self.folded))


def points_of(points: Sequence[tuple[str, str]], attention: Sequence[Attention] = ()) -> MainPoints:
    """Main points from headlines and details; what has no headline or needs no attention is left out."""
    return MainPoints(
        tuple(Point(headline, detail) for headline, detail in points if headline),
        tuple(part for part in attention if part.items),
    )
