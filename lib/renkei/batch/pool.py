"""Many reports at once, on all cores; one that fails does not stop the others.

Two processes import at the same time: the kernel server what notebooks need, the pool's fork server
what rendering needs. Kernels and workers are forked from them, so that neither imports again.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from pkgutil import iter_modules

import renkei.report
from renkei.batch.families import Report
from renkei.batch.kernels.starting import FORK_SERVER_VARIABLE, PRELOADED, ForkServer, can_fork
from renkei.batch.results import Result

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
    return result


def kernel_modules() -> list[str]:
    """What the kernels of a batch have imported: nobody edits this package while it runs."""
    ours = [f"renkei.report.{module.name}" for module in iter_modules(renkei.report.__path__)]
    return [*PRELOADED, "budoux", "renkei.batch.kernels.extension", "renkei.participation", *ours]


def _in_pool(
    reports: Sequence[Report], output: Path, formats: Sequence[str], jobs: int, around: str, told: Told
) -> list[Result]:
    """The results; when a worker dies, those of its pool are tried again, at last each alone."""
    results: dict[int, Result] = {}

    def run(positions: Sequence[int], at_once: int) -> list[int]:
        broken = []
        with _pool(min(at_once, len(positions))) as pool:
            futures = {
                pool.submit(_render_in_worker, reports[i], output, formats, around): i for i in positions
            }
            for future in as_completed(futures):
                try:
                    result = future.result()
                except BrokenProcessPool:
                    broken.append(futures[future])
                else:
                    results[futures[future]] = result
                    told(result)
        return broken

    left = run(range(len(reports)), jobs)
    if left:
        left = run(left, jobs)
    for position in left:
        if run([position], 1):
            report = reports[position]
            problem = "the process that rendered it was ended, three times; is there memory enough?"
            results[position] = Result(report, 0.0, f"{report.title}: {problem}")
            told(results[position])
    return [results[position] for position in range(len(reports))]


def _pool(workers: int) -> ProcessPoolExecutor:
    if not can_fork():
        return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["renkei.batch.worker"])
    return ProcessPoolExecutor(workers, context, initializer=_start_worker)


def _start_worker() -> None:
    from renkei.batch.worker import start

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
