"""Numbers in which Japanese unit characters stand among the digits: 27兆9千億, 29兆2,720億325百万."""

from __future__ import annotations

import re
from decimal import Decimal

from renkei.errors import QuantityError

_SMALL = {"十": 10, "百": 100, "千": 1_000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SECTION = re.compile(rf"((?:{_DIGITS}[十百千]?)+)([万億兆]?)")
_ITEM = re.compile(rf"({_DIGITS})([十百千]?)")

#: A whole number of this kind; half-width digits, commas in threes.
NUMERAL_PATTERN = rf"(?:{_DIGITS}[十百千]?[万億兆]?)+"


def parse_numeral(text: str) -> Decimal:
    """The value of a numeral such as 1,234, 25.1万, 9千億 or 2兆5千3百億40万.

    Unit characters must fall from left to right, and only the last figure may
    have decimals; whatever else is a QuantityError.
    """
    sections = _SECTION.findall(text)
    if not sections or "".join(items + large for items, large in sections) != text:
        raise _refused(text)
    total = Decimal(0)
    limit: int | None = None
    for items, large in sections:
        unit = _LARGE.get(large, 1)
        value, finest = _section(items, text)
        smallest_said = unit * finest
        has_only_digits = smallest_said == 1
        if limit is not None and (value >= limit if has_only_digits else smallest_said >= limit):
            raise _refused(text)
        limit = unit
        total += value * unit
    if re.search(r"\.\d+[十百千万億兆]+\d", text):
        raise _refused(text)
    return total


def scale_of(text: str) -> tuple[str, int]:
    """The power of ten of a numeral's first figure, as written and as a number: 万 and 10000 for 1万5千."""
    section = _SECTION.match(text)
    item = _ITEM.match(text)
    if section is None or item is None:
        raise _refused(text)
    return f"{item[2]}{section[2]}", _SMALL.get(item[2], 1) * _LARGE.get(section[2], 1)


def _section(items: str, text: str) -> tuple[Decimal, int]:
    """Value of the figures before one of 万億兆, and the unit of the last of them."""
    value = Decimal(0)
    limit: int | None = None
    finest = 1
    for digits, small in _ITEM.findall(items):
        finest = _SMALL.get(small, 1)
        item = Decimal(digits.replace(",", "")) * finest
        if limit is not None and item >= limit:
            raise _refused(text)
        limit = finest
        value += item
    return value, finest


def _refused(text: str) -> QuantityError:
    return QuantityError(
        f"a number such as 1,234, 25.1万 or 27兆9千億 was expected, found “{text}”; "
        "write it with its largest unit first"
    )
