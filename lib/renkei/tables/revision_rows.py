"""What each revision of a plan changed: two versions of its tables held against each other, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from renkei.csv_file import Cell, written
from renkei.documents.sources import Source
from renkei.errors import SourceError
from renkei.tables.changing import ADDED, ENDED
from renkei.tables.conflicts import Said
from renkei.tables.tidy import Row
from renkei.tables.versions import Version

#: The tables that a revision may change, and the columns that name a row of each within its plan.
REVISED = {
    "projects": ("project_no",),
    "indicators": ("indicator_id",),
    "costs": ("project_no", "fiscal_year"),
}
_PROVENANCE = ("source", "source_line")
_OF_BASELINE = ("baseline_text", "baseline_value", "baseline_year")

Key = tuple[Cell, ...]
TableRows = Mapping[str, Sequence[Row]]


def revision_rows(plan: int, before: TableRows, after: TableRows, version: Version) -> Iterator[Row]:
    """Rows of `revisions.csv`: what a version of a plan has otherwise than the one before.

    Raises SourceError for an indicator whose values would have another unit.
    """
    for table, key in REVISED.items():
        earlier, later = (_by_key(rows[table], key, table == "costs") for rows in (before, after))
        for of, row in later.items():
            if of not in earlier:
                name = row.get("name", _written(row.get("amount_thousand_yen")))
                yield _row(plan, version, table, row, ADDED, None, name)
                continue
            for column in row:
                if column not in _PROVENANCE and row[column] != earlier[of][column]:
                    yield _changed(plan, version, table, earlier[of], row, column)
        for of, row in earlier.items():
            if of not in later and not (table == "costs" and _project(plan, row) in version.plan.ended):
                yield _row(plan, version, table, row, ENDED, row.get("name"), None)


def added_rows(before: TableRows, after: TableRows) -> dict[str, list[Row]]:
    """The rows that a version has and the one before does not have, by table."""
    return {
        table: [
            row for of, row in _by_key(after[table], key).items() if of not in _by_key(before[table], key)
        ]
        for table, key in REVISED.items()
    }


def _by_key(rows: Iterable[Row], key: Sequence[str], is_sorted: bool = False) -> dict[Key, Row]:
    found = {tuple(row[column] for column in key): row for row in rows}
    return dict(sorted(found.items())) if is_sorted else found


def _changed(plan: int, version: Version, table: str, earlier: Row, row: Row, column: str) -> Row:
    found = _row(plan, version, table, row, column, earlier[column], row[column])
    if column == "unit":
        raise SourceError(
            f"{found['concerns']}: the unit “{found['before'] or ''}” as before was expected, found "
            f"“{found['after'] or ''}”; what counts in another unit is another indicator: end this one and "
            "add that",
            path=version.revision.path_in_project,
            line=int(str(found["source_line"])),
        )
    return found


def _row(plan: int, version: Version, table: str, row: Row, column: str, before: Cell, after: Cell) -> Row:
    concerns = str(row["indicator_id"]) if table == "indicators" else _project(plan, row)
    source, line = _place(version, table, row, concerns, column)
    change = version.changes.get(line) if source == version.revision else None
    return {
        "plan": plan,
        "in_force_from": version.revision.in_force_from,
        "table": table,
        "concerns": concerns,
        "fiscal_year": row["fiscal_year"] if table == "costs" else None,
        "field": column,
        "before": _written(before),
        "after": _written(after),
        "page": change.page if change else None,
        "reason": change.reason if change else None,
        "source": source.id,
        "source_line": line,
    }


def _place(version: Version, table: str, row: Row, concerns: str, column: str) -> tuple[Source, int]:
    """Where a version says so: document and line; what a whole document lacks is told of its line 1."""
    if column == ENDED:
        ends = [
            change.source_line
            for change in version.changes.values()
            if change.field == ENDED
            and change.concerns in (concerns, concerns[: len(f"{version.revision.plan}-00")])
        ]
        return version.revision, ends[0] if ends else 1
    if table == "costs":
        key = (row["project_no"], row["fiscal_year"])
        costs = version.plan.costs
        return next((of, cost.source_line) for of, no, cost in costs if (no, cost.fiscal_year) == key)
    said = _said(version, table, row)
    of_target = "name" if column in ("name", ADDED, "pillar") else "target"
    field = column if table == "projects" else "baseline" if column in _OF_BASELINE else of_target
    found = said.get(field, said["name"])
    return found.source, found.line


def _said(version: Version, table: str, row: Row) -> dict[str, Said]:
    if table == "projects":
        return version.plan.projects[int(str(row["project_no"]))].said
    return next(of.said for of in version.plan.indicators if of.indicator_id == row["indicator_id"])


def _project(plan: int, row: Row) -> str:
    return f"{plan}-{int(str(row['project_no'])):02}"


def _written(cell: Cell) -> str | None:
    return None if cell is None else written(cell)
