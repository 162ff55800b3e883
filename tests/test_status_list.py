import pytest
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.documents.corrections import Correction
from renkei.documents.rows import Document, IndicatorRow
from renkei.documents.sources import Line, corrected_lines, document, sources_on_record
from renkei.documents.status_list import read_status_list
from renkei.errors import CorrectionError, QuantityError, SourceError
from renkei.tables.build import READERS
from renkei.tables.curated import Curated

ID = "status_list_fy2021"


@pytest.fixture
def lines(checkout: Checkout) -> list[Line]:
    """The document's lines after corrections."""
    source = sources_on_record(checkout)[ID]
    return corrected_lines(source, document(checkout, source), Curated.read(checkout).corrections)


@pytest.fixture
def found(checkout: Checkout, lines: list[Line]) -> Document:
    return READERS["status_list"](sources_on_record(checkout)[ID], lines, Area.of(checkout))


def read(checkout: Checkout, lines: list[Line]) -> Document:
    return read_status_list(sources_on_record(checkout)[ID], lines, Area.of(checkout))


def indicator(found: Document, number: int, position: int) -> IndicatorRow:
    return found.projects[number - 1].indicators[position - 1]


def test_the_whole_list_is_read(found: Document) -> None:
    """51 projects with 76 indicators, and 4 KPIs."""
    assert list(range(1, 52)) == [checkout.number for checkout in found.projects]
    assert 76 == sum(len(checkout.indicators) for checkout in found.projects)
    assert [1, 1, 2, 3] == [kpi.pillar for kpi in found.kpis]


def test_a_row_that_lost_its_leading_cells_belongs_to_the_project_above(found: Document) -> None:
    """Line 22 starts with the indicator; it is the second one of No. 7, on line 21."""
    assert ("食品の新商品開発数", "7件", "◎") == (
        (row := indicator(found, 7, 2)).name,
        row.actual,
        row.rating,
    )


@pytest.mark.parametrize("position", [2, 3])
def test_a_dash_too_many_is_no_cell(found: Document, position: int) -> None:
    """Lines 72 and 73 have five cells between name and note; the target is still the target."""
    row = indicator(found, 31, position)

    assert ({2: "2025年度", 3: "3,340人 (2022年度)"}[position], "-", "-") == (
        row.target,
        row.actual,
        row.rating,
    )


def test_names_one_column_early_are_still_names(found: Document) -> None:
    """Lines 92 to 98 carry the indicator's name where the summary should be."""
    names = [row.name for row in found.projects[38].indicators]

    assert 8 == len(names)
    assert "高校生向けイベントの参加人数" == names[1]
    assert "奨学金返還支援を行った者" == names[7]


def test_corrections_are_made_before_reading(found: Document) -> None:
    """士業, 茨戸 and ニーズ stand where the document has 土業, 灰 and a numeral."""
    assert "士業" in indicator(found, 3, 1).note
    assert "茨戸水再生プラザ" in found.projects[33].summary
    assert "ニーズ" in found.projects[49].summary
    assert "サッポロさとらんどを活用した圏域内農産物等のPR" == indicator(found, 38, 2).name


def with_line(lines: list[Line], number: int, text: str | None) -> list[Line]:
    """The lines with one replaced, or left out."""
    return [
        line if line.number != number else Line(number, text or "")
        for line in lines
        if line.number != number or text is not None
    ]


def text_of(lines: list[Line], number: int) -> str:
    return lines[number - 1].text


@pytest.mark.parametrize(
    ("number", "old", "new", "message"),
    [
        (13, "\t1回\t◎", "\t◎\t1回", r":13: expected a rating"),
        (13, "-\t1回 (毎年度)", "1回 (毎年度)\t-", r":13: expected a target"),
        (14, "12社", "12ツル", r":14: target of .* found “12ツル"),
        (14, "12社", "12社 13社", r":14: target of .* found “12社 13社"),
        (16, "\t4 ", "\t5 ", r":16: expected project No. 4"),
        (9, "基準値\t目標値", "目標値\t基準値", r":9: expected “基準値” as head of column 5"),
        (60, "\t132校\t", "\t", r":60: expected indicator, baseline"),
    ],
)
def test_a_row_that_does_not_read_is_refused_with_its_line(
    checkout: Checkout, lines: list[Line], number: int, old: str, new: str, message: str
) -> None:
    """Swapped columns, an unknown unit, two quantities, a lost project or cell: each is told by line."""
    text = text_of(lines, number)
    assert old in text

    with pytest.raises(SourceError, match=message):
        read(checkout, with_line(lines, number, text.replace(old, new, 1)))


def test_a_missing_project_is_noticed(checkout: Checkout, lines: list[Line]) -> None:
    """Without line 15 the next project is No. 4 where No. 3 should be."""
    with pytest.raises(SourceError, match=r":16: expected project No. 3, found “No. 4"):
        read(checkout, with_line(lines, 15, None))


def test_rows_before_any_header_are_refused(checkout: Checkout) -> None:
    """Without the page's column heads nothing tells which cell is which."""
    with pytest.raises(SourceError, match=":1: expected the page's header row"):
        read(checkout, [Line(1, "1 名\t概要")])


def test_a_correction_must_match_its_line(checkout: Checkout) -> None:
    """A correction of what is not there is an error that names line and file."""
    source = sources_on_record(checkout)[ID]
    wrong = Correction(ID, 15, "無い語", 1, "語", "試験")

    with pytest.raises(CorrectionError, match=r"status_list_fy2021.txt:15: .*expects “無い語” 1 time"):
        corrected_lines(source, document(checkout, source), [wrong])


def test_a_correction_must_match_as_often_as_it_says(checkout: Checkout) -> None:
    """UITターン stands three times on line 100; a correction that counts one is refused."""
    source = sources_on_record(checkout)[ID]
    wrong = Correction(ID, 100, "UITターン", 1, "UIターン", "試験")

    with pytest.raises(CorrectionError, match=r"1 time.*found it in line 100 \(3 times\)"):
        corrected_lines(source, document(checkout, source), [wrong])


def test_errors_of_quantities_keep_their_kind(checkout: Checkout, lines: list[Line]) -> None:
    """A cell that is no quantity raises QuantityError, which is a SourceError with a place."""
    text = text_of(lines, 14).replace("13社", "13ツル")

    with pytest.raises(QuantityError) as caught:
        read(checkout, with_line(lines, 14, text))

    assert 14 == caught.value.line
