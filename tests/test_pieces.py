"""Pieces have one JSON form: written and read back they are the same; a schema describes it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from in_process import FAMILIES, content
from jsonschema import Draft202012Validator
from renkei.errors import RenderError
from renkei.page.content import Content
from renkei.page.xlsx import workbook_of
from renkei.report.kit import pieces, pieces_cards, pieces_text
from renkei.report.kit.piece_json import KINDS, VERSION, from_json, schema_text, to_json
from renkei.report.kit.pieces import Cell, Column, Group, Piece, Table, Title

#: What has a drawing, which a text is not.
DRAWN = (pieces.Figure, pieces_text.Picture)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><circle r="9"/></svg>'
SCHEMA = ROOT / "docs" / "piece.schema.json"

#: JSON has every number but these, and every text but halves of characters, which UTF-8 cannot hold.
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


def tuples(of: st.SearchStrategy[Any], largest: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """Some of these."""
    return st.lists(of, max_size=largest).map(tuple)


TAGS = st.builds(pieces.Tag, TEXTS, TEXTS)
CELLS = st.builds(
    Cell,
    text=TEXTS,
    number=st.none() | NUMBERS,
    decimals=st.integers(0, 6),
    unit=TEXTS,
    year=st.none() | st.integers(1800, 2200),
    mark=st.sampled_from(["", "computed", "carried", "estimated", "missing"]),
    above=TEXTS,
    below=tuples(TEXTS),
    tag=st.none() | TAGS,
    bar=st.none() | st.floats(0, 1),
    is_strong=st.booleans(),
    may_fold=st.booleans(),
)
COLUMNS = st.builds(
    Column, TEXTS, st.integers(0, 100), st.sampled_from(["text", "number", "rating", "small"])
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables whose rows have a cell for each column."""
    columns = draw(tuples(COLUMNS))
    rows = st.tuples(*[CELLS] * len(columns))
    groups = draw(tuples(st.builds(Group, tuples(rows), TEXTS), 2))
    return Table(draw(TEXTS), columns, groups, draw(TEXTS), draw(TEXTS))


WAYS = tuples(
    st.builds(
        pieces_cards.WayPoint,
        st.integers(1800, 2200),
        CELLS,
        st.sampled_from(["baseline", "outcome", "newest", "target", "computed"]),
    )
)
CARDS = st.builds(pieces_cards.Card, TEXTS, CELLS, TEXTS, CELLS, TEXTS, st.none() | TAGS, WAYS)
RUNS = tuples(st.builds(pieces_text.Run, TEXTS, st.booleans(), st.booleans(), st.booleans()))
PIECES: dict[type[Piece], st.SearchStrategy[Any]] = {
    pieces.Title: st.builds(Title, TEXTS, TEXTS, tuples(st.tuples(TEXTS, TEXTS)), st.booleans()),
    pieces_cards.Cards: st.builds(pieces_cards.Cards, TEXTS, tuples(CARDS), TEXTS),
    pieces.MainPoints: st.builds(
        pieces.MainPoints,
        tuples(st.builds(pieces.Point, TEXTS, TEXTS)),
        tuples(st.builds(pieces.Attention, TEXTS, tuples(st.tuples(TEXTS, TEXTS)))),
    ),
    pieces_text.Heading: st.builds(pieces_text.Heading, st.integers(2, 4), TEXTS),
    pieces_text.Paragraph: st.builds(pieces_text.Paragraph, RUNS),
    pieces_text.Listing: st.builds(
        pieces_text.Listing,
        tuples(st.builds(pieces_text.Item, RUNS, st.integers(0, 4), st.none() | st.integers(0, 99))),
    ),
    pieces.Table: tables(),
    pieces.Figure: st.builds(
        pieces.Figure,
        TEXTS,
        TEXTS,
        TEXTS,
        st.builds(pieces.Numbers, tuples(TEXTS), tuples(tuples(CELLS)), tuples(TEXTS)),
        TEXTS,
        TEXTS,
        st.sampled_from(["", "bars", "stacked"]),
        TEXTS,
    ),
    pieces_text.Picture: st.builds(
        pieces_text.Picture, st.sampled_from(["image/png", "image/svg+xml"]), TEXTS, TEXTS
    ),
    pieces_text.Preformatted: st.builds(pieces_text.Preformatted, TEXTS, st.booleans()),
    pieces_text.Note: st.builds(pieces_text.Note, TEXTS),
    pieces.Provenance: st.builds(pieces.Provenance, tuples(tables(), 2), tuples(tables(), 2)),
}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(*(of for kind, of in PIECES.items() if kind not in DRAWN)), max_size=4))
def test_any_pieces_make_a_workbook(of_report: list[Piece]) -> None:
    """Whatever they hold; what is drawn needs a drawing, though."""
    assert workbook_of(Content(tuple(of_report))).startswith(b"PK")


