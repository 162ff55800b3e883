"""What reports say of costs, against sums made by hand from data/tables/costs.csv."""

import csv

import pytest
from conftest import ROOT
from made_up_tables import made_up
from renkei.cost_change import CostChange, Mover
from renkei.cost_measures import measures_by_project, unmeasured_share
from renkei.costs import YearCost, cost_changes, cost_of_year, costs_by_project, remarks, years_with_costs
from renkei.fiscal_year import FiscalYear
from renkei.report.cost_of_year import change_table, cost_explained, cost_headline, cost_point
from renkei.report.costs import pillar_chart, project_table, section_chart, section_table
from renkei.report.kit.pieces import Figure, Table
from renkei.report.kit.pieces_text import Paragraph
from renkei.report.trajectory_points import _cost_points

YEARS = range(2024, 2029)


def amounts(year: int) -> dict[int, int]:
    """The amounts of a year by project, in 1,000 yen."""
    with (ROOT / "data" / "tables" / "costs.csv").open(encoding="utf-8", newline="") as file:
        return {
            int(row["project_no"]): int(row["amount_thousand_yen"])
            for row in csv.DictReader(file)
            if row["fiscal_year"] == str(year) and row["amount_thousand_yen"]
        }


def year_cost(year: int) -> YearCost | None:
    return cost_of_year(costs_by_project(), year)


def test_the_year_that_costs_more_says_why() -> None:
    """By hand: 17,639,701 and 25,056,797 are 42.05 % apart; No. 32 and 15 make 6,780,216 of 7,417,096.

    That is 91.4 %. No. 15, 32 and 13 are 20,514,408 of 25,056,797: 81.9 %. Without No. 15 12,399,802 are
    left, after 7,833,459: 58.3 % more.
    """
    before, after = amounts(2024), amounts(2025)
    assert (17_639_701, 25_056_797) == (sum(before.values()), sum(after.values()))
    assert 6_780_216 == after[32] - before[32] + after[15] - before[15]
    assert 20_514_408 == after[15] + after[32] + after[13]
    assert [15, 32, 13] == sorted(after, key=after.__getitem__, reverse=True)[:3]

    assert (
        "2025年度の事業費見込額は250.6億円で、2024年度の176.4億円から42%増える",
        "増加額74.2億円の91%は、No. 32「消防の連携・協力の推進」の39.3億円とNo. 15「札幌駅交流拠点の整備等」"
        "の28.5億円による。額の大きい3事業(No. 15、No. 32、No. 13「三次救急医療等の提供」)が全体の82%を占め、"
        "最大のNo. 15を除くと124億円(2024年度の78.3億円から58%増える)。",
    ) == cost_point(year_cost(2025), 2025)


def test_the_first_year_is_compared_with_none() -> None:
    """By hand: No. 15, 13 and 32 are 13,319,931 of 17,639,701, 75.5 %; without No. 15 7,833,459 are left."""
    of_2024 = amounts(2024)
    assert 13_319_931 == of_2024[15] + of_2024[13] + of_2024[32]

    assert (
        "2024年度の事業費見込額は176.4億円(52事業)",
        "額の大きい3事業(No. 15「札幌駅交流拠点の整備等」、No. 13「三次救急医療等の提供」、"
        "No. 32「消防の連携・協力の推進」)が全体の76%を占め、最大のNo. 15を除くと78.3億円。",
    ) == cost_point(year_cost(2024), 2024)


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_a_year_without_amounts_says_so_and_compares_nothing(year: int) -> None:
    """The document has － for every project; one has a remark in its place."""
    explained = cost_explained(year_cost(year), None, years_with_costs(), year)
    changes = change_table(cost_changes(costs_by_project(), year), year_cost(year), year)

    assert {} == amounts(year)
    assert (f"{year}年度の事業費見込額は、ビジョンに記載がない", "") == cost_point(year_cost(year), year)
    assert isinstance(explained, Paragraph)
    assert (
        f"{year}年度の事業費見込額は、ビジョンに記載がない(記載があるのは2024年度、2025年度)。"
        "以下では記載のある年度を掲げる。"
    ) == explained.summary
    assert isinstance(changes, Paragraph)
    assert f"{year}年度の額がビジョンにないため、前年度からの増減は示せない。" == changes.summary


