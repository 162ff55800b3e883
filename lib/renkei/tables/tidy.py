"""What the documents of one plan say, as rows of the tidy tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from renkei.area import Plan
from renkei.csv_file import Cell, CsvRow
from renkei.documents.rows import Document, IndicatorRow, ProjectRow
from renkei.documents.sources import Source
from renkei.errors import QuantityError, SourceError, TableError
from renkei.quantity import Quantity, parse_quantity
from renkei.tables.curated import Curated
from renkei.tables.merging import MergedIndicator, MergedPlan, MergedProject
from renkei.tables.target_terms import Judgement, kind_by_text, target_terms

Row = dict[str, Cell]

_COVID = re.compile(r"コロナ|COVID", re.IGNORECASE)


class Tidy:
    """The rows that the documents of one plan give to the tables, each as a dict by column."""

    def __init__(
        self, merged: MergedPlan, curated: Curated, plan: Plan, retargeted: Collection[str] = ()
    ) -> None:
        """`retargeted` are the indicators whose target a revision changes: see `_judgement`."""
        self._plan = plan
        self._retargeted = retargeted
        self._merged = merged
        self._curated = curated
        for source, document in merged.documents:
            if document.sections:
                self._demand_printed_sections(source, document)

    def projects(self) -> Iterator[Row]:
        """Rows of `projects.csv`."""
        for of in self._merged.projects.values():
            project, section = of.row, self._section(of)
            yield {
                "plan": self._plan.first_year,
                "project_no": project.number,
                "name": project.name,
                "pillar": int(section["pillar"]),
                "section": section["section"] or None,
                "summary": project.summary,
                "municipalities": project.municipalities or None,
                "lead_role": project.lead_role or None,
                "partner_role": project.partner_role or None,
                "lead_cost": project.lead_cost or None,
                "partner_cost": project.partner_cost or None,
                **_provenance(of.source, project.source_line),
            }

    def indicators(self) -> Iterator[Row]:
        """Rows of `indicators.csv`; a QuantityError names the line of a target that does not read."""
        for indicator in self._merged.indicators:
            try:
                yield self._indicator(indicator)
            except QuantityError as error:
                said = indicator.said["target"]
                raise error.located(said.source.path_in_project, said.line) from error

    def outcomes(self) -> Iterator[Row]:
        """Rows of `outcomes.csv`, document by document; none from one that reports no year."""
        for source, _ in self._merged.documents:
            if source.fiscal_year is not None:
                for indicator in self._merged.indicators:
                    for reporting, row in indicator.reports:
                        if reporting == source:
                            yield self._outcome(source, source.fiscal_year, indicator.indicator_id, row)

    def costs(self) -> Iterator[Row]:
        """Rows of `costs.csv`, one per project and fiscal year."""
        for source, project_no, cost in self._merged.costs:
            is_remark = cost.text.startswith("(")
            amount = None if is_remark else self._quantity(cost.text).value
            yield {
                "plan": self._plan.first_year,
                "project_no": project_no,
                "fiscal_year": cost.fiscal_year,
                "amount_thousand_yen": amount,
                "note": cost.text.strip("()") if is_remark else None,
                **_provenance(source, cost.source_line),
            }

    def footnotes(self) -> Iterator[Row]:
        """Rows of `footnotes.csv`, each with the first project that uses the word."""
        projects = [of.row for of in self._merged.projects.values()]
        for source, note in self._merged.footnotes:
            explained = next((p.number for p in projects if note.term in _words_of(p)), None)
            if explained is None:
                raise SourceError(
                    f"a project that uses the word “{note.term}” was expected, found none",
                    path=source.path_in_project,
                    line=note.source_line,
                )
            yield {
                "plan": self._plan.first_year,
                "number": note.number,
                "project_no": explained,
                "term": note.term,
                "text": note.text,
                **_provenance(source, note.source_line),
            }

    def _indicator(self, of: MergedIndicator) -> Row:
        indicator = of.row
        baseline, target = self._quantity(indicator.baseline), self._quantity(indicator.target)
        terms = target_terms(target, self._plan, self._judgement(of, target))
        if baseline.year is not None and baseline.year > terms.last_year:
            raise QuantityError(
                f"“{indicator.name}”: a baseline before the target was expected, "
                f"found “{indicator.baseline}” and “{indicator.target}” (are two columns swapped?)"
            )
        return {
            "indicator_id": of.indicator_id,
            "plan": self._plan.first_year,
            "project_no": of.project_no,
            "pillar": self._pillar(of),
            "kind": "kpi" if of.project_no is None else "project",
            "name": indicator.name,
            "unit": of.unit or None,
            "direction": terms.direction,
            "baseline_text": indicator.baseline,
            "baseline_value": baseline.value,
            "baseline_year": baseline.year,
            "target_text": indicator.target,
            "target_value": terms.value,
            "target_bound": terms.bound,
            "target_kind": terms.kind,
            "target_first_year": terms.first_year,
            "target_last_year": terms.last_year,
            **_provenance(of.source, indicator.source_line),
        }

    def _judgement(self, of: MergedIndicator, target: Quantity) -> Judgement | None:
        """What people judged of a target; where one of two versions settles itself, it is of the other."""
        judgement = self._curated.judgements.get(of.indicator_id)
        kind = kind_by_text(target)
        if judgement is None or kind is None or of.indicator_id not in self._retargeted:
            return judgement
        return replace(judgement, target_kind=kind)

    def _outcome(self, source: Source, fiscal_year: int, indicator_id: str, row: IndicatorRow) -> Row:
        actual = self._quantity(row.actual)
        has_actual = actual.value is not None or actual.state is not None or actual.is_every_year
        return {
            "indicator_id": indicator_id,
            "fiscal_year": fiscal_year,
            "observed_year": (actual.year or fiscal_year) if has_actual else None,
            "actual_text": "-" if actual.is_missing else row.actual,
            "actual_value": actual.value,
            "rating": row.rating,
            "is_provisional": actual.is_provisional or actual.is_estimate,
            "mentions_covid": mentions_covid(row.note),
            "note": row.note,
            **_provenance(source, row.source_line),
        }

    def _pillar(self, of: MergedIndicator) -> int:
        if of.project_no is None:
            return int(of.said["pillar"].text)
        return int(self._section(self._merged.projects[of.project_no])["pillar"])

    def _quantity(self, text: str) -> Quantity:
        return parse_quantity(text, self._curated.units)

    def _section(self, of: MergedProject) -> CsvRow:
        section = self._curated.sections.get((self._plan.first_year, of.row.number))
        name = of.first_name or of.row.name
        if section is None or section["name"] != name:
            raise SourceError(
                f"project No. {of.row.number} is “{name}” here, "
                f"“{section['name'] if section else 'missing'}” in data/curated/sections.csv; "
                "make them agree",
                path=of.said["name"].source.path_in_project,
                line=of.said["name"].line,
            )
        return section

    def _demand_printed_sections(self, source: Source, document: Document) -> None:
        sections = [self._section(self._merged.projects[project.number]) for project in document.projects]
        for section in sections:
            if section["section"] not in document.sections:
                raise TableError(
                    f"data/curated/sections.csv:{section.line}: a heading of the document was expected, "
                    f"found “{section['section']}”; its headings are {'、'.join(document.sections)}"
                )
        used = {section["section"] for section in sections}
        if unused := [section for section in document.sections if section not in used]:
            raise TableError(
                f"{source.path_in_project}: projects under each of the document's headings were "
                f"expected in data/curated/sections.csv, found none under {'、'.join(unused)}"
            )


def mentions_covid(note: str) -> bool:
    """Whether a remark mentions COVID-19."""
    return bool(_COVID.search(note))


def _provenance(source: Source, line: int) -> Row:
    return {"source": source.id, "source_line": line}


def _words_of(project: ProjectRow) -> str:
    return "\n".join((project.name, project.summary, project.lead_role, project.partner_role))
