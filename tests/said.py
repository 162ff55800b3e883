"""What a report says, from the JSON of its pieces alone: every text with its place, as it is read.

A second reading beside the views: it knows nothing of how a page, a PDF or a workbook is made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from pathlib import Path
from typing import Any, Literal

from renkei.page.content import content_of
from renkei.report.kit.piece_json import MIME_TYPE, to_json

Json = Mapping[str, Any]
View = Literal["html", "pdf"]


@dataclass(frozen=True)
class Part:
    """A text and its place; a page that begins with it may repeat heads of its table first."""

    place: str
    text: str
    repeated: tuple[str, ...] = field(default=(), repr=False)


def pieces_in(notebook: Path) -> list[Json]:
    """The pieces of an executed notebook as it stands in its file: kind, and fields."""
    found: list[Json] = []
    for cell in json.loads(notebook.read_bytes())["cells"]:
        if cell["cell_type"] == "markdown":
            found += map(to_json, content_of({"cells": [cell]}).pieces)
        else:
            found += [output["data"][MIME_TYPE] for output in cell.get("outputs", ())]
    return _seen_first(found)


def _seen_first(pieces: list[Json]) -> list[Json]:
    """In the order of every view: where cards open a report, they and charts stand right below its title."""
    end = next((at for at, piece in enumerate(pieces) if piece["kind"] == "heading"), len(pieces))
    order = {"title": 0, "cards": 1, "figure": 2}
    if not any(piece["kind"] == "cards" for piece in pieces[:end]):
        return pieces
    return sorted(pieces[:end], key=lambda piece: order.get(piece["kind"], 3)) + pieces[end:]


def words(cell: Json) -> str:
    """A cell's number with its thousands apart, its decimals, ▲ and unit; without one, its text."""
    if cell["number"] is None:
        return str(cell["text"])
    number = Decimal(repr(cell["number"]))
    rounded = number.quantize(Decimal(1).scaleb(-cell["decimals"]), ROUND_HALF_UP)
    return f"{'▲' if number < 0 else ''}{abs(rounded):,f}{cell['unit']}"


def lines(cell: Json) -> list[str]:
    """All that stands in a cell, from above to below."""
    tag = [cell["tag"]["text"]] if cell["tag"] else []
    rest = [*cell["below"], *tag] if words(cell) else [*tag, *cell["below"]]
    return [line for line in (cell["above"], words(cell), *rest) if line]


def tables(pieces: Sequence[Json]) -> list[Json]:
    """All tables of a report, those of its provenance among them."""
    found: list[Json] = []
    for piece in pieces:
        if piece["kind"] == "table":
            found.append(piece["piece"])
        elif piece["kind"] == "provenance":
            found += [*piece["piece"]["tables"], *piece["piece"]["folded"]]
    return found


def figures(pieces: Sequence[Json]) -> list[Json]:
    """All charts of a report."""
    return [piece["piece"] for piece in pieces if piece["kind"] == "figure"]


def alt(figure: Json) -> str:
    """What is said of a chart where it cannot be seen: what it is, its finding, all its numbers."""
    heads = figure["numbers"]["heads"][1:]
    rows = "".join(
        f"{words(name)}は、{'、'.join(head + words(cell) for head, cell in zip(heads, cells, strict=True))}。"
        for name, *cells in figure["numbers"]["rows"]
    )
    return f"{figure['kind']}。{figure['title']}。{rows}"


_WAY = {
    "baseline": "基準値",
    "outcome": "実績",
    "newest": "最新値",
    "target": "目標",
    "computed": "本システムによる試算の目標",
}


def way(card: Json) -> str:
    """The values that the small line of a card goes through, with their years."""
    return "、".join(f"{of['year']}年(度)の{_WAY[of['kind']]}{words(of['value'])}" for of in card["way"])


def alts(pieces: Sequence[Json]) -> list[str]:
    """What is said of all that is drawn, in its order."""
    found = []
    for piece in pieces:
        if piece["kind"] == "figure":
            found.append(alt(piece["piece"]))
        elif piece["kind"] == "picture":
            found.append(piece["piece"]["alt"])
        elif piece["kind"] == "cards":
            found += [
                f"{card['title']}の推移。{way(card)}。" for card in piece["piece"]["cards"] if _years(card)
            ]
    return found


def parts(pieces: Sequence[Json], view: View) -> Iterator[Part]:
    """All that a page or a PDF says, in the order in which it is read; charts of a PDF aside.

    A chart may be set at the top of the next page of a PDF, so it is looked for by itself (`in_chart`).
    """
    chapters = [piece["piece"]["text"] for piece in pieces if _is_chapter(piece)]
    is_before = len(chapters) > 1
    for number, piece in enumerate(pieces):
        if is_before and _is_chapter(piece):
            is_before = False
            yield Part("contents", "目次")
            for count, chapter in enumerate(chapters, 1):
                yield Part("contents", f"{count}. {chapter}" if view == "pdf" else chapter)
        yield from _of_piece(piece["kind"], piece["piece"], f"piece {number}, {piece['kind']}", view)


