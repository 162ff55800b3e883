"""A second, slow and simple reading of the documents: is every line of them in the tables, and only once?"""

import random

import pytest
from conftest import ROOT
from renkei.checkout import Checkout
from renkei.documents.sources import Line, corrected_lines, document, sources_on_record
from renkei.tables.curated import Curated
from second_reading import Row, Tables, lost_of_list, lost_of_vision
from second_reading import rows as rows_of

VISION, LIST = "vision_2024_2028", "status_list_fy2021"
#: Lines of the list that have a dash too many after the target.
DASHES_TOO_MANY = (72, 73)


def rows(checkout: Checkout, table: str) -> list[Row]:
    return rows_of(checkout.tables / f"{table}.csv")


def lines_of(source: str) -> list[Line]:
    checkout = Checkout(ROOT)
    record = sources_on_record(checkout)[source]
    return corrected_lines(record, document(checkout, record), Curated.read(checkout).corrections)


def lost(source: str, lines: list[Line]) -> list[str]:
    tables = Tables.of(ROOT / "data", source)
    return lost_of_vision(lines, tables) if source == VISION else lost_of_list(lines, tables, DASHES_TOO_MANY)


@pytest.mark.parametrize("source", [VISION, LIST])
def test_every_line_is_in_the_tables_once(source: str) -> None:
    """Each line is a heading, a footnote's, or words of the row that it stands under, and nothing is left."""
    assert [] == lost(source, lines_of(source))


@pytest.mark.parametrize(
    ("source", "added"),
    [(VISION, "12"), (VISION, "1 回以上開催(毎年度)"), (VISION, None), (LIST, "12"), (LIST, None)],
)
def test_the_second_reading_sees_a_line_too_many(source: str, added: str | None) -> None:
    """A bare number, a line of text or the same line again shows, below any line after the preface."""
    lines = [line for line in lines_of(source) if line.text.strip()]
    first = next(place for place, line in enumerate(lines) if line.number > 16 or source == LIST)
    for place in random.Random(10).sample(range(first, len(lines)), 25):  # noqa: S311
        line = lines[place]
        damaged = [*lines[: place + 1], Line(line.number, added or line.text), *lines[place + 1 :]]

        assert lost(source, damaged), f"after line {line.number}"


@pytest.mark.parametrize("source", [VISION, LIST])
def test_the_second_reading_sees_a_line_too_few(source: str) -> None:
    """Any line after the preface is missed."""
    lines = [line for line in lines_of(source) if line.text.strip()]
    first = next(place for place, line in enumerate(lines) if line.number >= 16 or source == LIST)
    for place in random.Random(11).sample(range(first, len(lines)), 25):  # noqa: S311
        assert lost(source, lines[:place] + lines[place + 1 :]), f"without line {lines[place].number}"


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
    [(6, "戦略産業の育成"), (7, "地域経済の裾野拡大"), (21, "福祉"), (22, "教育・文化・スポーツ"),
     (25, "教育・文化・スポーツ"), (26, "土地利用"),
     (33, "災害対策"), (34, "環境"), (38, "ICTインフラ整備"), (52, "人材の育成")],
)  # fmt: skip
def test_projects_above_a_heading_are_not_under_it(checkout: Checkout, number: int, section: str) -> None:
    """A section's heading comes first in a page's text, even if a project is printed above it."""
    [row] = [r for r in rows(checkout, "projects") if (r["plan"], r["project_no"]) == ("2024", str(number))]

    assert section == row["section"]
