"""Outcomes of a made-up area held against its targets, worked by hand."""

import pytest
from made_up_tables import (
    CROSSWALK,
    INDICATORS,
    ONE_PLAN,
    OUTCOMES,
    PROJECTS,
    changed,
    column_of,
    head,
    made_up,
    only,
    rows_of,
    without,
)
from pandas.errors import MergeError
from pandas.testing import assert_series_equal
from renkei.comparison import (
    STATUSES,
    Compared,
    Standing,
    by_year,
    compare,
    compare_in_detail,
    compared_years,
    status_of,
)
from renkei.fiscal_year import FiscalYear
from renkei.typed_rows import typed_rows

#: Of 2034: predecessor, comparable, outcome, target, gap, share in %, status, what became of the target.
BY_HAND = {
    "2033-K1": ("2030-K1", True, 70, 140, 70, 50, "not_met", "raised"),
    # Below zero there is no share: -90 lacks 30 of -60.
    "2033-K2": ("2030-K2", True, -90, -60, 30, None, "not_met", "lowered"),
    "2033-K3": ("2030-K3", False, 11, 20, None, None, "not_comparable", "hardened"),
    "2033-01-1": ("2030-01-1", True, 50, 100, 50, 50, "not_met", "kept"),
    # Lower is better: 32 are 2 too many, and 30 is 93.75 % of them.
    "2033-01-2": ("2030-01-2", True, 32, 30, 2, 93.75, "not_met", "raised"),
    # Lower is better: 0 are 5 fewer than allowed, and no share tells how much better that is.
    "2033-01-3": ("2030-01-3", True, 0, 5, -5, None, "met", "lowered"),
    # Lower is better: 3 of what should be 0.
    "2033-02-1": ("2030-02-1", True, 3, 0, 3, None, "not_met", "kept"),
    "2033-02-2": ("2030-02-2", True, 20, 20, 0, 100, "met", "lowered"),
    "2033-02-3": ("2030-02-3", False, 16, 16, None, None, "not_comparable", "added"),
    "2033-04-1": (None, False, None, 6, None, None, "no_outcome", "added"),
    "2033-03-1": (None, False, None, 9, None, None, "no_outcome", "added"),
    "2033-05-1": ("2030-05-1", True, None, None, None, None, "state", "kept"),
    "2033-05-2": ("2030-05-2", False, 9, None, None, None, "no_target", "softened"),
    # 0 of 4 is 0 %.
    "2033-05-3": ("2030-05-3", True, 0, 4, 4, 0, "not_met", "lowered"),
    # Due in 2032: nothing is asked of it any more.
    "2033-05-4": ("2030-05-4", True, None, 7, None, None, "no_target", "kept"),
    "2033-05-5": (None, False, None, None, None, None, "state", "added"),
}
#: Of 2034 as well: newest value, its year and origin, gap, share in %, status; all against the target above.
NEWEST_BY_HAND = {
    # 100 of 2032 is newer than 70 of 2030: 100 of 140 is five sevenths.
    "2033-K1": (100, 2032, "baseline", 40, 500 / 7, "not_met"),
    # -90 of 2031 is newer than -100 of 2030.
    "2033-K2": (-90, 2031, "outcome_2021", 30, None, "not_met"),
    # The old outcome counted something else; the plan's own baseline is 0 of 20.
    "2033-K3": (0, 2032, "baseline", 20, 0, "not_met"),
    "2033-01-1": (50, 2031, "outcome_2021", 50, 50, "not_met"),
    # Lower is better: 40 are 10 too many, and 30 is 75 % of them.
    "2033-01-2": (40, 2032, "baseline", 10, 75, "not_met"),
    # Lower is better: 3 are 2 fewer than allowed, and 5 is 500/3 % of them.
    "2033-01-3": (3, 2032, "baseline", -2, 500 / 3, "met"),
    "2033-02-1": (3, 2031, "outcome_2021", 3, None, "not_met"),
    "2033-02-2": (20, 2031, "outcome_2021", 0, 100, "met"),
    # No baseline, and the old outcome counted another way.
    "2033-02-3": (None, None, None, None, None, "no_outcome"),
    # 5 of 6, of the very year.
    "2033-04-1": (5, 2034, "baseline", 1, 500 / 6, "not_met"),
    "2033-03-1": (None, None, None, None, None, "no_outcome"),
    "2033-05-1": (None, None, None, None, None, "state"),
    # Nothing is asked of 2034 yet: what is known is held against nothing.
    "2033-05-2": (10, 2032, "baseline", None, None, "no_target"),
    # 4 of 4 where the outcome of 2031 was 0.
    "2033-05-3": (4, 2032, "baseline", 0, 100, "met"),
    "2033-05-4": (None, None, None, None, None, "no_target"),
    "2033-05-5": (None, None, None, None, None, "state"),
}
COLUMNS = ("from_indicator", "is_comparable", "outcome_2021_value", "target_value", "gap", "share_of_target",
           "status", "target_change")  # fmt: skip
