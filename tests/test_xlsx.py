"""A report as a workbook: the same values, in cells that can be calculated with, and nothing that is run."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import needs_libreoffice, saved_by_libreoffice
from in_process import FAMILIES, content
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet
from renkei.page.content import Content, content_of
from renkei.page.exporters import RenkeiExcelExporter
from renkei.page.xlsx import workbook_of
from renkei.page.xlsx_text import LARGEST_TEXT, number_format, plain, sheet_names, units
from renkei.report.kit.cells import table
from renkei.report.kit.pieces import (
    Cell,
    Column,
    Figure,
    Numbers,
    Piece,
    Provenance,
    Table,
    Tag,
    Title,
)
from renkei.report.kit.pieces_text import paragraph

from notebooks import markdown_cell, notebook

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><circle r="9" fill="#0017c1"/></svg>'


def opened(*pieces: Piece) -> Workbook:
    """The workbook of these pieces, read back."""
    return load_workbook(io.BytesIO(workbook_of(Content(pieces))))


def rows_of(sheet: Worksheet) -> list[list[Any]]:
    """The values of a sheet."""
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def below_heads(sheet: Worksheet) -> tuple[list[str], list[list[Any]]]:
    """Heads and rows of the table that a sheet's filter spans."""
    ref = sheet.auto_filter.ref
    first, *rows = sheet[ref if ":" in ref else f"{ref}:{ref}"]
    return [cell.value for cell in first], [[cell.value for cell in row] for row in rows]


def tables_of(report: Content) -> list[Table]:
    """The tables of a report, those of its provenance last."""
    found = [piece for piece in report.pieces if isinstance(piece, Table)]
    return found + [of for piece in report.pieces if isinstance(piece, Provenance) for of in piece.tables]


@pytest.fixture(params=FAMILIES, scope="module")
def report(request: pytest.FixtureRequest) -> Content:
    """What a report of each family says."""
    return content(request.param)


def test_the_first_sheet_says_what_the_report_says_first(report: Content) -> None:
    """Title, lead and main points stand on it as they do on the page."""
    book = load_workbook(io.BytesIO(workbook_of(report)))
    shown = [row[0] for row in rows_of(book["概要"])]

    assert "概要" == book.sheetnames[0]
    assert "出典と作成条件" == book.sheetnames[-1]
    assert [report.title, report.lead] == shown[:2]
    said = [text for point in report.points for text in (point.headline, point.detail) if text]
    assert said == [text for text in shown if text in said]


def test_the_contents_lead_to_every_other_sheet(report: Content) -> None:
    """Each sheet has a link on the first one, and no link leads elsewhere."""
    book = load_workbook(io.BytesIO(workbook_of(report)))
    links = [cell.hyperlink for row in book["概要"].iter_rows() for cell in row if cell.hyperlink]
    targets = {re.fullmatch(r"'(.*)'!A1", link.location)[1].replace("''", "'") for link in links}  # type: ignore[index]

    assert set(book.sheetnames[1:]) == targets
    assert [] == [link.target for link in links if link.target]


def test_the_same_report_is_the_same_bytes(report: Content) -> None:
    """No clock and no random number is in a workbook."""
    assert workbook_of(report) == workbook_of(report)


@pytest.mark.parametrize(
    "name", ["fy2021/outcomes", "fy2025/targets", "trajectory", "fy2025/municipality-chitose"]
)
def test_the_batch_makes_the_same_workbook(reports: Path, name: str) -> None:
    """What lies in the reports folder is what the executed notebook beside it gives."""
    executed = json.loads((reports / f"{name}.ipynb").read_bytes())

    assert (reports / f"{name}.xlsx").read_bytes() == workbook_of(content_of(executed))


def test_nothing_in_a_workbook_is_run_or_loaded(report: Content) -> None:
    """No formula, no macro, no address outside of the file, no external link."""
    with zipfile.ZipFile(io.BytesIO(workbook_of(report))) as files:
        parts = {name: files.read(name).decode("utf-8", "replace") for name in files.namelist()}

    assert [] == [
        name for name in parts if re.search("vba|externalLink|activeX|embeddings|connections", name)
    ]
    assert [] == [name for name, part in parts.items() if name.startswith("xl/worksheets/") and "<f>" in part]
    assert [] == [name for name, part in parts.items() if 'TargetMode="External"' in part]


