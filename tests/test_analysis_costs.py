"""The costs of made-up projects, worked by hand in 1,000 yen."""

import math

import pandas as pd
import pytest
from made_up_tables import COSTS, INDICATORS, PROJECTS, changed, head, made_up, only, rows_of, without
from pandas.errors import MergeError
from renkei.cost_change import MOST, NAMED, CostChange, Mover, cost_change, movers_of
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


def test_no_amounts_have_no_largest() -> None:
    """0 stands for nothing, so that a chart has a scale."""
    assert 0 == largest_amount([SectionCost("a", 1, 1, (5, None))]) == largest_amount([])


def test_a_years_cost_as_a_whole() -> None:
    """2033: 60,000 + 10,000 + 30,000 is 100,000 of three projects; two give none; 医療 has 60 %."""
    costs = costs_by_project(made_up())
    largest = ProjectCost(5, "医療", 2, "全額", None, (60_000,))
    second = ProjectCost(2, "創業", 1, "人件費", "会場費", (30_000,))
    third = ProjectCost(1, "計画", 1, "事務費", "旅費", (10_000,))

    # Of the year before the plan nothing is known that could be compared.
    assert YearCost(100_000, 3, 2, largest, 60_000, 60, 40_000, (largest, second, third), 100, None
                    ) == cost_of_year(costs, 2033)  # fmt: skip
    of_2034 = cost_of_year(costs, FY2034)
    assert of_2034 is not None
    assert (200_000, 2, 3, (120_000,), 60, 80_000) == (
        of_2034.total, of_2034.projects, of_2034.missing, of_2034.largest.amounts, of_2034.largest_share,
        of_2034.without_largest,
    )  # fmt: skip
    assert 3 == LEADING


def test_the_three_that_cost_most_lead() -> None:
    """Of five amounts the largest three: 50 + 40 + 20 of 125 is 88 %; of equal ones the first in the plan."""
    costs = costs_by_project(made_up()).assign(thousand_yen_2033=[10.0, 50.0, 5.0, 20.0, 40.0])
    found = cost_of_year(costs, 2033)
    equal = cost_of_year(costs.assign(thousand_yen_2033=[10.0, 20.0, 10.0, 10.0, 10.0]), 2033)

    assert found is not None
    assert equal is not None
    assert ([1, 4, 3], 88, 75) == (
        [of.project_no for of in found.leading], found.leading_share, found.without_largest
    )  # fmt: skip
    assert [1, 5, 2] == [of.project_no for of in equal.leading]


def test_what_changed_the_cost_of_a_year() -> None:
    """From 100,000 to 200,000: 医療 makes 60 %, 創業 50 %, 計画, which gives no amount any more, less 10 %."""
    costs = costs_by_project(made_up())
    medical = Mover(5, "医療", 60_000, 120_000, 60_000, 60)
    founding = Mover(2, "創業", 30_000, 80_000, 50_000, 50)

    assert [medical, founding, Mover(1, "計画", 10_000, None, -10_000, -10)] == movers_of(
        cost_changes(costs, 2034)
    )
    of_2034 = cost_of_year(costs, 2034)
    assert of_2034 is not None
    # Without 医療 it was 40,000 and is 80,000.
    assert CostChange(2033, 100_000, 200_000, 100_000, 100, 0, 0, (medical, founding), 110,
                      40_000, 80_000, 100) == of_2034.change  # fmt: skip


def test_a_year_beside_one_without_costs_has_no_change() -> None:
    """Neither 2033, the plan's first, nor 2035, of which nothing is given."""
    costs = costs_by_project(made_up())

    assert (0, 0) == (len(cost_changes(costs, 2033)), len(cost_changes(costs, 2035)))


def test_the_fewest_that_make_nine_tenths_are_named() -> None:
    """In the direction of the whole change; at most three, and none beyond 90 %."""

    def movers(*after: float) -> list[int]:
        amounts = pd.DataFrame({"project_no": range(1, len(after) + 1), "name": "名",
                                "before_thousand_yen": 100.0, "after_thousand_yen": after})  # fmt: skip
        found = cost_change(amounts, 2033)
        assert found is not None
        return [mover.project_no for mover in found.movers]

    assert (90, 3) == (MOST, NAMED)
    # +90 and +10: the first makes it; +89 and +11: both do.
    assert ([1], [1, 2]) == (movers(190, 110), movers(189, 111))
    # Less is less: -60 and -40.
    assert [2, 1] == movers(60, 40)
    # The whole is +50: of +80, -40 and +10 the first makes more than all, and what goes the other way is no cause.
    assert [1] == movers(180, 60, 110)
    # Of +85 in all, +50, -45, +40 and +40: the first and one of the last.
    assert [1, 3] == movers(150, 55, 140, 140)
    # Ten of one size: no more than three.
    assert [1, 2, 3] == movers(*[110.0] * 10)
    # Nothing changed as a whole.
    assert [] == movers(110, 90)


def test_an_amount_that_is_new_counts_from_nothing() -> None:
    """創業 had none before: 80,000 more. Of a year before that cost nothing there is no percentage."""
    costs = costs_by_project(made_up(costs=changed(COSTS, "2033 2 2033", amount_thousand_yen=".")))
    of_2034 = cost_of_year(costs, 2034)
    free = cost_of_year(costs.assign(thousand_yen_2033=0.0), 2034)

    assert of_2034 is not None and of_2034.change is not None
    assert free is not None and free.change is not None
    assert (1, 80_000, 70_000, 130_000) == (
        of_2034.change.added, of_2034.change.added_amount, of_2034.change.before, of_2034.change.difference
    )  # fmt: skip
    assert Mover(2, "創業", None, 80_000, 80_000, pytest.approx(8000 / 130)) == of_2034.change.movers[0]
    assert (None, None) == (free.change.percent, free.change.others_percent)


def test_the_year_that_is_shown() -> None:
    """The one that was asked for if it has costs, else the last that has."""
    assert (FY2033, FY2034, FY2034, None) == (
        year_shown(YEARS, 2033), year_shown(YEARS, FY2034), year_shown([FY2034, FY2033], 2035),
        year_shown([], 2033),
    )  # fmt: skip
    assert (25, 0) == (share_of(1, 4), share_of(1, 0))


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
    # Of both years 300,000 in all, 290,000 of it without a number; but for 医療 110,000 of 120,000.
    assert UnmeasuredShare(
        2,
        290_000,
        300_000,
        pytest.approx(2900 / 30),
        ProjectCost(5, "医療", 2, "全額", None, (60_000, 120_000)),
        pytest.approx(1100 / 12),
    ) == unmeasured_share(measures_by_project(made_up(indicators=indicators)), YEARS)
    # Of 2033 alone 90,000 of 100,000; but for 医療 30,000 of 40,000.
    of_2033 = unmeasured_share(measures_by_project(made_up(indicators=indicators)), [FY2033])
    assert of_2033 is not None
    assert (2, 90_000, 90, 75) == (of_2033.projects, of_2033.amount, of_2033.share, of_2033.others_share)


def test_no_share_is_unmeasured_where_every_project_has_a_number() -> None:
    """Nor in a year without amounts; and where nothing else costs, there is no share of the others."""
    measures = measures_by_project(made_up())
    assert unmeasured_share(measures, YEARS) is None

    alone = measures.assign(measurable=0)
    assert unmeasured_share(alone, [FY2035]) is None
    one = unmeasured_share(alone.head(1), YEARS)
    assert one is not None
    assert (1, 100, None) == (one.projects, one.share, one.others_share)


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
