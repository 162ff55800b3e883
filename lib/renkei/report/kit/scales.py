"""Numbers of one row in one unit, so that the unit stands once and the digits below each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from markupsafe import Markup

from renkei.quantity import parse_quantity
from renkei.report.kit.numbers import NONE, plain_number, without_remark
from renkei.report.kit.tables import shown

#: Words for powers of ten, as the documents put them before a unit.
_SCALES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8, "兆": 10**12}
_REMARKS = re.compile(r"\(([^()]*)\)")
_WRITTEN = re.compile(r"▲?[\d,.]+(?P<scale>百万|千|万|億|兆)?(?:[\d.]+千?億)?(?P<unit>[^\d/()以の]*(?:/日)?)")


@dataclass(frozen=True)
class Measure:
    """A unit such as 千人: its label, the base unit, and how many of the base unit it is."""

    label: str
    unit: str
    scale: int

    def published(self, text: object) -> str | Markup:
        """A published quantity as a bare number, its remarks below; words likewise.

        A quantity in another unit than this one keeps its own.
        """
        value, unit = _value_and_unit(text)
        if value is None or unit != self.unit:
            words = shown(text)
            return remarked(without_remark(words), "、".join(_REMARKS.findall(words)))
        number = f"{abs(value) / self.scale:,f}"
        number = number.rstrip("0").rstrip(".") if "." in number else number
        return remarked(f"{'▲' if value < 0 else ''}{number}", _remark(str(text)))

    def computed(self, value: float) -> str:
        """A computed value as a bare number: whole from 1,000 on, else with one decimal."""
        return plain_number(value / self.scale)


def measure_of(*texts: object) -> Measure:
    """The unit for the numbers of these published texts: the smallest in which any is written.

    Without a number among them, a dash.
    """
    written = []
    for text in texts:
        value, unit = _value_and_unit(text)
        if value is not None and (match := _WRITTEN.search(str(text))):
            written.append((unit, match["scale"] or "", match["unit"].strip()))
    if not written:
        return Measure(NONE, NONE, 1)
    unit = written[0][0]
    alike = [(scale, word) for base, scale, word in written if base == unit]
    scale = min((scale for scale, _ in alike), key=_SCALES.__getitem__)
    words = {word for _, word in alike}
    return Measure(f"{scale}{words.pop() if len(words) == 1 else unit}", unit, _SCALES[scale])


def in_one_unit(*texts: object) -> list[str | Markup]:
    """Cells for a row: the unit of these published texts, then each of them in it."""
    measure = measure_of(*texts)
    return [measure.label, *map(measure.published, texts)]


def remarked(number: str | Markup, remark: str) -> str | Markup:
    """A number with a small line below."""
    return Markup("{}<br><small>{}</small>").format(number, remark) if remark else number


def _value_and_unit(text: object) -> tuple[Decimal | None, str]:
    if pd.isna(text):  # type: ignore[call-overload]
        return None, ""
    quantity = parse_quantity(str(text))
    return quantity.value, quantity.unit


def _remark(text: str) -> str:
    """What a published text says beyond number and unit: 2022年度, 推定, 以上, 年1回."""
    core = _REMARKS.sub("", text).strip()
    rest = _WRITTEN.sub("", core, count=1)
    beyond = [] if not rest else [rest if rest in ("以上", "以下") else core]
    return "、".join([*_REMARKS.findall(text), *beyond])
