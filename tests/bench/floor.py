"""The work itself, without start-up, kernels and messages: cells, pages and PDFs in warm processes.

python -m bench.floor JOBS
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from bench.jobs import Job, as_text, code_cells, from_text
from bench.measuring import surroundings


@dataclass(frozen=True)
class Floor:
    """What the work of all reports took, with nothing around it."""

    #: Seconds until the last core was done.
    wall: float
    #: CPU seconds by part.
    parts: dict[str, float]

    @property
    def cpu(self) -> float:
        """CPU seconds of all parts."""
        return sum(self.parts.values())


def floor(jobs: Sequence[Job]) -> Floor:
    """The work of all jobs, each core doing its share at the same time.

    On all cores at once, since busy neighbours slow a core down. The jobs have been made by others: pages
    are made of the executed notebooks that stand there.
    """
    cores = os.cpu_count() or 1
    shares = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.floor", as_text(jobs[start::cores])],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=surroundings(),
        )
        for start in range(cores)
    ]  # fmt: skip
    done = [msgspec.json.decode(share.communicate()[0], type=Floor) for share in shares]
    parts = {name: sum(share.parts[name] for share in done) for name in done[0].parts}
    return Floor(max(share.wall for share in done), parts)


def run_cells(job: Job) -> None:
    """Run a notebook's cells here, one after another, showing what they show."""
    os.chdir(Path(job.notebook).parent)
    names: dict[str, Any] = {}
    for source in code_cells(job.notebook):
        try:
            shown = eval(compile(source, "cell", "eval"), names)  # noqa: S307 - the project's own notebooks
        except SyntaxError:
            exec(source, names)  # noqa: S102 - likewise
        else:
            shown._repr_mimebundle_()
        names.update(job.parameters)


def _main(jobs: Sequence[Job]) -> None:
    import nbformat
    from renkei.batch import worker
    from renkei.page.content import content_of
    from renkei.page.html import html_page
    from renkei.page.pdf import pdf_of

    worker.start()
    parts = {"cells": 0.0, "pages": 0.0, "PDF": 0.0}
    # What is loaded on first use is not the cells' own.
    for job in {job.notebook: job for job in jobs}.values():
        run_cells(job)
    begun = time.monotonic()
    for job in jobs:
        start = time.process_time()
        run_cells(job)
        shown = time.process_time()
        content = content_of(nbformat.read(f"{job.target}.ipynb", 4))
        html_page(content)
        written = time.process_time()
        pdf_of(content)
        spent = (shown - start, written - shown, time.process_time() - written)
        parts = {name: parts[name] + seconds for name, seconds in zip(parts, spent, strict=True)}
    told = Floor(time.monotonic() - begun, parts)
    print(msgspec.json.encode(told).decode("ascii"), flush=True)
    os._exit(0)


if __name__ == "__main__":
    _main(from_text(sys.argv[1]))
