"""The workbooks that go out to offices: what is asked, what may be filled in, what is filled in already."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Command, needs_libreoffice, saved_by_libreoffice
from made_up_entries import ENTRIES, with_entries, with_tables
from made_up_tables import INDICATORS, changed, column_of, made_up
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from renkei.actuals.asked import WORDS_UNIT, asked_for
from renkei.actuals.form import COLUMNS, FORM_SHEET, GUIDE_SHEET, RATING_WORDS, STATUS_WORDS
from renkei.actuals.selection import parts_of
from renkei.actuals.template import templates
from renkei.errors import ParameterError
from renkei.load import this_checkout
from renkei.participation import joined, participation_of
from renkei.targets import indicators_of

#: The row of the heads; the indicators stand below it.
HEADS = 3
PLACES = {column.name: place for place, column in enumerate(COLUMNS, start=1)}
NUMBERS = ("fiscal_year", "project_no", "newest_year", "observed_year")

Rows = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def empty() -> bytes:
    """The form of FY2024 before anything is reported."""
    [content] = templates(2024, tables=with_entries()).values()
    return content


@pytest.fixture(scope="module")
def filled() -> bytes:
    """The same with some made-up entries."""
    [content] = templates(2024, tables=with_entries(*ENTRIES)).values()
    return content


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def cells_of(sheet: Worksheet) -> Rows:
    """The cells of each indicator's row by the names of the form's columns."""
    heads = [cell.value for cell in sheet[HEADS]]
    assert [column.head for column in COLUMNS] == heads[: len(COLUMNS)]
    rows = {}
    for row in sheet.iter_rows(min_row=HEADS + 1):
        cells = dict(zip(PLACES, row, strict=False))
        rows[str(cells["indicator_id"].value)] = cells
    return rows


def form_of(content: bytes) -> Rows:
    return cells_of(opened(content)[FORM_SHEET])


def values(rows: Rows, indicator_id: str, *names: str) -> tuple[object, ...]:
    return tuple(rows[indicator_id][name].value for name in names)


def validations(content: bytes) -> dict[str, Any]:
    """Each cell's data validation by its address."""
    found = opened(content)[FORM_SHEET].data_validations.dataValidation
    return {str(cell): rule for rule in found for cell in str(rule.sqref).split()}


def rule_at(rules: dict[str, Any], rows: Rows, indicator_id: str, name: str) -> Any:
    """The validation of a cell, also where some cells side by side share one."""
    cell = rows[indicator_id][name]
    for addresses, rule in rules.items():
        if cell.coordinate in {c.coordinate for row in _cells(addresses, cell.parent) for c in row}:
            return rule
    return None


def _cells(addresses: str, sheet: Worksheet) -> Any:
    return sheet[addresses] if ":" in addresses else ((sheet[addresses],),)


def test_the_form_has_a_row_for_every_indicator(empty: bytes) -> None:
    """KPIs and those of projects, in the plan's order, with year, project and name as published."""
    rows = form_of(empty)
    indicators = indicators_of(this_checkout())

    assert indicators["indicator_id"].tolist() == [*rows]
    assert indicators["name"].tolist() == [row["indicator_name"].value for row in rows.values()]
    assert {2024} == {row["fiscal_year"].value for row in rows.values()}
    assert (14, "丘珠空港の利用促進", "丘珠空港年間利用者数", "万人") == values(
        rows, "2024-14-1", "project_no", "project_name", "indicator_name", "unit"
    )
    assert (None, "基本KPI") == values(rows, "2024-K1", "project_no", "project_name")


