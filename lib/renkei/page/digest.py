"""What index and e-mails quote of a report, as its executed notebook keeps it.

The report's own cells say it (`renkei.report.kit.pieces`), so that a figure in an e-mail cannot differ from
the same figure in the report.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from renkei.report.kit.pieces import DIGEST, Attention

_DRAWING = re.compile(r'<img src="data:image/svg\+xml;base64,([^"]+)"')


@dataclass(frozen=True)
class Chart:
    """A chart as SVG, with its finding, what it measures, its alternative text and its source."""

    title: str
    measure: str
    alt: str
    source: str
    svg: bytes


@dataclass(frozen=True)
class Digest:
    """Title and lead, main points (headline, detail), what needs attention, charts, names of the sections."""

    title: str
    lead: str
    points: tuple[tuple[str, str], ...]
    attention: tuple[Attention, ...]
    charts: tuple[Chart, ...]
    sections: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The first main point; empty where a report has none."""
        return self.points[0][0] if self.points else ""


def digest_of(notebook: Mapping[str, Any]) -> Digest:
    """The digest of an executed notebook; parts that its report does not have are empty."""
    whole: dict[str, Any] = {}
    charts = []
    for data in _outputs(notebook):
        part = dict(data[DIGEST])
        chart, drawing = part.pop("chart", None), _DRAWING.search(data["text/html"])
        if chart and drawing:
            charts.append(Chart(**chart, svg=base64.b64decode(drawing[1])))
        whole = part | whole
    return Digest(
        title=whole.get("title", ""),
        lead=whole.get("lead", ""),
        points=tuple((headline, detail) for headline, detail in whole.get("points", ())),
        attention=tuple(
            Attention(part["title"], [(name, detail) for name, detail in part["items"]])
            for part in whole.get("attention", ())
        ),
        charts=tuple(charts),
        sections=tuple(_sections(notebook)),
    )


def _outputs(notebook: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if DIGEST in output.get("data", {}):
                yield output["data"]


def _sections(notebook: Mapping[str, Any]) -> Iterator[str]:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield from re.findall(r"^## (.+)$", cell["source"], re.MULTILINE)
