"""What people judged in data/curated claims no more than the documents say."""

import re
from decimal import Decimal
from itertools import chain

import pytest
from conftest import ROOT
from renkei.checkout import Checkout
from renkei.documents.sources import document, sources_on_record
from second_reading import Row, rows, squeezed

DATA = ROOT / "data"
PAIRS = rows(DATA / "curated" / "crosswalk.csv")
INDICATORS = {row["indicator_id"]: row for row in rows(DATA / "tables" / "indicators.csv")}
OUTCOMES = {row["indicator_id"]: row for row in rows(DATA / "tables" / "outcomes.csv")}
PROJECTS = {(row["plan"], row["project_no"]): row for row in rows(DATA / "tables" / "projects.csv")}
DOUBTS = rows(DATA / "curated" / "doubts.csv")
RATE_COUNTS = rows(DATA / "curated" / "rate_counts.csv")
SECTIONS = [row for row in rows(DATA / "curated" / "sections.csv") if row["plan"] == "2024"]
#: The one figure from elsewhere: 北海道新聞, 2018-08-18, on the passengers of JR's station alone in FY2017.
FROM_ELSEWHERE = {"2019-K3": {"99436", "2018", "8", "18"}}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def by_id(pair: Row) -> str:
    return pair["from_indicator"] or pair["to_indicator"]


def cells(indicator_id: str) -> list[str]:
    """All that the documents say of an indicator and its project."""
    indicator = INDICATORS[indicator_id]
    project = PROJECTS.get((indicator["plan"], indicator["project_no"]), {})
    outcome = OUTCOMES.get(indicator_id, {})
    return [
        *(indicator[column] for column in ("name", "baseline_text", "target_text", "project_no")),
        *(project.get(column, "") for column in ("name", "summary", "lead_role", "partner_role")),
        *(outcome.get(column, "") for column in ("actual_text", "note")),
    ]


def cells_of(pair: Row) -> list[str]:
    """What the documents say of a pair; of one with one side, what the other document says of anything."""
    own = [pair[column] for column in ("from_indicator", "to_indicator") if pair[column]]
    if len(own) == 2:
        return [*chain.from_iterable(map(cells, own))]
    others = [name for name, row in INDICATORS.items() if row["plan"] != INDICATORS[own[0]]["plan"]]
    return [*chain.from_iterable(map(cells, [*own, *others]))]


def numbers_in(text: str) -> set[str]:
    return {number.replace(",", "") for number in NUMBER.findall(squeezed(text))}


def quotes_in(text: str) -> list[str]:
    """What stands in 「」."""
    return re.findall(r"「(.+?)」", text)


@pytest.mark.parametrize("pair", PAIRS, ids=by_id)
def test_what_a_reason_quotes_stands_in_the_documents(pair: Row) -> None:
    """Each text in 「」 is part of a cell of the pair, or of the document that lacks a counterpart."""
    found = [squeezed(cell) for cell in cells_of(pair)]

    assert [] == [
        quote for quote in quotes_in(pair["reason"]) if not any(squeezed(quote) in cell for cell in found)
    ]


@pytest.mark.parametrize("pair", PAIRS, ids=by_id)
def test_a_reason_names_no_number_that_neither_document_has(pair: Row) -> None:
    """But for the names of the list and the vision, and the one figure from elsewhere."""
    reason = re.sub(r"2021年度の(?:一覧|実績)|第2期ビジョン", "", pair["reason"])
    known = FROM_ELSEWHERE.get(by_id(pair), set()).union(*map(numbers_in, cells_of(pair)))

    assert set() == numbers_in(reason) - known


@pytest.mark.parametrize("pair", PAIRS, ids=by_id)
def test_a_reason_does_not_say_that_something_began_or_was_given_up(pair: Row) -> None:
    """The documents say what each plan has, not what became of it between them."""
    assert not re.search("新しい|新規事業|開始した|やめ|廃止|なくなった|統合", pair["reason"])


def test_a_new_indicator_with_a_baseline_says_so() -> None:
    """It has been measured before: the reason quotes the baseline."""
    measured = {
        pair["to_indicator"]: pair["reason"]
        for pair in PAIRS
        if pair["relation"] == "new" and INDICATORS[pair["to_indicator"]]["baseline_text"] != "-"
    }

    assert ["2024-17-1", "2024-25-1", "2024-30-1", "2024-39-1"] == list(measured)
    for indicator_id, reason in measured.items():
        assert f"基準値は「{INDICATORS[indicator_id]['baseline_text']}」である" in reason


@pytest.mark.parametrize(
    ("side", "relation", "words"),
    [
        ("to_indicator", "new", "一覧に対応する事業がない"),
        ("from_indicator", "ended", r"ビジョンに.*の事業がない"),
    ],
)
def test_a_project_without_counterpart_has_none_in_any_pair(side: str, relation: str, words: str) -> None:
    """Where a reason says so, every indicator of that project is new, or has ended."""
    told = [pair for pair in PAIRS if pair["relation"] == relation and re.search(words, pair["reason"])]
    numbers = {INDICATORS[pair[side]]["project_no"] for pair in told}

    assert told
    assert {relation} == {
        pair["relation"] for pair in PAIRS if pair[side] and INDICATORS[pair[side]]["project_no"] in numbers
    }


