"""The work itself, without start-up, kernels and messages: cells, pages and PDFs in warm processes.

python -m bench.floor JOBS
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.jobs import Job, as_text, code_cells, from_text
from bench.measuring import surroundings


def cpu_seconds(jobs: Sequence[Job]) -> dict[str, float]:
    """CPU seconds of all jobs by part, each core doing its share at the same time.

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
    parts = [json.loads(share.communicate()[0]) for share in shares]
    return {name: sum(part[name] for part in parts) for name in parts[0]}


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
    spent = {"cells": 0.0, "pages": 0.0, "PDF": 0.0}
    for job in jobs:
        run_cells(job)  # what is loaded on first use is not the cells' own
        begun = time.process_time()
        run_cells(job)
        spent["cells"] += time.process_time() - begun
        begun = time.process_time()
        content = content_of(nbformat.read(f"{job.target}.ipynb", 4))
        html_page(content)
        spent["pages"] += time.process_time() - begun
        begun = time.process_time()
        pdf_of(content)
        spent["PDF"] += time.process_time() - begun
    print(json.dumps(spent), flush=True)
    os._exit(0)


if __name__ == "__main__":
    _main(from_text(sys.argv[1]))
