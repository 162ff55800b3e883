"""What a command takes before its first report begins, one page alone, and when there is nothing to do."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from conftest import notebook_of
from renkei.batch.pool import kernel_modules
from renkei.checkout import CHECKOUT_VARIABLE, Checkout

from bench.measuring import BIN, measured, surroundings

RENKEI = str(BIN / "renkei")
#: The page that is made alone.
ALONE = ("targets", "--fiscal-year", "2026", "--format", "html")
_KERNELS = ("ipykernel.kernelapp", *kernel_modules())


@dataclass(frozen=True)
class Starting:
    """Seconds of each round, two by two: a command, and what it is set against."""

    #: From the command to the first cell of a batch; importing the same in one process.
    batch: list[tuple[float, float]]
    #: One page of one report, the whole command; importing in one process what it needs.
    page: list[tuple[float, float]]
    #: The same command where that page is there already; importing Typer and Rich.
    idle: list[tuple[float, float]]


def starting(rounds: int) -> Starting:
    """All of it, in turns."""
    batch, page, idle = [], [], []
    with tempfile.TemporaryDirectory(prefix="renkei-bench-") as root:
        command = [RENKEI, "render", *ALONE, "--output", root]
        for _ in range(rounds):
            batch.append((until_first(), _importing(*_KERNELS, "renkei.batch.warm")))
            forced = measured([*command, "--force"]).wall
            page.append((forced, _importing(*_KERNELS, "typer", "papermill", "renkei.page.html")))
            idle.append((measured(command).wall, _importing("typer", "rich")))
    return Starting(batch, page, idle)


def until_first() -> float:
    """Seconds from a batch's command to its first cell: of two notebooks with nothing in them."""
    with tempfile.TemporaryDirectory(prefix="renkei-bench-") as root:
        for folder in ("data", "notebooks"):
            shutil.copytree(Checkout.current().root / folder, Path(root, folder))
        entries = []
        for name in ("one", "two"):
            Path(root, "notebooks", f"{name}.ipynb").write_text(notebook_of("1 + 1"), encoding="utf-8")
            entries.append(f'[{name}]\nnotebook = "{name}.ipynb"\ntitle = "{name}"\nfile = "{name}"\n')
        Path(root, "notebooks", "reports.toml").write_text("\n".join(entries), encoding="utf-8")
        start = time.monotonic()
        told = subprocess.run(
            [RENKEI, "render", "one", "two", "--format", "html", "--force"],
            env=surroundings(**{CHECKOUT_VARIABLE: root}), capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        wall = time.monotonic() - start
    return wall - max(map(float, re.findall(r": ([\d.]+) s$", told, re.MULTILINE)))


def _importing(*modules: str) -> float:
    # Without the interpreter's own end: the forked processes do not have it either.
    code = f"import {', '.join(modules)}, os; os._exit(0)"
    return measured([sys.executable, "-Xfrozen_modules=off", "-c", code]).wall
