"""Which targets of a year are met, missed, due …, by which value, and how many; worked by hand."""

import math

import pandas as pd
import pytest
from made_up_tables import INDICATORS, OUTCOMES, changed, frame_of, made_up, only, rows_of
from renkei import verdicts
from renkei.comparison import STATUSES, compare_in_detail
from renkei.targets import COMPUTED_BASES
from renkei.verdicts import (
    BY_NEWEST,
    BY_OUTCOME,
    COUNTED_AS,
    By,
    Counts,
    Furthest,
    Source,
    Tally,
    counts_of,
    furthest,
    sources_of_values,
    status_counts,
    tally_of,
)

#: Judged by the newest value: c, d, f, h miss and a, b, e, g, i meet; by the outcome c, e, f miss and a, d, g
#: meet. The last four are judged by neither: nothing asked any more, not yet, in words, nothing known.
COMPARED = frame_of("""
indicator_id kind    basis        newest_status newest_share newest_origin newest_year status         share_of_target final_target_value
a            kpi     due          met           100          baseline      2032        met            120             4
b            project stated       met           250          baseline      2032        not_comparable .               4
c            project interpolated not_met       75           baseline      2032        not_met        50              4
d            project stated       not_met       0            outcome_2021  2031        met            100             4
e            project due          met           100          baseline      .           not_met        75              4
f            project prorated     not_met       75           actual        2033        not_met        .               4
g            project interpolated met           .            baseline      2032        met            .               4
h            project interpolated not_met       .            actual        2034        no_outcome     .               4
i            project stated       met           300          baseline      .           not_comparable .               4
j            project carried      no_target     .            baseline      2032        no_target      .               4
k            project none         no_target     .            .             .           no_target      .               .
l            kpi     due          state         .            .             .           state          .               .
m            project due          no_outcome    .            .             .           no_outcome     .               .
""").astype({"newest_year": "Int64"})  # noqa: E501


def ids(rows: pd.DataFrame) -> str:
    """The rows' names, one letter each."""
    return "".join(rows["indicator_id"])


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ("due", "aelm"),
        ("carried", "j"),
        ("judged", "abcdefghi"),
        # Furthest from the target first; without a share last.
        ("missed", "dcfh"),
        # Furthest above the target first; without a share last.
        ("met", "ibaeg"),
        # Interpolated lines alone, and values that are baselines: f is prorated, h an actual.
        ("at_start", "c"),
        # d fell below, e rose to the target; what one value alone judges is not turned.
        ("turned", "de"),
        ("with_share", "dcfaebi"),
        ("on_target", "ae"),
        ("off_target", "dcfbi"),
        ("with_number", "abcdefghij"),
        ("kpis_in", "al"),
    ],
)
def test_which_rows_are_selected_and_in_which_order(selection: str, expected: str) -> None:
    """By the newest value; rows of one share stay in the plan's order."""
    select = getattr(verdicts, selection)

    assert expected == ids(select(COMPARED))
    assert 0 == len(select(COMPARED.head(0)))


def test_the_outcome_judges_otherwise() -> None:
    """By its own status and share."""
    assert ("cef", "adg", "acdefg") == tuple(
        ids(rows)
        for rows in (
            verdicts.missed(COMPARED, BY_OUTCOME),
            verdicts.met(COMPARED, BY_OUTCOME),
            verdicts.judged(COMPARED, BY_OUTCOME),
        )
    )
    assert By("newest_status", "newest_share", "newest_gap") == BY_NEWEST
    assert By("status", "share_of_target", "gap") == BY_OUTCOME


@pytest.mark.parametrize(
    ("by", "selection"), [(by, name) for by in (BY_NEWEST, BY_OUTCOME) for name in ("missed", "met")]
)
def test_many_rows_of_one_share_stay_in_the_plans_order(by: By, selection: str) -> None:
    """However many there are: a hundred of two shares by turns."""
    status = "not_met" if selection == "missed" else "met"
    rows = pd.DataFrame({by.share: [50.0, 70.0] * 50, by.status: status, "place": range(100)})
    lower, higher = list(range(0, 100, 2)), list(range(1, 100, 2))

    assert (higher + lower if selection == "met" else lower + higher) == getattr(verdicts, selection)(
        rows, by
    )["place"].to_list()
    shares = pd.DataFrame({"newest_share": [50.0, 70.0] * 50, "place": range(100)})
    assert lower + higher == verdicts.with_share(shares)["place"].to_list()


