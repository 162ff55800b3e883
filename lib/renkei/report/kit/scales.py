"""Numbers of one row in one unit, so that the unit stands once and the digits below each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from renkei.errors import QuantityError
from renkei.quantity import Quantity, parse_quantity
from renkei.report.kit.cells import cell, shown
from renkei.report.kit.numbers import NONE, Rounding, rounded, without_remark, written
from renkei.report.kit.pieces import Cell
from renkei.rounding import target_rounding as target_rounding


@dataclass(frozen=True)
class Scale:
    """A unit such as 千人: its label, the base unit, and how many of the base unit it is.

    `decimals` are those of the published number that has most; what is computed from them has as many, so
    that it claims no more than they do: people and cases, published whole, stay whole.
    """

    label: str
    unit: str
    size: int
    decimals: int = 0

    def published(self, text: str | None) -> Cell:
        """A published quantity as a bare number, its remarks below; words likewise.

        A quantity in another unit than this one keeps its own; a text that is none stands as it is.
        """
        quantity = _quantity(text)
        if text is not None and quantity is None:
            return cell(text)
        if quantity is None or quantity.value is None or quantity.unit != self.unit:
            return _remarked(cell(without_remark(shown(text))), quantity.remarks if quantity else ())
        number = quantity.value / self.size
        found = Cell(
            number=float(number),
            decimals=replace(quantity, scale=self.size).decimals,
            year=quantity.year,
            mark="estimated" if quantity.is_estimate or quantity.is_provisional else "",
        )
        return _remarked(found, (*quantity.beyond, *quantity.remarks))

    def said(self, text: str | None) -> str:
        """A published quantity in words, without its remarks: 17,750千人; words likewise."""
        of = self.published(text)
        return of.words if of.number is None else f"{of.words}{self.label}"

    def in_its_unit(self, text: str) -> str:
        """A published quantity as its document has it, without remarks; in this unit if it has another scale.

        1人以上; but 13,000人 for 13千人 where the row is in 人.
        """
        quantity = _quantity(text)
        if quantity is None:
            return text
        is_alike = quantity.value is None or quantity.scale == self.size
        return without_remark(text) if is_alike else self.said(text)

    def computed(self, value: float, *below: str, rounding: Rounding = "nearest") -> Cell:
        """A computed value as a bare number, with as many decimals as the published ones have."""
        number = rounded(value / self.size, self.decimals, rounding)
        return Cell(number=number, decimals=self.decimals, below=below)

    def words(self, value: float, rounding: Rounding = "nearest") -> str:
        """A value in words, with as many decimals as the published ones have: 43万人, 28.9兆円."""
        return f"{written(rounded(value / self.size, self.decimals, rounding), self.decimals)}{self.label}"


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
    label = f"{smallest.written_scale}{words.pop() if len(words) == 1 else unit}"
    decimals = max(replace(quantity, scale=smallest.scale).decimals for quantity in alike)
    return Scale(label, unit, smallest.scale, decimals)


def in_one_unit(*texts: str | None) -> list[str | Cell]:
    """Cells for a row: the unit of these published texts, then each of them in it."""
    scale = scale_of(*texts)
    return [scale.label, *map(scale.published, texts)]


def _remarked(of: Cell, remarks: tuple[str, ...]) -> Cell:
    """The cell with what stands beside its value on one small line below."""
    return replace(of, below=("、".join(remarks),)) if remarks else of


def _quantity(text: str | None) -> Quantity | None:
    """The quantity that a text holds; None for the words in which an office tells what was done."""
    try:
        return None if text is None else parse_quantity(text)
    except QuantityError:
        return None
