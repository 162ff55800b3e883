"""Quantities as Japanese public documents write them, read for certain or refused.

The forms are those of the two documents that this was made for, and of others like them. A unit or a word
that `data/curated/units.csv` does not have is refused, not guessed: add a row once it is clear what it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from renkei.checkout import Checkout
from renkei.errors import FiscalYearError, QuantityError
from renkei.fiscal_year import YEAR_PATTERN, year_named_by
from renkei.numeral import NUMERAL_PATTERN, parse_numeral, scale_of
from renkei.text import normalise
from renkei.units import Units, squeezed

Bound = Literal["exact", "at_least", "at_most"]

_NONE = {"-", "ー", "―", "—", "–", "‐", "−"}
_PENDING = {"未集計", "集計中"}
_ESTIMATE_MARKS = {"推定", "推計", "概算"}
_PROVISIONAL_MARKS = {"集計中", "見込", "見込み", "速報", "速報値", "暫定", "暫定値"}
_BOUNDS: dict[str, Bound] = {"以上": "at_least", "以下": "at_most"}
_EVERY_YEAR_BEFORE = {"年", "毎年", "毎年度"}
_EVERY_YEAR_AFTER = {"/年", "/年度"}
#: What is said beside a number and its unit, as it reads on its own.
_BESIDE = {
    "年": "年当たり",
    "/年": "年当たり",
    "/年度": "年度当たり",
    "各": "それぞれ",
    "の会議の開催": "会議の開催",
}
#: What is counted, where a document says it after the number.
_COUNTED_THINGS = {"", "の会議の開催"}

_TIME = re.compile(
    rf"(?P<every>毎年度|毎年)|(?P<year>{YEAR_PATTERN})(?P<until>まで)?(?P<each>の毎年度|の毎年)?"
)


@dataclass(frozen=True)
class Quantity:
    """One cell of a document, understood.

    `value` is in the base unit (27兆9千億円 is 27900000000000 円) and None where the
    text gives none. `state` is a state word; `is_increase` says that it asks for more
    than before. `year` is the year that the text names: the fiscal year for 年度 or a
    month, else the calendar year. `is_every_year` and `is_until` keep 毎年度 and まで
    apart from a plain year.

    How it was written: 37,076千名 has the `written_scale` 千, a `scale` of 1000, and the `written_unit`
    名. `remarks` stand in parentheses; `beyond` is what is said outside of them beside number and unit,
    each as it reads on its own: 以上 and 年当たり for 年1回以上; a word in place of a number too.
    """

    value: Decimal | None
    unit: str
    bound: Bound = "exact"
    is_estimate: bool = False
    is_provisional: bool = False
    state: str | None = None
    year: int | None = None
    text: str = ""
    is_every_year: bool = False
    is_until: bool = False
    is_increase: bool = False
    written_scale: str = ""
    scale: int = 1
    written_unit: str = ""
    remarks: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()

    @property
    def decimals(self) -> int:
        """With how many decimals it is written in its scale: 1 for 25.1万人 and for 27兆9千億円."""
        number = (self.value or Decimal(0)) / self.scale
        return len(f"{number:f}".rstrip("0").partition(".")[2])

    @property
    def is_missing(self) -> bool:
        """Whether the document has a dash here: nothing given, nothing asked."""
        return normalise(self.text) in _NONE

    @property
    def step(self) -> Decimal | None:
        """What one more in the last written digit adds: 100 for 12.3千人; None without a number."""
        if self.value is None:
            return None
        exponent = (self.value / self.scale).as_tuple().exponent
        return self.scale * Decimal(1).scaleb(min(int(exponent), 0))


@dataclass(frozen=True)
class _Time:
    year: int | None = None
    is_every_year: bool = False
    is_until: bool = False


def parse_quantity(text: str, units: Units | None = None) -> Quantity:
    """The quantity that `text` holds, in the units given, or in those of the current checkout.

    Reads full-width and half-width forms alike. A text with two quantities, an
    unknown unit or an unknown word raises QuantityError; a dash gives a Quantity
    without value, and 未集計 one that is provisional as well.
    """
    known = Units.of(Checkout.current()) if units is None else units
    plain = squeezed(text)
    if plain in _NONE:
        return Quantity(None, "", text=text)
    core, remarks = _without_parentheses(plain, text)
    time, marks = _read_remarks(remarks, text)
    is_provisional = bool(marks & _PROVISIONAL_MARKS)
    is_estimate = bool(marks & _ESTIMATE_MARKS)

    if core in _PENDING:
        core, is_provisional = "", True
    elif standing_time := _read_time(core, text):
        core, time = "", _the_only(time, standing_time, text)
    elif core == "" and not remarks:
        raise _refused(text)
    if core == "" or core in known.states:
        return Quantity(
            None,
            "",
            is_estimate=is_estimate,
            is_provisional=is_provisional or core.endswith("予定"),
            state=core or None,
            year=time.year if time else None,
            text=text,
            is_every_year=time is not None and time.is_every_year,
            is_until=time is not None and time.is_until,
            is_increase=core in known.increases,
            remarks=tuple(remarks),
            beyond=(core,) if core else (),
        )

    match = _number(known.pattern).fullmatch(core)
    if (
        not match
        or not _stands_together(match["unit"], text)
        or (match["thing"] or "") not in _COUNTED_THINGS
        or (match["unit"] == "年" and match["before"])
    ):
        raise _refused(text)
    value = parse_numeral(match["numeral"])
    unit = known.names[match["unit"]] if match["unit"] else ""
    written_scale, scale = scale_of(match["numeral"])
    beside = [match[part] for part in ("bound", "about", "roughly", "before", "after", "thing")]
    is_yearly = match["before"] in _EVERY_YEAR_BEFORE or match["after"] in _EVERY_YEAR_AFTER
    return Quantity(
        value=-value if match["sign"] else value,
        unit=unit,
        bound=_BOUNDS.get(match["bound"] or "", "exact"),
        is_estimate=is_estimate or bool(match["about"] or match["roughly"]),
        is_provisional=is_provisional,
        year=time.year if time else None,
        text=text,
        is_every_year=is_yearly or (time is not None and time.is_every_year),
        is_until=time is not None and time.is_until,
        written_scale=written_scale,
        scale=scale,
        # Reading made m2 of ㎡.
        written_unit=unit if squeezed(unit) == match["unit"] else match["unit"],
        remarks=tuple(remarks),
        beyond=tuple(_BESIDE.get(word, word) for word in beside if word),
    )


@cache
def _number(units: str) -> re.Pattern[str]:
    return re.compile(
        r"(?P<about>約|およそ|概ね)?(?P<before>毎年度|毎年|年|各)?(?P<sign>[▲△−-])?"
        rf"(?P<numeral>{NUMERAL_PATTERN})(?P<unit>{units})(?P<after>/年度|/年)?"
        r"(?P<roughly>程度)?(?P<bound>以上|以下)?(?P<thing>の\D+)?"
    )


def _stands_together(unit: str, text: str) -> bool:
    """Whether no space parts a unit from a digit of its own: 5m 2 is no ㎡, but two numbers."""
    return unit.isalpha() or unit in re.sub(r" (?!\d)", "", normalise(text))


def _without_parentheses(plain: str, text: str) -> tuple[str, list[str]]:
    remarks = re.findall(r"\(([^()]*)\)", plain)
    core = re.sub(r"\([^()]*\)", "", plain)
    if "(" in core or ")" in core:
        raise _refused(text)
    return core, remarks


def _read_remarks(remarks: list[str], text: str) -> tuple[_Time | None, set[str]]:
    time: _Time | None = None
    marks: set[str] = set()
    for remark in remarks:
        if remark in _ESTIMATE_MARKS | _PROVISIONAL_MARKS:
            marks.add(remark)
        elif found := _read_time(remark, text):
            time = _the_only(time, found, text)
        else:
            raise _refused(text)
    return time, marks


def _read_time(part: str, text: str) -> _Time | None:
    match = _TIME.fullmatch(part)
    if not match:
        return None
    if match["every"]:
        return _Time(is_every_year=True)
    try:
        year = year_named_by(match["year"])
    except FiscalYearError as error:
        raise QuantityError(f"{error} in “{text}”") from error
    return _Time(year, is_every_year=bool(match["each"]), is_until=bool(match["until"]))


def _the_only(first: _Time | None, second: _Time, text: str) -> _Time:
    """Both times as one: 毎年度 (2022年度) goes together, two years do not."""
    if first is None:
        return second
    if first.is_every_year == second.is_every_year:
        raise _refused(text)
    every_year, in_year = sorted((first, second), key=lambda time: not time.is_every_year)
    if every_year.year is not None or in_year.is_until:
        raise _refused(text)
    return _Time(in_year.year, is_every_year=True)


def _refused(text: str) -> QuantityError:
    return QuantityError(
        f"one quantity with a known unit, or a known state, was expected, found “{text}”; "
        "correct the text in data/curated/corrections.csv, or add the word to data/curated/units.csv"
    )
