"""Each row of a table once: its key, as the schema says, stands in no other row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from renkei.checkout import Checkout
from renkei.documents.sources import Source
from renkei.errors import TableError, capped
from renkei.tables.schema import resource
from renkei.tables.tidy import Row


def demand_keys_once(
    checkout: Checkout, rows: Mapping[str, Sequence[Row]], sources: Mapping[str, Source]
) -> None:
    """Raise TableError for keys that two rows of a table have, with the lines that both come from."""
    problems = [
        f"data/tables/{name}.csv: {problem}"
        for name, table in rows.items()
        for problem in _twice(resource(checkout, name).key, table, sources)
    ]
    if problems:
        raise TableError("each key once was expected; are two documents on record for one?", capped(problems))


def _twice(key: Sequence[str], rows: Sequence[Row], sources: Mapping[str, Source]) -> Iterator[str]:
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        values = tuple(row[column] for column in key)
        before = first.setdefault(values, row)
        if before is not row:
            said = ", ".join(f"{column} {value}" for column, value in zip(key, values, strict=True))
            yield f"{said} comes from {_place(before, sources)} and from {_place(row, sources)}"


def _place(row: Row, sources: Mapping[str, Source]) -> str:
    return f"{sources[str(row['source'])].path_in_project}:{row['source_line']}"
