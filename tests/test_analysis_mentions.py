"""Where notes name a municipality: made-up notes, and a count by hand of the list's."""

import pytest
from made_up_tables import OUTCOMES, changed, head, made_up
from renkei.area import Area
from renkei.mentions import Mention, mentions_of, names, passages


@pytest.mark.parametrize(
    "text",
    ["千歳市", "今後、千歳市、恵庭市に立地", "(千歳市6件)", "参加企業のうち千歳市1社", "江別市・千歳市各1校",
     "恵庭市及び千歳市において", "千歳市内の中学校", "千歳市の市場"],
)  # fmt: skip
def test_a_name_of_its_own_is_found(text: str) -> None:
    """Between signs, after a word in hiragana, before what belongs to the municipality."""
    assert names("千歳市", text)


@pytest.mark.parametrize(
    ("municipality", "text"),
    [("広島市", "北広島市2社"), ("千歳市", "千歳市場の改修"), ("千歳市", "千歳市街地"),
     ("岩見沢市", "岩見沢開催"), ("石狩市", "石狩湾に建設中"), ("千歳市", ""), ("島市", "広島市"),
     ("ド町", "サンド町")],
)  # fmt: skip
def test_a_name_within_another_word_is_not(municipality: str, text: str) -> None:
    """The end of a longer name, the beginning of 市場 or 市街, or a place by less than its name."""
    assert not names(municipality, text)


def test_only_points_that_name_it_are_quoted() -> None:
    """A note's points begin with ・ or ※ after a space; those signs are left out."""
    note = "・A市で開催 ・B町で2回 ※A市・B町の共催 その後"

    assert ["B町で2回", "A市・B町の共催 その後"] == passages("B町", note)
    assert ["A市で開催", "A市・B町の共催 その後"] == passages("A市", note)
    assert [] == passages("C村", note)


def test_a_mention_has_its_project_indicator_and_line() -> None:
    """実施 of 起業者 names B町 now, and that of a KPI; another year's notes are not looked at."""
    outcomes = changed(changed(OUTCOMES, "2030-02-2", note="B町で実施"), "2030-K1", note="C村とB町")
    tables = made_up(outcomes=f"{outcomes}2030-02-1 2032 2032 1人 1 ○ false false B町で延期\n")

    assert [
        Mention(None, None, "来訪者数", "C村とB町", 1), Mention(2, "前の創業", "起業者", "B町で実施", 8)
    ] == mentions_of("B町", tables)  # fmt: skip
    assert [] == mentions_of("A市", tables)
    assert mentions_of("B町", made_up(outcomes=head(OUTCOMES))) is None


def test_the_lists_notes_name_each_municipality_as_a_person_counted() -> None:
    """Read in the list by hand: 12 of its 80 notes name a municipality by its whole name."""
    by_hand = {
        "札幌市": ["4", "9", "17", "22", "35", "39", "50"],
        "小樽市": ["7", "9", "39", "39"],
        "岩見沢市": ["7", "39"],
        "江別市": ["4", "7", "39"],
        "千歳市": ["2"],
        "恵庭市": ["2", "9", "39", "39"],
        "北広島市": ["7", "25", "39", "39"],
        "石狩市": ["7", "25", "39"],
        "当別町": ["4", "39"],
        "新篠津村": [],
        "南幌町": [],
        "長沼町": ["39"],
    }
    found = {of.name: mentions_of(of.name) or [] for of in Area.current().municipalities}

    assert by_hand == {name: [str(of.project_no) for of in mentions] for name, mentions in found.items()}
    assert 12 == len({of.source_line for mentions in found.values() for of in mentions})
