"""A revised vision, whole or as a table of changes: what it does to the tables and to the reports.

The revision is made up (tests/made_up_revision.py); it is added to copies of the project alone.
"""

# ruff: noqa: E501
import re
from pathlib import Path

import pytest
from conftest import ROOT, Command
from made_up_revision import CHANGES, DECIDED, ID, add_changes, add_document
from page_text import page_text
from renkei.check import check
from renkei.checkout import Checkout
from renkei.comparison import compare_in_detail
from renkei.costs import costs_by_project, remarks
from renkei.crosswalk import crosswalk_problems
from renkei.csv_file import CsvRow, read_rows
from renkei.errors import SourceError, TableError
from renkei.load import tables_of
from renkei.participation import participation_of
from renkei.report.provenance import sources_compared, sources_of_newest
from renkei.report.revisions import revision_part, revision_part_of_all_years
from renkei.revision_effects import effect_of_revisions, effects_by_year, revised_until
from renkei.revisions import in_force
from renkei.tables.build import build
from renkei.tables.schema import resource
from renkei.verdicts import Tally

SECTION = (
    (ROOT / "README.md").read_text(encoding="utf-8").split("\n## A revised vision\n")[1].split("\n## ")[0]
)


def rows(checkout: Checkout, name: str) -> list[CsvRow]:
    table = resource(checkout, name)
    return read_rows(table.path, table.columns, name)


def refused(checkout: Checkout) -> str:
    """What the build refuses; the tables stay as they were."""
    before = sorted(path.read_bytes() for path in checkout.tables.iterdir())
    with pytest.raises((TableError, SourceError)) as error:
        build(checkout)
    assert before == sorted(path.read_bytes() for path in checkout.tables.iterdir())
    return str(error.value)


def changes_with(*edits: tuple[str, str]) -> list[str]:
    """The made-up changes with some rows in place of others."""
    changes = list(CHANGES)
    for beginning, row in edits:
        [place] = [place for place, of in enumerate(changes) if of.startswith(beginning)]
        changes[place] = row
    return changes


def test_a_whole_document_and_a_table_of_changes_are_the_same_revision(
    checkout_copy: Checkout, tmp_path: Path
) -> None:
    """The same cells, from the same year on; only where it stands, and why, differs."""
    add_document(checkout_copy, SECTION)
    build(checkout_copy)
    said = ("plan", "in_force_from", "table", "concerns", "fiscal_year", "field", "before", "after", "source")
    of_document = [tuple(row[column] for column in said) for row in rows(checkout_copy, "revisions")]
    lines = {row["concerns"]: row["source_line"] for row in rows(checkout_copy, "revisions")}
    of_source = (checkout_copy.sources / f"{ID}.txt").read_text(encoding="utf-8").splitlines()

    record = checkout_copy.sources / "sources.toml"
    for name in ("sections", "conflicts", "indicator_counts"):
        path = checkout_copy.curated / f"{name}.csv"
        path.write_bytes((ROOT / "data" / "curated" / f"{name}.csv").read_bytes())
    record.write_bytes((ROOT / "data" / "sources" / "sources.toml").read_bytes())
    add_changes(checkout_copy, SECTION)
    build(checkout_copy, accept="架空")

    assert of_document == [tuple(row[column] for column in said) for row in rows(checkout_copy, "revisions")]
    assert 17 == len(of_document)
    assert "2,500名" in of_source[int(lines["2024-03-1"]) - 1]
    assert "1" == lines["2024-54"]
    by_field = {(row["concerns"], row["field"]): row for row in rows(checkout_copy, "revisions")}
    target = by_field["2024-03-1", "target_value"]
    assert ("5000", "2500", "4", "会場が小さくなったため(架空)", "5") == tuple(
        target[column] for column in ("before", "after", "page", "reason", "source_line")
    )


