"""Several lists of one plan: each project and indicator once, and what they disagree about is decided.

The area and both lists are made up; the list of 2030 is that of 2029 but for the edits of each test.
"""

from pathlib import Path

import pytest
from conftest import Command
from made_up import MADE_UP, add_list, lay_out
from renkei.checkout import CHECKOUT_VARIABLE, Checkout
from renkei.csv_file import CsvRow, read_rows
from renkei.errors import SourceError, TableError
from renkei.load import tables_of
from renkei.outcomes import outcomes_of
from renkei.report.provenance import sources_of
from renkei.tables.build import build
from renkei.tables.schema import resource

TIMES = "\t\t\t講座の参加者数\t-\t30人 (2030年度)\t24人\t○\t・参加者24人\n"
COURSES = "講座の開催回数\t2回 (2027年度)\t4回 (毎年度)\t5回\t◎\t・講座を5回開催"


@pytest.fixture
def area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """The made-up area with its first list."""
    checkout = lay_out(tmp_path / "made-up", "list")
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(checkout.root))
    return checkout


def rows(checkout: Checkout, name: str) -> list[CsvRow]:
    table = resource(checkout, name)
    return read_rows(table.path, table.columns, name)


def cells(checkout: Checkout, name: str, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in rows(checkout, name)]


def append(checkout: Checkout, name: str, *lines: str) -> None:
    with (checkout.curated / f"{name}.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def problems(checkout: Checkout) -> str:
    """What the build refuses; the tables stay as they were."""
    before = sorted(path.read_bytes() for path in checkout.tables.iterdir())
    with pytest.raises(TableError) as refused:
        build(checkout)
    assert before == sorted(path.read_bytes() for path in checkout.tables.iterdir())
    return str(refused.value)


def test_lists_that_agree_give_each_row_once_and_the_outcomes_of_both_years(area: Checkout) -> None:
    """Projects and indicators are the first list's, to the byte; outcomes come list by list."""
    build(area)
    before = {name: resource(area, name).path.read_bytes() for name in ("projects", "indicators", "outcomes")}

    add_list(area, 2030, ("5回\t◎\t・講座を5回開催", "3回\t×\t・講座を3回開催"))
    build(area)

    for name in ("projects", "indicators"):
        assert before[name] == resource(area, name).path.read_bytes()
    assert resource(area, "outcomes").path.read_bytes().startswith(before["outcomes"])
    assert [
        ("2028-02-1", "2029", "5回", "◎", "list", "11"),
        ("2028-02-1", "2030", "3回", "×", "list_fy2030", "11"),
    ] == [
        row
        for row in cells(
            area, "outcomes", "indicator_id", "fiscal_year", "actual_text", "rating", "source", "source_line"
        )
        if row[0] == "2028-02-1"
    ]


def test_every_conflict_is_told_at_once_with_both_texts_and_places(area: Checkout) -> None:
    """A project's name and summary, a baseline and a target; each with the row that would decide."""
    add_list(
        area,
        2030,
        ("2 創業の促進", "2 起業の促進"),
        ("移動図書館を共同で運行する。", "移動図書館を、共同で運行する。"),
        ("2回 (2027年度)\t4回", "3回 (2027年度)\t6回"),
    )

    told = problems(area)

    assert (
        "2028-02 name: “創業の促進” in data/sources/list.txt:11, “起業の促進” in "
        "data/sources/list_fy2030.txt:11\n    list_fy2030,2028-02,name,創業の促進,起業の促進,WINS,REASON"
        in told
    )
    assert "2028-03 summary: “" in told
    assert "list_fy2030,2028-02-1,baseline,2回 (2027年度),3回 (2027年度),WINS,REASON" in told
    assert "list_fy2030,2028-02-1,target,4回 (毎年度),6回 (毎年度),WINS,REASON" in told
    assert 4 == told.count("WINS,REASON")


def test_a_decided_conflict_stands_as_decided(area: Checkout) -> None:
    """The text of the document that wins, with what follows from it; the other document is not asked."""
    add_list(area, 2030, ("2回 (2027年度)\t4回", "3回 (2027年度)\t6回"))
    append(
        area,
        "conflicts",
        "list_fy2030,2028-02-1,baseline,2回 (2027年度),3回 (2027年度),list,架空",
        "list_fy2030,2028-02-1,target,4回 (毎年度),6回 (毎年度),list_fy2030,架空",
    )

    build(area)

    columns = ("indicator_id", "baseline_text", "baseline_value", "target_text", "target_value", "source")
    assert ("2028-02-1", "2回 (2027年度)", "2", "6回 (毎年度)", "6", "list") in cells(
        area, "indicators", *columns
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("list_fy2030,2028-02-1,target,4回 (毎年度),7回 (毎年度),list,架空",
         "conflicts.csv:2: list_fy2030 does not disagree so about the target of 2028-02-1"),
        ("list_fy2030,2028-02-1,target,4回 (毎年度),6回 (毎年度),liste,架空",
         "conflicts.csv:2: list or list_fy2030 was expected in wins, found “liste”"),
    ],
)  # fmt: skip
def test_a_decision_must_fit_the_documents(area: Checkout, row: str, message: str) -> None:
    """One about other texts, or for a document that is none of both, decides nothing."""
    add_list(area, 2030, ("\t4回", "\t6回"))
    append(area, "conflicts", row)

    assert message in problems(area)


