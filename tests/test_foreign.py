"""What other libraries show becomes pieces: the same text and values, never markup, or a note."""

from __future__ import annotations

import base64
import io
import re
import string
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure as Drawn
from PIL import Image
from renkei.errors import RenderError
from renkei.page.content import content_of
from renkei.page.flow import in_order
from renkei.page.foreign.text import UNSHOWN, shown
from renkei.page.html import html_page
from renkei.page.xlsx import workbook_of
from renkei.report.kit.piece_json import MIME_TYPE, to_json
from renkei.report.kit.pieces import Cell, Piece, Table, Title
from renkei.report.kit.pieces_text import (
    Heading,
    Item,
    Listing,
    Note,
    Paragraph,
    Picture,
    Preformatted,
    Run,
    paragraph,
)

from notebooks import code_cell, displayed, markdown_cell, notebook


def markdown(text: str) -> list[Piece]:
    """The pieces of a notebook with one Markdown cell."""
    return list(content_of(notebook(markdown_cell(text))).pieces)


def output(**fields: Any) -> list[Piece]:
    """The pieces of a notebook with one cell that has one output."""
    return list(content_of(notebook(code_cell("", fields))).pieces)


def data(bundle: dict[str, Any]) -> list[Piece]:
    """The pieces of a notebook with one cell that shows one value."""
    return output(**displayed(bundle))


def html(text: str) -> list[Piece]:
    """The same for a value that shows itself as HTML."""
    return data({"text/html": text, "text/plain": "<object>"})


def heads(table: Piece) -> list[str]:
    """The heads of a table."""
    assert isinstance(table, Table)
    return [column.head for column in table.columns]


def words(table: Piece) -> list[list[str]]:
    """What the cells of a table say."""
    assert isinstance(table, Table)
    return [[cell.words for cell in row] for group in table.groups for row in group.rows]


# Markdown


def test_headings_paragraphs_and_their_words_keep_their_sense() -> None:
    """Strong, emphasised and code; a line break in Japanese is no blank, one in English is."""
    assert [
        Title("題"),
        Heading(2, "章"),
        Paragraph((Run("前 "), Run("強い", is_strong=True), Run("と"), Run("斜め", is_emphasised=True))),
        Paragraph((Run("x = 1", is_code=True), Run("行の続き two lines"))),
        paragraph("改める"),
    ] == markdown("# 題\n## 章\n前 **強い**と*斜め*\n\n`x = 1`行の\n続き two\nlines  \n改める\n\n---\n")


def test_lists_are_nested_and_numbered_as_written() -> None:
    """Items know their depth and number; what is no item ends a list, which then goes on."""
    assert [
        Listing(
            (
                Item((Run("一"),), 0, 3),
                Item((Run("二 続き"),), 1, None),
                Item((Run("三"),), 0, 4),
            )
        ),
        Preformatted("x = 1"),
        Listing((Item((Run("四"),), 0, 5),)),
    ] == markdown("3. 一\n   - 二\n\n     続き\n4. 三\n   ```python\n   x = 1\n   ```\n5. 四\n")


def test_tables_of_markdown_are_tables() -> None:
    """Numbers are numbers where all of a column are; years and codes stay as they are written."""
    [table] = markdown(
        "|名|値|年|番号|混\n|-|-:|-|-|-|\n|`a\\|b`|1,234.50|2021|012|1\n|**c**|-3|2022|13|x\n|d||2023|14|2"
    )

    assert ["名", "値", "年", "番号", "混"] == heads(table)
    assert [
        ["a|b", "1,234.50", "2021", "012", "1"],
        ["c", "▲3", "2022", "13", "x"],
        ["d", "", "2023", "14", "2"],
    ] == words(table)
    assert isinstance(table, Table)
    assert ["text", "number", "text", "text", "text"] == [column.kind for column in table.columns]
    assert Cell(number=1234.5, decimals=2) == table.groups[0].rows[0][1]


def test_code_quotations_links_and_html_are_text() -> None:
    """A link tells its address unless it is its text; HTML is not read; a quotation has its sign."""
    assert [
        Preformatted("a\n  b"),
        paragraph("> 引用"),
        paragraph("> > 中"),
        paragraph("表(https://x.example/?a=b) https://y.example 内"),
        paragraph("<b>太</b> <!-- c --> & <script>alert(1)</script>"),
    ] == markdown(
        '```\na\n  b\n```\n> 引用\n> > 中\n\n[表](https://x.example/?a=b "t") <https://y.example> [内](#章)\n'
        "\n<b>太</b> <!-- c --> &amp; <script>alert(1)</script>\n"
    )


