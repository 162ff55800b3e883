"""Every main point and headline of every family is one that a person would write, whatever the numbers say."""

# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from renkei import baselines, comparison, cost_measures, costs, kpis, pace, target_changes
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.load import Tables, tables_from, this_checkout
from renkei.mentions import mentions_of
from renkei.outcomes import outcomes_of
from renkei.participation import of_joined, participation_of
from renkei.report import (
    brief,
    changes,
    kpi_way,
    municipality,
    municipality_points,
    outcomes,
    ratings,
    shares,
    trajectory_points,
)
from renkei.report import kpis as kpi_report
from renkei.report import pace as pace_report
from renkei.report import targets as targets_report
from renkei.report import trajectory as trajectory_report
from renkei.report import verdicts as verdicts_report
from renkei.report.kit.pieces import Figure, MainPoints, Piece
from renkei.report.kit.wording import of_all
from renkei.tables.schema import resources

YEARS = range(2024, 2029)

#: What nobody writes, and why.
UNWRITTEN = {
    r"(?<![\d,.])(\d+)(件|指標|事業)のうち\1\2": "all of a number as a part of it",
    r"(?<![\d,.])(\d+)(件|指標|事業)、うち\1\2": "all of a number as a part of it",
    r"うち0(?!\.)": "none of a number as a part of it",
    r"(?<![\d,.])[01](件|指標|事業)すべて": "all of one or none",
    r"(?<![\d,.])1(件|指標|事業)(は|で|では)、いずれも": "each of one",
    r"「」|、。|。。|、、|\(\)|は、は": "a gap where nothing was to be said",
    r"比べられる(で|が|は|、|であった|。|$)": "how many, without a number",
    r"nan|None|NaN|<NA>": "a missing value as it stands in a table",
    r"^[、。が]": "a sentence without its beginning",
}
#: In a headline, none of anything is nothing to say.
IN_HEADLINES = {
    r"(?<![\d,.])0(件|指標|事業|%)": "nothing counted",
    r"^$": "nothing at all",
    r"。$": "a full stop",
}


@dataclass(frozen=True)
class Said:
    """A headline with what stands below it."""

    headline: str
    detail: str = ""


def said_by(*pieces: Piece) -> Iterator[Said]:
    """The headlines of main points and figures; what is a paragraph in place of a figure is a detail."""
    for piece in pieces:
        if isinstance(piece, MainPoints):
            for point in piece.points:
                yield Said(point.headline, point.detail)
            for part in piece.attention:
                yield Said(part.title)
        elif isinstance(piece, Figure):
            yield Said(piece.title, f"{piece.measure.removesuffix('。')}。")
        else:
            yield Said(".", piece.summary)


def faults(said: Said) -> list[tuple[str, str]]:
    """What a person would not have written, with the reason."""
    found = [
        (text, reason)
        for text in (said.headline, said.detail)
        for pattern, reason in UNWRITTEN.items()
        if re.search(pattern, text)
    ]
    found += [
        (said.headline, reason)
        for pattern, reason in IN_HEADLINES.items()
        if re.search(pattern, said.headline)
    ]
    if said.detail and not said.detail.endswith("。"):
        found.append((said.detail, "no full stop"))
    return found


def all_faults(*pieces: Piece) -> list[tuple[str, str]]:
    """Those of all that these pieces say."""
    return [fault for said in said_by(*pieces) for fault in faults(said)]


def of_targets(compared: pd.DataFrame, year: int, *, drawn: bool = True) -> list[Piece]:
    """What the report on a year's targets and the brief say in sentences."""
    cost = costs.cost_of_year(cost_measures.measures_by_project(), year)
    pieces = [
        targets_report.main_points(compared, cost, year),
        brief.main_points(compared, cost, year),
        verdicts_report.newest_explained(compared),
    ]
    if drawn:
        pieces += [
            verdicts_report.newest_chart(compared, year), kpi_report.target_chart(compared, year),
        ]  # fmt: skip
    return pieces


def of_trajectory(tables: Tables) -> list[Piece]:
    """What the report on the whole way says in sentences."""
    years = comparison.compared_years(tables)
    compared = years.drop_duplicates("indicator_id")
    changed = target_changes.target_changes_in_detail(compared, tables)
    required, way = pace.required_pace(tables), kpis.kpi_way(compared, tables)
    measures, cost_years = cost_measures.measures_by_project(tables), costs.years_with_costs(tables)
    return [
        trajectory_points.main_points(
            changed, years, baselines.targets_with_baselines(tables), way, required,
            costs.cost_of_year(measures, cost_years[-1]), cost_measures.unmeasured_share(measures, cost_years),
            cost_years,
        ),
        changes.changes_chart(changed), trajectory_report.statuses_chart(years), pace_report.pace_chart(required),
        kpi_way.way_chart(way),
    ]  # fmt: skip