@pytest.mark.parametrize(
    ("year", "indicator_id", "unit", "asked"),
    [
        (2024, "2024-03-1", "名", "5,000名(毎年度)"),
        (2024, "2024-54-1", "人", "1人以上(毎年度)"),
        (2024, "2024-22-1", WORDS_UNIT, "実施(毎年度)"),
        (2024, "2024-14-1", "万人", "試算 40万人(直線補間)\n目標 50万人(2027年度)"),
        (2024, "2024-09-1", "%", "試算 55.5%(直線補間)\n目標 50%(2027年度)"),
        (2024, "2024-K1", "兆円", "試算 29.8兆円(直線補間)\n目標 30兆7千億円(2028年)"),
        (2024, "2024-K4", "人", "試算 ▲1,942人(直線補間)\n目標 ▲650人(2028年)"),
        (2024, "2024-39-1", "千人", "試算 10.107千人(直線補間)\n目標 13千人(2025年度)"),
        (2024, "2024-08-2", "社", "試算 875社(按分、2024年度からの累計)\n目標 3,500社(2027年度)"),
        (2024, "2024-04-1", "百万円", "この年度に求める値なし\n目標 5,020百万円(2027年度)"),
        (2027, "2024-08-2", "社", "3,500社(2027年度)\nこの年度が期限\n2024年度からの累計"),
        (2027, "2024-14-1", "万人", "50万人(2027年度)\nこの年度が期限"),
        (2028, "2024-14-1", "万人", "期限後(2027年度が期限)\n目標 50万人(2027年度)"),
        (2028, "2024-08-2", "社", "期限後(2027年度が期限)\n目標 3,500社(2027年度)\n2024年度からの累計"),
    ],
)
def test_what_is_asked_says_on_what_it_rests(year: int, indicator_id: str, unit: str, asked: str) -> None:
    """In the form's unit; what this system computed is marked, running totals say from when they count."""
    rows = asked_for(year, with_entries())

    assert unit == column_of(rows, "unit")[indicator_id]
    assert asked == column_of(rows, "asked")[indicator_id]


def test_the_newest_known_value_stands_beside_what_is_asked(empty: bytes) -> None:
    """As published, with its year, and nothing where none is known."""
    rows = form_of(empty)

    assert ("32万人(2022年度)", 2022) == values(rows, "2024-14-1", "newest_text", "newest_year")
    assert ("1,500人", 2021) == values(rows, "2024-41-1", "newest_text", "newest_year")
    assert (None, None) == values(rows, "2024-02-1", "newest_text", "newest_year")


def test_only_what_is_to_be_filled_in_is_open(empty: bytes) -> None:
    """The sheet is protected without a password; the rating is open where a person must judge."""
    sheet = opened(empty)[FORM_SHEET]
    rows = cells_of(sheet)
    by_person = {row["indicator_id"].value for row in rows.values() if not row["rating"].protection.locked}
    open_columns = {column.name for column in COLUMNS if column.is_filled_in} - {"rating"}

    assert sheet.protection.sheet
    assert not sheet.protection.password
    for row in rows.values():
        assert open_columns == {
            name for name, cell in row.items() if not cell.protection.locked and name != "rating"
        }
    assert {"2024-13-1", "2024-22-1"} <= by_person
    # A number, a KPI, and a thing to be done that is not due yet.
    assert not {"2024-14-1", "2024-K1", "2024-15-1"} & by_person
    assert 19 == len(by_person)


def test_a_thing_to_be_done_is_rated_in_its_year() -> None:
    """Whether 消防指令システムの共同整備 was done by FY2025, as it should, a person says."""
    of_years = {year: asked_for(year, with_entries()) for year in (2024, 2025, 2026)}

    assert [False, True, False] == [
        column_of(rows, "is_rated_by_person")["2024-32-1"] for rows in of_years.values()
    ]