def test_a_picture_from_elsewhere_is_left_out_and_told() -> None:
    """A report loads nothing."""
    assert [
        paragraph("前後"),
        Note("画像「図」(https://x.example/a.png)は、報告書の外にあるため載せていない。"),
    ] == markdown("前![図](https://x.example/a.png)後")


def test_markdown_that_is_nested_too_deeply_stays_as_it_is() -> None:
    """Nothing of it is lost."""
    text = "> " * 400 + "底"

    assert [Preformatted(text), Note("入れ子が深すぎるため、Markdownの原文のまま示した。")] == markdown(text)


# Outputs


def test_printed_text_is_shown_and_what_goes_to_stderr_is_not() -> None:
    """Without the codes that colour a terminal; lines are kept."""
    assert [Preformatted("赤\n  2")] == output(
        output_type="stream", name="stdout", text=["\x1b[31m赤\x1b[0m\r\n", "  2\n"]
    )
    assert [] == output(output_type="stream", name="stderr", text="warning")
    assert [Preformatted("[1] 2")] == data({"text/plain": "[1] 2"})


def test_an_error_is_told_by_name_and_message() -> None:
    """In at most 20 lines, and how many were left out."""
    long = "\n".join(map(str, range(30)))

    assert [Preformatted("ValueError: 悪い値", is_error=True)] == output(
        output_type="error", ename="ValueError", evalue="悪い値", traceback=["x"]
    )
    [piece] = output(output_type="error", ename="E", evalue=long, traceback=[])
    assert isinstance(piece, Preformatted)
    assert ("E: 0", "19", "…(以下10行を省いた)") == tuple(piece.text.split("\n")[at] for at in (0, 19, 20))


def test_a_dataframe_becomes_a_table() -> None:
    """Its index first and as text, numbers as numbers, what is missing as a dash, years without a comma."""
    frame = pd.DataFrame(
        {"名": ["=1+1", "<b>x</b>"], "値": [1234.5, None], "数": [10_000, -2], "年度": [2021, 2022]}
    )
    [table] = html(frame._repr_html_())  # type: ignore[operator]

    assert ["索引", "名", "値", "数", "年度"] == heads(table)
    assert [["0", "=1+1", "1,234.5", "10,000", "2021"], ["1", "<b>x</b>", "－", "▲2", "2022"]] == words(table)
    assert isinstance(table, Table)
    assert "missing" == table.groups[0].rows[1][2].mark


def test_levels_of_heads_and_of_an_index_are_all_there() -> None:
    """Heads over heads are joined; a row's head that spans rows stands in each of them."""
    frame = pd.DataFrame(
        [[1, 2, 3], [4, 5, 6]],
        columns=pd.MultiIndex.from_tuples([("目標", "値"), ("目標", "年"), ("実績", "値")]),
        index=pd.MultiIndex.from_tuples([("甲", "一"), ("甲", "二")], names=["区分", "名"]),
    )
    [table] = html(frame._repr_html_())  # type: ignore[operator]

    assert ["区分", "名", "目標 値", "目標 年", "実績 値"] == heads(table)
    assert [["甲", "一", "1", "2", "3"], ["甲", "二", "4", "5", "6"]] == words(table)


def test_what_pandas_leaves_out_is_told() -> None:
    """The rows that are shown are numbers all the same."""
    table, note = html(pd.DataFrame({"値": range(1000)})._repr_html_())  # type: ignore[operator]

    assert Note("全1,000行、1列のうちの一部を示す。") == note
    assert (["...", "..."], ["999", "999"]) == (words(table)[5], words(table)[-1])
    assert isinstance(table, Table)
    assert "number" == table.columns[1].kind


def test_a_styler_keeps_its_values_and_caption_and_loses_its_style() -> None:
    """As formatted: %, decimals, words."""
    pytest.importorskip("jinja2")
    frame = pd.DataFrame({"率": [0.5, 0.25], "値": [1.0, 2.0]}, index=["甲", "乙"])
    styled = (
        frame.style.format({"率": "{:.1%}", "値": "{:.2f}"}).set_caption("様式").highlight_max(color="red")
    )
    [table] = html(styled.to_html())

    assert isinstance(table, Table)
    assert "様式" == table.caption
    assert [["甲", "50.0%", "1.00"], ["乙", "25.0%", "2.00"]] == words(table)
    assert Cell(number=50.0, decimals=1, unit="%") == table.groups[0].rows[0][1]
    assert "red" not in repr(table.groups)


