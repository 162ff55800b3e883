"""The reports of a comparison, as the processes that make them are told of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from renkei.batch.families import Report, families
from renkei.checkout import Checkout


@dataclass(frozen=True)
class Job:
    """One report: the notebook, its parameters, and the path of its files without an ending."""

    notebook: str
    target: str
    parameters: dict[str, Any]


def reports_of(*names: str) -> list[Report]:
    """All reports of these families."""
    offered = families(Checkout.current())
    return [report for name in names for report in offered[name].reports()]


def jobs_of(reports: Sequence[Report], folder: Path) -> list[Job]:
    """What is to be made below the folder."""
    return [
        Job(str(report.notebook), str(folder / report.file), dict(report.parameters)) for report in reports
    ]


def as_text(jobs: Sequence[Job]) -> str:
    """Jobs as an argument of a command."""
    return msgspec.json.encode(jobs).decode("utf-8")


def from_text(text: str) -> list[Job]:
    """The jobs that were given as an argument."""
    return msgspec.json.decode(text, type=list[Job])


def code_cells(notebook: str) -> Iterator[str]:
    """The sources of a notebook's cells of code."""
    for cell in msgspec.json.decode(Path(notebook).read_bytes())["cells"]:
        if cell["cell_type"] == "code":
            yield "".join(cell["source"])
