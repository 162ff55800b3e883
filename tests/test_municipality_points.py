"""The main points of each municipality in each year, against counts made from the tables in another way."""

import csv
import re
from functools import cache

import pytest
from conftest import ROOT
from renkei.area import Area
from renkei.comparison import compare_in_detail
from renkei.costs import costs_by_project, year_shown, years_with_costs
from renkei.mentions import mentions_of
from renkei.participation import of_joined, participation_of
from renkei.report.kit.pieces import MainPoints
from renkei.report.municipality_points import main_points

LEAD, *PARTNERS = [of_area.name for of_area in Area.current().municipalities]
YEARS = range(2024, 2029)
EACH = [(name, year) for name in (LEAD, *PARTNERS) for year in YEARS]
#: What no person would write: all of them, none of them, or twice the same number.
UNHELPFUL = (
    r"(?<!\d)(\d+)(件|事業|指標|市町村)のうち\1\2",
    r"(\d+)件、うち\1件",
    r"(?<![\d,.])0(件|事業|指標|億円)",
)


def rows(table: str) -> list[dict[str, str]]:
    """The newest plan's rows of a table's file."""
    with (ROOT / "data" / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["plan"] == "2024"]


PROJECTS = rows("projects")
AMOUNTS = {
    (row["project_no"], int(row["fiscal_year"])): int(row["amount_thousand_yen"])
    for row in rows("costs") if row["amount_thousand_yen"]
}  # fmt: skip


def joined(name: str) -> dict[str, dict[str, str]]:
    """The projects that a municipality joins, by number."""
    return {
        row["project_no"]: row for row in PROJECTS
        if name == LEAD or name in row["municipalities"].split("、")
    }  # fmt: skip


def limited(name: str) -> dict[str, set[str]]:
    """The partners of the joined projects that not all partners join."""
    partners = {number: set(row["municipalities"].split("、")) for number, row in joined(name).items()}
    return {number: names for number, names in partners.items() if len(names) < len(PARTNERS)}


def texts_with(name: str, *words: str) -> list[str]:
    """The numbers of the joined projects whose words on costs have all of these."""
    column = "lead_cost" if name == LEAD else "partner_cost"
    return [no for no, row in joined(name).items() if all(word in row[column] for word in words)]


@cache
def points(name: str, year: int) -> dict[str, str]:
    """Headlines with their details."""
    taken = participation_of(name)
    piece = main_points(
        name, year, taken, of_joined(costs_by_project(), taken), year_shown(years_with_costs(), year),
        of_joined(compare_in_detail(year), taken), mentions_of(name),
    )  # fmt: skip
    assert isinstance(piece, MainPoints)
    assert len({point.headline for point in piece.points}) == len(piece.points)
    return {point.headline: point.detail for point in piece.points}


def point(name: str, year: int, words: str) -> tuple[str, str]:
    """The one point whose headline has these words."""
    [found] = [item for item in points(name, year).items() if words in item[0]]
    return found


def hundred_millions(thousand_yen: int) -> str:
    """An amount as reports say it: 124億円, 250.6億円."""
    return f"{thousand_yen / 100_000:.1f}億円".replace(".0億", "億")


@pytest.mark.parametrize(("name", "year"), EACH)
def test_nothing_is_said_that_no_person_would_write(name: str, year: int) -> None:
    """No 55 of 55, no 0件, no empty headline, no sentence that lacks its stop."""
    for headline, detail in points(name, year).items():
        assert headline
        assert not headline.endswith("。")
        assert not detail or detail.endswith("。")
        assert [] == [words for words in UNHELPFUL if re.search(words, f"{headline}。{detail}")]
        assert "。。" not in detail


@pytest.mark.parametrize(("name", "year"), EACH)
def test_in_what_it_takes_part(name: str, year: int) -> None:
    """Of the plan's 55 projects as many as name it; those that do not are named."""
    headline, detail = next(iter(points(name, year).items()))
    absent = [no for no in (row["project_no"] for row in PROJECTS) if no not in joined(name)]

    assert 55 == len(PROJECTS)
    assert headline == (
        f"第2期ビジョンの55事業のうち{len(joined(name))}事業に参加"
        if absent
        else "第2期ビジョンの55事業すべてに参加"
    )
    assert absent == re.findall(r"No\. (\d+)「", detail)