def in_plots(pieces: Sequence[Json]) -> Iterator[tuple[str, str]]:
    """What each plot of others is called, and the texts in it as far as they are text."""
    for piece in pieces:
        if piece["kind"] == "picture" and piece["piece"]["mime_type"] == "image/svg+xml":
            texts = re.findall(r"<text[^>]*>([^<]*)</text>", piece["piece"]["data"])
            if texts:
                yield piece["piece"]["alt"], unescape("".join(texts))


def in_chart(figure: Json) -> str:
    """What a PDF says for a chart: title, measure, the texts of the drawing in its order, source."""
    # Matplotlib writes text as text, or as outlines after a comment, in which no two hyphens follow another.
    drawn = re.findall(r"<text[^>]*>([^<]*)</text>|<!--(.*?)-->", figure["svg"], re.DOTALL)
    texts = [unescape(text or outlined.replace("- -", "--")) for text, outlined in drawn]
    return "".join([figure["title"], figure["measure"], *texts, *_source(figure["source"])])


def _is_chapter(piece: Json) -> bool:
    return bool(piece["kind"] == "heading" and piece["piece"]["level"] == 2)


def _of_piece(kind: str, piece: Json, place: str, view: View) -> Iterator[Part]:
    match kind:
        case "cards":
            drawn = [text for card in piece["cards"] for text in _card(card)]
            texts = [piece["title"], *drawn, *_source(piece["source"])]
        case "title":
            texts = [piece["title"], piece["lead"], *(f"{head}：{text}" for head, text in piece["imprint"])]
        case "points":
            texts = [text for point in piece["points"] for text in (point["headline"], point["detail"])]
        case "heading" | "note" | "preformatted":
            texts = [piece["text"]]
        case "paragraph":
            texts = [run["text"] for run in piece["runs"]]
        case "list":
            texts = [_item(item, view) for item in piece["items"]]
        case "picture":
            texts = []
        case "figure":
            texts = [] if view == "pdf" else [*_figure(piece)]
        case "table":
            yield from _table(piece, place)
            return
        case "provenance":
            for table in [*piece["tables"], *(piece["folded"] if view == "html" else [])]:
                yield from _table(table, place)
            texts = (
                [text for table in piece["folded"] for text in _small_print(table)] if view == "pdf" else []
            )
        case _:
            raise ValueError(f"say here what a piece of the kind {kind} says")
    yield from (Part(place, text) for text in texts if text)


def _small_print(table: Json) -> Iterator[str]:
    """What a PDF says at its end of what made the report: a line for each row, the note, the source."""
    yield table["caption"]
    for group in table["groups"]:
        yield from ("：".join(" ".join(lines(cell)) for cell in row) for row in group["rows"])
    yield from (table["note"], *_source(table["source"]))


def _card(card: Json) -> Iterator[str]:
    yield from (card["title"], *lines(card["value"]), card["value_note"])
    if words(card["target"]):
        yield from ("目標", *lines(card["target"]), card["target_note"])
    if card["verdict"]:
        yield card["verdict"]["text"]
    if years := _years(card):
        yield from (str(years[0]), str(years[-1]))


def _years(card: Json) -> list[int]:
    """The years between which a card's line is drawn, if it is: those of numbers."""
    years = [point["year"] for point in card["way"] if point["value"]["number"] is not None]
    return years if len(years) > 1 else []


def _item(item: Json, view: View) -> str:
    """An item with its number; a page's bullets are none of its text, a PDF's are."""
    bullet = "・" if view == "pdf" else ""
    mark = bullet if item["number"] is None else f"{item['number']}. "
    return mark + "".join(run["text"] for run in item["runs"])


def _figure(piece: Json) -> Iterator[str]:
    numbers = piece["numbers"]
    yield from (piece["title"], piece["measure"], f"図の数値：{piece['title']}", *numbers["heads"])
    yield from (words(cell) for row in numbers["rows"] for cell in row)
    yield from _source(piece["source"])


def _table(piece: Json, place: str) -> Iterator[Part]:
    place = f"{place}, {piece['caption']}"
    yield Part(place, piece["caption"])
    heads = [column["head"] for column in piece["columns"]]
    yield from (Part(f"{place}, head", head) for head in heads)
    repeated: tuple[str, ...] = (squeezed("".join(heads)),)
    for group in piece["groups"]:
        if group["head"]:
            yield Part(f"{place}, group", group["head"], repeated[:1])
            repeated = (repeated[0], squeezed(group["head"]))
        for number, row in enumerate(group["rows"], 1):
            for head, cell in zip(heads, row, strict=True):
                here = f"{place}, {group['head']} row {number}, {head}"
                yield from (Part(here, line, repeated) for line in lines(cell))
    for line in (piece["note"], *_source(piece["source"])):
        yield Part(f"{place}, below", line, repeated)


def _source(text: str) -> list[str]:
    return [f"出典：{text}"] if text else []


def squeezed(text: str) -> str:
    """Text without blanks and line breaks."""
    return "".join(text.split())