def test_counts_of_a_comparison() -> None:
    """Thirteen rows: computed targets are those of c, f, g, h, of which one is met; four are due, one was."""
    assert Counts(
        indicators=13,
        newest=Tally(met=5, missed=4),
        outcome=Tally(met=3, missed=3),
        stated=Tally(met=4, missed=1),
        computed=Tally(met=1, missed=3),
        due=4,
        carried=1,
        computed_targets=4,
    ) == counts_of(COMPARED)
    none = Tally(0, 0)
    assert Counts(0, none, none, none, none, 0, 0, 0) == counts_of(COMPARED.head(0))


def test_a_tally_knows_how_many_were_judged() -> None:
    """Met and missed together."""
    assert (9, 0) == (Tally(5, 4).judged, Tally(0, 0).judged)
    assert (Tally(5, 4), Tally(3, 3)) == (tally_of(COMPARED), tally_of(COMPARED, BY_OUTCOME))


def test_how_many_rows_have_each_status() -> None:
    """Verdicts against this system's own targets stand apart; all in their order, and 0 where none has."""
    assert [("met", 4), ("not_met", 1), ("computed_met", 1), ("computed_not_met", 3), ("no_outcome", 1),
            ("not_comparable", 0), ("no_target", 2), ("state", 1)] == list(
        status_counts(COMPARED).items()
    )  # fmt: skip
    # By the outcome: a and d meet, e misses; g meets, c and f miss what was computed; h is known by nothing.
    assert [2, 1, 1, 2, 2, 2, 2, 1] == list(status_counts(COMPARED, BY_OUTCOME).values())
    assert {0} == set(status_counts(COMPARED.head(0)).values())
    assert set(STATUSES) == set(COUNTED_AS) - {"computed_met", "computed_not_met"}


def test_of_which_years_the_values_are() -> None:
    """Of the nine judged: four baselines of 2032, two without a year; most first, then by origin and year."""
    assert [
        Source("baseline", 2032, 4),
        Source("baseline", None, 2),
        Source("actual", 2033, 1),
        Source("actual", 2034, 1),
        Source("outcome_2021", 2031, 1),
    ] == sources_of_values(COMPARED)
    assert [] == sources_of_values(COMPARED.tail(4)) == sources_of_values(COMPARED.head(0))


def test_the_row_that_lacks_most() -> None:
    """Of 2034: 利用回数 has 0 of 20, less than 来訪者数 with five sevenths and 達成割合 with half."""
    found = furthest(compare_in_detail(2034, made_up()))

    assert isinstance(found, Furthest)
    assert ("2033-K3", 0.0, "0回") == (found.indicator_id, found.newest_share, found.newest_text)
    without = made_up(indicators=changed(INDICATORS, "2033-K3", baseline_value="."))
    other = furthest(compare_in_detail(2034, without))
    assert other is not None
    assert ("2033-01-1", 50.0) == (other.indicator_id, other.newest_share)


@pytest.mark.parametrize("ids", [("2033-02-1",), ("2033-02-2",), ("2033-05-5",), ("2033-99",)])
def test_no_row_lacks_most_where_none_has_a_share_below_its_target(ids: tuple[str, ...]) -> None:
    """One without a share, one that is met, one that is a state, and none at all."""
    tables = made_up(indicators=only(INDICATORS, "2030", *ids))

    assert furthest(compare_in_detail(2034, tables)) is None


def test_a_target_that_is_met_lacks_nothing() -> None:
    """However small its share is; of equal ones the first is named."""
    compared = compare_in_detail(2034, made_up()).assign(newest_share=60.0, newest_status="not_met")
    compared.loc[[3, 6], "newest_share"] = 0.5
    compared.loc[4, "newest_share"] = 0.25
    compared.loc[4, "newest_status"] = "met"
    compared["newest_value"], compared["newest_text"] = 1.0, "1"
    found = furthest(compared)

    assert found is not None
    assert ("2033-01-1", 0.5) == (found.indicator_id, found.newest_share)


