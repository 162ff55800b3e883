"""The costs of made-up projects, worked by hand in 1,000 yen."""

import math

import pandas as pd
import pytest
from made_up_tables import COSTS, INDICATORS, PROJECTS, changed, head, made_up, only, rows_of, without
from pandas.errors import MergeError
from renkei.cost_measures import (
    MeasuredPillar,
    Unmeasured,
    UnmeasuredShare,
    measured_pillars,
    measures_by_project,
    unmeasured,
    unmeasured_share,
)
from renkei.costs import (
    LEADING,
    SMALL_SECTION,
    PillarCost,
    PillarShare,
    ProjectCost,
    Remark,
    SectionCost,
    YearCost,
    cost_by,
    cost_by_pillar,
    cost_changes,
    cost_column,
    cost_in_force,
    cost_of_year,
    costs_by_project,
    larger_sections,
    largest_amount,
    largest_pillar,
    project_costs,
    remarks,
    section_costs,
    share_of,
    year_shown,
    years_with_costs,
)
from renkei.fiscal_year import FiscalYear

FY2033, FY2034, FY2035 = FiscalYear(2033), FiscalYear(2034), FiscalYear(2035)
YEARS = [FY2033, FY2034]


def test_only_years_with_an_amount_have_costs() -> None:
    """2035 has rows without amounts, and 2031 an amount of the plan before."""
    assert YEARS == years_with_costs(made_up())
    assert [] == years_with_costs(made_up(costs=head(COSTS)))


def test_each_project_with_its_amounts_in_the_order_of_the_plan() -> None:
    """A missing amount is no zero; a project without any has no total either."""
    costs = costs_by_project(made_up())

    assert ["project_no", "name", "pillar", "section", "lead_cost", "partner_cost", "thousand_yen_2033",
            "thousand_yen_2034", "thousand_yen_2035", "total_thousand_yen"] == list(costs)  # fmt: skip
    assert [
        (5, "医療", 2, "医療", "全額", None, 60_000, 120_000, None, 180_000),
        (1, "計画", 1, "産業", "事務費", "旅費", 10_000, None, None, 10_000),
        (2, "創業", 1, "産業", "人件費", "会場費", 30_000, 80_000, None, 110_000),
        (3, "観光", 1, "観光", "広告費", None, None, None, None, None),
        (4, "交通", 2, None, "補助金", "負担金", None, None, None, None),
    ] == rows_of(costs, *costs)
    assert "thousand_yen_2034" == cost_column(FY2034)


def test_projects_as_values_with_the_years_that_were_asked_for() -> None:
    """In the order of the years that are given."""
    found = project_costs(costs_by_project(made_up()), [FY2034, FY2033])

    assert ProjectCost(5, "医療", 2, "全額", None, (120_000, 60_000)) == found[0]
    assert (None, 10_000) == found[1].amounts
    assert (None, None) == found[4].amounts


def test_sections_within_their_pillars() -> None:
    """産業 sums two projects, of which one has no amount of 2034; 交通 stands in no section."""
    sections = section_costs(costs_by_project(made_up()), YEARS)

    assert [
        SectionCost("医療", 2, 1, (60_000, 120_000)),
        SectionCost("産業", 1, 2, (40_000, 80_000)),
        SectionCost("観光", 1, 1, (None, None)),
        SectionCost(None, 2, 1, (None, None)),
    ] == sections
    assert 120_000 == largest_amount(sections)


def test_pillars_in_the_order_of_the_plan() -> None:
    """The second pillar has the first project; a year without any amount stays missing."""
    assert [
        PillarCost(2, 2, (60_000, 120_000, None)),
        PillarCost(1, 3, (40_000, 80_000, None)),
    ] == cost_by_pillar(costs_by_project(made_up()), [*YEARS, FY2035])


def test_sums_are_rows_with_the_columns_that_they_were_made_by() -> None:
    """Numbered anew, with every year's amounts and the number of projects, and no total."""
    sums = cost_by(["pillar", "section"], costs_by_project(made_up()))

    assert ["pillar", "section", "thousand_yen_2033", "thousand_yen_2034", "thousand_yen_2035",
            "projects"] == list(sums)  # fmt: skip
    assert [0, 1, 2, 3] == sums.index.to_list()


