"""`renkei build`: documents and curated files to the tidy tables, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from renkei.area import Area
from renkei.checkout import Checkout
from renkei.csv_file import CsvRow, csv_text
from renkei.data_lock import changing_data
from renkei.documents.rows import Document
from renkei.documents.sources import (
    Line,
    Source,
    corrected_lines,
    demand_recorded_bytes,
    document,
    sources_on_record,
)
from renkei.documents.status_list import read_status_list
from renkei.documents.vision import read_vision
from renkei.errors import SourceError
from renkei.tables.curated import Curated
from renkei.tables.schema import resource
from renkei.tables.tidy import Row, Tidy
from renkei.whole_files import clear_unfinished, replace_files

READERS: dict[str, Callable[[Source, Iterable[Line], Area], Document]] = {
    "status_list": read_status_list,
    "vision": read_vision,
}
TABLES = ("projects", "indicators", "outcomes", "costs", "footnotes")


def build(checkout: Checkout) -> dict[str, int]:
    """Make the tables again from the documents; returns how many rows each has.

    Any error leaves the tables as they were. Nobody else reads or changes them meanwhile.
    """
    with changing_data(checkout):
        clear_unfinished(checkout.tables)
        tables = tables_from_documents(checkout)
        replace_files(
            {resource(checkout, name).path: text.encode("utf-8") for name, (text, _) in tables.items()}
        )
    return {name: count for name, (_, count) in tables.items()}


def tables_from_documents(checkout: Checkout) -> dict[str, tuple[str, int]]:
    """Each table's CSV text and its number of rows, made from the documents as they stand."""
    curated, area = Curated.read(checkout), Area.of(checkout)
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for source in sources_on_record(checkout).values():
        for name, of_source in _rows_of(checkout, source, curated, area).items():
            rows[name] += of_source
    curated.demand_all_used({str(row["indicator_id"]) for row in rows["indicators"]})
    return {
        name: (csv_text(resource(checkout, name).columns, table), len(table)) for name, table in rows.items()
    }


def _rows_of(checkout: Checkout, source: Source, curated: Curated, area: Area) -> dict[str, list[Row]]:
    """The rows that one document gives to each table; its bytes must be those on record."""
    content = document(checkout, source)
    try:
        rows = _read(source, content, curated, area)
    except SourceError as error:
        try:
            demand_recorded_bytes(source, content)
        except SourceError as changed:
            # The line tells where the document differs; the hash, that it does.
            raise type(error)(
                f"{error.message}\n  Besides, {changed.message}", path=error.path, line=error.line
            ) from error
        raise
    demand_recorded_bytes(source, content)
    return rows


def _read(source: Source, content: bytes, curated: Curated, area: Area) -> dict[str, list[Row]]:
    if source.reader not in READERS:
        raise SourceError(
            f"{source.id}: a reader, one of {', '.join(READERS)}, was expected, found “{source.reader}”",
            path="data/sources/sources.toml",
        )
    lines = corrected_lines(source, content, curated.corrections)
    found = READERS[source.reader](source, lines, area)
    for name, rows in curated.quotes.items():
        _demand_quotes_stand(source, content, name, rows)
    tidy = Tidy(source, found, curated, area.plan_of(source.plan))
    return {
        "projects": list(tidy.projects()),
        "indicators": list(tidy.indicators()),
        "outcomes": list(tidy.outcomes()),
        "costs": list(tidy.costs()),
        "footnotes": list(tidy.footnotes()),
    }


def _demand_quotes_stand(source: Source, content: bytes, name: str, quotes: list[CsvRow]) -> None:
    """What a row of a curated file quotes must stand in the line that it names."""
    lines = content.decode("utf-8").split("\n")
    for quote in quotes:
        number = int(quote["source_line"])
        if quote["source"] == source.id and quote["found"] not in "".join(lines[number - 1 : number]):
            raise SourceError(
                f"data/curated/{name}.csv:{quote.line} expects “{quote['found']}” in this line; "
                "it has moved or was mended: adapt or delete the row",
                path=source.path_in_project,
                line=number,
            )
