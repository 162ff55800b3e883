"""The brief: one sheet that names what matters and counts what it leaves out."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader
from renkei.area import Area
from renkei.comparison import compare_in_detail
from renkei.costs import cost_of_year, costs_by_project
from renkei.page.content import Content
from renkei.page.pdf import pdf_of
from renkei.report import brief
from renkei.report.kit.pieces import MainPoints, Piece, Table, Title
from renkei.report.kpi_cards import kpi_cards
from renkei.report.provenance import made_with

YEARS = [year.starts_in for year in Area.current().plan.fiscal_years]
LONG = "圏域内の市町村が共同で実施する長い名称の事業に参加した事業者及び住民の延べ人数(速報値を含む)"

FURTHEST = "「体験付き仕事説明会来場者の就業者数」の改善"


def sheet(fiscal_year: int, **changed: object) -> tuple[Piece, ...]:
    """The pieces of a year's brief, as its notebook shows them; `changed` are columns that are other."""
    compared = compare_in_detail(fiscal_year).assign(**changed)  # type: ignore[arg-type]
    return (
        brief.title(compared, fiscal_year),
        kpi_cards(compared, fiscal_year, says_source=False),
        brief.main_points(compared, cost_of_year(costs_by_project(), fiscal_year), fiscal_year),
        brief.standing_table(compared, fiscal_year),
        brief.due_table(compared, fiscal_year),
        brief.priorities_table(compared, fiscal_year),
        brief.sources(compared, fiscal_year),
        made_with(fiscal_year=fiscal_year),
    )


def sizes(pdf: bytes) -> dict[float, int]:
    """How many letters a page has in which size, in points as printed."""
    found: dict[float, int] = {}

    def note(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if text.strip():
            printed = round(abs(size * tm[3] * cm[3]), 1)
            found[printed] = found.get(printed, 0) + len(text.strip())

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    return found


def table_of(piece: Piece) -> Table:
    """A piece that is a table."""
    assert isinstance(piece, Table)
    return piece


@pytest.mark.parametrize("fiscal_year", YEARS)
def test_it_is_one_sheet_with_text_as_large_as_in_the_reports(fiscal_year: int) -> None:
    """Tables in nine points, small print in eight, nothing drawn smaller."""
    pdf = pdf_of(Content(sheet(fiscal_year)))

    assert 1 == len(PdfReader(io.BytesIO(pdf)).pages)
    assert min(sizes(pdf)) == 8
    assert sizes(pdf)[9] > 300


@pytest.mark.parametrize("fiscal_year", YEARS)
def test_it_is_one_sheet_with_long_names_too(fiscal_year: int) -> None:
    """Then drawn smaller; every name is still there as often."""
    pdf = pdf_of(Content(sheet(fiscal_year, name=LONG)))
    text = "".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())

    assert 1 == len(PdfReader(io.BytesIO(pdf)).pages)
    assert text.count(LONG) >= 9


def test_what_has_no_room_is_counted() -> None:
    """FY2027: 11 missed, 17 met and 10 due; 4, 1 and 2 of them are named."""
    standing, due = (table_of(piece) for piece in sheet(2027)[3:5])

    assert [
        "届いていない(11指標、うち遠い順に4件を掲げ、7件を省く)",
        "満たす(17指標、うち割合の高い順に1件を掲げ、16件を省く)",
    ] == [group.head for group in standing.groups]
    assert [4, 1] == [len(group.rows) for group in standing.groups]
    assert "2027年度に期限を迎える目標(10件、うち2件を掲げ、8件を省く)" == due.caption
    assert 2 == due.row_count


def test_a_list_that_has_room_counts_nothing() -> None:
    """FY2026 has one target that falls due, FY2024 none, which is said in place of a table."""
    assert "2026年度に期限を迎える目標(1件)" == table_of(sheet(2026)[4]).caption
    assert "2024年度に期限を迎える目標はない。" == sheet(2024)[4].summary


def test_the_numbers_of_the_first_rows_are_the_comparisons() -> None:
    """FY2025: the app's 4,320 of 13,000 users is 33 %; one exchanged official asked for, two there: 200 %."""
    missed, met = table_of(sheet(2025)[3]).groups

    assert ("アプリのユーザー数", "4,320人", "13,000人", "33") == tuple(cell.words for cell in missed.rows[0])
    assert ("交流職員数", "2人", "1人以上", "200") == tuple(cell.words for cell in met.rows[0])


def test_main_points_are_lines_that_index_and_mail_can_quote() -> None:
    """How many are missed, what is due, what it costs; a year without anything due leaves that out."""
    [of_2025, of_2024] = [sheet(year)[2] for year in (2025, 2024)]
    assert isinstance(of_2025, MainPoints)
    assert isinstance(of_2024, MainPoints)

    assert [
        "ビジョンが2025年度に求める目標に最新値で届いていないのは、比べられる28指標のうち11指標",
        "2025年度に期限を迎える目標は5件",
        "2025年度の事業費見込額は250.6億円で、2024年度の176.4億円から42%増える",
    ] == [point.headline for point in of_2025.points]
    assert 2 == len(of_2024.points)


@pytest.mark.parametrize(
    ("fiscal_year", "what"),
    [
        (2024, [FURTHEST, "判定が悪化した1指標の回復", "値の分からない16指標の把握"]),
        (2025, ["2025年度が期限の5目標の達成", FURTHEST, "判定が悪化した1指標の回復"]),
        (2027, ["2027年度が期限の10目標の達成", "期限を過ぎた6目標の結果の確認", FURTHEST]),
    ],
)  # fmt: skip
def test_three_things_to_act_on(fiscal_year: int, what: list[str]) -> None:
    """By the rule of the year: what is due first, what was due, what is furthest, fell or is unknown."""
    found = table_of(sheet(fiscal_year)[5])

    assert what == [row[1].words for row in found.groups[0].rows]
    assert ["1", "2", "3"] == [row[0].words for row in found.groups[0].rows]


def test_the_furthest_says_that_what_is_due_stands_apart() -> None:
    """In FY2025 the app is further away, but falls due; in FY2024 nothing does."""
    [of_2025, of_2024] = [table_of(sheet(year)[5]).groups[0].rows for year in (2025, 2024)]

    assert "最新値222人は、目標450人の49%で、この年度が期限のものを除いて最も遠い。" == of_2025[1][2].words
    assert "最新値222人は、目標450人の49%で、最も遠い。" == of_2024[0][2].words


def test_only_a_sheet_is_drawn_smaller() -> None:
    """Another report flows onto a second page."""
    title, *rest = sheet(2025, name=LONG)
    assert isinstance(title, Title)
    flowing = Content((replace(title, is_sheet=False), *rest))

    assert len(PdfReader(io.BytesIO(pdf_of(flowing))).pages) > 1
