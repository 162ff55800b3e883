"""Ways of filling in the form wrongly, each with what the import says of it and the cell that it names."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from offices import FIRST, HEADS, LETTERS, Change, row
from openpyxl.worksheet.worksheet import Worksheet

A, Y, S, R, N, BY = (
    LETTERS[name] for name in ("actual", "observed_year", "status", "rating", "note", "office")
)
ID, NAME, UNIT, YEAR = (LETTERS[name] for name in ("indicator_id", "indicator_name", "unit", "fiscal_year"))
#: An indicator in words, and one in %.
WORDS, SHARE = "2024-13-1", "2024-41-5"


def put(column: str, value: object, number: int = FIRST) -> Change:
    """Write into a cell, and format it as Excel would not."""

    def change(sheet: Worksheet) -> None:
        sheet[f"{column}{number}"] = value

    return change


def formatted(column: str, number_format: str) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[f"{column}{FIRST}"].number_format = number_format

    return change


def text_cell(column: str, text: str) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[f"{column}{FIRST}"] = text
        sheet[f"{column}{FIRST}"].data_type = "s"

    return change


def hide(what: str) -> Change:
    def change(sheet: Worksheet) -> None:
        if what == "sheet":
            sheet.sheet_state = "hidden"
        elif what == "very":
            sheet.sheet_state = "veryHidden"
        elif what.isdecimal():
            sheet.row_dimensions[int(what)].hidden = True
        else:
            sheet.column_dimensions[what].hidden = True

    return change


def merge(cells: str) -> Change:
    return lambda sheet: sheet.merge_cells(cells)


#: What is wrong: the rows, what is changed in their sheet, and what the message says, with the place.
WRONG: dict[str, tuple[Sequence[Mapping[str, Any]], Change | None, str]] = {
    # The actual of an indicator in numbers.
    "words for a number": ([row(actual="多数")], None, f"{A}5: a number in 万人 was expected, found “多数”"),
    "no actual": ([row(actual=None)], None, f"{A}5: a number in 万人, 集計中 or - was expected, found an"),
    "white space alone": ([row(actual="　 ")], None, f"{A}5: a number in 万人, 集計中 or - was expected"),
    "two numbers": ([row(actual="33万人、34万人")], None, f"{A}5: a number in 万人 was expected"),
    "a range": ([row(actual="32~34")], None, f"{A}5: a number in 万人 was expected, found “32~34”"),
    "a bound": ([row(actual="33万人以上")], None, f"{A}5: a number in 万人 was expected"),
    "separators in the wrong places": ([row("2024-K2", "34,34,5")], None, f"{A}5: a number in 千人"),
    "a decimal comma": ([row(actual="33,5")], None, f"{A}5: a number in 万人 was expected, found “33,5”"),
    "accountants' brackets": ([row(actual="(33)")], None, f"{A}5: a number in 万人 was expected"),
    "a unit of another kind": ([row(actual="33万件")], None, f"{A}5: a number in 万人, or in another power"),
    "money for people": ([row(actual="330,000円")], None, "or in another power of ten of 人 was expected"),
    "an unknown unit": ([row(actual="33ツル")], None, f"{A}5: a number in 万人 was expected, found “33ツル”"),
    "a number that is formatted as a percentage": (
        [row(actual=0.33)],
        formatted(A, "0.0%"),
        f"{A}5: a number in 万人 was expected, found “33.00%”",
    ),
    "what a computation left": (
        [row(actual=100 / 3)],
        None,
        f"{A}5: a number in 万人 of at most 4 decimals was expected",
    ),
    "a number without an end": ([row(actual=1e30)], None, f"{A}5: a number in 万人 of at most 18 digits"),
    "a day": ([row(actual=datetime(2024, 3, 3))], None, f"{A}5: a number in 万人 was expected, found the d"),
    "a truth value": ([row(actual=True)], None, f"{A}5: a number in 万人 was expected, found TRUE"),
    "an error": ([row(actual="#N/A")], None, f"{A}5: a number in 万人 was expected, found the error #N/A"),
    "an error of a reference": (
        [row(actual="#REF!")],
        None,
        f"{A}5: a number in 万人 was expected, found the e",
    ),
    "a formula that was never computed": (
        [row(actual="=16+17")],
        None,
        f"{A}5: a number in 万人 was expected, found a formula without",
    ),
    "a formula typed as text": (
        [row()],
        text_cell(A, "=16+17"),
        f"{A}5: a number in 万人 was expected, found “=",
    ),
    "markup": (
        [row(actual="<script>33</script>")],
        None,
        f"{A}5: a number in 万人 was expected, found “<script>",
    ),
    "no year of its own": (
        [row(actual="33万人(2023年度)", observed_year=2024)],
        None,
        f"{A}5: a value of 2024",
    ),
    "still counting, but final": (
        [row(actual="集計中")],
        None,
        f"{A}5: a final value, as “暫定・確定” says, was",
    ),
    "a first report, but final": ([row(actual="33万人(速報)")], None, f"{A}5: a final value"),
    # The actual of an indicator in words.
    "a number for words": ([row(WORDS, 1, rating="◎")], None, f"{A}5: a text such as 実施 was expected"),
    "no words": (
        [row(WORDS, None, rating="◎")],
        None,
        f"{A}5: a text such as 実施, 集計中 or - was expected",
    ),
    "words that never end": ([row(WORDS, "常時" * 200, rating="◎")], None, f"{A}5: a text of at most 100"),
    "words without a rating": ([row(WORDS, "常時")], None, f"{R}5: a rating, one of ◎ 達成済み"),
    # Status, rating, year, note and office.
    "no status": ([row(status=None)], None, f"{S}5: one of 暫定, 確定 was expected, found an empty cell"),
    "an unknown status": ([row(status="済")], None, f"{S}5: one of 暫定, 確定 was expected, found “済”"),
    "an unknown rating": ([row(rating="A")], None, f"{R}5: one of “◎ 達成済み”"),
    "the sign of one rating and the word of another": ([row(rating="◎ 達成不可")], None, f"{R}5: one of"),
    "two ratings": ([row(rating="◎○")], None, f"{R}5: one of “◎ 達成済み”"),
    "a year that is none": ([row(observed_year="去年")], None, f"{Y}5: a year was expected, found “去年”"),
    "a day as a year": (
        [row(observed_year=datetime(2024, 4, 1))],
        None,
        f"{Y}5: a year was expected, found the",
    ),
    "a note that never ends": ([row(note="長" * 501)], None, f"{N}5: a text of at most 500 characters"),
    "a note that is an error": ([row(note="#VALUE!")], None, f"{N}5: a text was expected, found the error"),
    "nobody filled it in": ([row(office=None)], None, f"{BY}5: who filled the row in was expected"),
    # Which indicator and year the row is of.
    "no fiscal year": (
        [row(fiscal_year=None)],
        None,
        f"{YEAR}5: a fiscal year of a plan, 2019 to 2023, 2024 to",
    ),
    "a year of no plan": ([row(fiscal_year=2034)], None, f"{YEAR}5: a fiscal year of a plan"),
    "a calendar year": ([row(fiscal_year="2024年")], None, f"{YEAR}5: a fiscal year of a plan"),
    "an unknown indicator": (
        [row(indicator_id="2024-14-1")],
        put(ID, "2024-99-1"),
        f"{ID}5: the ID of an ind",
    ),
    "no indicator": ([row()], put(ID, None), f"{ID}5: the ID of an indicator"),
    "a row of totals": ([row()], put(A, 999, 6), f"{ID}6: the ID of an indicator"),
    "an indicator of another plan": (
        [row(fiscal_year=2023)],
        None,
        f"{ID}5: an indicator of the plan of the row",
    ),
    "rows mixed up": (
        [row()],
        put(NAME, "定例会の開催"),
        f"{NAME}5: “丘珠空港年間利用者数”, which is 2024-14-1,",
    ),
    "another unit in the form": (
        [row()],
        put(UNIT, "人"),
        f"{UNIT}5: the form's unit, 万人, was expected, found",
    ),
    "one indicator twice": (
        [row("2024-44-1", 338), row("2024-44-1", 339)],
        None,
        "one final answer for 2024-44-1 of FY2024 was",
    ),
    # Sheets, heads, merged and hidden cells.
    "a lost head": ([row()], put(S, "状態", HEADS), "A4: the head “暫定・確定” in this row was expected"),
    "a head twice": (
        [row()],
        put(Y, "実績値", HEADS),
        f"{Y}4: the head “実績値” once was expected, found it in {A}4",
    ),
    "no heads at all": (
        [row()],
        lambda sheet: sheet.delete_rows(HEADS),
        f"{ID}4: the form's heads above an indicator was",
    ),
    "no form at all": ([], lambda sheet: sheet.delete_rows(HEADS), "a sheet with the heads “年度”, “指標ID”"),
    "actuals merged": (
        [row("2024-41-5", 71), row("2024-41-6", None)],
        merge(f"{A}5:{A}6"),
        f"{A}5:{A}6: a value",
    ),
    "an actual merged with its year": (
        [row()],
        merge(f"{A}5:{Y}5"),
        f"{A}5:{Y}5: a value in each cell was exp",
    ),
    "offices merged": (
        [row("2024-41-5", 71), row("2024-41-6", 450)],
        merge(f"{BY}5:{BY}6"),
        f"{BY}5:{BY}6: a value",
    ),
    "a hidden row": ([row()], hide("5"), f"{A}5: nothing reported in a hidden row was expected"),
    "a hidden column": ([row()], hide(A), f"{A}5: nothing reported in a hidden column was expected"),
    "a hidden sheet": ([row()], hide("sheet"), "row 5: nothing reported in a hidden sheet was expected"),
    "a sheet that only a program shows": ([row()], hide("very"), "row 5: nothing reported in a hidden sheet"),
    # Values that may be right, but must be looked at; the newest value is 33万人, entered as final.
    "ten times the newest value": (
        [row("2024-44-1", 3380)],
        None,
        f"{A}5: 2024-44-1 “3,380人”: can it be so large?",
    ),
    "a tenth of the newest value": (
        [row("2024-44-1", 33.8)],
        None,
        f"{A}5: 2024-44-1 “33.8人”: can it be so small?",
    ),
    "nothing where there was much": (
        [row("2024-44-1", 0)],
        None,
        f"{A}5: 2024-44-1 “0人”: can it be so small?",
    ),
    "people in a cell of ten thousands": (
        [row(actual=330000)],
        None,
        f"{A}5: 2024-14-1 “330,000万人”: is it in the",
    ),
    "yen in a cell of thousands": (
        [row("2024-48-1", 65000000)],
        None,
        "“65,000,000千円”: is it in the right unit?",
    ),
    "much more than the target": (
        [row("2024-16-1", 2000)],
        None,
        "“2,000名”: can it be so large? It is 100 times the",
    ),
    "a percentage as a fraction": ([row(SHARE, 0.7)], None, f"{A}5: {SHARE} “0.7%”: is it 0.7 %, or 70.0 %"),
    "more than all": ([row(SHARE, 171)], None, f"{A}5: {SHARE} “171%”: can it be 171 %, more than 100 %?"),
    "less than nothing": ([row("2024-44-1", "▲340")], None, f"{A}5: 2024-44-1 “▲340人”: is it negative?"),
    "a year later than the fiscal year": (
        [row("2024-44-1", 340, observed_year="R7")],
        None,
        "is the value of 2025",
    ),
    "a year before the newest": (
        [row("2024-44-1", 340, observed_year=2020)],
        None,
        "a value of 2022, “338人",
    ),
    "a final value that changed": (
        [row(actual=34)],
        None,
        f"{A}5: 2024-14-1 “34万人”: “33万人” was entered as final",
    ),
    "a year long ago": ([row(observed_year=1950)], None, f"{Y}5: a year from 1990 to 2100 was expected"),
    "provisional after final": (
        [row(actual=34, status="暫定")],
        None,
        "is a provisional value to come after it?",
    ),
    "another office than the one before": (
        [row(actual=34, office="別の課")],
        None,
        f"{A}5: what 架空課 entered as final on 2025-06-01 for 2024-14-1",
    ),
}
