"""An analyst's own data as tables and charts: heads, words, units, marks and sources found by themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from renkei.comparison import compare, compare_in_detail
from renkei.errors import ParameterError
from renkei.load import load_table
from renkei.outcomes import outcomes_of
from renkei.report import bar_chart, line_chart, share_chart, table
from renkei.report.kit.frames import cells_of, field_of, table_of
from renkei.report.kit.pieces import Figure, Piece, Table
from renkei.report.kit.pieces_text import Paragraph
from test_charts import faults

VISION = "札幌市「第2期さっぽろ連携中枢都市圏ビジョン Ⅵ 連携協約に基づき推進する具体的取組」"
LIST = "札幌市「さっぽろ連携中枢都市圏 2021年度 連携事業実施状況等一覧【暫定版】」"


def words(values: Any, name: str = "own") -> list[str]:
    """What the cells of a column say."""
    return [cell.words for cell in cells_of(pd.Series(values, name=name), field_of(name))]


def shown(piece: Piece) -> Table:
    assert isinstance(piece, Table)
    return piece


def drawn(piece: Piece) -> Figure:
    assert isinstance(piece, Figure)
    return piece


def heads(piece: Piece) -> list[str]:
    return [column.head for column in shown(piece).columns]


def rows(piece: Piece) -> list[list[str]]:
    return [[cell.words for cell in row] for row in shown(piece).groups[0].rows]


# How values are written


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([27_900_000_000_000.0, None], ["27,900,000,000,000", "－"]),
        ([1.25, 2.5], ["1.25", "2.50"]),
        ([1234.567, 10 / 3], ["1,234.6", "3.3"]),
        ([1 / 3, 2 / 3], ["0.33", "0.67"]),
        ([0.0123456, 0.001], ["0.012", "0.001"]),
        ([-2.0, 10_000], ["▲2", "10,000"]),
        ([float("inf"), -float("inf"), 1.0], ["∞", "▲∞", "1"]),
        ([2021, 2022], ["2021", "2022"]),
        ([2021, 12], ["2,021", "12"]),
        ([True, False], ["はい", "いいえ"]),
        ([Decimal("72.41"), None], ["72.41", "－"]),
        ([pd.Timestamp("2026-11-24"), pd.NaT], ["2026-11-24", "－"]),
        (["met", None], ["met", "－"]),
        ([(1, 2), [(2022, "285人")], ()], ["1、2", "2022 285人", "－"]),
    ],
)
def test_values_are_written_as_a_reader_writes_them(values: list[object], said: list[str]) -> None:
    """Whole where they are whole, with enough decimals to tell them apart; years and dates as such."""
    assert said == words(values)


def test_the_schema_says_what_a_column_is() -> None:
    """Codes in words, numbers of unlike units each with its own decimals, lines without a comma."""
    assert ["満たす", "届いていない"] == words(["met", "not_met"], "newest_status")
    assert ["27,900,000,000,000", "53.7"] == words([27.9e12, 53.72], "target_value")
    assert ["99.9", "100.0"] == words([99.96, 100.04], "newest_share")
    assert ["1234"] == words([1234], "source_line")
    assert ["－", "10人"] == words(["-", "10人"], "target_text")
    assert ["-"] == words(["-"], "rating")


def test_a_frame_is_shown_with_ten_columns_and_the_others_are_named() -> None:
    """And with the first rows of many; a reader may ask pandas for all."""
    frame = pd.DataFrame({f"列{number}": range(100) for number in range(12)})
    with pd.option_context("display.max_rows", 60, "display.max_columns", 20):
        few = table_of(frame)
    with pd.option_context("display.max_rows", None, "display.max_columns", None):
        everything = table_of(frame)

    assert (11, 20) == (len(few.columns), few.row_count)
    assert "全100行のうち先頭の20行を示す。ほか2列(列10、列11)は省いた。" == few.note
    assert (13, 100, "") == (len(everything.columns), everything.row_count, everything.note)


def test_levels_of_columns_and_of_an_index_have_heads() -> None:
    """Joined where they are levels of a column; an index without a name is called so."""
    columns = pd.MultiIndex.from_tuples([("target_value", "mean"), ("own", "")])
    frame = pd.DataFrame(
        [[1, 2]], columns=columns, index=pd.MultiIndex.from_tuples([("met", 3)], names=["status", None])
    )

    assert ["判定", "索引", "目標値 mean", "own"] == heads(table_of(frame))
    assert [["満たす", "3", "1", "2"]] == rows(table_of(frame))
    assert "行はない。" == table_of(frame[:0]).note


# Tables


def test_a_table_finds_heads_units_marks_and_sources() -> None:
    """Each row in the unit in which it is published; what is computed says so, in the cell and below."""
    found = compare_in_detail(2025).iloc[:3]
    piece = shown(table(found, "題", columns=["name", "target_value", "newest_value", "newest_status"]))

    assert ["名称", "単位", "目標値", "最新値", "最新値による判定"] == heads(piece)
    assert [["兆円", "30.1", "28.9"], ["千人", "32,637", "30,273"], ["人/日", "171,500", "151,149"]] == [
        row[1:4] for row in rows(piece)
    ]
    target = piece.groups[0].rows[0][2]
    assert ("computed", ("試算",)) == (target.mark, target.below)
    assert "「試算」は本システムによる試算であり、ビジョンの示した値ではない。" == piece.note
    assert VISION == piece.source


def test_a_table_looks_up_the_unit_of_an_indicator() -> None:
    """Where the rows have no unit themselves; one unit for all rows stands in the caption."""
    frame = compare(2025)[["indicator_id", "target_value"]]
    mixed = table(frame.iloc[:2], "題")
    alike = table(frame[frame["indicator_id"].isin(["2024-K1"])], "題")

    assert ["指標ID", "単位", "目標値"] == heads(mixed)
    assert [["2024-K1", "兆円", "30.0"], ["2024-K2", "人", "32,636,500"]] == rows(mixed)
    assert ("題(単位：兆円)", ["指標ID", "目標値"]) == (shown(alike).caption, heads(alike))


def test_a_provisional_outcome_is_marked() -> None:
    """As the cell of the document says that it is estimated."""
    outcomes = outcomes_of(2021)
    piece = shown(table(outcomes[outcomes["is_provisional"]], "題", columns=["name", "actual_value"]))

    assert {("estimated", ("暫定",)), ("missing", ())} == {
        (row[-1].mark, row[-1].below) for row in piece.groups[0].rows
    }


def test_what_was_counted_names_the_frame_it_was_counted_from() -> None:
    """Or a text; without either there is no line of sources."""
    counts = compare(2025)["newest_status"].value_counts()

    assert ["最新値による判定", "数"] == heads(table(counts, "題", unit="指標"))
    assert "題(単位：指標)" == shown(table(counts, "題", unit="指標")).caption
    assert ["", "本人", f"{LIST}、{VISION}"] == [
        shown(table(counts, "題", source=source)).source for source in (None, "本人", compare(2025))
    ]


def test_sources_are_those_of_the_rows() -> None:
    """Of the column source, of the plan, or of an indicator's id in a column or the index."""
    indicators = load_table("indicators")
    of_id = indicators[["indicator_id", "name"]]

    assert [LIST, VISION] == [
        shown(table(of[["source", "name"]], "題")).source for of in (indicators[:1], indicators[-1:])
    ]
    assert VISION == shown(table(of_id[-1:], "題")).source
    assert LIST == shown(table(of_id[:1].set_index("indicator_id"), "題")).source
    assert VISION == shown(table(indicators[-1:][["plan", "name"]], "題")).source
    assert ["名称"] == heads(table(indicators[-1:][["plan", "name"]], "題"))
    unknown = indicators[:1].assign(source="actuals_fy2024")
    assert "actuals_fy2024" == shown(table(unknown[["source", "name"]], "題")).source


