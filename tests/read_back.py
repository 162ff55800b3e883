"""Reports read back from what was made of them, and held against what their pieces say."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pypdf
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pytest import approx
from said import Json, Part, alts, figures, in_chart, in_plots, lines, parts, squeezed, tables, way, words

#: Signs without a shape, which say how text runs. A PDF holds the letters in the order in which they are
#: seen, without such signs.
_SHAPELESS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
#: What leads from an entry of the contents to its page, and the page.
_LEADER = re.compile(r"(?: \.)+ \d+$", re.MULTILINE)


def without_signs(text: str) -> str:
    """The text as a PDF has it: signs that have no shape may be left out."""
    return _SHAPELESS.sub("", text)


def demand_in_html(html: str, pieces: Sequence[Json]) -> None:
    """AssertionError unless the page says just what the pieces say, in their order."""
    page = BeautifulSoup(html, "html.parser")
    main: Any = page.main
    assert alts(pieces) == [str(image["alt"]) for image in main.find_all("img")]
    own_tables = main.select("div.table:not(figure *) table")
    assert len(tables(pieces)) == len(own_tables)
    for piece, table in zip(tables(pieces), own_tables, strict=True):
        own = [words(cell) for cell in _cells(piece) if cell["mark"] == "computed"]
        assert own == [sign.get_text() for sign in table.select(".computed")], piece["caption"]
    for summary in main.find_all("summary"):
        # The beginning of a folded text, which stands there whole as well.
        summary.decompose()
    demand_text([squeezed(main.get_text())], parts(pieces, "html"))


def demand_in_pdf(pdf: bytes, pieces: Sequence[Json]) -> None:
    """AssertionError unless the PDF says just what the pieces say, in their order.

    Blanks and line ends are left out: pypdf guesses them from the places of letters.
    """
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    pages = [_page(page.extract_text(), reader, number) for number, page in enumerate(reader.pages, 1)]
    drawn = [(figure["title"], in_chart(figure)) for figure in figures(pieces)]
    for name, texts in [*drawn, *in_plots(pieces)]:
        wanted = without_signs(squeezed(texts))
        holding = [number for number, page in enumerate(pages) if wanted in page]
        assert 1 == len(holding), f"{name}: a chart with the texts {wanted} was expected"
        pages[holding[0]] = pages[holding[0]].replace(wanted, "", 1)
    root: Any = reader.trailer["/Root"]
    told = [str(element["/Alt"]) for element in _elements(root["/StructTreeRoot"]) if "/Alt" in element]
    assert [without_signs(text) for text in alts(pieces)] == [without_signs(text) for text in told]
    said = parts(pieces, "pdf")
    demand_text(pages, (replace(part, text=without_signs(part.text)) for part in said))


def demand_in_workbook(book: bytes, pieces: Sequence[Json]) -> None:
    """AssertionError unless the workbook has each table cell for cell, each chart's numbers, each text."""
    overview, *sheets = map(_rows, load_workbook(io.BytesIO(book)).worksheets)
    _demand_overview(overview, pieces)
    # Where the numbers come from stands last.
    for piece in sorted(pieces, key=lambda piece: bool(piece["kind"] == "provenance")):
        if piece["kind"] in ("table", "figure", "picture", "provenance"):
            assert sheets, f"a sheet for a {piece['kind']} was expected, found none"
            rows = sheets.pop(0)
            if piece["kind"] == "figure":
                _demand_numbers(rows, piece["piece"])
            for table in tables([piece]):
                rows = _without_table(rows, table)
    assert [] == sheets


def demand_text(pages: Sequence[str], expected: Iterable[Part]) -> None:
    """AssertionError, naming the place, unless the pages say the expected texts, one after another."""
    text = "".join(pages)
    starts = {sum(map(len, pages[:number])) for number in range(1, len(pages))}
    at = 0
    for part in expected:
        for letter in squeezed(part.text):
            if at in starts:
                starts.discard(at)
                for head in part.repeated:
                    at += len(head) if text.startswith(head, at) else 0
            if not text.startswith(letter, at):
                raise AssertionError(
                    f"{part.place}: “{part.text}” was expected, found “{text[max(0, at - 20) : at]}” "
                    f"and then “{text[at : at + 40]}”"
                )
            at += 1
    assert "" == text[at : at + 80]


def _page(text: str, reader: pypdf.PdfReader, number: int) -> str:
    """The text of a page without its number and, from the second page on, its running head."""
    count, head = len(reader.pages), str(reader.metadata.title if reader.metadata else "")
    body = without_signs(squeezed(_LEADER.sub("", text)))
    foot, running = f"{number}/{count}", without_signs(squeezed(head)) if number > 1 else ""
    assert body.endswith(foot) and body.startswith(running), f"page {number}: {body[:40]} … {body[-40:]}"
    return body.removesuffix(foot).removeprefix(running)


