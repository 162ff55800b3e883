"""What a reader hands on: the projects and indicators of one document, as published."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator of a project, or one KPI, with its cells as published."""

    source_line: int
    name: str
    baseline: str
    target: str
    actual: str = ""
    rating: str = ""
    note: str = ""


@dataclass(frozen=True)
class KpiRow:
    """A KPI and the pillar whose heading it stands under."""

    pillar: int
    indicator: IndicatorRow


@dataclass(frozen=True)
class CostRow:
    """The estimated cost of one fiscal year: a number, a dash, or a remark."""

    source_line: int
    fiscal_year: int
    text: str


@dataclass(frozen=True)
class ProjectRow:
    """One project with its cells as published; empty where the document has no such cell."""

    source_line: int
    number: int
    name: str
    summary: str
    municipalities: str = ""
    lead_role: str = ""
    partner_role: str = ""
    lead_cost: str = ""
    partner_cost: str = ""
    indicators: tuple[IndicatorRow, ...] = ()
    costs: tuple[CostRow, ...] = ()


@dataclass(frozen=True)
class FootnoteRow:
    """A footnote that explains a word."""

    source_line: int
    number: int
    term: str
    text: str


@dataclass(frozen=True)
class ChangeRow:
    """One row of a revision that came as a table of changes: what stood, and what stands in its place."""

    source_line: int
    concerns: str
    field: str
    before: str
    after: str
    page: str
    reason: str


@dataclass(frozen=True)
class Document:
    """All that a reader found in one document."""

    projects: tuple[ProjectRow, ...]
    kpis: tuple[KpiRow, ...]
    footnotes: tuple[FootnoteRow, ...] = field(default=())
    sections: tuple[str, ...] = field(default=())
