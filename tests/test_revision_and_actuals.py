"""A revised vision and actuals of the years before and after it: each year goes by its own version.

Both are made up (tests/made_up_revision.py, tests/made_up_actuals.py). FY2025 is in, and FY2026 was entered
before anyone put the revision, in force from FY2026 on, on record.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import in_process
import pandas as pd
import pytest
from conftest import ROOT, made_once
from made_up_actuals import all_of_year
from made_up_revision import ID, PLAN, add_changes
from made_up_tables import rows_of
from offices import LETTERS, csv_file, row
from page_text import page_text
from renkei.actuals.asked import asked_for
from renkei.actuals.claims import Claim, claim_of
from renkei.actuals.files import sent
from renkei.actuals.importing import import_actuals
from renkei.actuals.measured import measured_indicators
from renkei.actuals.questions import Known, known_by, questions_about
from renkei.actuals.rating import rate_again
from renkei.actuals.reading import form_rows
from renkei.actuals.status import counts_of, offices_of, status_of
from renkei.actuals.taking import Decisions
from renkei.actuals.template import templates
from renkei.area import Area
from renkei.check import _rating_problems, check
from renkei.checkout import CHECKOUT_VARIABLE, Checkout
from renkei.cost_measures import measured_pillars, measures_by_project
from renkei.costs import cost_changes, cost_in_force, costs_by_project, years_with_costs
from renkei.errors import ParameterError, SourceError, TableError
from renkei.load import Tables, tables_of
from renkei.outcomes import outcomes_of
from renkei.page.html import html_page
from renkei.rated import outdated_ratings, standing_ratings
from renkei.ratings import achievement_rate
from renkei.report.cost_of_year import change_table, cost_explained, cost_headline, cost_point
from renkei.report.kit.pieces import Table
from renkei.report.trajectory import money_table
from renkei.report.trajectory_points import _cost_points
from renkei.revisions import in_force
from renkei.tables.build import build
from renkei.units import Units
from renkei.year_change import rated_down, rated_up, revisions, with_revised_target, year_changes
from renkei.year_rates import coverage_of, rates_by_year

SECTION = (
    (ROOT / "README.md").read_text(encoding="utf-8").split("\n## A revised vision\n")[1].split("\n## ")[0]
)
#: 5,000 people were asked and 2,500 are; 70 % were and 75 % are; an event was renamed; No. 54 became No. 56.
LOWERED, RAISED, RENAMED, ENDED, ADDED = "2024-03-1", "2024-41-5", "2024-43-1", "2024-54-1", "2024-56-1"
OLD_NAME, NEW_NAME = "移住イベントの出展等", "移住イベントの開催等"
GIVEN = {
    2025: {
        LOWERED: {"actual_text": "4,000名", "actual_value": 4000, "rating": "×"},
        RAISED: {"actual_text": "74%", "actual_value": 74, "rating": "◎"},
    },
    2026: {
        LOWERED: {"actual_text": "3,000名", "actual_value": 3000, "rating": "×"},
        RAISED: {"actual_text": "72%", "actual_value": 72, "rating": "◎"},
    },
}


@pytest.fixture(scope="session")
def made(shared: Path) -> Path:
    """The project with both years and then the revision, built once; the ratings of FY2026 are old."""

    def fill(folder: Path) -> None:
        for name in ("data", "notebooks"):
            shutil.copytree(ROOT / name, folder / name)
        checkout = Checkout(folder)
        for year, given in GIVEN.items():
            all_of_year(checkout, year, given)
        add_changes(checkout, SECTION)
        build(checkout)

    return made_once(shared / "revised-with-actuals", fill)


@pytest.fixture(scope="session")
def rated(made: Path, shared: Path) -> Path:
    """The same once `renkei actuals rate` has mended FY2026."""

    def fill(folder: Path) -> None:
        shutil.copytree(made, folder, dirs_exist_ok=True)
        rate_again(Checkout(folder), 2026)

    return made_once(shared / "revised-and-rated", fill)


@pytest.fixture
def revised(made: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(made))
    return Checkout(made)


@pytest.fixture
def tables(rated: Path, monkeypatch: pytest.MonkeyPatch) -> Tables:
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(rated))
    return tables_of(Checkout(rated))


def by_id(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_index("indicator_id")


def claims(tables: Tables, path: Path) -> list[tuple[Claim | None, Sequence[SourceError]]]:
    """What the rows of a file say."""
    checkout, file = Checkout.current(), sent(path)
    units = Units.of(checkout)
    measured = measured_indicators(tables, units)
    return [
        claim_of(of, file.name, file.path, measured, Area.of(checkout).plans, units)
        for of in form_rows(file.path, file.sheets).rows
    ]


def test_the_form_of_a_year_asks_what_its_version_asks(tables: Tables) -> None:
    """FY2026 has the added indicator behind the others, the new name and target, and not the ended one."""
    before, after = by_id(asked_for(2025, tables)), by_id(asked_for(2026, tables))

    assert [of for of in before.index if of != ENDED] + [ADDED] == list(after.index)
    assert "空き家の活用(架空)" == after.loc[ADDED, "project_name"]
    assert "30人(毎年度)" == after.loc[ADDED, "asked"]
    assert (OLD_NAME, NEW_NAME) == (
        before.loc[RENAMED, "indicator_name"],
        after.loc[RENAMED, "indicator_name"],
    )
    assert ("5,000名(毎年度)", "2,500名(毎年度)") == (
        before.loc[LOWERED, "asked"],
        after.loc[LOWERED, "asked"],
    )
    assert 4000 == before.loc[LOWERED, "actual"] and 3000 == after.loc[LOWERED, "actual"]


def test_the_workbooks_are_of_the_projects_of_the_year(tables: Tables) -> None:
    """No. 54 can be asked of FY2025 alone, No. 56 of FY2026 alone, also by municipality."""
    assert ["actuals-fy2026-project-56.xlsx"] == list(templates(2026, "千歳市", 56, tables=tables))
    assert ["actuals-fy2025-project-54.xlsx"] == list(templates(2025, "千歳市", 54, tables=tables))
    for year, project in ((2025, 56), (2026, 54)):
        with pytest.raises(ParameterError, match=f"found {project}"):
            templates(year, project=project, tables=tables)


def test_the_status_of_a_year_is_that_of_its_version(tables: Tables) -> None:
    """All of FY2025 is in; of FY2026 what was added is missing, and what came in of No. 54 is left out."""
    before, after = by_id(status_of(2025, tables)), by_id(status_of(2026, tables))

    assert (0, 1) == (counts_of(before).missing, counts_of(after).missing)
    assert "missing" == after.loc[ADDED, "state"]
    assert ENDED in before.index and ENDED not in after.index
    assert "江別市、千歳市、恵庭市、北広島市、石狩市" == after.loc[ADDED, "municipalities"]
    assert [len(before), len(after) - 1] == [
        offices_of(year, tables)["indicators"].sum() for year in (2025, 2026)
    ]


def test_check_finds_the_ratings_of_the_year_that_the_revision_made_old(revised: Checkout) -> None:
    """Two of FY2026, with the command that mends them; those of FY2025 stay by the first version."""
    found = list(_rating_problems(tables_of(revised)))

    assert 2 == len(found)
    assert all("run 'renkei actuals rate --fiscal-year 2026'" in line for line in found)
    assert f"{LOWERED}: the rating by rule, ◎, was expected, found ×" in found[0]
    assert f"{RAISED}: the rating by rule, ×, was expected, found ◎" in found[1]
    assert [] == rate_again(revised, 2025)


def test_rating_again_mends_them(tables: Tables) -> None:
    """4,000 of 5,000 stay missed in FY2025, 3,000 of 2,500 are met in FY2026; check has nothing to say."""
    ratings = standing_ratings(None, tables).set_index(["indicator_id", "fiscal_year"])["rating"]

    assert ["×", "◎", "◎", "×"] == [ratings[of, year] for of in (LOWERED, RAISED) for year in (2025, 2026)]
    assert (ENDED, 2025) in ratings.index and (ENDED, 2026) not in ratings.index
    assert outdated_ratings(tables).empty
    assert "every rating by rule of what offices reported is what the rule gives" in check(Checkout.current())


def test_what_changed_says_which_target_was_revised(tables: Tables) -> None:
    """4,000 would meet the 2,500 of FY2026, though rated × by 5,000; 74 % and 72 % both miss 75 %."""
    changes = by_id(year_changes(2026, tables))

    assert {LOWERED: "5,000名(毎年度)", RAISED: "70%(毎年度)"} == (
        with_revised_target(changes)["target_before_text"].to_dict()
    )
    said = ("target_text", "before_text", "after_text", "before_status", "after_status")
    ratings = ("rating_before", "rating_after")
    assert [
        ("2,500名(毎年度)", "4,000名", "3,000名", "met", "met", "×", "◎"),
        ("75%(毎年度)", "74%", "72%", "not_met", "not_met", "◎", "×"),
    ] == rows_of(changes.loc[[LOWERED, RAISED]], *said, *ratings)
    assert LOWERED in rated_up(changes).index and RAISED in rated_down(changes).index
    assert f"actuals_fy2025、{PLAN}、{ID}" == changes.loc[LOWERED, "also_from"]
    assert "actuals_fy2025" == changes.loc[RENAMED, "also_from"]
    assert NEW_NAME == changes.loc[RENAMED, "name"]
    assert ENDED not in changes.index
    assert with_revised_target(year_changes(2025, tables)).empty


def test_values_that_were_corrected_are_told_of_what_the_plan_had_in_their_year(tables: Tables) -> None:
    """The ended indicator's value of FY2025 stands last, with its name; that of FY2026 counts for nothing."""
    entries = tables["actuals"]
    later = entries[entries["indicator_id"].isin([ENDED, RENAMED])].assign(
        actual_value=9, entered_on="2027-09-01", source_line=999
    )
    actuals = pd.concat([entries, later], ignore_index=True)
    corrected = Tables(tables.area, lambda name: actuals if name == "actuals" else tables.as_read(name))

    found = revisions(2026, corrected)

    assert [(RENAMED, 2025, NEW_NAME), (RENAMED, 2026, NEW_NAME), (ENDED, 2025, "交流職員数")] == [
        (of["indicator_id"], of["fiscal_year"], of["name"]) for of in found.to_dict("records")
    ]


