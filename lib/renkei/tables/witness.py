"""How many indicators each project has, counted by people: a second witness beside the readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from renkei.csv_file import CsvRow
from renkei.documents.rows import Document
from renkei.documents.sources import Source
from renkei.errors import TableError, capped
from renkei.tables.versions import Read

_FILE = "data/curated/indicator_counts.csv"
#: By document and what it concerns, a project as 2024-05 or the KPIs as 2024-K.
Counts = Mapping[tuple[str, str], CsvRow]


def demand_counts(read: Mapping[Source, Read], counts: Counts) -> None:
    """Raise TableError for documents whose projects have other numbers of indicators than people counted.

    The first document of a plan needs a row for each of its projects, and one for its KPIs. A later one is
    held to the same counts: what it has beyond them, and projects that are new in it, need rows of their own;
    what it lacks is asked where the documents are merged.
    """
    problems: list[str] = []
    known: dict[str, CsvRow] = {}
    plans: set[int] = set()
    for source, document in read.items():
        if isinstance(document, Document):
            own = {concerns: row for (of, concerns), row in counts.items() if of == source.id}
            is_first = source.plan not in plans
            plans.add(source.plan)
            problems += _problems(source, document, known, own, is_first)
            known.update(own)
    ids = {source.id for source in read}
    problems += [
        f"{_FILE}:{row.line}: a document on record was expected, found “{of}”"
        for (of, _), row in counts.items()
        if of not in ids
    ]
    if problems:
        raise TableError(
            "as many indicators as people counted in the documents were expected; if a line was lost or came "
            "twice, put back the document, else count in the document, not in the tables, and mend the row:",
            capped(problems),
        )


def _problems(
    source: Source, document: Document, known: Mapping[str, CsvRow], own: Mapping[str, CsvRow], is_first: bool
) -> Iterator[str]:
    found = {
        f"{source.plan}-{of.number:02}": (f"project No. {of.number}", of.source_line, len(of.indicators))
        for of in document.projects
    }
    first_kpi = min((kpi.indicator.source_line for kpi in document.kpis), default=1)
    found[f"{source.plan}-K"] = ("the KPIs", first_kpi, len(document.kpis))
    for concerns, (words, line, number) in found.items():
        where = f"{source.path_in_project}:{line}: {words}"
        row = own.get(concerns, known.get(concerns))
        if row is None:
            if number:
                yield f"{where}: a row in {_FILE} was expected, {source.id},{concerns},INDICATORS,REASON"
            continue
        expected = int(row["number_of_indicators"])
        is_asked_elsewhere = number < expected and concerns not in own and not is_first
        if number != expected and not is_asked_elsewhere:
            yield f"{where}: {expected} by {_FILE}:{row.line}, found {number}"
    for concerns, row in own.items():
        if concerns not in found:
            yield f"{_FILE}:{row.line}: a project of {source.id} was expected, found “{concerns}”"
