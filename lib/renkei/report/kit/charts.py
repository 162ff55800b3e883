"""The charts of reports by name: each draws data on sheets of `renkei.report.kit.figures`."""

from renkei.report.kit.bars import Part, cost_bars, cost_colours, stacked_counts
from renkei.report.kit.dots import dumbbells, paces, share_dots
from renkei.report.kit.panels import Mark, kpi_panels, two_plans_panels

__all__ = [
    "Mark",
    "Part",
    "cost_bars",
    "cost_colours",
    "dumbbells",
    "kpi_panels",
    "paces",
    "share_dots",
    "stacked_counts",
    "two_plans_panels",
]