NEWEST = ("newest_value", "newest_year", "newest_origin", "newest_gap", "newest_share", "newest_status")

#: Of 2034 itself: 来訪者数 still to be confirmed, 待ち時間 and 施設 met, 事故 not; and one of 2033.
ACTUALS = """
2033-K1      2034        2034          139人       139          -      true           false          速報
2033-01-2    2034        2034          29分        29           -      false          false          .
2033-01-3    2034        2034          6件         6            -      false          false          .
2033-02-3    2034        2034          16件        16           -      false          false          .
2033-03-1    2034        2034          9回         9            -      false          false          .
2033-02-2    2034        .             集計中      .            -      true           false          .
2033-04-1    2033        2033          1人         1            -      false          false          .
2033-05-1    2034        2034          開設        .            -      false          false          .
"""


def test_each_row_of_a_year_worked_by_hand() -> None:
    """Met and not met, falls, negatives, zeros, words, missing values and unlike pairs."""
    compared = compare(2034, made_up())

    assert list(BY_HAND.items()) == list(
        zip(compared["indicator_id"], rows_of(compared, *COLUMNS), strict=True)
    )
    assert set(STATUSES) == set(compared["status"])


def test_the_newest_value_of_each_row_worked_by_hand() -> None:
    """By the plan's baseline where it is newer than the outcome; by nothing where none is known."""
    compared = compare(2034, made_up())
    found = dict(zip(compared["indicator_id"], rows_of(compared, *NEWEST), strict=True))

    assert list(NEWEST_BY_HAND) == list(found)
    for name, expected in NEWEST_BY_HAND.items():
        assert pytest.approx(expected) == found[name], name


def test_the_newest_value_is_known_by_the_end_of_the_year() -> None:
    """Of 2033: 乗客 has a value of 2034 alone, which nobody knew, and 案内 none at all."""
    compared = compare(2033, made_up())
    found = dict(zip(compared["indicator_id"], rows_of(compared, *NEWEST), strict=True))

    assert (None, None, None, None, None, "no_target") == found["2033-04-1"]
    # 35 minutes are allowed in 2033: 40 are 5 too many, and 35 is 87.5 % of them.
    assert (40, 2032, "baseline", 5, 87.5, "not_met") == found["2033-01-2"]


def test_the_columns_are_those_that_are_described() -> None:
    """In this order, with the words of the crosswalk and of the old plan's outcome."""
    compared = compare(2034, made_up()).set_index("indicator_id")

    assert ["from_indicator", "relation", "is_comparable", "outcome_2021_value", "outcome_2021_text",
            "target_value", "basis", "gap", "share_of_target", "status", "target_change", *NEWEST,
            "actual_value", "actual_status"] == list(compared)  # fmt: skip
    assert ("redefined", "11件", "interpolated") == tuple(
        compared.loc["2033-K3", ["relation", "outcome_2021_text", "basis"]]
    )
    assert {"same", "redefined", "new"} == set(compared["relation"])


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        # 35 minutes are allowed in 2033: 32 are 3 fewer, and 35 is 109.375 % of 32.
        (2033, {"2033-01-2": (-3, 109.375, "met"), "2033-02-2": (-10, 200, "met"),
                "2033-K2": (20, None, "not_met"), "2033-05-1": (None, None, "no_target")}),
        (2035, {"2033-01-2": (7, 78.125, "not_met"), "2033-K1": (90, 43.75, "not_met"),
                "2033-K2": (40, None, "not_met"), "2033-05-2": (None, None, "state")}),
    ],
)  # fmt: skip
def test_another_year_asks_for_something_else(year: int, expected: dict[str, tuple[object, ...]]) -> None:
    """The same outcomes against the targets of the first and the last year of the plan."""
    compared = compare(year, made_up())
    found = dict(
        zip(compared["indicator_id"], rows_of(compared, "gap", "share_of_target", "status"), strict=True)
    )

    assert expected == {name: found[name] for name in expected}


