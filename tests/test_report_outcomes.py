"""What the report on a year's outcomes says, against counts made by hand in the FY2021 list."""

import re
from collections.abc import Iterable

import pandas as pd
import pytest
from renkei.outcomes import outcomes_of
from renkei.report import kpis, outcomes, ratings, shares
from renkei.report.kit.pieces import Figure, MainPoints, Piece, Table
from renkei.report.kit.pieces_text import Paragraph

YEAR = 2021

#: The judged indicators whose target is to be kept, done or held once, with their ratings, read off the list.
DEEDS = """
02-1◎ 11-1× 12-1○ 13-1○ 17-1○ 17-2◎ 18-1◎ 19-1◎ 19-2○ 20-1△ 24-1○ 25-1◎ 28-1◎ 29-1× 30-1◎ 30-2○ 31-1○ 32-1○
33-1○ 34-1○ 38-1◎ 38-2◎ 39-6◎ 40-1○ 47-2○ 49-1×
"""
#: The other judged ones: numbers of people, firms, cases, events from two on; money; shares.
AMOUNTS = """
02-2◎ 04-1◎ 05-1◎ 05-2○ 05-3○ 06-1× 07-1× 07-2◎ 08-1◎ 08-2○ 10-1◎ 16-1× 16-2△ 18-2× 21-1○ 22-1× 26-1△ 27-2○
36-1○ 37-1△ 37-2× 39-1○ 39-2× 39-3○ 39-5○ 39-7◎ 41-1◎ 41-2○ 42-1× 45-1◎ 46-1△ 50-1◎
"""
#: Those that could not be judged: their year is later, but for No. 3, which is still being counted.
LATER = "09-1 11-2 14-1 15-1 23-1 27-1 31-2 31-3 35-1 39-4 39-8 43-1 44-1 47-1 48-1 51-1"


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    return outcomes_of(YEAR)


def names(found: pd.DataFrame, listed: str) -> list[str]:
    """The names of indicators listed by project and position, with or without a rating."""
    wanted = [f"2019-{word[:4]}" for word in listed.split()]
    by_id = found.set_index("indicator_id")
    assert {word[4:] for word in listed.split()} <= {"", *by_id["rating"]}
    for word in listed.split():
        assert word[4:] in ("", by_id.loc[f"2019-{word[:4]}", "rating"])
    return by_id.loc[wanted, "name"].to_list()


def groups_of(piece: Piece | None) -> dict[str, list[str]]:
    """The heads of a table's rows, by the head of their group."""
    assert isinstance(piece, Table)
    return {group.head: [row[0].words for row in group.rows] for group in piece.groups}


def points_of(found: pd.DataFrame, year: int = YEAR) -> dict[str, str]:
    """The main points: each headline's detail."""
    piece = outcomes.main_points(found, year)
    assert isinstance(piece, MainPoints)
    return {point.headline: point.detail for point in piece.points}


def figure(piece: Piece | None) -> Figure:
    assert isinstance(piece, Figure)
    return piece


def labels_in(piece: Piece | None) -> str:
    """All texts of a chart's drawing."""
    return "\n".join(re.findall(r"<text[^>]*>([^<]*)</text>", figure(piece).svg))


def rated(found: pd.DataFrame, ids: Iterable[str], rating: str) -> pd.DataFrame:
    """The outcomes with another rating of these indicators."""
    return found.assign(rating=found["rating"].where(~found["indicator_id"].isin(list(ids)), rating))


def test_the_main_points_say_what_was_counted_by_hand(found: pd.DataFrame) -> None:
    """20 ◎ and 22 ○ of 58; 20 of 32 amounts, 22 of 26 deeds; 16 missed; 17 not judged; 4 far above."""
    points = points_of(found)

    assert [
        "達成割合は72.41%(58指標のうち42指標)",
        "達成割合は、量で測る目標で62.50%、実施の有無で測る目標で84.62%",
        "達成できない、又はできない見込みの指標は16件",
        "評価できなかった指標は17件(基本KPIを除く)",
        "実績値のある基本KPIは、3件すべてが2021年度より前の値で、基準値より後退",
        "実績(年度末の見込みを含む)が目標の2倍以上の指標は4件",
    ] == list(points)
    rate, measures, missed, unjudged, of_kpis, above = points.values()
    assert rate.startswith("42指標のうち22指標が「達成見込」(○)であり")
    assert "は32指標のうち20指標、" in measures
    assert measures.endswith("は26指標のうち22指標。")
    assert missed.startswith("16指標のうち13指標で、")
    assert "目標の年度が2021年度より後のもの16件、実績が未集計のもの1件。" == unjudged
    assert "観光入込客数は17,750千人(2020年度)で、基準値は37,076千人(2017年度)。" in of_kpis
    assert "▲3,252人(2019年、参考記載)で、基準値は▲2,805人(2017年)。" in of_kpis
    assert 4 == above.count("」")