def test_cells_offer_lists_and_say_in_japanese_what_they_take(empty: bytes) -> None:
    """Status and rating from a list; the actual a number in the unit, or 集計中; the year a year."""
    rows, rules = form_of(empty), validations(empty)
    status = rule_at(rules, rows, "2024-14-1", "status")
    rating = rule_at(rules, rows, "2024-13-1", "rating")
    actual = rule_at(rules, rows, "2024-14-1", "actual")
    year = rule_at(rules, rows, "2024-14-1", "observed_year")

    assert ("list", f'"{",".join(STATUS_WORDS.values())}"') == (status.type, status.formula1)
    assert ("list", f'"{",".join(RATING_WORDS.values())}"') == (rating.type, rating.formula1)
    assert rule_at(rules, rows, "2024-14-1", "rating") is None
    cell = rows["2024-14-1"]["actual"].coordinate
    assert ("custom", "warning", f'OR(ISNUMBER({cell}),{cell}="集計中")') == (
        actual.type, actual.errorStyle, actual.formula1
    )  # fmt: skip
    assert "万人を単位とする数字だけ" in actual.prompt
    assert ("whole", "1990", "2025") == (year.type, year.formula1, year.formula2)
    assert "2024とみなす" in year.prompt
    assert "実施、開催などの言葉" in rule_at(rules, rows, "2024-13-1", "actual").prompt
    for name, longest in (("actual", "100"), ("note", "500"), ("office", "100")):
        rule = rule_at(rules, rows, "2024-13-1", name)
        assert ("textLength", "lessThanOrEqual", longest) == (rule.type, rule.operator, rule.formula1)
        assert f"{longest}字まで" in rule.prompt and f"{longest}字以内" in rule.error
    for rule in rules.values():
        assert len(rule.prompt) <= 255
        assert rule.promptTitle
    assert len(rows) * 5 + 19 == sum(
        rule_at(rules, {"": row}, "", name) is not None
        for row in rows.values()
        for name in ("actual", "observed_year", "status", "rating", "note", "office")
    )


def test_numbers_have_the_decimals_of_the_published_ones(empty: bytes) -> None:
    """Thousands apart and ▲ for minus; in words no format of numbers; years without commas."""
    rows = form_of(empty)

    assert '#,##0;"▲"#,##0' == rows["2024-K4"]["actual"].number_format
    assert '#,##0.00;"▲"#,##0.00' == rows["2024-01-1"]["actual"].number_format
    assert "General" == rows["2024-13-1"]["actual"].number_format
    assert {"0"} == {row[name].number_format for row in rows.values() for name in NUMBERS}


def test_what_was_reported_is_filled_in(filled: bytes) -> None:
    """The row that stands, in the form's unit; a rating where a person gave it, open to be changed."""
    rows = form_of(filled)
    columns = ("actual", "observed_year", "status", "rating", "note", "office")

    assert (32.5, 2024, "確定", None, None, "空港課") == values(rows, "2024-14-1", *columns)
    assert (4800, 2024, "暫定", None, "3月は速報", "創業課") == values(rows, "2024-03-1", *columns)
    assert ("集計中", None, "暫定", None, None, "観光課") == values(rows, "2024-K2", *columns)
    assert ("常時", 2024, "確定", "◎ 達成済み", None, "病院課") == values(rows, "2024-13-1", *columns)
    assert (7, 2023, "確定", "○ 達成見込", None, "創業課") == values(rows, "2024-05-1", *columns)
    assert not rows["2024-05-1"]["rating"].protection.locked
    assert (None,) * 6 == values(rows, "2024-01-1", *columns)


def test_another_years_reports_are_not_filled_in() -> None:
    """What was reported of FY2024 is the newest value in the form of FY2025 once it is built, no more."""
    rows = asked_for(2025, with_entries(*ENTRIES))

    assert rows["actual"].isna().all()
    assert rows["status"].isna().all()


def test_the_form_reads_well_on_screen_and_paper(empty: bytes) -> None:
    """Heads stay in sight and are repeated; A4 across, as wide as a page; every long text has its room."""
    workbook = opened(empty)
    form, guide = workbook[FORM_SHEET], workbook[GUIDE_SHEET]

    assert [FORM_SHEET, GUIDE_SHEET] == workbook.sheetnames
    assert f"F{HEADS + 1}" == form.freeze_panes
    assert f"$1:${HEADS}" == form.print_title_rows
    for sheet in (form, guide):
        setup = sheet.page_setup
        # One page wide, which is what a sheet is that does not say so, and as many as it takes long.
        assert ("landscape", "9", None, "0") == (
            setup.orientation, str(setup.paperSize), setup.fitToWidth, str(setup.fitToHeight)
        )  # fmt: skip
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    heights = {row: form.row_dimensions[row].height for row in range(HEADS + 1, form.max_row + 1)}
    assert min(heights.values()) > 30
    assert max(heights.values()) < 409