def test_other_html_is_its_text() -> None:
    """Headings, paragraphs, lists, tables and code."""
    assert [
        Heading(2, "題"),
        Paragraph((Run("前 "), Run("強い", is_strong=True), Run(" 後"))),
        paragraph("次の行(https://x.example/)"),
        Listing((Item((Run("一"),)), Item((Run("二"),), 1, 3), Item((Run("三"),)))),
        Preformatted("a\n  b"),
        paragraph("> 引用"),
    ] == html(
        "<style>p{}</style><h1>題</h1><p>前 <b>強い</b>\n後<br><a href='https://x.example/'>次の行</a></p>"
        "<ul><li>一<ol start=3><li>二</li></ol></li><li>三</li></ul>"
        "<pre>a\n  b</pre><blockquote>引用</blockquote>"
    )


def test_a_table_in_html_may_span_and_nest() -> None:
    """Spans are filled, lines of a cell kept, a table in a cell is its text; one without heads gets some."""
    [table] = html(
        "<table><tr><th>名</th><th colspan=2>値</th></tr>"
        "<tr><td rowspan=2>甲</td><td>1</td><td>a<br>b</td></tr>"
        "<tr><td>2</td><td><table><tr><td>中</td><td>身</td></tr></table></td></tr></table>"
    )

    assert ["名", "値", "値"] == heads(table)
    assert [["甲", "1", "a\nb"], ["甲", "2", "中 身"]] == words(table)
    assert ["列1", "列2"] == heads(html("<table><tr><td>x</td><td>y</td></tr></table>")[0])


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 20_000 + "底",
        "<b>" * 20_000 + "底",
        "<ul><li>" * 3_000 + "底",
        "<blockquote>" * 3_000 + "底",
        "<table><tr><td>" * 1_000 + "底",
    ],
    ids=["div", "b", "ul", "blockquote", "table"],
)
def test_html_may_be_nested_as_deeply_as_it_likes(text: str) -> None:
    """The text at the bottom is found, and can be shown."""
    pieces = html(text)

    assert [True] == ["底" in str(to_json(piece)) for piece in pieces]
    assert "底" in html_page(content_of(notebook(code_cell("", displayed({"text/html": text})))))


def test_a_table_of_spans_without_end_is_left_out_and_told() -> None:
    """A few bytes do not become millions of cells."""
    assert [Note("50,000を超えるセルを持つ表は、載せていない。")] == html(
        "<table><tr><td colspan=99999>x</td></tr></table>"
    )


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("application/vnd.jupyter.widget-view+json", "ウィジェット"),
        ("application/vnd.plotly.v1+json", "Plotlyの図"),
        ("application/vnd.vegalite.v5+json", "Vegaの図"),
        ("application/javascript", "JavaScript"),
    ],
)
def test_what_needs_a_program_becomes_a_note(kind: str, name: str) -> None:
    """A widget is not replaced by what Python calls it."""
    bundle = {kind: {}, "text/plain": "IntSlider(value=0)", "text/html": "<script>x</script>"}

    assert [Note(f"この出力({name})は、画面で動かすものであるため、載せていない。")] == data(bundle)


def test_a_kind_that_nobody_knows_becomes_a_note() -> None:
    """Its name is told."""
    assert [Note("この出力は表示できない形式(application/x-own)である。")] == data({"application/x-own": "x"})
    assert [Note("この出力は表示できない種類(own)である。")] == output(output_type="own")
    assert [] == data({})


def test_markdown_latex_and_json_of_a_cell_are_shown() -> None:
    """Markdown as such, the others as they are written."""
    assert [Paragraph((Run("強い", is_strong=True),))] == data(
        {"text/markdown": "**強い**", "text/plain": "x"}
    )
    assert [Preformatted("$x$")] == data({"text/latex": "$x$"})
    assert [Preformatted('{\n  "名": 1\n}')] == data({"application/json": {"名": 1}})


