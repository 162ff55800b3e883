"""A list of FY2022 in the city's layout and what offices reported of the same year, both made up."""

import pytest
from conftest import ROOT
from made_up_fy2022 import add_fy2022
from renkei.checkout import Checkout
from renkei.load import tables_of
from renkei.ratings import Rate, achievement_rate
from renkei.tables.build import build
from test_reported import refused, report

SECTION = (
    (ROOT / "README.md").read_text(encoding="utf-8").split("\n## How to add a year\n")[1].split("\n## ")[0]
)
#: What the list says of these too: 22,000千人 of FY2021, 2回 ◎, 55件 △.
VISITORS = "2019-K2,2021,22000千人,22000000,final,◎,rule,-,観光課,2023-07-01,a.xlsx"
MEETINGS = "2019-06-1,2022,2回,2,final,◎,person,-,食産業課,2023-07-01,a.xlsx"
TALKS = "2019-08-1,2022,55件,55,final,×,rule,-,商業課,2023-07-01,a.xlsx"


@pytest.fixture
def listed(checkout_copy: Checkout) -> Checkout:
    """A copy of the project with the made-up list."""
    add_fy2022(checkout_copy, SECTION)
    return checkout_copy


def outcome(checkout: Checkout, indicator_id: str) -> tuple[object, ...]:
    outcomes = tables_of(checkout)["outcomes"]
    [row] = outcomes[(outcomes["indicator_id"] == indicator_id) & (outcomes["fiscal_year"] == 2022)].to_dict(
        "records"
    )
    return tuple(
        row[column] for column in ("actual_value", "observed_year", "rating", "is_provisional", "source")
    )


def test_what_both_say_alike_is_the_lists(listed: Checkout) -> None:
    """The value of an earlier year, a rating by people, and one by the rule that says as much."""
    report(listed, 2022, VISITORS, MEETINGS, TALKS)

    build(listed)

    assert (22000000.0, 2021, "-", False, "status_list_fy2022") == outcome(listed, "2019-K2")
    assert (2.0, 2022, "◎", False, "status_list_fy2022") == outcome(listed, "2019-06-1")
    assert (55.0, 2022, "△", False, "status_list_fy2022") == outcome(listed, "2019-08-1")
    assert Rate(achieved=43, evaluable=58) == achievement_rate(2022, tables_of(listed))


def test_a_final_value_settles_what_the_list_expected(listed: Checkout) -> None:
    """The list had 124 schools while counting, and expected the target to be met; it was, by 124."""
    build(listed)
    assert (124.0, 2022, "○", True, "status_list_fy2022") == outcome(listed, "2019-21-1")
    row = "2019-21-1,2022,124校,124,STATUS,◎,rule,-,文化課,2023-07-01,a.xlsx"

    report(listed, 2022, row.replace("STATUS", "provisional").replace("◎", "○"))
    build(listed)
    assert (124.0, 2022, "○", True, "status_list_fy2022") == outcome(listed, "2019-21-1")

    report(listed, 2022, row.replace("STATUS", "final"))
    build(listed)
    assert (124.0, 2022, "◎", False, "status_list_fy2022") == outcome(listed, "2019-21-1")


def test_the_same_number_of_another_year_is_a_conflict(listed: Checkout) -> None:
    """Both years are told; once people decided for the office, its year stands."""
    report(listed, 2022, VISITORS.replace(",2021,", ",2022,"))
    row = 'actuals_fy2022,2019-K2,actual,"22,000千人 (2021年度)",22000千人 (2022年度),WINS,REASON'
    assert row in refused(listed)

    with (listed.curated / "conflicts.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row.replace('WINS', 'actuals_fy2022')}\n")
    build(listed)

    assert (22000000.0, 2022, "-", False, "actuals_fy2022") == outcome(listed, "2019-K2")


@pytest.mark.parametrize(
    "row", [TALKS.replace("×,rule", "◎,rule"), TALKS.replace("×,rule", "×,person")], ids=["rule", "person"]
)
def test_a_rating_that_says_otherwise_is_a_conflict(listed: Checkout, row: str) -> None:
    """By the rule where it turns met into missed, by a person in any case."""
    report(listed, 2022, row)

    assert f"actuals_fy2022,2019-08-1,rating,△,{row.split(',')[5]},WINS,REASON" in refused(listed)