def test_a_years_own_outcome_is_held_against_its_target() -> None:
    """With or without a predecessor; of that year alone; words and missing values judge nothing."""
    compared = compare(2034, made_up(outcomes=OUTCOMES + ACTUALS.lstrip()))
    found = dict(
        zip(compared["indicator_id"], rows_of(compared, "actual_value", "actual_status"), strict=True)
    )

    none = (None, "no_outcome")
    assert {
        "2033-K1": (139, "not_met"), "2033-K2": none, "2033-K3": none, "2033-01-1": none,
        "2033-01-2": (29, "met"), "2033-01-3": (6, "not_met"), "2033-02-1": none, "2033-02-2": none,
        "2033-02-3": (16, "met"), "2033-04-1": none, "2033-03-1": (9, "met"), "2033-05-1": (None, "state"),
        "2033-05-2": (None, "no_target"), "2033-05-3": none, "2033-05-4": (None, "no_target"),
        "2033-05-5": (None, "state"),
    } == found  # fmt: skip
    # The outcome of the plan before is still what gap and status are about.
    assert list(BY_HAND.values()) == rows_of(compared, *COLUMNS)


def test_a_years_own_outcome_is_the_newest_value() -> None:
    """Of 2034 or of the year before; 乗客 has a baseline of 2034, newer than its outcome of 2033."""
    compared = compare(2034, made_up(outcomes=OUTCOMES + ACTUALS.lstrip()))
    found = dict(zip(compared["indicator_id"], rows_of(compared, *NEWEST), strict=True))

    changed_rows = {
        # 139 of 140.
        "2033-K1": (139, 2034, "actual", 1, 13900 / 140, "not_met"),
        # 29 minutes of 30 allowed.
        "2033-01-2": (29, 2034, "actual", -1, 3000 / 29, "met"),
        "2033-01-3": (6, 2034, "actual", 1, 500 / 6, "not_met"),
        "2033-02-3": (16, 2034, "actual", 0, 100, "met"),
        "2033-03-1": (9, 2034, "actual", 0, 100, "met"),
        "2033-05-1": (None, 2034, "actual", None, None, "state"),
    }
    for name, expected in (NEWEST_BY_HAND | changed_rows).items():
        assert pytest.approx(expected) == found[name], name


@pytest.mark.parametrize(
    ("standing", "status"),
    [
        (Standing("none", 5, "2030-01-1", True, 9, "higher"), "no_target"),
        (Standing("carried", 5, "2030-01-1", True, 9, "higher"), "no_target"),
        (Standing("carried", None, "2030-01-1", True, None, "state"), "no_target"),
        (Standing("stated", None, None, True, 9, "state"), "state"),
        (Standing("stated", 5, None, True, 9, "higher"), "no_outcome"),
        (Standing("stated", 5, "2030-01-1", False, None, "higher"), "not_comparable"),
        (Standing("stated", 5, "2030-01-1", True, None, "higher"), "no_outcome"),
        (Standing("due", 5, "2030-01-1", True, 5, "higher"), "met"),
        (Standing("due", 5, "2030-01-1", True, 4.9, "higher"), "not_met"),
        (Standing("due", 5, "2030-01-1", True, 5, "lower"), "met"),
        (Standing("due", 5, "2030-01-1", True, 5.1, "lower"), "not_met"),
        (Standing("due", 0, "2030-01-1", True, 0, "higher"), "met"),
        (Standing("due", -5, "2030-01-1", True, -6, "higher"), "not_met"),
    ],
)
def test_what_decides_a_status(standing: Standing, status: str) -> None:
    """What is asked for comes first, not yet or no longer, then the pair, then the outcome."""
    assert status == status_of(standing)


