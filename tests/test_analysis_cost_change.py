"""What changed the cost of made-up projects from one year to the next, worked by hand."""

import pytest
from made_up_tables import frame_of, rows_of
from renkei.cost_change import MOST, NAMED, CostChange, Mover, changes_of, cost_change, movers_of, silent

HEAD = "project_no name before_thousand_yen after_thousand_yen\n"


def test_the_largest_differences_come_first_whichever_way_they_go() -> None:
    """A new amount counts from nothing, one of nothing as a loss; a project without any is left out."""
    amounts = frame_of(f"{HEAD}1 あ 10 40\n2 い 90 40\n3 う . 100\n4 え 20 0\n5 お . .\n6 か 7 7\n")
    changes = changes_of(amounts)

    assert 0 == silent(amounts)
    assert [
        (3, None, 100, 100, 500 / 3), (2, 90, 40, -50, -250 / 3), (1, 10, 40, 30, 50),
        (4, 20, 0, -20, -100 / 3), (6, 7, 7, 0, 0),
    ] == [
        pytest.approx(row) for row in rows_of(
            changes, "project_no", "before_thousand_yen", "after_thousand_yen", "difference_thousand_yen",
            "share_of_difference",
        )
    ]  # fmt: skip
    assert Mover(6, "か", 7, 7, 0, 0) == movers_of(changes)[-1]


def test_an_amount_that_is_not_given_any_more_is_no_fall() -> None:
    """え and お had 70; what あ and い have in both years rises by a half, and う is told apart."""
    amounts = frame_of(f"{HEAD}1 あ 10 40\n2 い 90 110\n3 う . 100\n4 え 20 .\n5 お 50 .\n6 か . .\n")
    found = cost_change(amounts, 2033)

    assert 2 == silent(amounts)
    assert [(1, 30, 60), (2, 20, 40)] == rows_of(
        changes_of(amounts), "project_no", "difference_thousand_yen", "share_of_difference"
    )
    assert found is not None
    assert (100, 150, 50, 50, 2, 1, 100) == (
        found.before, found.after, found.difference, found.percent, found.compared, found.added,
        found.added_amount,
    )  # fmt: skip
    assert ([1, 2], 100) == ([of.project_no for of in found.movers], found.movers_share)
    assert cost_change(frame_of(f"{HEAD}1 あ 10 .\n2 い . 110\n"), 2033) is None


def test_a_change_as_a_whole() -> None:
    """From 100 to 200: い 60 and あ 35 of it, 95 %; う is new; without い, now the largest, 90 become 130."""
    amounts = frame_of(f"{HEAD}1 あ 40 75\n2 い 10 70\n3 う . 5\n4 え 50 50\n")

    assert CostChange(
        year_before=2033, before=100, after=200, difference=100, percent=100, compared=3, added=1,
        added_amount=5,
        movers=(Mover(2, "い", 10, 70, 60, 60), Mover(1, "あ", 40, 75, 35, 35)), movers_share=95,
        others_before=60, others_after=125, others_percent=100 * 65 / 60,
    ) == cost_change(amounts, 2033)  # fmt: skip


def test_a_fall_is_made_by_what_fell() -> None:
    """From 200 to 100: い fell by 120; あ rose by 20 and is not named."""
    found = cost_change(frame_of(f"{HEAD}1 あ 40 60\n2 い 160 40\n"), 2033)

    assert found is not None
    assert (-100, -50, 120) == (found.difference, found.percent, found.movers_share)
    assert [(2, -120, 120)] == [
        (of.project_no, of.difference_thousand_yen, of.share_of_difference) for of in found.movers
    ]


def test_projects_are_named_until_they_make_nine_tenths() -> None:
    """50 + 40 of 100 are enough, 50 + 39 are not; of many small ones three are named."""
    enough = f"{HEAD}1 あ 0 50\n2 い 0 40\n3 う 0 10\n"
    short = f"{HEAD}1 あ 0 50\n2 い 0 39\n3 う 0 11\n"
    many = HEAD + "".join(f"{number} あ 0 10\n" for number in range(1, 11))

    assert (90, 3) == (MOST, NAMED)
    for text, numbers, share in ((enough, [1, 2], 90), (short, [1, 2, 3], 100), (many, [1, 2, 3], 30)):
        found = cost_change(frame_of(text), 2033)
        assert found is not None
        assert (numbers, share) == ([of.project_no for of in found.movers], found.movers_share)
        assert found.percent is None


def test_no_difference_has_no_shares() -> None:
    """What rose and what fell are equal: nobody makes a part of nothing."""
    found = cost_change(frame_of(f"{HEAD}1 あ 10 20\n2 い 20 10\n"), 2033)

    assert found is not None
    assert (0, 0, (), 0) == (found.difference, found.percent, found.movers, found.movers_share)


@pytest.mark.parametrize("rows", ["1 あ . 5\n2 い . 7\n", "1 あ 5 .\n", ""])
def test_a_year_without_any_amount_is_not_compared(rows: str) -> None:
    """Whichever of the two it is."""
    amounts = frame_of(HEAD + rows)

    assert cost_change(amounts, 2033) is None
    assert 0 == len(changes_of(amounts))
