"""The documents of one plan as one: each project and indicator once, and what each list reports of it.

The first document on record says what there is and gives the ids. A later one is matched with it: projects by
number, indicators by name within their project, KPIs by name. Place does not count, so that an indicator that
was inserted or moved keeps or gets an id of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from renkei.documents.rows import CostRow, Document, FootnoteRow, IndicatorRow, ProjectRow
from renkei.documents.sources import Source
from renkei.errors import QuantityError, SourceError
from renkei.quantity import parse_quantity
from renkei.tables.conflicts import Conflicts, Said
from renkei.units import Units

#: What a project's documents may disagree about; an empty cell says nothing.
OF_PROJECT = (
    "name", "summary", "municipalities", "lead_role", "partner_role", "lead_cost", "partner_cost",
)  # fmt: skip
OF_INDICATOR = ("name", "baseline", "target")


@dataclass
class MergedIndicator:
    """An indicator of a plan: what stands in the tables of it, and the row of each document that has it."""

    indicator_id: str
    project_no: int | None
    #: The first document that has it, and its line there.
    source: Source
    source_line: int
    #: By field: name, baseline, target; unit where there is one; pillar of a KPI.
    said: dict[str, Said]
    reports: list[tuple[Source, IndicatorRow]]

    @property
    def row(self) -> IndicatorRow:
        """Its name, baseline and target, as they stand in the tables."""
        return IndicatorRow(self.source_line, *(self.said[name].text for name in OF_INDICATOR))

    @property
    def unit(self) -> str:
        """The one unit of its numbers; empty where it has none."""
        return self.said["unit"].text if "unit" in self.said else ""


@dataclass
class MergedProject:
    """A project of a plan, from the first document that has it."""

    source: Source
    row: ProjectRow
    said: dict[str, Said]
    indicators: list[MergedIndicator] = field(default_factory=list)
    #: The name under which it was first published, where a revision may have given it another.
    first_name: str = ""


@dataclass
class MergedPlan:
    """All that the documents of one plan have."""

    documents: list[tuple[Source, Document]] = field(default_factory=list)
    projects: dict[int, MergedProject] = field(default_factory=dict)
    kpis: list[MergedIndicator] = field(default_factory=list)
    #: Every cost with its document and project.
    costs: list[tuple[Source, int, CostRow]] = field(default_factory=list)
    #: What a revision ended, as 2024-05 or 2024-05-2: no other may ever get its number.
    ended: set[str] = field(default_factory=set)

    @property
    def indicators(self) -> Iterator[MergedIndicator]:
        """KPIs first, then by project."""
        yield from self.kpis
        for project in self.projects.values():
            yield from project.indicators

    @property
    def footnotes(self) -> Iterator[tuple[Source, FootnoteRow]]:
        """Every footnote with its document."""
        for source, document in self.documents:
            for note in document.footnotes:
                yield source, note


def merged(documents: Iterable[tuple[Source, Document]], units: Units, conflicts: Conflicts) -> MergedPlan:
    """The documents of one plan, in the order of the record; what they disagree about goes to `conflicts`.

    Raises SourceError for a project that a document has twice, or under another number than the first one.
    """
    merging = Merging(MergedPlan(), units, conflicts)
    for source, document in documents:
        merging.add(source, document)
    return merging.plan


def next_id(plan: MergedPlan, prefix: str) -> str:
    """The id of one more indicator of a project, or KPI: its place, counting those that were ended."""
    given = {*plan.ended, *(indicator.indicator_id for indicator in plan.indicators)}
    numbers = [name.removeprefix(prefix) for name in given if name.startswith(prefix)]
    return f"{prefix}{max((int(number) for number in numbers if number.isdecimal()), default=0) + 1}"


class Merging:
    """A plan to which documents are added, one after the other."""

    def __init__(self, plan: MergedPlan, units: Units, conflicts: Conflicts) -> None:
        self.plan = plan
        self._units = units
        self._conflicts = conflicts
        self._is_first = True

    def add(self, source: Source, document: Document) -> None:
        """Merge one more document."""
        self._is_first = not (self.plan.projects or self.plan.kpis)
        self.plan.documents.append((source, document))
        self.plan.costs += [(source, row.number, cost) for row in document.projects for cost in row.costs]
        self._demand_projects_once(source, document)
        kpis = [(kpi.indicator, {"pillar": str(kpi.pillar)}) for kpi in document.kpis]
        self._add_indicators(source, f"{source.plan}-K", None, self.plan.kpis, kpis)
        numbers = {project.said["name"].text: number for number, project in self.plan.projects.items()}
        for row in document.projects:
            if numbers.get(row.name, row.number) != row.number:
                raise SourceError(
                    f"each project under the number that it has in "
                    f"{self.plan.projects[numbers[row.name]].source.path_in_project} was expected, found "
                    f"“{row.name}” as No. {row.number}, there No. {numbers[row.name]}; correct the number in "
                    "data/curated/corrections.csv",
                    path=source.path_in_project,
                    line=row.source_line,
                )
            project = self._project(source, row)
            rows = [(indicator, dict[str, str]()) for indicator in row.indicators]
            self._add_indicators(
                source, f"{source.plan}-{row.number:02}-", row.number, project.indicators, rows
            )
        for number, project in self.plan.projects.items():
            if number not in {row.number for row in document.projects}:
                self._add_indicators(source, f"{source.plan}-{number:02}-", number, project.indicators, [])

    def _demand_projects_once(self, source: Source, document: Document) -> None:
        lines: dict[int, int] = {}
        for row in document.projects:
            first = lines.setdefault(row.number, row.source_line)
            if first != row.source_line:
                raise SourceError(
                    f"project No. {row.number} once was expected, found it in line {first} too",
                    path=source.path_in_project,
                    line=row.source_line,
                )

    def _project(self, source: Source, row: ProjectRow) -> MergedProject:
        """The project of a row: a new one, or the known one, with what both say compared."""
        said = {
            name: Said(getattr(row, name), source, row.source_line)
            for name in OF_PROJECT
            if getattr(row, name)
        }
        known = self.plan.projects.get(row.number)
        if f"{source.plan}-{row.number:02}" in self.plan.ended:
            raise SourceError(
                f"a number that no project had before was expected, found No. {row.number}, whose project "
                "was ended; give it the next free number in data/curated/corrections.csv",
                path=source.path_in_project,
                line=row.source_line,
            )
        if known is None:
            known = self.plan.projects[row.number] = MergedProject(source, row, said)
        self._compare(f"{source.plan}-{row.number:02}", known.said, said)
        texts: dict[str, Any] = {name: of.text for name, of in known.said.items()}
        known.row = replace(known.row, **texts)
        return known

    def _add_indicators(
        self,
        source: Source,
        prefix: str,
        project_no: int | None,
        known: list[MergedIndicator],
        rows: Sequence[tuple[IndicatorRow, dict[str, str]]],
    ) -> None:
        """Match a document's indicators of a project, or its KPIs, with those known; add new ones behind."""
        matches = {} if self._is_first else self._matches(source, known, [row for row, _ in rows])
        for place, (row, more) in enumerate(rows):
            said = self._said(source, row, more)
            found = matches.get(place)
            if found is None:
                indicator_id = next_id(self.plan, prefix)
                found = MergedIndicator(indicator_id, project_no, source, row.source_line, said, [])
                known.append(found)
            self._compare(found.indicator_id, found.said, said)
            found.reports.append((source, row))

    def _matches(
        self, source: Source, known: Sequence[MergedIndicator], rows: Sequence[IndicatorRow]
    ) -> dict[int, MergedIndicator]:
        """By place in the rows, the known indicator that each is: of the same name, or decided to be so.

        A known indicator that none is goes to the conflicts, with the rows left over as what it may be.
        """
        names = [Said(row.name, source, row.source_line) for row in rows]
        matches: dict[int, MergedIndicator] = {}
        left = list(known)

        def match(is_same: Iterable[tuple[int, MergedIndicator]]) -> None:
            for place, indicator in is_same:
                if place not in matches and indicator in left:
                    matches[place] = indicator
                    left.remove(indicator)

        pairs = [(place, indicator) for indicator in known for place in range(len(rows))]
        match((place, of) for place, of in pairs if of.said["name"].text == names[place].text)
        match(
            (place, of)
            for place, of in pairs
            if place not in matches
            and of in left
            and self._conflicts.says_same(of.indicator_id, of.said["name"], names[place])
        )
        for indicator in left:
            # What stands nearest to its place comes first: it is the likeliest to be the same.
            own = known.index(indicator)
            others = sorted((abs(place - own), place) for place in range(len(rows)) if place not in matches)
            candidates = [names[place] for _, place in others]
            self._conflicts.demand_left_out(
                indicator.indicator_id, indicator.said["name"], Said("", source, 1), candidates
            )
        return matches

    def _compare(self, concerns: str, known: dict[str, Said], said: dict[str, Said]) -> None:
        for name, later in said.items():
            earlier = known.setdefault(name, later)
            known[name] = self._conflicts.winner(concerns, name, earlier, later)

    def _said(self, source: Source, row: IndicatorRow, more: dict[str, str]) -> dict[str, Said]:
        """What a document says of an indicator; every kind of dash as the same one."""
        try:
            texts = {
                "name": row.name,
                "baseline": published(row.baseline, self._units),
                "target": published(row.target, self._units),
                **more,
            }
            if unit := one_unit(row, self._units):
                texts["unit"] = unit
        except QuantityError as error:
            raise error.located(source.path_in_project, row.source_line) from error
        return {name: Said(text, source, row.source_line) for name, text in texts.items()}


def published(text: str, units: Units) -> str:
    """A baseline or target as the tables have it: every kind of dash as the same one."""
    return "-" if parse_quantity(text, units).is_missing else text


def one_unit(row: IndicatorRow, units: Units) -> str:
    """The one unit of an indicator's numbers, empty where it has none; a QuantityError tells of two."""
    texts = (row.baseline, row.target, *([row.actual] if row.actual else []))
    quantities = [parse_quantity(text, units) for text in texts]
    found = {quantity.unit for quantity in quantities if quantity.value is not None}
    if len(found) > 1:
        raise QuantityError(
            f"“{row.name}”: one unit in baseline, target and actual was expected, "
            f"found “{row.baseline}”, “{row.target}” and “{row.actual}”"
        )
    return found.pop() if found else ""
