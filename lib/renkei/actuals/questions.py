"""What is asked about a value that may be right, but looks as if it were not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from renkei.actuals.cells import shown
from renkei.actuals.claims import Claim
from renkei.load import Tables
from renkei.newest import known_values, newest_values
from renkei.revisions import in_force
from renkei.tables.reported import Reported
from renkei.typed_rows import typed_rows

#: From so many times the newest value on, or so small a part of it, a value is asked about; from the second
#: on it looks as if it were in another power of ten.
_TIMES, _TIMES_OF_UNIT = 10, 500
#: How small a part of the target a first value may be: a running total begins small.
_PART_OF_TARGET = 100


@dataclass(frozen=True)
class Known:
    """What is known of an indicator before a value comes in; years that no document names are None."""

    value: Decimal | None = None
    text: str = ""
    year: int | None = None
    is_actual: bool = False
    was_negative: bool = False


@dataclass(frozen=True)
class Question:
    """A question about a value: its code, as in data/actuals/accepted.csv, and what it asks."""

    code: str
    text: str


@dataclass(frozen=True)
class _Newest:
    indicator_id: str
    value: float | None
    text: str
    year: int | None
    origin: str


@dataclass(frozen=True)
class _Value:
    indicator_id: str
    value: float | None


def known_by(fiscal_year: int, tables: Tables) -> dict[str, Known]:
    """What is known by the end of a year of each indicator of the newest plan as it is in force for it."""
    tables = in_force(fiscal_year, tables)
    negative = {
        row.indicator_id
        for row in typed_rows(known_values(tables), _Value)
        if row.value is not None and row.value < 0
    }
    return {
        row.indicator_id: Known(
            None if row.value is None else Decimal(str(row.value)),
            row.text,
            row.year,
            row.origin == "actual",
            row.indicator_id in negative,
        )
        for row in typed_rows(newest_values(fiscal_year, tables), _Newest)
    }


def after(known: Known, claim: Claim) -> Known:
    """What is known once a claim of an earlier year has come in with others."""
    value = claim.actual.value
    if value is None:
        return known
    return replace(
        known,
        value=value,
        text=claim.actual.text,
        year=claim.observed_year,
        is_actual=True,
        was_negative=known.was_negative or value < 0,
    )


def questions_about(claim: Claim, known: Known, before: Sequence[Reported]) -> list[Question]:
    """Everything to ask about a claim; `before` are the rows of its indicator in its year's file."""
    return [*_of_name(claim), *_of_time(claim, known, before), *_of_size(claim, known)]


def _of_name(claim: Claim) -> Iterator[Question]:
    """A form handed out before the plan was revised may mean what the indicator was then."""
    if claim.other_name:
        told = f"the form calls it “{shown(claim.other_name)}”, as another version of the plan does"
        meant = f"“{shown(claim.measured.name)}”, as the plan in force for FY{claim.fiscal_year} calls it"
        yield Question("renamed", f"{told}; is it the value of {meant}?")


def _of_time(claim: Claim, known: Known, before: Sequence[Reported]) -> Iterator[Question]:
    final = [row for row in before if row.status == "final"]
    if final:
        told = f"“{final[-1].actual_text}” was entered as final on {final[-1].entered_on}"
        if claim.status == "provisional":
            yield Question("unsettled", f"{told}; is a provisional value to come after it?")
        elif claim.actual.value != final[-1].actual_value or claim.actual.value is None:
            yield Question("final_changed", f"{told}; has it changed?")
    elif claim.actual.says_nothing and (given := [row for row in before if row.actual_value is not None]):
        told = f"“{given[-1].actual_text}” was entered on {given[-1].entered_on}"
        yield Question("withdrawn", f"{told}; is it known no more?")
    year = claim.observed_year
    if year is None:
        return
    if known.year is not None and year < known.year:
        yield Question("year", f"a value of {known.year}, “{known.text}”, is known; is this one of {year}?")
    elif year != claim.fiscal_year:
        yield Question("year", f"is the value of {year}, and not of FY{claim.fiscal_year}?")


def _of_size(claim: Claim, known: Known) -> Iterator[Question]:
    value, of = claim.actual.value, claim.measured
    if value is None:
        return
    if known.value is not None:
        yield from _of_proportion(value, known.value, f"the newest value known, “{known.text}”", _TIMES)
    elif of.target is not None:
        yield from _of_proportion(value, of.target, "the target", _PART_OF_TARGET)
    if of.unit == "%" and 0 < abs(value) <= 1:
        yield Question("fraction", f"is it {value} %, or {value * 100:f} %, written as a fraction?")
    if of.unit == "%" and value > 100 and (of.target is None or of.target <= 100):
        yield Question("over_100", f"can it be {value} %, more than 100 %?")
    if value < 0 and not known.was_negative and (of.target is None or of.target >= 0):
        yield Question("negative", "is it negative? None was so far")
    if of.ratable.target_kind == "cumulative" and known.is_actual and value < (known.value or 0):
        yield Question("falls", f"can a running total fall? The newest value known is “{known.text}”")


def _of_proportion(value: Decimal, known: Decimal, named: str, part: int) -> Iterator[Question]:
    if known == 0:
        return
    times = abs(value / known)
    if times >= _TIMES_OF_UNIT or 0 < times <= Decimal(1) / _TIMES_OF_UNIT:
        yield Question("unit", f"is it in the right unit? It is {_times(times)} {named}")
    elif times >= _TIMES:
        yield Question("times", f"can it be so large? It is {_times(times)} {named}")
    elif times <= Decimal(1) / part:
        yield Question("times", f"can it be so small? It is {_times(times)} {named}")


def _times(times: Decimal) -> str:
    return f"{times:,.0f} times" if times >= _TIMES else f"{times:.3g} times"
