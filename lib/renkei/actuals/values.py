"""A cell's actual as the documents write one: its number in the form's unit, or its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from renkei.actuals.cells import Cell, unseen
from renkei.actuals.form import LONGEST, PENDING_WORD, FormUnit
from renkei.errors import QuantityError
from renkei.quantity import Quantity, parse_quantity
from renkei.tables.reported import NOTHING
from renkei.text import normalise
from renkei.units import Units, squeezed

#: The most decimals of a number as it is printed; more are what a computation left.
MOST_DECIMALS = 4
#: Numbers of more digits are no count of anything here.
_MOST_DIGITS = 18
_BARE = re.compile(r"(?P<sign>[▲△−-]?)(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)")
#: What may be written for what is still being counted.
PENDING_WORDS = (PENDING_WORD, "未集計")
_CLEAR = "or clear the whole row where there is nothing to report"


@dataclass(frozen=True)
class Actual:
    """What was achieved: as text, and its value in the indicator's unit, None for words and for nothing.

    `year` is the year that the text names; `is_provisional` says that it calls itself provisional.
    """

    text: str
    value: Decimal | None = None
    year: int | None = None
    is_provisional: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether it is not known yet, or there is none."""
        return self.value is None and self.text in (PENDING_WORD, NOTHING)


def actual_in(cell: Cell, unit: str, form: FormUnit, units: Units) -> Actual:
    """The actual that a cell holds, for an indicator of this unit, in words where it has none.

    `parse_quantity` reads its text as its value in `unit`. SourceError for a cell that does not say one for
    certain.
    """
    expected = f"a number in {form.text}" if unit else "a text such as 実施"
    if cell.is_empty:
        raise cell.refused(f"{expected}, {PENDING_WORD} or {NOTHING}", f"fill it in, {_CLEAR}")
    if cell.kind == "formula":
        raise cell.refused(
            expected, "open the file in Excel and save it, or write the value in place of the formula"
        )
    if cell.kind in ("date", "boolean", "error"):
        raise cell.refused(expected, "write it there, and have the cell formatted as a number or as text")
    if cell.kind == "number":
        if not unit:
            raise cell.refused(expected, "write in words what was done, a number with its unit")
        return _of_number(cell, unit, form, units, expected)
    return _of_text(cell, unit, form, units, expected)


def _of_number(cell: Cell, unit: str, form: FormUnit, units: Units, expected: str) -> Actual:
    if cell.is_percent and unit != "%":
        raise cell.refused(expected, "have the cell formatted as a number, and write the number again")
    number = cell.number or Decimal(0)
    return _written(cell, number, form.text, units, expected)


def _of_text(cell: Cell, unit: str, form: FormUnit, units: Units, expected: str) -> Actual:
    text = text_in(cell, LONGEST["actual"])
    if squeezed(text) in PENDING_WORDS:
        return Actual(PENDING_WORD, is_provisional=True)
    if not unit:
        return Actual(NOTHING if Quantity(None, "", text=text).is_missing else text)
    if bare := _BARE.fullmatch(squeezed(text)):
        number = Decimal(bare["digits"].replace(",", "")) * (-1 if bare["sign"] else 1)
        return _written(cell, number, form.text, units, expected)
    what_to_do = f"write the number alone, in {form.text}, or with its unit"
    try:
        found = parse_quantity(text, units)
    except QuantityError as error:
        raise cell.refused(expected, what_to_do) from error
    if found.is_missing:
        return Actual(NOTHING)
    if found.value is None or found.bound != "exact":
        raise cell.refused(expected, what_to_do)
    if found.unit != unit:
        raise cell.refused(f"{expected}, or in another power of ten of {unit}", what_to_do)
    number = found.value / found.scale
    told = _written(cell, number, f"{found.written_scale}{found.written_unit}", units, expected)
    about = "約" if found.is_estimate else ""
    return Actual(f"{about}{told.text}", told.value, found.year, found.is_provisional)


def _written(cell: Cell, number: Decimal, counted_in: str, units: Units, expected: str) -> Actual:
    """A number with separators and its unit."""
    plain = f"{abs(number):f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    whole, _, decimals = plain.partition(".")
    if len(decimals) > MOST_DECIMALS:
        raise cell.refused(
            f"{expected} of at most {MOST_DECIMALS} decimals", "round it as it is to be printed"
        )
    if len(whole) > _MOST_DIGITS:
        raise cell.refused(f"{expected} of at most {_MOST_DIGITS} digits", "write the number again")
    separated = f"{int(whole):,}{'.' if decimals else ''}{decimals}"
    text = f"{'▲' if number < 0 else ''}{separated}{counted_in}"
    return Actual(text, parse_quantity(text, units).value)


def text_in(cell: Cell, longest: int) -> str:
    """A cell's text in one line, NFKC; SourceError for a longer one, and for characters that nobody sees."""
    if cell.kind in ("date", "boolean", "error", "formula"):
        raise cell.refused("a text", "write it again, and have the cell formatted as text")
    code = unseen(cell.text)
    if code is not None:
        raise cell.refused("a text of characters that can be seen", f"take out {code}: write the text again")
    text = normalise(cell.text)
    if len(text) > longest:
        raise cell.refused(f"a text of at most {longest} characters", f"shorten it; it has {len(text)}")
    return text
