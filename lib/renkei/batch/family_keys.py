"""What an entry of `notebooks/reports.toml` may say, and that no two reports become the same file."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from renkei.errors import RenderError

if TYPE_CHECKING:
    from renkei.batch.families import Family

_NEEDED = ("notebook", "title", "file")
_KEYS = (*_NEEDED, "default", "cell_timeout", "parameters")
_OF_A_PARAMETER = ("values", "values_from", "file_names", "file_names_from")
#: What the list of all reports is called.
_INDEX = "index"


def demand_known_keys(entries: Mapping[str, object], shown: str) -> None:
    """Raise RenderError with every key of every family that means nothing here, and every one that lacks."""
    problems = [problem for name, entry in entries.items() for problem in _problems(name, entry)]
    if problems:
        raise RenderError("\n  ".join([f"{shown}: families that read well were expected; mend:", *problems]))


def demand_own_files(families: Iterable[Family], shown: str) -> None:
    """Raise RenderError where two reports have one file; names that differ in capitals only are one file."""
    of_file: dict[str, str] = {_INDEX: "the list of all reports"}
    for family in families:
        for report in family.reports():
            said = f"“{report.title}” of [{family.name}]"
            other = of_file.setdefault(report.file.casefold(), said)
            if other is not said:
                raise RenderError(
                    f"{shown}: a file of its own for each report was expected, found “{report.file}” for "
                    f"{other} and for {said}; change file of [{family.name}]"
                )


def _problems(name: str, entry: object) -> Iterator[str]:
    if not isinstance(entry, Mapping):
        yield f"[{name}] was expected to be a family with {', '.join(_NEEDED)}, found {entry!r}"
        return
    parameters = entry.get("parameters", {})
    parameters = parameters if isinstance(parameters, Mapping) else {}
    for key in entry:
        if key not in _KEYS:
            yield f"[{name}] {key}: one of {', '.join(_KEYS)} was expected"
    for key in _NEEDED:
        if not isinstance(entry.get(key), str):
            yield f"[{name}] {key}: a text was expected, found {entry.get(key, 'none')!r}"
    for parameter, offer in parameters.items():
        for key in offer if isinstance(offer, Mapping) else ():
            if key not in _OF_A_PARAMETER:
                yield f"[{name}] {parameter}.{key}: one of {', '.join(_OF_A_PARAMETER)} was expected"
    for key in ("title", "file"):
        for field in _fields(str(entry.get(key, ""))):
            is_of_area = key == "title" and field.startswith("area.")
            if field not in parameters and not is_of_area:
                known = ", ".join(parameters) or "no parameter"
                yield f"[{name}] {key}: {{{field}}} names no parameter; the family has {known}"


def _fields(text: str) -> Iterator[str]:
    """The names that stand in braces."""
    try:
        fields = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    except ValueError:
        fields = [text]
    yield from fields