def drawn(kind: str) -> bytes:
    """A figure of Matplotlib in that format."""
    figure = Drawn(figsize=(2, 1))
    figure.add_subplot().plot([1, 3, 2])
    buffer = io.BytesIO()
    figure.savefig(buffer, format=kind)
    return buffer.getvalue()


def test_a_figure_of_matplotlib_is_a_picture() -> None:
    """As PNG or SVG; its name in Python says nothing, so it is named after the heading above."""
    png, svg = base64.b64encode(drawn("png")).decode(), drawn("svg").decode()
    name = {"text/plain": "<Figure size 200x100 with 1 Axes>"}

    assert [Picture("image/png", png, "図")] == data({"image/png": png[:76] + "\n" + png[76:], **name})
    assert [Picture("image/svg+xml", svg, "図")] == data({"image/svg+xml": svg, **name})
    assert [Picture("image/png", png, "推移")] == data({"image/png": png, "text/plain": "推移"})
    assert [Picture("image/png", png, "中")] == html(f'<img alt="中" src="data:image/png;base64,{png}">')


def test_a_photograph_becomes_a_png() -> None:
    """The same picture in the one format of dots that all views show."""
    buffer = io.BytesIO()
    Image.new("RGB", (4, 2), "red").save(buffer, "JPEG")
    [piece] = data({"image/jpeg": base64.b64encode(buffer.getvalue()).decode()})

    assert isinstance(piece, Picture)
    with Image.open(io.BytesIO(base64.b64decode(piece.data))) as image:
        assert ("PNG", (4, 2)) == (image.format, image.size)


@pytest.mark.parametrize(
    "bundle",
    [
        {"image/png": "no base64!"},
        {"image/png": base64.b64encode(b"\x89PNG\r\n\x1a\nbroken").decode()},
        {"image/svg+xml": "<svg"},
        {"image/svg+xml": "<html/>"},
        {
            "image/svg+xml": '<!DOCTYPE svg [<!ENTITY a "aa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
        },
    ],
)
def test_a_broken_picture_becomes_a_note(bundle: dict[str, str]) -> None:
    """No view has to cope with it."""
    assert [Note("読み取れない画像があったため、載せていない。")] == data(bundle)


def test_characters_that_cannot_be_shown_are_replaced() -> None:
    """Halves of characters and controls would break every view."""
    assert "a〓b〓 \n\t赤" == shown("a\ud800b\x07 \r\n\t\x1b[1;31m赤\x1b[0m")
    assert [Preformatted(UNSHOWN)] == data({"text/plain": "\ud83d"})
    assert [paragraph(UNSHOWN)] == markdown("\x01")
    assert [paragraph(UNSHOWN)] == html("<p>\ud800</p>")


def test_a_notebook_without_order_gets_one() -> None:
    """One title, no level left out, tables and pictures named after the heading above them."""
    [table] = markdown("|a|\n|-|\n|b|")
    assert isinstance(table, Table)
    named = [
        piece.caption if isinstance(piece, Table) else piece
        for piece in in_order([Title("甲"), Heading(4, "乙"), table, table, Title("丙"), Heading(3, "丁")])
    ]

    assert [Title("甲"), Heading(2, "乙"), "乙の表", "乙の表2", Heading(2, "丙"), Heading(3, "丁")] == named


#: HTML of a cell that a reader's program would load, run or send, and what is named when it is refused.
LIVE_HTML = {
    "<script>alert(1)</script>": "the element script",
    '<img src="https://x.example/a.png">': "the address “https://x.example/a.png” in src of img",
    '<img src="data:image/svg+xml;base64,AA==">': "“data:image/svg+xml;base64,AA==” in src of img",
    '<p onerror="x()">文</p>': "the attribute onerror of p",
    '<img srcset="https://x.example/a.png 2x">': "the attribute srcset of img",
    '<a href="javascript:x()">文</a>': "the address “javascript:x()” in href of a",
    '<a href=" java&#10;script:x()">文</a>': "in href of a",
    '<a href="data:text/html,x">文</a>': "the address “data:text/html,x” in href of a",
    '<a href="#a" ping="https://x.example">文</a>': "the attribute ping of a",
    '<iframe src="https://x.example"></iframe>': "the element iframe",
    '<object data="https://x.example"></object>': "the element object",
    '<svg><use href="https://x.example"/></svg>': "the element svg",
    '<link rel="stylesheet" href="https://x.example">': "the element link",
    '<base href="https://x.example">': "the element base",
    '<meta http-equiv="refresh" content="0;url=https://x.example">': "the element meta",
    '<form action="https://x.example">押</form>': "the element form",
    '<button formaction="https://x.example">押</button>': "the element button",
    '<table background="https://x.example"><tr><td>値</td></tr></table>': "the attribute background of table",
    '<style>@import "https://x.example/a.css"</style>': "“@import” in the element style",
    "<style>p { background: url(https://x.example) }</style>": "“url(” in the element style",
    '<p style="background:URL(https://x.example)">文</p>': "“URL(” in the attribute style of p",
    '<p style="background:\\75rl(https://x.example)">文</p>': "in the attribute style of p",
    "<p style=\"background:image-set('a')\">文</p>": "“image-set(” in the attribute style of p",
}


