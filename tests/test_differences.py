"""What new tables have otherwise than those of before, in words and by project."""

# ruff: noqa: E501
import csv
import io
from collections.abc import Callable

import pytest
from conftest import ROOT
from renkei.checkout import Checkout
from renkei.tables.build import TABLES
from renkei.tables.differences import Differences, Project, differences

CHECKOUT = Checkout(ROOT)
STANDING = {name: (CHECKOUT.tables / f"{name}.csv").read_text(encoding="utf-8") for name in TABLES}

Row = dict[str, str]


def told(**edits: Callable[[list[Row]], list[Row]]) -> str:
    """What is told where these tables are otherwise."""
    return str(
        differences(CHECKOUT, STANDING, STANDING | {name: edited(name, edit) for name, edit in edits.items()})
    )


def edited(name: str, edit: Callable[[list[Row]], list[Row]]) -> str:
    rows = list(csv.DictReader(io.StringIO(STANDING[name], newline="")))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text, list(rows[0]) if rows else STANDING[name].strip().split(","), lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(edit(rows))
    return text.getvalue()


def cell(column: str, new: str, **where: str) -> Callable[[list[Row]], list[Row]]:
    """Another cell in the rows with these cells."""
    return lambda rows: [{**row, column: new} if where.items() <= row.items() else row for row in rows]


def without(**where: str) -> Callable[[list[Row]], list[Row]]:
    return lambda rows: [row for row in rows if not where.items() <= row.items()]


def test_what_is_the_same_is_no_difference() -> None:
    """Nothing is said by project, and the line that stands for it says so."""
    assert "no row goes, comes or changes" == told()


@pytest.mark.parametrize(
    ("table", "edit", "said"),
    [
        ("indicators", without(indicator_id="2024-03-1"), "2024 No. 3 創業の促進: loses 評価指標 “事業の参加者数”"),
        ("indicators", cell("target_value", "50", indicator_id="2024-03-1"), "2024 No. 3 創業の促進: 評価指標 “事業の参加者数”: 目標値 5000 → 50"),
        ("indicators", cell("name", "参加した人の数", indicator_id="2024-03-1"), "2024 No. 3 創業の促進: 評価指標 “事業の参加者数”: 名称 事業の参加者数 → 参加した人の数"),
        ("indicators", cell("indicator_id", "2024-03-9", indicator_id="2024-03-1"), "2024 No. 3 創業の促進: 評価指標 “事業の参加者数”: 指標ID 2024-03-1 → 2024-03-9"),
        ("indicators", cell("baseline_value", "", indicator_id="2024-K2"), "2024 基本KPI: 基本KPI “観光入込客数”: 基準値 30273000 → (nothing)"),
        ("outcomes", cell("actual_value", "1", indicator_id="2019-03-1"), "2019 No. 3 創業の促進: 2021年度の実績 of 評価指標 "),
        ("outcomes", without(indicator_id="2019-K2"), "2019 基本KPI: loses 2021年度の実績 of 基本KPI “観光入込客数”"),
        ("costs", cell("amount_thousand_yen", "7", project_no="1", fiscal_year="2024"), "2024 No. 1 連携事業の企画、立案、効果検証: 2024年度の事業費見込額: 事業費見込額(千円) 5726 → 7"),
        ("footnotes", cell("term", "スタート", number="10"), "脚注 10 “スタートアップ”: 用語 スタートアップ → スタート"),
        ("projects", without(plan="2024", project_no="55"), "2024 No. 55 固定資産の評価に係る家屋比準評価の導入: loses 連携事業"),
        ("projects", cell("name", "創業", plan="2024", project_no="3"), "2024 No. 3 創業: 連携事業: 名称 創業の促進 → 創業"),
    ],
)  # fmt: skip
def test_each_row_is_told_under_its_project(
    table: str, edit: Callable[[list[Row]], list[Row]], said: str
) -> None:
    """What goes and what changes, cell by cell with the heads of the columns."""
    assert said in told(**{table: edit})


def test_what_comes_is_told() -> None:
    """A row that was not there, with or without a project that was."""
    assert "2024 No. 3 創業の促進: gains 評価指標 “事業の参加者数”" == str(
        differences(
            CHECKOUT,
            STANDING | {"indicators": edited("indicators", without(indicator_id="2024-03-1"))},
            STANDING,
        )
    )


def test_a_long_text_is_shown_where_it_differs() -> None:
    """Some characters around the first one that is otherwise, on both sides."""
    said = told(
        projects=lambda rows: [
            {**row, "summary": row["summary"].replace("効果検証を行う", "効果検証をする")} for row in rows
        ]
    )

    assert (
        "2024 No. 1 連携事業の企画、立案、効果検証: 連携事業: 事業概要 …の企画、立案、効果検証を行う。 → …の企画、立案、効果検証をする。"
        in said
    )


def test_moved_lines_are_counted() -> None:
    """Rows that only stand in other lines of their document are no change of a project."""
    said = told(footnotes=lambda rows: [{**row, "source_line": "1"} for row in rows])

    assert "no row goes, comes or changes\n7 rows stand in other lines of their documents" == said


def test_of_many_projects_all_are_named() -> None:
    """Twelve with what changes, four changes each; of the others the names; never more than 16 lines."""
    said = told(costs=lambda _: [], indicators=lambda _: [])

    lines = said.splitlines()
    assert len(lines) <= 16
    assert all(
        f"{plan} No. {number} " in said
        for plan, last in ((2019, 51), (2024, 55))
        for number in range(1, last + 1)
    )
    many = Differences({Project("2024", "1 架空"): tuple("abcdef")})
    assert "2024 No. 1 架空: a; b; c; d; … and 2 more" == str(many)


@pytest.mark.parametrize(
    "text", ["", "plan,project_no\n1,2\n", STANDING["projects"].split("\n")[0] + "\n2024,1\n"]
)
def test_tables_that_do_not_read_have_no_rows(text: str) -> None:
    """Of another version, or cut off: all rows come anew."""
    found = differences(CHECKOUT, STANDING | {"projects": text}, STANDING)

    assert 106 == len([changes for changes in found.by_project.values() if "gains 連携事業" in changes])
