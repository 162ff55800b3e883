"""The drawing of charts: data in, a finished drawing on a given figure out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from renkei.report.kit import palette
from renkei.report.kit.wrapping import wrapped


@dataclass(frozen=True)
class Mark:
    """One point on the way of a KPI; hollow marks are not measured: a target, or a computed value."""

    year: int
    value: float
    label: str
    is_hollow: bool = False
    is_computed: bool = False


@dataclass(frozen=True)
class Part:
    """One kind of part of a stacked bar: what it is called in the bar, and its colours."""

    label: str
    colour: str
    on_colour: str = palette.TEXT


def stacked_shares(
    figure: Figure, names: Sequence[str], counts: Sequence[dict[str, int]], parts: dict[str, Part]
) -> None:
    """One bar of equal length per name, its parts the share of each kind, in the order of `parts`.

    A part too narrow for its label shows its number alone, or nothing; the text around the chart
    explains, and the table of its numbers has them all.
    """
    axes = figure.add_subplot()
    for row, of_row in enumerate(counts):
        whole = sum(of_row.values())
        left = 0.0
        for kind, part in parts.items():
            count = of_row.get(kind, 0)
            if not count:
                continue
            share = count / whole
            axes.barh(row, share, left=left, height=0.66, color=part.colour, ec="white")
            shown = f"{part.label}\n{count}" if share > 0.028 * len(part.label) + 0.01 else f"{count}"
            if share < 0.02:
                shown = ""
            axes.text(left + share / 2, row, shown, ha="center", va="center", color=part.on_colour, size=9)
            left += share
        axes.text(1.01, row, f"{whole}件", va="center", color=palette.TEXT)
    axes.set_yticks(range(len(names)), [wrapped(name, 14) for name in names])
    axes.invert_yaxis()
    axes.set_xlim(0, 1.08)
    _without_value_axis(axes)


def share_dots(figure: Figure, names: Sequence[str], shares: Sequence[float], labels: Sequence[str]) -> None:
    """A dot and a line from zero for each share in % below 100, with 100 % marked as the target."""
    axes = figure.add_subplot()
    rows = range(len(names))
    _target_line(axes, "目標＝100%")
    axes.hlines(rows, 0, shares, color=palette.GREY, linewidth=2)
    axes.plot(shares, list(rows), "o", color=palette.TEXT, markersize=6, clip_on=False)
    _name_rows(axes, names, labels, labels_at=104)
    axes.set_xlim(-3, 180)


def dumbbells(
    figure: Figure, names: Sequence[str], shares: Sequence[float], labels: Sequence[str], limit: float = 200
) -> None:
    """For each name the 2021 outcome as share of the year's target, joined to the target at 100 %.

    Shares beyond `limit` are drawn at it, with an arrow.
    """
    axes = figure.add_subplot()
    _target_line(axes, "この年度の目標＝100%")
    for row, share in enumerate(shares):
        end = min(share, limit)
        axes.plot([end, 100], [row, row], color=palette.GREY if share < 100 else palette.KEY_MID, linewidth=2)
        axes.plot(100, row, "D", color=palette.KEY, markersize=7, markerfacecolor="white")
        axes.plot(end, row, ">" if share > limit else "o", color=palette.TEXT, markersize=6, clip_on=False)
    _name_rows(axes, names, labels, labels_at=limit + 14)
    axes.set_xlim(-6, limit + 286)


def _target_line(axes: Axes, text: str) -> None:
    axes.axvline(100, color=palette.KEY, linewidth=1.2)
    axes.text(100, -0.75, text, color=palette.KEY, ha="center", va="bottom", size=9)


def _name_rows(axes: Axes, names: Sequence[str], labels: Sequence[str], labels_at: float) -> None:
    """Names left of the rows, labels in a column right of them, so that neither meets a mark."""
    for row, label in enumerate(labels):
        axes.text(labels_at, row, label, va="center", size=9)
    axes.set_yticks(range(len(names)), [wrapped(name, 20, lines=2) for name in names], size=8.5)
    axes.set_ylim(len(names) - 0.4, -0.7)
    _without_value_axis(axes)


def kpi_panels(figure: Figure, names: Sequence[str], marks: Sequence[Sequence[Mark]]) -> None:
    """A small panel per KPI: measured points filled, targets and computed values hollow.

    The figure has the height for two rows of two.
    """
    for axes, points in zip(_panels(figure, names, hspace=0.18), marks, strict=True):
        _way(axes, points, palette.KEY)
        _frame(axes, points, margin=0.3)


def _panels(figure: Figure, names: Sequence[str], hspace: float) -> Iterator[Axes]:
    """An empty panel per name, two in a row; the figure grows with the rows."""
    rows = (len(names) + 1) // 2
    if rows == 0:
        return
    figure.set_figheight(figure.get_figheight() * rows / 2)
    panels = figure.subplots(rows, 2, squeeze=False, gridspec_kw={"hspace": hspace, "wspace": 0.1}).flat
    for name, axes in zip(names, panels, strict=False):
        axes.set_title(wrapped(name, 18, lines=2), loc="left", size=10, pad=14)
        yield axes
    for unused in panels:
        unused.set_axis_off()


def _way(axes: Axes, marks: Sequence[Mark], colour: str) -> None:
    """Points in the order of their years, joined by a dashed line, each with its label."""
    points = sorted(marks, key=lambda mark: mark.year)
    axes.plot([p.year for p in points], [p.value for p in points], color=colour, linestyle=(0, (3, 2)), lw=1)
    for position, point in enumerate(points):
        shape = "s" if point.is_hollow and not point.is_computed else "o"
        ground = "white" if point.is_hollow else colour
        axes.plot(point.year, point.value, shape, markersize=8, color=colour, markerfacecolor=ground)
        neighbours = [p.value for p in points[max(0, position - 1) : position + 2] if p is not point]
        is_above = point.is_computed or point.value >= sum(neighbours) / max(1, len(neighbours))
        axes.annotate(
            point.label,
            (point.year, point.value),
            xytext=(-5 if point.is_computed else 0, 8 if is_above else -8),
            textcoords="offset points",
            ha="right" if point.is_computed else "center",
            va="bottom" if is_above else "top",
            color=colour,
            size=8.5,
            # Where another plan's line passes behind a label, it is not drawn through its letters.
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.3},
        )


def _frame(axes: Axes, marks: Sequence[Mark], margin: float) -> None:
    """Room for labels around the points, their years below, no value axis."""
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    if not marks:
        axes.set_xticks([])
        return
    values = [mark.value for mark in marks]
    years = sorted({mark.year for mark in marks})
    room = (max(values) - min(values)) or abs(max(values)) or 1.0
    span = (years[-1] - years[0]) or 1
    axes.set_ylim(min(values) - 0.5 * room, max(values) + 0.55 * room)
    axes.set_xlim(years[0] - margin * span, years[-1] + margin * span)
    # A year too close to the one before would be printed over it.
    apart = [
        year
        for position, year in enumerate(years)
        if position == 0 or year - years[position - 1] > 0.12 * span or year == years[-1]
    ]
    axes.set_xticks(apart, [str(year) for year in apart], size=9)


def two_plans_panels(
    figure: Figure, names: Sequence[str], ways: Sequence[tuple[Sequence[Mark], Sequence[Mark]]]
) -> None:
    """A panel per KPI with the old plan's points in grey and the new plan's in the key colour.

    Two lines, so that a change of definition between the plans is not bridged by one. The figure has the
    height for two rows of two.
    """
    for axes, (old, new) in zip(_panels(figure, names, hspace=0.16), ways, strict=True):
        _way(axes, old, palette.HINT)
        _way(axes, new, palette.KEY)
        _frame(axes, [*old, *new], margin=0.16)


def paces(figure: Figure, names: Sequence[str], multiples: Sequence[float], labels: Sequence[str]) -> None:
    """Seen improvement a year as a multiple of the needed one, which stands at 1."""
    axes = figure.add_subplot()
    limit = 4.0
    axes.axvline(1, color=palette.KEY, linewidth=1.2)
    axes.text(1, -0.75, "必要な改善＝1", color=palette.KEY, ha="center", va="bottom", size=9)
    axes.axvline(0, color=palette.LINE, linewidth=0.8)
    for row, multiple in enumerate(multiples):
        end = max(min(multiple, limit), -0.3)
        axes.plot([0, end], [row, row], color=palette.GREY, linewidth=2)
        axes.plot(end, row, ">" if multiple > limit else "o", color=palette.TEXT, markersize=6)
    _name_rows(axes, names, labels, labels_at=limit + 0.15)
    axes.set_xlim(-0.45, limit + 4.6)


def cost_bars(
    figure: Figure,
    names: Sequence[str],
    years: Sequence[str],
    amounts: Sequence[Sequence[float]],
    labels: Sequence[Sequence[str]],
    highlighted: str,
) -> None:
    """For each name a bar per year side by side, from zero; the highlighted year in the key colour."""
    axes = figure.add_subplot()
    height = 0.8 / len(years)
    largest = max(max(of_name) for of_name in amounts)
    colours = cost_colours(years, highlighted)
    for row, (of_name, texts) in enumerate(zip(amounts, labels, strict=True)):
        for position, (year, value, text) in enumerate(zip(years, of_name, texts, strict=True)):
            at = row - 0.4 + height * (position + 0.5)
            axes.barh(at, value, height=height * 0.9, color=colours[position])
            axes.text(value + largest * 0.01, at, f"{year} {text}", va="center", size=9)
    axes.set_yticks(range(len(names)), [wrapped(name, 14) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, largest * 1.25)
    _without_value_axis(axes)


def cost_colours(years: Sequence[str], highlighted: str) -> list[str]:
    """The colour of each year's bars."""
    return [palette.KEY if year == highlighted else palette.GREY for year in years]


def _without_value_axis(axes: Axes) -> None:
    """Every value is written at its mark, so the axis would only say it twice."""
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