@pytest.mark.parametrize(("text", "named"), LIVE_HTML.items(), ids=LIVE_HTML.values())
def test_html_that_would_load_run_or_send_is_refused(text: str, named: str) -> None:
    """By the name of the element, attribute, address or style, and with its cell."""
    with pytest.raises(RenderError, match=rf"^In \[ \]: HTML that .*{re.escape(named)}"):
        html(text)


#: The same within a drawing.
LIVE_SVG = {
    "<script>alert(1)</script>": "the element script",
    "<use href='https://x.example/a.svg#a'/>": "the address “https://x.example/a.svg#a” in href of use",
    "<image xlink:href='https://x.example/a.png'/>": "in xlink:href of image",
    "<image href='/etc/passwd'/>": "the address “/etc/passwd” in href of image",
    "<image href='data:image/svg+xml;base64,AA=='/>": "in href of image",
    "<foreignObject/>": "the element foreignObject",
    "<animate attributeName='x'/>": "the element animate",
    "<a href='https://x.example'/>": "the element a",
    "<rect onload='x()'/>": "the attribute onload of rect",
    "<rect fill='url(https://x.example#a)'/>": "“url(” in the attribute fill of rect",
    "<rect style='fill: url(https://x.example#a)'/>": "“url(” in the attribute style of rect",
    "<style>@import 'https://x.example/a.css';</style>": "“@import” in the element style",
    "<style>@font-face { src: local(a) }</style>": "in the element style",
    "<g>" * 5000 + "</g>" * 5000: "elements within each other more than 100 times",
}


@pytest.mark.parametrize(("inside", "named"), LIVE_SVG.items(), ids=LIVE_SVG.values())
def test_a_drawing_that_would_load_or_run_is_refused(inside: str, named: str) -> None:
    """Of another library, or in a piece that anybody's code made."""
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    drawing = f"<svg {spaces}>{inside}</svg>"
    piece = to_json(Picture("image/svg+xml", drawing, "図"))
    for bundle in ({"image/svg+xml": drawing}, {MIME_TYPE: piece}):
        with pytest.raises(RenderError, match=rf"^In \[ \]: a drawing that .*{re.escape(named)}"):
            data(bundle)


def test_what_libraries_draw_and_style_is_allowed() -> None:
    """Places within the drawing, pictures of dots in it, its metadata, gradients and colours."""
    inside = (
        "<metadata><other xmlns='urn:x' resource='https://x.example'/></metadata>"
        "<defs><clipPath id='a'><rect width='1' height='1'/></clipPath></defs>"
        "<g clip-path=\"url(#a)\" style=\"fill: url('#b')\" transform='translate(1 2)'><use href='#a'/></g>"
        "<image href='data:image/png;base64,AA=='/>"
        "<text font-stretch='normal' color-interpolation='linearRGB'>文</text>"
        "<style>tr:nth-last-child(2) { fill: red }</style>"
    )
    [drawn] = data({"image/svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'})
    styled = html('<p style="background: linear-gradient(90deg, #d65f5f 50.0%, transparent 50.0%)">文</p>')

    assert isinstance(drawn, Picture)
    assert [paragraph("文")] == styled


@settings(max_examples=50, deadline=None)
@given(st.text("abc<>&\"'/=#$*_`\\漢字かなカナ12。", min_size=1, max_size=20))
def test_text_of_others_never_becomes_markup(text: str) -> None:
    """What a cell prints, shows as text or raises arrives on the page as the text that it is."""
    sign = f"<b onclick='x()'>{text}"
    page = page_of(
        {"output_type": "stream", "name": "stdout", "text": sign},
        {"output_type": "error", "ename": "E", "evalue": sign, "traceback": []},
        {"output_type": "display_data", "data": {"text/plain": sign}},
    )

    assert "<b " not in page
    assert 3 == page.count("&lt;b onclick")


def test_markdown_keeps_its_sense_on_the_page() -> None:
    """Chapters, emphasis, nested lists and tables of a Markdown cell stand on the page as such."""
    text = "# 題\n\n## 節\n\n**太字**と`code`\n\n- 一\n  - 二\n\n| 甲 | 乙 |\n| --- | --- |\n| 値 | 12 |"
    page = html_page(content_of(notebook(markdown_cell(text))))
    signs = ("<h1>題</h1>", ">節</h2>", "<strong>太字</strong>", "<code>code</code>", "二", "<table")

    assert [] == [sign for sign in signs if sign not in page]


def page_of(*outputs: dict[str, Any]) -> str:
    """The page of a notebook with one cell that has these outputs."""
    return html_page(content_of(notebook(code_cell("", *outputs))))


# Any text in any place

#: Without what cannot be shown, and without blanks, which Markdown and HTML take together.
TEXT = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufffd"), min_size=1, max_size=30
).filter(lambda text: shown(text) == text)
LINES = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\ufffd"), min_size=1
)


