"""Cells of a table whose text has lost its columns: name, baseline and target told apart by meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from renkei.documents.rows import IndicatorRow
from renkei.documents.wrapping import PrintedLine
from renkei.errors import QuantityError, SourceError
from renkei.fiscal_year import YEAR_PATTERN
from renkei.quantity import parse_quantity
from renkei.text import without_layout_spaces

#: What stands behind a value, never in a name.
_YEAR_OF_A_VALUE = re.compile(rf"\((?:毎年度?|{YEAR_PATTERN})(?:まで)?\)")


@dataclass(frozen=True)
class TableRow:
    """An indicator, and the lines over which its name goes; the last one may hold more than the name."""

    indicator: IndicatorRow
    name_lines: tuple[PrintedLine, ...]


def joined(lines: Sequence[PrintedLine]) -> str:
    """One cell's text, the line breaks inside it closed."""
    return without_layout_spaces("".join(line.text for line in lines))


def indicator_rows(lines: Sequence[PrintedLine], path: str) -> Iterator[TableRow]:
    """The indicators in the lines of a table, each ending with its baseline and target.

    A row is complete once its last words read as two quantities; a line that opens
    with a parenthesis still belongs to the row before. Raises SourceError for words
    left over and for a row that can be cut in two ways.
    """
    pending: list[PrintedLine] = []
    for position, line in enumerate(lines):
        pending.append(line)
        if position + 1 < len(lines) and lines[position + 1].text.startswith("("):
            continue
        if row := _row(pending, path):
            yield row
            pending = []
    if pending:
        raise SourceError(
            "an indicator with name, baseline and target was expected, "
            f"found “{' '.join(line.text for line in pending)}”; its quantities cannot be told for certain",
            path=path,
            line=pending[0].number,
        )


def _row(lines: Sequence[PrintedLine], path: str) -> TableRow | None:
    words = [(word, line.number) for line in lines for word in line.text.split(" ")]
    cuts: list[tuple[str, str, str]] = []
    last_of_name = 0
    for name_end in range(1, len(words) - 1):
        if _is_quantity(words[name_end - 1][0]):
            # A third quantity before the two: nothing tells which of them are meant.
            continue
        if _YEAR_OF_A_VALUE.search("".join(word for word, _ in words[:name_end])):
            # So does the year of one, though its number is broken.
            continue
        for baseline_end in range(name_end + 1, len(words)):
            baseline = "".join(word for word, _ in words[name_end:baseline_end])
            target = "".join(word for word, _ in words[baseline_end:])
            if _is_quantity(baseline) and _is_quantity(target) and not parse_quantity(target).is_missing:
                cuts.append((_name(words[:name_end]), baseline, target))
                last_of_name = words[name_end - 1][1]
    if len(cuts) > 1:
        raise SourceError(
            f"one way to tell name, baseline and target apart was expected, found {len(cuts)}: {cuts}",
            path=path,
            line=lines[0].number,
        )
    if not cuts:
        return None
    name_lines = tuple(line for line in lines if line.number <= last_of_name)
    return TableRow(IndicatorRow(lines[0].number, *cuts[0]), name_lines)


def _name(words: Sequence[tuple[str, int]]) -> str:
    text = ""
    last_line = None
    for word, line in words:
        text += f" {word}" if line == last_line else word
        last_line = line
    return without_layout_spaces(text)


def _is_quantity(text: str) -> bool:
    if text.startswith("("):
        return False
    try:
        parse_quantity(text)
    except QuantityError:
        return False
    return True
