"""Tables from heads and rows of text: what is a number in a column of numbers becomes one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pandas as pd

from renkei.report.kit.frames import (
    MOST_COLUMNS,
    UNNAMED,
    cell_of,
    cells_of,
    field_of,
    head_of,
    left_out,
    table_from_columns,
    widths_of,
)
from renkei.report.kit.numbers import NONE
from renkei.report.kit.pieces import Cell, Column, Group, Table
from renkei.tables.schema import Field

#: How pandas writes that there is no value.
MISSING = frozenset({"NaN", "nan", "NaT", "None", "<NA>"})
#: What stands in the rows and columns that pandas does not show.
_LEFT_OUT = ("...", "…")
_NUMBER = re.compile(
    r"(?P<sign>[-−▲]?)(?P<whole>0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(?P<part>\d+))?(?P<unit>[%％]?)"
)
#: A float holds so many digits; a longer number is a code, and stays as it is written.
_MOST_DIGITS = 15
#: How pandas writes a number of its own: with a point, or a power of ten for a large one.
_PANDAS_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]\d+)?")
_YEARS = range(1800, 2201)


def table_from(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    caption: str = "",
    note: str = "",
    labels: int = 0,
    missing: frozenset[str] = frozenset(),
) -> Table:
    """A table of these texts; the first `labels` columns name the rows and stay text."""
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in heads]
    cells = [_cells(texts, missing, is_label=position < labels) for position, texts in enumerate(columns)]
    widths = widths_of([[head, *texts] for head, texts in zip(heads, columns, strict=True)])
    return Table(
        caption or UNNAMED,
        tuple(
            Column(head, width, "number" if any(cell.number is not None for cell in of) else "text")
            for head, width, of in zip(heads, widths, cells, strict=True)
        ),
        (Group(tuple(zip(*cells, strict=True))),),
        "",
        note,
    )


def table_of_frame(
    names: Sequence[str], rows: Sequence[Sequence[str]], labels: int, caption: str = ""
) -> Table:
    """A table of what pandas shows of a DataFrame, as the project's kernel would show it.

    Japanese heads and words for codes, numbers without powers of ten, ten columns; `names` are those of the
    columns, of which the first `labels` are the index.
    """
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    kept = [place for place, name in enumerate(names) if name not in _LEFT_OUT]
    shown, others = kept[: labels + MOST_COLUMNS], kept[labels + MOST_COLUMNS :]
    # What pandas itself has left out is counted below its table.
    is_whole = len(kept) == len(names)
    return table_from_columns(
        caption or UNNAMED,
        [
            (head_of(names[place]), _frame_cells(columns[place], field_of(names[place]), place < labels))
            for place in shown
        ],
        note=left_out([head_of(names[place]) for place in others]) if is_whole else "ほかの列は省いた。",
    )


def _frame_cells(texts: Sequence[str], field: Field | None, is_label: bool) -> list[Cell]:
    there = [text for text in texts if text not in MISSING and text not in _LEFT_OUT]
    are_numbers = there and all(
        _PANDAS_NUMBER.fullmatch(text) and len(re.sub(r"\D", "", text)) <= _MOST_DIGITS for text in there
    )
    if is_label or not are_numbers:
        return [Cell(NONE, mark="missing") if text in MISSING else cell_of(text, field) for text in texts]
    numbers = [_of_pandas(text) if text in there else None for text in texts]
    cells = cells_of(pd.Series(numbers, dtype=object), field)
    return [Cell(text) if text in _LEFT_OUT else of for text, of in zip(texts, cells, strict=True)]


def _of_pandas(text: str) -> float:
    return float(text) if re.search(r"[.e]", text) else int(text)


def _cells(texts: Sequence[str], missing: frozenset[str], *, is_label: bool) -> list[Cell]:
    """The cells of a column: numbers if all that is there are numbers, and they are not all years."""
    there = [text for text in texts if text and text not in missing and text not in _LEFT_OUT]
    numbers = {text: _number(text) for text in there}
    are_numbers = not is_label and bool(there) and all(numbers.values()) and not _are_years(there)
    return [
        Cell(NONE, mark="missing")
        if text in missing
        else (numbers.get(text) if are_numbers else None) or Cell(text)
        for text in texts
    ]


def _number(text: str) -> Cell | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    whole, part = found["whole"].replace(",", ""), found["part"] or ""
    if len(whole) + len(part) > _MOST_DIGITS:
        return None
    value = float(f"{whole}.{part or 0}")
    return Cell(
        number=-value if found["sign"] else value, decimals=len(part), unit="%" if found["unit"] else ""
    )


def _are_years(texts: Iterable[str]) -> bool:
    """Whether all are years, which have no comma between their thousands."""
    return all(len(text) == 4 and text.isdecimal() and int(text) in _YEARS for text in texts)
