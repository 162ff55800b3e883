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


@dataclass(frozen=True)
class _Schema:
    resources: dict[str, Resource]
    derived: tuple[Field, ...]
    columns: dict[str, Field]


def resources(checkout: Checkout) -> dict[str, Resource]:
    """Every table and curated file that the schema describes, by name."""
    return _schema(checkout).resources


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
            f"data/{schema.name}: resources and derivedFields were expected, each field with name, type, "
            f"title and description, found none of {error}"
        ) from error


def _understood(package: dict[str, Any], data: Path) -> _Schema:
    tables = {
        entry["name"]: Resource(
            name=entry["name"],
            title=entry["title"],
            path=data / entry["path"],
            fields=tuple(map(_field, entry["schema"]["fields"])),
            key=tuple(entry["schema"]["primaryKey"]),
        )
        for entry in package["resources"]
    }
    derived = tuple(map(_field, package["derivedFields"]))
    columns: dict[str, Field] = {}
    for of in (*derived, *(of for table in tables.values() for of in table.fields)):
        known = columns.setdefault(of.name, of)
        columns[of.name] = replace(known, labels={**known.labels, **of.labels})
    return _Schema(tables, derived, columns)


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
