"""What became of made-up targets and KPIs from one plan to the next, worked by hand."""

from dataclasses import replace

import pytest
from made_up_tables import (
    CROSSWALK,
    INDICATORS,
    OUTCOMES,
    PROJECTS,
    changed,
    frame_of,
    head,
    made_up,
    only,
    rows_of,
    without,
)
from pandas.errors import MergeError
from renkei.comparison import compare, compare_in_detail
from renkei.kpis import KpiWay, asking_less_than_before, asking_more_than_baseline, kpi_way, kpi_ways
from renkei.target_changes import (
    CHANGED,
    TARGET_CHANGES,
    Change,
    ChangedTarget,
    change_counts,
    changed_by,
    changes_by_pillar,
    eased,
    target_change_of,
    target_changes,
    target_changes_in_detail,
)
from renkei.typed_rows import typed_rows

#: Each row of the crosswalk; 相談 counts another way now, which drops one target and adds another.
BY_HAND = [
    ("2030-K1", "2033-K1", "same", "raised", "同じ"),
    ("2030-K2", "2033-K2", "same", "lowered", "同じ"),
    ("2030-K3", "2033-K3", "redefined", "hardened", "範囲が別"),
    ("2030-01-1", "2033-01-1", "same", "kept", "同じ"),
    # 25 minutes where there were 30 is more to ask; 5 accidents where there were 4 is less.
    ("2030-01-2", "2033-01-2", "same", "raised", "同じ"),
    ("2030-01-3", "2033-01-3", "same", "lowered", "同じ"),
    ("2030-02-1", "2033-02-1", "same", "kept", "同じ"),
    ("2030-02-2", "2033-02-2", "same", "lowered", "同じ"),
    ("2030-02-3", None, "redefined", "dropped", "数え方が別"),
    (None, "2033-02-3", "redefined", "added", "数え方が別"),
    ("2030-02-4", None, "ended", "dropped", "終了"),
    ("2030-05-1", "2033-05-1", "same", "kept", "同じ"),
    ("2030-05-2", "2033-05-2", "redefined", "softened", "範囲が別"),
    ("2030-05-3", "2033-05-3", "redefined", "lowered", "名称が別"),
    ("2030-05-4", "2033-05-4", "same", "kept", "同じ"),
    (None, "2033-03-1", "new", "added", "新規"),
    (None, "2033-04-1", "new", "added", "新規"),
    (None, "2033-05-5", "new", "added", "新規"),
]
COLUMNS = ("from_indicator", "to_indicator", "relation", "target_change", "reason")
#: 5 of something every year, and 5 as before.
SAME = ChangedTarget("2030-01-1", "same", 5, "every_year", "件", 5, "every_year", "件", "higher")


@pytest.mark.parametrize(
    ("other", "change"),
    [
        ({}, "kept"),
        ({"from_indicator": None, "relation": "new"}, "added"),
        ({"final_target_value": 6}, "raised"),
        ({"final_target_value": 4}, "lowered"),
        ({"final_target_value": 6, "direction": "lower"}, "lowered"),
        ({"final_target_value": 4, "direction": "lower"}, "raised"),
        ({"direction": "lower"}, "kept"),
        ({"final_target_value": -6, "old_target_value": -5}, "lowered"),
        ({"final_target_value": 0}, "lowered"),
        ({"relation": "redefined", "final_target_value": 6}, "raised"),
        ({"relation": "replaced"}, "added"),
        ({"unit": "人"}, "added"),
        ({"unit": None, "old_unit": None}, "kept"),
        ({"target_kind": "cumulative"}, "added"),
        ({"old_target_kind": "cumulative"}, "added"),
        ({"target_kind": "cumulative", "old_target_kind": "cumulative"}, "kept"),
        ({"target_kind": "by_year"}, "kept"),
        ({"final_target_value": None}, "softened"),
        ({"final_target_value": None, "relation": "replaced"}, "softened"),
        ({"old_target_value": None}, "hardened"),
        ({"old_target_value": None, "relation": "replaced"}, "hardened"),
        ({"old_target_value": None, "final_target_value": None}, "kept"),
        ({"old_target_value": None, "final_target_value": None, "relation": "redefined"}, "kept"),
        ({"old_target_value": None, "final_target_value": None, "relation": "replaced"}, "added"),
    ],
)
def test_how_one_target_changed(other: dict[str, object], change: str) -> None:
    """A 5 every year, which would be kept, with something else about it."""
    assert change == target_change_of(replace(SAME, **other))  # type: ignore[arg-type]


