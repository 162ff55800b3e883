"""One report: its notebook run by papermill, what came of it exported by nbconvert."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from renkei.errors import RenderError, RenkeiError
from renkei.render.families import Report

if TYPE_CHECKING:
    from nbconvert.exporters import Exporter
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

#: A cell that runs longer than this, in seconds, is stopped: the slowest takes about one.
CELL_TIMEOUT = 300
_KERNEL = "python3"
_TRACED_LINES = 6
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Result:
    """What became of one report: how long it took, and the error if it could not be made."""

    report: Report
    seconds: float
    error: str = ""


def render(report: Report, output: Path, formats: Sequence[str]) -> Result:
    """Make one report below `output`: the executed notebook and a file per format.

    Files come into place only when all of them are whole; after an error those of before
    stay, and the half-run notebook lies beside them as `….failed.ipynb`.
    """
    start = time.monotonic()
    target = output / report.file
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        executed = execute(report, target.with_name(f"{target.name}.failed.ipynb"))
        contents = {"ipynb": (json.dumps(executed, ensure_ascii=False, indent=1) + "\n").encode("utf-8")}
        contents |= {name: export(executed, name) for name in formats}
        _put_in_place(target, contents)
        target.with_name(f"{target.name}.failed.ipynb").unlink(missing_ok=True)
        return Result(report, time.monotonic() - start)
    except RenkeiError as error:
        problem = str(error)
    except Exception as error:
        problem = "".join(traceback.format_exception(error)[-2:]).strip()
    return Result(report, time.monotonic() - start, error=f"{report.title}: {problem}")


def execute(report: Report, failed_notebook: Path) -> NotebookNode:
    """The report's notebook, run with its parameters in a kernel of its own.

    Raises RenderError naming the cell and the error; the notebook as far as it ran is then
    at `failed_notebook`.
    """
    # jsonschema would build a grammar for IRIs, which no notebook has: seconds of every first run.
    sys.modules.setdefault("rfc3987_syntax", cast(ModuleType, None))
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    unfinished = failed_notebook.with_name(f".{os.getpid()}.{failed_notebook.name}")
    sockets = tempfile.TemporaryDirectory(prefix="renkei-")
    try:
        executed = papermill.execute_notebook(
            str(report.notebook),
            str(unfinished),
            parameters=dict(report.parameters),
            kernel_name=_KERNEL,
            cwd=str(report.notebook.parent),
            progress_bar=False,
            log_output=False,
            request_save_on_cell_execute=False,
            execution_timeout=CELL_TIMEOUT,
            shutdown_kernel="immediate",
            config=Config({"KernelManager": _connection(sockets.name)}),
        )
    except papermill.PapermillExecutionError as error:
        unfinished.replace(failed_notebook)
        raise RenderError(_failure(report, error, failed_notebook)) from error
    except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
        reason = (
            f"a cell ran longer than {CELL_TIMEOUT} seconds"
            if isinstance(error, CellTimeoutError)
            else f"the kernel ended before the notebook did ({error})"
        )
        raise RenderError(f"{report.notebook.name}: {reason}") from error
    finally:
        unfinished.unlink(missing_ok=True)
        sockets.cleanup()
    return _without_run_marks(executed)


def export(executed: NotebookNode, name: str) -> bytes:
    """An executed notebook in one format, html or pdf."""
    body, _ = _exporter(name).from_notebook_node(executed)
    return body.encode("utf-8") if isinstance(body, str) else bytes(body)


def _connection(folder: str) -> dict[str, str]:
    """How to reach a kernel: by sockets in a folder of its own, where the system has such sockets.

    TCP ports of kernels that start together can collide, and so can sockets in one folder.
    """
    return {} if os.name == "nt" else {"transport": "ipc", "ip": f"{folder}/kernel"}


@cache
def _exporter(name: str) -> Exporter:
    from nbconvert.exporters import get_exporter

    exporter: Exporter = get_exporter(f"renkei_{name}")()
    return exporter


def _failure(report: Report, error: PapermillExecutionError, failed_notebook: Path) -> str:
    traced = _COLOURS.sub("", "\n".join(error.traceback)).strip().split("\n")
    last_lines = "\n".join(f"    {line}" for line in traced[-_TRACED_LINES:])
    return (
        f"{report.notebook.name}, In [{error.exec_count}]: {error.ename}: {error.evalue}\n{last_lines}\n"
        f"    The notebook as far as it ran: {failed_notebook}"
    )


def _without_run_marks(executed: NotebookNode) -> NotebookNode:
    """The notebook without what differs from run to run: random ids, times, paths of this machine."""
    for position, cell in enumerate(executed.cells):
        cell.id = f"cell-{position:02}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
    marks = executed.metadata.get("papermill", {})
    executed.metadata["papermill"] = {"parameters": marks.get("parameters", {})}
    return executed


def _put_in_place(target: Path, contents: dict[str, bytes]) -> None:
    """Write every file beside its place first, then rename them all."""
    beside = {suffix: target.with_name(f".{target.name}.{os.getpid()}.{suffix}") for suffix in contents}
    try:
        for suffix, content in contents.items():
            beside[suffix].write_bytes(content)
        for suffix, path in beside.items():
            path.replace(target.with_name(f"{target.name}.{suffix}"))
    finally:
        for path in beside.values():
            path.unlink(missing_ok=True)
