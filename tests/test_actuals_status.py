"""How far a year's actuals are in: the counts, the table on the terminal, and the report that reminds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import Command
from in_process import content
from made_up_entries import ENTRIES, entries, with_entries, with_tables
from made_up_tables import INDICATORS, column_of, head, made_up, rows_of
from renkei.actuals import progress_table
from renkei.actuals.status import (
    STATES,
    StatusCounts,
    by_project,
    conflicts_of,
    counts_of,
    offices_of,
    states_by_pillar,
    status_of,
)
from renkei.area import Area
from renkei.batch.families import families
from renkei.checkout import Checkout
from renkei.errors import ParameterError
from renkei.load import Tables
from renkei.page.html import html_page
from renkei.rated import in_order_of_standing, standing_actuals
from renkei.report import status as report
from renkei.report import status_tables
from renkei.report.kit.pieces import Cell, Figure, MainPoints, Piece, Table, Title
from renkei.report.kit.pieces_text import Paragraph


@pytest.fixture(scope="module")
def tables() -> Tables:
    """The project's tables with some made-up entries of FY2024."""
    return with_entries(*ENTRIES)


@pytest.fixture(scope="module")
def status(tables: Tables) -> pd.DataFrame:
    """How these stand."""
    return status_of(2024, tables)


@pytest.fixture(scope="module")
def nothing() -> pd.DataFrame:
    """Before anything is in."""
    return status_of(2024, with_entries())


def with_list(*, text: str = "31万人", value: float = 310000.0, rating: str = "-") -> Tables:
    """The made-up entries beside a row of a made-up list of FY2024 on the airport, and one on a meeting."""
    before = with_entries(*ENTRIES)
    listed = pd.DataFrame(
        {
            "indicator_id": ["2024-14-1", "2024-02-1"],
            "fiscal_year": 2024,
            "observed_year": 2024,
            "actual_text": [text, "1回"],
            "actual_value": [value, 1.0],
            "rating": [rating, "◎"],
            "is_provisional": [False, True],
            "mentions_covid": False,
            "source": "vision_2024_2028",
            "source_line": [1, 2],
        }
    )
    return with_tables(before, outcomes=pd.concat([before["outcomes"], listed], ignore_index=True))


def points(piece: Piece) -> list[tuple[str, str]]:
    assert isinstance(piece, MainPoints)
    return [(point.headline, point.detail) for point in piece.points]


def rows(piece: Piece | None) -> list[list[str]]:
    """The texts of a table's rows, a cell's lines joined by a stroke."""
    assert isinstance(piece, Table)
    return [[" | ".join(cell.lines) for cell in row] for group in piece.groups for row in group.rows]


def test_the_entry_that_stands_is_the_final_or_the_later_one() -> None:
    """As in the tables: a provisional value entered later does not take the place of a final one."""
    later = ("9", "2024-14-1", "2024", "30万人", "300000", "provisional", "-", "rule", "-", "空港課",
             "2025-09-01", "z.xlsx")  # fmt: skip
    corrected = ("10", "2024-14-1", "2024", "33万人", "330000", "final", "-", "rule", "-", "空港課",
                 "2025-08-01", "z.xlsx")  # fmt: skip

    rows = with_entries(*ENTRIES, later, corrected)["actuals"]
    assert [2, 9, 3, 10] == [
        line
        for line, indicator in rows_of(in_order_of_standing(rows), "source_line", "indicator_id")
        if indicator == "2024-14-1"
    ]
    for given, expected in (((later,), "32.5万人"), ((later, corrected), "33万人")):
        standing = standing_actuals(2024, with_entries(*ENTRIES, *given))
        assert expected == column_of(standing, "actual_text")["2024-14-1"]
    assert standing_actuals(2025, with_entries(*ENTRIES)).empty


def test_an_indicator_stands_as_its_entry_does(status: pd.DataFrame) -> None:
    """Final, provisional, still being counted (a number or words), or not reported."""
    states = column_of(status, "state")

    assert {
        "2024-14-1": "final",
        "2024-13-1": "final",
        "2024-05-1": "final",
        "2024-03-1": "provisional",
        "2024-K2": "pending",
        "2024-17-1": "pending",
    } == {key: state for key, state in states.items() if state != "missing"}
    assert 82 == len(states)
    assert ("空港課", "2025-07-01") == tuple(
        status.set_index("indicator_id").loc["2024-14-1", ["reported_by", "reported_on"]]
    )


