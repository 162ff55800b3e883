"""Charts of bars: how many there are of each kind, and amounts year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from renkei.report.kit import palette
from renkei.report.kit.measure import inches
from renkei.report.kit.named_rows import NamedRows, left_of_rows
from renkei.report.kit.sheets import GAP, LABEL, LINE, Plot, Sheet, on_each

_BAR, _THIN = 0.36, 0.17
#: A coloured square before a label.
_SWATCH = 0.1


@dataclass(frozen=True)
class Part:
    """One kind of part of a stacked bar: what it is called in the bar, and its colours."""

    label: str
    colour: str
    on_colour: str = palette.TEXT


@on_each
def stacked_counts(
    sheet: Sheet, names: Sequence[str], counts: Sequence[Mapping[str, int]], parts: Mapping[str, Part]
) -> None:
    """One bar per name, as long as its count, its parts in the order of `parts`; all on one scale.

    A part too narrow for its label has it below the bar, behind a square of its colour.
    """
    totals = [sum(of_row.values()) for of_row in counts]
    longest = max([1, *totals])
    left = left_of_rows(sheet, names)
    room = sheet.width - left
    scale = (room - inches(f"{longest}件", LABEL) - 2 * GAP) / longest
    keys = [_keys(of_row, parts, scale, room) for of_row in counts]
    rows = NamedRows(sheet, names, [_BAR + LINE * len(lines) for lines in keys])
    sheet.set_height(rows.height)
    plot = sheet.plot(left, 0, scale * longest, rows.height)
    for top, of_row, total, lines in zip(rows.places(plot), counts, totals, keys, strict=True):
        x = 0.0
        for kind, part in parts.items():
            if number := of_row.get(kind, 0):
                plot.box(x, top, scale * number, _BAR, part.colour, "white")
                if _fits(part, number, scale):
                    middle = x + scale * number / 2
                    label = f"{part.label}\n{number}"
                    plot.say(label, middle, top + (_BAR - LINE) / 2, side="center", colour=part.on_colour)
                x += scale * number
        plot.say(f"{total}件", x + GAP, top + _BAR / 2)
        for position, of_line in enumerate(lines):
            _write_keys(plot, top + _BAR + LINE * (position + 0.6), of_line, of_row, parts)


def _fits(part: Part, number: int, scale: float) -> bool:
    """Whether a part of a bar holds its label and its number."""
    return inches(f"{part.label}\n{number}", LABEL) + 0.04 <= scale * number


def _keys(
    of_row: Mapping[str, int], parts: Mapping[str, Part], scale: float, room: float
) -> list[list[tuple[float, str]]]:
    """Lines of labels that no part of a bar holds: where each starts, and its kind."""
    lines: list[list[tuple[float, str]]] = []
    end = room
    for kind, part in parts.items():
        number = of_row.get(kind, 0)
        if number and not _fits(part, number, scale):
            width = _SWATCH + GAP + inches(_key(part, number), LABEL)
            if end + width > room:
                lines.append([])
                end = 0.0
            lines[-1].append((end, kind))
            end += width + 2 * GAP
    return lines


def _key(part: Part, number: int) -> str:
    return f"{part.label} {number}"


def _write_keys(
    plot: Plot,
    y: float,
    of_line: Sequence[tuple[float, str]],
    of_row: Mapping[str, int],
    parts: Mapping[str, Part],
) -> None:
    for x, kind in of_line:
        plot.box(x, y - _SWATCH / 2, _SWATCH, _SWATCH, parts[kind].colour, palette.HINT)
        plot.say(_key(parts[kind], of_row[kind]), x + _SWATCH + GAP, y)


@on_each
def cost_bars(
    sheet: Sheet,
    names: Sequence[str],
    years: Sequence[str],
    amounts: Sequence[Sequence[float]],
    labels: Sequence[Sequence[str]],
    highlighted: str,
) -> None:
    """For each name a bar per year below each other, from zero; the highlighted year in the key colour."""
    left = left_of_rows(sheet, names)
    texts = [[f"{year} {text}" for year, text in zip(years, of_name, strict=True)] for of_name in labels]
    bars = [
        (value, text)
        for of_name, of_texts in zip(amounts, texts, strict=True)
        for value, text in zip(of_name, of_texts, strict=True)
    ]
    # As long as the longest may be with all labels behind the bars still inside the drawing.
    room = sheet.width - left - 2 * GAP
    scale = min((room - inches(text, LABEL)) / value for value, text in bars if value > 0)
    rows = NamedRows(sheet, names, [_THIN * len(years)] * len(names))
    sheet.set_height(rows.height)
    plot = sheet.plot(left, 0, scale * max(value for value, _ in bars), rows.height)
    colours = cost_colours(years, highlighted)
    for top, of_name, of_texts in zip(rows.places(plot), amounts, texts, strict=True):
        for position, (value, text) in enumerate(zip(of_name, of_texts, strict=True)):
            y = top + _THIN * position
            plot.box(0, y + 0.01, scale * value, _THIN - 0.02, colours[position])
            plot.say(text, scale * value + GAP, y + _THIN / 2)
        plot.line([(0, top - 0.03), (0, top + _THIN * len(years) + 0.03)], palette.HINT)


def cost_colours(years: Sequence[str], highlighted: str) -> list[str]:
    """The colour of each year's bars."""
    return [palette.KEY if year == highlighted else palette.GREY for year in years]
