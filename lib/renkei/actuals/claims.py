"""What a row of a form says of an indicator, each cell of it checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from renkei.actuals.cells import Cell, Place, shown
from renkei.actuals.form import COLUMNS, LONGEST, STATUS_WORDS
from renkei.actuals.measured import Measured
from renkei.actuals.reading import FormRow
from renkei.actuals.values import PENDING_WORDS, Actual, actual_in, text_in
from renkei.area import Plan
from renkei.errors import FiscalYearError, SourceError
from renkei.fiscal_year import FiscalYear, year_named_by
from renkei.legend import RATINGS
from renkei.rated import rating_of
from renkei.tables.reported import NOTHING
from renkei.text import normalise
from renkei.units import Units, squeezed

Found = TypeVar("Found")

#: Of a cell that holds a year, a word or a sign.
_LONGEST = 100
#: The years that the schema of data/actuals takes.
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
#: Signs that keyboards and fonts give in place of those of the legend.
_LOOKALIKES = {"〇": "○", "◯": "○", "⭕": "○", "☓": "×", "✕": "×", "✖": "×", "╳": "×", "⨯": "×"}
_DASHES = re.compile(r"[‐‑‒–—―−ー]")
#: Excel takes 2025-02-1 for a day of February, and saves it as 2025/2/1.
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_HEADS = {column.name: column.head for column in COLUMNS}


@dataclass(frozen=True)
class Claim:
    """What an office says of an indicator and year; `by_rule` is the rating that the rule gives.

    `measured` is the indicator as it is in force for the year; `other_name` is the name that another version
    of the plan has for it, where the form has that one.
    """

    fiscal_year: int
    measured: Measured
    actual: Actual
    observed_year: int | None
    status: str
    rating: str
    rated_by: str
    by_rule: str | None
    note: str
    office: str
    file: str
    path: str
    place: Place
    other_name: str = ""

    @property
    def indicator_id(self) -> str:
        """The indicator."""
        return self.measured.indicator_id

    @property
    def says(self) -> tuple[object, ...]:
        """What is the same in two claims that say the same, whoever said it, when, and in which unit."""
        value = self.actual.text if self.actual.value is None else self.actual.value
        return self.observed_year, value, self.status, self.rating, self.rated_by, self.note


def claim_of(
    row: FormRow,
    file: str,
    path: str,
    measured: Mapping[str, Measured],
    plans: Sequence[Plan],
    units: Units,
) -> tuple[Claim | None, list[SourceError]]:
    """The claim of a row, or None and everything that keeps it from being one."""
    problems: list[SourceError] = []

    def tried(read: Callable[[], Found]) -> Found | None:
        try:
            return read()
        except SourceError as error:
            problems.append(error)
            return None

    year = tried(lambda: _fiscal_year(row["fiscal_year"], plans))
    of = tried(lambda: _indicator(row, measured, year, plans))
    status = tried(lambda: _status(row))
    rating = tried(lambda: _rating(row["rating"]))
    note = tried(lambda: text_in(row["note"], LONGEST["note"]) or NOTHING)
    office = tried(lambda: _office(row["office"]))
    own_year = tried(lambda: (_observed_year(row["observed_year"]),))
    if of is None:
        return None, problems
    actual = tried(lambda: actual_in(row["actual"], of.unit, of.form, units))
    if year is None or actual is None or status is None or own_year is None or rating is None:
        return None, problems
    tried(lambda: _demand_agreement(row, actual, status, own_year[0]))
    by_rule = rating_of(
        of.ratable,
        None if actual.value is None else float(actual.value),
        actual.text,
        status,
        FiscalYear(year),
    )
    if not rating and by_rule is None:
        words = ", ".join(f"{sign} {meaning}" for sign, meaning in RATINGS.items())
        problems.append(
            row["rating"].refused(f"a rating, one of {words},", "rate it: its target is in words")
        )
    if problems or note is None or office is None:
        return None, problems
    return (
        Claim(
            fiscal_year=year,
            measured=of,
            actual=actual,
            observed_year=None if actual.says_nothing else own_year[0] or actual.year or year,
            status=status,
            rating=rating or by_rule or NOTHING,
            rated_by="person" if rating else "rule",
            by_rule=by_rule,
            note=note,
            office=office,
            file=file,
            path=path,
            place=row["actual"].place,
            other_name=_other_name(row, of),
        ),
        [],
    )


def _fiscal_year(cell: Cell, plans: Sequence[Plan]) -> int:
    years = ", ".join(f"{plan.first_year} to {plan.last_year}" for plan in plans)
    expected = f"a fiscal year of a plan, {years},"
    what_to_do = "write it as 2025, 令和7年度 or R7, or correct it"
    try:
        year = FiscalYear.parse(_typed(cell, expected, what_to_do)).starts_in
    except FiscalYearError as error:
        raise cell.refused(expected, what_to_do) from error
    if not any(plan.first_year <= year <= plan.last_year for plan in plans):
        raise cell.refused(expected, what_to_do)
    return year


def _indicator(
    row: FormRow, measured: Mapping[str, Measured], year: int | None, plans: Sequence[Plan]
) -> Measured:
    """The indicator of a row as it is in force for the year, whose name and unit are those of a form."""
    cell = row["indicator_id"]
    what_to_do = "copy the row anew from the form of 'renkei actuals template', or clear it"
    of = measured.get(_id(cell))
    if of is None:
        raise cell.refused("the ID of an indicator, such as K1 or 01-1 after its plan's year,", what_to_do)
    plan = next((plan for plan in plans if plan.first_year == of.plan), None)
    if year is not None and plan is not None and not plan.first_year <= year <= plan.last_year:
        raise cell.refused(f"an indicator of the plan of the row's year, FY{year},", what_to_do)
    names = {squeezed(name) for name in of.names}
    of = of if year is None else _in_force(cell, of, year)
    name, unit = row["indicator_name"], row["unit"]
    # A sheet sorted by some of its columns has other indicators' values in the row.
    if not name.is_empty and squeezed(name.text) not in names:
        raise name.refused(
            f"“{shown(of.name)}”, which is {of.indicator_id},", "are rows mixed up? " + what_to_do
        )
    if of.unit and not unit.is_empty and squeezed(unit.text) != squeezed(of.form.text):
        raise unit.refused(
            f"the form's unit, {of.form.text},",
            "put it back, and write a number in another unit with that unit behind it",
        )
    return of


def _in_force(cell: Cell, of: Measured, year: int) -> Measured:
    found = of.of_year(year)
    if found is None:
        when = "ended before" if of.was_ended(year) else "begins after"
        raise cell.refused(
            f"an indicator that the plan as revised has in FY{year}, and {of.indicator_id} {when} it,",
            "clear the row: there is nothing to report of it for that year",
        )
    return found


def _other_name(row: FormRow, of: Measured) -> str:
    """The name in the form, where it is that of another version of the plan."""
    name = row["indicator_name"]
    return "" if name.is_empty or squeezed(name.text) == squeezed(of.name) else normalise(name.text)


def _id(cell: Cell) -> str:
    text = _DASHES.sub("-", squeezed(cell.text)).upper()
    day = _DAY.fullmatch(text) if cell.kind == "date" or "/" in text else None
    return f"{day[1]}-{int(day[2]):02}-{int(day[3])}" if day else text


def _status(row: FormRow) -> str:
    cell = row["status"]
    expected = f"one of {', '.join(STATUS_WORDS.values())}"
    if cell.is_empty and squeezed(row["actual"].text) in PENDING_WORDS:
        # What is still being counted is nothing else.
        return "provisional"
    word = squeezed(text_in(cell, _LONGEST)).removesuffix("値")
    for status, meant in STATUS_WORDS.items():
        if word == meant:
            return status
    raise cell.refused(expected, f"say in “{_HEADS['status']}” whether the value may still change")


def _rating(cell: Cell) -> str:
    """The sign that the office gave; empty for none."""
    if cell.is_empty:
        return ""
    text = normalise(text_in(cell, _LONGEST))
    sign = _DASHES.sub("-", _LOOKALIKES.get(text[:1], text[:1]))
    meaning = text[1:].strip()
    if sign in RATINGS and meaning in ("", RATINGS[sign]):
        return sign
    for sign, meaning in RATINGS.items():
        if text == meaning:
            return sign
    words = ", ".join(f"“{sign} {meaning}”" for sign, meaning in RATINGS.items())
    raise cell.refused(f"one of {words}, or nothing,", "choose one from the list")


def _office(cell: Cell) -> str:
    if cell.is_empty:
        raise cell.refused("who filled the row in", f"write office and name in “{_HEADS['office']}”")
    return text_in(cell, LONGEST["office"])


def _observed_year(cell: Cell) -> int | None:
    """The year that the value is of; None where the office gave none."""
    if cell.is_empty:
        return None
    expected, what_to_do = "a year", "write it as 2025, 令和7年度, R7 or 2025年"
    text = _typed(cell, expected, what_to_do)
    try:
        year = _year(text)
    except FiscalYearError as error:
        raise cell.refused(expected, what_to_do) from error
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise cell.refused(f"{expected} from {_FIRST_YEAR} to {_LAST_YEAR}", what_to_do)
    return year


def _year(text: str) -> int:
    try:
        return FiscalYear.parse(text).starts_in
    except FiscalYearError:
        return year_named_by(text)


def _typed(cell: Cell, expected: str, what_to_do: str) -> str:
    if cell.kind not in ("text", "number") or cell.is_percent:
        raise cell.refused(expected, what_to_do)
    return text_in(cell, _LONGEST)


def _demand_agreement(row: FormRow, actual: Actual, status: str, year: int | None) -> None:
    """A cell must not say otherwise than the one beside it."""
    cell = row["actual"]
    if status == "final" and actual.is_provisional:
        raise cell.refused(
            f"a final value, as “{_HEADS['status']}” says,", "write the final value, or 暫定 beside it"
        )
    if year is not None and actual.year is not None and year != actual.year:
        raise cell.refused(f"a value of {year}, as “{_HEADS['observed_year']}” says,", "correct one of them")
