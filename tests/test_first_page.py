"""What a reader sees first, and what stands last: issuer, cards and a chart; what made the report."""

from __future__ import annotations

import io
from dataclasses import replace

import bs4
import pypdf
import pytest
from in_process import content
from renkei.area import Area, Issuer
from renkei.page.content import Content, content_of
from renkei.page.html import html_page
from renkei.page.pdf import pdf_of
from renkei.report import provenance
from renkei.report.kit.bundle import bundle_of
from renkei.report.kit.cells import table
from renkei.report.kit.figures import canvas, figure_piece, numbers
from renkei.report.kit.pieces import Cell, Column, Figure, Piece, Provenance, Table, Title, points_of
from renkei.report.kit.pieces_cards import Card, Cards
from renkei.report.kit.pieces_text import Heading, paragraph

#: Where a page's foot and head stand, in points from below, and the middle of a page.
FOOT, HEAD, MIDDLE = 51, 790, 421


def of_notebook(*pieces: Piece) -> Content:
    """The report of a notebook whose cells show these."""
    cells = [
        {"cell_type": "code", "outputs": [{"output_type": "execute_result", "data": bundle_of(piece)}]}
        for piece in pieces
    ]
    return content_of({"cells": cells})


def chart(title: str) -> Figure:
    """A chart with a title."""
    with canvas(2, 1) as figure:
        of_chart = numbers(("名",), [["値"]])
        return figure_piece(figure, kind="図", title=title, measure="", numbers=of_chart, source="")


CARDS = Cards("札", (Card("甲", Cell(number=1.0), "", Cell(number=2.0), ""),))
POINTS = points_of([("要点", "")])
CHAPTERS = (Heading(2, "一"), paragraph("文。"), chart("後"), Heading(2, "二"))


def test_cards_and_a_chart_come_before_the_main_points() -> None:
    """In whatever order the notebook shows them before its first chapter; what is in chapters stays there."""
    report = of_notebook(Title("題"), POINTS, chart("先"), CARDS, *CHAPTERS)

    assert ["Title", "Cards", "Figure", "MainPoints", "Heading", "Paragraph", "Figure", "Heading"] == [
        type(piece).__name__ for piece in report.pieces
    ]
    assert ["先", "後"] == [figure.title for figure in report.figures]


def test_a_report_without_cards_stays_in_its_order() -> None:
    """As the notebook shows it."""
    report = of_notebook(Title("題"), POINTS, chart("先"), *CHAPTERS)

    assert ["Title", "MainPoints", "Figure"] == [type(piece).__name__ for piece in report.pieces[:3]]


def test_the_contents_stand_below_the_main_points() -> None:
    """On the page; a reader meets title, cards, chart and points first."""
    page = bs4.BeautifulSoup(
        html_page(of_notebook(Title("題"), POINTS, chart("先"), CARDS, *CHAPTERS)), "lxml"
    )
    assert page.main is not None
    names = [
        " ".join([child.name, *child.get_attribute_list("class")])
        for child in page.main.find_all(recursive=False)
    ]

    assert ["h1", "section cards", "figure", "ul points", "nav toc", "h2"] == names[:6]


@pytest.mark.parametrize(
    ("issuer", "said"),
    [
        (None, []),
        (Issuer("企画課", "電話 1"), [("発行", "企画課"), ("問合せ先", "電話 1")]),
        (Issuer("企画課", "電話 1", is_example=True),
         [("発行", "企画課(記載例)"), ("問合せ先", "電話 1(記載例)")]),
    ],
)  # fmt: skip
def test_the_imprint_says_who_issues_and_when_data_are_of(
    monkeypatch: pytest.MonkeyPatch, issuer: Issuer | None, said: list[tuple[str, str]]
) -> None:
    """Each marked as an example until the user has set them; the periods of the documents, no clock."""
    area = replace(Area.current(), issuer=issuer)
    monkeypatch.setattr(Area, "current", classmethod(lambda _: area))
    sources = provenance.sources_compared()

    dates = "、".join(
        f"{source.period}【{ {'provisional': '暫定版', 'final': '確定版'}[source.status] }】"
        for source in sources
    )
    assert (*said, ("データの時点", dates)) == provenance.imprint(sources)


