"""Which rows of a comparison are met, missed, due …, and how many; worked by hand on few rows."""

import pandas as pd
import pytest
from made_up_tables import INDICATORS, frame_of, made_up, only, rows_of
from renkei import comparison
from renkei.comparison import Counts, Shared, compare_in_detail, counts_of, furthest, status_counts

#: Six judged rows, two of one share and two without any, and five that were not judged.
COMPARED = frame_of("""
indicator_id kind    status         basis        share_of_target final_target_value
a            kpi     not_met        due          75              4
b            project met            stated       100             4
c            project not_met        interpolated .               4
d            project not_met        stated       0               4
e            project met            due          250             4
f            project not_met        prorated     75              4
g            project met            stated       .               4
h            project no_outcome     due          .               .
i            project not_comparable stated       .               4
j            project no_target      none         .               4
k            kpi     state          due          .               .
""")


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ("due", "aehk"),
        # Furthest from the target first; without a share last.
        ("missed", "dafc"),
        # Furthest above the target first; without a share last.
        ("met", "ebg"),
        ("with_share", "dafbe"),
        ("on_target", "b"),
        ("off_target", "dafe"),
        ("with_number", "abcdefgij"),
        ("kpis_in", "ak"),
    ],
)
def test_which_rows_are_selected_and_in_which_order(selection: str, expected: str) -> None:
    """Rows of one share stay in the plan's order."""
    assert expected == "".join(getattr(comparison, selection)(COMPARED)["indicator_id"])
    assert 0 == len(getattr(comparison, selection)(COMPARED.head(0)))


@pytest.mark.parametrize("selection", ["missed", "met", "with_share"])
def test_many_rows_of_one_share_stay_in_the_plans_order(selection: str) -> None:
    """However many there are: a hundred of two shares by turns."""
    status = {"missed": "not_met"}.get(selection, "met")
    rows = pd.DataFrame({"share_of_target": [50.0, 70.0] * 50, "status": status, "place": range(100)})
    lower, higher = list(range(0, 100, 2)), list(range(1, 100, 2))

    assert (higher + lower if selection == "met" else lower + higher) == getattr(comparison, selection)(rows)[
        "place"
    ].to_list()


def test_counts_of_a_comparison() -> None:
    """Eleven rows: three met, four missed, four due, two with a computed target, one of 0 %."""
    counts = counts_of(COMPARED)

    assert Counts(indicators=11, met=3, missed=4, due=4, computed=2, zero=1) == counts
    assert 7 == counts.judged
    assert Counts(0, 0, 0, 0, 0, 0) == counts_of(COMPARED.head(0))


def test_how_many_rows_have_each_status() -> None:
    """All six, in their order, and 0 where none has."""
    assert [("met", 3), ("not_met", 4), ("no_outcome", 1), ("not_comparable", 1), ("no_target", 1),
            ("state", 1)] == list(status_counts(COMPARED).items())  # fmt: skip
    assert {0} == set(status_counts(COMPARED.head(0)).values())


def test_the_row_that_lacks_most_leaves_out_those_of_0() -> None:
    """Of 2034: 講座 with 0 % aside, 来訪者数 and 達成割合 have 50 %, and 来訪者数 comes first."""
    compared = compare_in_detail(2034, made_up())
    found = furthest(compared)

    assert isinstance(found, Shared)
    assert ("2033-K1", 50.0) == (found.indicator_id, found.share_of_target)


@pytest.mark.parametrize(
    "ids", [("2033-05-3",), ("2033-02-1",), ("2033-02-2",), ("2033-05-5",), ("2033-99",)]
)
def test_no_row_lacks_most_where_none_has_a_share_below_its_target(ids: tuple[str, ...]) -> None:
    """One of 0 %, one without a share, one that is met, one that is a state, and none at all."""
    tables = made_up(indicators=only(INDICATORS, "2030", *ids))

    assert furthest(compare_in_detail(2034, tables)) is None


def test_a_target_of_less_than_1_percent_lacks_more_than_another() -> None:
    """0.5 % is above 0 and the furthest; a target that is met is not asked."""
    compared = compare_in_detail(2034, made_up()).assign(share_of_target=60.0, status="not_met")
    compared.loc[3, "share_of_target"] = 0.5
    compared.loc[4, "share_of_target"] = 0.25
    compared.loc[4, "status"] = "met"
    compared["outcome_2021_value"] = 1.0
    compared["outcome_2021_text"] = "1"
    found = furthest(compared)

    assert found is not None
    assert ("2033-01-1", 0.5) == (found.indicator_id, found.share_of_target)


def test_the_made_up_year_has_these_selections() -> None:
    """Of 2034: two met, six missed, four due, four computed."""
    compared = compare_in_detail(2034, made_up())

    assert Counts(indicators=16, met=2, missed=6, due=3, computed=6, zero=1) == counts_of(compared)
    assert [("2033-05-3", 0), ("2033-K1", 50), ("2033-01-1", 50), ("2033-01-2", 93.75), ("2033-K2", None),
            ("2033-02-1", None)] == rows_of(
        comparison.missed(compared), "indicator_id", "share_of_target"
    )  # fmt: skip
    assert ["2033-02-2", "2033-01-3"] == comparison.met(compared)["indicator_id"].to_list()
