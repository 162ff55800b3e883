"""Where the values of a report's parameters come from: notebooks/reports.toml, the area, the tables."""

from pathlib import Path

import pytest
from conftest import edit
from renkei.area import Area
from renkei.batch.families import Family, families
from renkei.checkout import Checkout
from renkei.errors import ParameterError, RenderError


def offer(checkout: Checkout, line: str) -> Family:
    """The family of outcomes with another line for its parameter."""
    edit(checkout.notebooks / "reports.toml", '{ values_from = "outcomes.fiscal_year" }', line)
    return families(checkout)["outcomes"]


def test_the_newest_plans_years_and_the_municipalities_are_offered(checkout_copy: Checkout) -> None:
    """A plan that runs a year longer, and a municipality under another name, are on offer by that alone."""
    edit(checkout_copy.area, "last_year = 2028", "last_year = 2029")
    edit(checkout_copy.area, '"千歳市"\nromaji = "chitose"', '"架空市"\nromaji = "kaku"')

    found = families(checkout_copy)

    assert (2024, 2025, 2026, 2027, 2028, 2029) == found["targets"].offers["fiscal_year"]
    report = found["municipality"].report({"fiscal_year": 2029, "municipality": "架空市"})
    assert "fy2029/municipality-kaku" == report.file
    with pytest.raises(ParameterError, match="found '千歳市'"):
        found["municipality"].report({"fiscal_year": 2029, "municipality": "千歳市"})


def test_a_title_says_what_the_area_says(checkout_copy: Checkout) -> None:
    """The trajectory's title goes with the years that it is about."""
    edit(checkout_copy.area, "last_year = 2028", "last_year = 2029")

    [report] = families(checkout_copy)["trajectory"].reports()

    assert "2021年度の実績から2029年度の目標まで" == report.title


def test_no_report_file_lists_what_the_area_says(checkout: Checkout) -> None:
    """reports.toml names no municipality: a second list would part from the first."""
    text = Path(checkout.notebooks / "reports.toml").read_text(encoding="utf-8")

    assert [] == [m.name for m in Area.of(checkout).municipalities if m.name in text or m.romaji in text]


def test_values_may_be_listed(checkout_copy: Checkout) -> None:
    """A family that is made for some years only says so."""
    family = offer(checkout_copy, '{ values = [2021, 2022], file_names = ["first", "second"] }')

    assert (2021, 2022) == family.offers["fiscal_year"]
    assert "fysecond/outcomes" == family.report({"fiscal_year": 2022}).file


def test_a_family_may_have_nothing_to_offer_yet(checkout_copy: Checkout) -> None:
    """Without outcomes there are no reports on them; the other families stay."""
    table = checkout_copy.tables / "outcomes.csv"
    table.write_text(table.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")

    found = families(checkout_copy)

    assert ([], 5) == (list(found["outcomes"].reports()), len(list(found["targets"].reports())))
    with pytest.raises(ParameterError, match="outcomes offers fiscal_year"):
        found["outcomes"].report({"fiscal_year": 2021})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '{ values_from = "area.towns" }',
            r"one of area\.municipalities, .* was expected, found “area\.towns”",
        ),
        ('{ values_from = "outcomes.year" }', r"a column of outcomes, one of .* found “outcomes\.year”"),
        ("{ value = [2021] }", "values, or values_from with where they stand, was expected"),
        ('{ values = [2021], file_names_from = "area.romaji" }', "a file name for each of 2021 was expected"),
    ],
)
def test_a_source_that_there_is_not_is_told(checkout_copy: Checkout, line: str, message: str) -> None:
    """The message names the file and what could stand there."""
    with pytest.raises(RenderError, match=rf"^notebooks/reports\.toml: {message}"):
        offer(checkout_copy, line)
