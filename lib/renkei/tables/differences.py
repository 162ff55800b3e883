"""What new tables have otherwise than those that stand, told by project."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from renkei.checkout import Checkout
from renkei.tables.schema import Resource, resource

#: So many projects are told with their changes, each with so many of them; of the others the numbers.
_PROJECTS, _CHANGES = 12, 4
#: Of a long text so much is shown around the first character that differs.
_AROUND = 12


class Project(NamedTuple):
    """Whose rows they are: a project, or, without a number, the KPIs of a plan."""

    plan: str
    number: str

    def __str__(self) -> str:
        return f"{self.plan} No. {self.number}" if self.number else f"{self.plan} 基本KPI"


@dataclass(frozen=True)
class Differences:
    """By project what goes, comes or changes; `moved` are the rows that only stand in other lines."""

    by_project: Mapping[Project, tuple[str, ...]]
    moved: int = 0

    def __str__(self) -> str:
        """A line for each project, at most 14 lines."""
        lines = []
        for project, changes in list(self.by_project.items())[:_PROJECTS]:
            more = f"; … and {len(changes) - _CHANGES} more" if len(changes) > _CHANGES else ""
            lines.append(f"{project}: {'; '.join(changes[:_CHANGES])}{more}")
        if others := list(self.by_project)[_PROJECTS:]:
            lines.append(f"and of {', '.join(map(str, others))}")
        if not self.by_project:
            lines.append("no row goes, comes or changes")
        if self.moved:
            lines.append(f"{self.moved} rows stand in other lines of their documents")
        return "\n".join(lines)


@dataclass(frozen=True)
class _Thing:
    """A row, whose it is, and how it is called; `held` are the columns in which it may differ."""

    project: Project
    words: str
    row: dict[str, str]
    held: tuple[str, ...]
    #: Another name under which it is looked for, where none has its own.
    id: object = None


def differences(checkout: Checkout, before: Mapping[str, str], after: Mapping[str, str]) -> Differences:
    """Hold new tables, by name as CSV text, against those of before; a table that is lacking has no rows."""
    told: defaultdict[Project, list[str]] = defaultdict(list)
    moved = 0
    things = [_things(checkout, tables) for tables in (before, after)]
    names = {thing.project: thing.row["name"] for of in things for thing in of["projects"].values()}
    for table in things[0]:
        titles = {of.name: of.title for of in resource(checkout, table).fields}
        for old, new in _pairs(things[0][table], things[1][table]):
            if old is None or new is None:
                for thing in filter(None, (old, new)):
                    told[thing.project].append(f"{'gains' if old is None else 'loses'} {thing.words}")
                continue
            changes = [
                f"{titles[column]} {_change(old.row[column], new.row[column])}"
                for column in old.held
                if old.row[column] != new.row[column]
            ]
            if changes:
                for project in dict.fromkeys((old.project, new.project)):
                    told[project].append(f"{old.words}: {', '.join(changes)}")
            elif old.row["source_line"] != new.row["source_line"]:
                moved += 1
    ordered = sorted(told, key=lambda project: (project.plan, int(project.number or 0)))
    return Differences({_named(project, names): tuple(told[project]) for project in ordered}, moved)


def _named(project: Project, names: Mapping[Project, str]) -> Project:
    name = names.get(project)
    return Project(project.plan, f"{project.number} {name}") if name else project


def _pairs(
    before: Mapping[object, _Thing], after: Mapping[object, _Thing]
) -> Iterator[tuple[_Thing | None, _Thing | None]]:
    """What stands and what will: by name, then what is left by id, then each alone."""
    gone = {thing.id: key for key, thing in before.items() if key not in after and thing.id is not None}
    renamed = {gone[new.id]: key for key, new in after.items() if key not in before and new.id in gone}
    for key, old in before.items():
        yield old, after.get(renamed.get(key, key))
    for key, new in after.items():
        if key not in before and key not in renamed.values():
            yield None, new


def _things(checkout: Checkout, tables: Mapping[str, str]) -> dict[str, dict[object, _Thing]]:
    rows = {
        name: _rows(tables.get(name, ""), resource(checkout, name))
        for name in ("projects", "indicators", "outcomes", "costs", "footnotes", "revisions")
    }
    found: dict[str, dict[object, _Thing]] = {name: {} for name in rows}
    indicators: dict[str, tuple[Project, object, str]] = {}
    key: object
    times: Counter[object] = Counter()
    for row in rows["projects"]:
        project = Project(row["plan"], row["project_no"])
        found["projects"][project] = _Thing(project, "連携事業", row, _held(row))
    for row in rows["indicators"]:
        project = Project(row["plan"], row["project_no"])
        times[project, row["name"]] += 1
        # Two of one name in a project are told apart by their order.
        key = (project, row["name"], times[project, row["name"]])
        words = f"{'評価指標' if row['project_no'] else '基本KPI'} “{row['name']}”"
        indicators[row["indicator_id"]] = (project, key, words)
        found["indicators"][key] = _Thing(project, words, row, _held(row), row["indicator_id"])
    for row in rows["outcomes"]:
        project, key, words = indicators.get(
            row["indicator_id"], (_project_of(row["indicator_id"]), row["indicator_id"], row["indicator_id"])
        )
        of_year = f"{row['fiscal_year']}年度の実績 of {words}"
        thing = _Thing(
            project, of_year, row, _held(row, "indicator_id"), (row["indicator_id"], row["fiscal_year"])
        )
        found["outcomes"][key, row["fiscal_year"]] = thing
    for row in rows["costs"]:
        project = Project(row["plan"], row["project_no"])
        words = f"{row['fiscal_year']}年度の事業費見込額"
        found["costs"][project, row["fiscal_year"]] = _Thing(project, words, row, _held(row))
    for row in rows["footnotes"]:
        project = Project(row["plan"], row["project_no"])
        words = f"脚注 {row['number']} “{row['term']}”"
        found["footnotes"][row["plan"], row["number"]] = _Thing(project, words, row, _held(row))
    for row in rows["revisions"]:
        key = tuple(row[column] for column in resource(checkout, "revisions").key)
        words = f"{row['in_force_from']}年度からの改定 {row['concerns']} {row['field']}"
        thing = _Thing(_project_of(row["concerns"]), words, row, _held(row))
        found["revisions"][key] = thing
    return found


def _held(row: Mapping[str, str], *but: str) -> tuple[str, ...]:
    return tuple(column for column in row if column not in ("source_line", *but))


def _project_of(concerns: str) -> Project:
    """The project of an id such as 2024-05, 2024-05-2 or 2024-K1."""
    plan, number = concerns.split("-")[:2]
    return Project(plan, "" if number.startswith("K") else number.lstrip("0"))


def _rows(text: str, table: Resource) -> list[dict[str, str]]:
    """The rows of a table; none of one that is not there, or has other columns."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if reader.fieldnames is None or list(reader.fieldnames) != table.columns:
        return []
    return [row for row in reader if None not in row and None not in row.values()]


def _change(old: str, new: str) -> str:
    differing = (place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
    start = next(differing, min(len(old), len(new)))
    return f"{_around(old, start)} → {_around(new, start)}"


def _around(text: str, place: int) -> str:
    if not text:
        return "(nothing)"
    first, last = max(0, place - _AROUND), place + _AROUND
    return f"{'…' if first else ''}{text[first:last]}{'…' if text[last:] else ''}".replace("\n", " ")
