"""The extension of a batch's kernels: cells that fork them, or print what no report can hold, are refused."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

#: How a line begins that tells why a report cannot be made; a batch looks for it.
REFUSAL = "renkei: error: "
#: A cell that prints more characters than this is ended: a page has at most 1 MB.
MOST_PRINTED = 2_000_000


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Fail a cell that prints what cannot be shown; end a fork that comes back from its cell, and tell it."""
    kernel = os.getpid()
    forks: list[int] = []
    told: list[int] = []
    if hasattr(os, "fork"):
        os.fork = _noting(os.fork, forks)

    def end_fork(_: ExecutionResult) -> None:
        # It would answer the kernel's messages as well.
        if os.getpid() != kernel:
            os._exit(1)

    def tell_forks(result: ExecutionResult) -> None:
        running = [pid for pid in _forked(forks) if pid not in told]
        told.extend(running)
        if running:
            _say(
                f"{REFUSAL}In [{result.execution_count}]: the cell has forked its kernel by os.fork, "
                f"and {len(running)} of its copies still run or have come back; use subprocess or "
                "concurrent.futures, and wait for the end of what they start"
            )

    shell.events.register("post_run_cell", end_fork)
    shell.events.register("post_run_cell", tell_forks)
    printed = [0]
    shell.events.register("pre_run_cell", lambda _: printed.__setitem__(0, 0))
    from ipykernel.iostream import OutStream

    # Streams are wrapped by IPython while a cell runs; what is below that is reached by their class.
    OutStream.write = _demanding(OutStream.write, printed)  # type: ignore[assignment, method-assign]


def _say(text: str) -> None:
    with suppress(Exception):
        sys.stderr.write(f"{text}\n")


def _demanding(
    write: Callable[[Any, str], int | None], printed: list[int]
) -> Callable[[Any, str], int | None]:
    """The same, but a half of a character is an error here, as in any file, and so is a text without end."""

    def wrapped(stream: Any, text: Any) -> int | None:
        if isinstance(text, str):
            text.encode("utf-8")
            printed[0] += len(text)
            if printed[0] > MOST_PRINTED:
                # So that what tells of the error is not refused as well.
                printed[0] = 0
                raise ValueError(f"a cell that prints at most {MOST_PRINTED:,} characters was expected")
        return write(stream, text)

    return wrapped


def _noting(fork: Callable[[], int], forks: list[int]) -> Callable[[], int]:
    """The same, with a note of each child; subprocess forks in another way."""

    def noted() -> int:
        if pid := fork():
            forks.append(pid)
        return pid

    return noted


def _forked(forks: list[int]) -> list[int]:
    """Copies of this process that still run or that nobody has waited for; not those of multiprocessing."""
    from multiprocessing import active_children

    # Those that have ended are waited for by this.
    known = {child.pid for child in active_children()}
    try:
        texts = [path.read_text(encoding="ascii") for path in Path("/proc/self/task").glob("*/children")]
        own = Path("/proc/self/cmdline").read_bytes()
    except OSError:
        return []
    children = {int(pid) for pid in " ".join(texts).split()} - known
    return sorted(pid for pid in children if pid in forks or _command_of(pid) == own)


def _command_of(pid: int) -> bytes | None:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return None