def test_what_became_of_every_target() -> None:
    """In the order of the crosswalk; all seven words are there."""
    tables = made_up()
    changes = target_changes(compare(2034, tables), tables)

    assert list(COLUMNS) == list(changes)
    assert BY_HAND == rows_of(changes, *COLUMNS)
    assert set(TARGET_CHANGES) == {row[3] for row in BY_HAND}
    assert BY_HAND == rows_of(target_changes(compare_in_detail(2033, tables), tables), *COLUMNS)


def test_counts_of_the_changes() -> None:
    """In a fixed order, 0 where none did; lowered and softened ones ask less."""
    tables = made_up()
    changes = target_changes(compare(2034, tables), tables)
    counts = change_counts(changes)

    assert [("raised", 2), ("kept", 4), ("lowered", 4), ("softened", 1), ("hardened", 1), ("dropped", 2),
            ("added", 4)] == list(counts.items())  # fmt: skip
    assert 5 == eased(counts)
    assert {0} == set(change_counts(changes.head(0)).values())
    assert ["2033-K1", "2033-01-2"] == changed_by(changes, "raised")["to_indicator"].to_list()
    assert 0 == len(changed_by(changes.head(0), "raised"))
    assert set(CHANGED) == set(TARGET_CHANGES) - {"kept", "dropped", "added"}


def test_the_changes_of_each_pillar() -> None:
    """A dropped target counts for the pillar that it was in."""
    tables = made_up()
    changes = target_changes_in_detail(compare(2034, tables), tables)

    assert {
        1: {"raised": 2, "kept": 2, "lowered": 2, "softened": 0, "hardened": 0, "dropped": 2, "added": 2},
        2: {"raised": 0, "kept": 2, "lowered": 2, "softened": 1, "hardened": 1, "dropped": 0, "added": 2},
    } == changes_by_pillar(changes)
    assert [1, 2] == list(changes_by_pillar(changes.iloc[::-1]))
    assert {} == changes_by_pillar(changes.head(0))


def test_a_row_speaks_of_the_new_indicator_or_of_the_old_where_it_ended() -> None:
    """With the old target's words, and the outcome where a new indicator is concerned."""
    tables = made_up()
    changes = target_changes_in_detail(compare(2034, tables), tables)
    rows = typed_rows(changes, Change)

    assert BY_HAND == rows_of(changes, *COLUMNS)
    assert [row[1] or row[0] for row in BY_HAND] == changes["indicator_id"].to_list()
    assert Change("raised", "same", "同じ", None, None, 1, "来訪者数", "160人", "150人", "70人") == rows[0]
    assert (
        Change("dropped", "redefined", "数え方が別", 2, "前の創業", 1, "相談", "8件", "8件", None) == rows[8]
    )
    assert Change("added", "redefined", "数え方が別", 2, "創業", 1, "相談", "24件", None, "16件") == rows[9]
    assert ("会議", "3回", None) == (rows[10].name, rows[10].old_target_text, rows[10].outcome_2021_text)


def test_a_plan_without_a_crosswalk_has_no_changes() -> None:
    """No rows, and the same columns."""
    some, tables = made_up(), made_up(crosswalk=head(CROSSWALK))
    none = target_changes_in_detail(compare(2034, tables), tables)

    assert 0 == len(none)
    assert list(target_changes_in_detail(compare(2034, some), some)) == list(none)


