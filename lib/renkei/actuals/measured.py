"""The indicators that a year's actuals are of, and the unit in which the form asks for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from renkei.actuals.form import FormUnit, form_unit
from renkei.load import Tables
from renkei.rating_rule import Ratable
from renkei.typed_rows import typed_rows
from renkei.units import Units


@dataclass(frozen=True)
class _Row:
    indicator_id: str
    plan: int
    kind: str
    name: str
    unit: str | None
    direction: str
    baseline_text: str
    target_text: str
    target_value: float | None
    target_kind: str
    target_first_year: int
    target_last_year: int


@dataclass(frozen=True)
class Measured:
    """An indicator as far as what an office reports of it is held against it; no unit for one in words."""

    indicator_id: str
    plan: int
    name: str
    unit: str
    form: FormUnit
    ratable: Ratable

    @property
    def target(self) -> Decimal | None:
        """What it asks for, in its unit; None for words."""
        value = self.ratable.target_value
        return None if value is None else Decimal(str(value))


def measured_indicators(tables: Tables, units: Units) -> Mapping[str, Measured]:
    """Every indicator of every plan by its id, in the order of the table."""
    return {
        row.indicator_id: Measured(
            row.indicator_id,
            row.plan,
            row.name,
            row.unit or "",
            form_unit(row.unit, row.target_text, row.baseline_text, units),
            Ratable(
                row.kind,
                row.direction,
                row.target_value,
                row.target_kind,
                row.target_first_year,
                row.target_last_year,
            ),
        )
        for row in typed_rows(tables["indicators"], _Row)
    }