def test_the_made_up_year_has_these_verdicts() -> None:
    """Of 2034: 事故, 起業者 (a computed share of its total) and 講座 are met, which 0 of 2031 was not."""
    compared = compare_in_detail(2034, made_up())

    assert Counts(
        indicators=16,
        newest=Tally(met=3, missed=7),
        outcome=Tally(met=2, missed=6),
        # 達成割合, 欠席, 乗客 miss; 事故 and 講座 meet.
        stated=Tally(met=2, missed=3),
        # K1, K2, K3 and 待ち時間 miss; 起業者 meets. 相談 has a computed target as well.
        computed=Tally(met=1, missed=4),
        # 乗客, 案内 and 施設; 当番 was due in 2032.
        due=3,
        carried=1,
        computed_targets=6,
    ) == counts_of(compared)
    assert [("2033-K3", 0), ("2033-01-1", 50), ("2033-K1", pytest.approx(500 / 7)), ("2033-01-2", 75),
            ("2033-04-1", pytest.approx(500 / 6)), ("2033-K2", None), ("2033-02-1", None)] == rows_of(
        verdicts.missed(compared), "indicator_id", "newest_share"
    )  # fmt: skip
    assert ["2033-01-3", "2033-02-2", "2033-05-3"] == verdicts.met(compared)["indicator_id"].to_list()
    assert ["2033-05-3"] == verdicts.turned(compared)["indicator_id"].to_list()
    # K2 starts at an outcome of 2031; 起業者 and 相談 are running totals.
    assert ["2033-K3", "2033-K1", "2033-01-2"] == verdicts.at_start(compared)["indicator_id"].to_list()
    # K1, K3, 01-2, 01-3, 05-3 of 2032; K2, 01-1, 02-1, 02-2 of 2031; 04-1 of 2034.
    assert [Source("baseline", 2032, 5), Source("outcome_2021", 2031, 4), Source("baseline", 2034, 1)
            ] == sources_of_values(compared)  # fmt: skip


def test_no_year_judges_what_was_due_before_it() -> None:
    """In 2035 乗客, 案内, 施設 and 当番 are past: none of them is among those met or missed."""
    compared = compare_in_detail(2035, made_up(outcomes=changed(OUTCOMES, "2030-05-4", actual_value=9)))

    assert ["2033-04-1", "2033-03-1", "2033-05-1", "2033-05-4"] == verdicts.carried(compared)[
        "indicator_id"
    ].to_list()
    for by in (BY_NEWEST, BY_OUTCOME):
        assert not set(verdicts.judged(compared, by)["indicator_id"]) & set(
            verdicts.carried(compared)["indicator_id"]
        )


@pytest.mark.parametrize("year", [2033, 2034, 2035])
def test_verdicts_agree_with_each_other(year: int) -> None:
    """Stated and computed make all; what is met lacks nothing, what is missed something; every row counts."""
    compared = compare_in_detail(year, made_up())
    counts = counts_of(compared)

    assert counts.newest == Tally(
        counts.stated.met + counts.computed.met, counts.stated.missed + counts.computed.missed
    )
    for by, tally in ((BY_NEWEST, counts.newest), (BY_OUTCOME, counts.outcome)):
        found = status_counts(compared, by)
        assert len(compared) == sum(found.values())
        assert tally == Tally(
            found["met"] + found["computed_met"], found["not_met"] + found["computed_not_met"]
        )
        assert all(gap <= 0 for gap in verdicts.met(compared, by)[by.gap])
        assert all(gap > 0 for gap in verdicts.missed(compared, by)[by.gap])
    assert counts.newest.judged == sum(source.count for source in sources_of_values(compared))
    assert counts.computed_targets == int(compared["basis"].isin(COMPUTED_BASES).sum())
    assert all(math.isclose(share, 100) for share in verdicts.on_target(compared)["newest_share"])