@pytest.mark.parametrize(("name", "year"), [(name, year) for name, year in EACH if name != LEAD])
def test_what_a_partner_pays_and_how_it_is_reckoned(name: str, year: int) -> None:
    """Each kind by words that its texts have; the kinds make up all projects that it joins."""
    headline, detail = point(name, year, "費用負担の決め方")
    named = {
        "協定書に基づく負担金": texts_with(name, "協定書に基づく負担金"),
        "人口に応じた費用": texts_with(name, "人口に応じた費用"),
        "参加児童数に応じた負担金": texts_with(name, "参加児童数に応じた負担金"),
        "協議会等で決定された費用": texts_with(name, "等において決定された費用"),
    }
    counted = {
        "事業実施に必要な費用": len(texts_with(name, "事業実施に必要な費用")),
        "必要に応じた負担": len(texts_with(name, "必要に応じて"))
        - len(texts_with(name, "必要に応じて", "人口に応じた費用")),
        "費用負担の生じないもの": len(texts_with(name, "費用負担は生じない")),
    }

    assert f"費用負担の決め方が記されているのは{sum(map(len, named.values()))}事業" == headline
    assert {words: "、".join(numbers) for words, numbers in named.items()} == dict(
        re.findall(r"(?<![^。、])([^。、]+)がNo\. ([\d、]*\d)", detail)
    )
    assert {words: str(number) for words, number in counted.items()} == dict(
        re.findall(r"([^。、]+)が(\d+)事業", detail)
    )
    assert len(joined(name)) == sum(map(len, named.values())) + sum(counted.values())
    assert f"No. {'、'.join(texts_with(name, '参加する市町村は'))}の負担は、「参加する市町村」の" in detail


@pytest.mark.parametrize("year", YEARS)
def test_what_the_lead_pays(year: int) -> None:
    """By hand: 33 of its 55 texts speak of 基本的な費用, 17 of 必要な費用; one is none of the known ones."""
    headline, detail = point(LEAD, year, "費用負担は")
    basic, needed = (texts_with(LEAD, words) for words in ("係る基本的な費用", "実施に必要な費用"))

    assert (33, 17) == (len(basic), len(needed))
    assert f"費用負担は「事業に係る基本的な費用」が最も多く、{len(basic)}事業" == headline
    assert f"協議会等で決定された費用がNo. {'、'.join(texts_with(LEAD, '決定された費用'))}。" in detail
    assert (
        f"ほかは、事業実施に必要な費用が{len(needed)}事業、必要に応じた負担が"
        f"{len(texts_with(LEAD, '必要に応じて負担'))}事業、費用負担の生じないものが"
        f"{len(texts_with(LEAD, '費用負担は生じない'))}事業、定型の言い方でなく、分類しなかったものが"
        f"{len(texts_with(LEAD, '事業に関わる費用や補助'))}事業。"
    ) in detail


@pytest.mark.parametrize(("name", "year"), EACH)
def test_what_the_projects_cost(name: str, year: int) -> None:
    """The sum of the amounts, and of those of which it bears nothing; 2025's where none is given."""
    shown = min(year, 2025)
    headline, detail = point(name, year, "事業費見込額")
    amounts = [AMOUNTS[no, shown] for no in joined(name) if (no, shown) in AMOUNTS]
    free = sum(AMOUNTS[no, shown] for no in texts_with(name, "費用負担は生じない"))
    projects = f"{len(joined(name))}事業" + (
        "" if len(amounts) == len(joined(name)) else f"のうち額が示された{len(amounts)}事業"
    )

    if year > 2025:
        assert f"{year}年度の事業費見込額は、ビジョンに記載がない" == headline
        assert detail.startswith(
            f"記載のある2025年度の額は、参加する{projects}で{hundred_millions(sum(amounts))}。"
        )
    else:
        assert f"参加する{projects}の{year}年度の事業費見込額は{hundred_millions(sum(amounts))}" == headline
    assert (name != LEAD) == (f"{name}の負担額ではない" in detail)
    assert "市町村別の内訳は文書に示されていない。" in detail
    assert ([f"このうち{hundred_millions(free)}は、"] if free else []) == re.findall("このうち.+?、", detail)