def of_outcomes(found: pd.DataFrame, *, drawn: bool = True) -> list[Piece]:
    """What the report on the outcomes of 2021 says in sentences."""
    points = outcomes.main_points(found, 2021)
    if not drawn:
        return [points]
    charts = kpi_report.outcome_chart(found, 2021), ratings.ratings_chart(found), shares.shares_chart(found)
    return [points, *filter(None, charts)]


def of_municipality(name: str, year: int, tables: Tables) -> list[Piece]:
    """What a municipality's report says in sentences."""
    taken = participation_of(name, tables)
    compared = of_joined(comparison.compare_in_detail(year, tables), taken)
    borne = of_joined(costs.costs_by_project(tables), taken)
    shown_year = costs.year_shown(costs.years_with_costs(tables), year)
    return [
        municipality_points.main_points(
            name, year, taken, borne, shown_year, compared, mentions_of(name, tables)
        )
    ]


@cache
def real_tables() -> Tables:
    """The tables of the project."""
    return this_checkout()


def changed_tables(**frames: pd.DataFrame) -> Tables:
    """The real tables with others in the place of these."""
    tables = real_tables()
    names = resources(Checkout.current())
    return tables_from(tables.area, {name: frames.get(name, tables[name]) for name in names})


def with_actuals(year: int, share: float) -> Tables:
    """The tables with an outcome of a year for each target that is a number: that share of it."""
    tables = real_tables()
    indicators = tables["indicators"]
    own = indicators[(indicators["plan"] == tables.area.plan.first_year) & indicators["target_value"].notna()]
    falling = own["direction"] == "lower"
    worse = own["target_value"].abs() * (1 - share)
    values = own["target_value"] + worse.where(falling, -worse)
    actuals = pd.DataFrame(
        {
            "indicator_id": own["indicator_id"], "fiscal_year": year, "observed_year": year,
            "actual_text": [f"{value:,.0f}{unit}" for value, unit in zip(values, own["unit"], strict=True)],
            "actual_value": values, "rating": "-", "is_provisional": False, "mentions_covid": False, "note": "-",
            "source": "actuals", "source_line": 1,
        }
    )  # fmt: skip
    return changed_tables(outcomes=pd.concat([tables["outcomes"], actuals], ignore_index=True))


def without_values() -> Tables:
    """The tables with neither outcomes nor baselines of the newest plan: nothing is known of any indicator."""
    tables = real_tables()
    indicators = tables["indicators"].copy()
    own = indicators["plan"] == tables.area.plan.first_year
    indicators.loc[own, "baseline_text"] = "-"
    indicators.loc[own, ["baseline_value", "baseline_year"]] = None
    return changed_tables(
        indicators=indicators,
        outcomes=tables["outcomes"].assign(
            actual_text="-", actual_value=float("nan"), rating="-",
            observed_year=tables["outcomes"]["observed_year"].mask(lambda years: years > 0),
        ),
    )  # fmt: skip


def without_outcomes() -> Tables:
    """The tables with the plan's own baselines alone."""
    outcomes_before = real_tables()["outcomes"].assign(
        actual_text="未集計", actual_value=float("nan"), rating="-"
    )
    return changed_tables(
        outcomes=outcomes_before.assign(
            observed_year=outcomes_before["observed_year"].mask(lambda years: years > 0)
        )
    )


def all_redefined() -> Tables:
    """The tables with a new definition for every indicator that went on."""
    pairs = real_tables()["crosswalk"]
    return changed_tables(crosswalk=pairs.assign(relation=pairs["relation"].replace("same", "redefined")))


#: Tables as they may be in years to come: everything met, twice over, missed …, nothing known, all else.
OTHERS = {
    "met": lambda: with_actuals(2024, 1.0),
    "met by far": lambda: with_actuals(2024, 2.0),
    "missed": lambda: with_actuals(2024, 0.4),
    "nearly met": lambda: with_actuals(2024, 0.999),
    "met later": lambda: with_actuals(2026, 1.0),
    "nothing known": without_values,
    "baselines alone": without_outcomes,
    "all redefined": all_redefined,
}


@cache
def other_tables(name: str) -> Tables:
    """The tables of that name, made once."""
    return OTHERS[name]()


@pytest.mark.parametrize("year", YEARS)
def test_a_years_targets_are_said_as_a_person_would(year: int) -> None:
    """Of the targets' report and of the brief, for each year of the plan."""
    assert [] == all_faults(*of_targets(comparison.compare_in_detail(year), year))


