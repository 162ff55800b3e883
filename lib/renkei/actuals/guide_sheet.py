"""The page that explains the form in Japanese, with an example that is marked as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renkei.actuals.asked import WORDS_UNIT
from renkei.actuals.form import COLUMNS, LONGEST, PENDING_WORD, RATING_WORDS, STATUS_WORDS
from renkei.actuals.form_sheet import lines_of, prepare_for_paper
from renkei.actuals.sheet_styles import SheetStyles, number_format
from renkei.area import Area
from renkei.cell_text import plain
from renkei.fiscal_year import FiscalYear

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: The names of rules and fields, then the examples, and room for the rules.
_WIDTHS = (24, 24, 24, 24, 54)
_LINE, _PADDING = 16, 4
_EXAMPLE_HEADS = (
    "project_name", "indicator_name", "unit", "asked", "actual", "observed_year", "status", "rating", "note",
    "office",
)  # fmt: skip
_PLACE_NAME = "○○"


def write_guide(sheet: Worksheet, styles: SheetStyles, area: Area, fiscal_year: int) -> None:
    """Fill the page: what to do, column by column, what is asked of a year, and an example."""
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, "記入のしかた", styles.title)
    line = _rules(sheet, styles, 2, "記入の手順", _steps(area))
    line = _rules(sheet, styles, line + 1, "欄ごとの説明", _columns(FiscalYear(fiscal_year)))
    line = _rules(sheet, styles, line + 1, "「この年度に求められる値」の読み方", _bases(area))
    _example(sheet, styles, line + 1, fiscal_year)
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    prepare_for_paper(sheet)


def _steps(area: Area) -> list[tuple[str, str]]:
    issuer = area.issuer
    example = "(記載例)" if issuer and issuer.is_example else ""
    back = f"ブックのまま、{issuer.name}{example}へ返送する。" if issuer else "ブックのまま返送する。"
    return [
        ("1 黄色の欄に記入", "黄色でない欄と行は、書き換えない。ほかの部署の指標の行は、空欄のままでよい。"),
        ("2 赤い欄を確かめる", "実績値を記入した行で、記入の足りない欄は赤くなる。"),
        ("3 返送", f"{back}問合せ先：{issuer.contact}{example}" if issuer else back),
        (
            "2回目以降",
            "黄色の欄に既にある値は、前に報告のあったもの。変わりがなければそのままでよい。"
            "確定したら、値を確かめて「確定」に改める。前の値も記録に残る。",
        ),
    ]


def _columns(year: FiscalYear) -> list[tuple[str, str]]:
    ratings = "、".join(RATING_WORDS.values())
    return [
        (
            "実績値",
            "「単位」の欄の単位で、数字だけを記入する(単位が千人で12,345千人なら、12345)。"
            f"単位が「{WORDS_UNIT}」の指標は、「実施」「常時」などの言葉で記入する({LONGEST['actual']}字まで)。"
            f"まだ分からないときは「{PENDING_WORD}」とする。",
        ),
        ("実績の年", f"値がいつのものかを西暦で記入する。空欄は{year.starts_in}とみなす。"),
        ("暫定・確定", "今後変わることがある値(見込み、速報など)は「暫定」、変わらない値は「確定」を選ぶ。"),
        (
            "評価",
            f"黄色の欄だけ、{ratings}から選ぶ。灰色の欄は、数値と目標から決まるもの、又はこの年度に評価しないもの"
            "なので、記入しない。",
        ),
        (
            "実施状況・備考",
            f"実施した内容、値が大きく変わった理由、集計の時期などを記入する({LONGEST['note']}字まで)。",
        ),
        ("記入者", f"部署名を記入する({LONGEST['office']}字まで)。"),
    ]


def _bases(area: Area) -> list[tuple[str, str]]:
    return [
        ("毎年度", "ビジョンが毎年度求めている値。"),
        ("この年度が期限", "ビジョンがこの年度までに求めている値。"),
        (
            "試算",
            f"報告書を作るシステムが目標から求めた目安で、{area.lead.name}の示した値ではない。直線補間は基準年と目標年を結ぶ"
            "直線上の値、按分は累計の目標を各年度に等しく割り振った値。",
        ),
        ("○○年度からの累計", "この年度だけの値でなく、その年度からの合計を記入する。"),
        ("期限後・求める値なし", "この年度に目標はないが、値が分かれば記入する。"),
    ]


def _rules(
    sheet: Worksheet, styles: SheetStyles, line: int, heading: str, rules: list[tuple[str, str]]
) -> int:
    """Write rules below a heading; the first line after them."""
    sheet.set_row(line, 22)
    sheet.write_string(line, 0, heading, styles.heading)
    width = sum(_WIDTHS[1:])
    for at, (name, text) in enumerate(rules, start=line + 1):
        sheet.set_row(at, _LINE * max(lines_of(text, width), lines_of(name, _WIDTHS[0])) + _PADDING)
        sheet.write_string(at, 0, plain(name), styles.strong)
        sheet.merge_range(at, 1, at, len(_WIDTHS) - 1, "", styles.text)
        sheet.write_string(at, 1, plain(text), styles.text)
    return line + 1 + len(rules)


def _example(sheet: Worksheet, styles: SheetStyles, line: int, fiscal_year: int) -> None:
    """Rows as an office would fill them in; neither indicators nor numbers are anybody's.

    They are turned on their side, so that no program takes them for a form, whose heads stand side by side.
    """
    provisional, final = STATUS_WORDS["provisional"], STATUS_WORDS["final"]
    project, office = f"{_PLACE_NAME}事業(例)", f"{_PLACE_NAME}課"
    rows: list[tuple[str | int, ...]] = [
        (project, "講座の参加者数", "人", "1,000人(毎年度)", 1234, fiscal_year, provisional, "",
         "3月分は速報値", office),
        (project, "会議の開催", WORDS_UNIT, "開催(毎年度)", "2回開催", fiscal_year, final, RATING_WORDS["◎"],
         "オンラインで開催", office),
        (project, "利用者数", "千人", "1,300千人(毎年度)", PENDING_WORD, "", provisional, "",
         "統計の公表を待って集計", office),
    ]  # fmt: skip
    columns = {column.name: column for column in COLUMNS}
    sheet.set_row(line, 22)
    sheet.write_string(line, 0, "記載例(架空の事業と値)", styles.heading)
    for place in range(len(rows)):
        sheet.write_string(line + 1, place + 1, f"記載例{place + 1}", styles.head(is_filled_in=False))
    sheet.write_string(line + 1, 0, "欄", styles.head(is_filled_in=False))
    for at, name in enumerate(_EXAMPLE_HEADS, start=line + 2):
        sheet.set_row(at, _LINE + _PADDING)
        sheet.write_string(at, 0, columns[name].head, styles.head(columns[name].is_filled_in))
        for place, row in enumerate(rows, start=1):
            value = row[at - line - 2]
            if not columns[name].is_filled_in:
                format = styles.read()
            elif name == "rating" and not value:
                format = styles.closed()
            else:
                number = number_format(0) if name == "actual" else "0"
                format = styles.example(align="left", num_format=number)
            if isinstance(value, int):
                sheet.write_number(at, place, value, format)
            else:
                sheet.write_string(at, place, value, format)
