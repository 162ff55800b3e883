"""The Excel view of a report: real numbers, nothing that runs, the same bytes each time."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from renkei.page.content import Content, content_of
from renkei.page.xlsx import workbook_of
from renkei.report.kit.cells import table
from renkei.report.kit.pieces import Cell, Column, Figure, Piece, Table, Tag, Title, points_of

#: The other library does not know the bars in cells, which are an extension of the format.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

REPORTS = ("fy2021/outcomes", "fy2025/targets", "trajectory", "fy2025/municipality-chitose")


#: The bars of a chart need one unit: amounts that are said in 万円 stand in 億円 there.
_YEN = {"万円": 1e-4}


def opened(content: Content) -> Workbook:
    """The report's workbook as another library reads it."""
    return openpyxl.load_workbook(io.BytesIO(workbook_of(content)))


def numbers_in(book: Workbook) -> list[float]:
    """Every number of every sheet but the first, which has the contents."""
    return sorted(
        float(cell.value)
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    )


def numbers_of(piece: Piece) -> Iterator[float]:
    """The numbers of a piece; in a column of numbers also those that are names, such as a project's."""
    if isinstance(piece, Table):
        for row in [row for group in piece.groups for row in group.rows]:
            for column, cell in zip(piece.columns, row, strict=True):
                if cell.number is not None:
                    yield cell.number
                elif column.kind == "number" and cell.text.isdecimal():
                    yield float(cell.text)
    elif isinstance(piece, Figure):
        for row in piece.numbers.rows:
            yield from (_YEN.get(cell.unit, 1.0) * cell.number for cell in row if cell.number is not None)


@pytest.mark.parametrize("report", REPORTS)
def test_every_number_of_a_report_is_a_number_in_its_workbook(reports: Path, report: str) -> None:
    """Numbers of tables and charts are read back as they are, none more and none less."""
    content = content_of(json.loads((reports / f"{report}.ipynb").read_bytes()))
    expected = [number for piece in content.pieces for number in numbers_of(piece)]
    book = openpyxl.load_workbook(reports / f"{report}.xlsx")

    assert len(expected) > 50
    assert sorted(expected) == pytest.approx(numbers_in(book))


def test_a_tables_sheet_has_caption_heads_marks_and_source() -> None:
    """What stands beside a value on the page stands in a column beside it here."""
    columns = [Column("指標", 60), Column("2025年度", 40, "number")]
    computed = Cell(number=-1619.0, mark="computed", below=("試算",), tag=Tag("rating-met", "◎ 達成済み"))
    piece = table("表の題", columns, [("役割1", [["指標甲", computed]])], "文書", "注")
    sheet = opened(Content((Title("題"), piece))).worksheets[1]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    [number] = [cell for row in sheet.iter_rows() for cell in row if cell.value == -1619]

    assert {"表の題", "指標", "2025年度", "役割1", "指標甲", "注"} <= set(texts)
    assert any("試算" in text and "◎ 達成済み" in text for text in texts)
    assert any("文書" in text for text in texts)
    assert "▲" in number.number_format


@pytest.mark.parametrize(
    "text",
    ["=1+1", '=HYPERLINK("http://x.example")', "+1", "-1", "@x", "<script>", "http://x.example", "行\n行"],
)
def test_text_stays_text(text: str) -> None:
    """Nothing that Excel would run or follow: formulas, addresses and signs are the text that they are."""
    piece = table(text, [Column(text, 100)], [("", [[text]])], text, text)
    book = opened(Content((Title(text), points_of([(text, text)]), piece)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]

    assert text in [cell.value for cell in cells]
    assert [] == [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert [] == [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target]


def test_tables_of_one_name_have_sheets_of_their_own() -> None:
    """Signs that a sheet's name may not have are left out, and no two sheets share a name."""
    piece = table(
        "[表]:*?/\\の題であって三十一文字よりも長いために切られるもの",
        [Column("頭", 100)],
        [("", [["値"]])],
        "文書",
    )
    names = opened(Content((Title("題"), piece, piece))).sheetnames

    assert 3 == len({name.lower() for name in names})
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_contents_lead_to_the_sheets(reports: Path) -> None:
    """Each link of the first sheet names a place that there is."""
    book = openpyxl.load_workbook(reports / "fy2025/targets.xlsx")
    links = [
        cell.hyperlink.location for row in book.worksheets[0].iter_rows() for cell in row if cell.hyperlink
    ]

    assert len(links) >= len(book.sheetnames) - 1
    assert {link.rpartition("!")[0].strip("'") for link in links} <= set(book.sheetnames)


def test_a_workbook_is_the_same_bytes_each_time(reports: Path) -> None:
    """No clock and no chance between a report and its file."""
    content = content_of(json.loads((reports / "fy2021/outcomes.ipynb").read_bytes()))

    assert (reports / "fy2021/outcomes.xlsx").read_bytes() == workbook_of(content) == workbook_of(content)