def test_charts_are_drawn_from_the_cells_below_them(report: Content) -> None:
    """A figure that can be drawn anew is a chart whose bars and names are those of its numbers."""
    book = load_workbook(io.BytesIO(workbook_of(report)))
    sheets = [sheet for sheet in book if sheet.title.startswith("図")]

    assert len(report.figures) == len(sheets)
    for figure, sheet in zip(report.figures, sheets, strict=True):
        assert figure.title == sheet["A1"].value
        assert ((1, 0) if figure.drawing else (0, 1)) == (len(sheet._charts), len(sheet._images))
        for chart in sheet._charts:
            assert isinstance(chart, BarChart)
            assert figure.drawing == ("stacked" if chart.grouping == "percentStacked" else "bars")
            names = cells_at(book, chart.series[0].cat.strRef.f)
            assert [row[0].words for row in figure.numbers.rows] == names
            for series in chart.series:
                [head] = cells_at(book, series.tx.strRef.f)
                column = figure.numbers.heads.index(str(head))
                expected = [_yen(row[column], row[column].number) for row in figure.numbers.rows]
                unit = re.search("(兆|億|万)?円", chart_unit(figure))
                found = [
                    _yen(
                        Cell(unit=unit[0] if unit else ""), value if isinstance(value, int | float) else None
                    )
                    for value in cells_at(book, series.val.numRef.f)
                ]
                assert pytest.approx(expected) == found
                if figure.numbers.colours:
                    fill = series.graphicalProperties.solidFill.srgbClr
                    assert figure.numbers.colours[column - 1] == f"#{fill.lower()}"


def chart_unit(figure: Figure) -> str:
    """The largest unit of the numbers of a figure."""
    cells = [cell for row in figure.numbers.rows for cell in row if cell.number is not None]
    return max((cell.unit for cell in cells), key=lambda unit: _YEN.get(unit, 0.0))


_YEN = {"万円": 1e4, "億円": 1e8, "兆円": 1e12}


def _yen(cell: Cell, number: float | None) -> float | None:
    """A number in yen, or as it is if it is no amount; None for a text."""
    return None if number is None else number * _YEN.get(cell.unit, 1.0)


def cells_at(book: Workbook, reference: str) -> list[Any]:
    """The values that a chart refers to."""
    name, _, area = reference.rpartition("!")
    cells = book[name.strip("'").replace("''", "'")][area.replace("$", "")]
    return [cells.value] if not isinstance(cells, tuple) else [row[0].value for row in cells]


def test_a_chart_that_cannot_be_drawn_anew_is_a_picture_with_words() -> None:
    """Its alternative text has kind, finding and numbers."""
    figure = Figure(
        "所見", "単位：人", "点グラフ", Numbers(("名", "値"), ((Cell("甲"), Cell(number=3.0)),)), "文書", SVG
    )
    with zipfile.ZipFile(io.BytesIO(workbook_of(Content((figure,))))) as files:
        drawing = files.read("xl/drawings/drawing1.xml").decode("utf-8")
        picture = files.read("xl/media/image1.png")

    assert f'descr="{figure.alt}"' in drawing
    assert picture.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell(number=1234.0), '#,##0;"▲"#,##0'),
        (Cell(number=-1.5, decimals=1), '#,##0.0;"▲"#,##0.0'),
        (Cell(number=72.41, decimals=2, unit="%"), '#,##0.00"%";"▲"#,##0.00"%"'),
        (Cell(number=5.0, unit="千円"), '#,##0"千円";"▲"#,##0"千円"'),
        (Cell(number=5.0, unit='a"b'), '#,##0"a"\\""b";"▲"#,##0"a"\\""b"'),
    ],
)
def test_a_number_is_written_as_on_the_page(cell: Cell, code: str) -> None:
    """Thousands apart, its decimals, ▲ for minus, its unit behind it as text."""
    [row] = opened(table("表", [Column("値", 100, "number")], [("", [[cell]])], ""))["表"]["A3:A3"]

    assert code == number_format(cell) == row[0].number_format
    assert cell.number == row[0].value


def test_years_marks_and_signs_stand_in_a_column_of_their_own() -> None:
    """Right of the value that they are said of; a group's head in each row, what stands above in a column."""
    columns = [Column("事業・評価指標", 40), Column("値", 30, "number"), Column("判定", 30)]
    rows: list[list[object]] = [
        [
            Cell("指標", above="No. 2 事業"),
            Cell(number=3.0, year=2022, mark="computed", below=("試算",)),
            Cell(tag=Tag("status-met", "● 満たす"), below=("目標は据置き",)),
        ],
        ["他の指標", Cell("－", mark="missing"), ""],
        ["第三の指標", Cell(number=4.0, mark="estimated", tag=Tag("rating-met", "◎ 達成済み")), ""],
    ]
    heads, found = below_heads(
        opened(table("表", columns, [("役割1", rows[:2]), ("役割2", rows[2:])], ""))["表"]
    )

    assert ["区分", "事業", "評価指標", "値", "値の注記", "判定", "判定の注記"] == heads
    assert [
        ["役割1", "No. 2 事業", "指標", 3, "試算、2022年", "● 満たす", "目標は据置き"],
        ["役割1", None, "他の指標", "－", None, None, None],
        ["役割2", None, "第三の指標", 4, "推定、◎ 達成済み", None, None],
    ] == found


def test_a_projects_number_sorts_as_a_number() -> None:
    """A whole number that was given as text, in a column of numbers, is one; a code or a word is not."""
    cells = ["12", "012", "KPI", "12/13", "1234567890123456"]
    _, found = below_heads(
        opened(table("表", [Column("No.", 9, "number")], [("", [[text] for text in cells])], ""))["表"]
    )

    assert [[12], ["012"], ["KPI"], ["12/13"], ["1234567890123456"]] == found


