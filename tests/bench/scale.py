"""What thousands of reports need, computed from what some took."""

from __future__ import annotations

from bench.comparing import Comparison
from bench.table import markdown

_MANY = 10_000
_WORKERS = (10, 100)


def plan(comparison: Comparison) -> str:
    """10,000 such reports on workers of one core each."""
    cpu = comparison.median("a", "cpu") / comparison.reports
    megabytes = comparison.size / comparison.reports / 1e6
    memory = comparison.median("a", "peak") / (comparison.cores + 1)
    rows = [
        ["CPU seconds of a report", *[f"{cpu:.2f}"] * len(_WORKERS)],
        ["time", *(f"{_MANY * cpu / workers / 60:,.0f} min" for workers in _WORKERS)],
        ["reports a second", *(f"{workers / cpu:,.1f}" for workers in _WORKERS)],
        ["MB a second to the caller", *(f"{workers / cpu * megabytes:,.1f}" for workers in _WORKERS)],
        ["HTML, PDF and notebooks in all", *[f"{_MANY * megabytes / 1000:,.1f} GB"] * len(_WORKERS)],
        [
            "memory of all workers and kernels",
            *(f"{memory * workers / 1024:,.1f} GiB" for workers in _WORKERS),
        ],
    ]
    return markdown([f"{_MANY:,} {comparison.title}", *(f"{workers} workers" for workers in _WORKERS)], rows)