def test_rates_count_the_indicators_of_the_years_version(tables: Tables) -> None:
    """One ended and one was added; of the latter nothing is in. The rate goes by the ratings of the year."""
    coverage = {year: coverage_of(outcomes_of(year, tables), tables) for year in (2025, 2026)}
    rates = rates_by_year(tables).set_index("fiscal_year")

    assert coverage[2025].counted == coverage[2026].counted == rates.loc[2026, "counted"]
    assert (0, 1) == (coverage[2025].missing, coverage[2026].missing)
    assert ENDED not in set(outcomes_of(2026, tables)["indicator_id"])
    assert achievement_rate(2026, tables).achieved == rates.loc[2026, "achieved"]
    assert [(2021, None), (2025, None), (2026, 2026)] == [
        (year, None if pd.isna(of) else of) for year, of in rates["revised_from"].to_dict().items()
    ]


def test_a_value_of_an_indicator_that_the_plan_does_not_have_in_the_year_is_refused(
    tables: Tables, tmp_path: Path
) -> None:
    """With its cell: the ended one of FY2026, the added one of FY2025; the other way round both come in."""
    shared = {"unit": "人", "indicator_name": None, "project_no": None, "actual": 20}
    path = csv_file(
        tmp_path / "a.csv",
        *(
            {**row(LOWERED), **shared, "indicator_id": of, "fiscal_year": year}
            for of, year in ((ENDED, 2026), (ADDED, 2025), (ENDED, 2025), (ADDED, 2026))
        ),
    )

    ended, added, *good = claims(tables, path)

    assert (None, None) == (ended[0], added[0])
    for line, (_, problems), when in ((2, ended, "ended before"), (3, added, "begins after")):
        [problem] = problems
        assert f"a.csv, {LETTERS['indicator_id']}{line}: an indicator that the plan as revised has in" in str(
            problem
        )
        assert f"{when} it, was expected" in str(problem) and "clear the row" in str(problem)
    assert [(ENDED, 2025, "◎"), (ADDED, 2026, "×")] == [
        (claim.indicator_id, claim.fiscal_year, claim.rating) for claim, _ in good if claim
    ]