@pytest.mark.parametrize(("name", "year"), EACH)
def test_who_else_takes_part(name: str, year: int) -> None:
    """Each joined project of some partners, with those who join it or those who do not."""
    headline, detail = point(name, year, "一部の連携市町村だけが参加する7事業")
    found: dict[str, set[str]] = {}
    for numbers, word, names in re.findall(
        r"No\. ([\d、]+)(は|には)([^。]+?)(?:とともに参加する|が加わらない)。", detail
    ):
        named = set(names.split("、"))
        partners = set(PARTNERS) - named if word == "には" else named | ({name} - {LEAD})
        found |= dict.fromkeys(numbers.split("、"), partners)

    assert limited(name) == found
    assert headline.endswith("のすべてに参加" if len(found) == 7 else f"のうち{len(found)}事業に参加")
    assert f"ほかの{len(joined(name)) - len(found)}事業には連携市町村のすべてが参加する。" in detail
    assert (name != LEAD) == detail.endswith(f"連携中枢都市の{LEAD}は、どの事業にも参加する。")


@pytest.mark.parametrize(("name", "year"), EACH)
def test_what_the_notes_of_2021_say(name: str, year: int) -> None:
    """As many as the list has with its name; a single one is quoted; nothing is said of none."""
    with (ROOT / "data" / "tables" / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        notes = [row for row in csv.DictReader(file) if re.search(rf"(?<![一-龠]){name}", row["note"])]
    said = [(headline, detail) for headline, detail in points(name, year).items() if "実施状況" in headline]

    assert min(len(notes), 1) == len(said)
    for headline, detail in said:
        if len(notes) == 1:
            assert "」とある。" in detail
            assert re.findall("「(.+)」とある", detail)[0] in notes[0]["note"]
        else:
            assert headline.endswith(f"指標は{len(notes)}件")
            numbers = [str(int(row["indicator_id"][5:7])) for row in notes]
            assert numbers == re.findall(r"No\. (\d+)「", detail)


@pytest.mark.parametrize(("name", "year"), EACH)
def test_what_is_due(name: str, year: int) -> None:
    """Targets of the joined projects that end in the year; where there is none, there is no point."""
    due = [
        row["name"] for row in rows("indicators")
        if row["project_no"] in joined(name) and row["target_last_year"] == str(year)
        and row["target_kind"] not in ("every_year", "state")
    ]  # fmt: skip
    said = {headline: detail for headline, detail in points(name, year).items() if "期限を迎える" in headline}
    expected = (
        {f"参加する事業で{year}年度に期限を迎える目標は{len(due)}件": f"「{'」「'.join(due)}」。"}
        if due
        else {}
    )

    assert expected == said


@pytest.mark.parametrize(("name", "year"), EACH)
def test_how_the_newest_values_stand(name: str, year: int) -> None:
    """Of the joined projects' targets that the plan itself sets, how many can be judged, and are missed."""
    compared = compare_in_detail(year)
    own = [
        status
        for no, basis, status in zip(
            compared["project_no"], compared["basis"], compared["newest_status"], strict=True
        )
        if str(no) in joined(name) and basis not in ("interpolated", "prorated")
    ]
    missed = own.count("not_met")
    headline, detail = point(name, year, "最新値で届いていない")

    assert 0 < missed < missed + own.count("met")
    assert headline.endswith(f"比べられる{missed + own.count('met')}指標のうち{missed}指標")
    assert "指標は圏域全体のもの" in detail


def test_municipalities_differ_where_facts_do() -> None:
    """No two that join other projects, or are named by other notes, have the same headlines and details."""
    for year in YEARS:
        facts = {name: (tuple(joined(name)), tuple(mentions_of(name) or ())) for name in PARTNERS}
        texts = {name: str(points(name, year)).replace(name, "") for name in PARTNERS}
        assert len(set(facts.values())) <= len(set(texts.values()))
