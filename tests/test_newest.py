"""What is known newest of the real indicators, and what follows from it; counted with the documents open."""

# ruff: noqa: E501
from collections import Counter
from typing import Any

import pytest
from made_up_tables import column_of, rows_of
from renkei import baselines, verdicts
from renkei.comparison import compare, compare_in_detail
from renkei.kpis import kpi_way
from renkei.load import this_checkout
from renkei.newest import newest_values
from renkei.targets import COMPUTED_BASES, targets_for
from renkei.verdicts import Source, counts_of
from second_comparison import second_implementation

YEARS = range(2024, 2029)
JUDGED = ("met", "not_met")
#: Whose target is the baseline itself, and whose is below it (a subsidy, a fund, an exchange of officials).
JUST_REACHED = [
    "2024-02-2", "2024-10-1", "2024-18-1", "2024-19-1", "2024-19-2", "2024-20-1", "2024-23-1", "2024-26-1",
    "2024-31-2", "2024-34-1", "2024-40-1", "2024-41-5", "2024-43-1",
]  # fmt: skip
BELOW_BASELINE = ["2024-05-1", "2024-48-1", "2024-54-1"]
ASKING_MORE = [
    "2024-K1", "2024-K2", "2024-K3", "2024-K4", "2024-01-1", "2024-03-1", "2024-09-1", "2024-14-1", "2024-18-2",
    "2024-39-1", "2024-41-2", "2024-41-4", "2024-41-6", "2024-41-7", "2024-44-1", "2024-49-1",
]  # fmt: skip
#: Past their years: four of FY2025 and a thing to be done in it; one of FY2026; ten of FY2027.
DUE = {
    2025: ["2024-32-1", "2024-38-1", "2024-38-2", "2024-39-1", "2024-47-1"],
    2026: ["2024-55-1"],
    2027: ["2024-04-1", "2024-08-2", "2024-09-1", "2024-14-1", "2024-21-1", "2024-32-2", "2024-35-1", "2024-41-3",
           "2024-42-1", "2024-52-1"],
    2028: ["2024-K1", "2024-K2", "2024-K3", "2024-K4"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("indicator_id", "expected"),
    [
        # 132 schools in 2021, 244 in the baseline of 2022, 244 asked for.
        ("2024-23-1", (132, "not_met", 244, 2022, "baseline", 244, 0, 100, "met")),
        # 13 firms in 2021, 15 in a baseline without a year, 15 asked for.
        ("2024-02-2", (13, "not_met", 15, None, "baseline", 15, 0, 100, "met")),
        # 285 people in 2021, 216 in 2022, 220 asked for: met by the one, missed by the other.
        ("2024-41-4", (285, "met", 216, 2022, "baseline", 220, 4, 100 * 216 / 220, "not_met")),
        # 109 in 2021, 222 in 2022, 450 asked for.
        ("2024-41-6", (109, "not_met", 222, 2022, "baseline", 450, 228, 100 * 222 / 450, "not_met")),
        # No meeting in 2021, one in 2022.
        ("2024-20-1", (0, "not_met", 1, 2022, "baseline", 1, 0, 100, "met")),
        # The vision gives no baseline: 1,500 of 2021 stand against 1,150, 229 data sets against 255.
        ("2024-41-1", (1500, "met", 1500, 2021, "outcome_2021", 1150, -350, 100 * 1500 / 1150, "met")),
        ("2024-38-1", (229, "not_met", 229, 2021, "outcome_2021", 255, 26, 100 * 229 / 255, "not_met")),
        # 17,750千人 are of FY2020, 30,273 of FY2022; half of the way to 35,000 of FY2028 is FY2025.
        ("2024-K2", (17_750_000, "not_met", 30_273_000, 2022, "baseline", 32_636_500, 2_363_500,
                     100 * 30_273_000 / 32_636_500, "not_met")),
        # Lower is better: 59.3 % of 2022 against 53.72 on the way to 50; the list measured another thing.
        ("2024-09-1", (None, "not_comparable", 59.3, 2022, "baseline", 53.72, 5.58, 100 * 53.72 / 59.3, "not_met")),
        # Still being counted in 2021; 2,583 in 2022.
        ("2024-03-1", (None, "no_outcome", 2583, 2022, "baseline", 5000, 2417, 100 * 2583 / 5000, "not_met")),
    ],
)  # fmt: skip
def test_worked_examples(indicator_id: str, expected: tuple[object, ...]) -> None:
    """What FY2025 asks, by the outcome of 2021 and by the newest value."""
    compared = compare(2025)
    [found] = rows_of(
        compared[compared["indicator_id"] == indicator_id],
        "outcome_2021_value", "status", "newest_value", "newest_year", "newest_origin", "target_value",
        "newest_gap", "newest_share", "newest_status",
    )  # fmt: skip

    assert pytest.approx(expected) == found


def test_a_newest_value_names_the_line_that_it_stands_in() -> None:
    """Of the vision's table, or of the list of 2021; as published."""
    found = newest_values()
    rows = rows_of(found, "indicator_id", "text", "origin", "source", "source_line", "status")

    assert ("2024-23-1", "244校(2022年度)", "baseline", "vision_2024_2028", 2032, "final") in rows
    assert ("2024-41-1", "1,500人", "outcome_2021", "status_list_fy2021", 97, "final") in rows


def test_of_which_origin_the_newest_values_are() -> None:
    """32 numbers are baselines; data sets and training have none, and are known by their outcomes of 2021."""
    by_hand = Counter(
        row["newest_origin"] for row in second_implementation(2028) if row["newest_value"] is not None
    )
    found = newest_values()
    numbers = found[found["value"].notna()]

    assert {"baseline": 32, "outcome_2021": 2} == by_hand == Counter(numbers["origin"])
    assert ["2024-38-1", "2024-41-1"] == numbers[numbers["origin"] == "outcome_2021"][
        "indicator_id"
    ].to_list()
    # An office told nothing yet, so that every year knows the same.
    assert 5 * [len(found)] == [len(newest_values(year)) for year in YEARS]


def test_what_was_known_before_the_plan() -> None:
    """By the end of FY2021 the vision's baselines of 2022 were not."""
    found = column_of(newest_values(2021), "value")

    assert (132, 13, 285, 109, 190_000) == tuple(
        found[f"2024-{number}"] for number in ("23-1", "02-2", "41-4", "41-6", "14-1")
    )
    assert "2024-39-1" not in found


@pytest.mark.parametrize("year", YEARS)
def test_what_is_past_its_year_is_carried(year: int) -> None:
    """None in FY2024 and FY2025, 5 in FY2026, 6 in FY2027, 16 in FY2028; as the targets' own texts say."""
    basis = column_of(targets_for(year), "basis")

    assert sorted(name for of in DUE if of < year for name in DUE[of]) == sorted(
        name for name, of in basis.items() if of == "carried"
    )
    assert DUE.get(year, []) == [name for name, of in basis.items() if of == "due"]
    assert {2024: 0, 2025: 0, 2026: 5, 2027: 6, 2028: 16}[year] == len(verdicts.carried(compare(year)))


#: Year: indicators that the plan's own targets judge and of these missed, the same of computed ones, all computed.
#: Of the 26 of every year nine are missed; FY2025 adds data sets and the app, FY2027 the airport and the firms that
#: lack people, FY2028 the four KPIs: each of them is missed.
COUNTS = {
    2024: (26, 9, 7, 7, 11),
    2025: (28, 11, 6, 6, 10),
    2026: (26, 9, 6, 6, 10),
    2027: (28, 11, 4, 4, 4),
    2028: (30, 13, 0, 0, 0),
}


def count_rows(rows: list[dict[str, Any]], *, computed: bool) -> tuple[int, int]:
    """How many the second implementation judges by the newest value, and how many of these miss."""
    found = [
        row["newest_status"]
        for row in rows
        if row["newest_status"] in JUDGED and (row["basis"] in COMPUTED_BASES) == computed
    ]
    return len(found), found.count("not_met")


@pytest.mark.parametrize("year", YEARS)
def test_how_many_targets_of_a_year_are_missed(year: int) -> None:
    """Counted by hand, by the second implementation and by the report's own count."""
    rows, counts = second_implementation(year), counts_of(compare_in_detail(year))
    of_plan, of_system = count_rows(rows, computed=False), count_rows(rows, computed=True)

    assert COUNTS[year] == (
        *of_plan, *of_system, sum(row["basis"] in COMPUTED_BASES for row in rows)
    )  # fmt: skip
    assert COUNTS[year] == (
        counts.stated.judged, counts.stated.missed, counts.computed.judged, counts.computed.missed,
        counts.computed_targets,
    )  # fmt: skip


def test_which_verdicts_the_newest_value_turns() -> None:
    """Firms, meetings on poverty and concerts rose to their targets, joint meetings for jobs fell below."""
    for year in YEARS:
        assert ["2024-02-2", "2024-20-1", "2024-23-1", "2024-41-4"] == verdicts.turned(compare(year))[
            "indicator_id"
        ].to_list()


def test_lines_that_start_at_the_newest_value() -> None:
    """In FY2025 each of the six computed targets that are missed starts at the very value it is held against."""
    compared = compare(2025)

    assert {"2024-K1", "2024-K2", "2024-K3", "2024-K4", "2024-09-1", "2024-14-1"} == set(
        verdicts.at_start(compared)["indicator_id"]
    )
    assert 6 == counts_of(compare_in_detail(2025)).computed.missed


def test_of_which_years_the_values_of_a_year_are() -> None:
    """Of FY2025: 28 baselines of 2022, two without a year, one of 2023, one of 2020; two outcomes of 2021."""
    rows = second_implementation(2025)
    by_hand = Counter(
        (row["newest_origin"], row["newest_year"]) for row in rows if row["newest_status"] in JUDGED
    )

    assert {("baseline", 2022): 28, ("baseline", None): 2, ("outcome_2021", 2021): 2, ("baseline", 2020): 1,
            ("baseline", 2023): 1} == by_hand  # fmt: skip
    found = verdicts.sources_of_values(compare(2025))
    assert {Source(origin, year, count) for (origin, year), count in by_hand.items()} == set(found)
    assert [28, 2, 2, 1, 1] == [source.count for source in found]


def test_how_many_targets_are_reached_at_the_baseline() -> None:
    """16 of 32: 13 ask for just the baseline, three for less; 16 ask for more."""
    asked = baselines.targets_with_baselines()

    assert 32 == len(asked) == len(JUST_REACHED + BELOW_BASELINE + ASKING_MORE)
    assert (JUST_REACHED, BELOW_BASELINE, ASKING_MORE, sorted(JUST_REACHED + BELOW_BASELINE)) == tuple(
        rows["indicator_id"].to_list()
        for rows in (
            baselines.just_reached(asked), baselines.below_baseline(asked), baselines.asking_more(asked),
            baselines.reached(asked),
        )
    )  # fmt: skip


def test_what_the_kpis_ask_against_the_level_before() -> None:
    """観光 5.6 % less than 37,076千人 of FY2017, 札幌駅 1.0 % more than 189,932, 売上 10.0 % more than 27.9兆 of 2015."""
    way = kpi_way(compare_in_detail(2028))
    found = column_of(way, "against_before_percent")

    assert pytest.approx(
        {
            "2024-K1": 100 * (30.7 / 27.9 - 1),
            "2024-K2": 100 * (35_000 / 37_076 - 1),
            "2024-K3": 100 * (191_851 / 189_932 - 1),
        }
    ) == {name: percent for name, percent in found.items() if percent is not None}
    told = way["against_before_percent"].dropna()
    assert ["10.0", "-5.6", "1.0"] == [f"{percent:.1f}" for percent in told]
    # 2,155 fewer people lost than in 2017, and 1,938 fewer than in 2022: of losses there is no percentage.
    assert [2_805 - 650, 2_588 - 650] == [
        value for row in rows_of(way.tail(1), "against_before", "against_newest") for value in row
    ]
    # Against the newest: 6.2 %, 15.6 % and 26.9 % more.
    assert ["6.2", "15.6", "26.9"] == [
        f"{percent:.1f}" for (percent,) in rows_of(way.head(3), "against_newest_percent")
    ]


def test_the_area_has_the_years_that_are_tried() -> None:
    """FY2024 to FY2028, and FY2021 before them."""
    area = this_checkout().area

    assert (list(YEARS), 2021) == ([year.starts_in for year in area.plan.fiscal_years], area.outcome_year)
