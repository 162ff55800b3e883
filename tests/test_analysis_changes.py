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
from renkei.kpis import KpiWay, below_before, kpi_way, kpi_ways, open_at_newest
from renkei.target_changes import (
    CHANGED,
    COUNTED_AS,
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
#: As what each of these counts: where the definition changed, higher or lower says little.
COUNTED_BY_HAND = [
    "raised", "lowered", "redefined", "kept", "raised", "lowered", "kept", "lowered", "dropped", "added",
    "dropped", "kept", "redefined", "redefined", "kept", "added", "added", "added",
]  # fmt: skip
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
        # A target that was replaced was dropped, however it is said.
        ({"final_target_value": None, "relation": "replaced"}, "added"),
        ({"old_target_value": None}, "hardened"),
        ({"old_target_value": None, "relation": "replaced"}, "added"),
        ({"final_target_value": None, "relation": "redefined"}, "softened"),
        ({"old_target_value": None, "relation": "redefined"}, "hardened"),
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

    assert {*COLUMNS, "counted_as"} == set(changes)
    assert BY_HAND == rows_of(changes, *COLUMNS)
    assert COUNTED_BY_HAND == changes["counted_as"].to_list()
    assert set(TARGET_CHANGES) == {row[3] for row in BY_HAND}
    assert BY_HAND == rows_of(target_changes(compare_in_detail(2033, tables), tables), *COLUMNS)


def test_counts_of_the_changes() -> None:
    """In a fixed order, 0 where none did; lowered and softened ones ask less."""
    tables = made_up()
    changes = target_changes(compare(2034, tables), tables)
    counts = change_counts(changes)

    assert [("raised", 2), ("kept", 4), ("lowered", 3), ("softened", 0), ("hardened", 0), ("redefined", 3),
            ("dropped", 2), ("added", 4)] == list(counts.items())  # fmt: skip
    assert list(COUNTED_AS) == list(counts)
    assert 3 == eased(counts)
    assert 5 == eased(counts | {"softened": 2})
    assert {0} == set(change_counts(changes.head(0)).values())
    assert ["2033-K1", "2033-01-2"] == changed_by(changes, "raised")["to_indicator"].to_list()
    assert ["2033-K3", "2033-05-2", "2033-05-3"] == changed_by(changes, "redefined")["to_indicator"].to_list()
    assert 0 == len(changed_by(changes.head(0), "raised"))
    assert set(CHANGED) == set(COUNTED_AS) - {"kept", "dropped", "added"}
    assert set(COUNTED_AS) == {*TARGET_CHANGES, "redefined"}


def test_numbers_that_became_words_count_where_the_definition_stayed() -> None:
    """And words that became numbers: 健診 and 利用回数, were they the same as before."""
    crosswalk = changed(changed(CROSSWALK, "2030-05-2", relation="same"), "2030-K3", relation="same")
    tables = made_up(crosswalk=crosswalk)
    counts = change_counts(target_changes(compare(2034, tables), tables))

    # Of the three redefined ones 講座 is left.
    assert (1, 1, 1, 4) == (counts["softened"], counts["hardened"], counts["redefined"], eased(counts))


def test_a_target_that_was_replaced_is_dropped_and_another_added() -> None:
    """講座, were it replaced by another, and 施設, said in words: two rows of each, one for each plan."""
    crosswalk = changed(
        changed(CROSSWALK, "2030-05-3", relation="replaced"), "2030-05-1", relation="replaced"
    )
    tables = made_up(crosswalk=crosswalk)
    changes = target_changes(compare(2034, tables), tables)

    assert [
        ("2030-05-1", None, "replaced", "dropped", "dropped"),
        (None, "2033-05-1", "replaced", "added", "added"),
        ("2030-05-3", None, "replaced", "dropped", "dropped"),
        (None, "2033-05-3", "replaced", "added", "added"),
    ] == rows_of(
        changes[changes["relation"] == "replaced"],
        "from_indicator", "to_indicator", "relation", "target_change", "counted_as",
    )  # fmt: skip
    assert len(BY_HAND) + 2 == len(changes)


def test_the_changes_of_each_pillar() -> None:
    """A dropped target counts for the pillar that it was in."""
    tables = made_up()
    changes = target_changes_in_detail(compare(2034, tables), tables)

    assert {
        1: {"raised": 2, "kept": 2, "lowered": 2, "softened": 0, "hardened": 0, "redefined": 0, "dropped": 2,
            "added": 2},
        2: {"raised": 0, "kept": 2, "lowered": 1, "softened": 0, "hardened": 0, "redefined": 3, "dropped": 0,
            "added": 2},
    } == changes_by_pillar(changes)  # fmt: skip
    assert [1, 2] == list(changes_by_pillar(changes.iloc[::-1]))
    assert {} == changes_by_pillar(changes.head(0))


def test_a_row_speaks_of_the_new_indicator_or_of_the_old_where_it_ended() -> None:
    """With the old target's words, and the outcome where a new indicator is concerned."""
    tables = made_up()
    changes = target_changes_in_detail(compare(2034, tables), tables)
    rows = typed_rows(changes, Change)

    assert BY_HAND == rows_of(changes, *COLUMNS)
    assert [row[1] or row[0] for row in BY_HAND] == changes["indicator_id"].to_list()
    assert (
        Change("raised", "same", "同じ", None, None, 1, "来訪者数", "160人", "150人", "70人", "100人")
        == rows[0]
    )
    assert (
        Change("dropped", "redefined", "数え方が別", 2, "前の創業", 1, "相談", "8件", "8件", None, "2件")
        == rows[8]
    )
    assert (
        Change("added", "redefined", "数え方が別", 2, "創業", 1, "相談", "24件", None, "16件", "-") == rows[9]
    )
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
    """From the old baseline to the new target, with value, words and year of each; K3 is another count.

    160 are 70 more than 90, which is 700/9 %, and 60 more than the newest 100; -50 is 70 more than -120 and
    40 more than the newest -90, of which there is no percentage; 30 is 30 more than 0, likewise.
    """
    tables = made_up()
    way = kpi_way(compare_in_detail(2034, tables), tables)

    assert [*KpiWay.__dataclass_fields__, "newest_source"] == list(way)
    assert [
        KpiWay("2033-K1", "来訪者数", "人", "人", False, "同じ", 90, "90人", 2029, 150, "150人", 2032,
               70, "70人", 2030, False, 100, "100人", 2032, 160, "160人", 2035, 100, "100人", 2032,
               "baseline", False, 70, 100 * 70 / 90, 60, 60),
        KpiWay("2033-K2", "社会増減", "人", "人", False, "同じ", -120, "▲120人", 2028, -40, "▲40人", 2032,
               -90, "▲90人", 2031, False, -100, "▲100人", 2030, -50, "▲50人", 2035, -90, "▲90人", 2031,
               "outcome_2021", False, 70, None, 40, None),
        KpiWay("2033-K3", "利用回数", "回", "件", True, "範囲が別", None, "-", None, None, "増加", 2032,
               11, "11件", 2031, False, 0, "0回", 2032, 30, "30回", 2035, 0, "0回", 2032,
               "baseline", False, None, None, 30, None),
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
    assert ([], []) == (kpi_ways(none), below_before(none))
    assert [] == kpi_ways(
        kpi_way(compare_in_detail(2034, made_up(indicators=only(INDICATORS, "2030"))), tables)
    )


def test_one_old_kpi_may_not_go_on_as_two() -> None:
    """Nor may an old indicator stand twice."""
    tables = made_up(crosswalk=changed(CROSSWALK, "2030-K2 2033-K2", from_indicator="2030-K1"))

    with pytest.raises(MergeError):
        kpi_way(compare_in_detail(2034, tables), tables)


def test_an_outcome_for_reference_is_marked_on_the_way() -> None:
    """社会増減, were its remark to say so."""
    tables = made_up(outcomes=changed(OUTCOMES, "2030-K2", note="参考記載"))

    assert [False, True, False] == kpi_way(compare_in_detail(2034, tables), tables)[
        "outcome_is_reference"
    ].to_list()


@pytest.mark.parametrize(
    ("target", "beyond", "percent", "is_below"),
    [(80, -10, -100 / 9, True), (90, 0, 0, False), (91, 1, 10 / 9, False), (0, -90, None, True),
     (-9, -99, None, True)],
)  # fmt: skip
def test_what_a_target_asks_beyond_the_level_before(
    target: int, beyond: int, percent: float | None, is_below: bool
) -> None:
    """Before there were 90 visitors; a percentage needs two numbers above zero."""
    tables = made_up(indicators=changed(INDICATORS, "2033-K1", target_value=target))
    way = kpi_way(compare_in_detail(2034, tables), tables)

    assert [(beyond, None if percent is None else pytest.approx(percent))] == rows_of(
        way.head(1), "against_before", "against_before_percent"
    )
    # Below 100, the newest.
    assert [target - 100] == way.head(1)["against_newest"].to_list()
    assert (["2033-K1"] if is_below else []) == [row.indicator_id for row in below_before(way)]


def test_what_a_redefined_target_asks_is_held_against_nothing_before() -> None:
    """社会増減, had it another scope now: against the newest value alone."""
    tables = made_up(crosswalk=changed(CROSSWALK, "2030-K2", relation="redefined"))
    way = kpi_way(compare_in_detail(2034, tables), tables)

    assert [("2033-K2", True, None, 40)] == rows_of(
        way.iloc[[1]], "indicator_id", "is_redefined", "against_before", "against_newest"
    )


def test_how_many_final_targets_the_newest_value_leaves_open() -> None:
    """Below and just it and above, both ways; without a value a target is open."""
    rows = frame_of("""
    direction newest_value final_target_value
    higher    2            3
    higher    3            3
    higher    4            3
    lower     4            3
    lower     3            3
    lower     2            3
    higher    .            3
    """)

    assert 3 == open_at_newest(rows)
    assert 0 == open_at_newest(rows.head(0))
    assert 3 == open_at_newest(compare_in_detail(2034, made_up()).head(3))
