from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from renkei.errors import FiscalYearError
from renkei.fiscal_year import FiscalYear, year_named_by

years = st.integers(1926, 2090).map(FiscalYear)


@pytest.mark.parametrize(
    "text",
    [
        2024,
        "2024",
        "FY2024",
        "fy2024",
        "2024年度",
        "２０２４年度",
        "令和6年度",
        "令和６年度",
        "R6",
        "Ｒ６年度",
    ],
)
def test_one_year_has_many_names(text: str | int) -> None:
    """Western and Japanese names, full-width and half-width, all give the same year."""
    assert FiscalYear(2024) == FiscalYear.parse(text)


@pytest.mark.parametrize(
    "text", ["", "2024年", "24", "R0", "H32", "S64", "M40", "2024-2028", "2022年4月", "R4.10"]
)
def test_what_names_no_fiscal_year_is_refused(text: str) -> None:
    """A calendar year, a month, an era's year that never was: none is a fiscal year."""
    with pytest.raises(FiscalYearError, match=r"was expected|has no year"):
        FiscalYear.parse(text)


@given(years)
def test_every_written_form_reads_back(year: FiscalYear) -> None:
    """str, label parts and the Japanese name of any year parse to that year."""
    assert year == FiscalYear.parse(str(year)) == FiscalYear.parse(year.era)
    assert year == FiscalYear.parse(f"{year.starts_in}年度")


def test_it_runs_from_april_to_march() -> None:
    """FY2024 starts on 1 April 2024 and ends on 31 March 2025."""
    assert (date(2024, 4, 1), date(2025, 3, 31)) == (FiscalYear(2024).start, FiscalYear(2024).end)


def test_the_first_year_of_an_era_is_gannen() -> None:
    """FY2019 is 令和元年度, as the government counts it; 平成31年度 names the same year."""
    assert "令和元年度" == FiscalYear(2019).era
    assert "昭和63年度" == FiscalYear(1988).era
    assert FiscalYear(2019) == FiscalYear.parse("平成31年度")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2015年", 2015),
        ("2027年度", 2027),
        ("2022年4月", 2022),
        ("2022年3月", 2021),
        ("R4.10月", 2022),
        ("R4.3", 2021),
    ],
)
def test_a_month_belongs_to_the_fiscal_year_that_it_falls_in(text: str, year: int) -> None:
    """March 2022 is in FY2021; a bare 年 stays the calendar year."""
    assert year == year_named_by(text)


def test_a_month_above_twelve_is_refused() -> None:
    """There is no thirteenth month."""
    with pytest.raises(FiscalYearError, match="month from 1 to 12"):
        year_named_by("2022年13月")