def test_what_is_unmeasured_and_what_is_new_stand_below_the_headline() -> None:
    """By hand: 13 projects without a number cost 15,756,692 of 25,056,797 in 2025, 62.9 %.

    No. 21, 52 and 55 give no amount of 2024, and 203,613 together of 2025.
    """
    measures = measures_by_project()
    of_2025 = amounts(2025)
    words = [11, 13, 15, 17, 24, 25, 27, 28, 29, 30, 33, 51, 55]
    assert 15_756_692 == sum(of_2025[number] for number in words)
    assert 203_613 == sum(of_2025[number] for number in of_2025.keys() - amounts(2024).keys())

    explained = {
        year: cost_explained(
            year_cost(year), unmeasured_share(measures, [FiscalYear(year)]), years_with_costs(), year
        ).summary
        for year in (2024, 2025)
    }
    assert (
        "数値の目標を持たず費用を見込む13事業が、事業費見込額250.6億円の63%(157.6億円)を占める。"
        in explained[2025]
    )
    assert (
        "2024年度に記載がなく、新たに額が示されたのは3事業、計2億円(増減では前年度を0円とした)。"
        in explained[2025]
    )
    assert "記載がない。" not in explained[2025]
    assert "新たに額が示された" not in explained[2024]
    assert "3事業には金額の記載がない。" in explained[2024]


def test_the_whole_way_says_what_both_years_cost_without_a_number_to_aim_at() -> None:
    """By hand: 28,273,567 of 42,696,498 are 66.2 %; without No. 15 5,810,330 of 20,233,261 are 28.7 %."""
    years = years_with_costs()
    found = _cost_points(year_cost(2025), unmeasured_share(measures_by_project(), years), years)

    assert [
        cost_point(year_cost(2025), 2025),
        (
            "数値の目標を持たず費用を見込む13事業が、事業費見込額427億円の66%(282.7億円)を占める",
            "2024年度と2025年度の合計。最大のNo. 15「札幌駅交流拠点の整備等」を除くと29%になる。",
        ),
    ] == found
    assert [] == _cost_points(None, None, [])


def test_the_rows_behind_a_change() -> None:
    """Every project whose amount differs by 1億円 or more, largest first, with both years and its part."""
    table = change_table(cost_changes(costs_by_project(), 2025), year_cost(2025), 2025)
    before, after = amounts(2024), amounts(2025)
    differences = {number: after[number] - before.get(number, 0) for number in after}
    large = sorted(
        (number for number, difference in differences.items() if abs(difference) >= 100_000),
        key=lambda number: abs(differences[number]), reverse=True,
    )  # fmt: skip

    assert isinstance(table, Table)
    assert [32, 15, 13, 3, 6, 41, 52] == large
    assert f"前年度との差が1億円以上の事業({len(large)}事業、単位：千円)" == table.caption
    assert [
        (f"No. {number}", before.get(number), after[number], differences[number]) for number in large
    ] == [
        (row[0].text.rpartition(" ")[0], *(cell.number for cell in row[1:4])) for row in table.groups[0].rows
    ]
    assert ["53%", "38%", "6%", "▲4%", "2%", "2%", "2%"] == [row[4].words for row in table.groups[0].rows]
    assert ["2024年度", "2025年度"] == [column.head for column in table.columns[1:3]]
    assert "0円とは異なる" in table.note