def test_the_larger_sections_come_by_the_last_year() -> None:
    """100,000 in any year is large, 99,999 small; those without an amount of the last year stand last."""
    sections = [
        SectionCost("a", 1, 1, (99_999, 99_999)),
        SectionCost("b", 1, 1, (100_000, None)),
        SectionCost("c", 1, 1, (None, 100_000)),
        SectionCost("d", 1, 1, (None, None)),
        SectionCost("e", 1, 1, (0, 300_000)),
        SectionCost("f", 1, 1, (500_000, 1)),
        SectionCost("g", 1, 1, (100_000, 0)),
    ]
    three_years = [SectionCost("h", 1, 1, (1, 100_000, 2)), SectionCost("i", 1, 1, (100_000, 1, 3))]

    assert 100_000 == SMALL_SECTION
    assert ["e", "c", "f", "b", "g"] == [section.section for section in larger_sections(sections)]
    assert 300_000 == largest_amount(sections)
    assert (["i", "h"], 3) == (
        [section.section for section in larger_sections(three_years)], largest_amount(three_years)
    )  # fmt: skip
    assert [] == larger_sections([SectionCost("a", 1, 1, ())])


def test_sections_can_be_ranked_by_another_year_than_the_last() -> None:
    """By the first year 産業 (9億) is before 環境 (8億), by the last after it."""
    sections = [SectionCost("産業", 1, 1, (900_000, 100_000)), SectionCost("環境", 2, 1, (800_000, 200_000))]

    assert ["産業", "環境"] == [section.section for section in larger_sections(sections, 0)]
    assert ["環境", "産業"] == [section.section for section in larger_sections(sections)]
    assert (900_000, 200_000) == (largest_amount(sections, 0), largest_amount(sections))


def test_the_year_that_is_shown() -> None:
    """The one that is asked for, if it has amounts; else the last that has; none where none has."""
    assert [FY2033, FY2034, FY2034] == [year_shown(YEARS, year) for year in (2033, FY2034, 2035)]
    assert year_shown([], 2033) is None


def test_no_amounts_have_no_largest() -> None:
    """0 stands for nothing, so that a chart has a scale."""
    assert 0 == largest_amount([SectionCost("a", 1, 1, (5, None))]) == largest_amount([])


def test_a_years_cost_as_a_whole() -> None:
    """2033: 60,000 + 10,000 + 30,000 is 100,000 of three projects; two give none; 医療 has 60 %.

    2034: 120,000 + 80,000 is 200,000; without 医療 80,000 are left.
    """
    costs = costs_by_project(made_up())
    medical = ProjectCost(5, "医療", 2, "全額", None, (60_000,))
    founding = ProjectCost(2, "創業", 1, "人件費", "会場費", (30_000,))
    planning = ProjectCost(1, "計画", 1, "事務費", "旅費", (10_000,))

    assert 3 == LEADING
    assert YearCost(
        100_000, 3, 2, 0, medical, 60_000, 60, 40_000, (medical, founding, planning), 100, None
    ) == cost_of_year(costs, 2033)
    of_2034 = cost_of_year(costs, FY2034)
    assert of_2034 is not None
    assert (200_000, 2, 3, (120_000,), 60, 80_000, [5, 2], 100) == (
        of_2034.total, of_2034.projects, of_2034.missing, of_2034.largest.amounts, of_2034.largest_share,
        of_2034.without_largest, [of.project_no for of in of_2034.leading], of_2034.leading_share,
    )  # fmt: skip


def test_the_share_of_the_three_largest_of_more() -> None:
    """50 + 30 + 10 of 100 is 90 %, whatever order the projects stand in."""
    costs = costs_by_project(made_up()).assign(thousand_yen_2034=[10.0, 4.0, 50.0, 6.0, 30.0])
    found = cost_of_year(costs, 2034)

    assert found is not None
    assert ([2, 4, 5], 90, 100, 50) == (
        [of.project_no for of in found.leading], found.leading_share, found.total, found.without_largest
    )  # fmt: skip


