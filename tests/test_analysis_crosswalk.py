"""A made-up crosswalk, whole and with one thing wrong at a time, and what is proposed for one."""

import pytest
from made_up_tables import (
    AREA,
    CROSSWALK,
    INDICATORS,
    ONE_PLAN,
    PROJECTS,
    changed,
    head,
    made_up,
    rows_of,
    without,
)
from renkei.crosswalk import crosswalk_problems, proposals
from renkei.errors import ParameterError

PATH = "data/curated/crosswalk.csv"


def problems(crosswalk: str, **rows: str) -> list[str]:
    return list(crosswalk_problems(made_up(crosswalk=crosswalk, **rows)))


def test_a_whole_crosswalk_has_no_problems() -> None:
    """Every indicator stands in it once, and pairs and relations fit together."""
    assert [] == problems(CROSSWALK)


@pytest.mark.parametrize(
    ("crosswalk", "expected"),
    [
        (without(CROSSWALK, "2030-K1"),
         [f"{PATH}: 2030-K1 was expected once in from_indicator, found 0 times",
          f"{PATH}: 2033-K1 was expected once in to_indicator, found 0 times"]),
        (f"{CROSSWALK}2030-K1 . ended false 二度",
         [f"{PATH}: 2030-K1 was expected once in from_indicator, found 2 times"]),
        (f"{CROSSWALK}. 2033-K1 new false 二度\n. 2033-K1 new false 三度",
         [f"{PATH}: 2033-K1 was expected once in to_indicator, found 3 times"]),
    ],
)  # fmt: skip
def test_an_indicator_left_out_or_met_twice(crosswalk: str, expected: list[str]) -> None:
    """On either side, with how often it was found."""
    assert expected == problems(crosswalk)


@pytest.mark.parametrize(
    ("row", "cells", "line", "relation"),
    [
        ("2030-02-4", {"relation": "same"}, 11, "same"),
        ("2030-02-4", {"relation": "replaced"}, 11, "replaced"),
        ("2030-02-4", {"relation": "new"}, 11, "new"),
        ("2030-K3", {"relation": "ended"}, 4, "ended"),
        ("2030-K3", {"relation": "new"}, 4, "new"),
        (". 2033-05-5", {"relation": "ended"}, 18, "ended"),
        (". 2033-05-5", {"relation": "redefined"}, 18, "redefined"),
    ],
)
def test_a_relation_that_does_not_fit_its_pair(
    row: str, cells: dict[str, object], line: int, relation: str
) -> None:
    """An end has no successor, a new one no predecessor, and every other relation has both."""
    assert [f"{PATH}:{line}: {relation} does not fit which of the two indicators is given"] == problems(
        changed(CROSSWALK, row, **cells)
    )


@pytest.mark.parametrize(
    ("row", "cells", "line", "relation"),
    [
        ("2030-02-4", {}, 11, "ended"),
        (". 2033-05-5", {}, 18, "new"),
        ("2030-02-3", {"relation": "replaced"}, 10, "replaced"),
    ],
)
def test_a_pair_that_may_not_be_comparable(
    row: str, cells: dict[str, object], line: int, relation: str
) -> None:
    """What ended, is new or measures another thing is compared with nothing."""
    assert [f"{PATH}:{line}: {relation} was expected not to be comparable"] == problems(
        changed(CROSSWALK, row, is_comparable="true", **cells)
    )


def test_half_a_pair_is_told_of_once_for_each_thing_that_is_wrong_with_it() -> None:
    """A comparable pair that lacks its successor: the relation does not fit, nor can it be compared."""
    assert [
        f"{PATH}: 2033-05-5 was expected once in to_indicator, found 0 times",
        f"{PATH}:18: same does not fit which of the two indicators is given",
        f"{PATH}:18: same was expected not to be comparable",
    ] == problems(changed(CROSSWALK, ". 2033-05-5", to_indicator=".", relation="same", is_comparable="true"))


@pytest.mark.parametrize(("old", "new"), [("件", "回"), (".", "回"), ("件", ".")])
def test_a_comparable_pair_needs_one_unit(old: str, new: str) -> None:
    """The message names both units; none is a unit of its own."""
    indicators = changed(changed(INDICATORS, "2030-K3", unit=old), "2033-K3", unit=new)
    shown = [unit.replace(".", "") for unit in (old, new)]

    assert [f"{PATH}:4: a comparable pair needs one unit, found “{shown[0]}” and “{shown[1]}”"] == problems(
        changed(CROSSWALK, "2030-K3", is_comparable="true"), indicators=indicators
    )
    assert [] == problems(CROSSWALK, indicators=indicators)


