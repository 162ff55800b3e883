"""What a reader found in one document, as rows of the tidy tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from renkei.area import Plan
from renkei.csv_file import Cell, CsvRow
from renkei.documents.rows import Document, IndicatorRow, ProjectRow
from renkei.documents.sources import Source
from renkei.errors import QuantityError, SourceError, TableError
from renkei.quantity import Quantity, parse_quantity
from renkei.tables.curated import Curated
from renkei.tables.target_terms import target_terms

Row = dict[str, Cell]

_COVID = re.compile(r"コロナ|COVID", re.IGNORECASE)


class Tidy:
    """The rows that one document gives to the tables, each as a dict by column."""

    def __init__(self, source: Source, found: Document, curated: Curated, plan: Plan) -> None:
        self._source = source
        self._plan = plan
        self._found = found
        self._curated = curated
        if found.sections:
            self._demand_printed_sections()

    def projects(self) -> Iterator[Row]:
        """Rows of `projects.csv`."""
        for project in self._found.projects:
            section = self._section(project)
            yield {
                "plan": self._source.plan,
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
                **self._provenance(project.source_line),
            }

    def indicators(self) -> Iterator[Row]:
        """Rows of `indicators.csv`; a QuantityError names the line of a target that does not read."""
        for indicator_id, project, pillar, indicator in self._all_indicators():
            try:
                yield self._indicator(indicator_id, project, pillar, indicator)
            except QuantityError as error:
                raise error.located(self._source.path_in_project, indicator.source_line) from error

    def outcomes(self) -> Iterator[Row]:
        """Rows of `outcomes.csv`; none from a document that reports no year."""
        if self._source.fiscal_year is None:
            return
        for indicator_id, _, _, indicator in self._all_indicators():
            actual = self._quantity(indicator.actual)
            has_actual = actual.value is not None or actual.state is not None or actual.is_every_year
            yield {
                "indicator_id": indicator_id,
                "fiscal_year": self._source.fiscal_year,
                "observed_year": (actual.year or self._source.fiscal_year) if has_actual else None,
                "actual_text": self._published(indicator.actual),
                "actual_value": actual.value,
                "rating": indicator.rating,
                "is_provisional": actual.is_provisional or actual.is_estimate,
                "mentions_covid": bool(_COVID.search(indicator.note)),
                "note": indicator.note,
                **self._provenance(indicator.source_line),
            }

    def costs(self) -> Iterator[Row]:
        """Rows of `costs.csv`, one per project and fiscal year."""
        for project in self._found.projects:
            for cost in project.costs:
                is_remark = cost.text.startswith("(")
                amount = None if is_remark else self._quantity(cost.text).value
                yield {
                    "plan": self._source.plan,
                    "project_no": project.number,
                    "fiscal_year": cost.fiscal_year,
                    "amount_thousand_yen": amount,
                    "note": cost.text.strip("()") if is_remark else None,
                    **self._provenance(cost.source_line),
                }

    def footnotes(self) -> Iterator[Row]:
        """Rows of `footnotes.csv`, each with the first project that uses the word."""
        for note in self._found.footnotes:
            explained = next((p.number for p in self._found.projects if note.term in _words_of(p)), None)
            if explained is None:
                raise SourceError(
                    f"a project that uses the word “{note.term}” was expected, found none",
                    path=self._source.path_in_project,
                    line=note.source_line,
                )
            yield {
                "plan": self._source.plan,
                "number": note.number,
                "project_no": explained,
                "term": note.term,
                "text": note.text,
                **self._provenance(note.source_line),
            }

    def _all_indicators(self) -> Iterator[tuple[str, int | None, int, IndicatorRow]]:
        """Id, project, pillar and row of every indicator: KPIs first, then by project."""
        for position, kpi in enumerate(self._found.kpis, start=1):
            yield f"{self._source.plan}-K{position}", None, kpi.pillar, kpi.indicator
        for project in self._found.projects:
            pillar = int(self._section(project)["pillar"])
            for position, indicator in enumerate(project.indicators, start=1):
                yield f"{self._source.plan}-{project.number:02}-{position}", project.number, pillar, indicator

    def _indicator(self, indicator_id: str, project: int | None, pillar: int, indicator: IndicatorRow) -> Row:
        baseline, target = self._quantity(indicator.baseline), self._quantity(indicator.target)
        actual = self._quantity(indicator.actual) if indicator.actual else None
        terms = target_terms(target, self._plan, self._curated.judgements.get(indicator_id))
        if baseline.year is not None and baseline.year > terms.last_year:
            raise QuantityError(
                f"“{indicator.name}”: a baseline before the target was expected, "
                f"found “{indicator.baseline}” and “{indicator.target}” (are two columns swapped?)"
            )
        return {
            "indicator_id": indicator_id,
            "plan": self._source.plan,
            "project_no": project,
            "pillar": pillar,
            "kind": "kpi" if project is None else "project",
            "name": indicator.name,
            "unit": _one_unit(indicator, [baseline, target, actual]) or None,
            "direction": terms.direction,
            "baseline_text": self._published(indicator.baseline),
            "baseline_value": baseline.value,
            "baseline_year": baseline.year,
            "target_text": indicator.target,
            "target_value": terms.value,
            "target_bound": terms.bound,
            "target_kind": terms.kind,
            "target_first_year": terms.first_year,
            "target_last_year": terms.last_year,
            **self._provenance(indicator.source_line),
        }

    def _quantity(self, text: str) -> Quantity:
        return parse_quantity(text, self._curated.units)

    def _published(self, text: str) -> str:
        """A cell's text, every kind of dash as the same one."""
        return "-" if self._quantity(text).is_missing else text

    def _section(self, project: ProjectRow) -> CsvRow:
        section = self._curated.sections.get((self._source.plan, project.number))
        if section is None or section["name"] != project.name:
            raise SourceError(
                f"project No. {project.number} is “{project.name}” here, "
                f"“{section['name'] if section else 'missing'}” in data/curated/sections.csv; "
                "make them agree",
                path=self._source.path_in_project,
                line=project.source_line,
            )
        return section

    def _demand_printed_sections(self) -> None:
        for project in self._found.projects:
            section = self._section(project)
            if section["section"] not in self._found.sections:
                raise TableError(
                    f"data/curated/sections.csv:{section.line}: a heading of the document was expected, "
                    f"found “{section['section']}”; its headings are {'、'.join(self._found.sections)}"
                )
        used = {self._section(project)["section"] for project in self._found.projects}
        if unused := [section for section in self._found.sections if section not in used]:
            raise TableError(
                f"{self._source.path_in_project}: projects under each of the document's headings were "
                f"expected in data/curated/sections.csv, found none under {'、'.join(unused)}"
            )

    def _provenance(self, line: int) -> Row:
        return {"source": self._source.id, "source_line": line}


def _one_unit(indicator: IndicatorRow, quantities: list[Quantity | None]) -> str:
    units = {quantity.unit for quantity in quantities if quantity and quantity.value is not None}
    if len(units) > 1:
        raise QuantityError(
            f"“{indicator.name}”: one unit in baseline, target and actual was expected, "
            f"found “{indicator.baseline}”, “{indicator.target}” and “{indicator.actual}”"
        )
    return units.pop() if units else ""


def _words_of(project: ProjectRow) -> str:
    return "\n".join((project.name, project.summary, project.lead_role, project.partner_role))
