"""Charts of an analyst's own in one call, from a DataFrame or a Series."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import pandas as pd

from renkei.errors import ParameterError
from renkei.report.frame_table import source_of, units_of
from renkei.report.kit import charts
from renkei.report.kit.cells import cell, yen
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.frames import field_of, frame_of, head_of, is_in_rows_unit, labels_of
from renkei.report.kit.numbers import NONE, decimals_of, percent
from renkei.report.kit.pieces import Cell, Figure, Piece
from renkei.report.kit.pieces_text import paragraph
from renkei.report.kit.pillars import pillar_head
from renkei.report.kit.series import COLOURS, bars, lines
from renkei.report.kit.sheets import Sheets

#: A chart of more names would be longer than a page; the table beside it has all of them.
_MOST_NAMES = 30
_MOST_SERIES = len(COLOURS)
_SHARES_OF_TARGET = ("share_of_target", "newest_share")
#: Numbers that count nothing.
_NO_VALUES = ("plan", "project_no", "pillar", "number")
_NO_UNITS = ("year", "fiscal year", "line")
_NAME = "name"
#: How units of the schema are said.
_UNITS = {
    "1,000 yen": "千円",
    "%": "%",
    "projects": "事業",
    "indicators": "指標",
    "municipalities": "市町村",
}
_YEN = ("円", "千円")


@dataclass(frozen=True)
class _Charted:
    """What is drawn: names, and for each of them a value per series, None where it is missing."""

    head: str
    names: Sequence[str]
    series: Sequence[str]
    columns: Sequence[Hashable]
    values: Sequence[Sequence[float | None]]
    unit: str
    source: str


def bar_chart(
    data: pd.DataFrame | pd.Series,
    title: str,
    *,
    label: Hashable | None = None,
    value: Hashable | Sequence[Hashable] | None = None,
    unit: str = "",
    source: str | pd.DataFrame | None = None,
) -> Piece:
    """Bars for each row, one for each column of numbers; without rows, a sentence that there are none.

    `label` is the column that names the rows, `value` the column or columns of numbers; if not given, they
    are the column name or the index, and all columns of numbers. All must be of one unit: that of the rows,
    of the column, or the one given. `title` says what the chart shows; `source` is as of `table`.
    """
    found = _charted(data, label, value, unit, source)
    if not found.names:
        return _nothing(title)
    shown = slice(0, _MOST_NAMES)
    labels = [[_cell(of, found.unit).words for of in values] for values in found.values]
    if len(found.series) > 1:
        labels = [[f"{name} {text}" for name, text in zip(found.series, of, strict=True)] for of in labels]
    with sheets() as figure:
        bars(figure, found.names[shown], found.values[shown], labels[shown])
        return _figure(figure, found, title, kind="横棒グラフ", more=_rest(len(found.names)))


def line_chart(
    data: pd.DataFrame | pd.Series,
    title: str,
    *,
    label: Hashable | None = None,
    value: Hashable | Sequence[Hashable] | None = None,
    unit: str = "",
    source: str | pd.DataFrame | None = None,
) -> Piece:
    """A line for each column of numbers over the rows, such as years; otherwise as `bar_chart`."""
    found = _charted(data, label, value, unit, source)
    by_series = list(zip(*found.values, strict=True))
    kept = [place for place, of in enumerate(by_series) if any(value is not None for value in of)]
    if not kept:
        return _nothing(title)
    labels = [[_cell(value, found.unit).words for value in by_series[place]] for place in kept]
    names = [found.series[place] if len(found.series) > 1 else "" for place in kept]
    with sheets() as figure:
        drawn = [by_series[place] for place in kept]
        if found.unit in _YEN:
            lines(figure, found.names, names, drawn, labels, lambda tick, _: _cell(tick, found.unit).words)
        else:
            lines(figure, found.names, names, drawn, labels)
        return _figure(figure, found, title, kind="折れ線グラフ")


def share_chart(
    data: pd.DataFrame | pd.Series,
    title: str,
    *,
    label: Hashable | None = None,
    value: Hashable | None = None,
    whole: str = "",
    source: str | pd.DataFrame | None = None,
) -> Piece:
    """A dot for each row's share in %, against 100 %; otherwise as `bar_chart`.

    `whole` says what 100 % is: 目標 for shares of a target, else 全体 if not given. A row without a share is
    counted below the title, and stands in the table.
    """
    found = _charted(data, label, value, "%", source)
    if len(found.series) > 1:
        raise ParameterError(f"one column of shares was expected, found {', '.join(map(str, found.columns))}")
    rows = [(name, of[0]) for name, of in zip(found.names, found.values, strict=True) if of[0] is not None]
    if not rows:
        return _nothing(title)
    drawn = rows[:_MOST_NAMES]
    names, shares = [name for name, _ in drawn], [share for _, share in drawn]
    whole = whole or ("目標" if found.columns[0] in _SHARES_OF_TARGET else "全体")
    lacking = len(found.names) - len(rows)
    with sheets() as figure:
        texts = [percent(share) for share in shares]
        if max(shares) > 100 or min(shares) < 0:
            charts.dumbbells(figure, names, shares, texts, whole=whole)
        else:
            charts.share_dots(figure, names, shares, texts, whole=whole)
        more = f"。割合のない{lacking}件は省いた" if lacking else ""
        return _figure(figure, found, title, kind="点グラフ", more=f"{_rest(len(rows))}{more}")


def _figure(drawn: Sheets, found: _Charted, title: str, *, kind: str, more: str = "") -> Figure:
    unit = f"(単位：{found.unit})" if found.unit and found.unit not in _YEN else ""
    what = "、".join(found.series)
    return figure_piece(
        drawn,
        title=title,
        measure=f"{what if unit and f'({found.unit})' in what else what + unit}{more}",
        kind=kind,
        numbers=numbers(
            (found.head, *found.series),
            [
                [name, *(_cell(value, found.unit) for value in of)]
                for name, of in zip(found.names, found.values, strict=True)
            ],
            COLOURS[: len(found.series)],
        ),
        source=found.source,
        drawing="bars",
    )


def _rest(names: int) -> str:
    """How many names are not drawn."""
    return f"。先頭の{_MOST_NAMES}件を示し、{names - _MOST_NAMES}件を省いた" if names > _MOST_NAMES else ""


def _nothing(title: str) -> Piece:
    return paragraph(f"{title}：該当するものはない。")


def _cell(value: float | None, unit: str) -> Cell:
    """A value with its unit; yen in 兆, 億 or 万."""
    if value is None:
        return cell(NONE)
    if unit in _YEN:
        return yen(value / 1000 if unit == "円" else value)
    return Cell(number=value, decimals=decimals_of(value), unit=unit)


def _charted(
    data: pd.DataFrame | pd.Series,
    label: Hashable | None,
    value: Hashable | Sequence[Hashable] | None,
    unit: str,
    source: str | pd.DataFrame | None,
) -> _Charted:
    rows = frame_of(data)
    label = _label_column(rows) if label is None else label
    columns = _value_columns(rows, label, value)
    lacking = [str(name) for name in (*columns, label) if name is not None and name not in rows]
    if lacking:
        raise ParameterError(
            f"columns of the frame were expected ({', '.join(map(str, rows.columns))}), "
            f"found {', '.join(lacking)}"
        )
    index = rows.index if label is None else pd.Index(rows[label])
    return _Charted(
        head="項目" if index.name is None else head_of(index.name),
        names=_names(index),
        series=_series(rows, columns),
        columns=columns,
        values=[
            [None if pd.isna(number) else float(number) for number in of]
            for of in rows[list(columns)].itertuples(index=False, name=None)
        ],
        unit=unit or _unit(rows, columns),
        source=source_of(rows, source),
    )


def _label_column(rows: pd.DataFrame) -> Hashable | None:
    """The column that names the rows: name, or where the index only counts them the first one of text."""
    if _NAME in rows:
        return _NAME
    counts = rows.index.name is None and pd.api.types.is_integer_dtype(rows.index.dtype)
    texts = [name for name in rows if pd.api.types.is_string_dtype(rows[name].dtype)]
    return texts[0] if counts and rows.index.nlevels == 1 and texts else None


def _value_columns(
    rows: pd.DataFrame, label: Hashable | None, value: Hashable | Sequence[Hashable] | None
) -> list[Hashable]:
    if isinstance(value, list):
        columns = list(value)
    elif value is not None:
        columns = [value]
    else:
        columns = [name for name in rows if name != label and _is_value(rows[name])]
    if not 1 <= len(columns) <= _MOST_SERIES:
        raise ParameterError(
            f"1 to {_MOST_SERIES} columns of numbers were expected, found {len(columns)}; name them by value="
        )
    return columns


def _is_value(column: pd.Series) -> bool:
    is_number = pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)
    field = field_of(column.name)
    return is_number and column.name not in _NO_VALUES and not (field and field.unit in _NO_UNITS)


def _unit(rows: pd.DataFrame, columns: Sequence[Hashable]) -> str:
    """The one unit of the columns; a ParameterError names those that there are where there are several."""
    units: set[str] = set()
    for name in columns:
        field = field_of(name)
        if is_in_rows_unit(field):
            units.update(of for of in units_of(rows) or () if of != NONE)
        elif field and field.unit in _UNITS:
            units.add(_UNITS[field.unit])
    if len(units) > 1:
        raise ParameterError(
            f"numbers of one unit were expected, found {'、'.join(sorted(units))}; choose rows of one unit, "
            "or show their shares by share_chart"
        )
    return units.pop() if units else ""


def _series(rows: pd.DataFrame, columns: Sequence[Hashable]) -> list[str]:
    """The heads of the columns; years or pillars where a pivot has made columns of them."""
    if rows.columns.name is not None:
        return _names(pd.Index(columns, name=rows.columns.name))
    return [head_of(name) for name in columns]


def _names(index: pd.Index) -> list[str]:
    """How the rows of a chart are called: years as years, pillars by their names, codes in words."""
    field = field_of(index.name)
    if index.name == "pillar":
        return [pillar_head(int(pillar)) for pillar in index]
    before = "No. " if index.name == "project_no" else ""
    unit = field.unit if field and index.name != "plan" else ""
    after = {"fiscal year": "年度", "year": "年"}.get(unit, "")
    levels = [labels_of(index.get_level_values(level)) for level in range(index.nlevels)]
    return [before + "・".join(of.words for of in cells) + after for cells in zip(*levels, strict=True)]
