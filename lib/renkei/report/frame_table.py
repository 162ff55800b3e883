"""A table of an analyst's own in one call."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

import pandas as pd

from renkei.errors import ParameterError, QuantityError
from renkei.load import load_table
from renkei.report.frame_sources import source_line
from renkei.report.kit.cells import cell
from renkei.report.kit.frames import (
    cells_of,
    field_of,
    frame_of,
    head_of,
    is_in_rows_unit,
    labels_of,
    table_from_columns,
)
from renkei.report.kit.numbers import NONE, decimals_of, rounded, yen_scale
from renkei.report.kit.pieces import Cell, Piece
from renkei.report.kit.pieces_text import paragraph
from renkei.report.kit.scales import Scale, scale_of, target_rounding
from renkei.report.kit.statuses import COMPUTED
from renkei.targets import COMPUTED_BASES

#: What a table says by other means than as a column.
_SAID_OTHERWISE = ("source", "plan")
_TARGET, _ACTUAL = "target_value", "actual_value"


def table(
    frame: pd.DataFrame | pd.Series,
    title: str,
    *,
    columns: Sequence[Hashable] | None = None,
    unit: str = "",
    source: str | pd.DataFrame | None = None,
    note: str = "",
) -> Piece:
    """A DataFrame or Series as a table of a report; without rows, a sentence that there are none.

    `columns` are those that are shown, in their order; all but source and plan if not given. Heads and
    words for codes are those of `data/datapackage.json`. Numbers in the unit of their row stand in the unit
    in which it is published; `unit` is that of all numbers, where the rows do not say it. `source` is found
    from the rows' columns source, plan or indicator_id; where they have none, it is a text, or the frame that
    they were counted from. Computed targets and provisional outcomes are marked.
    """
    rows = frame_of(frame)
    if rows.empty:
        return paragraph(f"{title}：該当するものはない。")
    names = _names(rows, columns)
    found, notes = _found(rows, names), [note]
    labels = list(dict.fromkeys(of.text for head, cells in found if head == _UNIT for of in cells))
    if len(labels) == 1 and len(found) > 1:
        unit, found = unit or labels[0], [column for column in found if column[0] != _UNIT]
    if any(of.mark == "computed" for _, cells in found for of in cells):
        notes.append(f"「試算」は{COMPUTED}であり、ビジョンの示した値ではない。")
    return table_from_columns(
        f"{title}(単位：{unit})" if unit and unit != NONE else title,
        [(head_of(head), cells) for head, cells in found],
        source_of(rows, source),
        "".join(notes),
    )


#: The column of units, which is put in where numbers are in the unit of their row.
_UNIT = "unit"


def source_of(rows: pd.DataFrame, source: str | pd.DataFrame | None) -> str:
    """The line that names the documents: given, or found from a frame."""
    if isinstance(source, str):
        return source
    return source_line(rows if source is None else source)


def _names(rows: pd.DataFrame, columns: Sequence[Hashable] | None) -> list[Hashable]:
    if columns is None:
        return [name for name in rows.columns if name not in _SAID_OTHERWISE]
    lacking = [str(name) for name in columns if name not in rows]
    if lacking:
        raise ParameterError(
            f"columns of the frame were expected ({', '.join(map(str, rows.columns))}), "
            f"found {', '.join(lacking)}"
        )
    return list(columns)


def _found(rows: pd.DataFrame, names: Sequence[Hashable]) -> list[tuple[Hashable, Sequence[Cell]]]:
    """Each column that is shown by its name; an index that names the rows comes first."""
    of_rows = [name for name in names if is_in_rows_unit(field_of(name))]
    units = units_of(rows) if of_rows else None
    scales = _scales(rows, of_rows, units) if units is not None else []
    found: list[tuple[Hashable, Sequence[Cell]]] = []
    for level in range(rows.index.nlevels):
        labels = rows.index.get_level_values(level)
        # Bare numbers count the rows, or what is left of them.
        if labels.name is not None or not pd.api.types.is_integer_dtype(labels.dtype):
            found.append(("" if labels.name is None else labels.name, labels_of(labels)))
    for name in names:
        if name == _UNIT and scales:
            continue
        if name in of_rows and scales:
            if _UNIT not in [head for head, _ in found]:
                found.append((_UNIT, [cell(scale.label) for scale in scales]))
            found.append((name, _in_units(rows, str(name), scales)))
        else:
            found.append((name, cells_of(rows[name], field_of(name))))
    return found


def units_of(rows: pd.DataFrame) -> list[str] | None:
    """The unit of each row: its own, or that of its indicator; None where neither is known."""
    if _UNIT in rows:
        units = rows[_UNIT]
    elif "indicator_id" in rows or "indicator_id" in rows.index.names:
        ids = rows["indicator_id"] if "indicator_id" in rows else rows.index.get_level_values("indicator_id")
        units = pd.Series(list(ids)).map(load_table("indicators").set_index("indicator_id")["unit"])
    else:
        return None
    return [NONE if pd.isna(unit) else str(unit) for unit in units]


def _scales(rows: pd.DataFrame, names: Sequence[Hashable], units: Sequence[str]) -> list[Scale]:
    texts = [name for name in rows.columns if str(name).endswith("_text")]
    return [
        _scale(
            unit,
            [str(row[text]) for text in texts if pd.notna(row[text])],
            [row[str(name)] for name in names],
        )
        for unit, (_, row) in zip(units, rows.iterrows(), strict=True)
    ]


def _scale(unit: str, texts: Sequence[str], values: Sequence[float]) -> Scale:
    """The unit in which a row is published; where no text says it, yen in 兆, 億 or 万, others plain."""
    try:
        published = scale_of(*texts)
    except QuantityError:
        published = scale_of()
    if published.unit == unit:
        return published
    there = [abs(value) for value in values if pd.notna(value)]
    if unit == "円" and there and max(there):
        scaled, label = yen_scale(max(there))
        return Scale(label, unit, round(max(there) / scaled), 1)
    return Scale(unit, unit, 1, max([0, *(decimals_of(value) for value in there)]))


def _in_units(rows: pd.DataFrame, name: str, scales: Sequence[Scale]) -> list[Cell]:
    """The numbers of a column in the units of their rows, and what is to be known of each."""
    cells = []
    for scale, (_, row) in zip(scales, rows.iterrows(), strict=True):
        value = row[name]
        if pd.isna(value):
            cells.append(cell(NONE))
            continue
        number = float(value) / scale.size
        is_computed = name == _TARGET and row.get("basis") in COMPUTED_BASES
        rounding = target_rounding(str(row.get("direction", "higher"))) if is_computed else "nearest"
        of = Cell(number=rounded(number, scale.decimals, rounding), decimals=scale.decimals)
        if is_computed:
            of = replace(of, mark="computed", below=("試算",))
        elif name == _ACTUAL and row.get("is_provisional", False):
            of = replace(of, mark="estimated", below=("暫定",))
        cells.append(of)
    return cells
