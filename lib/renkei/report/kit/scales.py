"""Numbers of one row in one unit, so that the unit stands once and the digits below each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from renkei.quantity import Quantity, parse_quantity
from renkei.report.kit.cells import cell, shown
from renkei.report.kit.numbers import NONE, decimals_of, without_remark
from renkei.report.kit.pieces import Cell


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
        if quantity is None or quantity.value is None or quantity.unit != self.unit:
            return _remarked(cell(without_remark(shown(text))), quantity.remarks if quantity else ())
        number = quantity.value / self.size
        found = Cell(
            number=float(number),
            decimals=_decimals(number),
            year=quantity.year,
            mark="estimated" if quantity.is_estimate or quantity.is_provisional else "",
        )
        return _remarked(found, (*quantity.remarks, *([quantity.beyond] if quantity.beyond else [])))

    def computed(self, value: float, *below: str) -> Cell:
        """A computed value as a bare number: whole from 1,000 on, else with one decimal."""
        number = value / self.size
        return Cell(number=number, decimals=decimals_of(number), below=below)


def scale_of(*texts: str | None) -> Scale:
    """The unit for the numbers of these published texts: the smallest in which any is written.

    Without a number among them, a dash.
    """
    quantities = [quantity for text in texts if (quantity := _quantity(text)) and quantity.value is not None]
    if not quantities:
        return Scale(NONE, NONE, 1)
    unit = quantities[0].unit
    alike = [quantity for quantity in quantities if quantity.unit == unit]
    smallest = min(alike, key=lambda quantity: quantity.scale)
    words = {quantity.written_unit for quantity in alike}
    return Scale(f"{smallest.written_scale}{words.pop() if len(words) == 1 else unit}", unit, smallest.scale)


def in_one_unit(*texts: str | None) -> list[str | Cell]:
    """Cells for a row: the unit of these published texts, then each of them in it."""
    scale = scale_of(*texts)
    return [scale.label, *map(scale.published, texts)]


def _remarked(of: Cell, remarks: tuple[str, ...]) -> Cell:
    """The cell with what stands beside its value on one small line below."""
    return replace(of, below=("、".join(remarks),)) if remarks else of


def _quantity(text: str | None) -> Quantity | None:
    return None if text is None else parse_quantity(text)


def _decimals(number: Decimal) -> int:
    """With how many decimals a number is published."""
    return len(f"{number:f}".rstrip("0").partition(".")[2])
