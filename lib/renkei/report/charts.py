"""The drawing of charts: data in, a finished drawing on a given figure out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from renkei.ratings import RATINGS
from renkei.report import palette
from renkei.report.wrapping import wrapped


@dataclass(frozen=True)
class Mark:
    """One point on the way of a KPI; hollow marks are not measured: a target, or a computed value."""

    year: int
    value: float
    label: str
    is_hollow: bool = False
    is_computed: bool = False


def stacked_ratings(figure: Figure, names: Sequence[str], counts: Sequence[dict[str, int]]) -> None:
    """One bar of equal length per name, its parts the share of each rating, in the order of their scale."""
    axes = figure.add_subplot()
    for row, of_row in enumerate(counts):
        whole = sum(of_row.values())
        left = 0.0
        for sign in RATINGS:
            count = of_row.get(sign, 0)
            if count:
                share = count / whole
                axes.barh(row, share, left=left, height=0.62, color=palette.RATING_COLOURS[sign], ec="white")
                shown = f"{'－' if sign == '-' else sign}\n{count}"
                colour = palette.ON_RATING_COLOURS[sign]
                axes.text(left + share / 2, row, shown, ha="center", va="center", color=colour, size=9)
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
    axes.set_xlim(-3, 165)


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
    _name_rows(axes, names, labels, labels_at=limit + 8)
    axes.set_xlim(-6, limit + 150)


def _target_line(axes: Axes, text: str) -> None:
    axes.axvline(100, color=palette.KEY, linewidth=1.2)
    axes.text(100, -0.75, text, color=palette.KEY, ha="center", va="bottom", size=9)


def _name_rows(axes: Axes, names: Sequence[str], labels: Sequence[str], labels_at: float) -> None:
    """Names left of the rows, labels in a column right of them, so that neither meets a mark."""
    for row, label in enumerate(labels):
        axes.text(labels_at, row, label, va="center", size=9)
    axes.set_yticks(range(len(names)), [wrapped(name, 20, lines=2) for name in names], size=9)
    axes.set_ylim(len(names) - 0.4, -0.7)
    _without_value_axis(axes)


def kpi_panels(figure: Figure, names: Sequence[str], marks: Sequence[Sequence[Mark]]) -> None:
    """A small panel per KPI: measured points filled, targets and computed values hollow."""
    panels = figure.subplots(2, 2, gridspec_kw={"hspace": 0.18, "wspace": 0.1}).flat
    for axes, name, points in zip(panels, names, marks, strict=True):
        axes.set_title(wrapped(name, 18, lines=2), loc="left", size=10, pad=14)
        _kpi_panel(axes, points)


def _kpi_panel(axes: Axes, points: Sequence[Mark]) -> None:
    points = sorted(points, key=lambda mark: mark.year)
    axes.plot([p.year for p in points], [p.value for p in points], color=palette.GREY, linestyle=(0, (3, 2)))
    for point in points:
        shape = "s" if point.is_hollow and not point.is_computed else "o"
        axes.plot(
            point.year,
            point.value,
            shape,
            markersize=8,
            color=palette.KEY,
            markerfacecolor="white" if point.is_hollow else palette.KEY,
        )
    values = [p.value for p in points]
    low, high = min(values), max(values)
    room = (high - low) or abs(high) or 1.0
    axes.set_ylim(low - 0.5 * room, high + 0.55 * room)
    for position, point in enumerate(points):
        neighbours = [p.value for p in points[max(0, position - 1) : position + 2] if p is not point]
        is_above = point.is_computed or point.value >= sum(neighbours) / max(1, len(neighbours))
        axes.annotate(
            point.label,
            (point.year, point.value),
            xytext=(-5 if point.is_computed else 0, 8 if is_above else -8),
            textcoords="offset points",
            ha="right" if point.is_computed else "center",
            va="bottom" if is_above else "top",
            size=8.5,
        )
    years = [p.year for p in points]
    span = (years[-1] - years[0]) or 1
    axes.set_xlim(years[0] - 0.3 * span, years[-1] + 0.3 * span)
    axes.set_xticks(years, [str(year) for year in years], size=9)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


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
    for row, (of_name, texts) in enumerate(zip(amounts, labels, strict=True)):
        for position, (year, value, text) in enumerate(zip(years, of_name, texts, strict=True)):
            at = row - 0.4 + height * (position + 0.5)
            colour = palette.KEY if year == highlighted else palette.GREY
            axes.barh(at, value, height=height * 0.9, color=colour)
            axes.text(value + largest * 0.01, at, f"{year} {text}", va="center", size=9)
    axes.set_yticks(range(len(names)), [wrapped(name, 14) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, largest * 1.25)
    _without_value_axis(axes)


def _without_value_axis(axes: Axes) -> None:
    """Every value is written at its mark, so the axis would only say it twice."""
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
