"""What a report costs and what thousands of them need, computed from what was measured."""

from __future__ import annotations

from collections.abc import Sequence

from bench.comparing import Comparison
from bench.table import markdown

_MANY = 10_000
_WORKERS = (10, 100)


def plan(comparisons: Sequence[Comparison]) -> str:
    """Two tables: a report's cost, and 10,000 of the last comparison on workers of one core each."""
    costs = [
        [
            comparison.title,
            f"{_cpu(comparison):.1f}",
            f"{sum(comparison.floor.values()) / comparison.reports:.1f}",
            f"{_megabytes(comparison):.2f}",
        ]
        for comparison in comparisons
    ]
    many = comparisons[-1]
    cpu, megabytes = _cpu(many), _megabytes(many)
    rows = [
        ["time", *(f"{_MANY * cpu / workers / 60:,.0f} min" for workers in _WORKERS)],
        ["reports a second", *(f"{workers / cpu:,.1f}" for workers in _WORKERS)],
        ["MB a second to the caller", *(f"{workers / cpu * megabytes:,.1f}" for workers in _WORKERS)],
        ["written in all", *(f"{_MANY * megabytes / 1000:,.1f} GB" for _ in _WORKERS)],
    ]
    return "\n\n".join(
        (
            markdown(
                ["a report", "CPU seconds", "of them cells and conversion", "MB of HTML, PDF and notebook"],
                costs,
            ),
            markdown([f"{_MANY:,} {many.title}", *(f"{workers} workers" for workers in _WORKERS)], rows),
        )
    )


def _cpu(comparison: Comparison) -> float:
    return comparison.median("a", "cpu") / comparison.reports


def _megabytes(comparison: Comparison) -> float:
    return comparison.size / comparison.reports / 1e6
