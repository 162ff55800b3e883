"""The tables of a municipality's report against counts made from the tables in another way."""

import pytest
from renkei.area import Area
from renkei.cost_bearing import bearings
from renkei.costs import costs_by_project, year_shown, years_with_costs
from renkei.mentions import mentions_of
from renkei.participation import participation_of
from renkei.report.bearing import bearing_table
from renkei.report.kit.pieces import Figure, Table
from renkei.report.mentions import mentions_table
from renkei.report.municipality import difference_table, pillar_chart
from test_municipality_points import AMOUNTS, LEAD, PARTNERS, PROJECTS, YEARS, joined, limited, texts_with

EVERYONE = [LEAD, *PARTNERS]


def bearing_table_of(name: str, year: int) -> Table:
    shown = year_shown(years_with_costs(), year)
    made = bearing_table(name, bearings(participation_of(name), costs_by_project(), shown), shown)
    assert isinstance(made, Table)
    return made


@pytest.mark.parametrize("name", EVERYONE)
@pytest.mark.parametrize("year", YEARS)
def test_each_kind_of_bearing_has_its_projects_words_and_cost(name: str, year: int) -> None:
    """The numbers in a row are as many as it says, cost what it says, and have the words that it quotes."""
    shown, column = min(year, 2025), "lead_cost" if name == LEAD else "partner_cost"
    table = bearing_table_of(name, year)
    seen: list[str] = []

    assert f"{name}の費用負担の種類({len(joined(name))}事業、単位：千円)" == table.caption
    assert f"{shown}年度の事業費見込額" == table.columns[-1].head
    for _, number, projects, texts, amount in table.groups[0].rows:
        numbers = projects.text.removeprefix("No. ").split("、")
        amounts = [AMOUNTS[no, shown] for no in numbers if (no, shown) in AMOUNTS]
        assert len(numbers) == number.number
        assert {joined(name)[no][column] for no in numbers} == set(texts.text.split("\n"))
        assert amount.number == (sum(amounts) if amounts else None)
        seen += numbers
    assert sorted(joined(name)) == sorted(seen)


def test_what_the_words_of_bearing_do_not_say_stands_below_the_table() -> None:
    """Which project has two kinds, which only those bear who join, whose cost it is not, and what － says."""
    partner, lead = bearing_table_of("千歳市", 2024).note, bearing_table_of(LEAD, 2024).note
    joining = "、".join(texts_with("千歳市", "参加する市町村は"))

    assert partner.startswith(
        f"2つ以上の種類があるNo. 18は、先に掲げた種類に数えた。No. {joining}の負担は、"
        "「参加する市町村は」と記されている。事業費見込額は事業ごとに示された額であり、千歳市の負担額ではない。"
    )
    assert "市町村別の内訳は文書に示されていない。" in lead
    assert "負担額ではない" not in lead
    # Every kind has an amount, so that no － needs to be explained.
    assert "0円とは異なる" not in partner


@pytest.mark.parametrize("name", EVERYONE)
def test_who_takes_part_stands_by_name(name: str) -> None:
    """The seven projects of some partners: those that it joins, then the others; all partners by name."""
    table = difference_table(name, participation_of(name))
    some = {
        row["project_no"]: row["municipalities"]
        for row in PROJECTS
        if len(row["municipalities"].split("、")) < 11
    }

    assert isinstance(table, Table)
    assert 7 == len(some) == table.row_count
    heads = [
        f"{name}が参加する({len(limited(name))}事業)",
        f"{name}は参加しない({7 - len(limited(name))}事業)",
    ]
    assert heads[: len(table.groups)] == [group.head for group in table.groups]
    found = [(row[0].text.split()[1], row[2]) for group in table.groups for row in group.rows]
    assert some == {number: cell.text for number, cell in found}
    assert [f"11市町村のうち{len(cell.text.split('、'))}" for _, cell in found] == [
        cell.above for _, cell in found
    ]
    assert set(limited(name)) == {row[0].text.split()[1] for row in table.groups[0].rows}


@pytest.mark.parametrize("name", EVERYONE)
def test_a_charts_title_says_in_how_many_it_takes_part(name: str) -> None:
    """All of the seven, or how many of them."""
    chart = pillar_chart(name, participation_of(name))
    number = len(limited(name))

    assert isinstance(chart, Figure)
    words = "のすべてに参加" if number == 7 else f"のうち{number}事業に参加"
    assert f"{name}：一部の連携市町村だけが参加する7事業{words}" == chart.title


@pytest.mark.parametrize("name", EVERYONE)
def test_the_notes_that_name_it_stand_with_project_indicator_and_line(name: str) -> None:
    """Each whole, as the list has it; where there is none, that is said; so is that there is no list."""
    mentions = mentions_of(name) or []
    piece = mentions_table(name, mentions)
    year = Area.current().outcome_year

    if not mentions:
        assert f"{year}年度の一覧の実施状況等の欄に、{name}の名は記されていない。" == piece.summary
    else:
        assert isinstance(piece, Table)
        assert f"{name}の名が記された実施状況等({len(mentions)}件)" == piece.caption
        assert [
            (
                of.name,
                f"No. {of.project_no}",
                of.project_name,
                of.note.replace(" ", ""),
                f"{of.source_line}行",
            )
            for of in mentions
        ] == [
            (
                row[0].text,
                row[1].text,
                row[2].text,
                row[3].text.replace("\n", "").replace(" ", ""),
                row[4].text,
            )
            for row in piece.groups[0].rows
        ]
        assert "2021年度" in piece.source
        assert "第2期" not in piece.source
    assert f"{year}年度の実施状況の一覧がない。" == mentions_table(name, None).summary
