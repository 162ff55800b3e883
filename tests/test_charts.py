"""Charts in both widths: every label whole, none over another, lengths that say the numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import bs4
import pytest
from chart_text import Label, chart_text, labels_of, size_of
from hypothesis import given, settings
from hypothesis import strategies as st
from in_process import content
from renkei.area import Area
from renkei.report.kit import charts
from renkei.report.kit.bars import Part
from renkei.report.kit.drawn_svg import svg_of
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.markup import html_of
from renkei.report.kit.measure import ems
from renkei.report.kit.pieces import Figure
from renkei.report.kit.placing import Box, placed
from renkei.report.kit.sheets import NARROW, WIDE, Sheet
from renkei.report.kit.wrapping import wrapped

#: What a window of 360 pixels leaves for a chart, and the smallest letters that can be read there, in pixels.
ROOM, LEGIBLE = 328, 11
_AREA = Area.current()
REPORTS = [
    ("outcomes", f"fiscal_year = {_AREA.outcome_year}"),
    ("trajectory", ""),
    *(("targets", f"fiscal_year = {year.starts_in}") for year in _AREA.plan.fiscal_years),
    *(
        ("municipality", f"fiscal_year = {_AREA.plan.last_year}; municipality = '{name}'")
        for name in (_AREA.lead.name, *_AREA.partner_names[-2:])
    ),
]


def drawings(charts: Sequence[Figure]) -> list[str]:
    """Each chart, wide and narrow."""
    return [svg for chart in charts for svg in (chart.svg, chart.svg_narrow)]


def faults(svg: str) -> list[object]:
    """Labels that are cut off, and pairs that cover each other."""
    width, height = size_of(svg)
    labels = labels_of(svg)
    assert labels
    outside = [
        label.text
        for label in labels
        if not (-0.5 <= label.left and label.right <= width + 0.5 and -0.5 <= label.top)
        or label.bottom > height + 0.5
    ]
    over = [(one.text, other.text) for one, other in combinations(labels, 2) if one.is_over(other)]
    return [*outside, *over]


def run_together(svg: str) -> list[tuple[str, str]]:
    """Pairs of labels that read as one."""
    pairs = combinations(labels_of(svg), 2)
    return [(one.text, other.text) for one, other in pairs if _read_as_one(one, other)]


def _read_as_one(one: Label, other: Label) -> bool:
    """Whether two labels of a line stand less than half a letter apart: “2027” and “2028” were one number."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    between = max(one.left, other.left) - min(one.right, other.right)
    letter = min(one.size, other.size)
    return shared > letter / 2 and between < letter / 2


@pytest.mark.parametrize(("family", "parameters"), REPORTS)
def test_labels_are_whole_and_apart(family: str, parameters: str) -> None:
    """In every chart of every family, wide and narrow, no label leaves the drawing or touches another."""
    figures = content(family, parameters).figures

    assert figures
    assert [] == [fault for svg in drawings(figures) for fault in faults(svg) + run_together(svg)]


@pytest.mark.parametrize(("family", "parameters"), REPORTS[:3])
def test_letters_are_large_enough_on_a_phone(family: str, parameters: str) -> None:
    """At 360 pixels the narrow drawing is as wide as the text around it, and its letters have 11 pixels."""
    for figure in content(family, parameters).figures:
        width, _ = size_of(figure.svg_narrow)
        assert pytest.approx(NARROW * 72) == width
        assert LEGIBLE <= min(label.size for label in labels_of(figure.svg_narrow)) * ROOM / width


@pytest.mark.parametrize(("family", "parameters"), REPORTS[:3])
def test_both_drawings_say_the_same(family: str, parameters: str) -> None:
    """The narrow drawing has the numbers that the wide one has, if on other lines."""
    for figure in content(family, parameters).figures:
        wide, narrow = (
            sorted(
                number
                for label in labels_of(svg)
                if not re.fullmatch(r"\d{4}", label.text)
                for number in re.findall(r"[\d,.]+", label.text)
            )
            for svg in (figure.svg, figure.svg_narrow)
        )
        assert wide == narrow


