"""Every damage to a single line of the documents, and whether one is told of what it changes.

    python tests/damages.py [SEED [EVERY]]      all of them, or each so many-th, on all cores (make damages)

A document with one line otherwise, its hash adapted, is read as `renkei build` reads it. Either it is
refused, or not a row of the tables changes, or what the build tells names the project of every row that
does. Which rows change is found here without the code that tells it: row by row, as text.
"""

from __future__ import annotations

import csv
import hashlib
import io
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from renkei.area import Area
from renkei.checkout import Checkout
from renkei.documents.sources import Source, document, sources_on_record
from renkei.errors import RenkeiError
from renkei.quantity import parse_quantity
from renkei.tables import build as building
from renkei.tables.curated import Curated
from renkei.tables.differences import differences
from renkei.text import normalise

CHECKOUT = Checkout(Path(__file__).parents[1])
SEED = 16
#: Columns whose cells are no running text: a change of one is a change of a number.
TEXTS = {"name", "summary", "municipalities", "lead_role", "partner_role", "lead_cost", "partner_cost",
         "note", "term", "text"}  # fmt: skip

Lines = list[str]


@dataclass(frozen=True)
class Damage:
    """One line of a document, by its place, and what is done to it; `seed` decides what is left open."""

    source: str
    place: int
    kind: str
    seed: int


def _at(place: int, *new: str, of: int = 1) -> Callable[[Lines], Lines]:
    return lambda lines: [*lines[:place], *new, *lines[place + of :]]


def damaged(damage: Damage) -> Lines | None:
    """The document's lines with the damage; None where it cannot be done to that line."""
    lines = lines_of(damage.source)
    place, line = damage.place, lines[damage.place]
    chance = random.Random(f"{damage.seed} {damage.source} {damage.place} {damage.kind}")  # noqa: S311
    following = next((below for below in filled(damage.source) if below > place), None)
    other = lines[chance.choice(filled(damage.source))]
    digits = [found.start() for found in re.finditer(r"[0-9０-９]", line)]
    new: Callable[[Lines], Lines] | None = {
        "deleted": _at(place),
        "blank": _at(place, ""),
        "twice": _at(place, line, line),
        "a number below": _at(place, line, chance.choice(["12", "1", "１０", "2024", "1,000"])),
        "another line below": _at(place, line, other),
        "another line in its place": _at(place, other),
    }.get(damage.kind)
    if damage.kind == "joined" and following is not None:
        new = _at(place, line.rstrip() + lines[following].lstrip(), of=following - place + 1)
    elif damage.kind == "swapped" and following is not None:
        new = _at(place, lines[following], *lines[place + 1 : following], line, of=following - place + 1)
    elif damage.kind == "a digit changed" and digits:
        at = chance.choice(digits)
        new = _at(place, line[:at] + chance.choice(sorted(set("0123456789") - {line[at]})) + line[at + 1 :])
    elif damage.kind == "a mark added":
        at = chance.choice(digits) + 1 if digits else len(line.rstrip())
        new = _at(place, line[:at] + chance.choice("¹²³①₁") + line[at:])
    return new(lines) if new else None


KINDS = (
    "deleted", "blank", "twice", "joined", "swapped", "a digit changed", "a number below",
    "another line below", "another line in its place", "a mark added",
)  # fmt: skip


@cache
def contents() -> dict[str, tuple[Source, bytes]]:
    """The documents as they are."""
    return {of.id: (of, document(CHECKOUT, of)) for of in sources_on_record(CHECKOUT).values()}


@cache
def lines_of(source: str) -> Lines:
    """A document's lines."""
    return contents()[source][1].decode().split("\n")


@cache
def filled(source: str) -> list[int]:
    """The places of the lines that are not blank."""
    return [place for place, line in enumerate(lines_of(source)) if line.strip()]


def all_damages(seed: int = SEED) -> list[Damage]:
    """Every kind of damage to every line that is not blank."""
    return [
        Damage(source, place, kind, seed)
        for source in contents()
        for place in filled(source)
        for kind in KINDS
    ]


@cache
def tables_that_stand() -> dict[str, str]:
    """The committed tables."""
    return {name: (CHECKOUT.tables / f"{name}.csv").read_text(encoding="utf-8") for name in building.TABLES}


