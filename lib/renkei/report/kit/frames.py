"""DataFrames of any shape as tables: Japanese heads, codes in words, numbers as a reader writes them."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Hashable, Sequence
from decimal import Decimal
from numbers import Real

import pandas as pd

from renkei.checkout import Checkout
from renkei.report.kit.cells import cell
from renkei.report.kit.numbers import NONE, decimals_of, rounded
from renkei.report.kit.pieces import Cell, Column, Group, Table
from renkei.tables.schema import Field, column_of

#: The caption of a table without one; a report names it after the heading above it.
UNNAMED = "表"
#: The head of an index without a name.
INDEX = "索引"
#: What pandas calls what it has counted, or does not name.
_NAMES: dict[Hashable, Hashable] = {None: "値", "count": "数", "size": "数"}
#: A frame is shown with so many columns; of one with more rows than pandas shows whole, the first ones are.
MOST_COLUMNS, _FIRST_ROWS = 10, 20
#: How the units of the schema begin of numbers that are in the unit of their row.
_ROWS_UNITS = ("the row's unit", "the indicator's unit")
_YEARS = range(1800, 2201)
_NO_COUNT = ("year", "fiscal year", "line")
_BOOLEANS = {True: "はい", False: "いいえ"}
#: Widths of columns in letters of half a width, and what stays free beside them.
_NARROWEST, _WRAPPED, _WIDEST, _PADDING = 4, 26, 40, 3


def table_of(frame: pd.DataFrame) -> Table:
    """A frame as it is, its index first: ten columns and the first rows, and how much more there is.

    `pd.options.display.max_rows` is the most rows that are shown whole, 60 if not set; all columns are
    shown where `max_columns` is None.
    """
    most = pd.get_option("display.max_rows")
    rows = frame if most is None or len(frame) <= most else frame.iloc[:_FIRST_ROWS]
    columns = len(frame.columns) if pd.get_option("display.max_columns") is None else MOST_COLUMNS
    found = [*_index_columns(rows), *_columns(rows.iloc[:, :columns])]
    notes = [
        f"全{len(frame):,}行のうち先頭の{len(rows)}行を示す。" if len(rows) < len(frame) else "",
        left_out([head_of(name) for name in frame.columns[columns:]]),
        "" if len(frame) else "行はない。",
    ]
    return table_from_columns(UNNAMED, found, note="".join(notes))


def frame_of(data: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """A Series as a frame of one column, named in Japanese where pandas has named it; a frame as it is."""
    if isinstance(data, pd.DataFrame):
        return data
    return data.to_frame(_NAMES.get(data.name, data.name))


def left_out(heads: Sequence[str]) -> str:
    """How many columns are not shown, and which; empty where all are."""
    named = "、".join(heads[:MOST_COLUMNS]) + ("など" if len(heads) > MOST_COLUMNS else "")
    return f"ほか{len(heads)}列({named})は省いた。" if heads else ""


def table_from_columns(
    caption: str, columns: Sequence[tuple[str, Sequence[Cell]]], source: str = "", note: str = ""
) -> Table:
    """A table of columns, each a head and its cells, as wide as their texts ask."""
    # A head may stand on two lines.
    said = [[line for of in cells for line in of.lines] for _, cells in columns]
    widths = _shares([_room(head, lines) for (head, _), lines in zip(columns, said, strict=True)])
    return Table(
        caption,
        tuple(
            Column(head, width, "number" if any(of.number is not None for of in cells) else "text")
            for (head, cells), width in zip(columns, widths, strict=True)
        ),
        (Group(tuple(zip(*(cells for _, cells in columns), strict=True))),),
        source,
        note,
    )


def head_of(name: Hashable) -> str:
    """The head of a column: its title in the schema, or its name; levels of names are joined."""
    if isinstance(name, tuple):
        return " ".join(dict.fromkeys(head_of(part) for part in name if str(part)))
    field = field_of(name)
    return field.title if field else str(name)


def field_of(name: Hashable) -> Field | None:
    """What the schema knows of a column of that name."""
    return column_of(Checkout.current(), name) if isinstance(name, str) else None


def is_in_rows_unit(field: Field | None) -> bool:
    """Whether the numbers of a column are each in the unit of its row."""
    return field is not None and field.unit.startswith(_ROWS_UNITS)


def cells_of(values: pd.Series, field: Field | None = None) -> list[Cell]:
    """The cells of a column; `field` is what the schema knows of it."""
    there = [value for value in values if not _is_missing(value)]
    if there and all(_is_number(value) for value in there):
        if _are_years(there, field):
            return [cell(NONE) if _is_missing(value) else Cell(f"{int(value)}") for value in values]
        is_share = bool(field and field.unit == "%")
        decimals = None if is_in_rows_unit(field) else _decimals([float(of) for of in there])
        if is_share and decimals is not None:
            decimals = min(1, decimals)
        return [_number(value, decimals, is_share=is_share) for value in values]
    return [cell(NONE) if _is_missing(value) else cell_of(value, field) for value in values]


def cell_of(value: object, field: Field | None = None) -> Cell:
    """A value that is no number: a code in words, a date without its time, or text."""
    if pd.api.types.is_bool(value):
        return Cell(_BOOLEANS[bool(value)])
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return Cell(f"{value:%Y-%m-%d}")
    if isinstance(value, list | tuple):
        parts = [" ".join(map(str, part)) if isinstance(part, list | tuple) else str(part) for part in value]
        return cell("、".join(parts) or NONE)
    text = str(value)
    if field and field.type == "boolean" and text in ("True", "False"):
        # As pandas writes it in HTML.
        return Cell(_BOOLEANS[text == "True"])
    if field and field.name.endswith("_text") and text == "-":
        return cell(NONE)
    return Cell(field.labels.get(text, text) if field else text, may_fold=True)


def widths_of(columns: Sequence[Sequence[str]]) -> list[int]:
    """The columns' shares of the width in %, by their longest texts."""
    return _shares([min(_WIDEST, max([_NARROWEST, *map(_width, texts)])) for texts in columns])


