"""What offices reported, as the tables take it in: rows of `data/actuals/fyNNNN.csv`.

The values are made up, in a copy of the project; only indicators and targets are the documents'.
"""

from pathlib import Path

import pytest
from conftest import Command
from made_up import add_list, lay_out
from renkei.checkout import CHECKOUT_VARIABLE, Checkout
from renkei.comparison import compare, compare_in_detail
from renkei.errors import TableError
from renkei.load import tables_of
from renkei.newest import newest_values
from renkei.report.provenance import citation, sources_compared, sources_of
from renkei.tables.build import build
from renkei.tables.reported import reported_table

HEAD = ",".join(reported_table(Checkout.current()).columns)
PROVISIONAL = "2024-14-1,2024,31万人,310000,provisional,-,rule,速報,空港担当課,2025-04-30,a.xlsx"
FINAL = "2024-14-1,2024,32.5万人,325000,final,-,rule,-,空港担当課,2025-07-01,b.xlsx"


def report(checkout: Checkout, fiscal_year: int, *rows: str) -> Path:
    path = checkout.actuals / f"fy{fiscal_year}.csv"
    path.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    return path


def refused(checkout: Checkout) -> str:
    before = sorted(path.read_bytes() for path in checkout.tables.iterdir())
    with pytest.raises(TableError) as told:
        build(checkout)
    assert before == sorted(path.read_bytes() for path in checkout.tables.iterdir())
    return str(told.value)


def test_a_reported_value_is_an_outcome_of_its_year(checkout_copy: Checkout) -> None:
    """It comes behind the rows of the lists, with its file and line, and is the newest value known."""
    rows_before = len(tables_of(checkout_copy)["outcomes"])
    report(checkout_copy, 2024, PROVISIONAL)

    build(checkout_copy)

    outcomes = tables_of(checkout_copy)["outcomes"]
    assert rows_before + 1 == len(outcomes)
    row = outcomes.iloc[-1]
    assert ("2024-14-1", 2024, 2024, "31万人", 310000.0, "-", True, "速報", "actuals_fy2024", 2) == tuple(
        row[["indicator_id", "fiscal_year", "observed_year", "actual_text", "actual_value", "rating",
             "is_provisional", "note", "source", "source_line"]]
    )  # fmt: skip
    newest = newest_values(2024, tables_of(checkout_copy)).set_index("indicator_id").loc["2024-14-1"]
    assert (310000.0, 2024, "actual", "provisional") == tuple(newest[["value", "year", "origin", "status"]])
    compared = compare(2024, tables_of(checkout_copy)).set_index("indicator_id").loc["2024-14-1"]
    assert (310000.0, "not_met") == tuple(compared[["actual_value", "actual_status"]])


@pytest.mark.parametrize("rows", [(PROVISIONAL, FINAL), (FINAL, PROVISIONAL)])
def test_the_final_value_wins(checkout_copy: Checkout, rows: tuple[str, str]) -> None:
    """Whatever the order of the rows, and although both stand in the file."""
    report(checkout_copy, 2024, *rows)

    build(checkout_copy)

    outcome = tables_of(checkout_copy)["outcomes"].iloc[-1]
    assert (325000.0, rows.index(FINAL) + 2) == (outcome["actual_value"], outcome["source_line"])
    actuals = tables_of(checkout_copy)["actuals"]
    assert [310000.0, 325000.0] == sorted(actuals["actual_value"])
    assert [2, 3] == actuals["source_line"].tolist()
    assert [2024, 2024] == actuals["fiscal_year"].tolist()


def test_of_two_final_values_the_later_entry_wins(checkout_copy: Checkout) -> None:
    """A value may be corrected; what was known before stays in the file."""
    report(
        checkout_copy,
        2024,
        FINAL.replace("2025-07-01", "2025-09-01").replace("32.5", "33").replace("325", "330"),
        FINAL,
    )

    build(checkout_copy)

    assert 330000.0 == tables_of(checkout_copy)["outcomes"].iloc[-1]["actual_value"]