@pytest.mark.parametrize(
    ("direction", "outcome", "target", "gap", "share"),
    [
        ("higher", 3, 4, 1, 75),
        ("higher", 0, 4, 4, 0),
        ("higher", 3, 1, -2, 300),
        ("higher", -1, 4, 5, None),
        ("higher", 3, 0, -3, None),
        ("higher", 3, -4, -7, None),
        ("lower", 8, 4, 4, 50),
        ("lower", 2, 4, -2, 200),
        ("lower", 1, 4, -3, 400),
        ("lower", 4, 1, 3, 25),
        ("lower", 0, 4, -4, None),
        ("lower", -1, 4, -5, None),
        ("lower", 4, 0, 4, None),
        ("lower", 4, -1, 5, None),
    ],
)
def test_gap_and_share_in_both_directions(
    direction: str, outcome: int, target: int, gap: int, share: int | None
) -> None:
    """A share needs two numbers above zero, but for an outcome of 0 where higher is better."""
    row = f"1 名 人 {direction} - . . {target}人 {target} every_year 2033 2035"
    tables = made_up(
        indicators=f"{head(INDICATORS)}2030-01-1 {row}\n2033-01-1 {row}",
        crosswalk=only(CROSSWALK, "2030-01-1"),
        outcomes=f"{head(OUTCOMES)}2030-01-1 2031 2031 {outcome}人 {outcome} - false false .",
    )

    compared = compare(2033, tables)

    assert [(gap, share)] == rows_of(compared, "gap", "share_of_target")
    # Nothing newer is known, so that both verdicts are one.
    assert [(gap, share)] == rows_of(compared, "newest_gap", "newest_share")
    assert compared["status"].to_list() == compared["newest_status"].to_list()


def test_what_a_report_says_of_each_row() -> None:
    """Indicator, project, the outcome's rating and year, and the crosswalk's reason beside the comparison."""
    detail = compare_in_detail(FiscalYear(2034), made_up())
    rows = {row.indicator_id: row for row in typed_rows(detail, Compared)}

    assert list(BY_HAND) == list(rows)
    kpi, own = rows["2033-K1"], rows["2033-01-2"]
    assert (None, None, "kpi", "来訪者数") == (kpi.project_no, kpi.project_name, kpi.kind, kpi.name)
    assert (1, "計画", "project", 160) == (own.project_no, own.project_name, own.kind, kpi.final_target_value)
    assert (30, 25, "○", 32) == (
        own.target_value, own.final_target_value, own.outcome_2021_rating, own.outcome_2021_value
    )  # fmt: skip
    assert {"2033-K1": 2030, "2033-01-2": 2031, "2033-05-4": None, "2033-05-5": None}.items() <= column_of(
        detail, "outcome_2021_year"
    ).items()
    assert {
        "2033-K1": "100人",
        "2033-K2": "▲90人",
        "2033-02-3": None,
        "2033-05-1": None,
    }.items() <= column_of(detail, "newest_text").items()
    assert {"2033-K3": "範囲が別", "2033-05-5": "新規"}.items() <= column_of(detail, "reason").items()
    assert {"2033-01-2": "産業", "2033-K1": None, "2033-04-1": None}.items() <= column_of(
        detail, "section"
    ).items()
    assert {2034} == set(detail["fiscal_year"])
    assert rows_of(compare(2034, made_up()), *COLUMNS) == rows_of(detail, *COLUMNS)


def test_an_outcome_that_is_given_for_reference_says_so() -> None:
    """Where its remark has the documents' words for it, and nowhere else; nor without an outcome."""
    outcomes = changed(OUTCOMES, "2030-K2", note="圏域形成前の値のため、参考記載")
    detail = compare_in_detail(2034, made_up(outcomes=outcomes))

    assert ["2033-K2"] == detail[detail["outcome_2021_is_reference"]]["indicator_id"].to_list()
    assert "bool" == detail["outcome_2021_is_reference"].dtype
    assert not compare_in_detail(2034, made_up())["outcome_2021_is_reference"].any()


