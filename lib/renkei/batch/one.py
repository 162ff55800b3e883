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
_KEPT_LINES = 500
#: What a failed notebook keeps of one text of an output, in characters.
_KEPT = 20_000


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
    from jsonschema import ValidationError
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
                # Nobody edits code while a batch runs, and nothing of it belongs into the history of what
                # its user typed.
                extra_arguments=[
                    "--InteractiveShellApp.exec_lines=%autoreload 0",
                    "--InteractiveShellApp.exec_lines=%load_ext renkei.batch.kernels.care",
                    "--HistoryManager.enabled=False",
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
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            reason = (
                f"a cell ran longer than {report.cell_timeout} seconds and was ended"
                if isinstance(error, CellTimeoutError)
                else "an output is nested too deeply for a notebook"
                if isinstance(error, RecursionError)
                else f"the kernel ended before the notebook did ({in_short(str(error), 1)})"
            )
            raise RenderError(f"{report.notebook.name}{_cell_of(unfinished)}: {reason}") from error
        except ValidationError as error:
            what = in_short(str(error), 3)
            raise RenderError(
                f"{report.notebook.name}{_cell_of(unfinished)}: an output that a notebook can hold was "
                f"expected, found: {what}"
            ) from error
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
    message = in_short(error.evalue, _MESSAGE_LINES)
    traced = "\n".join(error.traceback).strip().split("\n")
    cut = len(traced) - len(error.evalue.split("\n"))
    told = traced if len(message) == len(error.evalue) else traced[: max(0, cut)]
    last_lines = "\n".join(f"    {harmless(line)[:_TRACED_WIDTH]}" for line in told[-_TRACED_LINES:])
    where = f"{report.notebook.name}, In [{error.exec_count}]"
    return f"{where}: {in_short(error.ename, 1)}{f': {message}' if message else ''}\n{last_lines}"


def _cell_of(unfinished: Path) -> str:
    """The cell in which a notebook ended, as far as papermill has written that down."""
    try:
        cells = json.loads(unfinished.read_bytes())["cells"]
    except (OSError, ValueError):
        return ""
    code = [cell for cell in cells if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]
    states = [cell["metadata"].get("papermill", {}).get("status") for cell in code]
    done = next((place for place, state in enumerate(states) if state != "completed"), len(states))
    return f", In [{done + 1}]" if done < len(states) else ""


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


def _short(value: Any) -> Any:
    match value:
        case str() if len(value) > _KEPT:
            return f"{value[:_KEPT]}… ({len(value) - _KEPT:,} characters were left out)"
        case dict():
            return {name: _short(part) for name, part in value.items()}
        case list() if len(value) > _KEPT_LINES:
            left = f"… ({len(value) - _KEPT_LINES:,} lines were left out)"
            return [*map(_short, value[:_KEPT_LINES]), left]
        case list():
            return [_short(part) for part in value]
        case _:
            return value


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
