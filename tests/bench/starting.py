"""What a command takes before its first report begins, one page alone, and when there is nothing to do."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from conftest import notebook_of
from renkei.batch.pool import kernel_modules
from renkei.checkout import CHECKOUT_VARIABLE, Checkout

from bench.measuring import BIN, measured

RENKEI = str(BIN / "renkei")
#: The page that is made alone.
ALONE = ("targets", "--fiscal-year", "2026", "--format", "html")
_KERNELS = ("ipykernel.kernelapp", *kernel_modules())


@dataclass(frozen=True)
class Starting:
    """Medians of seconds and of ratios within a round."""

    #: From the command to the first cell of two reports.
    until_first: float
    #: Its ratio to importing the same in one process.
    to_imports: float
    #: One page of one report, from the command to its end.
    alone: float
    #: Importing in one process what that page needs.
    needed: float
    alone_to_needed: float
    #: `renkei render --all` where all is there, and its ratio to importing Typer and Rich.
    idle: float
    idle_to_typer: float


def starting(rounds: int) -> Starting:
    """All of it, in turns."""
    until_first, all_imports = _until_first(rounds)
    alone, needed = _alone(rounds)
    idle, typer = _idle(rounds)
    return Starting(
        statistics.median(until_first), _ratio(until_first, all_imports),
        statistics.median(alone), statistics.median(needed), _ratio(alone, needed),
        statistics.median(idle), _ratio(idle, typer),
    )  # fmt: skip


def _ratio(ones: list[float], others: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(ones, others, strict=True))


def _importing(*modules: str) -> float:
    # Without the interpreter's own end: the forked processes do not have it either.
    code = f"import {', '.join(modules)}, os; os._exit(0)"
    return measured([sys.executable, "-Xfrozen_modules=off", "-c", code]).wall


def _until_first(rounds: int) -> tuple[list[float], list[float]]:
    """Start-up of a batch of two empty notebooks, and importing the same in one process, by round."""
    batches, imports = [], []
    with tempfile.TemporaryDirectory(prefix="renkei-bench-") as root:
        for folder in ("data", "notebooks"):
            shutil.copytree(Checkout.current().root / folder, Path(root, folder))
        entries = []
        for name in ("one", "two"):
            Path(root, "notebooks", f"{name}.ipynb").write_text(notebook_of("1 + 1"), encoding="utf-8")
            entries.append(f'[{name}]\nnotebook = "{name}.ipynb"\ntitle = "{name}"\nfile = "{name}"\n')
        Path(root, "notebooks", "reports.toml").write_text("\n".join(entries), encoding="utf-8")
        for _ in range(2 * rounds + 1):
            start = time.monotonic()
            told = subprocess.run(
                [RENKEI, "render", "one", "two", "--format", "html", "--force"],
                env={**os.environ, CHECKOUT_VARIABLE: root}, capture_output=True, text=True, check=True,
            ).stdout  # fmt: skip
            wall = time.monotonic() - start
            batches.append(wall - max(map(float, re.findall(r": ([\d.]+) s$", told, re.MULTILINE))))
            imports.append(_importing(*_KERNELS, "renkei.batch.warm"))
    return batches, imports


def _alone(rounds: int) -> tuple[list[float], list[float]]:
    """One page by a cold command, and importing in one process what it needs, by round."""
    pages, imports = [], []
    with tempfile.TemporaryDirectory(prefix="renkei-bench-") as root:
        for _ in range(2 * rounds + 1):
            pages.append(measured([RENKEI, "render", *ALONE, "--force", "--output", root]).wall)
            imports.append(_importing(*_KERNELS, "typer", "papermill", "renkei.page.html"))
    return pages, imports


def _idle(rounds: int) -> tuple[list[float], list[float]]:
    """`renkei render` of what is there already, and importing Typer and Rich, by round."""
    idle, typer = [], []
    with tempfile.TemporaryDirectory(prefix="renkei-bench-") as root:
        command = [RENKEI, "render", *ALONE, "--output", root]
        measured(command)
        for _ in range(2 * rounds + 1):
            idle.append(measured(command).wall)
            typer.append(measured([sys.executable, "-c", "import typer, rich"]).wall)
    return idle, typer
