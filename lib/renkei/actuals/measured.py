"""The indicators that a year's actuals are of, and the unit in which the form asks for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from renkei.actuals.form import FormUnit, form_unit
from renkei.load import Tables
from renkei.rating_rule import Ratable
from renkei.revisions import versions
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
    """An indicator as far as what an office reports of it is held against it; no unit for one in words.

    `later` has what revisions of the plan made of it, each with the fiscal year from which it counts; None
    where the plan does not have it from then on.
    """

    indicator_id: str
    plan: int
    name: str
    unit: str
    form: FormUnit
    ratable: Ratable
    later: tuple[tuple[int, Measured | None], ...] = ()

    def of_year(self, fiscal_year: int) -> Measured | None:
        """It as it is in force for a year; None where the plan does not have it then."""
        found: Measured | None = self
        for start, of in self.later:
            if start <= fiscal_year:
                found = of
        return found

    def was_ended(self, fiscal_year: int) -> bool:
        """Whether the plan had it before that year, but not in it."""
        starts = [start for start, of in self.later if of is not None and start <= fiscal_year]
        return self.of_year(fiscal_year) is None and bool(starts)

    @property
    def names(self) -> tuple[str, ...]:
        """Its name in each version of the plan, none twice."""
        return tuple(dict.fromkeys([self.name, *(of.name for _, of in self.later if of is not None)]))

    @property
    def target(self) -> Decimal | None:
        """What it asks for, in its unit; None for words."""
        value = self.ratable.target_value
        return None if value is None else Decimal(str(value))


def measured_indicators(tables: Tables, units: Units) -> Mapping[str, Measured]:
    """Every indicator of every plan by its id, in the order of the table, with its versions."""
    found = _measured(tables, units)
    of_versions = {start: _measured(of, units) for start, of in versions(tables).items()}
    if len(of_versions) == 1:
        return found
    return {
        of.indicator_id: replace(
            of, later=tuple((start, rows.get(of.indicator_id)) for start, rows in of_versions.items())
        )
        for of in found.values()
    }


def _measured(tables: Tables, units: Units) -> dict[str, Measured]:
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
