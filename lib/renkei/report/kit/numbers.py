"""Numbers as a Japanese reader expects them."""

from __future__ import annotations

import math
import re

from renkei.rounding import Rounding as Rounding
from renkei.rounding import rounded as rounded
from renkei.rounding import written as written

_YEN_SCALES = ((1e12, "兆円"), (1e8, "億円"), (1e4, "万円"))
#: What stands where a value is missing.
NONE = "－"
_YEAR_REMARK = re.compile(r"\s*\(([^()]*年[^()]*)\)")


def amount(value: float, unit: str) -> str:
    """A value in its unit: 392,000人, 53.7%, ▲1,619人, 29.8兆円.

    Whole numbers and those from 1,000 stay whole, others get one decimal; yen are said in 兆, 億 or 万.
    """
    if unit == "円":
        value, unit = yen_scale(value)
    return f"{plain_number(value)}{unit}"


def yen_scale(yen: float) -> tuple[float, str]:
    """An amount of yen in 兆円, 億円, 万円 or 円, whichever is the largest that it reaches."""
    for scale, name in _YEN_SCALES:
        if abs(yen) >= scale:
            return yen / scale, name
    return yen, "円"


def thousand_yen(value: float) -> str:
    """An amount in 1,000 yen, said in 億円 or 万円: 17,639,701 is 176.4億円."""
    return amount(float(value) * 1000, "円")


def percent(share: float | None) -> str:
    """A share in whole %, as `whole_percent` has it: 75%; a dash where there is none."""
    return NONE if share is None else f"{written(whole_percent(share), 0)}%"


def whole_percent(share: float) -> float:
    """A share in whole %; what lacks anything of 100 % is never said to be 100 %."""
    return rounded(share, 0, "down" if 99 <= share < 100 else "nearest")


def without_remark(text: str) -> str:
    """A published value without its year and remarks; what is all remark stays."""
    return text.split("(")[0].strip() or text


def year_words(text: str, year: int) -> str:
    """A year as the text that names it says it, calendar or fiscal; fiscal where it does not name it."""
    return f"{year}年" if re.search(rf"{year}年(?!度)", text) else f"{year}年度"


def without_year(text: str) -> str:
    """A published value without the year it is of; that it is an estimate, for one, stays."""
    return _YEAR_REMARK.sub("", text)


def of_its_year(text: str, observed_year: int | None, fiscal_year: int, remark: str = "") -> str:
    """A published value with the year it is of where that is not the year reported on, and a remark if any.

    17,750千人(2020年度) in a report on FY2021, where 285人(2021年度) is 285人.
    """
    remarks = "、".join(filter(None, (other_year(text, observed_year, fiscal_year), remark)))
    return without_year(text) + (f"({remarks})" if remarks else "")


def other_year(text: str, observed_year: int | None, fiscal_year: int) -> str:
    """The year that a published value is of, as its text has it; empty where it is the year reported on."""
    if observed_year is None or observed_year == fiscal_year:
        return ""
    found = _YEAR_REMARK.search(text)
    return found[1] if found else f"{observed_year}年度"


def plain_number(value: float) -> str:
    """A value without its unit, as `decimals_of` has it: 1,619 from 1,000 on, 53.7 below."""
    return written(value, decimals_of(value))


def decimals_of(value: float) -> int:
    """With how many decimals a computed value is said: none from 1,000 on, else one unless it is a 0."""
    rounded = math.floor(abs(value) * 10 + 0.5) / 10
    return 0 if abs(value) >= 1000 or rounded == int(rounded) else 1


def typeset(text: str) -> str:
    """`text` with the wide ～ of Japanese print, which NFKC turned into a raised ~ in the tables."""
    return text.replace("~", "～")