def _room(head: str, lines: Sequence[str]) -> int:
    """How wide a column should be: a number stays on its line, a text is wrapped, a head has three lines."""
    longest = max([_NARROWEST, *map(_width, lines)])
    return max(min(_WRAPPED, longest), -(-_width(head) // 3)) + _PADDING


def _shares(lengths: Sequence[int]) -> list[int]:
    return [max(1, round(100 * length / sum(lengths))) for length in lengths]


def _columns(frame: pd.DataFrame) -> list[tuple[str, list[Cell]]]:
    return [
        (head_of(name), cells_of(frame.iloc[:, place], field_of(name)))
        for place, name in enumerate(frame.columns)
    ]


def _index_columns(frame: pd.DataFrame) -> list[tuple[str, list[Cell]]]:
    levels = [frame.index.get_level_values(level) for level in range(frame.index.nlevels)]
    return [(INDEX if level.name is None else head_of(level.name), labels_of(level)) for level in levels]


def labels_of(level: pd.Index) -> list[Cell]:
    """The cells of one level of an index: they name the rows, so that numbers stay as they are."""
    field = field_of(level.name)
    return [cell(NONE) if _is_missing(value) else cell_of(value, field) for value in level]


def _number(value: object, decimals: int | None, *, is_share: bool) -> Cell:
    if _is_missing(value):
        return cell(NONE)
    number = float(value)  # type: ignore[arg-type]
    if math.isinf(number):
        return Cell("∞" if number > 0 else "▲∞")
    digits = decimals_of(number) if decimals is None else decimals
    # What lacks anything of 100 % is never said to be 100 %.
    down = is_share and 99 <= number < 100
    return Cell(number=rounded(number, digits, "down" if down else "nearest"), decimals=digits)


def _decimals(values: Sequence[float]) -> int:
    """With how many decimals the numbers of a column are said: as they are, or enough to tell them apart."""
    finite = [abs(value) for value in values if math.isfinite(value)]
    for decimals in (0, 1, 2):
        if all(math.isclose(value, rounded(value, decimals), rel_tol=1e-12) for value in finite):
            return decimals
    largest = max(finite)
    return 1 if largest >= 10 else 2 if largest >= 0.1 else min(6, 1 - math.floor(math.log10(largest)))


def _are_years(values: Sequence[object], field: Field | None) -> bool:
    if field:
        return field.unit in _NO_COUNT
    return all(isinstance(value, Real) and value in _YEARS for value in values)


def _is_missing(value: object) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))  # type: ignore[call-overload]


def _is_number(value: object) -> bool:
    return isinstance(value, Real | Decimal) and not pd.api.types.is_bool(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
