"""What reports are made with: numbers in their row's unit, charts of any number of panels, text as text."""

import pytest
from renkei.outcomes import outcomes_of
from renkei.page.index import Entry, File, Section, index_page
from renkei.quantity import parse_quantity
from renkei.report import ratings
from renkei.report.kit.cells import barred, note_lines, strong, table
from renkei.report.kit.figures import canvas, figure_piece, numbers
from renkei.report.kit.markup import html_of
from renkei.report.kit.pieces import Cell, Column, Tag, Title, points_of
from renkei.report.kit.pieces_text import paragraph
from renkei.report.kit.scales import in_one_unit, scale_of


@pytest.mark.parametrize(
    ("text", "scale", "unit", "beyond"),
    [
        ("37,076千名(2022年度)", ("千", 1_000), "名", ()),
        ("1万5千人", ("万", 10_000), "人", ()),
        ("27兆9千億円 (2015年)", ("兆", 10**12), "円", ()),
        ("9千億円", ("千億", 10**11), "円", ()),
        ("325百万円", ("百万", 10**6), "円", ()),
        ("2千3百人以上", ("千", 1_000), "人", ("以上",)),
        ("約3千人程度", ("千", 1_000), "人", ("約", "程度")),
        ("年1回以上(毎年度)", ("", 1), "回", ("以上", "年当たり")),
        ("▲650人/日", ("", 1), "人/日", ()),
        ("常時(2022年度)", ("", 1), "", ("常時",)),
    ],
)
def test_a_quantity_knows_how_it_was_written(
    text: str, scale: tuple[str, int], unit: str, beyond: tuple[str, ...]
) -> None:
    """The power of ten of its largest figure, its unit's word, and what is said beyond both."""
    quantity = parse_quantity(text)

    assert scale == (quantity.written_scale, quantity.scale)
    assert (unit, beyond) == (quantity.written_unit, quantity.beyond)


def said(cells: list[str | Cell]) -> list[str]:
    """Each cell's lines, one after another."""
    return [cell if isinstance(cell, str) else "|".join(cell.lines) for cell in cells]


@pytest.mark.parametrize(
    ("texts", "cells"),
    [
        (("1万5千人",), ["万人", "1.5"]),
        (("1万5千人", "8千人"), ["千人", "15", "8"]),
        (("2千3百人",), ["千人", "2.3"]),
        (("9千億円",), ["千億円", "9"]),
        (("235校/年度", "132校"), ["校", "235|年度当たり", "132"]),
        (("各1回以上 (毎年度)",), ["回", "1|以上、それぞれ、毎年度"]),
        (("年1回以上の会議の開催(毎年度)",), ["回", "1|以上、年当たり、会議の開催、毎年度"]),
        (("29兆2,720億325百万円",), ["兆円", "29.272325"]),
        (("約3千人程度",), ["千人", "3|約、程度"]),
        (("年２回（２０２２年度）",), ["回", "2|年当たり、2022年度"]),
    ],
)
def test_a_cell_is_in_the_unit_in_which_it_is_written(texts: tuple[str, ...], cells: list[str]) -> None:
    """Its unit stands once and its number once; what is said beside them stands below, as it reads alone."""
    assert cells == said(in_one_unit(*texts))


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("50万人(2027年度)", 428_000, "43万人"),
        ("29.8万人(2023年度)", 428_000, "42.8万人"),
        ("35,000千人", 32_637_000, "32,637千人"),
        ("1万5千人", 12_000, "1.2万人"),
        ("25万名", 128_000, "13万名"),
        ("30兆7千億円", 29.8e12, "29.8兆円"),
        ("640人", 1_234.4, "1,234人"),
        ("115組", 57.5, "58組"),
        ("64,000千円", 70_046_000, "70,046千円"),
    ],
)
def test_a_value_beside_a_published_one_is_in_its_scale(text: str, value: float, words: str) -> None:
    """万 beside 万, 千 beside 千, with as many decimals, in the document's own word for the unit."""
    assert words == scale_of(text).words(value)


def test_a_list_without_its_first_pillar_names_the_right_one() -> None:
    """Of pillars 2 and 3, pillar 2 has the lower rate; it is the first row of the chart all the same."""
    outcomes = outcomes_of(2021)
    judged = outcomes[outcomes["pillar"] > 1]
    judged = judged.assign(rating=judged["pillar"].map({2: "×", 3: "◎"}))

    assert "達成割合が最も低いのは役割2の0" in repr(ratings.ratings_chart(judged))


def test_text_never_becomes_markup() -> None:
    """Names with signs of HTML stand in tables, charts, points and the index as they are written."""
    sign = '<b onclick="x()">&'
    row = [Cell(sign, above=sign, below=(sign,), tag=Tag("x", sign)), note_lines(sign * 10), strong(sign)]
    columns = [Column(sign, 60), Column(sign, 20), Column(sign, 20)]
    with canvas(2, 1) as figure:
        of_chart = numbers((sign, sign), [[sign, sign]])
        chart = figure_piece(figure, kind=sign, title=sign, measure=sign, numbers=of_chart, source=sign)
    pieces = [
        chart,
        table(sign, columns, [(sign, [row])], sign, sign),
        points_of([(sign, sign)]),
        Title(sign, sign),
        paragraph(sign),
    ]
    parts = [
        *map(html_of, pieces),
        index_page(sign, [Section(sign, [Entry(sign, sign, [File(sign, sign, sign)])])]),
    ]

    assert [] == [part for part in parts if "<b" in part.replace("<br>", "").replace("<body>", "")]
    assert [] == [part for part in parts if "&lt;b onclick=&#34;x()&#34;&gt;&amp;" not in part]


def test_parts_of_one_cell_stand_below_each_other() -> None:
    """A small line above, the value, a small line below, a sign; what is below a sign alone is below it."""
    assert ("No. 1 事業", "12", "2022年度", "◎ 達成済み") == Cell(
        number=12.0, above="No. 1 事業", below=("2022年度",), tag=Tag("rating-met", "◎ 達成済み")
    ).lines
    assert ("● 満たす水準", "目標は据置き") == Cell(
        tag=Tag("status-met", "● 満たす水準"), below=("目標は据置き",)
    ).lines


def test_a_bar_is_as_long_as_its_share_and_no_longer_than_the_cell() -> None:
    """Half of the full length, the whole cell at the most, none where there is no number."""
    assert [0.5, 1.0, 0.0, None] == [
        barred(of, full=100).bar
        for of in (Cell(number=50.0), Cell(number=250.0), Cell(number=-3.0), Cell("－"))
    ]


def test_a_row_has_a_cell_for_each_column() -> None:
    """A table with a cell too few is refused where it is made."""
    with pytest.raises(ValueError, match="2 cells were expected, found 1"):
        table("表", [Column("甲", 50), Column("乙", 50)], [("", [["値"]])], "文書")
