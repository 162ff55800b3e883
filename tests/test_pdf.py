"""PDFs: what is in them, how pages break, and what is refused."""

import base64
import hashlib
import io
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec
import nbformat
import pypdf
import pytest
from PIL import Image
from renkei.comparison import compare_in_detail
from renkei.errors import RenderError
from renkei.page import pdf as page_pdf
from renkei.page.content import Content
from renkei.page.exporters import RenkeiPDFExporter
from renkei.page.pdf import let_go, pdf_of
from renkei.page.pdf_data import data_of
from renkei.page.pdf_heads import Shape, with_heads
from renkei.report import provenance, targets, verdicts
from renkei.report.kit.bundle import bundle_of
from renkei.report.kit.cells import table
from renkei.report.kit.figures import canvas, figure_piece, numbers
from renkei.report.kit.pieces import Cell, Column, Figure, Piece, Table, Title, points_of
from renkei.report.kit.pieces_text import (
    Heading,
    Picture,
    Preformatted,
    paragraph,
)

from notebooks import code_cell, displayed, markdown_cell, notebook

YEAR = 2025


@pytest.fixture(scope="module")
def pieces() -> tuple[Piece, ...]:
    """Much of the report on a year's targets, made without a kernel."""
    compared = compare_in_detail(YEAR)
    made = [
        targets.title(compared, YEAR),
        points_of([("要点", "説明。")]),
        Heading(2, "実績との比較"),
        paragraph("次の図では、菱形が目標を示す。"),
        verdicts.newest_chart(compared, YEAR),
        verdicts.missed_table(compared),
        Heading(2, "水準の一覧"),
        targets.full_table(compared, YEAR),
        Heading(2, "出典と作成条件"),
        provenance.provenance(provenance.sources_compared(), fiscal_year=YEAR),
    ]
    return tuple(made)


@pytest.fixture(scope="module")
def made(pieces: tuple[Piece, ...]) -> bytes:
    return pdf_of(Content(pieces))


@pytest.fixture(scope="module")
def reader(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def pdf_reader(*pieces: Piece) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf_of(Content((Title("題"), *pieces)))))


