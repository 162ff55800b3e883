"""Tables in HTML, such as those of pandas, as pieces: their values, without their style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bs4 import Tag

from renkei.page.foreign.html_walk import events
from renkei.page.foreign.tables import MISSING, table_from, table_of_frame
from renkei.page.foreign.text import with_address
from renkei.report.kit.frames import INDEX
from renkei.report.kit.pieces import Piece
from renkei.report.kit.pieces_text import Note

#: A larger table is no part of a report, and spans could make a small one as large as they say.
_MOST_CELLS = 50_000
_LINES = frozenset({"br", "p", "div", "li", "tr"})


def pieces_of_table(tag: Tag) -> Iterator[Piece]:
    """The table of a tag; a cell that spans rows or columns is repeated in each."""
    rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
    cells = [row.find_all(["td", "th"], recursive=False) for row in rows]
    count = _count_heads(rows, cells)
    try:
        grid = [*_grid(cells[:count]), *_grid(cells[count:])]
    except ValueError as error:
        yield Note(str(error))
        return
    width = max(map(len, grid), default=0)
    if width == 0:
        return
    texts = [[*row, *[None] * (width - len(row))] for row in grid]
    heads, body = texts[:count], texts[count:]
    labels = next((place for place in range(width) if not _are_heads(body, place)), width) if body else 0
    found = tag.find("caption", recursive=False)
    caption = _text(found) if isinstance(found, Tag) else ""
    names = [_head([_text(row[place]) for row in heads], place, labels) for place in range(width)]
    rows_of_text = [[_text(cell) for cell in row] for row in body]
    if "dataframe" in tag.get_attribute_list("class"):
        yield table_of_frame(names, rows_of_text, labels, caption)
    else:
        yield table_from(names, rows_of_text, caption, labels=labels, missing=MISSING)


def _count_heads(rows: Sequence[Tag], cells: Sequence[Sequence[Tag]]) -> int:
    """How many rows are heads: those that the table names so, else the first ones of heads alone."""
    named = sum(row.find_parent(["thead", "table"]).name == "thead" for row in rows)  # type: ignore[union-attr]
    if named:
        return named
    are_heads = [bool(of_row) and all(cell.name == "th" for cell in of_row) for of_row in cells]
    count = [*are_heads, False].index(False)
    return count if count < len(rows) else min(1, count)


def _grid(rows: Sequence[Sequence[Tag]]) -> list[list[Tag | None]]:
    """Which cell stands at each place, spans filled; a ValueError says that there are too many."""
    filled: dict[tuple[int, int], Tag] = {}
    for line, cells in enumerate(rows):
        place = 0
        for cell in cells:
            while (line, place) in filled:
                place += 1
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - line)
            if len(filled) + across * down > _MOST_CELLS:
                raise ValueError(f"{_MOST_CELLS:,}を超えるセルを持つ表は、載せていない。")
            for row in range(line, line + down):
                for column in range(place, place + across):
                    filled.setdefault((row, column), cell)
            place += across
    widths = _widths(filled, len(rows))
    return [[filled.get((line, place)) for place in range(width)] for line, width in enumerate(widths)]


def _widths(filled: dict[tuple[int, int], Tag], count: int) -> list[int]:
    widths = [0] * count
    for line, place in filled:
        widths[line] = max(widths[line], place + 1)
    return widths


def _span(cell: Tag, name: str) -> int:
    span = str(cell.get(name, "1"))
    return max(1, int(span)) if span.isascii() and span.isdigit() and len(span) < 6 else 1


def _are_heads(body: Sequence[Sequence[Tag | None]], place: int) -> bool:
    return all(cell is not None and cell.name == "th" for row in body for cell in row[place : place + 1])


def _head(texts: Sequence[str], place: int, labels: int) -> str:
    """The heads of a column as one; a repeated one is said once."""
    said = [text for position, text in enumerate(texts) if text and text not in texts[:position]]
    return " ".join(said) or (INDEX if place < labels else f"列{place + 1}")


def _text(cell: Tag | None) -> str:
    """The text of a cell, its lines apart, addresses of links behind them."""
    if cell is None:
        return ""
    parts: list[str] = []
    starts: list[int] = []
    for event in events(cell, whole=frozenset({"img"})):
        if event.kind == "text":
            parts.append(event.text.replace("\n", " "))
        elif event.kind == "start" and event.tag.name == "a":
            starts.append(len(parts))
        elif event.kind == "end" and event.tag.name == "a":
            parts.append(with_address("".join(parts[starts.pop() :]).strip(), str(event.tag.get("href", ""))))
        elif event.kind in ("start", "end") and event.tag.name in _LINES:
            parts.append("\n")
        elif event.kind == "end" and event.tag.name in ("td", "th"):
            parts.append(" ")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
