"""Files of offices, good and bad ones: what is read of each, and what is refused as no form at all.

All values are made up.
"""

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from offices import FIRST, LETTERS, csv_file, csv_text, measured, row, workbook
from openpyxl.worksheet.worksheet import Worksheet
from renkei.actuals.claims import Claim, claim_of
from renkei.actuals.files import kept_name, sent
from renkei.actuals.form import COLUMNS
from renkei.actuals.reading import form_rows
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.errors import SourceError
from renkei.units import Units

CHECKOUT = Checkout.current()
A, N, ID, OFFICE = (LETTERS[name] for name in ("actual", "note", "indicator_id", "office"))


def claims_in(path: Path) -> list[Claim]:
    """What a file says, if nothing in it is doubtful."""
    file = sent(path)
    rows = form_rows(file.path, file.sheets)
    assert () == rows.problems
    claims = []
    for of in rows.rows:
        claim, problems = claim_of(
            of, file.name, file.path, measured(), Area.of(CHECKOUT).plans, Units.of(CHECKOUT)
        )
        assert [] == [str(problem) for problem in problems]
        assert claim is not None
        claims.append(claim)
    return claims


def only_claim(path: Path) -> Claim:
    [claim] = claims_in(path)
    return claim


@pytest.mark.parametrize(
    ("indicator_id", "actual", "text", "value"),
    [
        ("2024-14-1", 33, "33万人", 330000),
        ("2024-14-1", 33.5, "33.5万人", 335000),
        ("2024-14-1", 0.1 + 0.2, "0.3万人", 3000),
        ("2024-14-1", "33", "33万人", 330000),
        ("2024-14-1", "３３．５", "33.5万人", 335000),
        ("2024-14-1", "330,000人", "330,000人", 330000),
        ("2024-14-1", "330千人", "330千人", 330000),
        ("2024-14-1", "330,000名", "330,000名", 330000),
        ("2024-14-1", "約33万人", "約33万人", 330000),
        ("2024-K2", 34000, "34,000千人", 34000000),
        ("2024-K2", "３４，０００", "34,000千人", 34000000),
        ("2024-K2", "34000 千人", "34,000千人", 34000000),
        ("2024-K1", "28兆9千億円", "28.9兆円", 28900000000000),
        ("2024-K1", 29, "29兆円", 29000000000000),
        ("2024-K4", "▲2,588", "▲2,588人", -2588),
        ("2024-K4", "△2588人", "▲2,588人", -2588),
        ("2024-K4", -2588, "▲2,588人", -2588),
        ("2024-K4", "－2588", "▲2,588人", -2588),
        ("2024-48-1", 65000, "65,000千円", 65000000),
        ("2024-48-1", "65,000,000円", "65,000,000円", 65000000),
        ("2024-48-1", "65百万円", "65百万円", 65000000),
        ("2024-41-5", "71.5％", "71.5%", "71.5"),
        ("2024-41-5", 71.5, "71.5%", "71.5"),
        ("2024-53-1", "年2回", "2回", 2),
        ("2024-42-1", 0, "0組", 0),
    ],
)
def test_a_number_is_read_in_the_forms_unit(
    tmp_path: Path, indicator_id: str, actual: object, text: str, value: object
) -> None:
    """Alone it counts in the unit of the form, with a unit in its own; the text is as documents write it."""
    claim = only_claim(workbook(tmp_path / "a.xlsx", row(indicator_id, actual)))

    assert (text, Decimal(str(value))) == (claim.actual.text, claim.actual.value)
    assert (2024, 2024, "final", "-") == (claim.fiscal_year, claim.observed_year, claim.status, claim.note)


def test_a_cell_formatted_as_a_percentage_is_one(tmp_path: Path) -> None:
    """What Excel shows as 42.9% it keeps as 0.429."""

    def percent(sheet: Worksheet) -> None:
        sheet[f"{A}{FIRST}"].number_format = "0.0%"

    claim = only_claim(workbook(tmp_path / "a.xlsx", row("2024-41-5", 0.429), change=percent))

    assert ("42.9%", Decimal("42.9")) == (claim.actual.text, claim.actual.value)


