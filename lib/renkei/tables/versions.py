"""A plan as it stood from one fiscal year to the next: as first published, and as each revision left it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from renkei.area import Area
from renkei.documents.rows import ChangeRow, Document
from renkei.documents.sources import Source
from renkei.errors import SourceError
from renkei.tables.changing import Changing
from renkei.tables.conflicts import Conflicts, Said
from renkei.tables.merging import MergedPlan, MergedProject, Merging, merged
from renkei.units import Units

#: What a reader makes of a document: a whole one, or changes of what stands.
Read = Document | tuple[ChangeRow, ...]


@dataclass(frozen=True)
class Version:
    """A plan as it stands from a fiscal year on; `source` is the revision, None as first published.

    `changes` are the rows of a revision that came as changes, by their line.
    """

    plan: MergedPlan
    source: Source | None = None
    changes: Mapping[int, ChangeRow] = field(default_factory=dict)

    @property
    def revision(self) -> Source:
        """The revision that made this version; a TypeError for the plan as first published."""
        if self.source is None:
            raise TypeError("a revised version was expected, found the plan as first published")
        return self.source


def versions(
    documents: Sequence[tuple[Source, Read]], area: Area, units: Units, conflicts: Conflicts
) -> list[Version]:
    """The versions of one plan, that of its first publication first.

    A list of a year is merged with the version in force for that year. Raises SourceError for a revision
    that has nothing to revise, or revises a year that is not the plan's; TableError with every change that
    does not fit what stands.
    """
    revisions = sorted((source for source, _ in documents if _is_revision(source)), key=_from)
    for source in revisions:
        _demand_something_to_revise(source, documents, area)
    read_of = dict(documents)
    found = [Version(merged(_of_version(documents, None, revisions), units, conflicts))]
    for source in revisions:
        read, plan = read_of[source], _copied(found[-1].plan)
        if isinstance(read, Document):
            _revise(plan, source, read, units, conflicts)
            version = Version(plan, source)
        else:
            Changing(plan, source, area, units).make(read)
            version = Version(plan, source, {row.source_line: row for row in read})
        lists = Merging(version.plan, units, conflicts)
        for own, document in _of_version(documents, source, revisions):
            lists.add(own, document)
        found.append(version)
    return found


def _is_revision(source: Source) -> bool:
    return source.in_force_from is not None


def _from(source: Source) -> int:
    return source.in_force_from or 0


def _demand_something_to_revise(source: Source, documents: Iterable[tuple[Source, Read]], area: Area) -> None:
    plan = area.plan_of(source.plan)
    record = "data/sources/sources.toml"
    if not plan.first_year < _from(source) <= plan.last_year:
        raise SourceError(
            f"{source.id}: in_force_from, a fiscal year from {plan.first_year + 1} to {plan.last_year}, was "
            f"expected, found {source.in_force_from}",
            path=record,
        )
    if all(_is_revision(other) for other, _ in documents):
        raise SourceError(
            f"{source.id}: the plan of {source.plan} as first published, without in_force_from, was expected "
            "beside its revision, found none",
            path=record,
        )


def _of_version(
    documents: Iterable[tuple[Source, Read]], version: Source | None, revisions: Sequence[Source]
) -> list[tuple[Source, Document]]:
    """The documents that no revision is, of the years in which a version is in force."""

    def version_of(source: Source) -> Source | None:
        year = source.fiscal_year
        before = [revision for revision in revisions if year is not None and _from(revision) <= year]
        return before[-1] if before else None

    return [
        (source, read)
        for source, read in documents
        if isinstance(read, Document) and not _is_revision(source) and version_of(source) == version
    ]


def _copied(plan: MergedPlan) -> MergedPlan:
    """The same plan, to be changed; what its documents report stays with it alone."""
    return MergedPlan(
        documents=[],
        projects={number: _copied_project(project) for number, project in plan.projects.items()},
        kpis=[replace(of, said=dict(of.said), reports=[]) for of in plan.kpis],
        costs=list(plan.costs),
        ended=set(plan.ended),
    )


def _copied_project(project: MergedProject) -> MergedProject:
    indicators = [replace(of, said=dict(of.said), reports=[]) for of in project.indicators]
    first_name = project.first_name or project.row.name
    return replace(project, said=dict(project.said), indicators=indicators, first_name=first_name)


def _revise(plan: MergedPlan, source: Source, document: Document, units: Units, conflicts: Conflicts) -> None:
    """Make a plan what a later edition of its document says; what that does not have any more is ended."""
    plan.costs.clear()
    numbers = {row.number for row in document.projects}
    gone = [number for number in plan.projects if number not in numbers]
    for number in gone:
        # A page that was lost on the way would end its projects.
        name = plan.projects[number].said["name"]
        conflicts.demand_left_out(f"{source.plan}-{number:02}", name, Said("", source, 1), [])
    Merging(plan, units, conflicts.of_revision()).add(source, document)
    plan.documents.clear()
    left = [of for of in plan.indicators if not of.reports]
    plan.ended |= {f"{source.plan}-{number:02}" for number in gone} | {of.indicator_id for of in left}
    for number in gone:
        del plan.projects[number]
    for indicators in (plan.kpis, *(project.indicators for project in plan.projects.values())):
        indicators[:] = [of for of in indicators if of.reports]
    for of in plan.indicators:
        of.reports.clear()