def pages_of(*pieces: Piece) -> list[str]:
    """The text of each page of a report."""
    return [page.extract_text() for page in pdf_reader(*pieces).pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


def elements(node: Any) -> Iterator[Any]:
    """The elements of a tag tree, in the order in which they are read."""
    node = node.get_object()
    if isinstance(node, list):
        for part in node:
            yield from elements(part)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def attribute(element: Any, name: str) -> Any:
    for attributes in element.get("/A", ()):
        if name in attributes.get_object():
            return attributes.get_object()[name]
    return None


def test_a_pdf_can_be_read_aloud(reader: pypdf.PdfReader) -> None:
    """It is tagged as PDF/UA-1, knows its language and title, and its figures have alternative texts."""
    root: Any = reader.trailer["/Root"]
    found = list(elements(root["/StructTreeRoot"]))
    kinds = {str(element["/S"]) for element in found}

    assert root["/MarkInfo"]["/Marked"]
    assert "ja" == root["/Lang"]
    assert reader.metadata is not None
    assert "2025年度(令和7年度) 連携事業の目標" == reader.metadata.title
    assert re.search(rb"pdfuaid:part(>|=\")1", root["/Metadata"].get_data())
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/TOC", "/TOCI", "/Figure", "/Caption", "/Table"} <= kinds
    alts = [str(element["/Alt"]) for element in found if element["/S"] == "/Figure"]
    assert 1 == len(alts)
    assert "丘珠空港年間利用者数" in alts[0]


def test_bookmarks_and_contents_lead_to_the_chapters(reader: pypdf.PdfReader) -> None:
    """Each chapter has a bookmark below the report's, and its page in the table of contents."""
    outline: Any = reader.outline
    report, chapters = outline
    assert "2025年度(令和7年度) 連携事業の目標" == report["/Title"]
    names = [chapter["/Title"] for chapter in chapters]
    assert ["実績との比較", "水準の一覧", "出典と作成条件"] == names
    first = reader.pages[0].extract_text()
    for number, chapter in enumerate(chapters, 1):
        page = (reader.get_destination_page_number(chapter) or 0) + 1
        assert re.search(rf"{number}\. {chapter['/Title']}[ .]*{page}\n", first), chapter


def test_every_page_says_what_it_is(reader: pypdf.PdfReader) -> None:
    """Number of all pages at the foot; the title at the head of each page but the first; A4."""
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert f"{number} / {len(reader.pages)}" in text
        # On the first page the title stands once, as its heading.
        assert 1 == text.count("2025年度(令和7年度) 連携事業の目標")
        assert (595, 842) == (round(page.mediabox.width), round(page.mediabox.height))


def test_the_only_font_is_embedded(reader: pypdf.PdfReader) -> None:
    """Text and charts are in IPAexGothic, which comes with the file."""
    fonts = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for reference in (resources.get("/Font") or {}).values():
            font = reference.get_object()
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            fonts[str(font["/BaseFont"])] = bool({"/FontFile2", "/FontFile3"} & set(descriptor))

    assert fonts
    assert all(name.endswith("IPAexGothic") for name in fonts), fonts
    assert all(fonts.values()), fonts


def test_text_can_be_found(reader: pypdf.PdfReader) -> None:
    """Names, years and long codes are in the page's text as they are written, without gaps."""
    text = "".join(page.extract_text() for page in reader.pages)

    assert "丘珠空港年間利用者数" in text
    assert "2025年度" in text
    assert "図の数値" not in text
    assert re.search(r"[0-9a-f]{64}", squeezed(text))


def test_every_cell_knows_its_heads(reader: pypdf.PdfReader, pieces: tuple[Piece, ...]) -> None:
    """A table is head, a body for each group, and foot; cells name column, group and row."""
    root: Any = reader.trailer["/Root"]
    tables = [element for element in elements(root["/StructTreeRoot"]) if element["/S"] == "/Table"]
    # What made the report is small print, not a table.
    assert 3 == len(tables)
    full = next(piece for piece in pieces if isinstance(piece, Table) and len(piece.groups) == 3)
    parts = [part.get_object() for part in tables[1]["/K"]]
    assert ["/Caption", "/THead", "/TBody", "/TBody", "/TBody", "/TFoot"] == [part["/S"] for part in parts]
    for table_element in tables:
        heads = {str(cell["/ID"]): cell for cell in elements(table_element) if cell["/S"] == "/TH"}
        for cell in elements(table_element):
            if cell["/S"] in ("/TH", "/TD"):
                assert {str(name) for name in attribute(cell, "/Headers") or ()} <= set(heads)
                assert (cell["/S"] == "/TH") == (attribute(cell, "/Scope") in ("/Column", "/Row"))
    for group, body in zip(full.groups, parts[2:5], strict=True):
        head, *rows = [row.get_object() for row in body["/K"]]
        (of_group,) = [cell.get_object() for cell in head["/K"]]
        assert ("/TH", "/Column", 8) == (
            of_group["/S"],
            attribute(of_group, "/Scope"),
            attribute(of_group, "/ColSpan"),
        )
        assert len(group.rows) == len(rows)
        for row in rows:
            first, *others = [cell.get_object() for cell in row["/K"]]
            assert ("/TH", "/Row", 7) == (first["/S"], attribute(first, "/Scope"), len(others))
            for cell in others:
                names = [str(name) for name in attribute(cell, "/Headers")]
                assert [str(of_group["/ID"]), str(first["/ID"])] == names[1:]
    tree: Any = root["/StructTreeRoot"]["/IDTree"]
    names = [str(name) for name in tree["/Names"][::2]]
    assert sorted(names) == names
    assert {str(e["/ID"]) for e in elements(root["/StructTreeRoot"]) if "/ID" in e} == set(names)


def test_the_same_report_gives_the_same_bytes(pieces: tuple[Piece, ...], made: bytes) -> None:
    """Whatever was made in between, and in another process as well."""
    pdf_of(Content((Title("別の報告"),)))
    let_go()
    assert made == pdf_of(Content(pieces))

    code = (
        "import hashlib\nfrom renkei.page.content import Content\nfrom renkei.page.pdf import pdf_of\n"
        "from renkei.report.kit.pieces import Title\nfrom renkei.report.kit.pieces_text import paragraph\n"
        "print(hashlib.sha256(pdf_of(Content((Title('題'), paragraph('本文'))))).hexdigest())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    here = pdf_of(Content((Title("題"), paragraph("本文"))))
    assert hashlib.sha256(here).hexdigest() == run.stdout.strip()


def drawn(title: str, measure: str, source: str = "文書", height: float = 1) -> Figure:
    with canvas(6, height) as figure:
        figure.text(0.1, 0.5, "R&Bパーク <大通> -- 72%", rotation=10)
        return figure_piece(
            figure, kind="図", title=title, measure=measure, numbers=numbers(("名",), [["値"]]), source=source
        )


def test_the_letters_of_charts_are_text() -> None:
    """What a chart says can be searched and copied, signs that XML escapes included."""
    assert "R&Bパーク<大通>--72%" in squeezed("".join(pages_of(drawn("題名", "単位"))))


COLUMNS = [Column("名", 40), Column("値", 60)]


@pytest.mark.parametrize("sizes", [(30, 1), (30, 2), (1, 60, 3), (7, 7, 7, 7, 7, 7), (1, 1, 1, 1, 9), (90,)])
@pytest.mark.parametrize("above", [0, 5, 10])
def test_rows_stay_with_their_heads_and_the_last_ones_with_the_source(
    sizes: tuple[int, ...], above: int
) -> None:
    """No group's head at the foot of a page, no page of a single row, heads again on each page."""
    groups = [
        (f"群{g}", [[f"行{g}-{i}", "\n".join(["値"] * (1 + i % 3))] for i in range(n)])
        for g, n in enumerate(sizes)
    ]
    lines = [paragraph(f"段落{i}") for i in range(above)]
    pages = pages_of(*lines, Heading(2, "章"), table("表題", COLUMNS, groups, "文書", "注記"))

    found = [re.findall(r"群\d+|行\d+-\d+|名 値|注記|出典：文書|表題", page) for page in pages]
    found = [page for page in found if page]
    rows = [row for page in found for row in page if row.startswith("行")]
    assert [f"行{g}-{i}" for g, n in enumerate(sizes) for i in range(n)] == rows
    for page in found:
        assert "名 値" in page
        assert not page[-1].startswith("群"), page
        assert len(re.findall("行", "".join(page))) > 1 or sum(sizes) == 1, page
        for head, row in pairwise(page):
            if head.startswith("群"):
                assert row.startswith(f"行{head[1:]}-"), page
    assert ["注記", "出典：文書"] == found[-1][-2:]
    assert ["表題", "名 値"] == found[0][:2]


def test_a_row_higher_than_a_page_is_broken_and_loses_nothing() -> None:
    """Every sentence of cells that no page could hold is printed."""
    long = "".join(f"第{i}文である。" for i in range(900))
    text = squeezed("".join(pages_of(table("表", COLUMNS, [("", [["行", long]] * 2)], "文書"))))
    text = re.sub(r"\d+/\d+題名値", "", text)

    assert 2 == text.count("第899文である。")
    assert all(text.count(f"第{i}文") >= 1 for i in range(900))


def test_nothing_runs_over_the_page(pieces: tuple[Piece, ...]) -> None:
    """Margins stay white, also beside long words, many columns, high pictures and tall tables."""
    wide = [Column(f"見出しの長い列{i}", 7) for i in range(14)]
    odd: tuple[Piece, ...] = (
        Title("題" * 60, "x" * 300),
        paragraph("x" * 400),
        Preformatted("y" * 300),
        Picture("image/png", png(2000, 5000), "高い板"),
        table("表", wide, [("", [["ABCDEFGHIJKLMNOPQRSTUVWXYZ"] * 14] * 3)], "s" * 200, "n" * 200),
        table("表", COLUMNS, [("組" * 80, [["x" * 100, "長い文。" * 400]] * 8)], "文書"),
        drawn("題名", "単位", height=11),
    )
    for report in (Content(pieces), Content(odd)):
        data = msgspec.json.encode(data_of(report)).decode("utf-8")
        images = page_pdf._compiler().compile(
            input=page_pdf._template(), format="png", ppi=36, sys_inputs={"report": data}
        )
        for image in images if isinstance(images, list) else [images]:
            page = Image.open(io.BytesIO(image)).convert("L")  # type: ignore[arg-type]
            assert (298, 421) == page.size
            margins = [(0, 0, 18, 421), (280, 0, 298, 421), (0, 0, 298, 12), (0, 410, 298, 421)]
            assert [255] * 4 == [page.crop(margin).getextrema()[0] for margin in margins]


def png(width: int, height: int) -> str:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x60" * width) * height)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + parts).decode("ascii")


def test_pictures_of_other_libraries_are_shown() -> None:
    """A PNG and an SVG that a cell drew are figures with an alternative text."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'
    reader = pdf_reader(Picture("image/png", png(30, 20), "板"), Picture("image/svg+xml", svg, "円"))
    root: Any = reader.trailer["/Root"]
    figures = [element for element in elements(root["/StructTreeRoot"]) if element["/S"] == "/Figure"]

    assert ["板", "円"] == [str(figure["/Alt"]) for figure in figures]
    assert 1 == len(reader.pages[0].images)


@pytest.mark.parametrize(
    ("pieces", "found"),
    [
        ((Title("丘珠空港\U0001f600の利用"),), r"“\U0001f600” \(U\+1F600\)"),
        ((Title("題\x01"),), r"could not be displayed with font"),
        ((Picture("image/png", "aaaa", "図"),), "a picture in PNG was expected, found other bytes"),
        ((Picture("image/svg+xml", "<svg", "図"),), "found failed to parse SVG"),
    ],
)
def test_what_cannot_be_printed_is_refused(pieces: tuple[Piece, ...], found: str) -> None:
    """A report with a box in place of a letter, or without its picture, is not made."""
    with pytest.raises(RenderError, match=found):
        pdf_of(Content(pieces))


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (paragraph("本文"),),
        (Heading(3, "節"), paragraph("本文"), Heading(2, "章"), Heading(4, "項")),
        (Title("題"), Heading(4, "項"), Title("別の題"), Heading(3, "節")),
        (table("表", COLUMNS, [], "文書"), table("表", COLUMNS, [("群", [])], "文書")),
        (table("表", [Column("名", 0)], [("群", [["行"]] * 30)], ""),),
        (Preformatted("\x1b[31m赤\x1b[0m\tx\r\n\x00", is_error=True),),
    ],
)
def test_a_notebook_of_any_order_comes_out(pieces: tuple[Piece, ...]) -> None:
    """Without a title, with levels of headings left out, with tables without rows."""
    assert pypdf.PdfReader(io.BytesIO(pdf_of(Content(pieces)))).pages


def test_numbers_lack_no_room_but_have_no_digits_of_their_own_added() -> None:
    """What stands for missing decimals takes room and is no text."""
    rows = [["行", Cell(number=72.41, decimals=2)], ["行", Cell(number=100.0)]]
    text = pages_of(table("表", [Column("名", 50), Column("値", 50, "number")], [("", rows)], "文書"))[0]

    assert "行 72.41\n行 100\n" in text


def test_a_document_that_does_not_settle_is_made_without_fitting_charts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Charts then keep their size; any other warning of the compiler stops the report."""
    asked = []

    def compiled(data: dict[str, Any]) -> tuple[bytes, list[str]]:
        asked.append(data["fits"])
        return b"%PDF", ["document did not converge within five attempts"] if data["fits"] else []

    monkeypatch.setattr(page_pdf, "_compiled", compiled)
    monkeypatch.setattr(page_pdf, "with_heads", lambda pdf, shapes: pdf)
    assert b"%PDF" == pdf_of(Content((Title("題"),)))
    assert [True, False] == asked

    monkeypatch.setattr(page_pdf, "_compiled", lambda data: (b"%PDF", ["unknown font family"]))
    with pytest.raises(RenderError, match="without faults was expected, found unknown font family"):
        pdf_of(Content((Title("題"),)))


def test_a_compiler_that_stops_fails_one_report_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would end the process becomes the error of the report."""

    class PanicException(BaseException):
        """As the compiler's own, which is no Exception either."""

    class Stopping:
        def compile_with_warnings(self, **_: object) -> None:
            raise PanicException("index out of range")

    monkeypatch.setattr(page_pdf, "_compiler", Stopping)
    with pytest.raises(RenderError, match="the compiler stopped: index out of range"):
        pdf_of(Content((Title("題"),)))


@pytest.mark.parametrize(
    ("shapes", "found"),
    [
        ([], "0 tables were expected in the tags of the PDF, found 1"),
        ([Shape("表", 2, ((True, 3),))], "found 7 rows where 6 were to be"),
        ([Shape("表", 3, ((True, 4),))], "found a row of /TH, /TH"),
        ([Shape("表", 2, ((False, 5),))], "found a row of /TH"),
    ],
)
def test_tags_of_another_shape_are_refused(shapes: list[Shape], found: str) -> None:
    """A file in which heads would be put on the wrong cells is not made."""
    report = Content((table("表", COLUMNS, [("群", [["行", "値"]] * 4)], "文書"),))
    untouched, faults = page_pdf._compiled(data_of(report))
    assert [] == faults

    assert with_heads(untouched, [Shape("表", 2, ((True, 4),))])
    with pytest.raises(RenderError, match=found):
        with_heads(untouched, shapes)


def test_a_notebook_is_exported() -> None:
    """The exporter of nbconvert makes the PDF of a notebook's Markdown and pieces, without its code."""
    shown = displayed(bundle_of(table("表題", COLUMNS, [("", [["行", "値"]])], "文書")))
    of = notebook(markdown_cell("# 題\n\n本文"), code_cell("秘密()", shown))
    made, resources = RenkeiPDFExporter().from_notebook_node(nbformat.from_dict(of))
    text = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()

    assert ".pdf" == resources["output_extension"]
    assert ["題", "本文", "表題", "名 値", "行 値", "出典：文書"] == text.split("\n")[:6]
    assert "秘密" not in text
