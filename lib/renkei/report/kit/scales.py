"""Numbers of one row in one unit, so that the unit stands once and the digits below each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from renkei.quantity import Quantity, parse_quantity
from renkei.report.kit.cells import cell, shown
from renkei.report.kit.numbers import NONE, decimals_of, without_remark
from renkei.report.kit.pieces import Cell

#: Words for powers of ten, as the documents put them before a unit.
_SCALES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8, "兆": 10**12}
_REMARKS = re.compile(r"\(([^()]*)\)")
_WRITTEN = re.compile(r"▲?[\d,.]+(?P<scale>百万|千|万|億|兆)?(?:[\d.]+千?億)?(?P<unit>[^\d/()以の]*(?:/日)?)")


@dataclass(frozen=True)
class Scale:
    """A unit such as 千人: its label, the base unit, and how many of the base unit it is."""

    label: str
    unit: str
    size: int

    def published(self, text: str | None) -> Cell:
        """A published quantity as a bare number, its remarks below; words likewise.

        A quantity in another unit than this one keeps its own.
        """
        quantity = _quantity(text)
        if text is None or quantity is None or quantity.value is None or quantity.unit != self.unit:
            words = shown(text)
            return _remarked(cell(without_remark(words)), "、".join(_REMARKS.findall(words)))
        number = quantity.value / self.size
        found = Cell(
            number=float(number),
            decimals=_decimals(number),
            year=quantity.year,
            mark="estimated" if quantity.is_estimate or quantity.is_provisional else "",
        )
        return _remarked(found, _remark(text))

    def computed(self, value: float, *below: str) -> Cell:
        """A computed value as a bare number: whole from 1,000 on, else with one decimal."""
        number = value / self.size
        return Cell(number=number, decimals=decimals_of(number), below=below)


def scale_of(*texts: str | None) -> Scale:
    """The unit for the numbers of these published texts: the smallest in which any is written.

    Without a number among them, a dash.
    """
    found = []
    for text in texts:
        quantity = _quantity(text)
        if quantity is not None and quantity.value is not None and (match := _WRITTEN.search(str(text))):
            found.append((quantity.unit, match["scale"] or "", match["unit"].strip()))
    if not found:
        return Scale(NONE, NONE, 1)
    unit = found[0][0]
    alike = [(scale, word) for base, scale, word in found if base == unit]
    scale = min((scale for scale, _ in alike), key=_SCALES.__getitem__)
    words = {word for _, word in alike}
    return Scale(f"{scale}{words.pop() if len(words) == 1 else unit}", unit, _SCALES[scale])


def in_one_unit(*texts: str | None) -> list[str | Cell]:
    """Cells for a row: the unit of these published texts, then each of them in it."""
    scale = scale_of(*texts)
    return [scale.label, *map(scale.published, texts)]


def _remarked(of: Cell, remark: str) -> Cell:
    return Cell(of.text, of.number, of.decimals, of.unit, of.year, of.mark, below=(remark,)) if remark else of


def _quantity(text: str | None) -> Quantity | None:
    return None if text is None else parse_quantity(text)


def _decimals(number: Decimal) -> int:
    plain = f"{number:f}".rstrip("0")
    return len(plain.partition(".")[2])


def _remark(text: str) -> str:
    """What a published text says beyond number and unit: 2022年度, 推定, 以上, 年1回."""
    core = _REMARKS.sub("", text).strip()
    rest = _WRITTEN.sub("", core, count=1)
    beyond = [] if not rest else [rest if rest in ("以上", "以下") else core]
    return "、".join([*_REMARKS.findall(text), *beyond])
