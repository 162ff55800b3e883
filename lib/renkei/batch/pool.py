"""Many reports at once, on all cores; one that fails, or ends its process, does not stop the others.

Two processes import at the same time: the kernel server what notebooks need, the pool's fork server
what rendering needs. Kernels and workers are forked from them, so that neither imports again.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import renkei.report
from renkei.batch.families import Report
from renkei.batch.kernels.starting import FORK_SERVER_VARIABLE, PRELOADED, ForkServer, can_fork
from renkei.batch.results import Result
from renkei.batch.worker import start

if TYPE_CHECKING:
    from pebble import ProcessPool

_ENDED = "the process that rendered it was ended from outside; is there memory enough?"

Told = Callable[[Result], None]


def render_all(
    reports: Sequence[Report], output: Path, formats: Sequence[str], jobs: int, around: str, told: Told
) -> list[Result]:
    """Make the reports below `output`, `jobs` at the same time; `told` hears of each as it is done.

    `around` is what `renkei.batch.fingerprints.surroundings` gives. The results come in the order of the
    reports, failed ones with their error.
    """
    with _kernel_server():
        if len(reports) > 1:
            return _in_pool(reports, output, formats, jobs, around, told)
        # A process of its own would only load everything once more.
        results = [_render(report, output, formats, around) for report in reports]
        for result in results:
            told(result)
        return results


def _render(report: Report, output: Path, formats: Sequence[str], around: str) -> Result:
    from renkei.batch.fingerprints import fingerprint
    from renkei.batch.one import make
    from renkei.batch.results import put_in_place

    # Before it is made: whoever edits the notebook meanwhile has it made again next time.
    made_from = fingerprint(report, around)
    return put_in_place(report, make(report, formats), output, made_from)


def _render_in_worker(report: Report, output: Path, formats: Sequence[str], around: str) -> Result:
    result = _render(report, output, formats, around)
    # Once a report, so that a worker's memory does not grow with the number of its reports.
    gc.collect()
    if "pdf" in formats:
        from renkei.page.pdf import let_go

        let_go()
    return result


def kernel_modules() -> list[str]:
    """What the kernels of a batch have imported: nobody edits this package while it runs."""
    ours = [f"renkei.report.{module.name}" for module in iter_modules(renkei.report.__path__)]
    kernels = ("renkei.batch.kernels.care", "renkei.batch.kernels.extension", "renkei.batch.kernels.practice")
    return [*PRELOADED, "budoux", *kernels, "renkei.participation", *ours]


def _in_pool(
    reports: Sequence[Report], output: Path, formats: Sequence[str], jobs: int, around: str, told: Told
) -> list[Result]:
    """The results in the order of the reports; where a worker dies, only its report fails."""
    from pebble import ProcessExpired

    results: dict[int, Result] = {}
    with _pool(min(jobs, len(reports))) as pool:
        futures: dict[Future[Result], int] = {
            pool.schedule(_render_in_worker, args=(report, output, formats, around)): position
            for position, report in enumerate(reports)
        }
        for future in as_completed(futures):
            position = futures[future]
            try:
                result = future.result()
            except (ProcessExpired, BrokenProcessPool):
                report = reports[position]
                result = Result(report, 0.0, f"{report.title}: {_ENDED}")
            results[position] = result
            told(result)
    return [results[position] for position in range(len(reports))]


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPool]:
    """A pool whose workers are prepared and end with it, at once when the command is interrupted."""
    from pebble import ProcessPool

    # Where nothing is forked each worker imports by itself, once.
    context = multiprocessing.get_context("forkserver" if can_fork() else "spawn")
    if can_fork():
        context.set_forkserver_preload(["renkei.batch.warm"])
    # What workers that are ended leave lying goes with the batch's own folder.
    with tempfile.TemporaryDirectory(prefix="renkei-", ignore_cleanup_errors=True) as scratch:
        pool = ProcessPool(workers, initializer=_start_worker, initargs=(scratch,), context=context)
        try:
            yield pool
        finally:
            # All is done, or nothing more is wanted.
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def _start_worker(scratch: str) -> None:
    tempfile.tempdir = scratch
    start()


@contextmanager
def _kernel_server() -> Iterator[None]:
    """While this lasts, kernels of this process and its workers come from one server."""
    if not can_fork():
        yield
        return
    server = ForkServer(kernel_modules())
    another = os.environ.get(FORK_SERVER_VARIABLE)
    os.environ[FORK_SERVER_VARIABLE] = server.address
    try:
        yield
    finally:
        del os.environ[FORK_SERVER_VARIABLE]
        if another:
            os.environ[FORK_SERVER_VARIABLE] = another
        server.close()
