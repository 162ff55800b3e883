"""A revision that came as a table of changes (新旧対照表): what stood, and what stands in its place."""

from __future__ import annotations

from collections.abc import Iterable

from renkei.csv_file import rows_of_text
from renkei.documents.marks import demand_no_marks
from renkei.documents.rows import ChangeRow
from renkei.documents.sources import Line, Source
from renkei.text import normalise, without_layout_spaces

#: The columns of such a file, in this order.
COLUMNS = ("concerns", "field", "before", "after", "page", "reason")


def read_changes(source: Source, lines: Iterable[Line]) -> tuple[ChangeRow, ...]:
    """The rows of a CSV file of changes, its texts in the form that other readers give them.

    Raises TableError, with the line, for other columns and for a row with more or fewer cells, SourceError
    for a mark of a footnote.
    """
    lines = list(lines)
    for line in lines:
        demand_no_marks(line, source.path_in_project)
    text = "\n".join(line.text for line in lines)
    return tuple(
        ChangeRow(row.line, *(without_layout_spaces(normalise(row[column])) for column in COLUMNS))
        for row in rows_of_text(text, COLUMNS, source.path_in_project)
    )