def test_a_page_reads_a_chart_to_no_one_twice() -> None:
    """One picture with one text for those who do not see it; a media query chooses the drawing."""
    with sheets() as both:
        charts.share_dots(both, ["甲"], [50.0], ["50%"])
        of_chart = numbers(("名",), [["甲"]])
        piece = figure_piece(both, kind="図", title="題", measure="%", numbers=of_chart, source="")
    page = bs4.BeautifulSoup(html_of(piece), "lxml")

    assert [piece.alt] == [str(image["alt"]) for image in page.find_all("img")]
    assert ["(max-width: 40rem)"] == [str(source["media"]) for source in page.select("picture > source")]
    assert ["alt"] == [name for name in ("alt", "aria-label") if page.select(f"[{name}='{piece.alt}']")]


PARTS = {
    "a": Part("達成", "#0017c1", "#ffffff"),
    "b": Part("未達成", "#ffc700"),
    "c": Part("不明", "#cccccc"),
}


def stacked(names: Sequence[str], counts: Sequence[dict[str, int]], width: float = WIDE) -> str:
    """A chart of counts as SVG."""
    sheet = Sheet(width)
    with sheets():
        charts.stacked_counts([sheet], names, counts, PARTS)
        return svg_of(sheet.figure)


def lines(svg: str, colour: str) -> list[str]:
    """What a chart says of boxes and marks in a colour."""
    address = f"data:image/svg+xml,{svg.replace('#', '%23')}"
    return [line.strip() for line in chart_text(address) if f"-cornered {colour}" in line]


def test_bars_of_counts_are_as_long_as_their_counts() -> None:
    """26, 14 and 73 on one scale: a bar of 14 is no longer than its share of 73."""
    svg = stacked(["甲", "乙", "丙"], [{"a": 26}, {"a": 14}, {"a": 73}])

    ends = [float(line.split(" to ")[1].split()[0]) for line in lines(svg, "#0017c1")]
    assert [pytest.approx(100 * count / 73, abs=0.06) for count in (26, 14, 73)] == ends


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_sliver_has_its_label(width: float) -> None:
    """1 of 82 stands below the bar with its word, behind a square of its colour; the total behind the bar."""
    svg = stacked(["甲"], [{"a": 80, "b": 1, "c": 1}], width)

    assert {"達成", "80", "未達成 1", "不明 1", "82件"} <= {label.text for label in labels_of(svg)}
    assert 2 == len(lines(svg, "#ffc700"))
    assert [] == faults(svg)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.fixed_dictionaries({kind: st.integers(0, 300) for kind in PARTS}), min_size=1, max_size=4),
    st.sampled_from([WIDE, NARROW]),
)
def test_any_counts_have_labels_whole_and_apart(counts: list[dict[str, int]], width: float) -> None:
    """None, one, many, all of a kind."""
    names = [f"役割{number}　圏域全体の生活関連機能サービスの向上" for number in range(len(counts))]

    assert [] == faults(stacked(names, counts, width))


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(2015, 2028), st.integers(-(10**6), 10**7)),
        max_size=4,
        unique_by=lambda point: point[0],
    ),
    st.sampled_from([WIDE, NARROW]),
)
def test_any_way_has_labels_whole_and_apart(points: list[tuple[int, int]], width: float) -> None:
    """Rising, falling, flat, years next to each other; years that would touch are left out."""
    sheet = Sheet(width)
    marks = [charts.Mark(year, value, f"目標 {value:,}人", is_hollow=year > 2022) for year, value in points]
    with sheets():
        charts.kpi_panels([sheet], ["ある指標の数"], [marks])
        svg = svg_of(sheet.figure)

    assert [] == faults(svg) + [pair for pair in run_together(svg) if "".join(pair).isdigit()]
    assert {mark.label for mark in marks} <= {label.text for label in labels_of(svg)}


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        ((2022, 2027, 2028), ["2022", "2027", "2028"]),
        ((2015, 2016, 2027, 2028), ["2015", "2028"]),
        ((2020, 2020), ["2020"]),
    ],
)
def test_years_that_would_touch_are_left_out(years: tuple[int, ...], shown: list[str]) -> None:
    """The first and the last stay, whichever years they are."""
    with sheets() as (_, narrow):
        charts.kpi_panels([narrow], ["甲"], [[charts.Mark(year, year, "値") for year in years]])
        texts = [label.text for label in labels_of(svg_of(narrow.figure))]

    assert shown == [text for text in texts if text.isdigit()]


