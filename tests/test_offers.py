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
        ("{ file_names = [2021] }", "values, or values_from with where they stand, was expected"),
        ('{ values = [2021], file_names_from = "area.romaji" }', "a file name for each of 2021 was expected"),
    ],
)
def test_a_source_that_there_is_not_is_told(checkout_copy: Checkout, line: str, message: str) -> None:
    """The message names the file and what could stand there."""
    with pytest.raises(RenderError, match=rf"^notebooks/reports\.toml: {message}"):
        offer(checkout_copy, line)


FAMILY = """
[ratings]
notebook = "targets.ipynb"
title = "{fiscal_year}年度 評価の内訳"
file = "fy{fiscal_year}/ratings"
parameters.fiscal_year = { values_from = "area.plan.fiscal_years" }
"""


def with_family(checkout: Checkout, old: str = "", new: str = "") -> dict[str, Family]:
    """The families with one more, in which a text is another."""
    assert old in FAMILY
    path = checkout.notebooks / "reports.toml"
    path.write_text(path.read_text(encoding="utf-8") + FAMILY.replace(old, new), encoding="utf-8")
    return families(checkout)


def test_a_family_is_a_few_lines(checkout_copy: Checkout) -> None:
    """The one that the tests below spoil is as good as the others."""
    assert 5 == len([*with_family(checkout_copy)["ratings"].reports()])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('file = "fy', 'flie = "fy', r"\[ratings\] flie: one of notebook, title, file, .* was expected"),
        ('file = "fy', 'flie = "fy', r"\[ratings\] file: a text was expected, found 'none'"),
        ("values_from", "value_from", r"\[ratings\] fiscal_year\.value_from: one of values, values_from, "),
        ("title = ", "default = ", r"\[ratings\] title: a text was expected"),
        ("fy{fiscal_year}", "fy{year}", r"\[ratings\] file: \{year\} names no parameter; .* has fiscal_year"),
    ],
)
def test_a_mistyped_key_is_told_with_its_family(
    checkout_copy: Checkout, old: str, new: str, message: str
) -> None:
    """Nothing is quietly left out: the message names the family and the key."""
    with pytest.raises(RenderError, match=message):
        with_family(checkout_copy, old, new)


@pytest.mark.parametrize(
    ("file", "other"),
    [
        ("fy{fiscal_year}/targets", "“2024年度 連携事業の目標” of .targets."),
        ("fy{fiscal_year}/Targets", "“2024年度 連携事業の目標” of .targets."),
        ("ratings", "“2024年度 評価の内訳” of .ratings."),
        ("index", "the list of all reports"),
    ],
)
def test_two_reports_do_not_become_one_file(checkout_copy: Checkout, file: str, other: str) -> None:
    """Of two families, of two years of one, or of a report and the list of all; capitals do not count."""
    with pytest.raises(RenderError, match=f"a file of its own for each report .* for {other} and for "):
        with_family(checkout_copy, "fy{fiscal_year}/ratings", file)
