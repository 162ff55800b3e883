"""What made-up targets ask beyond the baselines that their plan gives, worked by hand."""

import pytest
from made_up_tables import INDICATORS, PROJECTS, changed, frame_of, made_up, only, rows_of
from pandas.errors import MergeError
from renkei.baselines import (
    Asked,
    asking_more,
    below_baseline,
    just_reached,
    reached,
    targets_with_baselines,
)
from renkei.typed_rows import typed_rows

#: What each target asks beyond its baseline; where lower is better, so much less.
BY_HAND = {
    "2033-K1": 60,
    # From -100 to -50.
    "2033-K2": 50,
    "2033-K3": 30,
    # 25 minutes where there were 40.
    "2033-01-2": 15,
    # 5 accidents are allowed where there were 3.
    "2033-01-3": -2,
    "2033-04-1": 1,
    "2033-05-3": 0,
}


def test_what_each_target_asks_worked_by_hand() -> None:
    """Of the newest plan, in its order, where both are numbers: 健診 is to grow, 達成割合 has no baseline."""
    asked = targets_with_baselines(made_up())

    assert list(BY_HAND.items()) == rows_of(asked, "indicator_id", "beyond")
    assert list(range(7)) == asked.index.to_list()


def test_a_row_says_whose_target_it_is() -> None:
    """With both as published, and the project unless it is a KPI."""
    rows = typed_rows(targets_with_baselines(made_up()), Asked)

    assert Asked("2033-K2", "社会増減", None, 2, "▲100人", "▲50人", 50) == rows[1]
    assert Asked("2033-01-3", "事故", 1, 1, "3件", "5件", -2) == rows[4]


def test_which_targets_are_reached_already() -> None:
    """Just the baseline or below it; the others ask for more. None is in both."""
    asked = targets_with_baselines(made_up())

    assert (["2033-01-3", "2033-05-3"], ["2033-05-3"], ["2033-01-3"]) == tuple(
        rows["indicator_id"].to_list()
        for rows in (reached(asked), just_reached(asked), below_baseline(asked))
    )
    assert ["2033-K1", "2033-K2", "2033-K3", "2033-01-2", "2033-04-1"] == asking_more(asked)[
        "indicator_id"
    ].to_list()


@pytest.mark.parametrize(
    ("beyond", "counts"), [(0.01, (0, 0, 0, 1)), (0, (1, 1, 0, 0)), (-0.01, (1, 0, 1, 0))]
)
def test_the_smallest_difference_decides(beyond: float, counts: tuple[int, ...]) -> None:
    """A hundredth above or below the baseline."""
    rows = frame_of(f"""
    beyond
    {beyond}
    """)

    assert counts == tuple(
        map(len, (reached(rows), just_reached(rows), below_baseline(rows), asking_more(rows)))
    )


def test_a_project_that_stands_twice_is_refused() -> None:
    """Rows are never doubled silently."""
    with pytest.raises(MergeError):
        targets_with_baselines(made_up(projects=f"{PROJECTS}2033 4 二度 2 . 二度 . . . . ."))


def test_a_plan_without_numbers_asks_for_nothing() -> None:
    """No rows, and the same columns; a missing baseline or target leaves one row out."""
    none = targets_with_baselines(made_up(indicators=only(INDICATORS, "2030", "2033-05-5")))

    assert list(targets_with_baselines(made_up())) == list(none)
    assert 0 == len(none)
    for missing in ("baseline_value", "target_value"):
        tables = made_up(indicators=changed(INDICATORS, "2033-K1", **{missing: "."}))
        assert "2033-K1" not in targets_with_baselines(tables)["indicator_id"].to_list()