def test_the_counts_are_those_of_the_states(status: pd.DataFrame) -> None:
    """Four of 82 are in; 52 of the 55 projects lack something, 5 and 17 among them, and three KPIs."""
    assert StatusCounts(
        indicators=82, final=3, provisional=1, pending=2, missing=76, projects=55, projects_missing=52,
        kpis_missing=3, conflicts=0, undecided=0,
    ) == counts_of(status)  # fmt: skip
    assert 4 == counts_of(status).known
    assert {1: [1, 1, 1, 14], 2: [2, 0, 1, 6], 3: [0, 0, 0, 56]} == {
        pillar: [of[state] for state in STATES] for pillar, of in states_by_pillar(status).items()
    }


def test_a_project_is_as_far_as_its_indicators_are(status: pd.DataFrame) -> None:
    """The KPIs before the projects; who reported last, and when."""
    projects = by_project(status)
    columns = ("project_no", "indicators", *STATES, "reported_by", "reported_on")
    found = {row[0]: row[1:] for row in rows_of(projects, *columns)}

    assert 56 == len(found)
    assert (4, 0, 0, 1, 3, "観光課", "2025-05-20") == found[None]
    assert (2, 1, 0, 0, 1, "創業課", "2025-07-02") == found[5]
    assert (4, 0, 0, 1, 3, "環境課", "2025-06-01") == found[17]
    assert (1, 0, 0, 0, 1, None, None) == found[1]
    earlier = ("9", "2024-05-2", "2024", "2,500名", "2500", "final", "◎", "rule", "-", "別の課", "2025-05-01",
               "e.xlsx")  # fmt: skip
    later = ("10", "2024-17-4", "2024", "常時", None, "final", "◎", "person", "-", "別の課", "2025-09-01",
             "e.xlsx")  # fmt: skip
    again = by_project(status_of(2024, with_entries(*ENTRIES, earlier, later))).set_index("project_no")
    assert ("創業課", "2025-07-02") == tuple(again.loc[5, ["reported_by", "reported_on"]])
    assert ("別の課", "2025-09-01") == tuple(again.loc[17, ["reported_by", "reported_on"]])


def test_offices_stand_with_the_days_of_their_reports(tables: Tables) -> None:
    """The last one first; an indicator reported twice counts once."""
    assert [
        ("創業課", 2, "2025-05-20", "2025-07-02"),
        ("空港課", 1, "2025-04-30", "2025-07-01"),
        ("環境課", 1, "2025-06-01", "2025-06-01"),
        ("病院課", 1, "2025-06-01", "2025-06-01"),
        ("観光課", 1, "2025-05-20", "2025-05-20"),
    ] == rows_of(offices_of(2024, tables), "office", "indicators", "first_on", "last_on")
    assert offices_of(2025, tables).empty


def test_what_a_list_has_is_not_missing() -> None:
    """The list's row counts where no office reported; an office's goes before it."""
    found = status_of(2024, with_list()).set_index("indicator_id")

    assert ("provisional", True, "vision_2024_2028") == tuple(
        found.loc["2024-02-1", ["state", "is_by_list", "reported_by"]]
    )
    assert ("final", False, "空港課") == tuple(found.loc["2024-14-1", ["state", "is_by_list", "reported_by"]])
    assert 1 == by_project(status_of(2024, with_list())).set_index("project_no").loc[2, "listed"]