@pytest.mark.parametrize("pair", [p for p in PAIRS if re.match("指標名.*同じ", p["reason"])], ids=by_id)
def test_what_a_reason_calls_the_same_is_the_same(pair: Row) -> None:
    """Name, unit and target, whichever the reason names."""
    old, new = INDICATORS[pair["from_indicator"]], INDICATORS[pair["to_indicator"]]
    said = pair["reason"].split("同じ")[0]
    columns = {"指標名": ["name"], "単位": ["unit"], "単位、目標が": ["target_value", "target_kind"]}
    claimed = [name for word, names in columns.items() if word in said for name in names]

    assert [old[column] for column in claimed] == [new[column] for column in claimed]


def test_the_passengers_of_sapporo_station_are_one_measure() -> None:
    """191,851 for FY2028 is 1.0 % above the 189,932 of FY2017; both are a day's."""
    [pair] = [pair for pair in PAIRS if pair["from_indicator"] == "2019-K3"]
    old, new = INDICATORS["2019-K3"], INDICATORS["2024-K3"]

    assert ("2024-K3", "same", "true") == (pair["to_indicator"], pair["relation"], pair["is_comparable"])
    assert ("人/日", "人/日") == (old["unit"], new["unit"])
    assert ("189932", "191851") == (old["baseline_value"], new["target_value"])
    above = Decimal(new["target_value"]) / Decimal(old["baseline_value"]) * 100 - 100
    assert Decimal("1.0") == round(above, 1)


def source_lines(source: str) -> list[str]:
    checkout = Checkout(ROOT)
    return document(checkout, sources_on_record(checkout)[source]).decode("utf-8").split("\n")


FORECASTS = [row for row in DOUBTS if row["kind"] == "forecast"]


@pytest.mark.parametrize("doubt", FORECASTS, ids=lambda row: row["source_line"])
def test_the_numbers_of_a_doubtful_forecast_stand_in_its_line(doubt: Row) -> None:
    """Or are the sum or difference of two that do, or of one that does and such a sum: 285 - (30 + 55)."""
    line = source_lines(doubt["source"])[int(doubt["source_line"]) - 1]
    known = {Decimal(number) for number in numbers_in(line)}
    for number in NUMBER.findall(squeezed(doubt["doubt"])):
        value = Decimal(number.replace(",", ""))
        if value not in known:
            assert any(value in (a + b, a - b) for a in known for b in known), number
            known.add(value)


def test_doubtful_forecasts_are_of_the_list_and_name_two_numbers() -> None:
    """What is known, and what is expected: 85 for 285, 42.9 % for 75 %; two are still to be held."""
    assert ["26", "66", "93", "101"] == [row["source_line"] for row in FORECASTS]
    assert [True, True] == [{"85", "285"} <= numbers_in(FORECASTS[2]["doubt"]),
                            {"42.9", "75"} <= numbers_in(FORECASTS[3]["doubt"])]  # fmt: skip


@pytest.mark.parametrize("row", RATE_COUNTS, ids=lambda row: row["source_line"])
def test_counts_give_the_rate_that_their_line_prints(row: Row) -> None:
    """9 of 21 is 42.9 %; counts and rate stand in the line, which is the indicator's."""
    line = source_lines(row["source"])[int(row["source_line"]) - 1]
    rate = Decimal(row["rate_percent"])
    places = -int(rate.as_tuple().exponent)

    assert {row["part"], row["whole"]} <= numbers_in(row["found"])
    assert row["rate_percent"] in numbers_in(line)
    assert rate == round(Decimal(row["part"]) / Decimal(row["whole"]) * 100, places)
    assert row["source_line"] == OUTCOMES[row["indicator_id"]]["source_line"]


def blank_lines_before_headings() -> dict[str, int]:
    """How many blank lines stand before the heading of each section of the vision, by its name."""
    lines = [squeezed(line) for line in source_lines("vision_2024_2028")]
    names = {squeezed(row["section"]) for row in SECTIONS}
    blanks, last = {}, 0
    for number, line in enumerate(lines):
        if line and line[1:].rstrip("1") in names:
            blanks[line[1:].rstrip("1")] = number - last - 1
        if line:
            last = number
    return blanks


def test_a_project_is_placed_above_a_heading_that_has_more_blank_lines_before_it() -> None:
    """9 or 11 where five are usual: the page's first project belongs to the section before.

    A heading right below a pillar's or a part's stands one line below it, and the one below the KPI of the
    first pillar three. What the 37 blank lines before the third part mean cannot be told (see doubts.csv).
    """
    blanks = blank_lines_before_headings()
    sections = list(blanks)
    more = {name: count for name, count in blanks.items() if count > 5}
    last_of = {squeezed(row["section"]): row for row in SECTIONS}

    assert 22 == len(sections)
    expected = {"地域経済の裾野拡大": 9, "教育・文化・スポーツ": 9, "土地利用": 9, "環境": 11}
    assert {squeezed(name): count for name, count in expected.items()} == more
    assert {1, 3, 5} == set(blanks.values()) - set(more.values())
    above = [last_of[sections[sections.index(name) - 1]] for name in more]
    assert ["6", "21", "25", "33"] == [row["project_no"] for row in above]
    for (name, count), row in zip(expected.items(), above, strict=True):
        assert f"{name}」の前の空行が通常(5行)より多い({count}行)ページの最初の事業" in row["reason"]