def test_the_whole_way_is_said_as_a_person_would() -> None:
    """Its main points and the findings of its charts."""
    assert [] == all_faults(*of_trajectory(real_tables()))


def test_the_outcomes_are_said_as_a_person_would() -> None:
    """Likewise."""
    assert [] == all_faults(*of_outcomes(outcomes_of(2021)))


@pytest.mark.parametrize("name", [of.name for of in Area.current().municipalities])
def test_what_a_municipality_takes_part_in_is_said_as_a_person_would(name: str) -> None:
    """For the lead and each partner, in years with and without costs."""
    for year in (2024, 2025, 2028):
        assert [] == all_faults(*of_municipality(name, year, real_tables())), year
    assert [] == all_faults(municipality.pillar_chart(name, participation_of(name)))


def test_no_two_years_have_the_same_headline() -> None:
    """The first of each year's targets."""
    headlines = []
    for year in YEARS:
        points = targets_report.main_points(comparison.compare_in_detail(year), None, year)
        assert isinstance(points, MainPoints)
        headlines.append(points.points[0].headline)

    assert 5 == len(set(headlines))
    assert all(str(year) in headline for year, headline in zip(YEARS, headlines, strict=True))


@pytest.mark.parametrize("name", OTHERS)
def test_other_numbers_are_said_as_a_person_would(name: str) -> None:
    """Where everything is met, everything missed, or nothing known: of targets, in the brief, of a partner."""
    for year in YEARS:
        assert [] == all_faults(*of_targets(compared_once(year, name), year, drawn=year == 2025)), year
    assert [] == all_faults(*of_municipality("千歳市", 2028, other_tables(name)))


@pytest.mark.parametrize("name", OTHERS)
def test_another_way_is_said_as_a_person_would(name: str) -> None:
    """Likewise of the whole way."""
    assert [] == all_faults(*of_trajectory(other_tables(name)))


@pytest.mark.parametrize("rating", ["◎", "○", "△", "×", "-"])
def test_outcomes_of_one_rating_are_said_as_a_person_would(rating: str) -> None:
    """All achieved, all expected, none, or nothing judged."""
    assert [] == all_faults(*of_outcomes(outcomes_of(2021).assign(rating=rating)))


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(YEARS),
    st.sampled_from([None, *OTHERS]),
    st.sets(st.integers(0, 81), max_size=6) | st.sets(st.integers(0, 81)),
)
def test_any_part_of_a_plan_is_said_as_a_person_would(year: int, name: str | None, places: set[int]) -> None:
    """None, one, a few or many of the indicators, as a municipality may have them."""
    rows = compared_once(year, name).iloc[sorted(places)]

    assert [] == all_faults(*of_targets(rows, year, drawn=False))


@cache
def compared_once(year: int, name: str | None) -> pd.DataFrame:
    """A year's comparison on the real tables, or on others."""
    return comparison.compare_in_detail(year, other_tables(name) if name else real_tables())


@settings(deadline=None, max_examples=40)
@given(st.sets(st.integers(0, 79), max_size=6) | st.sets(st.integers(0, 79)))
def test_any_part_of_the_outcomes_is_said_as_a_person_would(places: set[int]) -> None:
    """None, one, a few or many of them."""
    assert [] == all_faults(*of_outcomes(outcomes_of(2021).iloc[sorted(places)], drawn=False))


@given(st.integers(0, 300), st.integers(0, 300))
@example(1, 0)
@example(2, 0)
@example(0, 1)
@example(0, 0)
def test_a_part_is_never_said_of_itself(part: int, more: int) -> None:
    """Neither all of a number, nor all of one, nor none of any; what is said has both numbers."""
    words = of_all(part, part + more, "件")

    assert [] == [pattern for pattern in UNWRITTEN if re.search(pattern, words)]
    assert (part == 0) == (words == "")
    assert part == 0 or {str(part), str(part + more)} == set(re.findall(r"\d+", words))


def test_a_fault_is_found() -> None:
    """So that the patterns are no empty words."""
    for text in ("4件のうち4件で、満たす", "55事業のうち55事業", "3件、うち3件は前の値", "3件、うち0件", "1指標すべて", "比べられるで届かない",
                 "「」は、届いていない", "nan人", "1指標は、いずれも満たす"):  # fmt: skip
        assert faults(Said(text)), text
    for text in ("届いていない指標は0件", "", "言い切る。", "0指標が満たす"):
        assert faults(Said(text)), text
    for text in (
        "40件のうち4件",
        "14件のうち4件",
        "10件が満たす",
        "26指標のうち9指標",
        "17指標すべて",
        "1,000件のうち0.5件分",
    ):
        assert not faults(Said(text)), text
    assert faults(Said("届いていない", "止まらない"))
