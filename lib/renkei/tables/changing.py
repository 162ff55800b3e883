"""Changes made to a plan row by row, each held to what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from renkei.area import Area
from renkei.documents.rows import ChangeRow, CostRow, ProjectRow
from renkei.documents.sources import Source
from renkei.errors import QuantityError, TableError, capped
from renkei.quantity import parse_quantity
from renkei.tables.conflicts import Said
from renkei.tables.merging import (
    OF_INDICATOR,
    OF_PROJECT,
    MergedIndicator,
    MergedPlan,
    MergedProject,
    next_id,
    one_unit,
    published,
)
from renkei.text import normalise
from renkei.units import Units

ADDED, ENDED = "added", "ended"
_COST = re.compile(r"cost_(\d{4})")
_CONCERNS = re.compile(r"(\d{4})-(?:(?P<project>\d{2})|K)(?P<place>-?\d{1,2})?")
_DASHES = {"-", "－", "ー", "―", "–", "—", "−"}


class Changing:
    """A plan, and the document whose changes are made to it."""

    def __init__(self, plan: MergedPlan, source: Source, area: Area, units: Units) -> None:
        self._plan = plan
        self._source = source
        self._area = area
        self._units = units
        self._years = [year.starts_in for year in area.plan_of(source.plan).fiscal_years]
        self._added: list[ChangeRow] = []

    def make(self, rows: Sequence[ChangeRow]) -> None:
        """Make every change, in the order of the rows; a TableError tells all that do not fit."""
        problems, done = [], set()
        for row in rows:
            try:
                if (row.concerns, row.field) in done:
                    raise ValueError(
                        f"each field of {row.concerns} once was expected, found {row.field} again"
                    )
                done.add((row.concerns, row.field))
                self._make(row)
            except (ValueError, QuantityError) as error:
                problems.append(f"{self._source.path_in_project}:{row.source_line}: {error}")
        problems += [] if problems else self._left_undone()
        if problems:
            raise TableError("changes of what stands in the plan were expected:", capped(problems))

    def _make(self, row: ChangeRow) -> None:
        for column, text in (("page", row.page), ("reason", row.reason)):
            if not text:
                raise ValueError(f"a {column} was expected, found an empty cell")
        match = _CONCERNS.fullmatch(row.concerns)
        if match is None or int(match[1]) != self._source.plan:
            raise ValueError(
                f"a project such as {self._source.plan}-05, or an indicator such as {self._source.plan}-05-2 "
                f"or {self._source.plan}-K1, was expected in concerns, found “{row.concerns}”"
            )
        number = int(match["project"]) if match["project"] else None
        if number is not None and match["place"] is None:
            self._change_project(row, number)
        else:
            self._change_indicator(row, number)

    def _change_project(self, row: ChangeRow, number: int) -> None:
        if row.field == ADDED:
            self._add_project(row, number)
            return
        project = self._plan.projects.get(number)
        if project is None:
            raise ValueError(
                f"a project of the plan was expected, found {row.concerns}; add it in a row above"
            )
        if row.field == ENDED:
            self._demand(row, project.said["name"].text)
            self._plan.ended |= {row.concerns, *(of.indicator_id for of in project.indicators)}
            del self._plan.projects[number]
            self._plan.costs[:] = [cost for cost in self._plan.costs if cost[1] != number]
        elif year := _COST.fullmatch(row.field):
            self._change_cost(row, number, int(year[1]))
        elif row.field in OF_PROJECT:
            said = project.said.get(row.field)
            self._demand(row, said.text if said else "")
            project.said[row.field] = self._said(row)
            texts: dict[str, Any] = {name: of.text for name, of in project.said.items()}
            project.row = replace(project.row, **texts)
        else:
            self._refuse_field(row, (*OF_PROJECT, "cost_" + str(self._years[0]), ADDED, ENDED))

    def _add_project(self, row: ChangeRow, number: int) -> None:
        if number in self._plan.projects or row.concerns in self._plan.ended:
            raise ValueError(f"a number that no project had before was expected, found {row.concerns}")
        self._demand(row, "")
        new = ProjectRow(row.source_line, number, row.after, "")
        self._plan.projects[number] = MergedProject(self._source, new, {"name": self._said(row)})
        none = [(self._source, number, CostRow(row.source_line, year, "-")) for year in self._years]
        self._plan.costs += none
        self._added.append(row)

    def _change_cost(self, row: ChangeRow, number: int, year: int) -> None:
        of_year = [place for place, (_, of, cost) in enumerate(self._plan.costs)
                   if (of, cost.fiscal_year) == (number, year)]  # fmt: skip
        if not of_year:
            raise ValueError(
                f"a cost of {self._years[0]} to {self._years[-1]} was expected, found {row.field}"
            )
        stands = self._plan.costs[of_year[0]][2].text
        self._demand(replace(row, before=_amount(row.before), after=_amount(row.after)), _amount(stands), row)
        self._plan.costs[of_year[0]] = (self._source, number, CostRow(row.source_line, year, row.after))

    def _change_indicator(self, row: ChangeRow, number: int | None) -> None:
        if row.field == ADDED:
            self._add_indicator(row, number)
            return
        indicators = self._indicators(row, number)
        found = next((of for of in indicators if of.indicator_id == row.concerns), None)
        if found is None:
            raise ValueError(
                f"an indicator of the plan was expected, found {row.concerns}; add it in a row above"
            )
        if row.field == ENDED:
            self._demand(row, found.said["name"].text)
            self._plan.ended.add(row.concerns)
            indicators.remove(found)
        elif row.field in OF_INDICATOR or (row.field == "pillar" and number is None):
            said = found.said.get(row.field)
            self._demand(row, said.text if said else "")
            found.said[row.field] = self._said(row)
            if row.field in ("baseline", "target"):
                found.said[row.field] = replace(found.said[row.field], text=published(row.after, self._units))
                self._set_unit(found, row)
        else:
            self._refuse_field(row, (*OF_INDICATOR, ADDED, ENDED))

    def _add_indicator(self, row: ChangeRow, number: int | None) -> None:
        indicators = self._indicators(row, number)
        prefix = f"{self._source.plan}-K" if number is None else f"{self._source.plan}-{number:02}-"
        expected = next_id(self._plan, prefix)
        if row.concerns != expected:
            raise ValueError(f"the next free id, {expected}, was expected, found {row.concerns}")
        self._demand(row, "")
        said = {"name": self._said(row), "baseline": replace(self._said(row), text="-")}
        new = MergedIndicator(row.concerns, number, self._source, row.source_line, said, [])
        indicators.append(new)
        self._added.append(row)

    def _indicators(self, row: ChangeRow, number: int | None) -> list[MergedIndicator]:
        if number is None:
            return self._plan.kpis
        if number not in self._plan.projects:
            raise ValueError(f"an indicator of a project of the plan was expected, found {row.concerns}")
        return self._plan.projects[number].indicators

    def _set_unit(self, of: MergedIndicator, row: ChangeRow) -> None:
        """The unit of an indicator's numbers, once both are there."""
        if "target" in of.said and (unit := one_unit(of.row, self._units)):
            of.said["unit"] = replace(self._said(row), text=unit)

    def _left_undone(self) -> Iterable[str]:
        """What an added project or indicator still lacks, and projects whose last indicator was ended."""
        path = self._source.path_in_project
        lacking: list[tuple[ChangeRow, str]] = []
        for row in self._added:
            if row.concerns.count("-") == 1 and "K" not in row.concerns:
                project = self._plan.projects.get(int(row.concerns.partition("-")[2]))
                if project is not None:
                    texts = ("summary", "municipalities")
                    lacking += [(row, name) for name in texts if name not in project.said]
            of = next((of for of in self._plan.indicators if of.indicator_id == row.concerns), None)
            if of is not None:
                needed = ["target", "pillar"] if of.project_no is None else ["target"]
                lacking += [(row, name) for name in needed if name not in of.said]
        for row, name in lacking:
            yield f"{path}:{row.source_line}: {row.concerns}, which is added, needs a row for its {name}"
        for number, project in self._plan.projects.items():
            if not project.indicators:
                yield (
                    f"{path}: an indicator of each project was expected, found none of "
                    f"{self._source.plan}-{number:02} any more; end the project, or give it an indicator"
                )

    def _demand(self, row: ChangeRow, stands: str, shown: ChangeRow | None = None) -> None:
        """Raise ValueError unless `before` is what stands, and `after` another text."""
        before, after = (self._bare(row, text) for text in (row.before, row.after))
        shown = shown or row
        if before != self._bare(row, stands):
            found = f"“{stands}”" if stands else "nothing"
            raise ValueError(
                f"before was expected to be what stands in {row.concerns} as its {row.field}, {found}; found "
                f"“{shown.before}”"
            )
        if after == before or (not after) != (row.field == ENDED):
            expected = "an empty cell" if row.field == ENDED else "a text other than before"
            raise ValueError(f"{expected} was expected in after, found “{shown.after}”")

    def _bare(self, row: ChangeRow, text: str) -> str:
        """A text as it is compared: without spaces, every dash the same, municipalities written out."""
        bare = re.sub(r"\s", "", normalise(text))
        if row.field == "municipalities" and bare:
            return self._area.written_out(bare)
        return "-" if bare in _DASHES else bare

    def _said(self, row: ChangeRow) -> Said:
        text = self._area.written_out(row.after) if row.field == "municipalities" else row.after
        return Said(text, self._source, row.source_line)

    def _refuse_field(self, row: ChangeRow, known: Sequence[str]) -> None:
        raise ValueError(f"field: one of {', '.join(known)} was expected, found “{row.field}”")


def _amount(text: str) -> str:
    """A cost as it is compared: its number, a dash, or its remark in parentheses."""
    if not text or text.startswith("("):
        return text or "-"
    quantity = parse_quantity(text)
    if quantity.unit:
        raise ValueError(f"an amount in 1,000 yen without a unit was expected, found “{text}”")
    return "-" if quantity.value is None else f"{quantity.value.normalize():f}"