@pytest.mark.parametrize("number_format", ['0.0"%"', r"0.0\%"])
def test_a_percent_sign_that_a_format_only_shows_makes_no_percentage(
    tmp_path: Path, number_format: str
) -> None:
    """What Excel shows as 42.9% is 42.9 there."""

    def sign(sheet: Worksheet) -> None:
        sheet[f"{A}{FIRST}"].number_format = number_format

    claim = only_claim(workbook(tmp_path / "a.xlsx", row("2024-41-5", 42.9), change=sign))

    assert "42.9%" == claim.actual.text


@pytest.mark.parametrize(
    ("actual", "status", "text"),
    [("集計中", "暫定", "集計中"), ("未集計", None, "集計中"), ("－", "確定", "-"), ("—", "暫定", "-")],
)
def test_what_is_not_known_yet_has_no_value_and_no_year(
    tmp_path: Path, actual: str, status: str | None, text: str
) -> None:
    """Nor a rating, but -; 集計中 is provisional though nobody says so."""
    claim = only_claim(workbook(tmp_path / "a.xlsx", row("2024-02-1", actual, status=status)))

    assert (text, None, None, "-", "rule") == (
        claim.actual.text, claim.actual.value, claim.observed_year, claim.rating, claim.rated_by
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "rating"),
    [("◎", "◎"), ("◎ 達成済み", "◎"), ("達成見込", "○"), ("〇", "○"), ("◯", "○"), ("✕", "×"), ("－", "-"),
     ("△達成不可見込", "△")],
)  # fmt: skip
def test_a_rating_is_known_by_its_sign_or_its_word(tmp_path: Path, typed: str, rating: str) -> None:
    """And by the signs that keyboards give in its place; who gives one is its judge."""
    claim = only_claim(workbook(tmp_path / "a.xlsx", row("2024-13-1", "常時", rating=typed)))

    assert (rating, "person", "常時", 2024) == (
        claim.rating, claim.rated_by, claim.actual.text, claim.observed_year
    )  # fmt: skip


@pytest.mark.parametrize("year", [2024, "2024", "２０２４年度", "令和6年度", "R6", "FY2024"])
def test_a_year_may_be_written_as_people_write_it(tmp_path: Path, year: object) -> None:
    """The fiscal year, and that of the value."""
    claim = only_claim(workbook(tmp_path / "a.xlsx", row(fiscal_year=year, observed_year=year)))

    assert (2024, 2024) == (claim.fiscal_year, claim.observed_year)


def test_the_year_that_a_value_names_is_its_year(tmp_path: Path) -> None:
    """31万人(2023年度) is of FY2023, and its text is the value alone."""
    claim = only_claim(workbook(tmp_path / "a.xlsx", row(actual="31万人(2023年度)")))

    assert ("31万人", 2023) == (claim.actual.text, claim.observed_year)


def test_texts_of_offices_stay_the_texts_that_they_are(tmp_path: Path) -> None:
    """In one line; markup and formulas typed as text are neither."""
    note = '<script>alert(1)</script>\n=HYPERLINK("http://example.jp")\r\n２行目'

    def typed(sheet: Worksheet) -> None:
        for column in (N, OFFICE):
            sheet[f"{column}{FIRST}"].data_type = "s"

    claim = only_claim(workbook(tmp_path / "a.xlsx", row(note=note, office="=1+1課"), change=typed))

    assert '<script>alert(1)</script> =HYPERLINK("http://example.jp") 2行目' == claim.note
    text = only_claim(csv_file(tmp_path / "b.csv", row(note=note, office="=1+1課")))
    assert (claim.note, "=1+1課") == (text.note, text.office)


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\u202e", "\u200b", "\x85"])
def test_a_character_that_nobody_sees_is_told_by_its_code(tmp_path: Path, sign: str) -> None:
    """With the cell; in no form does it come further."""
    path = csv_file(tmp_path / "a.csv", row(note=f"前{sign}後"), encoding="utf-8")
    file = sent(path)
    [of] = form_rows(file.path, file.sheets).rows

    claim, [problem] = claim_of(
        of, file.name, file.path, measured(), Area.of(CHECKOUT).plans, Units.of(CHECKOUT)
    )

    assert claim is None
    assert f"{path}, {N}2: a text of characters that can be seen was expected, found “前[U+" in str(problem)
    assert sign not in str(problem)


