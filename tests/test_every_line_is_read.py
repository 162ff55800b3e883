"""A second, slow and simple reading of the documents: is every line of them in the tables?

The readers go from lines to cells. These tests go the other way: they take the tables as
they stand, and ask of each line of a document whether its words are in a row that says it
comes from there, in the project that the line stands under.
"""

import csv
import re

import pytest
from renkei.checkout import Checkout
from renkei.documents.sources import Line, corrected_lines, document, sources_on_record
from renkei.tables.curated import Curated
from renkei.text import normalise

#: Words of the forms themselves, which belong to no cell.
LABELS = re.compile(
    r"役|割|分|担|費|用|負|事業予定年度 及び|事業費見込額\(千円\)|20\d\d年度|\(R\d+年度\)|評価指標"
    r"|項目 基準値\(基準年\) 目標値\(目標年\)|【基本KPI】|指標名 現状値 目標値|\d{1,2}|No\. \d+ 連携事業名"
    r"|[123] (圏域全体の|高次の).*|\(\d\) ?\S+の強化|\(2\)結びつきやネットワークの強化"
)


def rows(checkout: Checkout, table: str) -> list[dict[str, str]]:
    with (checkout.tables / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines_of(checkout: Checkout, source: str) -> list[Line]:
    record = sources_on_record(checkout)[source]
    return corrected_lines(record, document(checkout, record), Curated.read(checkout).corrections)


def squeezed(text: str) -> str:
    """Text without white space, in which line breaks and layout no longer matter."""
    return re.sub(r"\s", "", normalise(text)).replace("ー", "-")


def words_by_project(checkout: Checkout, plan: str) -> dict[str, str]:
    """All that the tables say of each project, and under “” of KPIs, sections and footnotes."""
    words: dict[str, list[str]] = {"": []}
    for table in ("projects", "indicators", "costs"):
        for row in rows(checkout, table):
            if row["plan"] == plan:
                amount = row.get("amount_thousand_yen", "")
                cells = [*row.values(), f"{int(amount):,}" if amount else "-", f"({row.get('note')})"]
                words.setdefault(row["project_no"], []).extend(cells)
    words[""] += [cell for row in rows(checkout, "footnotes") for cell in row.values()]
    words[""] += [row["section"] for row in rows(checkout, "projects") if row["plan"] == plan]
    for number, cells in words.items():
        cells.append(f"No.{number}")
    return {number: squeezed("\n".join(cells)) + squeezed("".join(cells)) for number, cells in words.items()}


def test_every_line_of_the_vision_is_in_the_tables(checkout: Checkout) -> None:
    """Each line's words stand in the row of the project whose form it is in, or of a KPI or footnote."""
    words = words_by_project(checkout, "2024")
    number = ""
    lost = []
    for line in lines_of(checkout, "vision_2024_2028"):
        text = normalise(line.text)
        if match := re.fullmatch(r"No\. (\d+) 連携事業名", text):
            number = match[1]
        if not text or LABELS.fullmatch(text) or line.number < 16:
            continue
        text = re.sub(r"^(札幌市|連携市町村|事業概要)( |$)", "", text)
        text = re.sub(r"^[a-h] ", "", text)
        text = re.sub(r"^\d{0,2} ?【(.+?)】", r"\1", text) if "【" in text else text
        if text == "全市町村":
            continue
        # A line may hold several cells; each word of it must be found.
        if not all(
            squeezed(word) in words[number] or squeezed(word) in words[""] for word in text.split(" ")
        ):
            lost.append((line.number, number, text))

    assert [] == lost


def test_every_cell_of_the_fy2021_list_is_in_the_tables(checkout: Checkout) -> None:
    """Each cell below a header stands in the row of the indicator or project of that very line."""
    by_line: dict[str, list[str]] = {}
    for table in ("projects", "indicators", "outcomes"):
        for row in rows(checkout, table):
            if row["source"] == "status_list_fy2021":
                by_line.setdefault(row["source_line"], []).extend(
                    [*row.values(), f"{row.get('project_no')}{row.get('name')}"]
                )
    lost = []
    for line in lines_of(checkout, "status_list_fy2021"):
        cells = [normalise(cell) for cell in line.text.split("\t")]
        if len([cell for cell in cells if cell]) < 4 or cells[0] == "役割":
            continue
        known = [squeezed(cell) for cell in by_line[str(line.number)]]
        lost += [
            (line.number, cell)
            for cell in cells
            if cell and squeezed(cell) not in known and cell != "【基本KPI】" and not is_heading(cell)
        ]

    assert [] == lost


def is_heading(cell: str) -> bool:
    return bool(re.fullmatch(r"([アイウA] )?\S+の(けん引|集積・強化|強化|向上)", cell))


@pytest.mark.parametrize(
    ("table", "source", "count"),
    [
        ("projects", "status_list_fy2021", 51),
        ("projects", "vision_2024_2028", 55),
        ("indicators", "status_list_fy2021", 80),
        ("indicators", "vision_2024_2028", 82),
        ("outcomes", "status_list_fy2021", 80),
        ("costs", "vision_2024_2028", 275),
        ("footnotes", "vision_2024_2028", 7),
    ],
)
def test_the_tables_have_the_documents_numbers_of_rows(
    checkout: Checkout, table: str, source: str, count: int
) -> None:
    """51 and 55 projects, 76 and 78 indicators with 4 KPIs each, five years of cost, seven footnotes."""
    assert count == sum(row["source"] == source for row in rows(checkout, table))


@pytest.mark.parametrize(
    ("table", "key", "expected"),
    [
        (
            "indicators",
            "2024-14-1",
            {"baseline_value": "320000", "baseline_year": "2022", "target_value": "500000", "unit": "人",
             "target_kind": "by_year", "target_last_year": "2027", "direction": "higher"},
        ),
        ("indicators", "2024-09-1", {"baseline_value": "59.3", "direction": "lower", "unit": "%"}),
        ("indicators", "2024-48-1", {"target_value": "64000000", "target_bound": "at_least", "unit": "円"}),
        ("indicators", "2024-42-1", {"target_kind": "cumulative", "target_value": "115", "unit": "組"}),
        ("indicators", "2024-K4", {"baseline_value": "-2588", "target_value": "-650", "pillar": "3"}),
        ("indicators", "2024-32-1", {"target_kind": "milestone", "target_value": "", "direction": "state"}),
        ("indicators", "2019-K3", {"target_kind": "increase", "unit": "人/日", "baseline_value": "189932"}),
        ("indicators", "2019-18-2", {"target_first_year": "2019", "target_last_year": "2022"}),
        ("indicators", "2019-23-1", {"target_kind": "milestone", "target_last_year": "2022"}),
        ("indicators", "2019-37-1", {"unit": "件", "target_value": "306", "target_last_year": "2021"}),
        ("outcomes", "2019-14-1", {"actual_value": "190000", "is_provisional": "true", "rating": "-"}),
        ("outcomes", "2019-K2", {"observed_year": "2020", "actual_value": "17750000"}),
        ("outcomes", "2019-38-2", {"actual_text": "毎年度", "actual_value": "", "rating": "◎"}),
        ("outcomes", "2019-28-1", {"actual_text": "発行", "actual_value": ""}),
        ("outcomes", "2019-06-1", {"actual_value": "0", "mentions_covid": "true"}),
    ],
)  # fmt: skip
def test_rows_read_by_hand(checkout: Checkout, table: str, key: str, expected: dict[str, str]) -> None:
    """Rows whose cells a person read in the document, one of each kind that is easily got wrong."""
    [row] = [row for row in rows(checkout, table) if row["indicator_id"] == key]

    assert expected == {column: row[column] for column in expected}


@pytest.mark.parametrize(
    ("number", "section"),
    [(21, "福祉"), (22, "教育・文化・スポーツ"), (25, "教育・文化・スポーツ"), (26, "土地利用"),
     (33, "災害対策"), (34, "環境"), (38, "ICTインフラ整備"), (52, "人材の育成")],
)  # fmt: skip
def test_projects_above_a_heading_are_not_under_it(checkout: Checkout, number: int, section: str) -> None:
    """A section's heading comes first in a page's text, even if a project is printed above it."""
    [row] = [r for r in rows(checkout, "projects") if (r["plan"], r["project_no"]) == ("2024", str(number))]

    assert section == row["section"]
