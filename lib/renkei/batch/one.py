"""One report: its notebook run by papermill, what came of it shown in every format that is asked for."""

from __future__ import annotations

import json
import logging
import os
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from renkei.batch.families import CELL_TIMEOUT, Report
from renkei.batch.kernels.care import REFUSAL
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
from renkei.told import harmless, in_short

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

#: A kernel that wants more data than this, in bytes, gets a MemoryError: a report needs a tenth of it.
KERNEL_MEMORY = 2 * 1024**3
KERNEL = "renkei"
_MESSAGE_LINES = 9
_TRACED_LINES = 6
_TRACED_WIDTH = 200
_MESSAGE_WIDTH = 300
#: What a failed notebook keeps of what was printed, in lines, and the largest other value, in characters.
_KEPT_LINES = 200
_KEPT_VALUE = 1_000_000


def make(report: Report, formats: Sequence[str]) -> Made:
    """Make one report in memory: the executed notebook and a file per format."""
    start = time.monotonic()
    half_run: dict[str, bytes] = {}
    try:
        # Loaded first: of a single report, while the kernel server still imports.
        views = {ending: view_as(ending) for ending in formats}
        executed = execute(report, half_run)
        with _named(report):
            _demand_no_refusal(executed)
            content = content_of(executed)
        # What json.dumps would write; with an indent, that is twenty times as slow.
        files = {"ipynb": msgspec.json.format(msgspec.json.encode(executed), indent=1) + b"\n"}
        with _named(report):
            files |= {ending: view(content) for ending, view in views.items()}
        seconds = time.monotonic() - start
        return Made(files, seconds, headline=content.headline, warnings=_warnings(executed))
    except RenkeiError as error:
        problem = str(error)
    except (OSError, MemoryError) as error:
        # What is written meanwhile is written there.
        problem = in_words(error, at=own_folder())
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(at.filename).name}:{at.lineno}"
        problem = f"{report.notebook.name}: {type(error).__name__}: {in_short(str(error), 6)} ({place})"
    return Made(half_run, time.monotonic() - start, error=f"{report.title}: {problem}")


def execute(report: Report, half_run: dict[str, bytes]) -> NotebookNode:
    """The report's notebook, run with its parameters in a kernel of its own.

    Raises RenderError naming the cell and the error; the notebook as far as it ran is then in
    `half_run`.
    """
    load_runner()
    import papermill
    from traitlets.config import Config

    from renkei.batch.engine import ENGINE, StoppedError

    with tempfile.TemporaryDirectory(prefix="report-", dir=own_folder()) as folder:
        given, unfinished = Path(folder, "given.ipynb"), Path(folder, report.notebook.name)
        given.write_bytes(_given(report).encode("utf-8"))
        try:
            executed = papermill.execute_notebook(
                str(given),
                str(unfinished),
                parameters=dict(report.parameters),
                engine_name=ENGINE,
                kernel_name=KERNEL,
                cwd=str(report.notebook.parent),
                progress_bar=False,
                log_output=False,
                request_save_on_cell_execute=False,
                start_timeout=CELL_TIMEOUT,
                execution_timeout=report.cell_timeout,
                shutdown_kernel="immediate",
                # Nobody edits code while a batch runs, and nothing of it belongs into the history of what
                # its user typed.
                extra_arguments=[
                    "--InteractiveShellApp.exec_lines=%autoreload 0",
                    "--InteractiveShellApp.extensions=renkei.batch.kernels.care",
                    "--HistoryManager.enabled=False",
                    # What a fork of a kernel does is told by its cell.
                    "--IPKernelApp.log_level=ERROR",
                ],
                config=Config(
                    {
                        "KernelManager": _connection(folder),
                        "ForkingProvisioner": {"memory_limit": KERNEL_MEMORY},
                    }
                ),
            )
        except papermill.PapermillExecutionError as error:
            half_run[FAILED] = _shortened(unfinished.read_bytes())
            raise RenderError(_failure(report, error)) from error
        except StoppedError as stopped:
            where = ", ".join(filter(None, (report.notebook.name, stopped.cell)))
            raise RenderError(f"{where}: {_reason(report, stopped.reason)}") from stopped
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
    # What becomes of a cell is told once, and here; the libraries' own lines are of their inner steps.
    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())