def test_what_excel_escapes_is_the_character_again(tmp_path: Path) -> None:
    """A bell in a workbook is written _x0007_, a carriage return _x000D_."""
    path = workbook(tmp_path / "a.xlsx", row(note="1行目_x000D_\n2行目"))
    assert "1行目 2行目" == only_claim(path).note

    file = sent(workbook(tmp_path / "b.xlsx", row(note="鐘_x0007_")))
    [of] = form_rows(file.path, file.sheets).rows
    assert "鐘\x07" == of["note"].text


def test_columns_may_move_and_rows_come_and_go(tmp_path: Path) -> None:
    """Other columns stand between, blank rows and a title above; heads are broken and have spaces."""
    wanted = [row("2024-02-1", 1), row("2024-14-1", 33)]
    book = openpyxl.Workbook()
    book.active.title = "メモ"
    sheet = book.create_sheet("別の名前")
    heads = {column.name: column.head for column in reversed(COLUMNS)}
    for place, (name, head) in enumerate(heads.items(), start=3):
        sheet.cell(9, place * 2, "\n".join(head) if name == "actual" else f" {head}")
        for number, cells in enumerate(wanted):
            sheet.cell(11 + number * 3, place * 2, cells.get(name))
    book.save(tmp_path / "a.xlsx")

    assert ["1回", "33万人"] == [claim.actual.text for claim in claims_in(tmp_path / "a.xlsx")]
    assert "別の名前" == claims_in(tmp_path / "a.xlsx")[0].place.sheet


def test_a_row_in_which_nothing_is_reported_is_none(tmp_path: Path) -> None:
    """Though the office wrote its name there; white space is nothing."""
    empty = row("2024-02-1", None, status=None)
    spaces = row("2024-10-1", "　", status=" ", note="\n")

    assert ["2024-14-1"] == [
        claim.indicator_id for claim in claims_in(workbook(tmp_path / "a.xlsx", empty, spaces, row()))
    ]


def test_heads_that_come_again_are_no_row(tmp_path: Path) -> None:
    """As where two forms were put one below the other."""
    again = {column.name: column.head for column in COLUMNS}

    found = claims_in(workbook(tmp_path / "a.xlsx", row("2024-02-1", 1), again, row()))

    assert ["2024-02-1", "2024-14-1"] == [claim.indicator_id for claim in found]


def test_merged_cells_that_are_only_read_hold_for_each_row(tmp_path: Path) -> None:
    """The year of several rows; an actual that is merged with a column of nobody's is one cell."""

    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells(f"A{FIRST}:A{FIRST + 1}")
        sheet.insert_cols(11)
        sheet.merge_cells(f"{A}{FIRST}:K{FIRST}")

    found = claims_in(workbook(tmp_path / "a.xlsx", row("2024-02-1", 1), row(), change=merge))

    assert [2024, 2024] == [claim.fiscal_year for claim in found]


def test_hidden_cells_that_are_only_read_are_let_be(tmp_path: Path) -> None:
    """A hidden column of ids, a hidden row and a hidden sheet without actuals."""

    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions[ID].hidden = True
        sheet.row_dimensions[FIRST + 1].hidden = True
        sheet.parent.create_sheet("控え").sheet_state = "hidden"

    found = claims_in(
        workbook(tmp_path / "a.xlsx", row(), row("2024-02-1", None, status=None, office=None), change=hide)
    )

    assert ["2024-14-1"] == [claim.indicator_id for claim in found]