def test_the_tables_keep_the_plan_as_first_published(checkout_copy: Checkout) -> None:
    """To the byte, with the rows behind it that the revision added; all is held by renkei check."""
    add_changes(checkout_copy, SECTION)
    build(checkout_copy)

    added = {"projects": 1, "indicators": 1, "costs": 5, "outcomes": 0, "footnotes": 0}
    for name, count in added.items():
        before, after = (
            (root / "data" / "tables" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
            for root in (ROOT, checkout_copy.root)
        )
        assert before == after[: len(before)]
        assert count == len(after) - len(before)
        assert all(f",{ID}," in line for line in after[len(before) :])
    assert "revisions: 17 rows agree with the schema" in check(checkout_copy)


def test_each_year_has_its_own_version(checkout_copy: Checkout) -> None:
    """FY2025 as before; from FY2026 on other targets and costs, another name, one project less and one more."""
    plain = compare_in_detail(2025, tables_of(Checkout(ROOT)))
    add_changes(checkout_copy, SECTION)
    build(checkout_copy)
    tables = tables_of(checkout_copy)

    assert plain.equals(compare_in_detail(2025, tables))
    of_2026 = compare_in_detail(2026, tables).set_index("indicator_id")
    columns = ["target_value", "newest_status"]
    assert [2500.0, "met"] == list(of_2026.loc["2024-03-1", columns])
    assert [75.0, "not_met"] == list(of_2026.loc["2024-41-5", columns])
    assert "移住イベントの開催等" == of_2026.loc["2024-43-1", "name"]
    assert "2024-54-1" not in of_2026.index
    assert ["2024-55-1", "2024-56-1"] == of_2026.index[-2:].tolist()

    costs = costs_by_project(tables).set_index("project_no")
    years = [f"thousand_yen_{year}" for year in (2024, 2025, 2026, 2027)]
    assert [5726.0, 5629.0, 5800.0, 5900.0] == list(costs.loc[1, years])
    assert 3600.0 == costs.loc[56, "total_thousand_yen"]
    assert 0.0 == costs.loc[54, "thousand_yen_2025"]
    assert ["調整中"] == [remark.note for remark in remarks(tables) if remark.project_no == 1]
    takes_part = participation_of("千歳市", in_force(2026, tables)).set_index("project_no")["takes_part"]
    assert takes_part[56]
    assert 54 not in takes_part.index
    assert 56 not in participation_of("千歳市", in_force(2025, tables))["project_no"].tolist()


def test_what_the_revision_does_to_what_is_met(checkout_copy: Checkout) -> None:
    """Of 17 met one turns, one comes and one is ended: 16; of 15 missed one goes and one comes."""
    add_changes(checkout_copy, SECTION)
    build(checkout_copy)

    effect = effect_of_revisions(2026, tables_of(checkout_copy))

    assert effect is not None
    assert (Tally(17, 15), Tally(16, 15)) == (effect.before, effect.after)
    assert {
        "2024-03-1": ("not_met", "met"),
        "2024-41-5": ("met", "not_met"),
        "2024-56-1": (None, "no_outcome"),
        "2024-54-1": ("met", None),
    } == {of.indicator_id: (of.status_before, of.status_after) for of in effect.changed}


def test_a_report_cites_the_versions_that_count_for_its_year(checkout_copy: Checkout) -> None:
    """FY2025 knows nothing of the revision; without a revision there is no part at all."""
    plain = tables_of(Checkout(ROOT))
    assert () == revision_part(revised_until(2026, plain), effect_of_revisions(2026, plain))
    assert () == revision_part_of_all_years(revised_until(tables=plain), effects_by_year(plain))
    add_changes(checkout_copy, SECTION)
    build(checkout_copy)

    for sources in (sources_compared, sources_of_newest):
        assert [False, True, True] == [
            ID in [source.id for source in sources(year)] for year in (2025, 2026, None)
        ]
    assert [0, 4] == [
        len(revision_part(revised_until(year), effect_of_revisions(year))) for year in (2025, 2026)
    ]


def test_an_added_indicator_is_new_by_itself_unless_the_crosswalk_says_otherwise(
    checkout_copy: Checkout,
) -> None:
    """The check asks for no row, and takes one; of the plan as first published it asks for every row."""
    add_changes(checkout_copy, SECTION)
    build(checkout_copy)
    path = checkout_copy.curated / "crosswalk.csv"
    tables, text = tables_of(checkout_copy), path.read_text(encoding="utf-8")
    assert "added" == compare_in_detail(2026, tables)["target_change"].iloc[-1]
    assert [] == list(crosswalk_problems(tables))

    path.write_text(f"{text},2024-56-1,new,false,架空\n", encoding="utf-8")
    assert [] == list(crosswalk_problems(tables))

    rest = [line for line in text.splitlines() if ",2024-55-1," not in line]
    path.write_text("\n".join([*rest, ""]), encoding="utf-8")
    [problem] = [told for told in crosswalk_problems(tables) if "2024-" in told]
    assert "2024-55-1 was expected once in to_indicator, found 0 times" in problem


def test_a_target_that_counts_another_way_keeps_both(checkout_copy: Checkout) -> None:
    """Asked every year before, by FY2028 after: people judge the text that does not say how it counts."""
    target = '2024-03-1,target,"5,000名（毎年度）","2,500名（2028年度）",4,架空'
    add_changes(checkout_copy, SECTION, changes_with(("2024-03-1", target)))
    assert "does not say how it counts" in refused(checkout_copy)

    with (checkout_copy.curated / "target_kinds.csv").open("a", encoding="utf-8") as file:
        file.write("2024-03-1,by_year,higher,架空\n")
    build(checkout_copy)

    kinds = [
        in_force(year, tables_of(checkout_copy))["indicators"].set_index("indicator_id").loc["2024-03-1"]
        for year in (2025, 2026)
    ]
    assert [("every_year", 2024), ("by_year", 2028)] == [
        (of["target_kind"], of["target_first_year"]) for of in kinds
    ]


WRONG = [
    ("2024-03-1", '2024-03-1,target,"4,000名（毎年度）",1名（毎年度）,4,架空', "5: before was expected to be what stands in 2024-03-1 as its target, “5,000名(毎年度)”; found “4,000名(毎年度)”"),
    ("2024-03-1", '2024-03-1,target,"5,000名(毎年度)","5,000 名（毎年度）",4,架空', "5: a text other than before was expected in after"),
    ("2024-03-1", '2024-03-1,target,"5,000名（毎年度）",,4,架空', "5: a text other than before was expected in after, found “”"),
    ("2024-03-1", '2024-03-1,target,"5,000名（毎年度）",2500校（毎年度）,4,架空', "5: “事業の参加者数”: one unit in baseline, target and actual was expected"),
    ("2024-03-1", '2024-03-1,target,"5,000名（毎年度）",多数（毎年度）,4,架空', "5: "),
    ("2024-03-1", '2024-03-1,target,"5,000名（毎年度）",1名（毎年度）,,架空', "5: a page was expected, found an empty cell"),
    ("2024-03-1", '2024-03-1,target,"5,000名（毎年度）",1名（毎年度）,4,', "5: a reason was expected, found an empty cell"),
    ("2024-03-1", '2024-03-1,goal,"5,000名（毎年度）",1名（毎年度）,4,架空', "5: field: one of name, baseline, target, added, ended was expected, found “goal”"),
    ("2024-03-1", "2024-03-9,target,-,1名（毎年度）,4,架空", "5: an indicator of the plan was expected, found 2024-03-9"),
    ("2024-03-1", "2019-03-1,target,-,1名（毎年度）,4,架空", "5: a project such as 2024-05, or an indicator such as 2024-05-2 or 2024-K1, was expected in concerns, found “2019-03-1”"),
    ("2024-03-1", "No. 3,target,-,1名（毎年度）,4,架空", "5: a project such as 2024-05"),
    ("2024-03-1", "2024-41-5,target,70％（毎年度）,80％（毎年度）,4,架空", "6: each field of 2024-41-5 once was expected, found target again"),
    ("2024-03-1", "2024-03-3,added,,架空,4,架空", "5: the next free id, 2024-03-2, was expected, found 2024-03-3"),
    ("2024-03-1", "2024-03-2,added,,架空,4,架空", "5: 2024-03-2, which is added, needs a row for its target"),
    ("2024-03-1", "2024-K5,added,,架空,4,架空", "5: 2024-K5, which is added, needs a row for its pillar"),
    ("2024-03-1", "2024-03-1,ended,事業の参加者数,,4,架空", "an indicator of each project was expected, found none of 2024-03 any more"),
    ("2024-03-1", "2024-03-1,ended,事業の参加者数,別の名,4,架空", "5: an empty cell was expected in after"),
    ("2024-03-1", "2024-03,municipalities,江別市,小樽市、夕張市,4,架空", "5: each of 小樽市、"),
    ("2024-01,cost_2026", "2024-01,cost_2026,100,200,3,架空", "2: before was expected to be what stands in 2024-01 as its cost_2026, “-”; found “100”"),
    ("2024-01,cost_2026", "2024-01,cost_2026,－,5800円,3,架空", "2: an amount in 1,000 yen without a unit was expected, found “5800円”"),
    ("2024-01,cost_2026", "2024-01,cost_2030,－,5800,3,架空", "2: a cost of 2024 to 2028 was expected, found cost_2030"),
    ("2024-54,ended", "2024-54,ended,職員の交流,,12,架空", "8: before was expected to be what stands in 2024-54 as its ended, “職員交流”; found “職員の交流”"),
    ("2024-56,added", "2024-55,added,,空き家の活用,13,架空", "9: a number that no project had before was expected, found 2024-55"),
    ("2024-56,added", "2024-54,added,,空き家の活用,13,架空", "9: a number that no project had before was expected, found 2024-54"),
    ("2024-56,municipalities", "2024-56,lead_cost,,全額,13,架空", "14: each field of 2024-56 once was expected, found lead_cost again"),
]  # fmt: skip


@pytest.mark.parametrize(("beginning", "row", "told"), WRONG)
def test_a_change_that_does_not_fit_is_told_with_its_line(
    checkout_copy: Checkout, beginning: str, row: str, told: str
) -> None:
    """What stood, how it is written, and what is added or ended; the tables stay as they were."""
    add_changes(checkout_copy, SECTION, changes_with((beginning, row)))

    message = refused(checkout_copy)

    assert told in message
    assert f"data/sources/{ID}.csv" in message


def test_all_changes_that_do_not_fit_are_told_at_once(checkout_copy: Checkout) -> None:
    """Three wrong rows, three lines."""
    changes = changes_with(
        ("2024-03-1", "2024-03-1,target,-,1名（毎年度）,4,架空"),
        ("2024-41-5", "2024-41-5,target,-,1%（毎年度）,9,架空"),
        ("2024-54", "2024-54,ended,別の名,,12,架空"),
    )
    add_changes(checkout_copy, SECTION, changes)

    assert ["5", "6", "8"] == re.findall(rf"{ID}\.csv:(\d+): before was expected", refused(checkout_copy))


def test_a_unit_never_changes(checkout_copy: Checkout) -> None:
    """Outcomes in another unit could not be compared: it is another indicator."""
    ended = "2024-10-1,baseline,2回（2023年度）,-,4,架空"
    other = "2024-10-1,target,2回（毎年度）,3件（毎年度）,4,架空"
    add_changes(checkout_copy, SECTION, [ended, other, *CHANGES])

    assert (
        f"data/sources/{ID}.csv:3: 2024-10-1: the unit “回” as before was expected, found “件”; what counts in "
        "another unit is another indicator: end this one and add that" in refused(checkout_copy)
    )


def test_another_name_in_a_whole_document_and_a_missing_project_are_asked(checkout_copy: Checkout) -> None:
    """The build prints the rows that decide; with them it goes on."""
    add_document(checkout_copy, SECTION, decided=())

    message = refused(checkout_copy)

    assert 2 == message.count(",REASON") - message.count("or, if it is")
    for row in DECIDED:
        assert row.replace(",架空", ",REASON") in message.replace(",WINS,", f",{ID},")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("in_force_from = 2026", "in_force_from = 2024", "a fiscal year from 2025 to 2028, was expected"),
        ("in_force_from = 2026", "", "in_force_from, the first year that they are for, was expected"),
        ('reader = "changes"', 'reader = "status_list"', "in_force_from, none, since a list reports a year"),
        ('reader = "changes"', 'reader = "csv"', "one of status_list, vision, changes, was expected"),
        ("in_force_from = 2026", 'in_force = "2026"', "some fiscal_year or in_force_from; found"),
    ],
)
def test_a_record_that_cannot_be_is_refused(checkout_copy: Checkout, old: str, new: str, told: str) -> None:
    """A revision needs a year after the plan's first; changes need one, a list has none."""
    add_changes(checkout_copy, SECTION)
    record = checkout_copy.sources / "sources.toml"
    text = record.read_text(encoding="utf-8")
    assert 1 == text.count(old)
    record.write_text(text.replace(old, new), encoding="utf-8")

    assert told in refused(checkout_copy)


