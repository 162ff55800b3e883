"""What offices reported, `data/actuals/fyNNNN.csv`: its rows, and which of them stand in the tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from renkei.area import Area, Plan
from renkei.checkout import Checkout
from renkei.csv_file import CsvRow, read_rows
from renkei.documents.sources import Source, sources_on_record
from renkei.errors import QuantityError, TableError, capped
from renkei.legend import RATINGS
from renkei.quantity import Quantity, parse_quantity
from renkei.tables.schema import Resource, of_year, yearly_resources, years_there
from renkei.units import Units

#: How settled a value is; the later of these wins.
STATUSES = ("provisional", "final")
#: Who gave a rating: the rule, from value and target, or the office.
RATERS = ("rule", "person")
#: What stands in a text column where there is nothing to say.
NOTHING = "-"
_NAME = "actuals"


@dataclass(frozen=True)
class Reported:
    """One row of a year's file, and its line there. The value is in the indicator's unit."""

    indicator_id: str
    observed_year: int | None
    actual_text: str
    actual_value: Decimal | None
    status: str
    rating: str
    rated_by: str
    note: str
    office: str
    entered_on: date
    file: str
    line: int


@dataclass(frozen=True)
class Measure:
    """What the plan says of an indicator, as far as it decides how a value of it is written."""

    plan: int
    unit: str


def reported_table(checkout: Checkout) -> Resource:
    """What the schema says of a year's file."""
    return yearly_resources(checkout)[_NAME]


def reported_years(checkout: Checkout) -> list[int]:
    """The fiscal years that offices reported of, first to last."""
    return years_there(reported_table(checkout))


def source_id(fiscal_year: int) -> str:
    """How the tables name a year's file as their source."""
    return f"{_NAME}_fy{fiscal_year}"


def reported_sources(checkout: Checkout) -> dict[str, Source]:
    """Each year's file as a source beside the documents on record, by id; final if all that stands is."""
    area = Area.of(checkout)
    return {source_id(year): _source(checkout, area, year) for year in reported_years(checkout)}


def known_sources(checkout: Checkout) -> dict[str, Source]:
    """The documents on record, and then each year's file of what offices reported, by id."""
    return {**sources_on_record(checkout), **reported_sources(checkout)}


def reported_rows(
    checkout: Checkout, fiscal_year: int, measures: Mapping[str, Measure], units: Units
) -> list[Reported]:
    """The rows of a year's file in its order.

    `measures` are the indicators of all plans by id. Raises TableError with every row that is not as the
    schema says, is of no indicator of the year's plan, or whose text does not say its value in its unit.
    """
    path, shown = _path(checkout, fiscal_year), _shown(checkout, fiscal_year)
    plan = _plan(Area.of(checkout), fiscal_year, shown)
    rows = read_rows(path, reported_table(checkout).columns, shown)
    problems = [
        f"{shown}:{row.line}: {problem}" for row in rows for problem in _problems(row, plan, measures, units)
    ]
    if problems:
        raise TableError("rows as 'renkei actuals import' writes them were expected:", capped(problems))
    return [_reported(row) for row in rows]


def standing(rows: Sequence[Reported]) -> dict[str, Reported]:
    """The one row of each indicator that stands in the tables: final before provisional, then the latest."""
    order = sorted(rows, key=lambda row: (STATUSES.index(row.status), row.entered_on, row.line))
    latest = {row.indicator_id: row for row in order}
    return {row.indicator_id: row for row in rows if latest[row.indicator_id] is row}