def test_a_main_point_that_says_nothing_is_left_out(found: pd.DataFrame) -> None:
    """No headline with 0; with one kind of target no two rates; all of all are not said as n of n."""
    deeds = [f"2019-{word[:4]}" for word in DEEDS.split()]
    few = rated(found[found["indicator_id"].isin(deeds)], deeds, "○")

    # 26 deeds, each expected; one of them, with three meetings of one asked for, is far above its target.
    assert [
        "達成割合は100.00%(26指標すべて)",
        "実績(年度末の見込みを含む)が目標の2倍以上の指標は1件",
    ] == list(points_of(few))
    assert points_of(few)["達成割合は100.00%(26指標すべて)"].startswith("26指標すべてが「達成見込」")
    assert [] == list(points_of(found.head(0)))


def test_what_was_judged_stands_by_its_measure(found: pd.DataFrame) -> None:
    """Each of the 58 indicators behind the rate in one of two groups, the lowest share first."""
    groups = groups_of(shares.judged_table(found))

    assert ["量で測る目標(32件)", "実施の有無で測る目標(26件)"] == list(groups)
    amounts, deeds = groups.values()
    assert sorted(names(found, AMOUNTS)) == sorted(amounts)
    assert sorted(names(found, DEEDS)) == sorted(deeds)
    assert names(found, "06-1 16-1 18-2 26-1 37-2 42-1 07-1") == amounts[:7]
    assert names(found, "38-2 49-1") == deeds[-2:]


def test_the_rates_of_both_measures(found: pd.DataFrame) -> None:
    """10 ◎, 10 ○, 4 △ and 8 × of amounts; 10, 12, 1 and 3 of deeds."""
    piece = ratings.measures_table(found)
    assert isinstance(piece, Table)

    assert [
        ["量で測る目標", "10", "10", "4", "8", "62.50%", "32指標のうち20指標"],
        ["実施の有無で測る目標", "10", "12", "1", "3", "84.62%", "26指標のうち22指標"],
    ] == [[cell.words for cell in row] for row in piece.groups[0].rows]
    counts = [[word[4:] for word in listed.split()] for listed in (AMOUNTS, DEEDS)]
    assert [[10, 10, 4, 8], [10, 12, 1, 3]] == [[of.count(sign) for sign in "◎○△×"] for of in counts]
    assert ["量で測る目標"] == groups_of(ratings.measures_table(found[found["measure"] == "amount"]))[""]


def test_what_could_not_be_judged_is_listed_by_its_year(found: pd.DataFrame) -> None:
    """16 of a later year and one that is still being counted, each with the list's note."""
    piece = ratings.unjudged_table(found, YEAR)

    assert {
        "目標の年度が2021年度より後(16件)": names(found, LATER),
        "実績が未集計(1件)": names(found, "03-1"),
    } == groups_of(piece)
    assert "評価できなかった指標とその状況(17件)" == getattr(piece, "caption", "")


def test_only_what_the_rate_counts_is_below_target(found: pd.DataFrame) -> None:
    """13 of the 16 that were missed have numbers; 丘珠, due in 2023, and the rate itself are only named."""
    chart = figure(shares.shares_chart(found))

    assert "評価できた指標のうち、数値の実績が目標を下回ったのは13件" == chart.title
    assert chart.measure.endswith("13件のうち7件で実績が0。")
    shown = [row[0].words for row in chart.numbers.rows]
    assert names(found, "06-1 16-1 18-2 20-1 26-1 37-2 42-1 07-1 16-2 46-1 22-1 39-2 37-1") == shown
    words = shares.unmeasured(found).summary
    assert "評価できた58指標のうち、目標と実績がともに数値である46指標" in words
    assert "残る12指標は、" in words
    assert "「△」又は「×」の16指標のうち13指標が、割合を求められる" in words
    assert "「本ビジョンに掲げる各連携事業の評価指標の達成割合」「丘珠空港年間利用者数」は、" in words


def test_nothing_below_target_is_a_sentence(found: pd.DataFrame) -> None:
    """Without a rated indicator there is no chart of none, and no remainder of nothing."""
    none = found[found["indicator_id"] == "2019-02-1"]

    assert isinstance(shares.shares_chart(none), Paragraph)
    assert "1指標のうち、目標と実績がともに数値である1指標" in shares.unmeasured(none).summary
    assert "残る" not in shares.unmeasured(none).summary
    assert "「△」" not in shares.unmeasured(none).summary


