"""The version of a plan that is in force for a year, and what revisions do, on small made-up tables."""

# ruff: noqa: E501
import pandas as pd
import pytest
from made_up_tables import COSTS, INDICATORS, PROJECTS, column_of, frame_of, made_up, rows_of
from renkei.baselines import targets_with_baselines
from renkei.comparison import compare, compare_in_detail, compared_years
from renkei.cost_measures import measures_by_project
from renkei.costs import costs_by_project, remarks, years_with_costs
from renkei.load import Tables
from renkei.newest import newest_values
from renkei.outcomes import indicators_with_projects, outcomes_of
from renkei.participation import participation_of
from renkei.revision_effects import Revised, effect_of_revisions, effects_by_year, revised_until
from renkei.revisions import in_force, in_force_by_year, over_all_years, revisions_until
from renkei.target_changes import target_changes_in_detail
from renkei.targets import targets_for
from renkei.verdicts import Tally

#: From 2034 on: fewer accidents are asked, talks are renamed, the lead's 医療 is ended, 祭り is added.
#: From 2035 on: 創業 gets a cost and C村, and 祭り asks more.
REVISIONS = """
plan in_force_from table      concerns   fiscal_year field               before  after     page reason source source_line
2033 2034          projects   2033-05    .           ended               医療    .         3    終了   改定1  2
2033 2034          projects   2033-06    .           added               .       祭り      4    開始   改定1  3
2033 2034          indicators 2033-01-3  .           target_text         5件     2件       1    事故減 改定1  4
2033 2034          indicators 2033-01-3  .           target_value        5       2         1    事故減 改定1  4
2033 2034          indicators 2033-02-3  .           name                相談    面談      2    名称   改定1  5
2033 2034          indicators 2033-01-4  .           added               .       見学      4    開始   改定1  6
2033 2034          indicators 2033-06-1  .           added               .       来客      4    開始   改定1  6
2033 2034          indicators 2033-05-1  .           ended               施設    .         3    終了   改定1  2
2033 2034          indicators 2033-05-2  .           ended               健診    .         3    終了   改定1  2
2033 2034          indicators 2033-05-3  .           ended               講座    .         3    終了   改定1  2
2033 2034          indicators 2033-05-4  .           ended               当番    .         3    終了   改定1  2
2033 2034          indicators 2033-05-5  .           ended               窓口    .         3    終了   改定1  2
2033 2034          costs      2033-01    2034        note                未定    .         1    決定   改定1  7
2033 2034          costs      2033-01    2034        amount_thousand_yen .       12000     1    決定   改定1  7
2033 2034          costs      2033-06    2033        added               .       .         4    開始   改定1  8
2033 2034          costs      2033-06    2034        added               .       500       4    開始   改定1  8
2033 2035          projects   2033-02    .           municipalities      B町     B町、C村  1   参加   改定2  2
2033 2035          indicators 2033-06-1  .           target_text         8人     9人       2    盛況   改定2  3
2033 2035          indicators 2033-06-1  .           target_value        8       9         2    盛況   改定2  3
2033 2035          costs      2033-02    2034        amount_thousand_yen 80000   70000     1    精算   改定2  4
2033 2035          costs      2033-02    2035        amount_thousand_yen .       90000     1    決定   改定2  4
"""
ADDED_PROJECT = "2033 6 祭り 2 催し 催しを開く B町 主催 出店 会場費 .\n"
ADDED_INDICATORS = """2033-06-1 2 来客 人 higher - . . 8人 8 every_year 2033 2035
2033-01-4 1 見学 回 higher - . . 3回 3 every_year 2033 2035
"""
ADDED_COSTS = "2033 6 2033 . .\n2033 6 2034 500 .\n"


@pytest.fixture(scope="module")
def tables() -> Tables:
    """The made-up tables with two revisions."""
    return made_up(
        projects=PROJECTS.strip() + "\n" + ADDED_PROJECT,
        indicators=INDICATORS.strip() + "\n" + ADDED_INDICATORS,
        costs=COSTS.strip() + "\n" + ADDED_COSTS,
        revisions=REVISIONS,
    )


def ids(frame: pd.DataFrame) -> list[str]:
    return [of for of in frame["indicator_id"] if of.startswith("2033")]


def test_without_a_revision_the_tables_are_these_very_ones() -> None:
    """Nothing is copied or computed, and all years have the same."""
    plain = made_up()

    assert plain is in_force(2034, plain)
    assert {plain} == set(in_force_by_year(plain).values())
    assert plain["projects"].equals(over_all_years("projects", plain))
    assert effect_of_revisions(2034, plain) is None
    assert ([], []) == (effects_by_year(plain), revised_until(tables=plain))


