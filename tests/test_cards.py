"""Cards say value, target, verdict and way of an indicator in every format."""

from __future__ import annotations

import io
from dataclasses import replace

import bs4
import openpyxl
import pypdf
import pytest
from renkei.page.content import Content
from renkei.page.html import html_page
from renkei.page.pdf import pdf_of
from renkei.page.xlsx import workbook_of
from renkei.report.kit.markup import html_of
from renkei.report.kit.pieces import Cell, Tag, Title, points_of
from renkei.report.kit.pieces_cards import Card, Cards, WayPoint
from renkei.report.kit.ways import HEIGHT, WIDTH, way_svg


def people(number: float, mark: str = "") -> Cell:
    """So many persons."""
    return Cell(number=number, unit="人", mark=mark)  # type: ignore[arg-type]


CARD = Card(
    "若年層の社会増減(年間)",
    people(1_234.0),
    "2022年度の値",
    people(1_500.0, "computed"),
    "2025年度(試算)",
    Tag("status-not_met", "▼ 下回る"),
    (
        WayPoint(2017, people(1_000.0), "outcome"),
        WayPoint(2022, people(1_234.0), "newest"),
        WayPoint(2025, people(1_500.0, "computed"), "computed"),
        WayPoint(2028, people(2_000.0), "target"),
    ),
)
WAY = (
    "2017年(度)の実績1,000人、2022年(度)の最新値1,234人、2025年(度)の本システムによる試算の目標1,500人、"
    "2028年(度)の目標2,000人"
)
CARDS = Cards("基本KPIの今", (CARD, replace(CARD, title="状態の指標", value=Cell("常時"), way=())), "文書")


def test_a_card_without_a_line_has_no_text_for_one() -> None:
    """One point is no way; nor is a point whose value is no number."""
    point = CARD.way[0]

    assert ["", "", ""] == [
        replace(CARD, way=way).alt for way in ((), (point,), (point, replace(point, value=Cell("常時"))))
    ]
    assert "" == way_svg(replace(CARD, way=(point,)))


def test_the_text_for_the_line_says_each_point() -> None:
    """Its year, what it is, and its value with unit; computed ones say whose they are."""
    assert f"若年層の社会増減(年間)の推移。{WAY}。" == CARD.alt


def test_the_line_is_drawn_from_the_numbers() -> None:
    """Years across, values upward, the extremes at the margins; a hollow square is the city's target."""
    drawing = bs4.BeautifulSoup(way_svg(CARD), "xml")
    line = drawing.polyline
    assert line is not None
    points = [tuple(map(float, pair.split(","))) for pair in str(line["points"]).split()]

    margin = 8
    years = (WIDTH - 2 * margin) / 11
    values = (HEIGHT - 2 * margin) / 1_000
    assert [
        pytest.approx((margin + years * (year - 2017), HEIGHT - margin - values * (value - 1_000)), abs=0.06)
        for year, value in ((2017, 1_000), (2022, 1_234), (2025, 1_500), (2028, 2_000))
    ] == points
    assert ["circle", "circle", "circle", "rect"] == [
        mark.name for mark in drawing.find_all(["circle", "rect"])
    ]
    assert ["#767676", "#0017c1", "#ffffff", "#ffffff"] == [
        mark["fill"] for mark in drawing.find_all(["circle", "rect"])
    ]


@pytest.mark.parametrize("values", [(5.0, 5.0), (0.0, 0.0), (-1.7e308, 1.7e308), (5e-324, 0.0)])
def test_any_two_values_make_a_line_inside_its_picture(values: tuple[float, float]) -> None:
    """Equal ones, none, the largest and smallest that there are."""
    way = tuple(WayPoint(2020 + year, people(value), "outcome") for year, value in enumerate(values))
    drawing = bs4.BeautifulSoup(way_svg(replace(CARD, way=way)), "xml")

    assert [True, True] == [0 < float(str(mark["cy"])) < HEIGHT for mark in drawing.find_all("circle")]


def test_a_page_shows_each_card() -> None:
    """Name, value with its note, target with its note, verdict, line with its text, first and last year."""
    page = bs4.BeautifulSoup(html_of(CARDS), "lxml")
    first, second = page.find_all("li")

    assert [
        "若年層の社会増減(年間)",
        "1,234人 2022年度の値",
        "目標 1,500人 2025年度(試算)",
        "▼ 下回る",
        "",
        "20172028",
    ] == [part.get_text() for part in first.find_all("p")]
    assert [CARD.alt] == [picture["alt"] for picture in first.find_all("img")]
    assert ["1,500人"] == [part.get_text() for part in first.find_all(class_="computed")]
    assert [] == second.find_all("img")
    assert ["出典：文書"] == [part.get_text() for part in page.find_all(class_="source")]


def test_a_pdf_shows_each_card() -> None:
    """The same texts, and the line's text for those who hear the page."""
    pdf = pdf_of(Content((Title("題"), CARDS)))
    text = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)

    assert (
        "基本KPIの今若年層の社会増減(年間)1,234人2022年度の値目標1,500人2025年度(試算)▼下回る20172028"
        "状態の指標常時2022年度の値目標1,500人2025年度(試算)▼下回る出典：文書"
    ) in text


@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 6, 9])
def test_any_number_of_cards_makes_a_pdf(count: int) -> None:
    """None to more than two rows of them, on one page."""
    pdf = pdf_of(Content((Title("題"), replace(CARDS, cards=(CARD,) * count))))
    reader = pypdf.PdfReader(io.BytesIO(pdf))

    assert 1 == len(reader.pages)
    assert count == reader.pages[0].extract_text().count("下回る")


def test_a_workbook_shows_the_cards_as_a_small_table() -> None:
    """On the first sheet, above the main points, with real numbers."""
    book = openpyxl.load_workbook(
        io.BytesIO(workbook_of(Content((Title("題"), CARDS, points_of([("要点", "詳しく")])))))
    )
    rows = [[value for value in row if value is not None] for row in book.worksheets[0].values]

    assert [
        ["題"],
        [],
        ["基本KPIの今"],
        ["指標", "値", "値の説明", "目標", "目標の注記", "目標の説明", "判定", "推移"],
        ["若年層の社会増減(年間)", 1234, "2022年度の値", 1500, "試算", "2025年度(試算)", "▼ 下回る", WAY],
        ["状態の指標", "常時", "2022年度の値", 1500, "試算", "2025年度(試算)", "▼ 下回る"],
        [],
        ["出典：文書"],
        [],
        ["主な点"],
        ["要点"],
        ["詳しく"],
    ] == rows[:12]


def test_the_summary_has_a_line_for_each_card() -> None:
    """Name, value, target and verdict, for programs that show text alone."""
    assert (
        "基本KPIの今\n"
        "若年層の社会増減(年間) 1,234人(2022年度の値)、目標 1,500人(2025年度(試算)) ▼ 下回る\n"
        "状態の指標 常時(2022年度の値)、目標 1,500人(2025年度(試算)) ▼ 下回る"
    ) == CARDS.summary


def test_a_page_with_cards_may_be_sent() -> None:
    """It has a policy, a size and letters as any other."""
    assert "若年層の社会増減" in html_page(Content((Title("題"), CARDS)))