def test_an_indicator_keeps_its_id_wherever_it_stands(area: Checkout) -> None:
    """Two indicators that changed places are told by their names, and one put before them goes behind."""
    project = "2 創業の促進\t圏域での創業を促進するため、創業者向けの講座を開く。\t"
    new = project + "講座の満足度\t-\t80% (毎年度)\t90%\t◎\t・調査"
    add_list(
        area,
        2030,
        (TIMES, ""),
        (
            project + COURSES,
            f"{new}\n{TIMES.rstrip()}\n\t\t\t{COURSES}",
        ),
    )
    append(area, "indicator_counts", "list_fy2030,2028-02,3,架空")

    build(area)

    assert ["2028-02-1", "2028-02-2", "2028-02-3"] == [
        row["indicator_id"] for row in rows(area, "indicators") if row["project_no"] == "2"
    ]
    assert {
        ("2028-02-1", "2029", "5回"), ("2028-02-1", "2030", "5回"), ("2028-02-2", "2029", "24人"),
        ("2028-02-2", "2030", "24人"), ("2028-02-3", "2030", "90%"),
    } == {
        row
        for row in cells(area, "outcomes", "indicator_id", "fiscal_year", "actual_text")
        if row[0].startswith("2028-02")
    }  # fmt: skip


def test_another_name_is_told_with_both_ways_to_decide(area: Checkout) -> None:
    """It may be the same indicator, or a new one in place of one that is gone; people say which."""
    add_list(area, 2030, ("講座の参加者数\t", "講座の延べ参加者数\t"))

    told = problems(area)

    assert "2028-02-2 listed: “講座の参加者数” in data/sources/list.txt:12, nothing in data/sources/" in told
    assert "list_fy2030,2028-02-2,listed,講座の参加者数,,list_fy2030,REASON" in told
    assert "list_fy2030,2028-02-2,name,講座の参加者数,講座の延べ参加者数,WINS,REASON" in told


OLD, NEW = "講座の参加者数", "講座の延べ参加者数"


@pytest.mark.parametrize(
    ("field", "later", "wins", "name", "last"),
    [
        ("name", NEW, "list_fy2030", NEW, "2028-02-2"),
        ("name", NEW, "list", OLD, "2028-02-2"),
        ("listed", "", "list_fy2030", OLD, "2028-02-3"),
    ],
)
def test_another_name_is_the_same_indicator_or_a_new_one_as_decided(
    area: Checkout, field: str, later: str, wins: str, name: str, last: str
) -> None:
    """The same one keeps its id under the name that wins; a new one goes behind."""
    add_list(area, 2030, ("講座の参加者数\t", "講座の延べ参加者数\t"))
    append(area, "conflicts", f"list_fy2030,2028-02-2,{field},{OLD},{later},{wins},架空")
    append(area, "target_kinds", *(["2028-02-3,by_year,higher,架空"] if last == "2028-02-3" else []))

    build(area)

    assert ("2028-02-2", name) in cells(area, "indicators", "indicator_id", "name")
    places = cells(area, "outcomes", "source", "source_line", "indicator_id")
    assert last == {place[:2]: place[2] for place in places}["list_fy2030", "12"]


def test_check_knows_which_indicators_a_list_need_not_have(area: Checkout, called: Command) -> None:
    """One that is decided to be gone, and one that only a later list has; any other is missed."""
    add_list(area, 2030, ("講座の参加者数\t", "講座の延べ参加者数\t"))
    append(area, "conflicts", "list_fy2030,2028-02-2,listed,講座の参加者数,,list_fy2030,架空")
    append(area, "target_kinds", "2028-02-3,by_year,higher,架空")
    build(area)

    checked = called("check")

    assert (0, "") == (checked.returncode, checked.stderr)
    outcomes = area.tables / "outcomes.csv"
    text = outcomes.read_text(encoding="utf-8")
    [lost] = [line for line in text.splitlines() if line.startswith("2028-03-1,2030")]
    outcomes.write_text(text.replace(f"{lost}\n", ""), encoding="utf-8")
    assert "2028-03-1 has no outcome in FY2030" in called("check").stderr


