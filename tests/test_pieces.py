"""Pieces are values with one JSON form; what other libraries show becomes pieces too."""

import json
from typing import Any

import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from renkei.errors import RenderError
from renkei.page.content import content_of
from renkei.page.html import html_page
from renkei.report.kit.piece_json import KINDS, VERSION, from_json, schema_text, to_json
from renkei.report.kit.pieces import (
    Attention,
    Cell,
    Column,
    Figure,
    Group,
    Heading,
    Item,
    Listing,
    MainPoints,
    Note,
    Numbers,
    Paragraph,
    Picture,
    Piece,
    Point,
    Preformatted,
    Provenance,
    Run,
    Table,
    Tag,
    Title,
)

texts = st.text(max_size=20)
cells = st.builds(
    Cell,
    text=texts,
    number=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    decimals=st.integers(0, 4),
    unit=texts,
    year=st.none() | st.integers(1900, 2100),
    mark=st.sampled_from(["", "computed", "carried", "estimated", "missing"]),
    above=texts,
    below=st.lists(texts, max_size=2).map(tuple),
    tag=st.none() | st.builds(Tag, texts, texts),
    bar=st.none() | st.floats(0, 1),
    is_strong=st.booleans(),
    may_fold=st.booleans(),
)
rows = st.lists(st.tuples(cells, cells), max_size=3).map(tuple)
columns = st.just((Column("甲", 60), Column("乙", 40, "number")))
tables = st.builds(
    Table, texts, columns, st.lists(st.builds(Group, rows, texts), max_size=2).map(tuple), texts, texts
)
runs = st.lists(st.builds(Run, texts, st.booleans(), st.booleans(), st.booleans()), max_size=3).map(tuple)
pieces = st.one_of(
    st.builds(Title, texts, texts),
    st.builds(
        MainPoints,
        st.lists(st.builds(Point, texts, texts), max_size=2).map(tuple),
        st.lists(
            st.builds(Attention, texts, st.lists(st.tuples(texts, texts), max_size=2).map(tuple)), max_size=2
        ).map(tuple),
    ),
    st.builds(Heading, st.integers(2, 4), texts),
    st.builds(Paragraph, runs),
    st.builds(
        Listing,
        st.lists(
            st.builds(Item, runs, st.integers(0, 2), st.none() | st.integers(1, 9)), max_size=2
        ).map(tuple),
    ),
    tables,
    st.builds(
        Figure, texts, texts, texts, st.builds(Numbers, st.just(("甲", "乙")), rows), texts, texts,
        st.sampled_from(["", "bars", "stacked"]),
    ),
    st.builds(Picture, st.sampled_from(["image/png", "image/svg+xml"]), texts, texts),
    st.builds(Preformatted, texts, st.booleans()),
    st.builds(Note, texts),
    st.builds(Provenance, st.lists(tables, max_size=2).map(tuple)),
)  # fmt: skip


@given(pieces)
def test_a_piece_is_itself_again_after_its_json_form(piece: Piece) -> None:
    """Piece to JSON text and back, whatever it holds."""
    assert piece == from_json(json.loads(json.dumps(to_json(piece))))


def test_every_kind_of_piece_is_tried() -> None:
    """The test above makes each kind that there is."""
    tried = {
        Title,
        MainPoints,
        Heading,
        Paragraph,
        Listing,
        Table,
        Figure,
        Picture,
        Preformatted,
        Note,
        Provenance,
    }

    assert set(KINDS.values()) == tried


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"version": VERSION + 1, "kind": "title", "piece": {"title": "題"}}, "was expected, found"),
        ({"version": VERSION, "kind": "script", "piece": {}}, "was expected, found"),
        ({"version": VERSION, "kind": "title", "piece": {"title": 3}}, "a title was expected"),
        ("<h1>", "was expected, found"),
    ],
)
def test_what_is_no_piece_is_refused(value: object, found: str) -> None:
    """Another version, an unknown kind, a field of another type, something else altogether."""
    with pytest.raises(RenderError, match=found):
        from_json(value)


def shown(*outputs: dict[str, Any], markdown: str = "# 題") -> str:
    """The page of a notebook with a Markdown cell and these outputs."""
    cells_of = [
        {"cell_type": "markdown", "source": markdown},
        {"cell_type": "code", "source": "", "outputs": list(outputs)},
    ]
    return html_page(content_of({"cells": cells_of}))


def data(**kinds: str) -> dict[str, Any]:
    """A displayed output with its data by MIME type, the stroke written as an underscore."""
    return {"output_type": "display_data", "data": {kind.replace("_", "/"): of for kind, of in kinds.items()}}


def test_a_dataframe_is_a_table() -> None:
    """Heads, index and numbers of a frame that pandas shows by itself stand in cells of a table."""
    frame = pd.DataFrame({"値": [1234, 5678]}, index=["甲", "乙"])
    page = shown(data(text_html=frame._repr_html_(), text_plain=str(frame)))  # type: ignore[operator]

    assert "<table" in page
    assert all(text in page for text in ("値", "甲", "1,234", "乙", "5,678"))


@settings(max_examples=50, deadline=None)
@given(st.text("abc<>&\"'/=#$*_`\\漢字かなカナ12。", min_size=1, max_size=20))
def test_text_of_others_never_becomes_markup(text: str) -> None:
    """What a cell prints, shows as HTML text or raises arrives as the text that it is."""
    sign = f"<b onclick='x()'>{text}"
    page = shown(
        {"output_type": "stream", "name": "stdout", "text": sign},
        {"output_type": "error", "ename": "E", "evalue": sign, "traceback": []},
        data(text_plain=sign),
    )

    assert "<b " not in page
    assert 3 == page.count("&lt;b onclick")


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="https://x.example/a.png" onerror="x()">',
        '<a href="javascript:x()">文</a>',
        '<iframe src="https://x.example"></iframe>',
        '<style>@import "https://x.example/a.css"</style><p>文</p>',
        '<form action="https://x.example"><button formaction="https://x.example">押</button></form>',
        '<meta http-equiv="refresh" content="0;url=https://x.example">',
    ],
)
def test_html_of_others_runs_and_loads_nothing(html: str) -> None:
    """No tag or attribute of a cell's own HTML reaches the page."""
    page = shown(data(text_html=html, text_plain="文"))
    body = page.partition("<body>")[2]

    assert not any(
        sign in body for sign in ("<script", "<img", "<a ", "<iframe", "<form", "<button", "<meta", "@import")
    )


def test_markdown_keeps_its_headings_lists_and_tables() -> None:
    """Chapters, emphasis, nested lists and tables of a Markdown cell stand on the page."""
    markdown = "# 題\n\n## 節\n\n**太字**と`code`\n\n- 一\n  - 二\n\n| 甲 | 乙 |\n| --- | --- |\n| 値 | 12 |"
    page = shown(markdown=markdown)

    assert all(
        sign in page
        for sign in ("<h1>題</h1>", ">節</h2>", "<strong>太字</strong>", "<code>code</code>", "二", "<table")
    )


def test_what_no_format_can_show_is_said() -> None:
    """A widget or a script of another library leaves a note in its place."""
    page = shown({"output_type": "display_data", "data": {"application/javascript": "x()"}})

    assert "x()" not in page
    assert 'class="note"' in page


def test_the_schema_in_the_docs_is_that_of_the_pieces() -> None:
    """docs/piece.schema.json is what the code gives; a change of the form shows there."""
    assert schema_text() == (ROOT / "docs" / "piece.schema.json").read_text(encoding="utf-8")
