"""A small report that has every kind of piece, with the same text in every place that takes one."""

from __future__ import annotations

import base64

from renkei.report.kit.pieces import (
    Attention,
    Cell,
    Column,
    Figure,
    Group,
    MainPoints,
    Numbers,
    Piece,
    Point,
    Provenance,
    Table,
    Tag,
    Title,
)
from renkei.report.kit.pieces_cards import Card, Cards, WayPoint
from renkei.report.kit.pieces_text import (
    Heading,
    Item,
    Listing,
    Note,
    Paragraph,
    Picture,
    Preformatted,
    Run,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><circle r="9" fill="#0017c1"/></svg>'
#: The smallest picture of dots.
PNG = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
).decode("ascii")


def everything(text: str) -> tuple[Piece, ...]:
    """The pieces; numbers, years, units and marks are theirs alone."""
    return (
        Title(text, text, ((text, text),)),
        _cards(text),
        MainPoints((Point(text, text), Point(text)), (Attention(text, ((text, text),)),)),
        Heading(2, text),
        Paragraph((Run(text), Run(text, is_strong=True), Run(text, is_code=True))),
        _table(text),
        Heading(2, text),
        Heading(3, text),
        Listing((Item((Run(text),)), Item((Run(text),), 1, 3))),
        Preformatted(text),
        Note(text),
        Figure(text, text, text, _numbers(text), text, _chart("図その1"), "bars"),
        Figure(text, text, text, _numbers(text), text, _chart("図その2")),
        Picture("image/svg+xml", SVG, text),
        Picture("image/png", PNG, text),
        Provenance((_table(text), _table(text)), (_table(text),)),
    )


def _cards(text: str) -> Cards:
    value, target = Cell(number=-1234.5, decimals=1, unit="人"), Cell(number=0.0, unit="人")
    way = (
        WayPoint(2020, Cell("－"), "outcome"),
        WayPoint(2021, value, "newest"),
        WayPoint(2028, target, "target"),
    )
    verdict = Tag("status-met", text)
    cards = (Card(text, value, text, target, text, verdict, way), Card(text, Cell(text), "", Cell(), ""))
    return Cards(text, cards, text)


def _chart(text: str) -> str:
    """A drawing with a text."""
    return SVG.replace(
        "<circle", f'<text x="2" y="15" font-family="IPAexGothic" font-size="5">{text}</text><circle'
    )


def _numbers(text: str) -> Numbers:
    rows = ((Cell(text), Cell(number=3.5, decimals=1, unit="億円")), (Cell(text), Cell("－", mark="missing")))
    return Numbers((text, text), rows, ("#0017c1",))


def _table(text: str) -> Table:
    columns = (
        Column(text, 30),
        Column(text, 20, "number"),
        Column(text, 20, "number"),
        Column(text, 20, "rating"),
        Column(text, 10, "small"),
    )
    rows = (
        (
            Cell(text, above=text, below=(text,)),
            Cell(number=1234.5, decimals=1, unit="件", mark="computed", below=("試算",)),
            Cell("－", mark="missing", below=("値なし",)),
            Cell(tag=Tag("rating-met", text), below=(text,)),
            Cell(text, may_fold=True),
        ),
        (
            Cell(text, is_strong=True),
            Cell(number=-2.0, year=2022, mark="carried", below=("2022年度", "期限後")),
            Cell(number=50.0, unit="%", mark="estimated", below=("推定",), bar=0.5),
            Cell(text, tag=Tag("status-met", text)),
            Cell(),
        ),
    )
    return Table(text, columns, (Group(rows, text), Group(rows[::-1], text)), text, text)