def _connection(folder: str) -> dict[str, str]:
    """How to reach a kernel: by sockets in a folder of its own, where the system has such sockets.

    TCP ports of kernels that start together can collide, and so can sockets in one folder. The file with
    the kernel's key lies there too, and goes with it.
    """
    file = {"connection_file": f"{folder}/connection.json"}
    return file if os.name == "nt" else {**file, "transport": "ipc", "ip": f"{folder}/kernel"}


def _failure(report: Report, error: PapermillExecutionError) -> str:
    """Where and what, and the last lines of how it came; the message itself stands there only once."""
    message = in_short(error.evalue, _MESSAGE_LINES, _MESSAGE_WIDTH)
    traced = "\n".join(error.traceback).strip().split("\n")
    cut = len(traced) - len(error.evalue.split("\n"))
    told = traced if len(message) == len(error.evalue) else traced[: max(0, cut)]
    last_lines = "\n".join(f"    {harmless(line)[:_TRACED_WIDTH]}" for line in told[-_TRACED_LINES:])
    where = f"{report.notebook.name}, In [{error.exec_count}]"
    return f"{where}: {in_short(error.ename, 1)}{f': {message}' if message else ''}\n{last_lines}"


def _reason(report: Report, error: Exception) -> str:
    """Why a notebook stopped that has no error of its own."""
    from jsonschema import ValidationError
    from nbclient.exceptions import CellTimeoutError

    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno):
        # What is written meanwhile is written there.
        return in_words(error, at=own_folder())
    if isinstance(error, CellTimeoutError):
        return f"a cell ran longer than {report.cell_timeout} seconds and was ended"
    if isinstance(error, RecursionError):
        return "an output is nested too deeply for a notebook"
    if isinstance(error, ValidationError):
        found = in_short(error.message, 1)
        return f"an output that a notebook can hold was expected, found: {found}"
    if isinstance(error, RuntimeError):
        return f"the kernel ended before the notebook did ({in_short(str(error), 1)})"
    return f"{type(error).__name__}: {in_short(str(error), 3)}"


@contextmanager
def _named(report: Report) -> Iterator[None]:
    """Have what is wrong with a notebook's content told with its name."""
    try:
        yield
    except RenderError as error:
        raise RenderError(f"{report.notebook.name}, {error}") from error


def _shortened(notebook: bytes) -> bytes:
    """A notebook without most of what makes its outputs longer than anybody reads."""
    read = json.loads(notebook)
    for cell in read["cells"]:
        if "outputs" in cell:
            cell["outputs"] = [_short(output) for output in cell["outputs"]]
    return json.dumps(read, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def _short(output: dict[str, Any]) -> dict[str, Any]:
    """An output with what is printed or told of an error cut, and without a value that no report can hold."""
    data = {
        kind: value if len(json.dumps(value)) <= _KEPT_VALUE else "(left out: too large)"
        for kind, value in output.get("data", {}).items()
    }
    texts: dict[str, Any] = {
        name: in_short("".join(output[name]) if name != "traceback" else "\n".join(output[name]), _KEPT_LINES)
        for name in ("text", "evalue", "traceback")
        if name in output
    }
    if "traceback" in texts:
        texts["traceback"] = texts["traceback"].split("\n")
    return {**output, **({"data": data} if data else {}), **texts}


def _demand_no_refusal(executed: NotebookNode) -> None:
    for refusal in _said(executed, REFUSAL):
        raise RenderError(refusal)


def _warnings(executed: NotebookNode) -> tuple[str, ...]:
    """What the kernel has said of plots that were not shown."""
    return _said(executed, WARNING)


def _said(executed: NotebookNode, sign: str) -> tuple[str, ...]:
    """The lines of the kernel itself that begin with a sign."""
    outputs = [output for cell in executed.cells for output in cell.get("outputs", ())]
    said = "".join(output.text for output in outputs if output.get("name") == "stderr").splitlines()
    return tuple(line.removeprefix(sign) for line in said if line.startswith(sign))


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