def test_a_stranger_in_the_crosswalk_is_not_lost() -> None:
    """An indicator that no plan has keeps its row, with nothing known of it; which check tells."""
    tables = made_up(crosswalk=f"{CROSSWALK}2029-01-1 . ended false 他")
    changes = target_changes_in_detail(compare(2034, tables), tables)

    assert [("2029-01-1", "dropped", None, None)] == rows_of(
        changes.tail(1), "indicator_id", "target_change", "name", "pillar"
    )
    tables = made_up(crosswalk=changed(CROSSWALK, "2030-K1", from_indicator="2029-K1"))
    way = kpi_way(compare_in_detail(2034, tables), tables)
    assert [("2033-K1", None), ("2033-K2", "人"), ("2033-K3", "件")] == rows_of(
        way, "indicator_id", "old_unit"
    )


def test_a_pair_or_project_that_stands_twice_is_refused() -> None:
    """Rows are never doubled silently."""
    compared = compare(2034, made_up())
    with pytest.raises(MergeError):
        target_changes_in_detail(compared, made_up(crosswalk=f"{CROSSWALK}2030-02-4 . ended false 二度"))
    with pytest.raises(MergeError):
        target_changes_in_detail(compared, made_up(projects=f"{PROJECTS}2033 4 二度 2 . 二度 . . . . ."))


def test_the_way_of_each_kpi() -> None:
    """From the old baseline to the new target, with value, words and year of each; K3 is another count."""
    tables = made_up()
    way = kpi_way(compare_in_detail(2034, tables), tables)

    assert list(KpiWay.__dataclass_fields__) == list(way)
    assert [
        KpiWay("2033-K1", "来訪者数", "人", "人", False, "同じ", 90, "90人", 2029, 150, "150人", 2032,
               70, "70人", 2030, 100, "100人", 2032, 160, "160人", 2035),
        KpiWay("2033-K2", "社会増減", "人", "人", False, "同じ", -120, "▲120人", 2028, -40, "▲40人", 2032,
               -90, "▲90人", 2031, -100, "▲100人", 2030, -50, "▲50人", 2035),
        KpiWay("2033-K3", "利用回数", "回", "件", True, "範囲が別", None, "-", None, None, "増加", 2032,
               11, "11件", 2031, 0, "0回", 2032, 30, "30回", 2035),
    ] == kpi_ways(way)  # fmt: skip
    assert rows_of(way, *way) == rows_of(kpi_way(compare_in_detail(2035, tables), tables), *way)


def test_a_kpi_without_a_predecessor_has_no_way() -> None:
    """Those that have one are numbered anew; with none there are no rows."""
    tables = made_up(crosswalk=without(CROSSWALK, "2030-K1"))
    way = kpi_way(compare_in_detail(2034, tables), tables)

    assert (["2033-K2", "2033-K3"], [0, 1]) == (way["indicator_id"].to_list(), way.index.to_list())
    tables = made_up(crosswalk=head(CROSSWALK), outcomes=head(OUTCOMES))
    none = kpi_way(compare_in_detail(2034, tables), tables)
    assert list(way) == list(none)
    assert ([], 0, 0) == (kpi_ways(none), asking_more_than_baseline(none), asking_less_than_before(none))
    assert [] == kpi_ways(
        kpi_way(compare_in_detail(2034, made_up(indicators=only(INDICATORS, "2030"))), tables)
    )


def test_one_old_kpi_may_not_go_on_as_two() -> None:
    """Nor may an old indicator stand twice."""
    tables = made_up(crosswalk=changed(CROSSWALK, "2030-K2 2033-K2", from_indicator="2030-K1"))

    with pytest.raises(MergeError):
        kpi_way(compare_in_detail(2034, tables), tables)


def test_of_how_many_kpis_the_target_asks_more_or_less() -> None:
    """Above the baseline, just it, below it, and unknown; and below what was asked before, likewise."""
    kpis = frame_of("""
    target_value baseline_value old_target_value
    3            2              1
    5            4              9
    2            2              2
    1            2              3
    .            2              .
    4            .              3
    """)

    assert 2 == asking_more_than_baseline(kpis)
    assert 1 == asking_more_than_baseline(kpis.assign(other=[3, 1, 2, 2, 2, 9]), "other")
    assert 2 == asking_less_than_before(kpis)
