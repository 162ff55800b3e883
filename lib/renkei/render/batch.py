"""Many reports at once, on all cores; one that fails does not stop the others."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from renkei.render.families import Report
from renkei.render.one import Result, render


def render_all(
    reports: Sequence[Report],
    output: Path,
    formats: Sequence[str],
    jobs: int,
    told: Callable[[Result], None],
) -> list[Result]:
    """Make the reports below `output` in `jobs` processes; `told` hears of each as it is done.

    The results come in the order of the reports, failed ones with their error.
    """
    if len(reports) == 1:
        # A process of its own would only load everything once more.
        result = render(reports[0], output, formats)
        told(result)
        return [result]
    results: dict[int, Result] = {}
    # Each process is a new one: forking would copy threads of this one in an unknown state.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=min(jobs, len(reports)), mp_context=context) as pool:
        waiting = {
            pool.submit(render, report, output, formats): position for position, report in enumerate(reports)
        }
        for done in as_completed(waiting):
            position = waiting[done]
            try:
                result = done.result()
            except BrokenProcessPool as error:
                report = reports[position]
                result = Result(report, 0.0, f"{report.title}: a rendering process was ended ({error})")
            results[position] = result
            told(result)
    return [results[position] for position in range(len(reports))]
