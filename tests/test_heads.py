"""Every column has one Japanese head, and data/datapackage.json is where it stands."""

import json
import re
from collections.abc import Callable
from functools import partial

import pandas as pd
import pytest
from conftest import ROOT, edit
from renkei.baselines import targets_with_baselines
from renkei.checkout import Checkout
from renkei.comparison import compare, compare_in_detail, compared_years
from renkei.contradictions import contradictions
from renkei.cost_measures import measures_by_project
from renkei.costs import cost_by, cost_changes, costs_by_project
from renkei.crosswalk import proposals
from renkei.kpis import kpi_way
from renkei.load import load_table
from renkei.newest import newest_values
from renkei.outcomes import indicators_with_projects, outcomes_of
from renkei.pace import required_pace
from renkei.participation import participation_of
from renkei.rate_counts import small_denominators
from renkei.rated import contradicted_ratings
from renkei.report import ratings
from renkei.report.kit import statuses
from renkei.report.kit.heads import readable
from renkei.tables.schema import column_of, derived_fields, resources, title_of
from renkei.target_changes import target_changes, target_changes_in_detail
from renkei.targets import targets_for
from renkei.year_change import revisions, year_changes
from renkei.year_rates import rates_by_year

HERE = Checkout(ROOT)
FRAMES: dict[str, Callable[[], pd.DataFrame]] = {
    "compare": lambda: compare(2025),
    "compare_in_detail": lambda: compare_in_detail(2025),
    "compared_years": compared_years,
    "contradictions": contradictions,
    "cost_by": lambda: cost_by(["pillar", "section"], measures_by_project()),
    "cost_changes": lambda: cost_changes(costs_by_project(), 2025),
    "costs_by_project": costs_by_project,
    "indicators_with_projects": indicators_with_projects,
    "kpi_way": lambda: kpi_way(compare_in_detail(2025)),
    "measures_by_project": measures_by_project,
    "newest_values": newest_values,
    "outcomes_of": lambda: outcomes_of(2021),
    "participation_of": lambda: participation_of("千歳市"),
    "contradicted_ratings": lambda: contradicted_ratings(2025),
    "proposals": lambda: proposals(2019, 2024),
    "required_pace": required_pace,
    "rates_by_year": rates_by_year,
    "year_change.revisions": lambda: revisions(2025),
    "small_denominators": lambda: small_denominators(2021),
    "target_changes": lambda: target_changes(compare(2025)),
    "target_changes_in_detail": lambda: target_changes_in_detail(compare(2025)),
    "targets_for": lambda: targets_for(2025),
    "targets_with_baselines": targets_with_baselines,
    "year_changes": lambda: year_changes(2025),
    **{name: partial(load_table, name) for name in resources(HERE)},
}


@pytest.mark.parametrize("name", FRAMES)
def test_every_column_has_a_head(name: str) -> None:
    """What tables hold and what analysis adds is read under a Japanese title."""
    assert [] == [column for column in FRAMES[name]() if not title_of(HERE, str(column))]


def test_a_column_has_the_same_head_in_every_table() -> None:
    """One name, one head: what analysis adds is named unlike every column of a table."""
    titles: dict[str, set[str]] = {}
    for table in resources(HERE).values():
        for field in table.fields:
            titles.setdefault(field.name, set()).add(field.title)
    derived = [field.name for field in derived_fields(HERE)]

    assert {} == {name: found for name, found in titles.items() if len(found) > 1}
    assert set() == titles.keys() & set(derived)
    assert len(derived) == len(set(derived))


def test_what_analysis_adds_is_in_some_frame() -> None:
    """A column that no function gives any more has no place in the schema."""
    given = {
        re.sub(r"(?<=yen_)\d{4}$", "{fiscal_year}", str(column)) for of in FRAMES.values() for column in of()
    }

    assert set() == {field.name for field in derived_fields(HERE)} - given


def test_a_frame_is_read_under_its_heads() -> None:
    """A column with a year in its name has the year in its head; a stranger keeps its name."""
    frame = pd.DataFrame(columns=["unit", "thousand_yen_2026", "gap", "my_own", "my_own_2026", 2026])

    assert ["単位", "2026年度の事業費見込額(千円)", "差", "my_own", "my_own_2026", 2026] == list(
        readable(frame).columns
    )


def test_a_head_is_changed_in_one_place(checkout_copy: Checkout) -> None:
    """The schema of the current checkout is asked each time."""
    edit(checkout_copy.schema, '"title": "数えるもの"', '"title": "対象"')

    assert ["対象"] == list(readable(pd.DataFrame(columns=["counts"])).columns)


CODE = "[a-z]+(_[a-z0-9]+)*"
#: Columns whose words are no codes: ids of documents, and units such as km.
NO_CODES = ("source", "newest_source", "actual_source", "start_source", "also_from", "written", "unit")


@pytest.mark.parametrize("name", FRAMES)
def test_every_code_has_words(name: str) -> None:
    """What a table or an analysis writes as an English code is read in Japanese."""
    frame = FRAMES[name]()
    texts = {
        column: {
            value for value in frame[column].dropna() if re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", str(value))
        }
        for column in frame
        if column not in NO_CODES
    }

    assert {} == {
        column: codes - set(found.labels if (found := column_of(HERE, str(column))) else ())
        for column, codes in texts.items()
        if codes - set(found.labels if (found := column_of(HERE, str(column))) else ())
    }


def test_words_for_codes_are_those_of_the_reports() -> None:
    """Where a report has a word of its own for a code, the schema has the same, but for its signs."""
    for column, words in (
        ("relation", statuses.RELATIONS),
        ("counted_as", statuses.TARGET_CHANGES),
        ("measure", ratings.MEASURE_WORDS),
    ):
        assert words == dict(column_of(HERE, column).labels)  # type: ignore[union-attr]
    for code, words_of_code in column_of(HERE, "basis").labels.items():  # type: ignore[union-attr]
        assert statuses.BASES[code] in ("", words_of_code)


def test_enumerated_values_have_words() -> None:
    """Each value that the schema allows; ratings are read as they are."""
    for table in resources(HERE).values():
        for field in table.fields:
            allowed = _enumerated(table.name, field.name)
            assert not allowed or field.name == "rating" or set(allowed) == set(field.labels), field


def _enumerated(table: str, column: str) -> list[str]:
    package = json.loads(HERE.schema.read_text(encoding="utf-8"))
    [entry] = [of for of in package["resources"] if of["name"] == table]
    [field] = [of for of in entry["schema"]["fields"] if of["name"] == column]
    found: list[str] = field.get("constraints", {}).get("enum", [])
    return found
