"""How fast batches are, against what else there is: `make bench`.

    python tests/bench.py [--rounds N] [start] [six] [sixty] [idle]

In one run, in turns, on the same notebooks, with the same pages as result (it stops if not):

a  renkei render, cold, the whole process
b  the papermill and jupyter nbconvert command lines, one report after another
c  a process pool over the papermill and nbconvert Python APIs on all cores

b and c use ordinary kernels. Every figure is a median over the rounds, every ratio the median of the
ratios within a round. CPU seconds count all processes that a method started, peak memory is the
largest sum of their proportional set sizes (PSS), so that shared pages count once.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from renkei.batch.families import Report, families
from renkei.batch.kernels.starting import KERNEL_VARIABLE
from renkei.checkout import CHECKOUT_VARIABLE, Checkout

BIN = Path(sys.executable).parent
#: Seconds between two looks at the memory of all processes.
_LOOKING = 0.25
_SUBREAPER = 36
_MANY = 10_000


@dataclass(frozen=True)
class Cost:
    """What one run took: wall and CPU seconds, and peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


def measured(command: Sequence[str], **environment: str) -> Cost:
    """The cost of a command and all that it starts; whatever it leaves running is waited for."""
    runner = [sys.executable, __file__, "--run", json.dumps(list(command))]
    process = subprocess.Popen(runner, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment})
    peaks = [0.0]
    looking = threading.Thread(target=_look_at_memory, args=(psutil.Process(process.pid), peaks))
    looking.start()
    told, _ = process.communicate()
    looking.join()
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    wall, cpu = json.loads(told.splitlines()[-1])
    return Cost(wall, cpu, max(peaks) / 2**20)


def _look_at_memory(process: psutil.Process, peaks: list[float]) -> None:
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        total = 0
        with suppress(psutil.Error):
            for part in process.children(recursive=True):
                with suppress(psutil.Error):
                    total += part.memory_full_info().pss
        peaks.append(total)
        time.sleep(_LOOKING)


def run(command: Sequence[str]) -> None:
    """In a process of its own: run the command, wait for every process it started, print wall and CPU."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    start = time.monotonic()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
    wall = time.monotonic() - start
    with suppress(ChildProcessError):
        while True:
            os.wait()
    spent = os.times()
    print(json.dumps([wall, spent.children_user + spent.children_system]))
    sys.exit(code)


def by_renkei(reports: Sequence[Report], folder: Path) -> Cost:
    """a: this project's own command."""
    names = list(dict.fromkeys(report.family for report in reports))
    return measured([str(BIN / "renkei"), "render", *names, "--output", str(folder)])


def by_commands(reports: Sequence[Report], folder: Path) -> Cost:
    """b: papermill, then nbconvert to each format, one after another."""
    lines = ["set -e"]
    for report in reports:
        target = folder / report.file
        target.parent.mkdir(parents=True, exist_ok=True)
        given = " ".join(f"-p {name} {value}" for name, value in report.parameters.items())
        lines += [
            f"{BIN}/papermill {report.notebook} {target}.ipynb -k python3 {given} --no-progress-bar "
            f"--cwd {report.notebook.parent}",
            *(
                f"{BIN}/jupyter nbconvert --log-level ERROR --to renkei_{name} {target}.ipynb"
                for name in ("html", "pdf")
            ),
        ]
    return measured(["sh", "-c", "\n".join(lines)], **{KERNEL_VARIABLE: "ordinary"})


def by_pool(reports: Sequence[Report], folder: Path) -> Cost:
    """c: a process pool over the Python APIs."""
    jobs = [(str(report.notebook), str(folder / report.file), dict(report.parameters)) for report in reports]
    for _, target, _ in jobs:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
    return measured([sys.executable, __file__, "--pool", json.dumps(jobs)], **{KERNEL_VARIABLE: "ordinary"})