def test_a_formula_counts_by_its_saved_result(tmp_path: Path) -> None:
    """As Excel saves it; openpyxl, which saves none, is helped along here."""
    path = workbook(tmp_path / "a.xlsx", row(actual="=16+17"))
    rewrite(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(r"(<f>16\+17</f>)<v ?/>|(<f>16\+17</f>)<v></v>", "<f>16+17</f><v>33</v>", xml),
    )

    assert "33万人" == only_claim(path).actual.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_files_are_read_as_excel_saves_them(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """In each encoding and with each delimiter; a cell is named as Excel shows it."""
    rows = [row("2024-K2", "34,000"), row(note="一行目\n二行目、，;を含む")]
    path = csv_file(tmp_path / "a.csv", *rows, encoding=encoding, delimiter=delimiter)

    found = claims_in(path)

    assert ["34,000千人", "33万人"] == [claim.actual.text for claim in found]
    assert "一行目 二行目、,;を含む" == found[1].note
    assert f"{path}, {A}3" == str(found[1].place)


@pytest.mark.parametrize("day", ["2024/2/1", "2024/02/01"])
def test_an_id_that_excel_took_for_a_day_is_an_id(tmp_path: Path, day: str) -> None:
    """2024-02-1 in a CSV file becomes a day of February when Excel opens and saves it."""
    assert (
        "2024-02-1"
        == only_claim(csv_file(tmp_path / "a.csv", {**row("2024-02-1", 1), "indicator_id": day})).indicator_id
    )


def rewrite(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change the text of a part of a workbook."""
    with zipfile.ZipFile(path) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    before = contents[part].decode()
    contents[part] = change(before).encode()
    assert before.encode() != contents[part]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in contents.items():
            parts.writestr(name, content)


def before(tag: str, added: str) -> Callable[[str], str]:
    """Put something before a tag."""
    return lambda xml: xml.replace(tag, f"{added}{tag}")


def archive(**parts: str | bytes) -> bytes:
    """A ZIP archive with these parts; __ stands for / and _dot_ for a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), part)
    return content.getvalue()


BOMB = archive(xl__workbook_dot_xml=b"<workbook/>", xl__worksheets__sheet1_dot_xml=b" " * 40_000_000)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'

#: Name and content of a file that is no form, and what the message says.
NO_FORMS: dict[str, tuple[str, bytes, str]] = {
    "an old workbook": ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 600, "a workbook (.xlsx, .xlsm) or a CSV"),
    "one with a password": ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"x" * 600, "protected by a password"),
    "a PDF": ("a.pdf", b"%PDF-1.7", "or a CSV file was expected, found “.pdf”"),
    "a renamed PDF": ("a.xlsx", b"%PDF-1.7", "an Excel workbook was expected, found a PDF"),
    "OpenDocument": ("a.ods", archive(mimetype="x"), "a workbook (.xlsx, .xlsm) or a CSV"),
    "renamed OpenDocument": ("a.xlsx", archive(mimetype="x"), "found one of OpenDocument (.ods)"),
    "a renamed text": ("a.xlsx", b"1,2,3\n", "found a file that is none, whatever its name says"),
    "a renamed workbook": ("a.csv", archive(xl__workbook_dot_xml="<a/>"), "found bytes that are no text"),
    "a renamed picture": ("a.csv", b"\x89PNG\r\n\x1a\n\0\0", "found bytes that are no text"),
    "a renamed archive": ("a.xlsx", archive(a="b"), "found something else in its form (.xlsb, .docx or an"),
    "half a workbook": ("a.xlsx", archive(xl__workbook_dot_xml="<a/>")[:60], "found one that is damaged"),
    "no XML": ("a.xlsx", archive(xl__workbook_dot_xml="<a"), "found one that is damaged (xl/workbook.xml"),
    "entities": (
        "a.xlsx",
        archive(xl__workbook_dot_xml=ENTITIES),
        "found one that is damaged (xl/workbook.xml",
    ),
    "an empty workbook": ("a.xlsx", archive(xl__workbook_dot_xml="<a/>"), "found one that cannot be read"),
    "a bomb": ("a.xlsx", BOMB, "a form filled in was expected, found 40,000,011 bytes of content"),
    "Unicode text": ("a.txt", csv_text([row()], "\t").encode("utf-16"), "found “Unicode text” (UTF-16)"),
    "a lost quote": (
        "a.csv",
        csv_text([row()]).encode() + b'"lost',
        "A3: a row of cells was expected, found un",
    ),
    "too long a text": ("a.csv", b"x" * 5_000_001, "found 5,000,001 bytes"),
    "too many rows": ("a.csv", b"x\n" * 20_001, "found more than 20,000 rows"),
    "nothing": (
        "a.csv",
        b"",
        "a sheet with the heads “年度”, “指標ID”, “実績値”, “暫定・確定”, “記入者” was",
    ),
}


