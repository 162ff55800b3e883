"""The small line of a card: an indicator's way as SVG, without text, so that it needs no font."""

from __future__ import annotations

from renkei.report.kit import palette
from renkei.report.kit.pieces_cards import Card, WayKind

WIDTH, HEIGHT = 200, 56
_MARGIN = 8
_TARGETS: tuple[WayKind, ...] = ("target", "computed")


def way_svg(card: Card) -> str:
    """The way of a card: filled marks are values, hollow ones targets; empty for fewer than two points."""
    points = [(point.year, number, point.kind) for point, number in card.drawn]
    if len(points) < 2:
        return ""
    xs = _places([year for year, _, _ in points], WIDTH)
    ys = [HEIGHT - y for y in _places([number for _, number, _ in points], HEIGHT)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    marks = "".join(_mark(x, y, kind) for x, y, (_, _, kind) in zip(xs, ys, points, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<polyline points="{line}" fill="none" stroke="{palette.GREY}" stroke-width="1.5"/>{marks}</svg>'
    )


def _places(values: list[int] | list[float], length: int) -> list[float]:
    """Where values stand on a line of that length, the least and the largest at its margins."""
    scale = max(map(abs, values)) or 1
    shares = [value / scale for value in values]
    low, span = min(shares), max(shares) - min(shares)
    room = length - 2 * _MARGIN
    return [_MARGIN + (room * (share - low) / span if span else room / 2) for share in shares]


def _mark(x: float, y: float, kind: WayKind) -> str:
    """Squares are the city's targets, hollow circles computed ones; the newest value is larger."""
    if kind == "target":
        return (
            f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9"'
            f' fill="#ffffff" stroke="{palette.KEY}" stroke-width="2"/>'
        )
    radius = 6 if kind == "newest" else 4
    colour = palette.KEY if kind in ("newest", "computed") else palette.HINT
    ground = "#ffffff" if kind in _TARGETS else colour
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{ground}" stroke="{colour}" stroke-width="2"/>'
    )