def day_in(text: str) -> date | None:
    """The day that is written like 2025-06-30; None for anything else, a week such as 2025-W27-1 too."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if str(day) == text else None


def _source(checkout: Checkout, area: Area, fiscal_year: int) -> Source:
    path, shown = _path(checkout, fiscal_year), _shown(checkout, fiscal_year)
    rows = read_rows(path, reported_table(checkout).columns, shown)
    # A final row takes the place of a provisional one.
    settled = {row["indicator_id"] for row in rows if row["status"] == "final"}
    is_final = bool(rows) and settled == {row["indicator_id"] for row in rows}
    return Source(
        id=source_id(fiscal_year),
        file=path.name,
        title=f"{fiscal_year}年度 連携事業の実績報告",
        publisher=area.name,
        status="final" if is_final else "provisional",
        period=f"{fiscal_year}年度",
        plan=_plan(area, fiscal_year, shown).first_year,
        reader=_NAME,
        fiscal_year=fiscal_year,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        folder=path.parent.name,
    )


def _path(checkout: Checkout, fiscal_year: int) -> Path:
    return of_year(reported_table(checkout), fiscal_year).path


def _shown(checkout: Checkout, fiscal_year: int) -> str:
    return checkout.relative(_path(checkout, fiscal_year))


def _plan(area: Area, fiscal_year: int, shown: str) -> Plan:
    for plan in area.plans:
        if plan.first_year <= fiscal_year <= plan.last_year:
            return plan
    years = ", ".join(f"{plan.first_year} to {plan.last_year}" for plan in area.plans)
    raise TableError(f"{shown}: a year of a plan in data/area.toml, {years}, was expected in the file's name")


def _problems(row: CsvRow, plan: Plan, measures: Mapping[str, Measure], units: Units) -> Iterator[str]:
    measure = measures.get(row["indicator_id"])
    if measure is None or measure.plan != plan.first_year:
        yield f"an indicator of the plan of {plan.first_year} was expected, found “{row['indicator_id']}”"
    for column, known in (("status", STATUSES), ("rating", RATINGS), ("rated_by", RATERS)):
        if row[column] not in known:
            yield f"{column}: one of {', '.join(known)} was expected, found “{row[column]}”"
    for column in ("actual_text", "note", "office", "file"):
        if not row[column]:
            yield f"{column}: a text, {NOTHING} where there is none, was expected, found an empty cell"
    for column, text in row.cells.items():
        if "\n" in text or "\r" in text:
            yield f"{column}: a text in one line was expected, found “{text}”"
    if row["observed_year"] and not row["observed_year"].isdecimal():
        yield f"observed_year: a year was expected, found “{row['observed_year']}”"
    if day_in(row["entered_on"]) is None:
        yield f"entered_on: a day such as 2025-06-30 was expected, found “{row['entered_on']}”"
    yield from _value_problems(row, measure.unit if measure else "", units)


def _value_problems(row: CsvRow, unit: str, units: Units) -> Iterator[str]:
    try:
        value = Decimal(row["actual_value"]) if row["actual_value"] else None
    except InvalidOperation:
        yield f"actual_value: a number was expected, found “{row['actual_value']}”"
        return
    try:
        said = _said(row["actual_text"], unit, units)
    except QuantityError as error:
        yield f"actual_text: {error.message}"
        return
    if said.value != value or (value is not None and said.unit != unit):
        found = "no number" if said.value is None else f"{said.value}{said.unit}"
        expected = "no number" if value is None else f"{value}{unit}"
        text = row["actual_text"]
        yield f"actual_text: {expected}, as in actual_value, was expected, found “{text}”, {found}"
    if (value is not None) and not row["observed_year"]:
        yield "observed_year: the year of the value was expected, found an empty cell"


def _said(text: str, unit: str, units: Units) -> Quantity:
    """The quantity in a text; the words of an indicator without a unit are no quantity."""
    return parse_quantity(text, units) if unit else Quantity(None, "", text=text)


def _reported(row: CsvRow) -> Reported:
    return Reported(
        indicator_id=row["indicator_id"],
        observed_year=int(row["observed_year"]) if row["observed_year"] else None,
        actual_text=row["actual_text"],
        actual_value=Decimal(row["actual_value"]) if row["actual_value"] else None,
        status=row["status"],
        rating=row["rating"],
        rated_by=row["rated_by"],
        note=row["note"],
        office=row["office"],
        entered_on=date.fromisoformat(row["entered_on"]),
        file=row["file"],
        line=row.line,
    )
