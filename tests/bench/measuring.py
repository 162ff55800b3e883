"""What a command and all that it starts take: wall and CPU seconds, and memory over time."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

BIN = Path(sys.executable).parent
TESTS = Path(__file__).parents[1]
#: Seconds between two looks at the memory of all processes.
_LOOKING = 0.25
_SUBREAPER = 36
_PARTS = 4


@dataclass(frozen=True)
class Cost:
    """What one run took."""

    #: Seconds.
    wall: float
    #: Seconds of all processes.
    cpu: float
    #: The largest sum of the processes' proportional set sizes in each quarter of the run, in MiB.
    quarters: tuple[float, ...]
    #: Cores that other programs of the machine had meanwhile.
    others: float

    @property
    def peak(self) -> float:
        """The largest sum of proportional set sizes, by which shared pages count once, in MiB."""
        return max(self.quarters)


def measured(command: Sequence[str], **environment: str) -> Cost:
    """The cost of a command and all that it starts; whatever it leaves running is waited for."""
    busy = _busy()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.measuring", json.dumps(list(command))],
        stdout=subprocess.PIPE, text=True, env=surroundings(**environment),
    )  # fmt: skip
    course: list[tuple[float, float]] = [(0.0, 0.0)]
    looking = threading.Thread(target=_look_at_memory, args=(psutil.Process(process.pid), course))
    looking.start()
    told, _ = process.communicate()
    looking.join()
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    wall, cpu = json.loads(told.splitlines()[-1])
    return Cost(wall, cpu, _quarters(course), max(0.0, (_busy() - busy - cpu) / wall))


def surroundings(**more: str) -> dict[str, str]:
    """The environment in which these modules are found."""
    return {**os.environ, "PYTHONPATH": str(TESTS), **more}


def _busy() -> float:
    """CPU seconds that all programs have had on this machine."""
    times = psutil.cpu_times()
    return float(times.user + times.system)


def _look_at_memory(process: psutil.Process, course: list[tuple[float, float]]) -> None:
    start = time.monotonic()
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        total = 0
        with suppress(psutil.Error):
            for part in process.children(recursive=True):
                with suppress(psutil.Error):
                    total += part.memory_full_info().pss
        course.append((time.monotonic() - start, total / 2**20))
        time.sleep(_LOOKING)


def _quarters(course: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    whole = course[-1][0] or 1.0
    peaks = [0.0] * _PARTS
    for seconds, size in course:
        part = min(_PARTS - 1, int(_PARTS * seconds / whole))
        peaks[part] = max(peaks[part], size)
    return tuple(peaks)


def _run(command: Sequence[str]) -> None:
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


if __name__ == "__main__":
    _run(json.loads(sys.argv[1]))
