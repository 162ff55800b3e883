"""Where a document's texts stand that curated files quote, also when lines were inserted above them."""

import pytest
from conftest import Command, edit
from renkei.checkout import Checkout
from renkei.documents.quotes import Quote, places
from test_build import record_hash, table_bytes

LINES = ["", "講座 5回", "会議 2回", "講座 6回", "", "会議 3回", "視察"]
LIST, VISION = "status_list_fy2021.txt", "vision_2024_2028.txt"


def lines_of(*quotes: Quote, lines: list[str] = LINES) -> list[int | None]:
    return [place.line for place in places(quotes, lines)]


def problem_of(quote: Quote) -> str:
    [place] = places([quote], LINES)
    assert place.line is None
    return place.problem


def test_a_text_that_stands_once_needs_no_line() -> None:
    """Any other is refused without one, with the lines in which it stands."""
    assert [7] == lines_of(Quote("視察", None))
    assert "expects “講座” in one line, found it in line 2, 4; name its line" in problem_of(
        Quote("講座", None)
    )
    assert "expects “視察会” in one line, found it in no line" in problem_of(Quote("視察会", None))


def test_a_text_that_stands_oftener_is_told_by_its_line() -> None:
    """The line that is named counts, also where the text stands elsewhere."""
    assert [2, 4] == [*lines_of(Quote("講座", 2)), *lines_of(Quote("講座", 4))]
    assert "in this line, found it in line 2, 4" in problem_of(Quote("講座", 3))


def test_a_line_inserted_above_moves_a_text() -> None:
    """One that stands once, rows for each place of a text, and one between others that have moved alike."""
    quotes = [Quote("5回", 2), Quote("会議", 3), Quote("会議", 6), Quote("視察", 7)]

    assert [2, 3, 6, 7] == lines_of(*quotes)
    assert [3, 4, 7, 8] == lines_of(*quotes, lines=["", *LINES])
    assert [2, 3, 7, 8] == lines_of(*quotes, lines=[*LINES[:4], "", *LINES[4:]])
    assert [3, 5, 8] == lines_of(Quote("5回", 2), Quote("講座", 4), Quote("視察", 7), lines=["", *LINES])


def test_a_text_that_could_have_moved_to_two_lines_is_refused() -> None:
    """Above it nothing has moved and below it something has by one line, and it stands in both."""
    quotes = [Quote("開会", 1), Quote("講座", 2), Quote("閉会", 4)]

    assert [1, None, 5] == lines_of(*quotes, lines=["開会", "講座", "講座", "講座", "閉会"])
    assert [1, 2, 4] == lines_of(*quotes, lines=["開会", "講座", "講座", "閉会"])


def test_a_text_that_moved_up_is_refused() -> None:
    """Lines were lost above it, and with them perhaps a row of a table."""
    assert [None] == lines_of(Quote("視察", 8))


def test_a_text_counts_as_often_as_its_row_says() -> None:
    """A correction of two places in a line does not fit where one is left."""
    lines = ["回 回", "回"]

    assert [1, 2] == lines_of(Quote("回", 1, 2), Quote("回", None, 1), lines=lines)
    assert "3 time(s) in this line, found it in line 2 (1 times), 4 (1 times)" in problem_of(
        Quote("講", 2, 3)
    )


@pytest.mark.parametrize("file", [LIST, VISION])
def test_a_line_inserted_above_breaks_nothing(checkout_copy: Checkout, called: Command, file: str) -> None:
    """Neither corrections nor doubts; check tells which rows name another line than their text stands in."""
    path = checkout_copy.sources / file
    before = table_bytes(checkout_copy)
    path.write_bytes(b"\n" + path.read_bytes())
    record_hash(checkout_copy, file)

    built, checked = called("build", "--accept", "架空"), called("check")

    assert (0, "") == (built.returncode, built.stderr)
    assert before["projects"] != table_bytes(checkout_copy)["projects"]
    assert (0, "") == (checked.returncode, checked.stderr)
    told = {
        LIST: "“土業” stands in data/sources/status_list_fy2021.txt:16 now, not in line 15; it is read there",
        VISION: "“（2027度）” stands in data/sources/vision_2024_2028.txt:1813 now, not in line 1812",
    }
    assert told[file] in checked.stdout


def test_a_row_may_leave_out_the_line_of_a_text_that_stands_once(
    checkout_copy: Checkout, called: Command
) -> None:
    """The tables are the same, and the schema has nothing against it."""
    before = table_bytes(checkout_copy)
    edit(checkout_copy.curated / "corrections.csv", "status_list_fy2021,15,土業", "status_list_fy2021,,土業")
    edit(checkout_copy.curated / "doubts.csv", "status_list_fy2021,65,", "status_list_fy2021,,")
    edit(checkout_copy.curated / "rate_counts.csv", "status_list_fy2021,101,", "status_list_fy2021,,")

    built, checked = called("build"), called("check")

    assert (0, "", before) == (built.returncode, built.stderr, table_bytes(checkout_copy))
    assert (0, "") == (checked.returncode, checked.stderr)


def test_all_rows_that_do_not_fit_are_told_at_once(checkout_copy: Checkout, called: Command) -> None:
    """Of both documents and all three files, each with the place that it names."""
    edit(checkout_copy.curated / "corrections.csv", "2021,15,土業,1,", "2021,15,土木業,1,")
    edit(checkout_copy.curated / "corrections.csv", "2028,4119,堀り起こし", "2028,4119,堀起こし")
    edit(checkout_copy.curated / "doubts.csv", "2021,65,DIVERCITY", "2021,,会議")
    edit(checkout_copy.curated / "rate_counts.csv", "2021,101,交通費", "2021,101,交通社")

    result = called("build")

    assert 1 == result.returncode
    for told in (
        "status_list_fy2021.txt:15: data/curated/corrections.csv:3 expects “土木業” 1 time(s)",
        "vision_2024_2028.txt:4119: data/curated/corrections.csv:29 expects “堀起こし”",
        "status_list_fy2021.txt: data/curated/doubts.csv:10 expects “会議” in one line, found it in line",
        "status_list_fy2021.txt:101: data/curated/rate_counts.csv:3 expects “交通社補助利用者数21名",
    ):
        assert told in result.stderr
