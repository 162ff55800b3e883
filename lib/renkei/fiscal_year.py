"""Years of Japanese public business, however a document writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from renkei.errors import FiscalYearError
from renkei.text import normalise

# The year before an era's first, and its last year that gave a fiscal year its name.
_ERAS = {"令和": (2018, 99), "平成": (1988, 31), "昭和": (1925, 63)}
_ERA_LETTERS = {"R": "令和", "H": "平成", "S": "昭和"}

#: A year with what makes it one: 2025年度, 2025年, 2022年4月, 令和6年度, R6, R4.10月.
YEAR_PATTERN = (
    r"(?:\d{4}年度|\d{4}年(?:\d{1,2}月)?"
    r"|(?:令和|平成|昭和|[RHS])(?:元|\d{1,2})(?:年度|年(?:\d{1,2}月)?|\.\d{1,2}月?)?)"
)
_YEAR = re.compile(
    r"(?:(?P<western>\d{4})|(?P<era>令和|平成|昭和|[RHS])(?P<era_year>元|\d{1,2}))"
    r"(?P<counted>年度|年|\.)?(?:(?P<month>\d{1,2})月?)?"
)


@dataclass(frozen=True, order=True)
class FiscalYear:
    """One year of Japanese public business: FY2024 runs from 1 April 2024 to 31 March 2025."""

    starts_in: int

    def __post_init__(self) -> None:
        if not 1926 <= self.starts_in <= 9998:
            raise FiscalYearError(f"a fiscal year from 1926 to 9998 was expected, found {self.starts_in}")

    @classmethod
    def parse(cls, text: str | int | FiscalYear) -> Self:
        """The fiscal year that 2024, "FY2024", "2024年度", "令和6年度" or "R6" names.

        Full-width digits and letters count as half-width ones. A calendar year
        ("2024年") is no fiscal year: a FiscalYearError, like everything else.
        """
        if isinstance(text, FiscalYear):
            return cls(text.starts_in)
        plain = re.sub(r"^FY|\s", "", normalise(str(text)).upper())
        match = _YEAR.fullmatch(plain)
        if not match or match["counted"] not in (None, "年度") or match["month"]:
            raise FiscalYearError(
                f"a fiscal year such as 2025, FY2025, 2025年度, 令和7年度 or R7 was expected, found “{text}”"
            )
        return cls(_first_calendar_year(match))

    @property
    def start(self) -> date:
        """Its first day, a 1 April."""
        return date(self.starts_in, 4, 1)

    @property
    def end(self) -> date:
        """Its last day, a 31 March."""
        return date(self.starts_in + 1, 3, 31)

    @property
    def era(self) -> str:
        """Its Japanese name: 令和6年度 for FY2024, 令和元年度 for FY2019."""
        name, before_first = next(
            (name, before) for name, (before, _) in _ERAS.items() if self.starts_in > before
        )
        number = self.starts_in - before_first
        return f"{name}{'元' if number == 1 else number}年度"

    @property
    def short_era(self) -> str:
        """Its Japanese name with the era's letter: R6年度 for FY2024."""
        era = self.era
        letter = next(letter for letter, name in _ERA_LETTERS.items() if era.startswith(name))
        return letter + era[2:]

    @property
    def label(self) -> str:
        """How the reports name it: 2024年度(令和6年度)."""
        return f"{self.starts_in}年度({self.era})"

    def __str__(self) -> str:
        return f"FY{self.starts_in}"

    def __int__(self) -> int:
        return self.starts_in


def year_named_by(text: str) -> int:
    """The year that a text matching `YEAR_PATTERN` names.

    年度 and a month give the fiscal year (2022年3月 is in FY2021), a bare 年 the calendar year.
    Anything else is a FiscalYearError.
    """
    match = _YEAR.fullmatch(normalise(text).replace(" ", ""))
    if not match or (match["western"] and not match["counted"]):
        raise FiscalYearError(f"a year such as 2025年度, 2025年 or R7 was expected, found “{text}”")
    year = _first_calendar_year(match)
    if match["month"] is None:
        return year
    month = int(match["month"])
    if not 1 <= month <= 12:
        raise FiscalYearError(f"a month from 1 to 12 was expected, found “{text}”")
    return year if month >= 4 else year - 1


def _first_calendar_year(match: re.Match[str]) -> int:
    if match["western"]:
        return int(match["western"])
    before_first, last = _ERAS[_ERA_LETTERS.get(match["era"], match["era"])]
    number = 1 if match["era_year"] == "元" else int(match["era_year"])
    if not 1 <= number <= last:
        raise FiscalYearError(f"{match['era']} has no year {number}: “{match[0]}”")
    return before_first + number
