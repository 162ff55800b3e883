"""What was measured, as tables in Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from bench.aims import Aim, aims
from bench.comparing import Comparison
from bench.contestants import Contestant
from bench.starting import Starting

#: How many times what it is set against a command may take.
_PAGE, _LAB = 1.5, 2.0


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns but the first hold numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def compared(name: str, comparison: Comparison, left_out: Sequence[Contestant]) -> str:
    """The tables of a comparison: contestants, a report's CPU seconds, aims."""
    parts = [
        _contestants(comparison),
        *(f"Left out: {method.name}, {method.left_out}." for method in left_out),
    ]
    return "\n\n".join([*parts, _a_report(comparison), aimed(aims(name, comparison))])


def alone(start: Starting, lab: Sequence[tuple[float, float]]) -> str:
    """The tables of single commands and of JupyterLab."""
    rows = [
        _pair("start-up of a batch; importing the same in one process", start.batch),
        _pair("one page by a cold command; importing in one process what it needs", start.page),
        _pair("the same where the page is there already; importing Typer and Rich", start.idle),
        _pair("one page after an edit in a warm JupyterLab; its cells by themselves", lab),
    ]
    found = [
        Aim("one page by a cold command / the imports that it needs", "≤", _PAGE, _ratio(start.page)),
        Aim("one page after an edit in a warm JupyterLab / its cells", "≤", _LAB, _ratio(lab)),
    ]
    return f"{markdown(['', 's', 'set against, s', 'ratio'], rows)}\n\n{aimed(found)}"


def aimed(found: Sequence[Aim]) -> str:
    """A table of aims and whether they are met."""
    rows = []
    for aim in found:
        verdict = ["not measured", ""]
        if aim.found is not None:
            verdict = [f"{aim.found:,.{aim.decimals}f}", "yes" if aim.is_met else "no"]
        rows.append([aim.says, f"{aim.sign} {aim.limit:,g}", *verdict])
    return markdown(["aim", "limit", "found", "met"], rows)


def _contestants(comparison: Comparison) -> str:
    rows = []
    for name in comparison.costs:
        wall, cpu = (comparison.ratio(name, field) for field in ("wall", "cpu"))
        rows.append(
            [
                name,
                *(f"{comparison.median(name, field):,.1f}" for field in ("wall", "cpu")),
                *("" if ratio is None or name == "a" else f"{ratio:.1f}" for ratio in (wall, cpu)),
                f"{comparison.median(name, 'peak'):,.0f}",
                " ".join(f"{size:,.0f}" for size in comparison.quarters(name)),
                f"{comparison.median(name, 'others'):.1f}",
            ]
        )
    wall, cpu = (
        statistics.median(getattr(floor, field) for floor in comparison.floors) for field in ("wall", "cpu")
    )
    rows.append(["floor", f"{wall:,.1f}", f"{cpu:,.1f}", *[""] * 5])
    rows.append(["start-up", f"{comparison.start:,.1f}", *[""] * 6])
    head = [
        f"{comparison.reports} {comparison.title}", "wall s", "CPU s", "wall / a", "CPU / a", "peak MiB",
        "MiB by quarter of the run", "cores that others had",
    ]  # fmt: skip
    return markdown(head, rows)


def _a_report(comparison: Comparison) -> str:
    floors = comparison.floors
    parts = {name: statistics.median(floor.parts[name] for floor in floors) for name in floors[0].parts}
    whole = statistics.median(floor.cpu for floor in floors)
    row = [
        f"{seconds / comparison.reports:.2f}"
        for seconds in (*parts.values(), whole, comparison.median("a", "cpu"))
    ]
    return markdown(["", *parts, "floor", "a"], [["CPU seconds of a report", *row]])


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    return statistics.median(one / other for one, other in pairs)


def _pair(says: str, pairs: Sequence[tuple[float, float]]) -> list[str]:
    one, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    return [says, f"{one:.2f}", f"{other:.2f}", f"{_ratio(pairs):.2f}"]