def _elements(node: Any) -> Iterator[Any]:
    """The elements of a tag tree, in the order in which they are read."""
    node = node.get_object()
    if isinstance(node, list):
        for part in node:
            yield from _elements(part)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def _cells(table: Json) -> Iterator[Json]:
    return (cell for group in table["groups"] for row in group["rows"] for cell in row)


def _rows(sheet: Worksheet) -> list[list[Any]]:
    return [[_value(cell) for cell in row] for row in sheet.iter_rows()]


def _value(cell: Any) -> Any:
    """Text, None, or a number with how it is written."""
    if isinstance(cell.value, int | float):
        return cell.value, cell.number_format
    assert cell.value is None or isinstance(cell.value, str)
    return cell.value


_MARKS = {"computed": "試算", "carried": "期限後", "estimated": "推定"}


def _without_table(rows: list[list[Any]], table: Json) -> list[list[Any]]:
    """What stands below a table on its sheet; AssertionError unless the table stands first there."""
    assert rows, f"the table {table['caption']} was expected, found nothing more"
    assert [table["caption"]] == [cell for cell in rows[0] if cell]
    heads, *body = rows[1:]
    of_rows = [(group["head"], row) for group in table["groups"] for row in group["rows"]]
    while heads and heads[-1] is None:
        # The sheet is as wide as its widest table.
        heads.pop()
    places = list(_places([head or "" for head in heads], table))
    for (group, cells), found in zip(of_rows, body, strict=False):
        left = list(found)
        if any(of["head"] for of in table["groups"]):
            assert group == (left[0] or ""), table["caption"]
            left[0] = None
        for (above, value, note), cell in zip(places, cells, strict=True):
            where = f"{table['caption']}, {group}, {words(cells[0])}, {cell}"
            assert cell["above"] == (left[above] or "" if above is not None else ""), where
            _demand_value(left[value], cell, where)
            said = left[note] or "" if note is not None else ""
            # A sign without a word stands as the value itself.
            rest = lines(cell)[bool(cell["above"]) + bool(words(cell) or cell["tag"]) :]
            if not cell["below"] and cell["mark"] in _MARKS:
                # What a card says in a note of its own.
                rest.insert(0, _MARKS[cell["mark"]])
            assert "、".join(rest) == said, where
            for position in (above, value, note):
                if position is not None:
                    left[position] = None
        assert not any(left), f"{table['caption']}: nothing more was expected, found {left}"
    assert len(of_rows) <= len(body), table["caption"]
    below = [*(line for line in table["note"].split("\n") if line)]
    below += [f"出典：{table['source']}"] if table["source"] else []
    end = len(of_rows) + 1 + len(below)
    found = [row[0] for row in body[len(of_rows) : end]]
    assert [None, *below] == (found or [None]), table["caption"]
    assert not any(cell for row in body[end : end + 1] for cell in row), table["caption"]
    return body[end + 1 :]


def _places(heads: list[str], table: Json) -> Iterator[tuple[int | None, int, int | None]]:
    """For each column of a table where on the sheet stand what is above its value, the value, its note."""
    at = int(any(group["head"] for group in table["groups"]))
    for position, column in enumerate(table["columns"]):
        has_above = any(row[position]["above"] for group in table["groups"] for row in group["rows"])
        above, value = (at, at + 1) if has_above else (None, at)
        head = column["head"]
        if has_above and head.count("・") == 1:
            # One head names both: what stands above, and what stands below it.
            assert head.split("・") == heads[at : at + 2]
            head = heads[value]
        assert head == heads[value]
        at = value + 1
        note = at if at < len(heads) and heads[at] == f"{head}の注記" else None
        at += note is not None
        yield above, value, note
    assert len(heads) == at


def _demand_value(found: Any, cell: Json, where: str) -> None:
    """A number as a number, with its decimals and unit; a text as it is; a number in words as one, too."""
    if cell["number"] is not None:
        decimals = "." + "0" * cell["decimals"] if cell["decimals"] else ""
        unit = '"' + cell["unit"].replace('"', '"\\""') + '"' if cell["unit"] else ""
        # A workbook keeps 16 digits.
        assert (approx(cell["number"], rel=1e-15), f'#,##0{decimals}{unit};"▲"#,##0{decimals}{unit}') == (
            found
        ), where
    else:
        text = words(cell) or (cell["tag"]["text"] if cell["tag"] else "")
        assert text == (str(found[0]) if isinstance(found, tuple) else found or ""), where