def test_the_readmes_steps_give_reports_that_say_what_was_revised(
    checkout_copy: Checkout, renkei: Command, called: Command, reports: Path
) -> None:
    """Built, checked and rendered; FY2025 as without the revision, FY2026 and the whole way with their part."""
    add_changes(checkout_copy, SECTION)
    commands = re.findall(r"`renkei ([a-z ]+)`", SECTION)
    assert ["build", "check", "render"] == commands
    some = ("render targets --fiscal-year 2025-2026 --format html", "render trajectory --format html")
    for command in (*commands[:-1], *some):
        result = (renkei if command in some else called)(*command.split())
        assert (0, "") == (result.returncode, result.stderr), command

    def page(folder: Path, file: str) -> str:
        text = page_text((folder / f"{file}.html").read_text(encoding="utf-8"))
        return re.sub(r"(?m)^.*(プログラム|データ)の版.*$", "", text)

    assert page(reports, "fy2025/targets") == page(checkout_copy.reports, "fy2025/targets")
    text = page(checkout_copy.reports, "fy2026/targets")
    assert (
        "2026年度の目標を同じ最新値と比べると、改定前の目標では17件が満たす水準にあり15件が届かず、"
        "改定後の目標では16件が満たす水準にあり15件が届かない。" in text
    )
    assert "| 事業の参加者数 | 3 | 目標値(記載) | 5,000名(毎年度) | 2,500名(毎年度) | 4ページ |" in text
    assert "2026年度の事業費(千円) | － | 5,800 | 3ページ |" in text
    assert "2028年度の事業費(千円)の注記 | － | 調整中 | 3ページ |" in text
    assert "| 職員交流 | 54 | 連携事業の終了 | 職員交流 | － | 12ページ |" in text
    assert "2026年度改定【架空】 新旧対照表」" in text
    assert "改定された箇所は13件である。" in text
    whole = page(checkout_copy.reports, "trajectory")
    assert "| 2026年度 | 17 | 15 | 16 | 15 | 4 |" in whole
    assert "| 2028年度 | 17 | 13 | 16 | 13 | 4 |" in whole
    assert "ビジョンの改定" not in page(reports, "trajectory")