@pytest.mark.parametrize("year", YEARS)
def test_a_charts_title_names_the_year_that_it_shows(year: int) -> None:
    """The report's year where it has amounts, else the last that has; sections and pillars by that year."""
    shown = min(year, 2025)
    costs, years = costs_by_project(), years_with_costs()
    sections = section_chart(costs, years, year)
    pillars = pillar_chart(costs, years, year)
    assert isinstance(sections, Figure)
    assert isinstance(pillars, Figure)
    column = f"thousand_yen_{shown}"
    largest = costs.groupby("section")[column].sum().sort_values(ascending=False)
    of_pillars = costs.groupby("pillar")[column].sum()
    head = sections.numbers.heads.index(f"{shown}年度")

    assert sections.title == (
        f"{shown}年度に最も大きい区分は「{largest.index[0]}」の{largest.iloc[0] / 100_000:.1f}億円"
    )
    drawn = [row[0].text for row in sections.numbers.rows]
    assert [name for name in largest.index if name in drawn] == drawn
    assert f"{largest.iloc[0] / 100_000:.1f}億円" == sections.numbers.rows[0][head].words
    assert pillars.title == (
        f"{shown}年度は役割{of_pillars.idxmax()}が{100 * of_pillars.max() / of_pillars.sum():.0f}%を占める"
    )
    assert sections.numbers.colours == pillars.numbers.colours
    assert sections.numbers.colours[head - 1] != sections.numbers.colours[2 - head]


def test_a_plan_without_any_amount_draws_no_chart() -> None:
    """Neither pillars nor sections, and no year is named."""
    costs = costs_by_project().assign(thousand_yen_2024=float("nan"), thousand_yen_2025=float("nan"))

    assert ["どの年度の事業費見込額も、ビジョンに記載がない。"] == [pillar_chart(costs, [], 2024).summary]
    assert isinstance(section_chart(costs, [], 2024), Paragraph)
    assert "2024年度の事業費見込額は、ビジョンに記載がない。" == cost_explained(None, None, [], 2024).summary


def test_a_dash_is_explained_wherever_costs_may_have_one() -> None:
    """It is the document's own dash, and no zero."""
    costs, years = costs_by_project(), years_with_costs()

    for table in (section_table(costs, years), project_table(costs, remarks(), years)):
        assert isinstance(table, Table)
        assert table.note.startswith(
            "－は、文書の欄に「－」とあって金額の記載がないことを示し、0円とは異なる。"
        )


def change(before: float, after: float, share: float, *movers: Mover) -> YearCost:
    """A year's cost with this change, of few projects."""
    whole = cost_of_year(costs_by_project(made_up()), 2033)
    assert whole is not None
    percent = 100 * (after - before) / before if before else None
    found = CostChange(2032, before, after, after - before, percent, 3, 0, 0, movers, share, 0, 0, None)
    return YearCost(after, 3, 0, 0, whole.largest, 1, 1, 1, whole.leading, 1, found)


def test_amounts_that_are_not_given_any_more_are_no_fall() -> None:
    """計画 and 交通 gave one in 2033 alone: 医療 and 創業 are compared, and 観光 is new."""
    costs = costs_by_project(made_up()).assign(
        name=["医療", "計画", "創業", "観光", "交通"],
        project_no=[5, 1, 2, 3, 4],
        thousand_yen_2033=[60_000.0, 10_000.0, 40_000.0, float("nan"), 90_000.0],
        thousand_yen_2034=[190_000.0, float("nan"), 60_000.0, 5_000.0, float("nan")],
    )
    cost = cost_of_year(costs, 2034)
    headline = "2034年度の事業費見込額は2.6億円(3事業。ほかの2事業には金額の記載がない)"
    detail = (
        "2033年度にも額の記載がある2事業では2.5億円で、2033年度の1億円から150%増える。"
        "増加額1.5億円の100%は、No. 5「医療」の1.3億円とNo. 2「創業」の2,000万円による。"
    )

    assert (headline, detail) == cost_point(cost, 2034)
    text = cost_explained(cost, None, [], 2034).summary
    assert text.startswith(f"{headline}。{detail}")
    assert "2033年度に記載がなく、新たに額が示されたのは1事業、計500万円(増減には含めない)。" in text
    assert 1 == text.count("金額の記載がない")
    table = change_table(cost_changes(costs, 2034), cost, 2034)
    assert isinstance(table, Table)
    assert "両年度に額の記載がある2事業を比べた。" == table.note
    assert ["No. 5 医療"] == [row[0].text for group in table.groups for row in group.rows]


