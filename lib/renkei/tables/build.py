"""`renkei build`: documents and curated files to the tidy tables, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from renkei.area import Area
from renkei.checkout import Checkout
from renkei.csv_file import csv_text
from renkei.data_lock import changing_data
from renkei.documents.changes import read_changes
from renkei.documents.quotes import Place, moved, places, problems
from renkei.documents.rows import Document
from renkei.documents.sources import (
    Line,
    Source,
    corrected_lines,
    demand_recorded_bytes,
    document,
    sources_on_record,
    texts_of,
)
from renkei.documents.status_list import read_status_list
from renkei.documents.vision import read_vision
from renkei.errors import CorrectionError, ParameterError, SourceError, TableError, capped
from renkei.tables.accepting import accepted, made_from_file, other_hashes
from renkei.tables.actual_rows import ActualRows
from renkei.tables.conflicts import Conflicts
from renkei.tables.curated import Curated
from renkei.tables.differences import Differences, differences
from renkei.tables.keys import demand_keys_once
from renkei.tables.reported import known_sources
from renkei.tables.schema import resource
from renkei.tables.tidy import Row
from renkei.tables.version_rows import rows_of_versions
from renkei.tables.versions import Read, versions
from renkei.tables.witness import demand_counts
from renkei.whole_files import clear_unfinished, replace_files

READERS: dict[str, Callable[[Source, Iterable[Line], Area], Document]] = {
    "status_list": read_status_list,
    "vision": read_vision,
}
#: The reader of a revision that came as a table of changes; it has no meaning without what it changes.
CHANGES = "changes"
TABLES = ("projects", "indicators", "outcomes", "costs", "footnotes", "revisions")


@dataclass(frozen=True)
class Built:
    """How many rows each table has, and what became otherwise; None where there were no tables before."""

    rows: Mapping[str, int]
    differences: Differences | None


def build(checkout: Checkout, accept: str | None = None, ask: Callable[[str], str] | None = None) -> Built:
    """Make the tables again from the documents.

    Where a document has another hash than the one that the tables were made from, people must have accepted
    what that changes: `accept` is why, or what `ask` gives when told. The reason is kept in sources.toml.

    Any error leaves the tables as they were. Nobody else reads or changes them meanwhile.
    """
    with changing_data(checkout):
        clear_unfinished(checkout.tables.parent)
        tables = tables_from_documents(checkout)
        sources = sources_on_record(checkout)
        before = _tables_that_stand(checkout)
        found = differences(checkout, before, {name: text for name, (text, _) in tables.items()})
        contents: dict[Path, bytes] = {}
        if others := other_hashes(checkout, sources):
            told = f"{_who(others)} than the tables in data/tables were made from. What changes:\n{found}"
            reason = accept if accept is not None or ask is None else ask(told)
            if reason is None or (ask is not None and not reason.strip()):
                raise TableError(
                    f"{told}\nnothing was written; if that is right, run renkei build --accept REASON: the "
                    "reason is kept in data/sources/sources.toml; if not, put back the documents"
                )
            contents |= accepted(checkout, others, reason)
        elif accept is not None:
            raise ParameterError(
                "--accept goes with a document that is another than before, found none; run 'renkei build'"
            )
        contents |= made_from_file(checkout, sources.values())
        contents |= {
            resource(checkout, name).path: text.encode("utf-8") for name, (text, _) in tables.items()
        }
        replace_files(contents)
    return Built({name: count for name, (_, count) in tables.items()}, found if before else None)


def _who(ids: Sequence[str]) -> str:
    return f"data/sources: {', '.join(ids)} {'is' if len(ids) == 1 else 'are'} of another SHA-256, or gone,"


def _tables_that_stand(checkout: Checkout) -> dict[str, str]:
    """The CSV text of each table that is there and can be read."""
    found = {}
    for name in TABLES:
        with suppress(FileNotFoundError, UnicodeDecodeError):
            found[name] = resource(checkout, name).path.read_text(encoding="utf-8-sig")
    return found


def tables_from_documents(checkout: Checkout) -> dict[str, tuple[str, int]]:
    """Each table's CSV text and its number of rows, made from the documents as they stand.

    The documents of one plan are merged: see `renkei.tables.merging`. What offices reported stands beside
    what the lists say: see `renkei.tables.actual_rows`.
    """
    sources = sources_on_record(checkout)
    return tables_of({source: document(checkout, source) for source in sources.values()}, checkout)


def tables_of(contents: Mapping[Source, bytes], checkout: Checkout) -> dict[str, tuple[str, int]]:
    """The same of documents with these contents."""
    curated, area = Curated.read(checkout), Area.of(checkout)
    try:
        rows = _rows_of(checkout, contents, curated, area)
    except (SourceError, TableError) as error:
        raise _with_changes(error, contents) from error
    for source, content in contents.items():
        demand_recorded_bytes(source, content)
    curated.demand_all_used({str(row["indicator_id"]) for row in rows["indicators"]})
    demand_keys_once(checkout, rows, known_sources(checkout))
    return {
        name: (csv_text(resource(checkout, name).columns, table), len(table)) for name, table in rows.items()
    }


def moved_quotes(checkout: Checkout) -> list[str]:
    """The rows of curated files whose text stands in another line of its document than they name."""
    curated = Curated.read(checkout)
    return [
        told
        for source in sources_on_record(checkout).values()
        for placed in _places(checkout, source, document(checkout, source), curated)
        for told in moved(placed, source.path_in_project)
    ]


def _rows_of(
    checkout: Checkout, contents: Mapping[Source, bytes], curated: Curated, area: Area
) -> dict[str, list[Row]]:
    """The rows of every table, plan by plan in the order of the record."""
    _demand_quotes_stand(checkout, contents, curated)
    read = {source: _read(source, content, curated, area) for source, content in contents.items()}
    demand_counts(read, curated.counts)
    plans: dict[int, list[tuple[Source, Read]]] = {}
    for source, document_or_changes in read.items():
        plans.setdefault(source.plan, []).append((source, document_or_changes))
    conflicts = Conflicts(curated.conflicts)
    by_plan = {plan: versions(of, area, curated.units, conflicts) for plan, of in plans.items()}
    actuals = ActualRows(checkout, curated.units, conflicts)
    conflicts.demand_decided(but_of=actuals.sources)
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for plan, of_plan in by_plan.items():
        for name, of_table in rows_of_versions(of_plan, curated, area.plan_of(plan)).items():
            rows[name] += of_table
    known = {source.id: source for source in contents}
    rows["outcomes"] = actuals.beside(rows["indicators"], rows["outcomes"], known)
    conflicts.demand_decided()
    return rows


def _read(source: Source, content: bytes, curated: Curated, area: Area) -> Read:
    record = "data/sources/sources.toml"
    if source.reader not in (*READERS, CHANGES):
        raise SourceError(
            f"{source.id}: a reader, one of {', '.join((*READERS, CHANGES))}, was expected, found "
            f"“{source.reader}”",
            path=record,
        )
    is_of_a_year, is_revision = source.reader == "status_list", source.in_force_from is not None
    if (is_revision and is_of_a_year) or (source.reader == CHANGES and not is_revision):
        expected = "none, since a list reports a year" if is_of_a_year else "the first year that they are for"
        raise SourceError(
            f"{source.id}: in_force_from, {expected}, was expected, found {source.in_force_from or 'none'}",
            path=record,
        )
    if source.reader == "status_list" and source.fiscal_year is None:
        raise SourceError(
            f"{source.id}: fiscal_year, the year that the list reports, was expected, found none", path=record
        )
    lines = corrected_lines(source, content, curated.corrections)
    return (
        read_changes(source, lines)
        if source.reader == CHANGES
        else READERS[source.reader](source, lines, area)
    )


def _demand_quotes_stand(checkout: Checkout, contents: Mapping[Source, bytes], curated: Curated) -> None:
    """What rows of curated files quote must stand in their documents; every one that does not is told."""
    wrong = [
        problem
        for source, content in contents.items()
        for placed in _places(checkout, source, content, curated)
        for problem in problems(placed, source.path_in_project)
    ]
    if len(wrong) == 1:
        raise CorrectionError(wrong[0])
    if wrong:
        raise TableError("texts that stand in the documents were expected:", capped(wrong))


def _places(checkout: Checkout, source: Source, content: bytes, curated: Curated) -> Iterator[list[Place]]:
    """Where the quotes of each curated file stand in a document."""
    texts = texts_of(source, content)
    for quotes in curated.quoted(checkout, source.id).values():
        yield places(quotes, texts)


def _with_changes(
    error: SourceError | TableError, contents: Mapping[Source, bytes]
) -> SourceError | TableError:
    """The error, with the documents that are not those on record; their hash tells only that they differ."""
    told = ""
    for source, content in contents.items():
        try:
            demand_recorded_bytes(source, content)
        except SourceError as changed:
            told += f"\n  Besides, {changed}"
    if isinstance(error, SourceError):
        return type(error)(f"{error.message}{told}", path=error.path, line=error.line)
    return TableError(f"{error}{told}")
