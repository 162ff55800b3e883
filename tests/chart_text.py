"""Charts as text: what stands in a drawing of matplotlib, and where its marks and bars reach.

Places are told in percent of the plot, so that they say the value that was drawn and not how labels were
laid out; where labels stand is another question, which `labels_of` answers.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Axes:
    """The ground of a chart, in the units of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def place(self, x: float, y: float) -> str:
        """A point in percent from the left and from below."""
        across = 100 * (x - self.left) / (self.right - self.left)
        up = 100 * (self.bottom - y) / (self.bottom - self.top)
        return " ".join(f"{value:.1f}".replace("-0.0", "0.0") for value in (across, up))


def chart_text(source: str) -> Iterator[str]:
    """A line for each text, bar, line and mark of an SVG in a data address; for other pictures a hash."""
    kind, _, data = source.partition(",")
    content = base64.b64decode(data) if kind.endswith(";base64") else unquote(data).encode()
    if "svg" not in kind:
        yield f"picture: {kind}, SHA-256 {hashlib.sha256(content).hexdigest()}"
        return
    # Our own charts: nothing from outside is read here.
    drawing = ElementTree.fromstring(content)  # noqa: S314
    marks = {path.get("id", ""): path for path in drawing.iter(f"{_SVG}path")}
    yield from _drawn(drawing, marks, None)


def _drawn(
    group: ElementTree.Element, marks: dict[str, ElementTree.Element], axes: Axes | None
) -> Iterator[str]:
    """The lines of a group. The first path in axes, or a plot, is the ground, which gives the scale."""
    for part in group:
        name = part.get("id", "")
        if part.tag == f"{_SVG}text":
            yield f"  text {_colours(part)}: {part.text}"
        elif part.tag == f"{_SVG}g" and name.startswith("plot_"):
            axes = _ground(part)
            yield f"  {name.replace('_', ' ')}:"
        elif part.tag == f"{_SVG}g" and name.startswith("axes_"):
            yield f"  {name.replace('_', ' ')}:"
            yield from _drawn(part, marks, _ground(part))
        elif part.tag == f"{_SVG}g":
            yield from _drawn(part, marks, axes)
        elif part.tag == f"{_SVG}path" and axes is not None:
            yield f"  {_kind(part)} {_colours(part)}: {_places(_points(part), axes)}"
        elif part.tag == f"{_SVG}use" and axes is not None:
            point = float(part.get("x", 0)), float(part.get("y", 0))
            yield f"  mark {_kind(marks[part.get(_HREF, '')[1:]])} {_colours(part)}: {axes.place(*point)}"


def _ground(group: ElementTree.Element) -> Axes:
    """What the first path of a group covers."""
    ground = _points(next(group.iter(f"{_SVG}path")))
    across, down = [x for x, _ in ground], [y for _, y in ground]
    return Axes(min(across), min(down), max(across), max(down))


@dataclass(frozen=True)
class Label:
    """A text of a drawing, the size of its letters and the room that they take, in points from above left."""

    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float

    def is_over(self, other: Label) -> bool:
        """Whether both cover the same place."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of a drawing in points."""
    _, _, width, height = map(float, ElementTree.fromstring(svg).get("viewBox", "").split())  # noqa: S314
    return width, height


def labels_of(svg: str) -> list[Label]:
    """The texts of a drawing, each as wide as it says that it is; none is turned."""
    found = []
    for part in ElementTree.fromstring(svg).iter(f"{_SVG}text"):  # noqa: S314
        style = dict(re.findall(r"([\w-]+): ([^;]+)", part.get("style", "")))
        size, width = float(style["font-size"].removesuffix("px")), float(part.get("textLength", ""))
        moved = [float(number) for number in _NUMBER.findall(part.get("transform", ""))]
        x, y = (float(part.get("x", 0)), float(part.get("y", 0))) if part.get("x") else (moved[0], moved[1])
        left = x - width * {"middle": 0.5, "end": 1.0}.get(style.get("text-anchor", ""), 0.0)
        found.append(Label(part.text or "", size, left, y - 0.88 * size, left + width, y + 0.12 * size))
    return found


def _points(path: ElementTree.Element) -> list[tuple[float, float]]:
    numbers = [float(number) for number in _NUMBER.findall(path.get("d", ""))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _places(points: list[tuple[float, float]], axes: Axes) -> str:
    """Each point; of a rectangle two corners say all."""
    shown = points[:3:2] if len(points) == 4 else points
    return " to ".join(axes.place(x, y) for x, y in shown)


def _kind(path: ElementTree.Element) -> str:
    """Round, open, or how many corners it has."""
    commands = re.sub(r"[^A-Za-z]", "", path.get("d", ""))
    if "C" in commands:
        return "round"
    return f"{len(commands) - 1}-cornered" if commands.endswith("z") else "line"


def _colours(part: ElementTree.Element) -> str:
    """Its fill and the colour of its lines, as far as it has them."""
    style = dict(re.findall(r"([\w-]+): ([^;]+)", part.get("style", "")))
    colours = [style[name] for name in ("fill", "stroke") if style.get(name, "none") != "none"]
    return " ".join([*dict.fromkeys(colours), *(["dashed"] if "stroke-dasharray" in style else [])])