def test_a_table_of_nothing_is_a_sentence() -> None:
    """So is a chart; neither raises an error."""
    empty = compare(2025)[:0]

    assert {"題：該当するものはない。"} == {
        piece.summary
        for piece in (
            table(empty, "題"),
            bar_chart(empty, "題", value="newest_value"),
            line_chart(empty, "題", value="newest_value"),
            share_chart(empty, "題", value="newest_share"),
            line_chart(pd.Series([None, None], dtype=float), "題"),
        )
        if isinstance(piece, Paragraph)
    }


def test_a_column_that_is_not_there_is_told() -> None:
    """With those that there are."""
    with pytest.raises(ParameterError, match=r"columns .* expected .*indicator_id.*, found nam"):
        table(compare(2025), "題", columns=["nam"])
    with pytest.raises(ParameterError, match="found nam"):
        bar_chart(compare(2025), "題", label="nam", value="newest_value")


# Charts

COSTS = load_table("costs").dropna(subset="amount_thousand_yen")
LONG = "とても長い名前の指標で、図の左の余白に一行では収まらないもの"
CHARTS = {
    "bars": lambda: bar_chart(pd.Series({"甲": 3, LONG: 10_000, "乙": None}), "題", unit="件"),
    "bars below zero": lambda: bar_chart(pd.Series({"甲": -3.5, "乙": 2.0, "丙": 0}), "題"),
    "bars of one": lambda: bar_chart(pd.Series({"甲": 0}), "題"),
    "bars of years": lambda: bar_chart(
        COSTS[COSTS["project_no"] < 6].pivot(
            index="project_no", columns="fiscal_year", values="amount_thousand_yen"
        ),
        "題",
        unit="千円",
    ),
    "bars of many": lambda: bar_chart(pd.Series(range(100), index=[f"名{n}" for n in range(100)]), "題"),
    "lines": lambda: line_chart(
        pd.DataFrame(
            {"一": [1, 3, None, 5], LONG: [2, 2.5, 4, 4.9], "三": [5, 5, 5, 5]},
            index=[2020, 2021, 2022, 2023],
        ),
        "題",
        unit="人",
    ),
    "a line of one": lambda: line_chart(pd.Series([1.0]), "題"),
    "a flat line": lambda: line_chart(pd.Series([-2.0] * 40), "題"),
    "a line of small numbers": lambda: line_chart(pd.Series([0.001, 0.002]), "題"),
    "lines of yen": lambda: line_chart(
        COSTS.groupby("fiscal_year")["amount_thousand_yen"].sum(), "題", unit="千円", source=COSTS
    ),
    "shares": lambda: share_chart(pd.Series({"甲": 33.3, LONG: 100.0}), "題"),
    "shares above the whole": lambda: share_chart(pd.Series({"甲": 250.0, "乙": -10.0, "丙": None}), "題"),
}


