"""`renkei actuals import`: what offices filled in comes in whole, or nothing does and every doubt is told.

All values are made up; nothing but indicators, names and units is the project's.
"""

import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, call_renkei, edit, needs_libreoffice, run_renkei, saved_by_libreoffice
from made_up import lay_out
from offices import csv_file, row, workbook
from renkei.actuals.command import import_files, rate_year
from renkei.actuals.disputes import CODE
from renkei.actuals.importing import import_actuals
from renkei.actuals.rating import rate_again
from renkei.actuals.taking import Decisions, Taken
from renkei.check import check
from renkei.checkout import CHECKOUT_VARIABLE, Checkout
from renkei.data_lock import changing_data, reading_data
from renkei.errors import ParameterError, RenkeiError, TableError
from renkei.load import tables_of
from renkei.newest import newest_values
from renkei.rated import outdated_ratings
from renkei.tables.build import build
from renkei.tables.schema import resource
from wrong_forms import WRONG

DAY = date(2025, 7, 1)
LATER = date(2025, 9, 1)
#: A row of the file that row() becomes.
STANDING = "2024-14-1,2024,33万人,330000,final,-,rule,-,架空課,2025-07-01,a.xlsx"


def contents(checkout: Checkout) -> dict[str, bytes]:
    """Every file below data, by its path."""
    data = checkout.tables.parent
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def copied(root: Path) -> Checkout:
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns(".*"))
    return Checkout(root)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A copy of the data into which 33万人 came as final; what is refused must leave it as it is."""
    root = tmp_path_factory.mktemp("untouched")
    checkout = copied(root / "project")
    taken_in(checkout, workbook(root / "first.xlsx", row()), entered_on=date(2025, 6, 1))
    return checkout


@pytest.fixture
def project(tmp_path: Path) -> Checkout:
    """A copy of the data to import into."""
    return copied(tmp_path / "project")


def taken_in(
    checkout: Checkout,
    *paths: Path,
    entered_on: date = DAY,
    accept: Mapping[str, str] | None = None,
    take: Mapping[str, str] | None = None,
) -> list[Taken]:
    return import_actuals(checkout, paths, Decisions(entered_on, accept or {}, take or {}))


def refused(checkout: Checkout, *paths: Path, **decisions: Any) -> str:
    before = contents(checkout)
    with pytest.raises(RenkeiError) as told:
        taken_in(checkout, *paths, **decisions)
    assert before == contents(checkout)
    return str(told.value)


def rows_of(checkout: Checkout, fiscal_year: int = 2024) -> list[str]:
    path = checkout.actuals / f"fy{fiscal_year}.csv"
    return path.read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("case", WRONG)
def test_what_is_filled_in_wrongly_is_told_with_its_cell(
    untouched: Checkout, tmp_path: Path, case: str
) -> None:
    """With file, sheet and address; data/actuals and the tables stay as they are, byte for byte."""
    rows, change, told = WRONG[case]
    path = workbook(tmp_path / "a.xlsx", *rows, change=change)

    message = refused(untouched, path)

    assert told in message
    assert f"{path}" in message


def test_every_doubtful_cell_is_told_at_once(untouched: Checkout, tmp_path: Path) -> None:
    """Of all files; what is of one kind only five times, then how many more."""
    many = [row(f"2024-{number}-1", "多数") for number in ("41", "44", "49", "16", "18", "23", "52")]

    told = refused(
        untouched,
        workbook(tmp_path / "a.xlsx", row(actual="多数", status="済")),
        csv_file(tmp_path / "b.csv", *many),
        tmp_path / "c.xlsx",
    )

    assert "places to look at in the files: 10" in told
    assert f"{tmp_path / 'a.xlsx'}, sheet “実績入力”, J5: a number in 万人" in told
    assert f"{tmp_path / 'a.xlsx'}, sheet “実績入力”, L5: one of 暫定, 確定" in told
    assert f"{tmp_path / 'b.csv'}, J2: a number in 人" in told
    assert f"{tmp_path / 'c.xlsx'}: a file that can be read was expected" in told


def test_what_comes_in_stands_in_the_file_and_in_the_tables(project: Checkout, tmp_path: Path) -> None:
    """In the order of the indicators; the tables are those that a build makes, and check is content."""
    taken_in(
        project,
        workbook(tmp_path / "a.xlsx", row(note="速報より増"), row("2024-02-1", 1), row("2024-K2", 34000)),
    )

    assert [
        '2024-K2,2024,"34,000千人",34000000,final,-,rule,-,架空課,2025-07-01,a.xlsx',
        "2024-02-1,2024,1回,1,final,◎,rule,-,架空課,2025-07-01,a.xlsx",
        "2024-14-1,2024,33万人,330000,final,-,rule,速報より増,架空課,2025-07-01,a.xlsx",
    ] == rows_of(project)
    before = contents(project)
    build(project)
    assert before == contents(project)
    newest = newest_values(2024, tables_of(project)).set_index("indicator_id").loc["2024-14-1"]
    assert (330000.0, "actual") == tuple(newest[["value", "origin"]])
    assert "every rating by rule of what offices reported is what the rule gives" in check(project)


@pytest.mark.parametrize("entered_on", [DAY, LATER])
def test_the_same_file_again_changes_nothing(project: Checkout, tmp_path: Path, entered_on: date) -> None:
    """To the byte, on whatever day, under whatever name, from whatever office."""
    path = workbook(tmp_path / "a.xlsx", row(), row("2024-13-1", "常時", rating="◎"))
    taken_in(project, path)
    before = contents(project)

    [again] = taken_in(project, path, entered_on=entered_on)
    taken_in(
        project, csv_file(tmp_path / "b.csv", row(actual="330,000人", office="別の課")), entered_on=entered_on
    )

    assert ((), 2) == (again.rows, again.known)
    assert before == contents(project)


def test_what_was_known_before_stays_beside_what_comes_later(project: Checkout, tmp_path: Path) -> None:
    """Provisional, corrected, final: each row with its day; the final one stands, whenever it came."""
    values = [(31, "暫定", DAY), (32, "暫定", LATER), (32.5, "確定", LATER)]
    for value, status, day in values:
        taken_in(project, workbook(tmp_path / "a.xlsx", row(actual=value, status=status)), entered_on=day)

    assert [
        "2024-14-1,2024,31万人,310000,provisional,-,rule,-,架空課,2025-07-01,a.xlsx",
        "2024-14-1,2024,32万人,320000,provisional,-,rule,-,架空課,2025-09-01,a.xlsx",
        "2024-14-1,2024,32.5万人,325000,final,-,rule,-,架空課,2025-09-01,a.xlsx",
    ] == rows_of(project)
    assert 325000.0 == tables_of(project)["outcomes"].iloc[-1]["actual_value"]


def test_a_value_that_was_replaced_does_not_come_back_by_itself(project: Checkout, tmp_path: Path) -> None:
    """An old file is told of and changes nothing, unless a person says that it counts again."""
    old = workbook(tmp_path / "old.xlsx", row(actual=31, status="暫定"))
    taken_in(project, old)
    taken_in(project, workbook(tmp_path / "new.xlsx", row(actual=32, status="暫定")), entered_on=LATER)
    before = contents(project)

    [told] = taken_in(project, old, entered_on=date(2025, 10, 1))
    assert "2024-14-1 “31万人” was entered before and replaced on 2025-09-01 by “32万人”" in told.notes[0]
    assert before == contents(project)

    [told] = taken_in(project, old, entered_on=date(2025, 10, 1), accept={"2024-14-1": "戻す"})
    assert () == told.notes
    assert ["31万人", "32万人", "31万人"] == [line.split(",")[2] for line in rows_of(project)]


def test_a_day_that_is_not_after_the_last_entry_is_refused(untouched: Checkout, tmp_path: Path) -> None:
    """What comes in would not stand; nor can a year be over before it has begun."""
    path = workbook(tmp_path / "a.xlsx", row(note="後から"))
    for day in (date(2025, 6, 1), date(2025, 5, 31)):
        told = refused(untouched, path, entered_on=day)
        assert (
            "a day after 2025-06-01, when another final value of 2024-14-1 was entered, was expected in "
            f"--entered-on, found {day}" in told
        )

    early = workbook(tmp_path / "b.xlsx", row("2024-02-1", 1))
    assert (
        "a day of FY2024 or later, within 10 years, was expected in --entered-on, found 2024-03-31"
        in refused(untouched, early, entered_on=date(2024, 3, 31))
    )


def test_a_value_is_not_withdrawn_unasked(project: Checkout, tmp_path: Path) -> None:
    """集計中 after a number would leave nothing known; the other way round is how it goes."""
    taken_in(
        project, workbook(tmp_path / "a.xlsx", row(actual="集計中", status=None)), entered_on=date(2025, 5, 1)
    )
    taken_in(project, workbook(tmp_path / "b.xlsx", row(actual=31, status="暫定")))

    assert "J5: 2024-14-1 “集計中”: “31万人” was entered on 2025-07-01; is it known no more?" in refused(
        project,
        workbook(tmp_path / "c.xlsx", row(actual="集計中", status="暫定", note="再集計")),
        entered_on=LATER,
    )


def test_an_accepted_value_is_kept_with_its_reason(project: Checkout, tmp_path: Path) -> None:
    """Each question with its code; it is not asked again, though a note changes."""
    first = workbook(tmp_path / "a.xlsx", row("2024-44-1", 3500))
    assert (
        "“3,500人”: can it be so large? It is 10 times the newest value known, “338人(2022年度)”"
        in refused(project, first)
    )

    [told] = taken_in(project, first, accept={"2024-44-1": "登録の方法が変わった"})
    taken_in(project, workbook(tmp_path / "b.xlsx", row("2024-44-1", 3500, note="注")), entered_on=LATER)

    assert () == told.notes

    accepted = (project.actuals / "accepted.csv").read_text(encoding="utf-8").splitlines()
    assert ['2024,2024-44-1,"3,500人",times,登録の方法が変わった,2025-07-01'] == accepted[1:]
    assert 2 == len(rows_of(project))


def test_a_reason_for_what_nobody_asked_is_told(project: Checkout, tmp_path: Path) -> None:
    """It is kept nowhere, and may have been meant for another indicator."""
    [told] = taken_in(project, workbook(tmp_path / "a.xlsx", row()), accept={"2024-14-1": "架空"})

    assert (
        "--accept 2024-14-1: nothing was asked about it in FY2024, so the reason is not kept",
    ) == told.notes
    assert 1 == len((project.actuals / "accepted.csv").read_text(encoding="utf-8").splitlines())


def test_every_question_has_its_word_in_the_schema() -> None:
    """A code that only this command knows would be shown as it is."""
    source = (ROOT / "lib" / "renkei" / "actuals" / "questions.py").read_text(encoding="utf-8")
    codes = {*re.findall(r"Question\(\"(\w+)\"", source), CODE}

    assert codes == set(resource(Checkout(ROOT), "accepted").field("question").labels)


def test_accepting_one_indicator_does_not_accept_another(untouched: Checkout, tmp_path: Path) -> None:
    """Nor what cannot be read at all."""
    path = workbook(
        tmp_path / "a.xlsx", row("2024-44-1", 3500), row("2024-16-1", 3000), row("2024-02-1", "何回か")
    )

    told = refused(untouched, path, accept={"2024-44-1": "架空"})

    assert "3,500" not in told
    assert "2024-16-1 “3,000名”: can it be so large?" in told
    assert "J7: a number in 回 was expected" in told


def test_a_decision_about_what_is_not_reported_is_told(untouched: Checkout, tmp_path: Path) -> None:
    """A typing error would go unseen."""
    path = workbook(tmp_path / "a.xlsx", row("2024-02-1", 1))

    assert "--accept was expected to name an indicator that the files report of, found 2024-99-1" in refused(
        untouched, path, accept={"2024-99-1": "架空"}
    )
    assert "--take was expected to name one of the files, found “z.xlsx”" in refused(
        untouched, path, take={"2024-02-1": "z.xlsx"}
    )


def two_offices(folder: Path) -> tuple[Path, Path]:
    one = workbook(folder / "a" / "form.xlsx", row(actual=31, office="空港課"), row("2024-02-1", 1))
    return one, workbook(folder / "b" / "form.xlsx", row(actual=32, office="交通課"))


def test_two_offices_that_differ_are_for_a_person_to_decide(project: Checkout, tmp_path: Path) -> None:
    """Both places are told; --take with --accept decides, and is kept."""
    one, two = two_offices(tmp_path)
    told = refused(project, one, two)
    assert (
        f"“31万人” - of 空港課 in {one}, sheet “実績入力”, J5; “32万人” - of 交通課 in {two}, sheet" in told
    )
    assert f"--take 2024-14-1={one} --accept 2024-14-1 --reason “…”" in told
    assert "is it right, and not “31万人” - of 空港課?" in refused(
        project, one, two, take={"2024-14-1": str(two)}
    )
    assert "where two have the same name, write its path" in refused(
        project, one, two, take={"2024-14-1": "form.xlsx"}
    )

    taken_in(project, one, two, take={"2024-14-1": str(two)}, accept={"2024-14-1": "確認済み"})

    assert "2024-14-1,2024,32万人,320000,final,-,rule,-,交通課,2025-07-01,form.xlsx" in rows_of(project)
    assert (
        "2024,2024-14-1,32万人,dispute,確認済み,2025-07-01" in (project.actuals / "accepted.csv").read_text()
    )
    before = contents(project)
    taken_in(project, two, entered_on=LATER)
    assert before == contents(project)


def test_the_order_of_the_files_does_not_matter(project: Checkout, tmp_path: Path) -> None:
    """Nor does a file that is given twice; of two that say the same, one is kept."""
    one = workbook(tmp_path / "a.xlsx", row(office="空港課"), row("2024-02-1", 1))
    two = workbook(tmp_path / "b.xlsx", row(office="交通課"), row("2024-10-1", 2))
    other = copied(tmp_path / "other")

    taken_in(project, one, two, one)
    taken_in(other, two, one)

    assert 3 == len(rows_of(project))
    assert contents(project) == contents(other)


def test_another_office_that_differs_from_what_stands_is_for_a_person_to_decide(
    project: Checkout, tmp_path: Path
) -> None:
    """The same office may correct itself; another one only where a person says so."""
    taken_in(project, workbook(tmp_path / "a.xlsx", row(actual=31, status="暫定")))
    others = workbook(tmp_path / "c.xlsx", row(actual=32, status="暫定", office="交通課"))

    told = refused(project, others, entered_on=LATER)
    assert "J5: what 架空課 entered as provisional on 2025-07-01 for 2024-14-1 of FY2024, “31万人” -" in told
    assert "found “32万人” - of 交通課" in told
    decided = {"take": {"2024-14-1": "c.xlsx"}, "accept": {"2024-14-1": "所管が移った"}}
    taken_in(project, others, entered_on=LATER, **decided)
    assert "交通課" in rows_of(project)[1]
    assert ["31万人", "32万人"] == [line.split(",")[2] for line in rows_of(project)]
    own = workbook(tmp_path / "b.xlsx", row(actual=33, status="暫定"))
    assert "J5: what 交通課 entered as provisional on 2025-09-01" in refused(
        project, own, entered_on=date(2025, 10, 1)
    )


def test_a_final_value_of_another_office_after_a_provisional_one_is_no_conflict(
    project: Checkout, tmp_path: Path
) -> None:
    """Only what has the same status is held against each other."""
    taken_in(project, workbook(tmp_path / "a.xlsx", row(actual=31, status="暫定")))

    taken_in(project, workbook(tmp_path / "b.xlsx", row(actual=32, office="交通課")), entered_on=LATER)

    assert ["31万人", "32万人"] == [line.split(",")[2] for line in rows_of(project)]


def test_several_years_come_in_together_or_not_at_all(project: Checkout, tmp_path: Path) -> None:
    """What one year says is known to the next; a doubt in one keeps back all."""
    path = workbook(tmp_path / "a.xlsx", row(), row(fiscal_year=2025, actual=330))
    assert "is it in the right unit?" not in (told := refused(project, path, entered_on=date(2026, 7, 1)))
    assert "2024-14-1 “330万人”: can it be so large? It is 10 times the newest value known, “33万人”" in told

    taken_in(
        project,
        workbook(tmp_path / "a.xlsx", row(), row(fiscal_year=2025, actual=36)),
        entered_on=date(2026, 7, 1),
    )

    assert (1, 1) == (len(rows_of(project)), len(rows_of(project, 2025)))
    assert [2024, 2025] == tables_of(project)["actuals"]["fiscal_year"].tolist()


def test_a_running_total_does_not_fall_unasked(project: Checkout, tmp_path: Path) -> None:
    """It counts up over the years of the plan."""
    path = workbook(tmp_path / "a.xlsx", row("2024-42-1", 30), row("2024-42-1", 29, fiscal_year=2025))

    assert "2024-42-1 “29組”: can a running total fall? The newest value known is “30組”" in refused(
        project, path, entered_on=date(2026, 7, 1)
    )


def test_a_rating_that_contradicts_the_rule_counts_and_is_told(project: Checkout, tmp_path: Path) -> None:
    """A person wins; one that agrees is not told."""
    path = workbook(tmp_path / "a.xlsx", row("2024-02-1", 1, rating="×"), row("2024-10-1", 2, rating="◎"))

    [taken] = taken_in(project, path)

    [note] = taken.notes
    assert "2024-02-1 “1回” is rated × by the office, which counts; from value and target ◎ follows" in note
    assert ["×,person", "◎,person"] == [",".join(line.split(",")[5:7]) for line in rows_of(project)]


def test_ratings_follow_a_revision_of_the_plan_by_one_command(project: Checkout, tmp_path: Path) -> None:
    """Check tells the line and the command; it rates what stands by rule, and leaves people's ratings."""
    taken_in(
        project,
        workbook(
            tmp_path / "a.xlsx",
            row("2024-03-1", 5200),
            row("2024-05-2", 2600, rating="◎"),
            row("2024-02-1", 1),
        ),
    )
    vision = project.sources / "vision_2024_2028.txt"
    for old, new in (("5,000名", "6,000名"), ("2,500名", "3,000名")):
        vision.write_text(vision.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    record = project.sources / "sources.toml"
    was = hashlib.sha256((ROOT / "data" / "sources" / vision.name).read_bytes()).hexdigest()
    edit(record, was, hashlib.sha256(vision.read_bytes()).hexdigest())
    with pytest.raises(
        TableError, match="found them made from others than vision_2024_2028 as it is on record"
    ):
        rate_again(project, 2024)
    build(project, accept="架空")
    with pytest.raises(TableError) as told:
        check(project)
    assert (
        "fy2024.csv:3: 2024-03-1: the rating by rule, ×, was expected, found ◎; "
        "run 'renkei actuals rate --fiscal-year 2024'" in str(told.value)
    )

    [rated] = rate_again(project, 2024)
    assert ("2024-03-1", "◎", "×") == (rated.indicator_id, rated.rating, rated.rating_by_rule)
    assert ["◎", "×", "◎"] == [line.split(",")[-6] for line in rows_of(project)]
    assert outdated_ratings(tables_of(project)).empty
    before = contents(project)
    assert [] == rate_again(project, 2024)
    assert before == contents(project)


def test_a_target_that_became_words_is_for_a_person_to_rate(
    project: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both commands say so, with the line; the rating by rule stays until a person gave one."""
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(project.root))
    taken_in(project, workbook(tmp_path / "a.xlsx", row("2024-13-1", "-", status="暫定")))
    edit(project.actuals / "fy2024.csv", "2024-13-1,,-,,", "2024-13-1,2024,常時,,")
    build(project)
    before = contents(project)

    with pytest.raises(TableError, match=r"fy2024\.csv:2: 2024-13-1: a rating by a person was expected"):
        check(project)
    [told] = rate_year("R6")

    assert "note: 2024-13-1: its target is in words now; import it with the rating of a person" == told
    assert before == contents(project)


def test_a_list_of_the_year_that_disagrees_is_told_with_the_row_that_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written until people have added it to conflicts.csv."""
    made_up = lay_out(tmp_path / "made-up", "list")
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(made_up.root))
    build(made_up)
    name = tables_of(made_up)["indicators"].set_index("indicator_id")["name"]["2028-02-1"]
    cells = row() | {"fiscal_year": 2029, "indicator_id": "2028-02-1", "indicator_name": name, "unit": "回"}
    path = workbook(tmp_path / "a.xlsx", cells | {"actual": 6, "rating": "◎"})

    told = refused(made_up, path, entered_on=date(2030, 7, 1), accept={"2028-02-1": "架空"})
    assert "nothing was written, since no tables can be made with what was to come in" in told
    assert "actuals_fy2029,2028-02-1,actual,5回,6回,WINS,REASON" in told

    with (made_up.curated / "conflicts.csv").open("a", encoding="utf-8") as file:
        file.write("actuals_fy2029,2028-02-1,actual,5回,6回,actuals_fy2029,架空\n")
    with pytest.raises(TableError):
        build(made_up)
    taken_in(made_up, path, entered_on=date(2030, 7, 1), accept={"2028-02-1": "架空"})
    assert 1 == len(rows_of(made_up, 2029))


def test_nobody_else_reads_or_changes_the_data_meanwhile(project: Checkout, tmp_path: Path) -> None:
    """The second of two commands is told to wait, and changes nothing."""
    path = workbook(tmp_path / "a.xlsx", row())
    for holding in (changing_data, reading_data):
        with holding(project):
            held = subprocess.run(
                [sys.executable, "-c", "from renkei.cli import main; main()", *IMPORT, str(path)],
                env={**os.environ, CHECKOUT_VARIABLE: str(project.root)},
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        assert (1, True) == (held.returncode, "wait until it has ended, then try again" in held.stderr)
    assert [] == list(project.actuals.glob("fy*.csv"))


@pytest.mark.parametrize("file", ["accepted.csv", "fy2024.csv", "outcomes.csv"])
def test_a_full_disk_leaves_everything_as_it_was(
    project: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    """Whichever file does not fit any more."""
    path = workbook(tmp_path / "a.xlsx", row("2024-44-1", 3500))
    before = contents(project)
    write_bytes = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if file in path.name and path.is_relative_to(project.root):
            raise OSError(28, "No space left on device", str(path))
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        taken_in(project, path, accept={"2024-44-1": "架空"})
    assert before == contents(project)


IMPORT = ("actuals", "import", "--entered-on", "2025-07-01")


def test_the_command_tells_what_came_in(
    project: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In lines; a refusal is one message on stderr, and so is an option that lacks."""
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(project.root))
    path = workbook(tmp_path / "a.xlsx", row(), row("2024-44-1", 3500))

    told = call_renkei(*IMPORT, str(path))
    assert (1, "") == (told.returncode, told.stdout)
    assert "--accept 2024-44-1 --reason “…”" in told.stderr
    done = run_renkei(*IMPORT, str(path), "--accept", "2024-44-1", "--reason", "架空")

    assert (0, "") == (done.returncode, done.stderr)
    assert "data/actuals/fy2024.csv: 2 rows added, 0 known before\n" == done.stdout
    rated = call_renkei("actuals", "rate", "--fiscal-year", "2024")
    assert "every rating by rule of FY2024 is what the rule gives\n" == rated.stdout
    assert 2 == call_renkei("actuals", "import", str(path)).returncode


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"accept": ["2024-14-1"]}, "one --reason for each --accept"),
        ({"accept": ["2024-14-1"] * 2, "reason": ["a", "b"]}, "each indicator once"),
        ({"accept": ["2024-14-1"], "reason": [" "]}, "a reason of 1 to 500 characters"),
        ({"accept": ["2024-14-1"], "reason": ["a\x07"]}, "a reason of 1 to 500 characters"),
        ({"take": ["2024-14-1"]}, "--take was expected once for an indicator, as ID=FILE, found “2024-14-1”"),
        ({"take": ["2024-14-1=a", "2024-14-1=b"]}, "--take was expected once for an indicator"),
        ({"entered_on": "R7.7.1"}, "a day such as 2025-07-01 was expected in --entered-on, found “R7.7.1”"),
    ],
)
def test_an_option_that_cannot_be_understood_is_told(options: dict[str, Any], told: str) -> None:
    """Before any file is looked at."""
    given = {"entered_on": "2025-07-01", "accept": [], "reason": [], "take": [], **options}

    with pytest.raises(ParameterError, match=told):
        import_files([], **given)


@pytest.mark.slow
@needs_libreoffice
def test_what_libreoffice_saved_again_reads_the_same(project: Checkout, tmp_path: Path) -> None:
    """Formulas are computed, percentages and texts stay what they are."""
    rows = [
        row(actual="=16+17"), row("2024-41-5", "７１．５％"),
        row("2024-13-1", "常時", rating="◎ 達成済み", note="一行目\n二行目"), row("2024-K4", "▲2,500"),
    ]  # fmt: skip
    path = workbook(tmp_path / "a.xlsx", *rows)
    assert "a formula without a saved result" in refused(project, path)
    saved_by_libreoffice(path, as_="xlsx", into=tmp_path / "again")

    taken_in(project, tmp_path / "again" / "a.xlsx")

    assert [
        ("▲2,500人", "-", "-"), ("常時", "◎", "一行目 二行目"), ("33万人", "-", "-"), ("71.5%", "◎", "-")
    ] == [(cells[2], cells[5], cells[7]) for cells in csv.reader(rows_of(project))]  # fmt: skip