def pool(jobs: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
    """What c runs: as many processes as cores, forked after the imports."""
    from concurrent.futures import ProcessPoolExecutor

    import nbconvert
    import papermill

    assert nbconvert and papermill, "imported once, before the processes are forked"
    with ProcessPoolExecutor(os.cpu_count()) as executor:
        list(executor.map(_make_by_api, jobs))


def _make_by_api(job: tuple[str, str, dict[str, Any]]) -> None:
    import papermill
    from nbconvert.exporters import get_exporter

    notebook, target, parameters = job
    executed = papermill.execute_notebook(
        notebook, f"{target}.ipynb", parameters, kernel_name="python3", progress_bar=False,
        cwd=str(Path(notebook).parent),
    )  # fmt: skip
    Path(f"{target}.html").write_text(get_exporter("renkei_html")().from_notebook_node(executed)[0])
    Path(f"{target}.pdf").write_bytes(get_exporter("renkei_pdf")().from_notebook_node(executed)[0])


def floor(jobs: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
    """Print the CPU seconds of the cells alone and of the conversion alone, in a warm process.

    Asked of as many processes at once as there are cores, since busy neighbours slow a core down.
    """
    import nbformat
    from renkei.batch import worker
    from renkei.page.content import content_of
    from renkei.page.html import html_page
    from renkei.page.pdf import pdf_of

    worker.start()
    spent = {"cells": 0.0, "pages": 0.0, "PDF": 0.0}
    for notebook, target, parameters in jobs:
        os.chdir(Path(notebook).parent)
        names: dict[str, Any] = {}
        for counted in (False, True):
            start = time.process_time()
            for cell in json.loads(Path(notebook).read_text())["cells"]:
                if cell["cell_type"] == "code":
                    _run_cell("".join(cell["source"]), names)
                    names.update(parameters)
            if counted:  # what is loaded on first use is not the cells' own
                spent["cells"] += time.process_time() - start
        start = time.process_time()
        content = content_of(nbformat.read(f"{target}.ipynb", 4))
        html_page(content)
        spent["pages"] += time.process_time() - start
        start = time.process_time()
        pdf_of(content)
        spent["PDF"] += time.process_time() - start
    print(json.dumps(spent), flush=True)
    os._exit(0)


def _run_cell(source: str, names: dict[str, Any]) -> None:
    try:
        shown = eval(compile(source, "cell", "eval"), names)  # noqa: S307 - the project's own notebooks
    except SyntaxError:
        exec(source, names)  # noqa: S102 - likewise
    else:
        shown._repr_mimebundle_()


def reports_of(*names: str) -> list[Report]:
    """All reports of these families."""
    offered = families(Checkout.current())
    return [report for name in names for report in offered[name].reports()]


Method = Callable[[Sequence[Report], Path], Cost]


def compare(title: str, reports: Sequence[Report], methods: dict[str, Method], rounds: int) -> None:
    """Run the methods in turn and print medians, ratios and the floor."""
    print(f"\n{title}: {len(reports)} reports, HTML and PDF, {os.cpu_count()} cores, {rounds} rounds")
    costs: dict[str, list[Cost]] = {name: [] for name in methods}
    with tempfile.TemporaryDirectory(prefix="renkei-bench-") as root:
        for number in range(rounds):
            for name, method in methods.items():
                folder = Path(root, name)
                shutil.rmtree(folder, ignore_errors=True)
                costs[name].append(method(reports, folder))
                print(f"  round {number + 1} {name}: {costs[name][-1]}", flush=True)
            _demand_same_pages(reports, [Path(root, name) for name in methods])
        jobs = [
            (str(report.notebook), str(Path(root, "a", report.file)), dict(report.parameters))
            for report in reports
        ]
        alone = _alone(jobs)
        size = sum(path.stat().st_size for path in Path(root, "a").rglob("*") if path.is_file())
    for name, of_name in costs.items():
        wall, cpu, peak = (
            statistics.median(getattr(cost, field) for cost in of_name) for field in ("wall", "cpu", "peak")
        )
        print(f"  {name}: wall {wall:6.1f} s   CPU {cpu:6.1f} s   peak {peak:5.0f} MiB")
    for name in methods:
        if name != "a":
            ratios = [other.wall / own.wall for other, own in zip(costs[name], costs["a"], strict=True)]
            print(f"  {name} / a = {statistics.median(ratios):.2f}")
    cores = os.cpu_count() or 1
    lowest = sum(alone.values()) / cores
    parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in alone.items())
    print(f"  floor: {lowest:.1f} s wall, CPU alone of {parts}")
    for name in methods:
        if name != "a":
            # One after another uses one core; the pool's CPU seconds fill all of them at best.
            most = statistics.median(cost.wall if name == "b" else cost.cpu / cores for cost in costs[name])
            print(f"  ceiling of {name} / a, were all but cells and conversion free: {most / lowest:.2f}")
    own = costs["a"]
    _plan(
        len(reports),
        sum(alone.values()),
        statistics.median(cost.cpu for cost in own),
        size,
        statistics.median(cost.peak for cost in own),
    )


def _alone(jobs: Sequence[tuple[str, str, dict[str, Any]]]) -> dict[str, float]:
    """CPU seconds of all jobs by part, each core doing its share at the same time."""
    cores = os.cpu_count() or 1
    shares = [
        subprocess.Popen(
            [sys.executable, __file__, "--floor", json.dumps(jobs[start::cores])],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        for start in range(cores)
    ]  # fmt: skip
    parts = [json.loads(share.communicate()[0]) for share in shares]
    return {name: sum(part[name] for part in parts) for name in parts[0]}


def _plan(reports: int, alone: float, cpu: float, size: int, peak: float) -> None:
    """Print what 10,000 such reports need on 10 and on 100 workers of one core each, computed."""
    each, megabytes = cpu / reports, size / reports / 1e6
    of_worker = peak / ((os.cpu_count() or 1) + 1)
    print(
        f"  a report: {each:.1f} CPU s, {alone / reports:.1f} of them cells and conversion; "
        f"{megabytes:.2f} MB\n  a worker with its kernel and its share of the servers: {of_worker:.0f} MiB"
    )
    for workers in (10, 100):
        minutes, rate = _MANY * each / workers / 60, workers / each
        print(
            f"  {_MANY:,} reports on {workers} workers: {minutes:.0f} min, "
            f"{_MANY * megabytes / 1000:.1f} GB, {rate:.1f} reports and {rate * megabytes:.1f} MB "
            "a second to the caller"
        )


def _demand_same_pages(reports: Sequence[Report], folders: Sequence[Path]) -> None:
    for report in reports:
        pages = {(folder / f"{report.file}.html").read_bytes() for folder in folders}
        if len(pages) > 1:
            raise SystemExit(f"{report.file}: the same page by every method was expected, found {len(pages)}")


def start_up(rounds: int) -> None:
    """Print what a batch takes before its first report begins, against importing the same in one process."""
    from conftest import notebook_of
    from renkei.batch.pool import kernel_modules

    def importing(*modules: str) -> float:
        # Without the interpreter's own end: the forked processes do not have it either.
        code = f"import {', '.join(modules)}, os; os._exit(0)"
        return measured([sys.executable, "-Xfrozen_modules=off", "-c", code]).wall

    kernels, workers = ("ipykernel.kernelapp", *kernel_modules()), ("renkei.batch.warm",)
    batches, ratios, of_kernels, of_workers = [], [], [], []
    with tempfile.TemporaryDirectory(prefix="renkei-bench-") as root:
        for folder in ("data", "notebooks"):
            shutil.copytree(Checkout.current().root / folder, Path(root, folder))
        entries = []
        for name in ("one", "two"):
            Path(root, "notebooks", f"{name}.ipynb").write_text(notebook_of("1 + 1"))
            entries.append(f'[{name}]\nnotebook = "{name}.ipynb"\ntitle = "{name}"\nfile = "{name}"\n')
        Path(root, "notebooks", "reports.toml").write_text("\n".join(entries))
        command = [str(BIN / "renkei"), "render", "one", "two", "--format", "html", "--force"]
        for _ in range(2 * rounds + 1):
            start = time.monotonic()
            told = subprocess.run(
                command,
                env={**os.environ, CHECKOUT_VARIABLE: root},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            wall = time.monotonic() - start
            batches.append(wall - max(map(float, re.findall(r": ([\d.]+) s$", told, re.MULTILINE))))
            ratios.append(batches[-1] / importing(*kernels, *workers))
            of_kernels.append(importing(*kernels))
            of_workers.append(importing(*workers))
    print(
        f"start-up, until the first notebook begins: {statistics.median(batches):.2f} s, "
        f"{statistics.median(ratios):.2f} of importing all of it in one process\n"
        f"  imports of kernels alone {statistics.median(of_kernels):.2f} s, "
        f"imports and practice of workers alone {statistics.median(of_workers):.2f} s"
    )


def idle(rounds: int) -> None:
    """Print what the command takes when there is nothing to do."""
    python = [sys.executable, "-c", "import typer, rich"]
    with tempfile.TemporaryDirectory(prefix="renkei-bench-") as root:
        everything = [str(BIN / "renkei"), "render", "--all", "--output", root]
        measured(everything)
        for title, command in (("--help", [str(BIN / "renkei"), "--help"]), ("render --all", everything)):
            pairs = [(measured(command).wall, measured(python).wall) for _ in range(5 * rounds)]
            ratio = statistics.median(own / other for own, other in pairs)
            print(f"nothing to do: renkei {title} / python -c 'import typer, rich' = {ratio:.2f}")


def main() -> None:
    """Run the parts that are asked for, all of them if none is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("parts", nargs="*", help="start, six, sixty or idle; all if none is named")
    parser.add_argument("--rounds", type=int, default=3)
    for inner in ("--run", "--pool", "--floor"):
        parser.add_argument(inner, help=argparse.SUPPRESS, type=json.loads)
    asked = parser.parse_args()
    for inner, work in (("run", run), ("pool", pool), ("floor", floor)):
        if getattr(asked, inner):
            return work(getattr(asked, inner))
    known = ["start", "six", "sixty", "idle"]
    parts = asked.parts or known
    if not set(parts) <= set(known):
        parser.error(f"the parts are {', '.join(known)}, found {', '.join(parts)}")
    methods: dict[str, Method] = {"a": by_renkei, "b": by_commands, "c": by_pool}
    if "start" in parts:
        start_up(asked.rounds)
    if "six" in parts:
        compare("six yearly reports", reports_of("outcomes", "targets"), methods, asked.rounds)
    if "sixty" in parts:
        of_pool = {name: method for name, method in methods.items() if name != "b"}
        compare("all municipality reports", reports_of("municipality"), of_pool, asked.rounds)
    if "idle" in parts:
        idle(asked.rounds)
    return None


if __name__ == "__main__":
    main()
