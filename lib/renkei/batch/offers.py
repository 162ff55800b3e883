"""The values that a report's parameter can take: listed, or drawn from the area or from a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from renkei.area import Area
from renkei.checkout import Checkout
from renkei.csv_file import read_rows
from renkei.errors import RenderError
from renkei.tables.schema import resource

Value = int | str

#: What `values_from` and `file_names_from` can name of data/area.toml.
_OF_AREA: Mapping[str, Callable[[Area], tuple[Value, ...]]] = {
    "area.municipalities": lambda area: tuple(of_area.name for of_area in area.municipalities),
    "area.romaji": lambda area: tuple(of_area.romaji for of_area in area.municipalities),
    "area.plan.fiscal_years": lambda area: tuple(year.starts_in for year in area.plan.fiscal_years),
}


def offered(checkout: Checkout, entry: Mapping[str, object]) -> tuple[Value, ...]:
    """The values of an entry of reports.toml: `values`, or those that `values_from` names."""
    return _given(checkout, entry, "values") or ()


def file_names(checkout: Checkout, entry: Mapping[str, object]) -> dict[Value, str]:
    """What stands for each value in the names of files: `file_names`, or what `file_names_from` names.

    Empty where the values are good names themselves. Raises RenderError unless there are as many names as
    values.
    """
    values, names = offered(checkout, entry), _given(checkout, entry, "file_names")
    if names is None:
        return {}
    if len(names) != len(values):
        raise RenderError(
            f"notebooks/reports.toml: a file name for each of {', '.join(map(str, values))} was expected, "
            f"found {', '.join(map(str, names))}"
        )
    return {value: str(name) for value, name in zip(values, names, strict=True)}


def _given(checkout: Checkout, entry: Mapping[str, object], key: str) -> tuple[Value, ...] | None:
    if isinstance(listed := entry.get(key), list):
        return tuple(listed)
    if isinstance(source := entry.get(f"{key}_from"), str):
        return _drawn(checkout, source)
    if key == "values":
        raise RenderError(
            "notebooks/reports.toml: values, or values_from with where they stand, was expected for a "
            f"parameter, found {entry}"
        )
    return None


def _drawn(checkout: Checkout, source: str) -> tuple[Value, ...]:
    name, _, column = source.partition(".")
    if name == "area":
        if source not in _OF_AREA:
            raise RenderError(
                f"notebooks/reports.toml: one of {', '.join(_OF_AREA)} was expected, found “{source}”"
            )
        return _OF_AREA[source](Area.of(checkout))
    table = resource(checkout, name)
    if column not in table.columns:
        raise RenderError(
            f"notebooks/reports.toml: a column of {name}, one of {', '.join(table.columns)}, was expected, "
            f"found “{source}”"
        )
    is_whole = any(field.name == column and field.type == "integer" for field in table.fields)
    rows = read_rows(table.path, table.columns, checkout.relative(table.path))
    values = {row[column] for row in rows if row[column]}
    return tuple(sorted(int(value) if is_whole else value for value in values))