@pytest.mark.parametrize("family", ["outcomes", "targets", "trajectory", "municipality", "status"])
def test_every_report_says_its_issuer_on_its_first_page(family: str) -> None:
    """Page and PDF; the area's own words."""
    report = content(family)
    issuer = Area.current().issuer
    assert issuer is not None

    html = bs4.BeautifulSoup(html_page(report), "lxml").select("dl.imprint > div")
    first = pypdf.PdfReader(io.BytesIO(pdf_of(report))).pages[0].extract_text()

    wanted = [f"{head}：{text}" for head, text in report.imprint]
    assert ["発行", "問合せ先", "データの時点"] == [head for head, _ in report.imprint]
    assert issuer.name in wanted[0] and issuer.contact in wanted[1]
    assert wanted == [part.get_text() for part in html]
    assert all("".join(text.split()) in "".join(first.split()) for text in wanted)


def test_what_made_the_report_stands_last_and_folded() -> None:
    """Parameters and versions below the documents: folded on a page, small print in a PDF."""
    made = provenance.provenance(provenance.sources_compared(), fiscal_year=2025)
    report = Content((Title("題"), made))
    page = bs4.BeautifulSoup(html_page(report), "lxml")
    text = pypdf.PdfReader(io.BytesIO(pdf_of(report))).pages[0].extract_text()

    assert isinstance(made, Provenance)
    assert ["使用した文書"] == [of.caption for of in made.tables]
    assert page.main is not None
    last = page.main.find_all(recursive=False)[-1]
    assert ("details", "作成条件") == (last.name, str(getattr(last.summary, "string", "")))
    assert not last.has_attr("open")
    assert "fiscal_year = 2025" in last.get_text()
    assert text.index("data/sources/sources.toml") < text.index("作成条件") < text.index("fiscal_year = 2025")


def places(pdf: bytes) -> list[list[tuple[float, float]]]:
    """For each page how high each piece of its text stands and how large it is, foot and head aside."""
    found: list[list[tuple[float, float]]] = []
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        of_page: list[tuple[float, float]] = []

        def visit(text: str, ctm: list[float], tm: list[float], _: object, size: float) -> None:
            y = tm[4] * ctm[1] + tm[5] * ctm[3] + ctm[5]
            if text.strip() and FOOT < y < HEAD:
                of_page.append((y, abs(size * tm[3] * ctm[3])))  # noqa: B023

        page.extract_text(visitor_text=visit)
        found.append(of_page)
    return found


def test_text_of_tables_has_nine_points() -> None:
    """Whatever the column is, in long tables too, notes in cells as well."""
    rows = [[f"指標{number}", Cell(number=number, below=("2022年度",)), "説明"] for number in range(60)]
    columns = [Column("指標", 40), Column("2024年度実績", 8, "number"), Column("説明", 52, "small")]
    report = Content((Title("題"), table("表", columns, [("群", rows)], "")))

    sizes = {round(size, 1) for page in places(pdf_of(report)) for _, size in page}
    assert 9.0 in sizes
    assert min(sizes) >= 9.0


REPORTS = [
    ("outcomes", "fiscal_year = 2021"),
    ("targets", "fiscal_year = 2025"),
    ("targets", "fiscal_year = 2028"),
    ("trajectory", ""),
    ("municipality", "fiscal_year = 2025; municipality = '千歳市'"),
    ("municipality", "fiscal_year = 2026; municipality = '南幌町'"),
    ("status", "fiscal_year = 2024"),
]


@pytest.mark.parametrize(("family", "parameters"), REPORTS)
def test_no_page_is_half_empty(family: str, parameters: str) -> None:
    """Each page but the last is filled beyond its middle, and the last one has more than three lines."""
    *pages, last = places(pdf_of(content(family, parameters)))

    assert len(pages) > 5
    assert [] == [number for number, page in enumerate(pages, 1) if min(y for y, _ in page) > MIDDLE]
    assert len({round(y) for y, _ in last}) > 3


def test_columns_are_as_wide_as_their_longest_number() -> None:
    """A column of five years with a share too small for 2024年度 and 1,234,567 has both on one line."""
    columns = [Column("指標", 60), *(Column(f"{year}年度", 8, "number") for year in range(2024, 2029))]
    of_row: list[object] = ["ある指標", *[Cell(number=1_234_567.0)] * 5]
    report = Content((Title("題"), table("表", columns, [("", [of_row])], "")))
    text = pypdf.PdfReader(io.BytesIO(pdf_of(report))).pages[0].extract_text()

    assert isinstance(report.pieces[1], Table)
    assert 5 == text.count("1,234,567")
    assert [1] * 5 == [text.count(f"{year}年度") for year in range(2024, 2029)]