@pytest.mark.parametrize("case", NO_FORMS)
def test_what_is_no_form_is_refused_in_one_message(tmp_path: Path, case: str) -> None:
    """With the file, what it is, and what to do instead."""
    name, content, told = NO_FORMS[case]
    path = tmp_path / name
    path.write_bytes(content)

    try:
        file = sent(path)
    except SourceError as error:
        message = str(error)
    else:
        [problem] = form_rows(file.path, file.sheets).problems
        message = str(problem)

    assert message.startswith(f"{path}")
    assert told in message
    assert "; " in message


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (before("</worksheet>", '<mergeCells><mergeCell ref="A20:XFD1048576"/></mergeCells>'),
         "more than 200,000 cells"),
        (before("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
         "cells up to XFD1048576 in sheet “実績入力”"),
        (before("</sheetData>", "<row/>" * 1_000_001), "more than 200,000 cells"),
    ],
    ids=["merged to the last cell", "a cell in the last place", "empty rows without end"],
)  # fmt: skip
def test_a_huge_sheet_is_refused_before_it_is_read(
    tmp_path: Path, change: Callable[[str], str], told: str
) -> None:
    """However few bytes say so."""
    path = workbook(tmp_path / "a.xlsx", row())
    rewrite(path, "xl/worksheets/sheet1.xml", change)

    with pytest.raises(SourceError, match="a form filled in was expected, found") as error:
        sent(path)
    assert told in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With its path; a folder is none either."""
    for path in (tmp_path / "a.xlsx", tmp_path):
        with pytest.raises(SourceError, match="a file that can be read was expected, found none"):
            sent(path)


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    """Its size says enough."""
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(30_000_001)

    with pytest.raises(SourceError, match="at most 30,000,000 bytes was expected, found 30,000,001"):
        sent(path)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("../../x.xlsx", "x.xlsx"),
        ("C:\\Users\\架空\\x.xlsx", "x.xlsx"),
        ("a／..／ｘ.xlsx", "x.xlsx"),
        ("=cmd|' /C calc'!A0.xlsx", "C calc'!A0.xlsx"),
        ("<script>.xlsx", "<script>.xlsx"),
        ("  実績　報告.xlsx", "実績 報告.xlsx"),
    ],
)
def test_of_a_path_its_last_name_is_kept(path: str, name: str) -> None:
    """In one form, and never a folder of anybody's."""
    assert name == kept_name(path)


@pytest.mark.parametrize("path", ["a\x07.xlsx", "‥", "/", "長" * 201])
def test_a_name_that_cannot_be_kept_is_refused(path: str) -> None:
    """What nobody sees, what is no name, and what never ends."""
    with pytest.raises(SourceError, match="a file name of at most 200 characters that can be seen"):
        kept_name(path)


def test_macros_of_a_workbook_are_never_looked_at(tmp_path: Path) -> None:
    """A workbook with macros reads as one without."""
    path = workbook(tmp_path / "a.xlsm", row())

    assert "33万人" == only_claim(path).actual.text