def test_a_version_is_not_revised_again(tables: Tables) -> None:
    """Whoever has chosen a version has it for every year."""
    first = in_force(2033, tables)

    assert first is in_force(2035, first)
    assert first is in_force(2033, tables)
    assert first is not in_force(2034, tables)
    assert in_force(2035, tables) is in_force(tables=tables)
    assert (0, 2034, 2035) == tuple(of.in_force_from for of in in_force_by_year(tables).values())


def test_before_the_revision_the_plan_is_as_first_published(tables: Tables) -> None:
    """What was added later is not there, and all other rows are the same."""
    first, plain = in_force(2033, tables), made_up()

    for name in ("projects", "costs"):
        assert plain[name].equals(first[name])
    assert plain["indicators"].equals(first["indicators"])
    assert compare(2033, plain).equals(compare(2033, tables))


def test_the_tables_on_record_stay_as_they_are(tables: Tables) -> None:
    """A version is another frame: nobody else's is changed."""
    before = tables["indicators"].copy()

    assert 2.0 == column_of(in_force(2034, tables)["indicators"], "target_value")["2033-01-3"]
    assert before.equals(tables["indicators"])
    assert list(before.dtypes) == list(in_force(2034, tables)["indicators"].dtypes)


def test_what_is_added_stands_behind_its_project_and_what_is_ended_is_gone(tables: Tables) -> None:
    """In the plan's order, which is not that of the numbers; a new project comes last."""
    version = in_force(2034, tables)
    rows = version["projects"]

    assert [1, 2, 3, 4, 6] == rows.loc[rows["plan"] == 2033, "project_no"].tolist()
    assert [1, 2, 5] == rows.loc[rows["plan"] == 2030, "project_no"].tolist()
    assert [
        "2033-K1", "2033-K2", "2033-K3", "2033-01-1", "2033-01-2", "2033-01-3", "2033-01-4", "2033-02-1",
        "2033-02-2", "2033-02-3", "2033-04-1", "2033-03-1", "2033-06-1",
    ] == ids(version["indicators"])  # fmt: skip
    costs = version["costs"]
    assert 5 not in costs.loc[costs["plan"] == 2033, "project_no"].tolist()


def test_each_year_is_asked_what_its_version_asks(tables: Tables) -> None:
    """Of accidents 5 and then 2; of 祭り nothing, then 8 and 9 visitors."""
    by_year = {year: column_of(targets_for(year, tables), "target_value") for year in (2033, 2034, 2035)}

    assert [5, 2, 2] == [of["2033-01-3"] for of in by_year.values()]
    assert [None, 8, 9] == [of.get("2033-06-1") for of in by_year.values()]
    assert "面談" == column_of(compare_in_detail(2034, tables), "name")["2033-02-3"]
    compared = compared_years(tables)
    assert {2033} == set(compared.loc[compared["indicator_id"] == "2033-05-1", "fiscal_year"])


def test_newest_values_and_baselines_are_of_the_version(tables: Tables) -> None:
    """What is ended is not known of any more; by default the last version counts."""
    assert "2033-05-3" in ids(newest_values(2033, tables))
    assert "2033-05-3" not in ids(newest_values(2034, tables))
    assert "2033-05-3" not in ids(newest_values(tables=tables))
    assert "2033-05-3" not in ids(targets_with_baselines(tables))
    assert "2033-05-3" in ids(targets_with_baselines(in_force(2033, tables)))


def test_over_all_years_each_row_stands_as_it_was_last(tables: Tables) -> None:
    """An ended project keeps its place and name, a renamed indicator has its new one."""
    projects = over_all_years("projects", tables)

    assert [5, 1, 2, 3, 4, 6] == projects.loc[projects["plan"] == 2033, "project_no"].tolist()
    assert "B町、C村" == projects.loc[projects["name"] == "創業", "municipalities"].iloc[0]
    named = column_of(indicators_with_projects(tables), "name")
    assert ("面談", "窓口") == (named["2033-02-3"], named["2033-05-5"])
    changes = target_changes_in_detail(compared_years(tables).drop_duplicates("indicator_id"), tables)
    assert "施設" in changes["name"].tolist()