def test_a_name_of_another_version_is_asked_about(tables: Tables, tmp_path: Path) -> None:
    """A form handed out before the revision has the older name; a name of no version is refused still."""
    cells = {**row(LOWERED, 1), "indicator_id": RENAMED, "unit": "回"}
    names = ((OLD_NAME, 2026), (NEW_NAME, 2026), (OLD_NAME, 2025), (NEW_NAME, 2025), ("移住の相談", 2026))
    rows = [{**cells, "indicator_name": name, "fiscal_year": year} for name, year in names]

    *known, (none, [problem]) = claims(tables, csv_file(tmp_path / "a.csv", *rows))

    asked = [[of.text for of in questions_about(claim, Known(), [])] for claim, _ in known if claim]
    assert [1, 0, 0, 1] == [len(texts) for texts in asked]
    assert f"the form calls it “{OLD_NAME}”, as another version of the plan does" in asked[0][0]
    assert f"“{NEW_NAME}”, as the plan in force for FY2026 calls it" in asked[0][0]
    assert none is None and f"“{NEW_NAME}”, which is {RENAMED}, was expected" in str(problem)


def test_an_older_name_is_accepted_with_a_reason(rated: Path, tmp_path: Path) -> None:
    """Else nothing is written; the reason is kept beside the value."""
    checkout = Checkout(tmp_path / "project")
    shutil.copytree(rated / "data", checkout.root / "data")
    cells = {"indicator_id": RENAMED, "indicator_name": OLD_NAME, "unit": "回", "fiscal_year": 2026}
    path = csv_file(tmp_path / "a.csv", {**row(LOWERED, 2), **cells, "office": "第3担当課(架空)"})
    day = date(2027, 8, 1)
    before = (checkout.actuals / "fy2026.csv").read_bytes()

    with pytest.raises(TableError, match=OLD_NAME):
        import_actuals(checkout, [path], Decisions(day))
    assert before == (checkout.actuals / "fy2026.csv").read_bytes()
    import_actuals(checkout, [path], Decisions(day, {RENAMED: "同じ事業(架空)"}))

    kept = (checkout.actuals / "accepted.csv").read_text(encoding="utf-8")
    assert f"2026,{RENAMED},2回,renamed,同じ事業(架空),2027-08-01\n" in kept
    assert f"{RENAMED},2026,2回,2,final,◎,rule" in (checkout.actuals / "fy2026.csv").read_text(
        encoding="utf-8"
    )


