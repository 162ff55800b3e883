"""Outputs of code cells, of any library and any kernel, as pieces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from renkei.page.foreign.markdown import pieces_of_markdown
from renkei.page.foreign.pictures import png_picture, svg_picture
from renkei.page.foreign.text import shown
from renkei.report.kit.pieces import Piece
from renkei.report.kit.pieces_text import Note, Preformatted

#: An error's message may be as long as a page.
_MOST_LINES = 20
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
#: What needs a program in the browser, by the beginning of its MIME type.
_LIVE = {
    "application/vnd.jupyter.widget": "ウィジェット",
    "application/vnd.plotly": "Plotlyの図",
    "application/vnd.vega": "Vegaの図",
    "application/vnd.bokeh": "Bokehの図",
    "application/vnd.holoviews": "HoloViewsの図",
    "application/geo+json": "地図",
    "application/javascript": "JavaScript",
    "text/javascript": "JavaScript",
}
#: What the last call of a plot gives, such as <Axes: > or [<matplotlib.lines.Line2D …>]; the plot says it.
_HANDLE = re.compile(
    r"Text\(.*|(?:[\[({]|array\()?.*<(?:matplotlib\.|Axes|a list of|\w+Container object).*", re.DOTALL
)


def pieces_of_output(output: Mapping[str, Any]) -> Iterator[Piece]:
    """The pieces of one output of a code cell; warnings and log lines on stderr stay in the notebook."""
    match output.get("output_type"):
        case "error":
            yield Preformatted(_error(output), is_error=True)
        case "stream":
            text = shown(output.get("text", "")).rstrip("\n")
            if output.get("name") != "stderr" and text:
                yield Preformatted(text)
        case "display_data" | "execute_result":
            yield from _of_data(output.get("data", {}))
        case other:
            yield Note(f"この出力は表示できない種類({shown(str(other))})である。")


def _of_data(data: Mapping[str, Any]) -> Iterator[Piece]:
    """The pieces of the richest form that a report can show; what needs a program becomes a note."""
    plain = _text(data.get("text/plain", "")).rstrip("\n")
    live = next((name for start, name in _LIVE.items() if any(kind.startswith(start) for kind in data)), "")
    picture = next((kind for kind in _PICTURES if kind in data), "")
    if "image/svg+xml" in data:
        yield svg_picture(_text(data["image/svg+xml"]), plain)
    elif picture:
        yield png_picture(_text(data[picture]), plain)
    elif live:
        yield Note(f"この出力({live})は、画面で動かすものであるため、載せていない。")
    elif "text/html" in data:
        # Imported here: most notebooks have no output of this kind.
        from renkei.page.foreign.html import pieces_of_html

        yield from pieces_of_html(_text(data["text/html"]))
    elif "text/markdown" in data:
        yield from pieces_of_markdown(_text(data["text/markdown"]))
    elif "text/latex" in data:
        yield Preformatted(_text(data["text/latex"]))
    elif plain and not _HANDLE.fullmatch(plain):
        yield Preformatted(plain)
    elif "application/json" in data:
        yield Preformatted(shown(json.dumps(data["application/json"], ensure_ascii=False, indent=2)))
    elif any(kind != "text/plain" for kind in data):
        yield Note(f"この出力は表示できない形式({shown('、'.join(data))})である。")


def _error(output: Mapping[str, Any]) -> str:
    """Name and message of an error, at most so many lines of them."""
    name, message = shown(str(output.get("ename", ""))), shown(str(output.get("evalue", "")))
    lines = (f"{name}: {message}" if message else name).split("\n")
    left = len(lines) - _MOST_LINES
    return "\n".join([*lines[:_MOST_LINES], f"…(以下{left}行を省いた)"] if left > 0 else lines)


def _text(value: object) -> str:
    return shown(
        value
        if isinstance(value, str)
        else "".join(map(str, value))
        if isinstance(value, list)
        else str(value)
    )
