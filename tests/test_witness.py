"""The number of indicators that people counted: a document with a line too few or too many is refused."""

# ruff: noqa: E501
from pathlib import Path

import pytest
from conftest import Command, edit
from made_up import add_list, lay_out
from renkei.checkout import CHECKOUT_VARIABLE, Checkout
from renkei.errors import TableError
from renkei.tables.build import build
from test_build import LIST, VISION, record_hash, table_bytes

COUNTS = "indicator_counts.csv"


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """The made-up area with its list."""
    checkout = lay_out(tmp_path / "made-up", "list")
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(checkout.root))
    return checkout


@pytest.mark.parametrize(
    ("file", "number", "told"),
    [
        (LIST, 14, "status_list_fy2021.txt:13: project No. 2: 2 by data/curated/indicator_counts.csv:4, found 1"),
        (LIST, 11, "status_list_fy2021.txt:10: the KPIs: 4 by data/curated/indicator_counts.csv:2, found 3"),
        (VISION, 206, "vision_2024_2028.txt:141: project No. 2: 2 by data/curated/indicator_counts.csv:56, found 1"),
        (VISION, 1404, "vision_2024_2028.txt:1397: project No. 17: 4 by .*, found 3"),
    ],
)  # fmt: skip
def test_a_lost_line_is_missed(
    checkout_copy: Checkout, called: Command, file: str, number: int, told: str
) -> None:
    """A blank line in place of an indicator reads well, and is refused by the count of its project."""
    before = table_bytes(checkout_copy)
    path = checkout_copy.sources / file
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[number - 1] = ""
    path.write_text("\n".join(lines), encoding="utf-8")
    record_hash(checkout_copy, file)

    with pytest.raises(TableError, match=told):
        build(checkout_copy)

    assert before == table_bytes(checkout_copy)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("list,2028-02,2,", "list,2028-02,3,", r"list.txt:\d+: project No. 2: 3 by data/curated/.*:4, found 2"),
        ("list,2028-K,1,", "list,2028-K,0,", r"list.txt:\d+: the KPIs: 0 by data/curated/.*:2, found 1"),
        ("list,2028-03,1,架空\n", "", r"list.txt:\d+: project No. 3: a row .* list,2028-03,INDICATORS,REASON"),
        ("list,2028-03,1,", "list,2028-04,1,", r"_counts.csv:5: a project of list was expected, found “2028-04”"),
        ("list,2028-03,", "liste,2028-03,", r"_counts.csv:5: a document on record was expected, found “liste”"),
        ("list,2028-02,2,", "list,2028-02,two,", r"a whole number was expected in number_of_indicators, found “two”"),
    ],
)  # fmt: skip
def test_each_project_of_a_plan_is_counted(listed: Checkout, old: str, new: str, told: str) -> None:
    """A count that is otherwise, none at all, or one of nothing that there is, is told with its row."""
    edit(listed.curated / COUNTS, old, new)

    with pytest.raises(TableError, match=told):
        build(listed)


def test_a_later_list_is_held_to_the_same_counts(listed: Checkout) -> None:
    """As many indicators need no rows of their own; one more needs a row, which tells how many there are."""
    add_list(listed, 2030)
    build(listed)
    add_list(
        listed, 2031, ("・参加者24人", "・参加者24人\n\t\t\t講座の数\t-\t2講座 (毎年度)\t2講座\t◎\t・架空")
    )

    with pytest.raises(TableError, match=r"list_fy2031.txt:11: project No. 2: 2 by .*:4, found 3"):
        build(listed)
    with (listed.curated / COUNTS).open("a", encoding="utf-8") as file:
        file.write("list_fy2031,2028-02,3,架空\n")
    build(listed)