def test_charts_of_few_amounts_say_so() -> None:
    """The larger sections are those of 2024 and 2025; in 2026 another has the only amount."""
    costs = costs_by_project()
    costs.loc[costs["project_no"] == 54, "thousand_yen_2026"] = 500.0
    section = costs.loc[costs["project_no"] == 54, "section"].iloc[0]
    years = [FiscalYear(2024), FiscalYear(2025), FiscalYear(2026)]
    sections, pillars = section_chart(costs, years, 2026), pillar_chart(costs, years, 2026)

    assert isinstance(sections, Figure) and isinstance(pillars, Figure)
    assert section not in sections.numbers.rows
    assert "2026年度の施策の区分別の事業費見込額" == sections.title
    assert "2026年度に額の記載がある1事業では、役割3が100%を占める" == pillars.title


def test_few_amounts_are_said_to_be_few() -> None:
    """With the year before of the same few, of none, and with little or nothing that can be compared."""
    costs = costs_by_project(made_up())
    few, none = [float("nan")] * 3, float("nan")
    alike = costs.assign(thousand_yen_2033=[100.0, 200.0, *few], thousand_yen_2034=[100.0, 350.0, *few])
    alone = alike.assign(thousand_yen_2033=none)
    others = alike.assign(thousand_yen_2033=[none, none, 5.0, none, none])
    zero = alike.assign(thousand_yen_2033=[0.0, none, 5.0, none, none])
    given = "2034年度の事業費見込額は45万円(2事業。ほかの3事業には金額の記載がない)"

    said = [cost_point(cost_of_year(of, 2034), 2034) for of in (alike, alone, others, zero)]

    assert [f"{given}で、2033年度の30万円から50%増える", given, given, given] == [
        headline for headline, _ in said
    ]
    assert "2033年度にも額の記載がある1事業では10万円で、2033年度は0円。" in said[3][1]
    assert "" == said[2][1]
    assert [
        "2033年度と2034年度の両方に額の記載がある事業がないため、前年度からの増減は示せない。",
        "前年度との差が1億円以上の事業はない(両年度に額の記載がある1事業を比べた)。",
    ] == [change_table(cost_changes(of, 2034), cost_of_year(of, 2034), 2034).summary for of in (others, zero)]


@pytest.mark.parametrize(
    ("cost", "headline", "detail"),
    [
        (change(200_000, 100_000, 60, Mover(1, "駅", 80_000, 20_000, -60_000, 60)),
         "2033年度の事業費見込額は1億円で、2032年度の2億円から50%減る",
         "減少額1億円の60%は、No. 1「駅」の6,000万円による。"),
        (change(100_000, 200_000, 120, Mover(1, "駅", 0, 120_000, 120_000, 120)),
         "2033年度の事業費見込額は2億円で、2032年度の1億円から100%増える",
         "増加額1億円は主にNo. 1「駅」の1.2億円の増加によるもので、逆に動いた事業がこれを一部打ち消す。"),
        (change(100_000, 100_400, 0), "2033年度の事業費見込額は1億円で、2032年度の1億円とほぼ同じ", ""),
        (change(0, 100_000, 0), "2033年度の事業費見込額は1億円(3事業)", ""),
    ],
)  # fmt: skip
def test_a_fall_and_a_standstill_are_said_too(cost: YearCost, headline: str, detail: str) -> None:
    """No sentence speaks of growth where there is none, nor of more than the whole."""
    assert (headline, detail) == cost_point(cost, 2033)
    assert headline == cost_headline(cost, 2033)