def test_the_years_files_are_sources(checkout_copy: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports cite those that they show; a file is final when every value in it that stands is."""
    monitoring = "2024-13-1,2024,常時,,provisional,◎,person,-,病院局,2025-04-30,a.xlsx"
    report(checkout_copy, 2024, PROVISIONAL, FINAL, monitoring)
    report(
        checkout_copy, 2025, PROVISIONAL.replace("2024,31", "2025,31"), FINAL.replace("2024,32", "2025,32")
    )
    build(checkout_copy)

    rows = tables_of(checkout_copy)["outcomes"].tail(3)
    assert ["provisional", "final"] == [source.status for source in sources_of(rows)]
    assert (
        "さっぽろ連携中枢都市圏「2024年度 連携事業の実績報告」、"
        "さっぽろ連携中枢都市圏「2025年度 連携事業の実績報告」" == citation(sources_of(rows))
    )
    documents = [source.id for source in sources_compared()]
    for year, cited in ((2024, ["actuals_fy2024"]), (2025, ["actuals_fy2024", "actuals_fy2025"])):
        compared = compare_in_detail(year, tables_of(checkout_copy))
        assert [*documents, *cited] == [source.id for source in sources_compared(compared)]


@pytest.mark.parametrize(
    ("found", "instead", "told"),
    [
        ("2024-14-1", "2019-14-1", "an indicator of the plan of 2024 was expected, found “2019-14-1”"),
        ("2024-14-1", "2024-99-9", "an indicator of the plan of 2024 was expected, found “2024-99-9”"),
        ("final", "done", "status: one of provisional, final was expected, found “done”"),
        (",-,rule", ",A,rule", "rating: one of ◎, ○, △, ×, - was expected, found “A”"),
        ("rule", "nobody", "rated_by: one of rule, person was expected, found “nobody”"),
        ("空港担当課", "", "office: a text, - where there is none, was expected, found an empty cell"),
        ("2025-07-01", "2025-7-1", "entered_on: a day such as 2025-06-30 was expected, found “2025-7-1”"),
        ("2025-07-01", "2025-02-30", "entered_on: a day such as 2025-06-30 was expected, found “2025-02-30”"),
        (",2024,", ",R6,", "observed_year: a year was expected, found “R6”"),
        (",2024,", ",,", "observed_year: the year of the value was expected, found an empty cell"),
        ("325000", "32.5", "actual_text: 32.5人, as in actual_value, was expected, found “32.5万人”, 325000"),
        ("325000", "many", "actual_value: a number was expected, found “many”"),
        ("32.5万人", "32.5万校", "actual_text: 325000人, as in actual_value, was expected, found “32.5万校”"),
        ("32.5万人", "多数", "actual_text: "),
        (",-,空港", ',"a\nb",空港', "note: a text in one line was expected"),
    ],
)  # fmt: skip
def test_a_row_that_is_not_as_the_import_writes_it_is_refused(
    checkout_copy: Checkout, found: str, instead: str, told: str
) -> None:
    """With file and line; the tables stay as they were."""
    path = report(checkout_copy, 2024, PROVISIONAL, FINAL.replace(found, instead, 1))

    message = refused(checkout_copy)

    line = 4 if "\n" in instead else 3
    assert f"{checkout_copy.relative(path)}:{line}: {told}" in message


def test_every_bad_row_is_told_at_once(checkout_copy: Checkout) -> None:
    """Not one a run."""
    report(checkout_copy, 2024, PROVISIONAL.replace("rule", "x"), FINAL.replace("final", "y"))

    message = refused(checkout_copy)

    assert "fy2024.csv:2: rated_by" in message
    assert "fy2024.csv:3: status" in message


def test_a_year_of_no_plan_is_refused(checkout_copy: Checkout) -> None:
    """The name of the file says the year."""
    report(checkout_copy, 2031, FINAL)

    assert (
        "fy2031.csv: a year of a plan in data/area.toml, 2019 to 2023, 2024 to 2028, was expected"
        in refused(checkout_copy)
    )


def test_check_holds_a_years_file_to_the_schema(checkout_copy: Checkout, called: Command) -> None:
    """What the build does not look at is seen here, with its line."""
    report(checkout_copy, 2024, FINAL.replace(",2024,", ",1024,"))
    assert 0 == called("build").returncode

    told = called("check").stderr

    assert (
        'data/actuals/fy2024.csv:2: The cell "1024" in row at position "2" and field "observed_year"' in told
    )


def test_check_lets_a_half_filled_year_be(checkout_copy: Checkout, called: Command) -> None:
    """What offices report comes in bit by bit."""
    report(checkout_copy, 2024, FINAL)
    assert 0 == called("build").returncode

    done = called("check")

    assert (0, "") == (done.returncode, done.stderr)


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """The made-up area with its list of FY2029, and what an office says of the same year."""
    checkout = lay_out(tmp_path / "made-up", "list")
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(checkout.root))
    return checkout


SAME = "2028-02-1,2029,5回,5,final,◎,person,-,創業担当課,2030-07-01,a.xlsx"


def test_a_list_and_an_office_that_agree_give_the_lists_row(both: Checkout) -> None:
    """The document is what is cited."""
    build(both)
    before = (both.tables / "outcomes.csv").read_bytes()
    report(both, 2029, SAME)

    build(both)

    assert before == (both.tables / "outcomes.csv").read_bytes()


def test_a_list_and_an_office_that_differ_are_a_conflict(both: Checkout) -> None:
    """Told with both places; once people decided, the one that is right stands in the tables."""
    build(both)
    report(both, 2029, SAME.replace("5回,5", "6回,6").replace("◎", "○"))
    told = refused(both)
    assert "2028-02-1 actual: “5回” in data/sources/list.txt:" in told
    assert "“6回” in data/actuals/fy2029.csv:2" in told
    rows = [line.strip() for line in told.splitlines() if line.strip().startswith("actuals_fy2029,")]
    assert ["actuals_fy2029,2028-02-1,actual,5回,6回,WINS,REASON",
            "actuals_fy2029,2028-02-1,rating,◎,○,WINS,REASON"] == rows  # fmt: skip

    with (both.curated / "conflicts.csv").open("a", encoding="utf-8") as file:
        file.writelines(
            f"{row.replace('WINS', wins)}\n"
            for row, wins in zip(rows, ("actuals_fy2029", "list"), strict=True)
        )
    build(both)

    outcomes = tables_of(both)["outcomes"].set_index("indicator_id").loc["2028-02-1"]
    assert ("6回", "◎", "actuals_fy2029") == tuple(outcomes[["actual_text", "rating", "source"]])


def test_a_decision_about_what_does_not_differ_is_told(both: Checkout) -> None:
    """So that no row stays that decides nothing."""
    build(both)
    report(both, 2029, SAME)
    with (both.curated / "conflicts.csv").open("a", encoding="utf-8") as file:
        file.write("actuals_fy2029,2028-02-1,actual,5回,6回,list,架空\n")

    assert "conflicts.csv:2: actuals_fy2029 does not disagree so about the actual of 2028-02-1" in refused(
        both
    )


def test_lists_of_other_years_are_left_alone(both: Checkout) -> None:
    """What offices say of a year is held against the list of that year."""
    add_list(both, 2030)
    report(both, 2030, SAME.replace("2029,5回,5", "2030,5回,5"))

    build(both)

    assert 2 == (tables_of(both)["outcomes"]["indicator_id"] == "2028-02-1").sum()