@pytest.mark.parametrize("name", CHARTS)
def test_labels_of_any_data_are_whole_and_apart(name: str) -> None:
    """On a page and on a phone: no label leaves the drawing or covers another."""
    chart = drawn(CHARTS[name]())

    assert [] == [fault for svg in (chart.svg, chart.svg_narrow) for fault in faults(svg)]


def test_a_chart_says_its_numbers_with_their_unit() -> None:
    """Names in words, series by their heads, missing values as such; this is what stands for the chart."""
    chart = drawn(
        bar_chart(pd.Series({"met": 3, "not_met": None}, name="数").rename_axis("status"), "題", unit="指標")
    )

    assert "横棒グラフ。題。満たすは、数3指標。届いていないは、数－。" == chart.alt
    assert "数(単位：指標)" == chart.measure
    assert "bars" == chart.drawing


def test_years_and_pillars_are_named() -> None:
    """Of the index and of what a pivot has made columns; yen in 億 or 万, though the column has thousands."""
    chart = drawn(CHARTS["bars of years"]())
    of_year = drawn(CHARTS["lines of yen"]())
    counted = drawn(bar_chart(compare_in_detail(2025).groupby("pillar").size(), "題"))

    assert ["No. 1", "No. 2"] == [row[0].words for row in chart.numbers.rows[:2]]
    assert ("No.", "2024年度", "2025年度") == chart.numbers.heads
    assert ["572.6万円", "562.9万円"] == [cell.words for cell in chart.numbers.rows[0][1:]]
    assert ["2024年度", "2025年度"] == [row[0].words for row in of_year.numbers.rows]
    assert VISION == of_year.source
    assert "役割1 圏域全体の経済成長のけん引" == counted.numbers.rows[0][0].words


def test_a_long_list_of_bars_is_cut_and_its_numbers_are_not() -> None:
    """A chart longer than a page would be cut by the printer."""
    chart = drawn(CHARTS["bars of many"]())

    assert chart.measure.endswith("。先頭の30件を示し、70件を省いた")
    assert 100 == len(chart.numbers.rows)


def test_bars_of_unlike_units_are_refused() -> None:
    """Naming the units, and what to do."""
    found = compare_in_detail(2025)
    with pytest.raises(ParameterError, match=r"numbers of one unit were expected, found .*人.*share_chart"):
        bar_chart(found, "題", value="newest_value")
    chart = drawn(bar_chart(found[found["unit"] == "人"], "題", value=["newest_value", "target_value"]))

    assert "最新値、目標値(単位：人)" == chart.measure.split("。")[0]
    with pytest.raises(ParameterError, match="1 to 6 columns of numbers were expected, found 0"):
        bar_chart(pd.DataFrame({"名": ["甲"]}), "題")
    with pytest.raises(ParameterError, match="one column of shares was expected"):
        share_chart(pd.DataFrame({"一": [1.0], "二": [2.0]}), "題")


def test_shares_say_of_what_they_are() -> None:
    """Of a target where the column says so, else of the whole; those without a value are counted."""
    found = compare_in_detail(2025)
    lacking = int(found["newest_share"][:12].isna().sum())
    of_target = drawn(share_chart(found[:12], "題", value="newest_share"))

    assert f"最新値の目標に対する割合(%)。割合のない{lacking}件は省いた" == of_target.measure
    assert ">目標＝100%<" in of_target.svg
    assert ">全体＝100%<" in drawn(CHARTS["shares"]()).svg
    assert ">定員＝100%<" in drawn(share_chart(pd.Series({"甲": 50.0}), "題", whole="定員")).svg
