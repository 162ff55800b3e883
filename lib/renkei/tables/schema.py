"""The one schema of every table and curated file: `data/datapackage.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from renkei.checkout import Checkout
from renkei.errors import TableError


@dataclass(frozen=True)
class Field:
    """One column: its name, Frictionless type, and the unit of its values."""

    name: str
    type: str
    description: str
    unit: str


@dataclass(frozen=True)
class Resource:
    """One table or curated file."""

    name: str
    title: str
    path: Path
    fields: tuple[Field, ...]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [field.name for field in self.fields]


def resources(checkout: Checkout) -> dict[str, Resource]:
    """Every table and curated file that the schema describes, by name."""
    return _read(checkout.schema, checkout.schema.stat().st_mtime_ns)


@cache
def _read(schema: Path, changed: int) -> dict[str, Resource]:
    package = json.loads(schema.read_text(encoding="utf-8"))
    return {
        entry["name"]: Resource(
            name=entry["name"],
            title=entry["title"],
            path=schema.parent / entry["path"],
            fields=tuple(
                Field(field["name"], field["type"], field["description"], field.get("unit", ""))
                for field in entry["schema"]["fields"]
            ),
        )
        for entry in package["resources"]
    }


def resource(checkout: Checkout, name: str) -> Resource:
    """The table or curated file of that name; a TableError names those that there are."""
    known = resources(checkout)
    if name not in known:
        raise TableError(f"one of {', '.join(known)} was expected, found no table “{name}”")
    return known[name]