def test_another_unit_is_a_conflict(area: Checkout) -> None:
    """Numbers of two units are not put into one column without a decision."""
    add_list(area, 2030, ("2回 (2027年度)\t4回 (毎年度)\t5回", "2件 (2027年度)\t4件 (毎年度)\t5件"))

    assert "list_fy2030,2028-02-1,unit,回,件,WINS,REASON" in problems(area)


def test_kpis_are_matched_by_name(area: Checkout) -> None:
    """One of another pillar is a conflict about the pillar, not another indicator."""
    add_list(area, 2030, ("圏域内の観光客数\t", "圏域の観光客数\t"))

    assert "list_fy2030,2028-K1,name,圏域内の観光客数,圏域の観光客数,WINS,REASON" in problems(area)


def test_a_project_keeps_its_number(area: Checkout) -> None:
    """Two projects that changed numbers are refused: their ids would mean others than before."""
    add_list(
        area,
        2030,
        ("2 創業の促進", "2 移動図書館の共同運行"),
        ("3 移動図書館の共同運行\t圏域", "3 創業の促進\t圏域"),
    )

    with pytest.raises(SourceError, match=r"fy2030.txt:11: .* “移動図書館の共同運行” as No. 2, there No. 3"):
        build(area)


def test_two_lists_of_one_year_are_refused_with_both_lines(area: Checkout) -> None:
    """An outcome is said once a year; which document is right is for the record to say."""
    path = add_list(area, 2029, ("\t5回\t◎", "\t6回\t◎"))
    path.replace(area.sources / "list_2.txt")
    record = area.sources / "sources.toml"
    record.write_text(
        record.read_text(encoding="utf-8").replace('file = "list_fy2029.txt"', 'file = "list_2.txt"'),
        encoding="utf-8",
    )

    told = problems(area)

    assert (
        "outcomes.csv: indicator_id 2028-02-1, fiscal_year 2029 comes from data/sources/list.txt:11 and from "
        "data/sources/list_2.txt:11" in told
    )
    assert 5 == told.count("comes from")


def test_a_list_must_say_its_year_and_have_an_id_of_its_own(area: Checkout) -> None:
    """Without its year it would give no outcomes, and under another's id it would take that one's place."""
    record = area.sources / "sources.toml"
    text = record.read_text(encoding="utf-8")

    record.write_text(text.replace("fiscal_year = 2029\n", ""), encoding="utf-8")
    with pytest.raises(SourceError, match="list: fiscal_year, the year that the list reports, was expected"):
        build(area)
    record.write_text(text + text, encoding="utf-8")
    with pytest.raises(SourceError, match="each id once was expected, found list more than once"):
        build(area)


def test_the_list_of_a_plan_that_has_a_document_already_is_merged_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan says what there is, its list what became of it; where they disagree, people decide."""
    checkout = lay_out(tmp_path / "both", "plan")
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(checkout.root))
    build(checkout)
    before = rows(checkout, "indicators")
    plan = {row["indicator_id"]: row for row in before}
    assert "2031-02-1" in plan and MADE_UP.exists()

    add_list(checkout, 2032)
    record = checkout.sources / "sources.toml"
    text = record.read_text(encoding="utf-8").replace("plan = 2028", "plan = 2031")
    record.write_text(text, encoding="utf-8")

    assert "list_fy2032,2031-02-1,target," in problems(checkout)


def test_a_report_cites_the_documents_that_its_rows_come_from(area: Checkout) -> None:
    """The year's own list; and the one whose text was taken, for a report that has the row concerned."""
    add_list(area, 2030, ("\t4回", "\t6回"))
    append(area, "conflicts", "list_fy2030,2028-02-1,target,4回 (毎年度),6回 (毎年度),list,架空")
    build(area)
    outcomes = outcomes_of(2030, tables_of(area))

    assert ["list"] == [source.id for source in sources_of(outcomes_of(2029, tables_of(area)))]
    assert ["list", "list_fy2030"] == [source.id for source in sources_of(outcomes)]
    others = outcomes[outcomes["indicator_id"] != "2028-02-1"]
    assert ["list_fy2030"] == [source.id for source in sources_of(others)]
    assert [] == sources_of(outcomes.head(0))
