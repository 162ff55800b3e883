"""Numbers of one row in one unit, so that the unit stands once and the digits below each other."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from renkei.quantity import Quantity, parse_quantity
from renkei.report.kit.markup import markup
from renkei.report.kit.numbers import NONE, plain_number, without_remark
from renkei.report.kit.tables import shown


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
        quantity = _quantity(text)
        if quantity is None or quantity.value is None or quantity.unit != self.unit:
            return remarked(without_remark(shown(text)), "、".join(quantity.remarks if quantity else ()))
        number = f"{abs(quantity.value) / self.scale:,f}"
        number = number.rstrip("0").rstrip(".") if "." in number else number
        beyond = [quantity.beyond] if quantity.beyond else []
        return remarked(
            f"{'▲' if quantity.value < 0 else ''}{number}", "、".join([*quantity.remarks, *beyond])
        )

    def computed(self, value: float) -> str:
        """A computed value as a bare number: whole from 1,000 on, else with one decimal."""
        return plain_number(value / self.scale)


def measure_of(*texts: object) -> Measure:
    """The unit for the numbers of these published texts: the smallest in which any is written.

    Without a number among them, a dash.
    """
    quantities = [quantity for text in texts if (quantity := _quantity(text)) and quantity.value is not None]
    if not quantities:
        return Measure(NONE, NONE, 1)
    unit = quantities[0].unit
    alike = [quantity for quantity in quantities if quantity.unit == unit]
    smallest = min(alike, key=lambda quantity: quantity.scale)
    words = {quantity.written_unit for quantity in alike}
    return Measure(
        f"{smallest.written_scale}{words.pop() if len(words) == 1 else unit}", unit, smallest.scale
    )


def in_one_unit(*texts: object) -> list[str | Markup]:
    """Cells for a row: the unit of these published texts, then each of them in it."""
    measure = measure_of(*texts)
    return [measure.label, *map(measure.published, texts)]


def remarked(number: str | Markup, remark: str) -> str | Markup:
    """A number with a small line below."""
    return markup("remarked", main=number, remark=remark) if remark else number


def _quantity(text: object) -> Quantity | None:
    return None if pd.isna(text) else parse_quantity(str(text))  # type: ignore[call-overload]