def test_a_comparable_pair_of_strangers_has_no_units_to_compare() -> None:
    """Indicators that no plan has are another check's matter."""
    assert [] == problems(f"{CROSSWALK}2029-1 2036-1 same true 他")
    assert [f"{PATH}:19: a comparable pair needs one unit, found “” and “人”",
            f"{PATH}: 2033-K1 was expected once in to_indicator, found 2 times"] == sorted(
        problems(f"{CROSSWALK}2029-1 2033-K1 same true 他"), reverse=True
    )  # fmt: skip
    assert f"{PATH}:19: a comparable pair needs one unit, found “人” and “”" in problems(
        f"{CROSSWALK}2030-K1 2036-1 same true 他"
    )


def test_an_areas_first_plan_needs_no_crosswalk() -> None:
    """With the plan before there would be thirty indicators left out."""
    assert [] == list(crosswalk_problems(made_up(ONE_PLAN, crosswalk=head(CROSSWALK))))
    assert 30 == len(list(crosswalk_problems(made_up(AREA, crosswalk=head(CROSSWALK)))))


def test_likely_successors_are_proposed_best_first() -> None:
    """Project and name alike is 100; 相談 of 創業 has the letters of 前の創業 but for 前の."""
    proposed = proposals(2030, 2033, made_up())
    best = {row[0]: row[1:] for row in rows_of(proposed, *proposed)}

    assert ["from_indicator", "to_indicator", "likeness", "from_text", "to_text"] == list(proposed)
    assert (14, list(range(14))) == (len(proposed), proposed.index.to_list())
    # Those of one likeness come in the order of the old plan.
    assert ["2030-K1", "2030-K2", "2030-K3"] == proposed["from_indicator"].to_list()[:3]
    assert ("2033-K2", 100, "基本KPI 社会増減", "基本KPI 社会増減") == best["2030-K2"]
    # Of 5 and 7 letters, one and two are to be put in: 2 × 5 of 12 are alike.
    assert ("2033-02-3", 83, "前の創業 相談", "創業 相談") == best["2030-02-3"]
    assert proposed["likeness"].is_monotonic_decreasing


def test_the_same_words_in_another_order_are_alike() -> None:
    """What was 宣伝 of 観光 may go on as 観光 of 宣伝."""
    projects = f"{PROJECTS}2030 3 観光 1 . 前の観光 . . . . .\n2033 6 宣伝 1 . 宣伝 . . . . .\n"
    terms = "人 higher - . . 1人 1 by_year 2035 2035"
    indicators = f"{INDICATORS}2030-03-1 1 宣伝 {terms}\n2033-06-1 1 観光 {terms}\n"
    proposed = proposals(2030, 2033, made_up(projects=projects, indicators=indicators))

    assert [("2033-06-1", 100, "観光 宣伝", "宣伝 観光")] == [
        row[1:] for row in rows_of(proposed, *proposed) if row[0] == "2030-03-1"
    ]


def test_many_of_one_likeness_stay_in_the_plans_order() -> None:
    """However many there are: a hundred KPIs of two names by turns, of which one goes on."""
    indicators = head(INDICATORS) + "2033-K1 1 人口 人 higher - . . 1人 1 by_year 2035 2035\n"
    for number in range(100):
        name = "人数" if number % 2 else "人口"
        indicators += f"2030-K{number:02} 1 {name} 人 higher - . . 1人 1 by_year 2032 2032\n"
    proposed = proposals(2030, 2033, made_up(indicators=indicators))

    assert [*range(0, 100, 2), *range(1, 100, 2)] == [
        int(name.removeprefix("2030-K")) for name in proposed["from_indicator"]
    ]


@pytest.mark.parametrize(("plans", "found"), [((2030, 2036), 2036), ((2029, 2033), 2029)])
def test_a_plan_that_is_not_in_the_tables_is_refused(plans: tuple[int, int], found: int) -> None:
    """The message names the plans that there are, and the one that was asked for."""
    with pytest.raises(ParameterError) as error:
        proposals(*plans, made_up())

    assert f"the plans 2030, 2033 can be compared, found {found}" == str(error.value)
