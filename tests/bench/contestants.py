"""Ways to make the same reports, HTML and PDF: this project's, and what else there is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from renkei.batch.families import Report
from renkei.batch.kernels.starting import KERNEL_VARIABLE

from bench.chromium_pdf import CHROMIUM
from bench.jobs import as_text, jobs_of
from bench.measuring import BIN, Cost, measured

_PAGE = "renkei_html"
_TYPST = "renkei_pdf"
_WEASYPRINT = "bench.weasyprint_pdf.WeasyPrintExporter"
_CHROMIUM = "bench.chromium_pdf.ChromiumExporter"


@dataclass(frozen=True)
class Contestant:
    """A way to make reports."""

    name: str
    make: Callable[[Sequence[Report], Path], Cost]
    #: Whether its pages are the project's own, and so the same as those of the others.
    same_page: bool = True
    #: Why it cannot take part on this machine; empty where it can.
    left_out: str = ""


def contestants() -> list[Contestant]:
    """All of them, the project's own command first."""
    no_weasyprint, no_chromium = _no_weasyprint(), "" if CHROMIUM else "no Chromium on this machine"
    return [
        Contestant("a", by_renkei),
        Contestant("b", partial(by_commands, _WEASYPRINT), left_out=no_weasyprint),
        Contestant("b, Typst", partial(by_commands, _TYPST)),
        Contestant("c", partial(by_pool, _PAGE, _WEASYPRINT), left_out=no_weasyprint),
        Contestant("c, Typst", partial(by_pool, _PAGE, _TYPST)),
        # nbconvert's own page.
        Contestant("c2", partial(by_pool, "html", _CHROMIUM), same_page=False, left_out=no_chromium),
    ]


def by_renkei(reports: Sequence[Report], folder: Path) -> Cost:
    """The project's own command, cold, the whole process."""
    names = list(dict.fromkeys(report.family for report in reports))
    return measured([str(BIN / "renkei"), "render", *names, "--format", "html,pdf", "--output", str(folder)])


def by_commands(pdf: str, reports: Sequence[Report], folder: Path) -> Cost:
    """papermill, then nbconvert to each format, one report after another."""
    lines = ["set -e"]
    for job in jobs_of(reports, folder):
        Path(job.target).parent.mkdir(parents=True, exist_ok=True)
        given = " ".join(f"-p {name} {value}" for name, value in job.parameters.items())
        lines += [
            f"{BIN}/papermill {job.notebook} {job.target}.ipynb -k python3 {given} --no-progress-bar "
            f"--cwd {Path(job.notebook).parent}",
            *(
                f"{BIN}/jupyter nbconvert --log-level ERROR --to {exporter} {job.target}.ipynb"
                for exporter in (_PAGE, pdf)
            ),
        ]
    return measured(["sh", "-c", "\n".join(lines)], **{KERNEL_VARIABLE: "ordinary"})


def by_pool(html: str, pdf: str, reports: Sequence[Report], folder: Path) -> Cost:
    """A process pool over the Python APIs."""
    jobs = jobs_of(reports, folder)
    for job in jobs:
        Path(job.target).parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bench.pool", as_text(jobs), html, pdf]
    return measured(command, **{KERNEL_VARIABLE: "ordinary"})


def _no_weasyprint() -> str:
    """Why WeasyPrint cannot take part; empty where it can."""
    tried = subprocess.run(
        [sys.executable, "-c", "import weasyprint"], capture_output=True, text=True, check=False
    )
    if not tried.returncode:
        return ""
    missing = "ModuleNotFoundError" in tried.stderr
    return "WeasyPrint is not installed (the extra “bench”)" if missing else "no Pango on this machine"