def test_a_row_that_lacks_something_turns_red(empty: bytes) -> None:
    """With an actual and without status or office, until both are there."""
    rules = opened(empty)[FORM_SHEET].conditional_formatting
    found = {str(of.sqref): rule.formula for of in rules for rule in of.rules}

    last = HEADS + 82
    assert {
        f"L{HEADS + 1}:L{last}": ['AND($J4<>"",$L4="")'],
        f"O{HEADS + 1}:O{last}": ['AND($J4<>"",$O4="")'],
    } == found


def test_the_guide_explains_the_form(empty: bytes) -> None:
    """Every column to fill in, how ratings are written, whom to ask, and an example marked as one."""
    sheet = opened(empty)[GUIDE_SHEET]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    said = "\n".join(texts)

    for column in COLUMNS:
        if column.is_filled_in:
            assert column.head in texts
    assert all(words in said for words in RATING_WORDS.values())
    assert "記載例(架空の事業と値)" in texts
    assert "札幌市 連携中枢都市圏担当課(記載例)" in said
    assert "renkei@example.jp(記載例)" in said
    assert "2024とみなす" in said
    assert ["100字まで", "500字まで", "100字まで"] == re.findall(r"\d+字まで", said)
    assert "札幌市の示した値ではない" in said
    assert sheet.protection.sheet
    # Heads side by side would be those of a form.
    heads = {column.head for column in COLUMNS}
    assert max(len({cell.value for cell in row} & heads) for row in sheet.iter_rows()) == 1


def test_texts_of_the_data_are_nothing_but_text() -> None:
    """No formula, no link, no control character, whatever a name or an office says."""
    named = made_up(indicators=changed(INDICATORS, "2033-01-2", name='=HYPERLINK("x")'))
    [content] = templates(2033, tables=named).values()
    cell = form_of(content)["2033-01-2"]["indicator_name"]
    hostile = (2, "2024-14-1", 2024, "31万人", 310000, "final", "-", "rule", "\x07<b>@SUM(1)", "=1+1",
               "2025-04-30", "../../x")  # fmt: skip
    [other] = templates(2024, tables=with_entries(hostile)).values()
    rows = form_of(other)

    assert ("s", '=HYPERLINK("x")') == (cell.data_type, cell.value)
    assert ("<b>@SUM(1)", "=1+1") == values(rows, "2024-14-1", "note", "office")
    assert {"s"} == {rows["2024-14-1"][name].data_type for name in ("note", "office")}
    parts = zipfile.ZipFile(io.BytesIO(other))
    assert not [name for name in parts.namelist() if "external" in name or "vba" in name]
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_the_same_tables_give_the_same_bytes(empty: bytes) -> None:
    """No clock is in a workbook."""
    [again] = templates(2024, tables=with_entries()).values()

    assert empty == again
    assert b"2000-01-01" in zipfile.ZipFile(io.BytesIO(again)).read("docProps/core.xml")


def test_split_asks_for_each_indicator_in_just_one_workbook() -> None:
    """One for each project and one for the KPIs; none is left out, none is asked for twice."""
    made = templates(2024, is_split=True, tables=with_entries())
    ids = [indicator for content in made.values() for indicator in form_of(content)]

    assert indicators_of(this_checkout())["indicator_id"].tolist() == ids
    assert 56 == len(made)
    assert ["actuals-fy2024-kpi.xlsx", "actuals-fy2024-project-01.xlsx"] == [*made][:2]
    assert "No. 14 丘珠空港の利用促進" in str(
        opened(made["actuals-fy2024-project-14.xlsx"])[FORM_SHEET]["A1"].value
    )


def test_a_part_can_be_asked_for() -> None:
    """A project; the projects of a municipality, named in its romanised form; those one by one."""
    tables = with_entries()
    [(name, of_project)] = templates(2024, project=14, tables=tables).items()
    [(of_town, content)] = templates(2024, municipality="千歳市", tables=tables).items()
    asked = asked_for(2024, tables)
    taken = joined(participation_of("千歳市", tables))["project_no"].tolist()
    indicators = asked[asked["project_no"].isin(taken)]["indicator_id"].tolist()

    assert ("actuals-fy2024-project-14.xlsx", ["2024-14-1"]) == (name, [*form_of(of_project)])
    assert ("actuals-fy2024-chitose.xlsx", indicators) == (of_town, [*form_of(content)])
    apart = parts_of(asked, municipality="千歳市", is_split=True, tables=tables)
    assert [f"project-{number:02}" for number in taken] == [part.suffix for part in apart]