def test_what_a_year_costs_against_the_year_before() -> None:
    """110,000 more: 医療 60,000 more, 創業 50,000 more; 計画 had 10,000, and gives no amount now."""
    costs = costs_by_project(made_up())
    found = cost_of_year(costs, 2034)

    assert found is not None
    assert found.change is not None
    assert (2033, 90_000, 200_000, 110_000, 2, 1) == (
        found.change.year_before, found.change.before, found.change.after, found.change.difference,
        found.change.compared, found.silent,
    )  # fmt: skip
    assert 1100 / 9 == pytest.approx(found.change.percent)
    assert [(5, 60_000, 120_000, 60_000, 600 / 11), (2, 30_000, 80_000, 50_000, 500 / 11)] == rows_of(
        cost_changes(costs, FY2034), "project_no", "before_thousand_yen", "after_thousand_yen",
        "difference_thousand_yen", "share_of_difference",
    )  # fmt: skip
    assert [5, 2] == [of.project_no for of in found.change.movers]
    assert 100 == pytest.approx(found.change.movers_share)


def test_a_project_that_has_ended_costs_nothing_any_more() -> None:
    """90,000 of 2034 without 医療 stand against 100,000 of 2033, of which 医療 had 60,000."""
    before = costs_by_project(made_up())
    costs = before[before["project_no"] != 5].assign(
        thousand_yen_2034=[10_000.0, 80_000.0, *[float("nan")] * 2]
    )
    found = cost_of_year(costs, 2034, before)

    assert found is not None
    assert found.change is not None
    assert (90_000, 2, 0, 100_000, -10_000) == (
        found.total, found.projects, found.silent, found.change.before, found.change.difference
    )  # fmt: skip
    assert [(5, 60_000, 0, -60_000), (2, 30_000, 80_000, 50_000), (1, 10_000, 10_000, 0)] == rows_of(
        cost_changes(costs, 2034, before), "project_no", "before_thousand_yen", "after_thousand_yen",
        "difference_thousand_yen",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("amounts", "is_of_few"),
    [
        ([1.0, None, None, 2.0, 3.0], False),
        ([1.0, None, None, None, 3.0], True),
    ],
)
def test_a_total_of_less_than_half_of_the_projects_is_of_few(
    amounts: list[float | None], is_of_few: bool
) -> None:
    """Three of five are not few, two are; nobody had an amount the year before."""
    costs = costs_by_project(made_up()).assign(thousand_yen_2033=pd.Series(amounts, dtype="float64"))
    found = cost_of_year(costs, 2033)

    assert found is not None
    assert (0, is_of_few) == (found.silent, found.is_of_few)


def test_each_year_goes_by_the_version_in_force_for_it() -> None:
    """From 2034 on 計画 costs 12,000 and 医療 is ended: 92,000 in place of 100,000."""
    revisions = """
    plan in_force_from table    concerns fiscal_year field               before after source source_line
    2033 2034          projects 2033-05  .           ended               医療   .     改定   2
    2033 2034          projects 2033-02  .           name                創業   起業  改定   3
    2033 2034          costs    2033-01  2034        amount_thousand_yen .      12000 改定   4
    """
    found = cost_in_force(2034, made_up(revisions=revisions))

    assert found is not None
    assert found.change is not None
    assert (92_000, 100_000, 0) == (found.total, found.change.before, found.silent)
    assert cost_of_year(costs_by_project(made_up()), 2033) == cost_in_force(
        2033, made_up(revisions=revisions)
    )


@pytest.mark.parametrize("year", [2033, 2035])
def test_no_year_is_compared_with_one_without_amounts(year: int) -> None:
    """2033 is the plan's first year, 2035 has no amount: no row, no change."""
    costs = costs_by_project(made_up())
    found = cost_of_year(costs, year)

    assert 0 == len(cost_changes(costs, year))
    assert found is None or found.change is None


def test_a_year_without_any_amount_has_no_cost() -> None:
    """Nor has a plan without projects."""
    costs = costs_by_project(made_up())

    assert cost_of_year(costs, 2035) is None
    assert cost_of_year(costs.head(0), 2033) is None


