"""What was measured, as tables in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from bench.aims import aims
from bench.comparing import Comparison
from bench.contestants import Contestant
from bench.lab import Edited
from bench.starting import Starting


def tables(
    about: str, methods: Sequence[Contestant], comparisons: Sequence[Comparison], start: Starting, lab: Edited
) -> str:
    """All tables of one run, in the order in which a reader needs them."""
    parts = [about, _who(methods)]
    parts += [_comparison(comparison) for comparison in comparisons]
    parts += [_floor(comparisons), _others(start, lab), _aims(comparisons, start, lab)]
    return "\n\n".join(parts)


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns but the first hold numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _who(methods: Sequence[Contestant]) -> str:
    lines = ["| | |", "| --- | --- |"]
    for method in methods:
        left_out = f" — left out: {method.left_out}" if method.left_out else ""
        lines.append(f"| {method.name} | {method.says}{left_out} |")
    return "\n".join(lines)


def _comparison(comparison: Comparison) -> str:
    rows = []
    for name, costs in comparison.costs.items():
        if not costs:
            continue
        quarters = [max(cost.quarters[part] for cost in costs) for part in range(len(costs[0].quarters))]
        rows.append(
            [
                name,
                *(f"{comparison.median(name, field):,.1f}" for field in ("wall", "cpu")),
                "" if name == "a" else f"{comparison.ratio(name):.1f}",
                f"{comparison.median(name, 'peak'):,.0f}",
                " ".join(f"{size:,.0f}" for size in quarters),
                f"{comparison.median(name, 'others'):.1f}",
            ]
        )
    rows.append(["floor", f"{comparison.lowest:,.1f}", f"{sum(comparison.floor.values()):,.1f}", *[""] * 4])
    head = [
        f"{comparison.title} ({comparison.reports})", "wall s", "CPU s", "wall / a", "peak MiB",
        "peak MiB by quarter of the run", "cores of other programs",
    ]  # fmt: skip
    return markdown(head, rows)


def _floor(comparisons: Sequence[Comparison]) -> str:
    parts = list(comparisons[0].floor)
    rows = [
        [comparison.title, *(f"{comparison.floor[part] / comparison.reports:.2f}" for part in parts),
         f"{sum(comparison.floor.values()) / comparison.reports:.2f}",
         f"{comparison.median('a', 'cpu') / comparison.reports:.2f}"]
        for comparison in comparisons
    ]  # fmt: skip
    return markdown(["CPU seconds of a report", *parts, "floor", "a"], rows)


def _others(start: Starting, lab: Edited) -> str:
    rows = [
        ["start-up of a batch; importing the same in one process", f"{start.until_first:.2f}",
         f"{start.until_first / start.to_imports:.2f}", f"{start.to_imports:.2f}"],
        ["one page by a cold command; importing in one process what it needs",
         f"{start.alone:.2f}", f"{start.needed:.2f}", f"{start.alone_to_needed:.2f}"],
        ["nothing to do; importing Typer and Rich",
         f"{start.idle:.2f}", f"{start.idle / start.idle_to_typer:.2f}", f"{start.idle_to_typer:.2f}"],
        ["one page after an edit in a warm JupyterLab; its cells by themselves",
         f"{lab.whole:.2f}", f"{lab.cells:.2f}", f"{lab.ratio:.2f}"],
    ]  # fmt: skip
    return markdown(["alone", "wall s", "against s", "ratio"], rows)


def _aims(comparisons: Sequence[Comparison], start: Starting, lab: Edited) -> str:
    rows = [
        [aim.says, f"{aim.sign} {aim.limit:,g}", "not measured", ""]
        if aim.found is None
        else [
            aim.says,
            f"{aim.sign} {aim.limit:,g}",
            f"{aim.found:,.{aim.decimals}f}",
            "yes" if aim.is_met else "no",
        ]
        for aim in aims(comparisons, start, lab)
    ]
    return markdown(["aim", "limit", "found", "met"], rows)