def outcome(damage: Damage) -> str:
    """What becomes of a damaged document: “refused”, “not a row changes”, “told”, or what nobody is told."""
    lines = damaged(damage)
    if lines is None:
        return "cannot be"
    content = "\n".join(lines).encode()
    read = dict(contents().values())
    old = contents()[damage.source][0]
    new = {
        replace(of, sha256=hashlib.sha256(content).hexdigest()) if of is old else of: content
        if of is old
        else known
        for of, known in read.items()
    }
    try:
        tables = {name: text for name, (text, _) in building.tables_of(new, CHECKOUT).items()}
    except RenkeiError:
        return "refused"
    before = tables_that_stand()
    changed = changed_projects(before, tables)
    told = str(differences(CHECKOUT, before, tables))
    if silent := [project for project in changed if not re.search(rf"{project}\b", told)]:
        return f"silent: {', '.join(silent)}"
    if not changed:
        return "not a row changes"
    return "told, a number or a row" if any(changed.values()) else "told, words"


def changed_projects(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, bool]:
    """The projects of all rows that differ in more than their line, and whether more than words does."""
    found: dict[str, bool] = {}
    for name in before:
        old, new = (Counter(rows(tables[name], set())) for tables in (before, after))
        numbers = [Counter(rows(tables[name], TEXTS)) for tables in (before, after)]
        for row in (old - new) + (new - old):
            found.setdefault(project_of(dict(row)), False)
        for row in (numbers[0] - numbers[1]) + (numbers[1] - numbers[0]):
            found[project_of(dict(row))] = True
    return found


def rows(text: str, without: set[str]) -> Iterator[tuple[tuple[str, str], ...]]:
    """The rows of a table as columns with cells."""
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield tuple((name, cell) for name, cell in row.items() if name not in {"source_line", *without})


def project_of(row: Mapping[str, str]) -> str:
    """Whose row it is, as the build names it."""
    if "plan" in row:
        plan, number = row["plan"], row["project_no"]
    else:
        plan, number = row["indicator_id"].split("-")[:2]
        number = "" if number.startswith("K") else str(int(number))
    return f"{plan} No. {number}" if number else f"{plan} 基本KPI"


def remember_what_stays() -> Iterator[tuple[object, str, object]]:
    """What need not be done again for each damage, as module, name and what to have in its place.

    Curated files, the documents as they are, and cells are read once.
    """
    curated, read = Curated.read(CHECKOUT), building._read

    def read_once(source: Source, content: bytes, *others: Any) -> object:
        is_damaged = content != contents()[source.id][1]
        return read(source, content, *others) if is_damaged else undamaged(source)

    undamaged = cache(lambda source: read(source, contents()[source.id][1], curated, Area.of(CHECKOUT)))
    yield building, "_read", read_once
    yield building, "Curated", type("Read", (), {"read": staticmethod(lambda _: curated)})
    for name, function in (("parse_quantity", parse_quantity), ("normalise", normalise)):
        once = _once(function)
        for module in [of for key, of in [*sys.modules.items()] if key.startswith("renkei.") and of]:
            if getattr(module, name, None) is function:
                yield module, name, once


def _once(function: Callable[..., object]) -> Callable[..., object]:
    """The function, each of its results kept, a refusal too."""

    @cache
    def kept(*given: object) -> tuple[object, RenkeiError | None]:
        try:
            return function(*given), None
        except RenkeiError as error:
            return None, error

    def call(*given: object) -> object:
        result, error = kept(*given)
        if error is not None:
            raise error
        return result

    return call


def begin() -> None:
    """Prepare a process that does damages."""
    for module, name, value in [*remember_what_stays()]:
        setattr(module, name, value)


def main() -> None:
    """Do all damages, print how many of each kind were told or refused; fail where one was not."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else SEED
    damages = all_damages(seed)
    random.Random(seed).shuffle(damages)  # noqa: S311
    damages = damages[:: int(sys.argv[2]) if len(sys.argv) > 2 else 1]
    with ProcessPoolExecutor(initializer=begin) as pool:
        outcomes = list(pool.map(outcome, damages, chunksize=50))
    done = [(damage, said) for damage, said in zip(damages, outcomes, strict=True) if said != "cannot be"]
    for source in contents():
        for kind in KINDS:
            of = Counter(
                said.split(":")[0] for damage, said in done if (damage.source, damage.kind) == (source, kind)
            )
            print(f"{source}, {kind}: {', '.join(f'{number} {said}' for said, number in of.most_common())}")
    print(f"{len(done)} damages: {dict(Counter(said.split(':')[0] for _, said in done))}")
    silent = [(damage, said) for damage, said in done if said.startswith("silent")]
    for damage, said in silent:
        print(f"{damage.source}:{damage.place + 1}: {damage.kind}: {said}")
    sys.exit(1 if silent else 0)


if __name__ == "__main__":
    main()