def test_of_two_largest_projects_the_first_is_named() -> None:
    """計画 and 創業 cost the same."""
    costs = costs_by_project(made_up()).assign(thousand_yen_2033=[1.0, 5.0, 5.0, 2.0, math.nan])
    found = cost_of_year(costs, 2033)

    assert found is not None
    assert (1, 5, 4, 1) == (found.largest.project_no, found.largest_amount, found.projects, found.missing)


def test_the_pillar_that_costs_most() -> None:
    """60,000 of 100,000 is 60 %; without 医療 everything is the first pillar's."""
    costs = costs_by_project(made_up())

    assert PillarShare(2, 60) == largest_pillar(costs, FY2033)
    assert PillarShare(1, 100) == largest_pillar(costs.drop(index=0), FY2033)


def test_no_pillar_costs_most_in_a_year_without_amounts() -> None:
    """None is given for 2035; nor is one the largest where all are 0, or where there is no project."""
    costs = costs_by_project(made_up())

    assert largest_pillar(costs, FY2035) is None
    assert largest_pillar(costs.assign(thousand_yen_2033=0.0), FY2033) is None
    assert largest_pillar(costs.head(0), FY2033) is None


def test_a_share_of_nothing_is_nothing() -> None:
    """A quarter is 25 %; what costs nothing has no parts."""
    assert (25, 0) == (share_of(1, 4), share_of(0, 0))


def test_how_the_targets_of_each_project_can_be_measured() -> None:
    """医療 has five indicators, of which two are numbers; KPIs and the plan before are left out."""
    measures = measures_by_project(made_up())

    assert [
        (5, 5, 2, "2034年度、増加、4回、7日、常時"),
        (1, 3, 3, "100%、25分、5件"),
        (2, 3, 3, "0人、30人、24件"),
        (3, 1, 1, "9回"),
        (4, 1, 1, "6人"),
    ] == rows_of(measures, "project_no", "indicators", "measurable", "target_texts")
    assert rows_of(costs_by_project(made_up()), "total_thousand_yen") == rows_of(
        measures, "total_thousand_yen"
    )


def test_a_project_without_indicators_keeps_its_row() -> None:
    """医療 has none, and costs; with 交通 its pillar has none either, which is 0 % of nothing."""
    measures = measures_by_project(made_up(indicators=without(INDICATORS, "2033-05", "2033-04")))

    assert [(5, 0, 0, "")] == rows_of(
        measures.head(1), "project_no", "indicators", "measurable", "target_texts"
    )
    assert MeasuredPillar(2, 2, (60_000, 120_000), 0, 0, 0) == measured_pillars(measures, YEARS)[0]
    assert [Unmeasured(5, "医療", 180_000, "")] == unmeasured(measures)
    one = measures_by_project(made_up(indicators=only(INDICATORS, "2030", "2033-01", "2033-05-3")))
    assert MeasuredPillar(2, 2, (60_000, 120_000), 1, 1, 100) == measured_pillars(one, YEARS)[0]


def test_how_the_targets_of_each_pillar_can_be_measured() -> None:
    """Of the six indicators of the second pillar three are numbers: half."""
    assert [
        MeasuredPillar(2, 2, (60_000, 120_000), 6, 3, 50),
        MeasuredPillar(1, 3, (40_000, 80_000), 7, 7, 100),
    ] == measured_pillars(measures_by_project(made_up()), YEARS)


def test_projects_that_cost_but_have_no_number_to_aim_at() -> None:
    """医療 has cost and words alone now, and so has 創業; 観光 has no cost, 計画 has numbers."""
    indicators = without(INDICATORS, "2033-05-3", "2033-05-4", "2033-02", "2033-03")
    indicators += "2033-02-9 1 支援 . state - . . 随時 . state 2033 2035\n"
    indicators += "2033-03-9 1 発信 . state - . . 適宜 . state 2033 2035\n"
    found = unmeasured(measures_by_project(made_up(indicators=indicators)))

    assert [
        Unmeasured(5, "医療", 180_000, "2034年度、増加、常時"),
        Unmeasured(2, "創業", 110_000, "随時"),
    ] == found
    assert [] == unmeasured(measures_by_project(made_up()))