_YEN = {"円": 1.0, "万円": 1e4, "億円": 1e8, "兆円": 1e12}


def _demand_numbers(rows: list[list[Any]], figure: Json) -> None:
    """A chart's numbers stand below it, amounts of yen perhaps all in one unit; measure, source as well."""
    heads = figure["numbers"]["heads"]
    [at] = [number for number, row in enumerate(rows) if row[: len(heads)] == heads]
    body = [row[: len(heads)] for row in rows[at + 1 : at + 1 + len(figure["numbers"]["rows"])]]
    for cells, found in zip(figure["numbers"]["rows"], body, strict=True):
        for cell, value in zip(cells, found, strict=True):
            if isinstance(value, tuple) and cell["number"] is not None:
                unit = "".join(re.findall(r'^[#,0.]*"([^"]*)"', value[1]))
                wanted = cell["number"] * _YEN.get(cell["unit"], 1.0)
                assert approx(wanted, rel=1e-12) == value[0] * _YEN.get(unit, 1.0), figure["title"]
                assert cell["unit"] == unit or {cell["unit"], unit} <= _YEN.keys(), figure["title"]
            else:
                _demand_value(value, cell, figure["title"])
    texts = [row[0] for row in rows]
    assert [figure["title"], figure["measure"]] == [text or "" for text in texts[:2]]
    assert not figure["source"] or f"出典：{figure['source']}" == texts[-1]


def _demand_overview(rows: list[list[Any]], pieces: Sequence[Json]) -> None:
    """Title, lead and main points; what there is besides; then the same with all text between."""
    wanted = [part.text for piece in pieces if piece["kind"] == "title" for part in parts([piece], "pdf")]
    for piece in pieces:
        if piece["kind"] == "cards":
            at = next(number for number, row in enumerate(rows) if row[0] == piece["piece"]["title"])
            # The title of the cards, in a row of its own, may be the report's own in a test.
            at = max(at, next(number for number, row in enumerate(rows) if row[0] == _CARD_HEADS[0]) - 1)
            rows = rows[:at] + _without_cards(rows[at:], piece["piece"])
    points = [part.text for piece in pieces if piece["kind"] == "points" for part in parts([piece], "pdf")]
    wanted += (["主な点", *points] if points else []) + ["目次", *_flow(pieces, with_texts=False)]
    if any(piece["kind"] in _TEXTS for piece in pieces):
        wanted += ["本文", *_flow(pieces, with_texts=True)]
    # Texts are moved in below their headings.
    assert wanted == [row[0].lstrip("　") for row in rows if row[0]]


_CARD_HEADS = ("指標", "値", "値の説明", "目標", "目標の説明", "判定", "推移")


def _without_cards(rows: list[list[Any]], cards: Json) -> list[list[Any]]:
    """What stands below a table of cards; each is a row, its way in words."""
    empty: Json = {
        "number": None,
        "decimals": 0,
        "unit": "",
        "mark": "",
        "above": "",
        "below": [],
        "tag": None,
    }

    def cell(text: str, **more: Any) -> Json:
        return {**empty, "text": text, **more}

    of_rows = [
        [
            cell(card["title"]),
            card["value"],
            cell(card["value_note"]),
            card["target"],
            cell(card["target_note"]),
            cell("", tag=card["verdict"]),
            cell(way(card)),
        ]
        for card in cards["cards"]
    ]
    heads = [{"head": head} for head in _CARD_HEADS]
    groups = [{"head": "", "rows": of_rows}]
    table = {"caption": cards["title"], "columns": heads, "groups": groups, "note": ""}
    return _without_table(rows, {**table, "source": cards["source"]})


_TEXTS = ("paragraph", "list", "note", "preformatted")


def _flow(pieces: Sequence[Json], *, with_texts: bool) -> Iterator[str]:
    """Headings, names of sheets, and the texts between them: a row for each, items apart."""
    drawings = 0
    for of in pieces:
        kind, piece = of["kind"], of["piece"]
        if kind == "heading":
            yield piece["text"]
        elif kind == "table":
            yield f"→ {piece['caption']}"
        elif kind in ("figure", "picture"):
            drawings += 1
            yield f"→ 図{drawings} {piece['title'] if kind == 'figure' else piece['alt']}"
        elif kind == "provenance":
            yield "→ 出典と作成条件"
        elif kind in _TEXTS and with_texts:
            texts = [part.text for part in parts([of], "pdf")]
            yield from ["".join(texts)] if kind == "paragraph" else texts