def test_a_part_of_a_made_up_area_is_its_projects() -> None:
    """C村 takes part in projects 1, 3 and 4 of あさひ圏."""
    tables = made_up()
    asked = asked_for(2033, tables)
    [of_village] = parts_of(asked, municipality="C村", tables=tables)
    apart = parts_of(asked, is_split=True, tables=tables)

    assert ["2033-01-1", "2033-01-2", "2033-01-3", "2033-04-1", "2033-03-1"] == of_village.rows[
        "indicator_id"
    ].tolist()
    assert ["kpi", "project-01", "project-02", "project-04", "project-03", "project-05"] == [
        part.suffix for part in apart
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"fiscal_year": 2023}, "2024 to FY2028 can be asked for, not FY2023"),
        ({"fiscal_year": 2024, "municipality": "旭川市"}, "the municipalities are 札幌市、小樽市"),
        ({"fiscal_year": 2024, "project": 56}, "the projects are No. 1-55; found 56"),
        (
            {"fiscal_year": 2024, "project": 55, "municipality": "南幌町"},
            "南幌町 takes part in No. 1-18, 22-33, 36-54;",
        ),
    ],
)
def test_what_cannot_be_asked_for_is_told(asked: dict[str, Any], told: str) -> None:
    """In one message that says what there is."""
    with pytest.raises(ParameterError, match=re.escape(told)):
        templates(**asked)


def test_the_command_writes_the_workbooks(renkei: Command, tmp_path: Path) -> None:
    """Where it is told to; a refusal is one message, exit status 1, and nothing written."""
    made = renkei("actuals", "template", "--fiscal-year", "R6", "--project", "14", "--output", str(tmp_path))
    refused = renkei("actuals", "template", "--fiscal-year", "2030", "--output", str(tmp_path / "none"))

    path = tmp_path / "actuals-fy2024-project-14.xlsx"
    assert (0, f"{path}\n", "") == (made.returncode, made.stdout, made.stderr)
    assert path.read_bytes() == templates(2024, project=14)[path.name]
    assert (1, 1) == (refused.returncode, len(refused.stderr.splitlines()))
    assert "error:" in refused.stderr
    assert not (tmp_path / "none").exists()


@needs_libreoffice
def test_libreoffice_keeps_all_of_it(filled: bytes, tmp_path: Path) -> None:
    """Opened and saved again: every value, what is locked, and every list to choose from."""
    before = tmp_path / "form.xlsx"
    before.write_bytes(filled)
    saved_by_libreoffice(before, as_="xlsx:Calc MS Excel 2007 XML", into=tmp_path / "again")
    after = (tmp_path / "again" / "form.xlsx").read_bytes()

    first, second = form_of(filled), form_of(after)
    assert {key: {name: (cell.value, cell.protection.locked) for name, cell in row.items()}
            for key, row in first.items()} == {
        key: {name: (cell.value, cell.protection.locked) for name, cell in row.items()}
        for key, row in second.items()
    }  # fmt: skip
    assert opened(after)[FORM_SHEET].protection.sheet
    rules = validations(filled), validations(after)
    for name in ("status", "rating"):
        for key in ("2024-13-1", "2024-14-1"):
            kept = [rule_at(of, rows, key, name) for of, rows in zip(rules, (first, second), strict=True)]
            assert len({None if rule is None else rule.formula1 for rule in kept}) == 1


def test_tables_without_an_entry_are_asked_for_in_full() -> None:
    """A made-up plan: what is asked, and the unit in which it is."""
    rows = asked_for(2034, with_tables(made_up()))

    assert "6人(毎年度)" not in column_of(rows, "asked").values()
    assert "6人\nこの年度が期限" == column_of(rows, "asked")["2033-04-1"]
    assert "24件" in str(column_of(rows, "asked")["2033-02-3"])
    assert {"人", "分", "件", "%", "回", "日", WORDS_UNIT} == set(rows["unit"])
