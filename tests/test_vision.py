import pytest
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.documents.cells import indicator_rows
from renkei.documents.rows import Document
from renkei.documents.sources import Line, corrected_lines, document, sources_on_record
from renkei.documents.vision import read_vision
from renkei.documents.wrapping import PrintedLine
from renkei.errors import SourceError
from renkei.tables.curated import Curated

ID = "vision_2024_2028"


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    """The document's lines after corrections."""
    checkout = Checkout.current()
    source = sources_on_record(checkout)[ID]
    return corrected_lines(source, document(checkout, source), Curated.read(checkout).corrections)


@pytest.fixture(scope="module")
def found(lines: list[Line]) -> Document:
    return read_vision(sources_on_record(Checkout.current())[ID], lines, Area.of(Checkout.current()))


def read(lines: list[Line]) -> Document:
    return read_vision(sources_on_record(Checkout.current())[ID], lines, Area.of(Checkout.current()))


def test_the_whole_chapter_is_read(found: Document) -> None:
    """55 projects with 78 indicators, 4 KPIs, 22 sections and 7 footnotes."""
    assert list(range(1, 56)) == [checkout.number for checkout in found.projects]
    assert 78 == sum(len(checkout.indicators) for checkout in found.projects)
    assert [1, 1, 2, 3] == [kpi.pillar for kpi in found.kpis]
    assert 22 == len(found.sections)
    assert list(range(10, 17)) == [note.number for note in found.footnotes]


@pytest.mark.parametrize("number", [2, 8, 17, 38, 39, 52, 53])
def test_each_box_is_found_wherever_it_is_printed(found: Document, number: int) -> None:
    """Forms with the indicators first or last, and forms out of order, give the same boxes."""
    checkout = found.projects[number - 1]

    assert checkout.name and checkout.summary.endswith("。")
    assert checkout.lead_role and checkout.partner_role and checkout.lead_cost and checkout.partner_cost
    assert [2024, 2025, 2026, 2027, 2028] == [cost.fiscal_year for cost in checkout.costs]


def test_a_name_above_the_summary_is_not_part_of_the_partners_role(found: Document) -> None:
    """No. 3's name stands right below the two lines of the partners' role."""
    checkout = found.projects[2]

    assert "創業の促進" == checkout.name
    assert checkout.partner_role.endswith("取組等への協力")


def test_all_partners_are_written_out(found: Document) -> None:
    """全市町村 is eleven names; a shorter list stays as it is printed."""
    assert 11 == len(found.projects[0].municipalities.split("、"))
    assert "江別市、千歳市、恵庭市、北広島市、石狩市" == found.projects[54].municipalities


def test_indicators_before_the_head_of_their_table_are_read(found: Document) -> None:
    """No. 35 and 41 have a row between the cost and the table, No. 17 two rows on top."""
    assert "水素モデル街区の形成" == found.projects[34].indicators[0].name
    assert "障がい福祉サービス分野の人材に対する研修等参加人数" == found.projects[40].indicators[0].name
    assert 4 == len(found.projects[16].indicators)


def test_a_cell_broken_over_lines_is_one_cell(found: Document) -> None:
    """No. 46's baseline and target take two lines each, No. 36's target too."""
    row = found.projects[45].indicators[0]
    bears = found.projects[35].indicators[0]

    assert "包括連携協定を締結している全企業(2022年度)" == row.baseline
    assert "包括連携協定を締結している全企業(毎年度)" == row.target
    assert "年1回以上の会議の開催(毎年度)" == bears.target


def test_a_missing_amount_is_no_zero(found: Document) -> None:
    """No. 20 has 0 for FY2024, No. 21 has a dash, No. 35 a remark for FY2027."""
    assert "0" == found.projects[19].costs[0].text
    assert "-" == found.projects[20].costs[0].text
    assert "(水素モデル街区形成)" == found.projects[34].costs[3].text


def without(lines: list[Line], number: int) -> list[Line]:
    return [line for line in lines if line.number != number]


def replaced(lines: list[Line], number: int, old: str, new: str) -> list[Line]:
    assert old in lines[number - 1].text
    return [Line(n.number, n.text.replace(old, new)) if n.number == number else n for n in lines]


@pytest.mark.parametrize(
    ("number", "where"),
    [(155, 141), (190, 184), (200, 202), (204, 206), (213, 305), (2250, 2188), (3526, 3523)],
)
def test_a_missing_line_is_refused(lines: list[Line], number: int, where: int) -> None:
    """Without a name, a label, the amounts, a head, a form's number or a value, nothing is guessed."""
    with pytest.raises(SourceError, match="expected") as caught:
        read(without(lines, number))

    assert where == caught.value.line


@pytest.mark.parametrize(
    ("number", "old", "new", "message"),
    [
        (200, "1,198,011 1,276,004", "1,198,011", ":200: project No. 2: expected 5 amounts"),
        (289, "2,583名", "2,583ツル", ":289: an indicator with name, baseline and target"),
        (1651, "小樽市、", "小金井市、", ":1651: each of 小樽市"),
        (170, "R６", "R５", ":170: project No. 2: expected “.R6年度"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_line(
    lines: list[Line], number: int, old: str, new: str, message: str
) -> None:
    """An amount too few, an unknown unit, a town from elsewhere, a year under the wrong name."""
    with pytest.raises(SourceError, match=message):
        read(replaced(lines, number, old, new))


def test_a_row_that_can_be_cut_in_two_ways_is_refused() -> None:
    """Of three quantities nothing tells which are baseline and target."""
    row = [PrintedLine.of(Line(1, "参加者数 1人 2人 3人"))]

    with pytest.raises(SourceError, match=r":1: .*cannot be told for certain"):
        list(indicator_rows(row, "document.txt"))


def test_the_year_of_a_value_is_no_part_of_a_name() -> None:
    """A line that ends as a target does, above an indicator's own baseline and target, is not its name."""
    lines = ["1 回以上開催（毎年度）", "参加者数 1人（2022年度） 2人（毎年度）"]
    row = [PrintedLine.of(Line(number, text)) for number, text in enumerate(lines, start=1)]

    with pytest.raises(SourceError, match=r":1: .*cannot be told for certain"):
        list(indicator_rows(row, "document.txt"))