def test_a_target_a_year_is_not_said_twice(found: pd.DataFrame) -> None:
    """132校 of 235校/年度: in the chart as 132校/235校."""
    assert "56%(132校/235校)" in labels_in(shares.shares_chart(found))
    assert "4,404人/7,000人" in labels_in(shares.shares_chart(found))


def test_a_rate_of_few_says_of_how_many(found: pd.DataFrame) -> None:
    """Four of six in the second pillar; pillars that share the lowest rate are all named."""
    assert (
        "達成割合が最も低いのは役割2の66.67%(6指標のうち4指標)" == figure(ratings.ratings_chart(found)).title
    )
    two = found[found["indicator_id"].isin(["2019-02-1", "2019-12-1", "2019-18-2"])]
    alike = rated(two, ["2019-12-1", "2019-02-1"], "×")
    assert "達成割合が最も低いのは役割1と役割2と役割3の0.00%" == figure(ratings.ratings_chart(alike)).title
    assert "評価できた指標はない" == figure(ratings.ratings_chart(rated(two, two["indicator_id"], "-"))).title


def test_a_kpi_of_another_year_says_its_year_in_the_chart(found: pd.DataFrame) -> None:
    """17,750千人 is of FY2020, ▲3,252人 of 2019 and for reference only; targets are as they are published."""
    labels = labels_in(kpis.outcome_chart(found, YEAR))

    for label in ("2020年度実績 17,750千人", "2020年度実績 122,400人/日", "2019年実績(参考記載) ▲3,252人",
                  "基準 27.9兆円", "目標 30兆円", "目標 ▲1,400人"):  # fmt: skip
        assert label in labels
    of_year = labels_in(kpis.outcome_chart(found.assign(observed_year=YEAR), YEAR))
    assert "\n実績 17,750千人" in of_year


@pytest.mark.parametrize(
    ("observed_year", "values", "finding"),
    [
        ([2020, 2020, 2020, 2020], [1, 1, 1, -9e9], "4件すべてが2021年度より前の値で、基準値より後退"),
        ([2020, 2021, None, None], [1, 1, None, None],
         "2件のうち1件が2021年度より前の値、2件すべてが基準値より後退"),
        ([2021, 2021, None, None], [1e15, 1, None, None], "2件のうち1件が基準値より後退"),
        ([2021, None, None, None], [1, None, None, None], "1件が基準値より後退"),
        ([None, None, None, None], [None, None, None, None], "ない"),
    ],
)  # fmt: skip
def test_what_is_found_of_the_kpis(
    found: pd.DataFrame, observed_year: list[int | None], values: list[float | None], finding: str
) -> None:
    """Whatever the years and values: a part of all, all, or none, never n of n."""
    said = kpis.outcome_finding(of_kpis(found, observed_year, values), YEAR)

    assert f"実績値のある基本KPIは、{finding}".replace("は、ない", "はない") == said


@pytest.mark.parametrize(
    ("fourth_year", "finding"),
    [(None, "基本KPIは、4件のうち3件に実績値がある"), (2021, "基本KPIは、4件すべてに実績値がある")],
)
def test_where_nothing_else_is_found_of_the_kpis_it_is_said_how_many_are_known(
    found: pd.DataFrame, fourth_year: int | None, finding: str
) -> None:
    """Of the year itself and better than the baseline."""
    rows = of_kpis(found, [2021, 2021, 2021, fourth_year], [1e15, 1e15, 1e15, fourth_year and 0])

    assert finding == kpis.outcome_finding(rows, YEAR)


def of_kpis(found: pd.DataFrame, observed_year: list[int | None], values: list[float | None]) -> pd.DataFrame:
    """The KPIs with other years and values."""
    years, actuals = pd.array(observed_year, dtype="Int64"), pd.array(values, dtype="Float64")
    return found[found["kind"] == "kpi"].assign(observed_year=years, actual_value=actuals)


def test_a_kpi_without_a_baseline_has_nothing_beside_it(found: pd.DataFrame) -> None:
    """And without actuals nothing is said."""
    one = found[found["indicator_id"] == "2019-K2"].assign(baseline_text="-")

    assert "観光入込客数は17,750千人(2020年度)。" == kpis.outcomes_in_words(one, YEAR)
    assert "" == kpis.outcomes_in_words(one.assign(observed_year=None), YEAR)