def test_what_is_known_is_of_the_indicators_of_the_year(tables: Tables) -> None:
    """A value is held against it before it comes in."""
    assert Known() != known_by(2025, tables)[ENDED]
    assert ENDED not in known_by(2026, tables)


def test_the_report_of_the_year_says_which_target_is_meant(tables: Tables, rated: Path) -> None:
    """Beside the target, in the explanation, and with the ratings that moved; the ended one is not there."""
    text = page_text(html_page(in_process.content("outcomes", f"fiscal_year = 2026  # in {rated}")))

    assert (
        "2026年度の値が分かった指標のうち2指標は、ビジョンの改定により、この年度から目標が変わった。" in text
    )
    assert "改定前は5,000名(毎年度)" in text and "改定前は70%(毎年度)" in text
    assert "「改定前は」は、ビジョンの改定前の目標で、前年度の評価はこれによる。" in text
    assert "このうち2件は、改定により目標が変わったもの。" in text
    assert "2026年度からは、改定後のビジョンの指標と目標による。" in text
    [documents] = re.findall(r"table: 使用した文書\n(?:\|.*\n)+", text)
    assert "2026年度改定【架空】" in documents and "第2期さっぽろ連携中枢都市圏ビジョン Ⅵ" in documents
    assert NEW_NAME in text and OLD_NAME not in text and "交流職員数" not in text


def test_costs_of_two_projects_are_no_fall(tables: Tables) -> None:
    """No. 1 rises from 5,629 to 5,800; No. 56 is new with 1,200; the other 53 give none."""
    cost = cost_in_force(2026, tables)
    costs, before = (costs_by_project(in_force(year, tables)) for year in (2026, 2025))
    headline = "2026年度の事業費見込額は700万円(2事業。ほかの53事業には金額の記載がない)"
    detail = (
        "2025年度にも額の記載がある1事業では580万円で、2025年度の562.9万円から3%増える。"
        "増加額17.1万円の100%は、No. 1「連携事業の企画、立案、効果検証」の17.1万円による。"
    )

    assert headline == cost_headline(cost, 2026)
    assert (headline, detail) == cost_point(cost, 2026)
    assert (
        f"{headline}。{detail}2025年度に記載がなく、新たに額が示されたのは1事業、計120万円(増減には含めない)。"
        in cost_explained(cost, None, [], 2026).summary
    )
    assert (
        "前年度との差が1億円以上の事業はない(両年度に額の記載がある1事業を比べた)。"
        == change_table(cost_changes(costs, 2026, before), cost, 2026).summary
    )


def test_the_whole_way_says_of_how_many_projects_costs_are(tables: Tables) -> None:
    """FY2026 and FY2027 have costs of No. 1 and 56, FY2028 of No. 56 alone: 54 of the 55 give none."""
    years = years_with_costs(tables)
    costs = [cost_in_force(year, tables) for year in years]
    given = [cost for cost in costs if cost]
    assert given == costs
    table = money_table(measured_pillars(measures_by_project(tables), years), years, given)

    assert isinstance(table, Table)
    assert [2024, 2025, 2026, 2027, 2028] == [year.starts_in for year in years]
    assert (
        "2028年度の事業費見込額は120万円(1事業。ほかの54事業には金額の記載がない)",
        "2027年度にも額の記載がある1事業では120万円で、2027年度の120万円と同じ。",
    ) == _cost_points(given[-1], None, years)[0]
    assert (
        "2026年度の額は2事業の分、2027年度の額は2事業の分、2028年度の額は1事業の分で、"
        "ほかの事業には金額の記載がない。" == table.note
    )
