"""How costs are borne: made-up words, and every text that the plan has."""

import pytest
from made_up_tables import PROJECTS, changed, made_up
from renkei.cost_bearing import BEARINGS, RULED, Bearing, BearingGroup, bearings, by_kind, kinds_of, ruled
from renkei.costs import costs_by_project
from renkei.fiscal_year import FiscalYear
from renkei.load import load_table
from renkei.participation import participation_of

FY2033, FY2034 = FiscalYear(2033), FiscalYear(2034)

#: Every text of the plan, read by a person.
READ_BY_HAND = {
    "事業に係る基本的な費用を負担": ("basic",),
    "事業実施に係る基本的な費用を負担": ("basic",),
    "事業実施に必要な費用を負担": ("needed",),
    "事業に関わる費用や補助に要する費用を負担": ("other",),
    "必要に応じてその他個別費用を負担": ("as_needed",),
    "必要に応じて負担": ("as_needed",),
    "協議会等において決定された費用を負担": ("decided",),
    "実行委員会等において決定された費用を負担": ("decided",),
    "費用負担は生じない": ("nothing",),
    "協定書に基づく負担金を負担": ("agreement",),
    "協定書に基づく負担金(扶助費及びサポートセンター委託料分)を負担": ("agreement",),
    "参加する市町村は、参加児童数に応じた負担金とコンサート会場までの移動に関する費用": ("children",),
    "必要に応じてその他個別費用を負担。ただし、「救急安心センターさっぽろ」の運営事業費については、"
    "参加する市町村は人口に応じた費用を負担": ("population", "as_needed"),
}


def test_every_text_of_the_plan_is_read_as_a_person_reads_it() -> None:
    """A text that is new in the plan fails here, until a person has read it."""
    projects = load_table("projects")
    newest = projects[projects["plan"] == projects["plan"].max()]
    texts = {*newest["lead_cost"].dropna(), *newest["partner_cost"].dropna()}

    assert READ_BY_HAND == {text: kinds_of(text) for text in texts}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        # Part of a known text, or one that says more than it, is not understood.
        ("協定書に基づく負担金の半分を負担", ("other",)),
        ("人口に応じた費用を負担しない", ("other",)),
        ("事業実施に必要な費用を負担。なお、上限がある", ("other",)),
        ("費用負担は生じない。", ("nothing",)),
        ("必要に応じて負担。ただし、参加児童数に応じた負担金", ("children", "as_needed")),
        (None, ("unstated",)),
        ("-", ("unstated",)),
        ("", ("unstated",)),
    ],
)
def test_only_whole_clauses_are_understood(text: str | None, kinds: tuple[str, ...]) -> None:
    """Nothing is guessed from some words of a sentence."""
    assert kinds == kinds_of(text)


def test_what_is_borne_of_each_project_with_its_own_cost() -> None:
    """The lead's five projects, in the plan's order; 計画 gives no amount of 2034, 観光 none at all."""
    tables = made_up(projects=changed(changed(PROJECTS, "2033 5", lead_cost="費用負担は生じない"),
                                      "2033 1", lead_cost="必要に応じて負担"))  # fmt: skip
    taken = participation_of("A市", tables)
    costs = costs_by_project(tables)

    assert [
        Bearing(5, "医療", ("nothing",), "費用負担は生じない", 120_000),
        Bearing(1, "計画", ("as_needed",), "必要に応じて負担", None),
        Bearing(2, "創業", ("other",), "人件費", 80_000),
        Bearing(3, "観光", ("other",), "広告費", None),
        Bearing(4, "交通", ("other",), "補助金", None),
    ] == bearings(taken, costs, FY2034)
    assert [None] * 5 == [of.amount for of in bearings(taken, costs, None)]
    assert [60_000, 10_000, 30_000, None, None] == [of.amount for of in bearings(taken, costs, FY2033)]


def test_a_partner_bears_what_partners_bear() -> None:
    """観光 says nothing of partners; what is not joined is not borne."""
    borne = bearings(participation_of("B町", made_up()), costs_by_project(made_up()), FY2033)

    assert [(1, "旅費", "other"), (2, "会場費", "other"), (3, None, "unstated")] == [
        (of.project_no, of.text, of.kind) for of in borne
    ]


def test_each_project_counts_once_under_its_most_particular_kind() -> None:
    """The one with two kinds counts as borne by population; amounts are summed where there are any."""
    two = Bearing(1, "救急", ("population", "as_needed"), "", 5)
    agreed = Bearing(2, "中学", ("agreement",), "", 7)
    plain = Bearing(3, "観光", ("as_needed",), "", None)
    also = Bearing(4, "企業", ("as_needed",), "", 2)
    none = Bearing(5, "駅", ("nothing",), "", None)
    groups = by_kind([two, agreed, plain, also, none])

    assert [
        BearingGroup("agreement", (agreed,), 7), BearingGroup("population", (two,), 5),
        BearingGroup("as_needed", (plain, also), 2), BearingGroup("nothing", (none,), None),
    ] == groups  # fmt: skip
    assert groups[:2] == ruled(groups)
    assert [] == by_kind([])


def test_the_kinds_and_those_that_say_by_what_is_reckoned() -> None:
    """The more particular a kind, the earlier it stands."""
    assert ("agreement", "population", "children", "decided") == RULED == BEARINGS[:4]
    assert ("basic", "needed", "as_needed", "nothing", "other", "unstated") == BEARINGS[4:]


def test_a_cost_that_only_those_bear_who_join() -> None:
    """The document's own words say so."""
    assert Bearing(1, "救急", ("children",), "参加する市町村は、参加児童数に応じた負担金", None).is_if_joining
    assert not Bearing(1, "救急", ("agreement",), "協定書に基づく負担金を負担", None).is_if_joining
    assert not Bearing(1, "救急", ("unstated",), None, None).is_if_joining
