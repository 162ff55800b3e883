"""The one schema, `data/datapackage.json`: every table and curated file, and what analysis adds to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from renkei.checkout import Checkout
from renkei.errors import TableError


@dataclass(frozen=True)
class Field:
    """One column: its name, Frictionless type, Japanese title, and the unit of its values.

    The title is the column's head wherever it is shown; `labels` are its codes in Japanese, as far as its
    values are codes.
    """

    name: str
    type: str
    title: str
    description: str
    unit: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Resource:
    """One table or curated file."""

    name: str
    title: str
    path: Path
    fields: tuple[Field, ...]
    #: The columns that together stand in no two rows.
    key: tuple[str, ...]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """The column of that name; KeyError for none."""
        return {of.name: of for of in self.fields}[name]


@dataclass(frozen=True)
class _Schema:
    resources: dict[str, Resource]
    yearly: dict[str, Resource]
    derived: tuple[Field, ...]
    columns: dict[str, Field]


def resources(checkout: Checkout) -> dict[str, Resource]:
    """Every table and curated file that the schema describes, by name."""
    return _schema(checkout).resources


def yearly_resources(checkout: Checkout) -> dict[str, Resource]:
    """What there is a file of for each year, by name; {fiscal_year} in a path stands for the year."""
    return _schema(checkout).yearly


def of_year(table: Resource, fiscal_year: int) -> Resource:
    """A year's file of what there is a file of for each year."""
    path = table.path.with_name(table.path.name.format(fiscal_year=fiscal_year))
    return replace(table, path=path)


def years_there(table: Resource) -> list[int]:
    """The years that there is a file of, first to last."""
    before, after = table.path.name.split("{fiscal_year}")
    names = [path.name for path in table.path.parent.glob(f"{before}[0-9][0-9][0-9][0-9]{after}")]
    return sorted(int(name.removeprefix(before).removesuffix(after)) for name in names)


def derived_fields(checkout: Checkout) -> tuple[Field, ...]:
    """The columns that analysis adds to those of the tables; {fiscal_year} in a name stands for a year."""
    return _schema(checkout).derived


def title_of(checkout: Checkout, column: str) -> str | None:
    """The title of a column of a table, or of one that analysis adds; None for any other."""
    found = column_of(checkout, column)
    return found.title if found else None


def column_of(checkout: Checkout, column: str) -> Field | None:
    """What is known of a column of a table, or of one that analysis adds; None for any other.

    Its labels are those of all columns of that name.
    """
    columns = _schema(checkout).columns
    if column in columns:
        return columns[column]
    name, year = column[:-4], column[-4:]
    of_years = columns.get(f"{name}{{fiscal_year}}") if year.isdecimal() else None
    return of_years and replace(of_years, name=column, title=of_years.title.format(fiscal_year=year))


def _schema(checkout: Checkout) -> _Schema:
    return _read(checkout.schema, checkout.schema.stat().st_mtime_ns)


@cache
def _read(schema: Path, changed: int) -> _Schema:
    package = json.loads(schema.read_text(encoding="utf-8"))
    try:
        return _understood(package, schema.parent)
    except KeyError as error:
        raise TableError(
            f"data/{schema.name}: resources, yearly and derivedFields were expected, each field with name, "
            f"type, title and description, found none of {error}"
        ) from error


def _understood(package: dict[str, Any], data: Path) -> _Schema:
    tables, yearly = (
        {entry["name"]: _resource(entry, data) for entry in package[part]} for part in ("resources", "yearly")
    )
    derived = tuple(map(_field, package["derivedFields"]))
    columns: dict[str, Field] = {}
    of_tables = (of for table in (*tables.values(), *yearly.values()) for of in table.fields)
    for of in (*derived, *of_tables):
        known = columns.setdefault(of.name, of)
        columns[of.name] = replace(known, labels={**known.labels, **of.labels})
    return _Schema(tables, yearly, derived, columns)


def _resource(entry: dict[str, Any], data: Path) -> Resource:
    return Resource(
        name=entry["name"],
        title=entry["title"],
        path=data / entry["path"],
        fields=tuple(map(_field, entry["schema"]["fields"])),
        key=tuple(entry["schema"]["primaryKey"]),
    )


def _field(entry: dict[str, Any]) -> Field:
    return Field(
        entry["name"],
        entry["type"],
        entry["title"],
        entry["description"],
        entry.get("unit", ""),
        entry.get("labels", {}),
    )


def resource(checkout: Checkout, name: str) -> Resource:
    """The table or curated file of that name; a TableError names those that there are."""
    known = resources(checkout)
    if name not in known:
        raise TableError(f"one of {', '.join(known)} was expected, found no table “{name}”")
    return known[name]