def escaped(text: str) -> str:
    """Text as Markdown that says that text."""
    return re.sub(f"([{re.escape(string.punctuation)}])", r"\\\1", text)


@settings(deadline=None)
@given(TEXT)
def test_any_text_of_markdown_comes_out_as_that_text(text: str) -> None:
    """In headings, paragraphs, lists, quotations, tables and code."""
    said = escaped(text)
    *found, table = markdown(
        f"## {said}\n\n{said}\n\n**{said}**\n\n- {said}\n\n> {said}\n\n~~~\n{text}\n~~~\n\n    {text}\n\n"
        f"| {said} |\n|-|\n| x{said} |"
    )

    assert [
        Heading(2, text),
        paragraph(text),
        Paragraph((Run(text, is_strong=True),)),
        Listing((Item((Run(text),)),)),
        paragraph(f"> {text}"),
        Preformatted(text),
        Preformatted(text),
    ] == found
    assert ([text], [[f"x{text}"]]) == (heads(table), words(table))


@settings(deadline=None)
@given(TEXT)
def test_any_text_of_html_comes_out_as_that_text(text: str) -> None:
    """In blocks, styles, items, cells and heads, escaped as libraries escape it."""
    from html import escape

    said = escape(text)
    *found, table = html(
        f"<h2>{said}</h2><p>{said}</p><p><b>{said}</b></p><ul><li>{said}</li></ul><pre>{said}</pre>"
        f"<table><thead><tr><th>{said}</th></tr></thead><tbody><tr><td>x{said}</td></tr></tbody></table>"
    )

    assert [
        Heading(2, text),
        paragraph(text),
        Paragraph((Run(text, is_strong=True),)),
        Listing((Item((Run(text),)),)),
        Preformatted(text),
    ] == found
    assert ([text], [[f"x{text}"]]) == (heads(table), words(table))


@settings(deadline=None)
@given(LINES)
def test_any_text_of_an_output_comes_out_as_that_text(text: str) -> None:
    """Printed, as a value, as an error's message; but for line ends at its end."""
    expected = [Preformatted(text.rstrip("\n"))] if text.rstrip("\n") else []

    assert expected == output(output_type="stream", name="stdout", text=text)
    assert expected == data({"text/plain": text})
    assert [Preformatted(f"E: {text}", is_error=True)] == output(output_type="error", ename="E", evalue=text)


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_no_text_stops_a_workbook(text: str) -> None:
    """Whatever Python can hold as text, in Markdown and as a value; HTML may be refused for a tag in it."""
    cells = [markdown_cell(text), code_cell("", displayed({"text/plain": text}))]
    as_html = code_cell("", displayed({"text/html": text}))
    try:
        pieces = content_of(notebook(as_html))
    except RenderError as error:
        refused = str(error)
        assert "<" in text
        assert refused.startswith("In [ ]: HTML that a report can show was expected, found ")
    else:
        assert workbook_of(pieces).startswith(b"PK")

    assert workbook_of(content_of(notebook(*cells))).startswith(b"PK")