@settings(max_examples=50, deadline=None)
@given(PIECES[pieces.Figure])
def test_any_numbers_make_a_chart(figure: pieces.Figure) -> None:
    """Of any kind, with numbers or without, if their rows are as long as their heads."""
    count = len(figure.numbers.heads)
    rows = tuple((row + (Cell(),) * count)[:count] for row in figure.numbers.rows) if count else ()
    colours = tuple("#0017c1" for _ in figure.numbers.colours)
    drawn = replace(figure, svg=SVG, numbers=replace(figure.numbers, rows=rows, colours=colours))

    assert workbook_of(Content((drawn,))).startswith(b"PK")


def validator() -> Draft202012Validator:
    """The committed schema, ready to hold values against."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_kind_of_piece_is_tried_here() -> None:
    """A new kind needs a strategy of its own."""
    assert set(KINDS.values()) == set(PIECES)


@settings(deadline=None)
@given(st.one_of(*PIECES.values()))
def test_a_piece_is_the_same_after_its_way_through_json(piece: Piece) -> None:
    """Type, values and texts, whatever they are."""
    found = from_json(json.loads(json.dumps(to_json(piece), ensure_ascii=False)))

    assert (type(piece), piece) == (type(found), found)


@settings(deadline=None)
@given(st.one_of(*PIECES.values()))
def test_the_schema_allows_every_piece(piece: Piece) -> None:
    """What is written is what the schema says."""
    assert [] == [error.message for error in VALIDATOR.iter_errors(json.loads(json.dumps(to_json(piece))))]


VALIDATOR = validator()


@pytest.mark.parametrize("family", FAMILIES)
def test_the_schema_allows_every_piece_of_our_reports(family: str) -> None:
    """Each piece of a report of each family."""
    report = content(family)

    assert len(report.pieces) > 10
    for piece in report.pieces:
        assert [] == [
            error.message for error in VALIDATOR.iter_errors(json.loads(json.dumps(to_json(piece))))
        ]


@pytest.mark.parametrize(
    "changed",
    [
        {"version": VERSION + 1},
        {"kind": "chart"},
        {"piece": {}},
        {"piece": {"title": 3}},
        {"kind": "heading"},
        {"piece": None},
    ],
)
def test_what_is_no_piece_is_refused_by_schema_and_reader(changed: dict[str, Any]) -> None:
    """Another version, an unknown kind, a field that is missing or of the wrong type."""
    value = {**to_json(Title("題")), **changed}

    assert not VALIDATOR.is_valid(value)
    with pytest.raises(RenderError, match="run the notebook again"):
        from_json(value)


def test_the_committed_schema_is_the_one_of_the_pieces(request: pytest.FixtureRequest) -> None:
    """It changes with the pieces: `pytest tests/test_pieces.py --renew` writes it anew."""
    if request.config.getoption("--renew"):
        SCHEMA.write_text(schema_text(), encoding="utf-8")

    assert schema_text() == SCHEMA.read_text(encoding="utf-8")
