"""The units and state words that documents may use, from `data/curated/units.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from renkei.checkout import Checkout
from renkei.csv_file import CsvRow, read_rows
from renkei.errors import TableError
from renkei.text import normalise

#: The file, below data/curated, and its columns.
FILE = "units.csv"
COLUMNS = ("written", "unit", "kind", "counts", "reason")
#: A unit follows a number; a state stands in place of one; an increase is a state that asks for more.
KINDS = ("unit", "state", "increase")

#: What the grammar of `renkei.quantity` reads as something else, where it stands in a unit.
_NOT_IN_A_UNIT = re.compile(r"^[\d,./▲△−十百千万億兆-]|[\s()、。▲△]|以上|以下|程度|の|/年度?$")
_NOT_IN_A_STATE = re.compile(r"^[\d▲△−-]|[\s()]")


@dataclass(frozen=True, eq=False)
class Units:
    """Words as `squeezed` writes them: units with their one name in the tables, and states.

    `increases` are those states that ask for more than the baseline.
    """

    names: Mapping[str, str]
    states: frozenset[str] = frozenset()
    increases: frozenset[str] = frozenset()

    @classmethod
    def of(cls, checkout: Checkout) -> Units:
        """The units and states of a checkout; a TableError lists every row that cannot be used."""
        path = checkout.curated / FILE
        return _read(path, checkout.relative(path), _state(path))

    @cached_property
    def pattern(self) -> str:
        """A regular expression for any of the units, the longest that fits first; and for none."""
        return "|".join(re.escape(word) for word in (*sorted(self.names, key=len, reverse=True), ""))


def squeezed(text: str) -> str:
    """`text` normalised, without spaces but those between two digits: there they part two numbers."""
    return re.sub(r"(?<!\d) | (?!\d)", "", normalise(text))


def _state(path: Path) -> object:
    """What changes when a file does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


@cache
def _read(path: Path, shown: str, state: object) -> Units:
    rows = read_rows(path, COLUMNS, shown)
    problems = [f"{shown}:{row.line}: {problem}" for row in rows for problem in _problems(row)]
    lines: dict[str, int] = {}
    for row in rows:
        word = squeezed(row["written"])
        first = lines.setdefault(word, row.line)
        if first != row.line:
            problems.append(f"{shown}:{row.line}: “{word}” was expected once, found in line {first} too")
    if problems:
        raise TableError("units and states that can be told apart were expected; mend:", tuple(problems))
    words = {squeezed(row["written"]): row for row in rows}
    return Units(
        names={word: row["unit"] for word, row in words.items() if row["kind"] == "unit"},
        states=frozenset(word for word, row in words.items() if row["kind"] != "unit"),
        increases=frozenset(word for word, row in words.items() if row["kind"] == "increase"),
    )


def _problems(row: CsvRow) -> Iterator[str]:
    word, kind, unit = squeezed(row["written"]), row["kind"], row["unit"]
    if kind not in KINDS:
        yield f"kind: one of {', '.join(KINDS)} was expected, found “{kind}”"
        return
    if (kind == "unit") != bool(unit):
        yield f"unit: a name for a unit, and none for a state, was expected, found “{unit}” for “{word}”"
    misread = (_NOT_IN_A_UNIT if kind == "unit" else _NOT_IN_A_STATE).search(word)
    if misread or not word:
        found = f"“{word}”, whose “{misread[0]}” a number reads as its own" if misread else "nothing"
        yield f"written: a word that can stand beside a number was expected, found {found}"