def test_controls_are_left_out_and_what_is_too_long_is_cut_with_a_mark() -> None:
    """No workbook is refused by Excel for what a text holds."""
    assert "ab\nc\td" == plain("a\x00b\r\nc\td\ud800\ufffe\x1b")
    assert "短い" == plain("短い")
    for text in ("長" * 40_000, "𠮷" * 20_000):
        [[shown]] = [
            row for row in rows_of(opened(Title("題"), paragraph(text))["概要"]) if text[0] in str(row[0])
        ]
        assert shown.endswith("…(長いため、ここで切った)")
        assert LARGEST_TEXT - 1 <= units(shown) <= LARGEST_TEXT


def test_names_of_sheets_are_allowed_and_unlike_each_other() -> None:
    """Whatever captions are: long, empty, alike but for their case, with signs that Excel forbids."""
    titles = [
        "概要",
        "表",
        "表",
        "",
        "[a]:b*c?/\\",
        "'引用'",
        "History",
        "ABC",
        "abc",
        "長" * 50,
        "長" * 51,
        "𠮷" * 40,
    ]
    names = sheet_names(titles)
    book = opened(*(table(title, [Column("甲", 100)], [("", [["値"]])], "") for title in titles[1:]))

    assert names == book.sheetnames
    assert len(titles) == len({name.casefold() for name in names})
    assert [] == [name for name in names if units(name) > 31 or re.search(r"[\[\]:*?/\\]|^'|'$|^$", name)]
    assert "history" not in {name.casefold() for name in names}
    assert ["評価の内訳", "評価の内訳 (2)"] == sheet_names(["評価の内訳(3件)", "評価の内訳(4件)"])


def test_a_table_can_be_worked_with() -> None:
    """Its heads stay in view and on each page of paper, its rows can be filtered, its columns fit."""
    columns = [Column("名", 60), Column("値", 40, "number")]
    sheet = opened(table("表", columns, [("", [["全角の名前である", Cell(number=1.0)]] * 3)], "文書", "注"))[
        "表"
    ]

    assert ("A3", "A2:B5", "$1:$2") == (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows)
    assert 16 <= sheet.column_dimensions["A"].width <= 24
    page = sheet.page_setup
    # One page wide is what a file says by saying nothing.
    assert ("landscape", 9, None, 0) == (
        page.orientation,
        int(page.paperSize),
        page.fitToWidth,
        page.fitToHeight,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert ["注", "出典：文書"] == [row[0] for row in rows_of(sheet)[6:]]


def test_tables_without_rows_and_reports_without_pieces_are_workbooks_too() -> None:
    """A report may have nothing to list."""
    assert ["概要"] == opened().sheetnames
    heads, rows = below_heads(opened(table("表", [Column("甲", 100)], [], ""))["表"])
    assert (["甲"], []) == (heads, rows)


def test_jupyter_exports_a_notebook_as_a_workbook() -> None:
    """The exporter gives bytes under the ending .xlsx, for JupyterLab's menu and nbconvert."""
    of = nbformat.from_dict(notebook(markdown_cell("# 題\n\n|a|\n|-|\n|1|")))
    found, resources = RenkeiExcelExporter().from_notebook_node(of)

    assert (".xlsx", "Renkei Excel") == (
        resources["output_extension"],
        RenkeiExcelExporter.export_from_notebook,
    )
    assert ["概要", "題の表"] == load_workbook(io.BytesIO(found)).sheetnames


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workbook of each family, and in `again` what LibreOffice made of it, by way of ODS."""
    folder = tmp_path_factory.mktemp("libreoffice")
    for family in FAMILIES:
        (folder / f"{family}.xlsx").write_bytes(workbook_of(content(family)))
    saved_by_libreoffice(*folder.glob("*.xlsx"), as_="ods", into=folder)
    saved_by_libreoffice(*folder.glob("*.ods"), as_="xlsx:Calc MS Excel 2007 XML", into=folder / "again")
    return folder


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.filterwarnings("ignore:.* extension is not supported")
@pytest.mark.parametrize("family", FAMILIES)
def test_libreoffice_opens_a_workbook_and_keeps_its_values(saved_again: Path, family: str) -> None:
    """Another program than ours reads the same sheets and values."""
    before, after = (
        load_workbook(folder / f"{family}.xlsx") for folder in (saved_again, saved_again / "again")
    )

    assert before.sheetnames == after.sheetnames
    for sheet in before:
        for row, again in zip(sheet.iter_rows(), after[sheet.title].iter_rows(), strict=False):
            # LibreOffice keeps 15 digits.
            assert [
                pytest.approx(cell.value, rel=1e-14) if isinstance(cell.value, float) else cell.value
                for cell in row
            ] == [cell.value for cell in again[: len(row)]]
