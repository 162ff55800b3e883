"""Commands killed at named steps: nothing torn, and the next run makes all good and leaves nothing behind.

    python tests/kills.py       30 kills each of render, build and actuals import; `make kills`

In a copy of the project, with a temporary folder of its own. `make test` runs a few (tests/test_kills.py).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil
from conftest import PATIENCE, ROOT, notebook_of
from offices import row, workbook
from renkei.checkout import CHECKOUT_VARIABLE
from renkei.whole_files import UNFINISHED

#: Set in a command, and so in all processes that descend from it.
_MARK = "RENKEI_TEST_MARK"
_OF_BEFORE = b"of before"
_LOCKS = (".lock",)
#: filelock makes a lock in a folder of this name, and takes away what killed processes left of it.
_LOCK_IN_MAKING = ".filelock-"
#: Printed in pieces, which a kernel sends as they come.
_PRINTING = """import pandas, sys
print(fiscal_year)
print("注意", file=sys.stderr, flush=True)
print("続き", flush=True)
print("終わり")"""


def _steps(module: str, *calls: str) -> Iterator[str]:
    """`f 1 2` are the steps before and after the first and the second call of f in the module."""
    for call in calls:
        function, *numbers = call.split()
        for number in numbers:
            for when in ("before", "after"):
                yield f"renkei.{module}:{function}:{when}:{number}"


#: Module, function, before or after it, and at which call in a process.
RENDER = (
    *_steps("batch.fingerprints", "surroundings 1"),
    *_steps("batch.folder", "clear_unfinished 1"),
    *_steps("batch.kernels.starting", "ForkServer 1"),
    *_steps("batch.pool", "_in_pool 1", "_render 1 2"),
    *_steps("batch.one", "make 1", "execute 1 2", "content_of 1"),
    *_steps("whole_files", "_keep 1 2", "_replace 1"),
    *_steps("batch.results", "write_record 1"),
    *_steps("batch.index", "write_index 1"),
)
BUILD = (
    *_steps("tables.build", "clear_unfinished 1", "tables_from_documents 1", "_read 1 2", "replace_files 1"),
    *_steps("whole_files", "_keep 1 2 4 6", "_replace 1 2 3 5 6", "_take_away 1"),
)
IMPORT = (
    *_steps("actuals.importing", "_sent 1", "clear_unfinished 1", "_years 1", "write_with_tables 1"),
    *_steps("scratch", "_folder_in 1"),
    *_steps("actuals.writing", "tables_from_documents 1", "replace_files 1"),
    *_steps("whole_files", "_demand_no_folders 1", "_keep 1 2 3", "_replace 1 2 3", "_take_away 1"),
)


@dataclass(frozen=True)
class Killed:
    """A command to kill: its arguments and steps, what it starts from, the folder that it changes."""

    arguments: tuple[str, ...]
    steps: tuple[str, ...]
    prepare: Callable[[Path], None]
    folder: str


def small_families(root: Path) -> None:
    """A copy of the project in which three reports of two families are made in no time."""
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns(".lock"))
    for name, years in (("first", "[2024]"), ("second", "[2024, 2025]")):
        (root / f"notebooks/{name}.ipynb").write_text(
            notebook_of(_PRINTING, "fiscal_year = 2024"), encoding="utf-8"
        )
        with (root / "notebooks/reports.toml").open("a", encoding="utf-8") as file:
            file.write(
                f'\n[{name}]\nnotebook = "{name}.ipynb"\ntitle = "題"\nfile = "{name}-{{fiscal_year}}"\n'
                f"parameters.fiscal_year = {{ values = {years} }}\n"
            )


def _with_reports_of_before(root: Path) -> None:
    small_families(root)
    (root / "reports").mkdir()
    for name in ("first-2024.html", "second-2025.ipynb", "index.html"):
        (root / "reports" / name).write_bytes(_OF_BEFORE)


def _with_tables_of_before(root: Path) -> None:
    small_families(root)
    for table in (root / "data" / "tables").glob("*.csv"):
        table.write_bytes(_OF_BEFORE)


def _with_a_workbook(root: Path) -> None:
    small_families(root)
    workbook(root / "sent.xlsx", row(), row("2024-44-1", 3500))


COMMANDS = {
    "render": Killed(
        ("render", "first", "second", "--format", "html", "--jobs", "2"), RENDER, _with_reports_of_before,
        "reports",
    ),
    "build": Killed(("build",), BUILD, _with_tables_of_before, "data"),
    "import": Killed(
        ("actuals", "import", "--entered-on", "2025-07-01", "--accept", "2024-44-1", "--reason", "架空",
         "sent.xlsx"),
        IMPORT, _with_a_workbook, "data",
    ),
}  # fmt: skip


class Kills:
    """One command, killed again and again, each time in a new copy of the same project."""

    def __init__(self, command: Killed, folder: Path) -> None:
        self._command, self._folder = command, folder
        self._fresh = folder / "fresh"
        command.prepare(self._fresh)
        self.before = _files(self._fresh / command.folder)
        undisturbed = self._copy()
        code = self._run(undisturbed)
        assert 0 == code, f"{command.arguments} ended with {code}"
        #: What the command makes when nobody disturbs it.
        self.done = _files(undisturbed / command.folder)
        shutil.rmtree(undisturbed)

    def at(self, step: str) -> list[str]:
        """What is wrong after a kill at this step and after the next run; nothing, if all is well."""
        root = self._copy()
        wrong = []
        code = self._run(root, step)
        if code != -signal.SIGKILL:
            wrong.append(f"it was to be killed, and ended with {code}")
        for name, content in _files(root / self._command.folder).items():
            is_passing = name.endswith(UNFINISHED) or name.startswith(_LOCK_IN_MAKING)
            if not is_passing and content not in (self.before.get(name), self.done.get(name)):
                wrong.append(f"{name} is neither as before nor as it should become")
        code = self._run(root)
        if code != 0:
            wrong.append(f"the next run ended with {code}")
        found = _files(root / self._command.folder)
        wrong += [f"{name}: not made good" for name in self.done if self.done[name] != found.get(name)]
        wrong += [f"{name} was left" for name in found if name not in self.done]
        wrong += [f"{path} was left" for path in (root / "tmp").rglob("*")]
        shutil.rmtree(root)
        return wrong

    def _copy(self) -> Path:
        # A short path, since sockets lie below.
        root = self._folder / "now"
        shutil.copytree(self._fresh, root)
        (root / "tmp").mkdir()
        return root

    def _run(self, root: Path, step: str = "") -> int:
        """How the command ended, all processes of its own with it."""
        mark = uuid.uuid4().hex
        own = [str(ROOT / "tests" / "kill_at")] if step else []
        path = os.pathsep.join([*own, os.environ.get("PYTHONPATH", "")])
        settings = {_MARK: mark, "TMPDIR": str(root / "tmp"), CHECKOUT_VARIABLE: str(root)}
        with (root.parent / "told").open("wb") as told:
            ended = subprocess.run(
                [sys.executable, "-c", "from renkei.cli import main; main()", *self._command.arguments],
                cwd=root, env={**os.environ, **settings, "PYTHONPATH": path, "KILL_AT": step or ":::"},
                stdout=told, stderr=told, check=False,
            )  # fmt: skip
        # Those that end may just be starting others.
        while running := _marked(mark):
            left = psutil.wait_procs(running, timeout=PATIENCE)[1]
            for process in left:
                process.kill()
            assert [] == left, f"{step}: processes were left"
        return ended.returncode


def _marked(mark: str) -> list[psutil.Process]:
    """All processes that descend from one that was started with this mark."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(_MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def _files(folder: Path) -> Mapping[str, bytes]:
    """Each file below a folder with its bytes; a lock is nobody's content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in _LOCKS
    }


def main() -> None:
    """Kill every command at each of its steps; exit status 1 if anything is wrong after any of them."""
    found = 0
    for name, command in COMMANDS.items():
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="kills-") as folder:
            kills = Kills(command, Path(folder))
            for step in command.steps:
                for wrong in kills.at(step):
                    found += 1
                    print(f"{name}, {step}: {wrong}")
        print(f"{name}: {len(command.steps)} kills, {time.monotonic() - start:.0f} s")
    print(f"{found} things were wrong")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
