"""The files below data/actuals, read and written: what was reported of a year, and what was accepted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from renkei.actuals.claims import Claim
from renkei.actuals.measured import Measured
from renkei.checkout import Checkout
from renkei.csv_file import csv_text, read_rows
from renkei.tables.reported import (
    STATUSES,
    Measure,
    Reported,
    reported_rows,
    reported_table,
    reported_years,
)
from renkei.tables.schema import resource
from renkei.units import Units


@dataclass(frozen=True)
class Accepted:
    """A question about a value that a person answered, as in data/actuals/accepted.csv."""

    fiscal_year: int
    indicator_id: str
    actual_text: str
    question: str
    reason: str
    entered_on: str

    @property
    def key(self) -> tuple[int, str, str, str]:
        """What was asked about what."""
        return self.fiscal_year, self.indicator_id, self.actual_text, self.question


def rows_of_year(
    checkout: Checkout, fiscal_year: int, measured: Mapping[str, Measured], units: Units
) -> list[Reported]:
    """What was reported of a year so far, in the order of entry; none where nothing was."""
    if fiscal_year not in reported_years(checkout):
        return []
    measures = {of.indicator_id: Measure(of.plan, of.unit) for of in measured.values()}
    return sorted(reported_rows(checkout, fiscal_year, measures, units), key=_entry)


def accepted_rows(checkout: Checkout) -> list[Accepted]:
    """Every answer that was kept."""
    table = resource(checkout, "accepted")
    return [
        Accepted(
            int(row["fiscal_year"]),
            row["indicator_id"],
            row["actual_text"],
            row["question"],
            row["reason"],
            row["entered_on"],
        )
        for row in read_rows(table.path, table.columns, checkout.relative(table.path))
    ]


def reported(claim: Claim, entered_on: date) -> Reported:
    """A claim as a row; its line is told once it is written."""
    return Reported(
        indicator_id=claim.indicator_id,
        observed_year=claim.observed_year,
        actual_text=claim.actual.text,
        actual_value=claim.actual.value,
        status=claim.status,
        rating=claim.rating,
        rated_by=claim.rated_by,
        note=claim.note,
        office=claim.office,
        entered_on=entered_on,
        file=claim.file,
        line=0,
    )


def says(row: Reported) -> tuple[object, ...]:
    """What is the same in a row and a claim that says the same."""
    value = row.actual_text if row.actual_value is None else row.actual_value
    return row.observed_year, value, row.status, row.rating, row.rated_by, row.note


def year_text(checkout: Checkout, rows: Iterable[Reported], indicator_ids: Collection[str]) -> str:
    """The text of a year's file: in the order of the indicators, then as they were entered."""
    places = {indicator_id: place for place, indicator_id in enumerate(indicator_ids)}
    ordered = sorted(rows, key=lambda row: (places[row.indicator_id], *_entry(row)))
    columns = reported_table(checkout).columns
    return csv_text(
        columns,
        ({**{column: asdict(row)[column] for column in columns}, "entered_on": str(row.entered_on)}
         for row in ordered),
    )  # fmt: skip


def accepted_text(checkout: Checkout, rows: Sequence[Accepted]) -> str:
    """The text of data/actuals/accepted.csv, by year, indicator, value and question."""
    ordered = sorted({row.key: row for row in reversed(rows)}.values(), key=lambda row: row.key)
    return csv_text(resource(checkout, "accepted").columns, (asdict(row) for row in ordered))


def _entry(row: Reported) -> tuple[date, int, int]:
    return row.entered_on, STATUSES.index(row.status), row.line