@pytest.mark.parametrize(("count", "rows"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (9, 5)])
def test_there_may_be_any_number_of_kpis(count: int, rows: int) -> None:
    """Two panels in a row, one on a phone, each with its title; the drawing is as high as its rows."""
    names = [f"指標{number}" for number in range(count)]
    marks = [[charts.Mark(2020, 5.0, "基準 5"), charts.Mark(2023, 8.0, "目標 8", is_hollow=True)]] * count

    with sheets() as both:
        charts.kpi_panels(both, names, marks)
        drawn = [svg_of(sheet.figure) for sheet in both]
    with sheets() as one:
        charts.two_plans_panels(one[:1], names[:1], [(of_one, of_one[:1]) for of_one in marks[:1]])
        height = size_of(svg_of(one[0].figure))[1]

    assert [names, names] == [
        [label.text for label in labels_of(svg) if label.text.startswith("指標")] for svg in drawn
    ]
    assert [pytest.approx(max(0.165 * 72, height * of)) for of in (rows, count)] == [
        size_of(svg)[1] for svg in drawn
    ]


def test_a_kpi_without_any_value_has_an_empty_panel() -> None:
    """Neither points nor years; the others are drawn."""
    with sheets() as (wide, _):
        charts.kpi_panels([wide], ["無", "有"], [[], [charts.Mark(2020, 5.0, "基準 5")]])
        texts = [label.text for label in labels_of(svg_of(wide.figure))]

    assert ["無", "有", "基準 5", "2020"] == texts


@pytest.mark.parametrize(
    ("draw", "value", "place"),
    [
        (charts.share_dots, 25.0, 25.0),
        (charts.dumbbells, 150.0, 75.0),
        (charts.dumbbells, 900.0, 100.0),
        (charts.dumbbells, -3.0, 0.0),
        (charts.paces, 1.5, 50.0),
        (charts.paces, 40.0, 100.0),
        (charts.paces, -40.0, 0.0),
    ],
)
def test_a_dot_stands_at_its_value(draw: object, value: float, place: float) -> None:
    """In percent of the scale below the rows; what lies outside stands at its end."""
    assert callable(draw)
    with sheets() as (wide, _):
        draw([wide], ["甲"], [value], ["値"])
        text = list(chart_text(f"data:image/svg+xml,{svg_of(wide.figure).replace('#', '%23')}"))

    marks = [line for line in text if "mark" in line and "#333333" in line]
    assert [place] == [float(line.split(": ")[1].split()[0]) for line in marks]


def test_amounts_are_from_zero_on_one_scale() -> None:
    """Half of the amount is half as long; the longest bar leaves room for its label."""
    with sheets() as (wide, _):
        charts.cost_bars([wide], ["甲"], ["年1", "年2"], [[50.0, 100.0]], [["五十", "百"]], "年2")
        svg = svg_of(wide.figure)

    found = [lines(svg, colour)[0].split(": ")[1] for colour in ("#949494", "#0017c1")]
    places = [re.findall(r"[\d.]+", place) for place in found]
    assert [("0.0", "50.0"), ("0.0", "100.0")] == [(left, right) for left, _, right, _ in places]
    assert [] == faults(svg)


def test_placed_labels_stand_beside_marks_and_lines() -> None:
    """Points in a row from left to right: labels neither on each other nor on marks."""
    points = [(0.2 * number, 0.5) for number in range(5)]
    boxes = placed(points, [(0.3, 0.15)] * 5, [points], Box(-0.5, -0.2, 2, 1.4))

    assert 0 == sum(one.shared_with(other) for one, other in combinations(boxes, 2))
    marks = [Box(x - 0.05, y - 0.05, 0.1, 0.1) for x, y in points]
    assert 0 == sum(box.shared_with(mark) for box in boxes for mark in marks)


@pytest.mark.parametrize("width", [4, 7.5, 20])
def test_wrapped_lines_are_no_wider_than_asked(width: float) -> None:
    """Not even where a word is longer than a line; what does not fit ends in an ellipsis."""
    text = "札幌市ICT活用プラットフォーム(DATA-SMART CITY SAPPORO)で公開しているデータセット数"
    rows = wrapped(text, width, lines=3).split("\n")

    assert max(map(ems, rows)) <= width
    assert len(rows) <= 3
    assert ("…" in rows[-1]) == (width < 20)


def test_the_same_chart_is_the_same_text() -> None:
    """Whatever was drawn before it."""
    first = stacked(["甲"], [{"a": 1}])
    stacked(["乙"], [{"b": 7}])

    assert first == stacked(["甲"], [{"a": 1}])