def test_an_indicator_that_the_crosswalk_lacks_has_no_predecessor() -> None:
    """It is new for the comparison, and nothing is held against it."""
    tables = made_up(crosswalk=without(CROSSWALK, "2030-K1"))
    [row] = rows_of(compare(2034, tables).head(1), "relation", *COLUMNS)

    assert (None, None, False, None, 140, None, None, "no_outcome", "added") == row
    assert "bool" == compare(2034, tables)["is_comparable"].dtype
    assert 16 == len(compare_in_detail(2034, tables))


def test_only_the_outcomes_of_the_areas_year_are_compared() -> None:
    """An outcome of the same indicator of another year changes nothing."""
    other = "2030-K1 2030 2029 60人 60 ◎ false false ."

    assert rows_of(compare(2034, made_up()), *COLUMNS) == rows_of(
        compare(2034, made_up(outcomes=OUTCOMES + other)), *COLUMNS
    )
    detail = compare_in_detail(2034, made_up(outcomes=OUTCOMES + other))
    assert (16, "-") == (len(detail), detail["outcome_2021_rating"][0])


def test_every_year_below_the_one_before() -> None:
    """Three years of sixteen rows, numbered through; and by year again."""
    years = compared_years(made_up())

    assert list(range(48)) == years.index.to_list()
    assert [2033] * 16 + [2034] * 16 + [2035] * 16 == years["fiscal_year"].to_list()
    assert [2033, 2034, 2035] == list(by_year(years.iloc[::-1]))
    assert rows_of(compare(2035, made_up()), *COLUMNS) == rows_of(by_year(years)[2035], *COLUMNS)


@pytest.mark.parametrize(
    "doubled",
    [
        {"crosswalk": f"{CROSSWALK}2030-K2 2033-K1 same true 二度"},
        {"outcomes": f"{OUTCOMES}2030-K1 2031 2031 71人 71 - false false ."},
        {"outcomes": f"{OUTCOMES}{ACTUALS.lstrip()}2033-K1 2034 2034 140人 140 - false false ."},
        {"projects": f"{PROJECTS}2033 1 二度 1 産業 二度 . . . . ."},
        {"indicators": f"{INDICATORS}2033-05-5 2 窓口 . state - . . 二度 . state 2033 2035"},
    ],
    ids=["pair", "outcome", "actual", "project", "indicator"],
)
def test_a_row_that_stands_twice_is_refused(doubled: dict[str, str]) -> None:
    """Rows are never doubled silently."""
    with pytest.raises(MergeError):
        compare_in_detail(2034, made_up(**doubled))
    if "projects" not in doubled:
        with pytest.raises(MergeError):
            compare(2034, made_up(**doubled))


@pytest.mark.parametrize(
    "emptied",
    [
        {"indicators": only(INDICATORS, "2030")},
        {"indicators": head(INDICATORS), "outcomes": head(OUTCOMES), "crosswalk": head(CROSSWALK)},
    ],
)
def test_a_plan_without_indicators_compares_nothing(emptied: dict[str, str]) -> None:
    """No rows; text, numbers and truths in the columns of their types."""
    none, some = compare_in_detail(2034, made_up(**emptied)), compare_in_detail(2034, made_up())

    assert 0 == len(none)
    assert list(some) == list(none)
    for column in ("target_value", "gap", "share_of_target", "status", "actual_status", "is_comparable"):
        assert_series_equal(some[column].head(0), none[column])
    assert {} == by_year(none)


def test_an_area_with_one_plan_and_no_outcomes_has_nothing_to_compare_with() -> None:
    """Everything is new, and every number that is asked for is without an outcome."""
    tables = made_up(ONE_PLAN, outcomes=head(OUTCOMES), crosswalk=head(CROSSWALK))
    compared = compare(2034, tables)

    assert {"added"} == set(compared["target_change"])
    assert {"no_outcome", "state", "no_target"} == set(compared["status"])
    assert compared[["gap", "share_of_target", "actual_value"]].isna().all(axis=None)
    # The plan's own baselines are known all the same.
    assert {"baseline"} == set(compared["newest_origin"].dropna())
    assert 8 == len(compared["newest_value"].dropna())