def test_a_difference_between_list_and_office_is_a_conflict() -> None:
    """Open until people decide it in data/curated/conflicts.csv; the same number in other words is none."""
    open_one = conflicts_of(2024, with_list(rating="○"))
    decision = pd.DataFrame(
        [("actuals_fy2024", "2024-14-1", "actual", "31万人", "32.5万人", "actuals_fy2024", "精査後")],
        columns=["source", "concerns", "field", "earlier_text", "later_text", "wins", "reason"],
    )
    decided = conflicts_of(2024, with_tables(with_list(), conflicts=decision))
    columns = ("indicator_id", "field", "list_text", "office_text", "wins", "reason")

    assert [
        ("2024-14-1", "actual", "31万人", "32.5万人", None, None),
        ("2024-14-1", "rating", "○", "-", None, None),
    ] == rows_of(open_one, *columns)
    assert [("2024-14-1", "actual", "31万人", "32.5万人", "actuals_fy2024", "精査後")] == rows_of(
        decided, *columns
    )
    assert conflicts_of(2024, with_list(text="325千人", value=325000.0)).empty
    found = status_of(2024, with_list(rating="○"))
    assert ["2024-14-1"] == found[found["has_conflict"]]["indicator_id"].tolist()
    assert (1, 1) == (counts_of(found).conflicts, counts_of(found).undecided)
    settled = counts_of(status_of(2024, with_tables(with_list(), conflicts=decision)))
    assert (1, 0) == (settled.conflicts, settled.undecided)


def test_a_made_up_area_has_its_own_status() -> None:
    """A plan of sixteen indicators, one reported: those that all partners join are said in one word."""
    one = ("2", "2033-02-1", "2033", "0人", "0", "final", "◎", "rule", "-", "総務課", "2034-05-01", "a.xlsx")
    tables = with_tables(made_up(), actuals=entries(one, fiscal_year=2033))
    found = status_of(2033, tables)

    assert (16, 1, 15, 5, 5, 3) == tuple(
        getattr(counts_of(found), name)
        for name in ("indicators", "final", "missing", "projects", "projects_missing", "kpis_missing")
    )
    assert ("全町村", "B町", None) == tuple(
        column_of(found, "municipalities")[key] for key in ("2033-01-1", "2033-02-1", "2033-05-1")
    )


def test_a_plan_without_indicators_has_nothing_to_report() -> None:
    """Each part of the report says so; none fails, none claims that all is in."""
    none = status_of(2033, made_up(indicators=head(INDICATORS)))

    assert [("2033年度に実績を尋ねる指標はない", "")] == points(report.main_points(none, 2033))
    assert "対象となる指標はない。" == report.request(none).summary
    assert "未報告の指標はない。" == status_tables.missing_table(none, 2033).summary
    assert [] == rows(status_tables.projects_table(none, 2033))
    assert by_project(none).empty


def test_a_year_outside_the_plan_has_no_status() -> None:
    """It is refused as everywhere."""
    with pytest.raises(ParameterError, match="can be asked for"):
        status_of(2023, with_entries())


