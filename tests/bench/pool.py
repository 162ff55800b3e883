"""A process pool over the Python APIs of papermill and nbconvert, as one would write it today.

python -m bench.pool JOBS HTML-EXPORTER PDF-EXPORTER
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

from bench.jobs import Job, from_text

#: nbconvert's own exporter of HTML, which shows code unless it is told not to.
_PLAIN = "html"


def make(job: Job, html: str, pdf: str) -> None:
    """Run the notebook, then write its page and PDF."""
    import papermill

    executed = papermill.execute_notebook(
        job.notebook, f"{job.target}.ipynb", job.parameters, kernel_name="python3", progress_bar=False,
        cwd=str(Path(job.notebook).parent),
    )  # fmt: skip
    Path(f"{job.target}.html").write_text(_exporter(html).from_notebook_node(executed)[0], encoding="utf-8")
    Path(f"{job.target}.pdf").write_bytes(_exporter(pdf).from_notebook_node(executed)[0])


def _exporter(name: str) -> Any:
    from nbconvert.exporters import get_exporter

    return get_exporter(name)(**({"exclude_input": True} if name == _PLAIN else {}))


def main() -> None:
    """As many processes as cores, forked after the imports that they share."""
    import nbconvert
    import papermill

    assert nbconvert and papermill, "imported once, before the processes are forked"
    jobs, (html, pdf) = from_text(sys.argv[1]), sys.argv[2:]
    with ProcessPoolExecutor(os.cpu_count()) as executor:
        list(executor.map(make, jobs, repeat(html), repeat(pdf)))


if __name__ == "__main__":
    main()
