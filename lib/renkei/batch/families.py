"""Report families and the reports that each offers, from `notebooks/reports.toml`."""

from __future__ import annotations

import ast
import itertools
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from renkei.area import Area
from renkei.batch import offers
from renkei.batch.family_keys import demand_known_keys, demand_own_files
from renkei.batch.offers import Value
from renkei.checkout import Checkout
from renkei.errors import ParameterError, RenderError

#: Seconds that a cell may take where reports.toml says nothing else: the slowest takes about one.
CELL_TIMEOUT = 300


@dataclass(frozen=True)
class Report:
    """One report: a notebook, the values of its parameters, and the files it becomes."""

    family: str
    notebook: Path
    title: str
    parameters: Mapping[str, Value]
    #: Below the reports folder, without an ending.
    file: str
    #: Seconds after which a cell is ended.
    cell_timeout: int = CELL_TIMEOUT


@dataclass(frozen=True)
class Family:
    """A notebook and the parameter values that it can be asked for."""

    name: str
    notebook: Path
    title: str
    file: str
    is_default: bool
    offers: Mapping[str, tuple[Value, ...]]
    #: For a parameter whose values are no names of files: what stands for each in `file`.
    file_names: Mapping[str, Mapping[Value, str]]
    cell_timeout: int = CELL_TIMEOUT

    def reports(self) -> Iterator[Report]:
        """Every report of the family, in the order of its parameters' values."""
        for values in itertools.product(*self.offers.values()):
            yield self.report(dict(zip(self.offers, values, strict=True)))

    def report(self, parameters: Mapping[str, Value]) -> Report:
        """The report for these parameters.

        Raises ParameterError, saying what is allowed, for a parameter that the family does
        not have, for one that is missing, and for a value that it does not offer.
        """
        allowed = "; ".join(f"{name}: {', '.join(map(str, values))}" for name, values in self.offers.items())
        for name in [*parameters, *self.offers]:
            if name not in self.offers or name not in parameters:
                found = ", ".join(parameters) or "none"
                raise ParameterError(
                    f"{self.name} takes the parameters {', '.join(self.offers) or 'none'}, found {found} "
                    f"({allowed})"
                )
        for name, value in parameters.items():
            if value not in self.offers[name] or type(value) is not type(self.offers[name][0]):
                raise ParameterError(
                    f"{self.name} offers {name} {', '.join(map(str, self.offers[name]))}, found {value!r}"
                )
        return Report(
            family=self.name,
            notebook=self.notebook,
            title=self.title.format(**parameters),
            parameters=dict(parameters),
            file=self.file.format(
                **{
                    name: self.file_names.get(name, {}).get(value, value)
                    for name, value in parameters.items()
                }
            ),
            cell_timeout=self.cell_timeout,
        )


def families(checkout: Checkout) -> dict[str, Family]:
    """The report families by name; each notebook declares just the parameters that are offered."""
    path = checkout.notebooks / "reports.toml"
    shown = checkout.relative(path)
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        demand_known_keys(entries, shown)
        found = {name: _family(checkout, name, entry) for name, entry in entries.items()}
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise RenderError(
            f"{shown}: families with notebook, title, file, default and "
            f"parameters were expected, found: {error!r}"
        ) from error
    demand_own_files(found.values(), shown)
    for family in found.values():
        _demand_declared(checkout, family)
    return found


def declared_parameters(notebook: Path) -> dict[str, object]:
    """Names and default values in the notebook's cell tagged `parameters`.

    Raises RenderError where there is not just one such cell, or one that does more than
    give names to plain values: a value set in any other way would quietly be ignored.
    """
    # Read as plain JSON: nbformat takes seconds to load, and a refusal should not.
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    if len(tagged) > 1:
        raise RenderError(f"{notebook.name}: one cell tagged “parameters” was expected, found {len(tagged)}")
    if not tagged:
        return {}
    parameters: dict[str, object] = {}
    for statement in ast.parse("".join(tagged[0]["source"])).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)):
                parameters[name] = value
            case _:
                raise RenderError(
                    f"{notebook.name}: “name = value” was expected in the cell tagged “parameters”, "
                    f"found “{ast.unparse(statement)}”"
                )
    return parameters


def _family(checkout: Checkout, name: str, entry: dict[str, Any]) -> Family:
    parameters: dict[str, dict[str, object]] = entry.get("parameters", {})
    return Family(
        name=name,
        notebook=checkout.notebooks / str(entry["notebook"]),
        title=_of_area(checkout, str(entry["title"])),
        file=str(entry["file"]),
        is_default=bool(entry.get("default", False)),
        offers={parameter: offers.offered(checkout, offer) for parameter, offer in parameters.items()},
        file_names={parameter: offers.file_names(checkout, offer) for parameter, offer in parameters.items()},
        cell_timeout=int(entry.get("cell_timeout", CELL_TIMEOUT)),
    )


def _of_area(checkout: Checkout, title: str) -> str:
    """A title with what it says of the area filled in: {area.plan.last_year}."""
    found = re.findall(r"\{area\.[\w.]+\}", title)
    return reduce(lambda text, said: text.replace(said, said.format(area=Area.of(checkout))), found, title)


def _demand_declared(checkout: Checkout, family: Family) -> None:
    if not family.notebook.is_file():
        raise RenderError(f"{checkout.relative(family.notebook)}: the notebook is missing")
    declared = declared_parameters(family.notebook)
    if set(declared) != set(family.offers):
        raise ParameterError(
            f"{checkout.relative(family.notebook)} declares the parameters {', '.join(declared) or 'none'}; "
            f"notebooks/reports.toml offers {', '.join(family.offers) or 'none'}: make them agree"
        )
    for name, default in declared.items():
        # A family may have nothing to offer yet, such as outcomes of no year.
        if family.offers[name] and type(default) is not type(family.offers[name][0]):
            raise ParameterError(
                f"{checkout.relative(family.notebook)}: {name} = {default!r} was expected to be of "
                f"the type of {family.offers[name][0]!r}, which notebooks/reports.toml offers"
            )