def test_the_terminal_shows_each_project(
    status: pd.DataFrame, tables: Tables, nothing: pd.DataFrame, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A line for each, the sum, then the offices; a name in brackets is no markup."""
    monkeypatch.setenv("COLUMNS", "160")
    offices = offices_of(2024, tables)
    progress_table.tell(status, offices.assign(office=offices["office"].replace("空港課", "[red]空港課")))
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]

    assert ["14", "丘珠空港の利用促進", "1", "1", "2025-07-01", "空港課"] in lines
    assert ["17", "公共施設の相互利用や配置に関する検討", "4", "1", "3", "2025-06-01", "環境課"] in lines
    assert ["all", "82", "3", "1", "2", "76", "0"] in lines
    assert ["[red]空港課:", "1", "indicators,", "last", "on", "2025-07-01"] in lines

    progress_table.tell(nothing, offices_of(2025, tables))
    assert "no office has reported yet" in capsys.readouterr().out


def test_main_points_say_what_is_in_and_what_is_asked(status: pd.DataFrame) -> None:
    """What is known first, then what is missing and of whom it is asked; e-mails list the missing ones."""
    piece = report.main_points(status, 2024)

    assert [
        ("2024年度の実績は、82指標のうち4指標が届いている", "確定が3指標、暫定が1指標。"),
        (
            "76指標が未報告",
            "未報告の指標があるのは、55事業のうち52事業と、基本KPI3件。担当の部署には、記入用のブックに記入し、"
            "札幌市 連携中枢都市圏担当課(記載例)へお送りいただきたい。",
        ),
        ("2指標は集計中", "値が分かり次第、記入用のブックでお知らせいただきたい。"),
        ("1指標は暫定値", "値が確定したら、記入用のブックの「暫定」を「確定」に改めてお知らせいただきたい。"),
    ] == points(piece)
    assert isinstance(piece, MainPoints)
    [attention] = piece.attention
    assert ("未報告の指標(76件)", 76) == (attention.title, len(attention.items))
    assert (
        "新製品・販路拡大支援採択後、5年目までの売上額",
        "No. 4 新製品・新技術の開発のための支援。この年度に求める値なし、目標 5,020百万円(2027年度)",
    ) in attention.items


def test_main_points_are_right_before_anything_is_in(nothing: pd.DataFrame) -> None:
    """Nothing looks broken: nothing is in, all of it is asked for."""
    assert [
        (
            "2024年度の実績は、82指標のいずれもまだ届いていない",
            "報告のあった指標から、年度の報告書に掲載する。",
        ),
        (
            "82指標が未報告",
            "未報告の指標があるのは、55事業すべてと、基本KPI4件。担当の部署には、記入用のブックに記入し、"
            "札幌市 連携中枢都市圏担当課(記載例)へお送りいただきたい。",
        ),
    ] == points(report.main_points(nothing, 2024))


def test_main_points_are_right_when_all_is_in(status: pd.DataFrame) -> None:
    """No request is left; only KPIs missing, or a conflict, are said as well."""
    full = status.assign(state="final")
    kpi = full.assign(state=full["state"].where(full["kind"] != "kpi", "missing"))
    conflict = full.assign(has_conflict=full["indicator_id"] == "2024-14-1")

    assert [("2024年度の実績は、82指標すべてが届いている", "いずれも確定値である。")] == points(
        report.main_points(full, 2024)
    )
    assert "未報告の指標があるのは、基本KPI4件。" in points(report.main_points(kpi, 2024))[1][1]
    decided = ("1指標で、一覧の記載と部署の報告とが異なる", "どちらによるかは、理由とともに決めてある。")
    assert decided == points(report.main_points(conflict, 2024))[1]
    undecided = conflict.assign(is_undecided=conflict["has_conflict"])
    assert "1指標は、どちらによるかが決まっていない。" == points(report.main_points(undecided, 2024))[1][1]
    assert "確定した実績がすべて届いている。ご協力に感謝する。" == report.request(full).summary
    assert "未報告の指標はない。" == status_tables.missing_table(full, 2024).summary
    assert "集計中又は暫定の実績はない。" == status_tables.unsettled_table(full, 2024).summary


def test_nothing_is_asked_for_where_nothing_is_missing(status: pd.DataFrame) -> None:
    """But that values become known and final; and what nobody knows has not come in."""
    counting = status.assign(state="pending")
    request = report.request(counting).summary

    assert request.startswith("集計中又は暫定の実績は、値が分かり、又は確定したときに、")
    assert "次の指標" not in request and "掲げた" not in request and "問合せ先は、電話" in request
    told = points(report.main_points(counting, 2024))
    assert "2024年度の実績は、82指標のいずれもまだ値が届いていない" == told[0][0]
    asks = {"pending": "まとめたもの。", "missing": "まとめ、未報告の指標の報告をお願いするもの。"}
    for state, said in asks.items():
        title = report.title(status.assign(state=state), 2024)
        assert isinstance(title, Title)
        assert title.lead.endswith(said)


def test_without_a_list_nothing_is_said_of_one(status: pd.DataFrame, tables: Tables) -> None:
    """No part compares offices with it."""
    conflicts = conflicts_of(2024, tables)

    assert status_tables.conflicts_heading(conflicts, status, 2024) is None
    assert status_tables.conflicts_table(conflicts, status, 2024) is None
    of_list = with_list()
    assert status_tables.conflicts_heading(conflicts_of(2024, of_list), status_of(2024, of_list), 2024)


def test_the_request_says_whom_to_ask(status: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marked as an example while it is one; without an issuer it names nobody."""
    said = report.request(status).summary
    assert "札幌市 連携中枢都市圏担当課(記載例)へお送りいただきたい" in said
    assert "問合せ先は、電話 011-000-0000、メール renkei@example.jp(記載例)。" in said

    area = replace(Area.current(), issuer=None)
    monkeypatch.setattr(Area, "current", classmethod(lambda _: area))
    said = report.request(status).summary
    assert "記入用のブックに記入し、お送りいただきたい" in said
    assert "問合せ先" not in said


def test_the_tables_list_what_is_missing_and_what_may_change(status: pd.DataFrame) -> None:
    """With what is asked of the year and who takes part; with who reported, and when."""
    table = status_tables.missing_table(status, 2024)
    assert isinstance(table, Table)
    assert "札幌市の示した値ではない" in table.note
    words_alone = status_tables.missing_table(status[status["unit"] == "言葉"], 2024)
    assert isinstance(words_alone, Table)
    assert "" == words_alone.note
    missing = rows(table)
    unsettled = rows(status_tables.unsettled_table(status, 2024))

    assert 76 == len(missing)
    assert [
        "基本KPI | 圏域内民営事業所売上",
        "兆円",
        "試算 29.8兆円(直線補間)\n目標 30兆7千億円(2028年)",
        "－",
    ] == missing[0]
    assert [
        "No. 2 連携した企業誘致の推進 | 情報交換会議の開催", "回", "1回(毎年度)", "全市町村"
    ] in missing  # fmt: skip
    assert [
        ["基本KPI | 観光入込客数", "集計中", "観光課", "2025年5月20日"],
        ["No. 17 公共施設の相互利用や配置に関する検討 | 可燃ごみの受入・処理についての検討・協議", "集計中",
         "環境課", "2025年6月1日"],
        ["No. 3 創業の促進 | 事業の参加者数", "4,800名", "創業課", "2025年5月20日"],
    ] == unsettled  # fmt: skip


def test_the_tables_list_projects_and_offices(status: pd.DataFrame, tables: Tables) -> None:
    """Every project once, the KPIs in a group of their own; every office with its days."""
    piece = status_tables.projects_table(status, 2024)
    projects = rows(piece)

    assert isinstance(piece, Table)
    assert ("事業ごとの報告状況(55事業)", "基本KPI") == (piece.caption, piece.groups[0].head)
    assert 56 == len(projects)
    assert ["No. 5 先端技術の活用に関する支援", "2", "1", "0", "0", "1", "2025年7月2日 | 創業課"] in projects
    assert ["No. 3 創業の促進", "1", "0", "1", "0", "0", "2025年5月20日 | 創業課"] in projects
    assert ["基本KPI", "4", "0", "0", "1", "3", "2025年5月20日 | 観光課"] == projects[0]
    assert ["指標", "確定", "暫定", "集計中", "未報告"] == [column.head for column in piece.columns[1:6]]
    assert ["創業課", "2", "2025年5月20日", "2025年7月2日"] == rows(
        status_tables.offices_table(offices_of(2024, tables), 2024)
    )[0]
    empty = status_tables.offices_table(offices_of(2025, tables), 2024)
    assert "報告した部署はまだない。" == empty.summary


def test_what_a_list_says_is_told_as_the_lists() -> None:
    """By its title, without a day; a project that only a list knows says so."""
    of_list = status_of(2024, with_list())
    [row] = [
        row for row in rows(status_tables.unsettled_table(of_list, 2024)) if "情報交換会議の開催" in row[0]
    ]
    [project] = [
        row for row in rows(status_tables.projects_table(of_list, 2024)) if row[0].startswith("No. 2 ")
    ]

    assert ["1回", "第2期さっぽろ連携中枢都市圏ビジョン Ⅵ 連携協約に基づき推進する具体的取組", "－"] == row[
        1:
    ]
    assert "一覧による" == project[-1]


def test_the_conflicts_are_told_with_what_was_decided() -> None:
    """Or that nobody decided yet."""
    tables = with_list()
    status = status_of(2024, tables)
    open_one = status_tables.conflicts_table(conflicts_of(2024, tables), status, 2024)
    conflicts = conflicts_of(2024, tables)
    for wins, said in (("actuals_fy2024", "部署の報告"), ("another", "一覧")):
        decided = conflicts.assign(wins=wins, reason="精査後")
        assert [said, "精査後"] == rows(status_tables.conflicts_table(decided, status, 2024))[0][-2:]

    assert [
        ["No. 14 丘珠空港の利用促進 | 丘珠空港年間利用者数", "実績値", "31万人", "32.5万人", "未定", "－"]
    ] == rows(open_one)
    none = status_tables.conflicts_table(conflicts.head(0), status, 2024)
    assert none is not None
    assert "一覧の記載と部署の報告とが異なるものはない。" == none.summary


def test_the_chart_counts_the_states_of_each_pillar(status: pd.DataFrame) -> None:
    """Its title says the sum."""
    chart = report.states_chart(status, 2024)

    assert isinstance(chart, Figure)
    assert "2024年度の実績：確定3件、暫定1件、集計中2件、未報告76件" == chart.title
    assert "役割1 圏域全体の経済成長のけん引は、確定1件、暫定1件、集計中1件、未報告14件。" in chart.alt
    assert isinstance(report.states_chart(status.head(0), 2024), Paragraph)


def test_the_notebook_makes_the_report_before_anything_is_in() -> None:
    """As the project is now: title, issuer, request, and no empty table."""
    made = content("status", "fiscal_year = 2026")
    page = html_page(made)

    assert "2026年度(令和8年度) 実績の報告状況" == made.title
    [heading] = [piece for piece in made.pieces if isinstance(piece, Title)]
    assert ["発行", "問合せ先", "データの時点"] == [head for head, _ in heading.imprint]
    assert "該当するものはない" not in page
    assert "2026年度の実績は、82指標のいずれもまだ届いていない" in page
    cells = [cell for piece in made.pieces if isinstance(piece, Table) for group in piece.groups
             for row in group.rows for cell in row]  # fmt: skip
    assert all(isinstance(cell, Cell) and "nan" not in cell.text.lower() for cell in cells)


def test_the_notebook_reads_what_offices_reported(checkout_copy: Checkout) -> None:
    """As it stands in data/actuals, which it cites; no table needs to be built for it."""
    rows = entries(*ENTRIES).drop(columns=["fiscal_year", "source_line"])
    rows["observed_year"] = rows["observed_year"].astype("Int64")
    for year in (2024, 2025):
        rows.to_csv(checkout_copy.actuals / f"fy{year}.csv", index=False)
    made = content("status", "fiscal_year = 2024  # of a copy")
    page = html_page(made)

    assert "2024年度の実績は、82指標のうち4指標が届いている" in page
    assert "さっぽろ連携中枢都市圏「2024年度 連携事業の実績報告」" in page
    assert "2025年度 連携事業の実績報告" not in page
    assert (
        "データの時点",
        "2024年度から2028年度まで【確定版】、2024年度の実績報告【暫定値を含む】",
    ) in made.imprint


def test_the_report_is_on_offer_for_each_year_and_not_by_default(checkout: Checkout) -> None:
    """`make reports` goes without it; a secretariat asks for it."""
    family = families(checkout)["status"]

    assert not family.is_default
    assert [f"fy{year}/status" for year in range(2024, 2029)] == [of.file for of in family.reports()]


def test_the_command_tells_and_makes_the_report(renkei: Command, tmp_path: Path) -> None:
    """The table, then where the report lies; a year outside the plan is one message and nothing else."""
    made = renkei("actuals", "status", "--fiscal-year", "2025", "--output", str(tmp_path))
    refused = renkei("actuals", "status", "--fiscal-year", "2019", "--output", str(tmp_path / "none"))

    assert (0, "") == (made.returncode, made.stderr)
    assert "82" in made.stdout
    assert str(tmp_path / "fy2025" / "status.html") in made.stdout
    assert {"html", "pdf", "xlsx"} <= {path.suffix[1:] for path in (tmp_path / "fy2025").iterdir()}
    cells = json.loads((tmp_path / "fy2025" / "status.ipynb").read_text(encoding="utf-8"))["cells"]
    assert any(cell.get("outputs") for cell in cells)
    assert (1, "", 1) == (refused.returncode, refused.stdout, len(refused.stderr.splitlines()))
    assert not (tmp_path / "none").exists()