def test_what_has_no_number_to_aim_at_as_a_share_of_the_whole() -> None:
    """医療 and 創業 have words alone: 290,000 of 300,000; without 医療 110,000 of 120,000.

    In 2033 alone 90,000 of 100,000, without 医療 30,000 of 40,000; none is given for 2035.
    """
    indicators = without(INDICATORS, "2033-05-3", "2033-05-4", "2033-02")
    measures = measures_by_project(made_up(indicators=indicators))
    medical = ProjectCost(5, "医療", 2, "全額", None, (60_000, 120_000))

    found = unmeasured_share(measures, YEARS)
    assert found is not None
    assert (2, 290_000, 300_000, medical) == (found.projects, found.amount, found.total, found.largest)
    assert found.share == pytest.approx(100 * 29 / 30)
    assert found.others_share == pytest.approx(100 * 11 / 12)
    of_2033 = unmeasured_share(measures, [FY2033])
    assert of_2033 == UnmeasuredShare(
        2, 90_000, 100_000, 90, ProjectCost(5, "医療", 2, "全額", None, (60_000,)), 75
    )
    assert unmeasured_share(measures, [FY2035]) is None
    assert unmeasured_share(measures_by_project(made_up()), YEARS) is None
    alone = unmeasured_share(measures.head(1), YEARS)
    assert alone is not None
    assert (100, None) == (alone.share, alone.others_share)


def test_many_projects_of_one_cost_stay_in_the_plans_order() -> None:
    """However many there are, those that cost more come first."""
    measures = pd.DataFrame({"project_no": range(100), "name": "名", "measurable": 0, "target_texts": "随時",
                             "total_thousand_yen": [5.0, 7.0] * 50})  # fmt: skip

    assert [*range(1, 100, 2), *range(0, 100, 2)] == [found.project_no for found in unmeasured(measures)]


def test_a_project_that_costs_nothing_is_not_unmeasured() -> None:
    """An amount of 0 is no money without a measure, one of 1 is."""
    measures = pd.DataFrame({"project_no": [1, 2], "name": "名", "measurable": 0, "target_texts": "随時",
                             "total_thousand_yen": [0.0, 1.0]})  # fmt: skip

    assert [2] == [found.project_no for found in unmeasured(measures)]


def test_what_stands_in_place_of_an_amount() -> None:
    """The newest plan's remarks in the order of the rows."""
    costs = changed(COSTS, "2030 1", note="前の注記")

    assert [Remark(1, 2034, "未定"), Remark(3, 2033, "金額なし")] == remarks(made_up(costs=costs))
    assert [] == remarks(made_up(costs=head(COSTS)))


@pytest.mark.parametrize(
    "emptied", [{"projects": head(PROJECTS)}, {"projects": only(PROJECTS, "2030"), "costs": head(COSTS)}]
)
def test_a_plan_without_projects_has_no_costs(emptied: dict[str, str]) -> None:
    """No rows, and the same columns."""
    none = costs_by_project(made_up(**emptied))
    measures = measures_by_project(made_up(**emptied))

    assert list(costs_by_project(made_up())) == list(none)
    assert [[], [], [], [], []] == [
        project_costs(none, YEARS), section_costs(none, YEARS), cost_by_pillar(none, YEARS),
        measured_pillars(measures, YEARS), unmeasured(measures),
    ]  # fmt: skip


def test_a_plan_without_costs_still_has_its_projects() -> None:
    """Five projects, none with an amount."""
    none = costs_by_project(made_up(costs=head(COSTS)))

    assert 5 == len(none)
    assert none.filter(like="thousand_yen").isna().all(axis=None)
    assert "float64" == none["thousand_yen_2035"].dtype


def test_an_amount_or_a_project_that_stands_twice_is_refused() -> None:
    """Amounts are never added up silently."""
    with pytest.raises(ValueError, match="duplicate entries"):
        costs_by_project(made_up(costs=f"{COSTS}2033 5 2033 1 ."))
    with pytest.raises(MergeError):
        costs_by_project(made_up(projects=f"{PROJECTS}2033 5 二度 2 医療 二度 . . . . ."))
    with pytest.raises(MergeError):
        measures_by_project(made_up(projects=f"{PROJECTS}2033 4 二度 2 . 二度 . . . . ."))