def test_each_years_cost_is_that_of_its_version(tables: Tables) -> None:
    """創業 cost 80,000 in 2034 as planned for that year; what 2035 says of it is too late."""
    costs = costs_by_project(tables).set_index("project_no")

    assert [60000.0, 10000.0, 30000.0] == costs["thousand_yen_2033"].dropna().tolist()
    assert {1: 12000.0, 2: 80000.0, 6: 500.0} == costs["thousand_yen_2034"].dropna().to_dict()
    assert {2: 90000.0} == costs["thousand_yen_2035"].dropna().to_dict()
    assert [2033, 2034, 2035] == [year.starts_in for year in years_with_costs(tables)]
    assert ["金額なし"] == [remark.note for remark in remarks(tables)]
    assert ["未定", "金額なし"] == [remark.note for remark in remarks(in_force(2033, tables))]
    of_version = costs_by_project(in_force(2034, tables)).set_index("project_no")
    assert 5 not in of_version.index
    measures = measures_by_project(tables).set_index("project_no")
    assert {5: 5, 1: 4, 2: 3, 3: 1, 4: 1, 6: 1} == measures["indicators"].to_dict()


def test_who_takes_part_is_as_the_version_says(tables: Tables) -> None:
    """C村 joins 創業 with the second revision; without a version the last one counts."""
    taken = {
        year: rows_of(participation_of("C村", in_force(year, tables)), "project_no", "takes_part")
        for year in (2034, 2035)
    }

    assert (2, False) in taken[2034]
    assert (2, True) in taken[2035]
    assert taken[2035] == rows_of(participation_of("C村", tables), "project_no", "takes_part")


def test_what_is_reported_of_an_ended_indicator_is_held_against_nothing(tables: Tables) -> None:
    """An outcome of 2034 of a project that was ended for that year is left out; that of 2033 counts."""
    outcomes = frame_of(
        """
        indicator_id fiscal_year observed_year actual_text actual_value rating is_provisional mentions_covid note
        2033-05-3    2033        2033          4回         4            ◎      false          false          実施
        2033-05-3    2034        2034          4回         4            ◎      false          false          実施
        2033-01-3    2034        2034          3件         3            ×      false          false          実施
        """
    ).assign(source="一覧", source_line=1)
    reported = Tables(tables.area, lambda name: outcomes if name == "outcomes" else tables.as_read(name))

    assert ["2033-05-3"] == ids(outcomes_of(2033, reported))
    assert [("2033-01-3", 2.0)] == rows_of(outcomes_of(2034, reported), "indicator_id", "target_value")


def test_both_versions_are_held_against_the_same_newest_values(tables: Tables) -> None:
    """3 accidents: of 5 met, of 2 missed. 4 and 7 of the ended project were met or missed before."""
    effect = effect_of_revisions(2034, tables)
    assert effect is not None
    before = compare(2034, in_force(2033, tables))["newest_status"].tolist()
    after = compare(2034, tables)["newest_status"].tolist()

    assert Tally(before.count("met"), before.count("not_met")) == effect.before
    assert Tally(after.count("met"), after.count("not_met")) == effect.after
    turned = {of.indicator_id: (of.status_before, of.status_after) for of in effect.changed}
    assert ("met", "not_met") == turned["2033-01-3"]
    assert ("met", None) == turned["2033-05-3"]
    assert (None, "no_outcome") == turned["2033-06-1"]
    assert "2033-02-3" not in turned
    [accidents] = [of for of in effect.changed if of.indicator_id == "2033-01-3"]
    assert ("5件", "2件", "3件") == (accidents.target_before, accidents.target_after, accidents.newest_text)
    assert [2034, 2035] == [of.fiscal_year for of in effects_by_year(tables)]
    assert effect_of_revisions(2033, tables) is None


def test_a_reader_is_told_what_was_published_and_not_what_follows_from_it(tables: Tables) -> None:
    """The target's text without its number; no year without an amount of a new project."""
    told = revised_until(2034, tables)

    assert Revised(
        in_force_from=2034, table="indicators", concerns="2033-01-3", project_no=1, name="事故",
        fiscal_year=None, field="target_text", before="5件", after="2件", page="1", reason="事故減",
        source="改定1", source_line=4,
    ) in told  # fmt: skip
    assert "target_value" not in [row.field for row in told]
    assert [("2033-06", 2034, "500")] == [
        (row.concerns, row.fiscal_year, row.after)
        for row in told
        if row.table == "costs" and row.field == "added"
    ]
    assert {"面談"} == {row.name for row in told if row.concerns == "2033-02-3"}
    assert {"医療"} == {row.name for row in told if row.concerns == "2033-05"}
    assert [0, 16, 21] == [len(revisions_until(year, tables)) for year in (2033, 2034, 2035)]
    assert 21 == len(revisions_until(tables=tables))
