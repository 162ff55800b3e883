"""One report: its notebook run by papermill, what came of it shown in every format that is asked for."""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from renkei.batch.families import CELL_TIMEOUT, Report
from renkei.batch.kernels.plots import WARNING
from renkei.batch.results import FAILED, Made
from renkei.batch.streams import joined_streams
from renkei.errors import RenderError, RenkeiError
from renkei.notebook_file import written_text
from renkei.page.content import content_of
from renkei.page.views import view_as
from renkei.quick_loading import without_iri_grammar
from renkei.scratch import own_folder
from renkei.system_errors import in_words

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

#: A kernel that wants more data than this, in bytes, gets a MemoryError: a report needs a tenth of it.
KERNEL_MEMORY = 2 * 1024**3
KERNEL = "renkei"
_TRACED_LINES = 6
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def make(report: Report, formats: Sequence[str]) -> Made:
    """Make one report in memory: the executed notebook and a file per format."""
    start = time.monotonic()
    half_run: dict[str, bytes] = {}
    try:
        # Loaded first: of a single report, while the kernel server still imports.
        views = {ending: view_as(ending) for ending in formats}
        executed = execute(report, half_run)
        content = content_of(executed)
        # What json.dumps would write; with an indent, that is twenty times as slow.
        files = {"ipynb": msgspec.json.format(msgspec.json.encode(executed), indent=1) + b"\n"}
        files |= {ending: view(content) for ending, view in views.items()}
        seconds = time.monotonic() - start
        return Made(files, seconds, headline=content.headline, warnings=_warnings(executed))
    except RenkeiError as error:
        problem = str(error)
    except (OSError, MemoryError) as error:
        # What is written meanwhile is written there.
        problem = in_words(error, at=own_folder())
    except Exception as error:
        problem = "".join(traceback.format_exception(error)[-2:]).strip()
    return Made(half_run, time.monotonic() - start, error=f"{report.title}: {problem}")


def execute(report: Report, half_run: dict[str, bytes]) -> NotebookNode:
    """The report's notebook, run with its parameters in a kernel of its own.

    Raises RenderError naming the cell and the error; the notebook as far as it ran is then in
    `half_run`.
    """
    load_runner()
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    with tempfile.TemporaryDirectory(prefix="report-", dir=own_folder()) as folder:
        given, unfinished = Path(folder, "given.ipynb"), Path(folder, report.notebook.name)
        given.write_bytes(_given(report).encode("utf-8"))
        try:
            executed = papermill.execute_notebook(
                str(given),
                str(unfinished),
                parameters=dict(report.parameters),
                kernel_name=KERNEL,
                cwd=str(report.notebook.parent),
                progress_bar=False,
                log_output=False,
                request_save_on_cell_execute=False,
                start_timeout=CELL_TIMEOUT,
                execution_timeout=report.cell_timeout,
                shutdown_kernel="immediate",
                # Nobody edits code while a batch runs.
                extra_arguments=["--InteractiveShellApp.exec_lines=%autoreload 0"],
                config=Config(
                    {
                        "KernelManager": _connection(folder),
                        "ForkingProvisioner": {"memory_limit": KERNEL_MEMORY},
                    }
                ),
            )
        except papermill.PapermillExecutionError as error:
            half_run[FAILED] = unfinished.read_bytes()
            raise RenderError(_failure(report, error)) from error
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            reason = (
                f"a cell ran longer than {report.cell_timeout} seconds and was ended"
                if isinstance(error, CellTimeoutError)
                else f"the kernel ended before the notebook did ({error})"
            )
            raise RenderError(f"{report.notebook.name}: {reason}") from error
    return _without_run_marks(executed)


def _given(report: Report) -> str:
    """The notebook as a person wrote it, for the kernel of batches; its file may say more."""
    notebook = json.loads(report.notebook.read_text(encoding="utf-8"))
    kernel = {"display_name": KERNEL.title(), "language": "python", "name": KERNEL}
    return written_text({**notebook, "metadata": {"kernelspec": kernel}})


def load_runner() -> None:
    """Load what runs notebooks, without what none of them needs."""
    without_iri_grammar()
    import_module("papermill")


def _connection(folder: str) -> dict[str, str]:
    """How to reach a kernel: by sockets in a folder of its own, where the system has such sockets.

    TCP ports of kernels that start together can collide, and so can sockets in one folder.
    """
    return {} if os.name == "nt" else {"transport": "ipc", "ip": f"{folder}/kernel"}


def _failure(report: Report, error: PapermillExecutionError) -> str:
    traced = _COLOURS.sub("", "\n".join(error.traceback)).strip().split("\n")
    last_lines = "\n".join(f"    {line}" for line in traced[-_TRACED_LINES:])
    return f"{report.notebook.name}, In [{error.exec_count}]: {error.ename}: {error.evalue}\n{last_lines}"


def _warnings(executed: NotebookNode) -> tuple[str, ...]:
    """What the kernel has said of plots that were not shown."""
    outputs = [output for cell in executed.cells for output in cell.get("outputs", ())]
    said = "".join(output.text for output in outputs if output.get("name") == "stderr").splitlines()
    return tuple(line.removeprefix(WARNING) for line in said if line.startswith(WARNING))


def _without_run_marks(executed: NotebookNode) -> NotebookNode:
    """The notebook without what differs from run to run: random ids, times, how prints were cut."""
    for position, cell in enumerate(executed.cells):
        cell.id = f"cell-{position:02}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "outputs" in cell:
            cell.outputs = joined_streams(cell.outputs)
    marks = executed.metadata.get("papermill", {})
    executed.metadata["papermill"] = {"parameters": marks.get("parameters", {})}
    return executed
