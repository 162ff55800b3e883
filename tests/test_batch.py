"""Batches: only what changed, the same bytes however they are made, and nothing lost when killed."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import FIVE, PATIENCE, ROOT, Command, edit, made_once, notebook_of, run_renkei
from kills import small_families
from renkei.batch.families import Report
from renkei.batch.fingerprints import fingerprint, is_current
from renkei.batch.kernels.starting import can_fork
from renkei.batch.results import Made, put_in_place
from renkei.checkout import CHECKOUT_VARIABLE, Checkout

TWELVE = ("municipality", "--fiscal-year", "2024", "--format", "html")


def pages_below(folder: Path) -> dict[str, bytes]:
    """Each file of the reports with its bytes; a lock is no file of a report."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def test_one_worker_and_two_write_the_same_bytes(five: Path, tmp_path: Path) -> None:
    """Pages, notebooks, records and index are equal."""
    assert 0 == run_renkei("render", *FIVE, "--jobs", "1", "--output", str(tmp_path)).returncode

    assert 16 == len(pages_below(five))
    assert pages_below(five) == pages_below(tmp_path)


@pytest.fixture(scope="session")
def made_before(shared: Path) -> Path:
    """A project with two small families, whose three reports are up to date; made once."""

    def make(root: Path) -> None:
        small_families(root)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(CHECKOUT_VARIABLE, str(root))
            assert (
                "3 of 3 reports made;" in run_renkei("render", "first", "second", "--format", "html").stdout
            )

    return made_once(shared / "small-families", make)


@pytest.fixture
def made(made_before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A copy of it to change."""
    root = tmp_path / "project"
    shutil.copytree(made_before, root)
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(root))
    return Checkout(root)


def test_what_is_up_to_date_is_not_made_again(made: Checkout, called: Command) -> None:
    """No kernel starts, no file is touched, and the command says so."""
    before = {path: path.stat().st_mtime_ns for path in made.reports.rglob("*.*")}

    result = called("render", "first", "second", "--format", "html")

    assert (0, "") == (result.returncode, result.stderr)
    assert re.fullmatch(r"0 of 3 reports made, 3 unchanged; see .*index\.html\n", result.stdout)
    assert before == {path: path.stat().st_mtime_ns for path in made.reports.rglob("*.*")}


def touch_notebook(checkout: Checkout) -> None:
    edit(checkout.notebooks / "first.ipynb", "print(fiscal_year)", "print(fiscal_year + 1)")


def touch_table(checkout: Checkout) -> None:
    with (checkout.tables / "costs.csv").open("a") as file:
        file.write("\n")


def lose_page(checkout: Checkout) -> None:
    (checkout.reports / "first-2024.html").unlink()


def cut_page(checkout: Checkout) -> None:
    (checkout.reports / "first-2024.html").write_text("half a page")


def spoil_record(checkout: Checkout) -> None:
    (checkout.reports / ".first-2024.made.json").write_text("{")


@pytest.mark.parametrize(
    ("change", "count"),
    [(touch_notebook, 1), (touch_table, 3), (lose_page, 1), (cut_page, 1), (spoil_record, 1)],
)
def test_what_changed_is_made_again(
    made: Checkout, renkei: Command, called: Command, change: Callable[[Checkout], None], count: int
) -> None:
    """A notebook's own reports for the notebook, all of them for data, one for its lost or broken files."""
    change(made)

    assert f"{count} of 3 reports made" in renkei("render", "first", "second", "--format", "html").stdout
    assert "0 of 3 reports made" in called("render", "first", "second", "--format", "html").stdout


def test_an_index_that_a_killed_batch_did_not_write_is_made_up_for(made: Checkout, called: Command) -> None:
    """Killed after its last report and before the index, a batch has nothing to make but that."""
    index = made.reports / "index.html"
    whole = index.read_bytes()

    index.unlink()
    first = called("render", "first", "second", "--format", "html").stdout
    index_after_first = index.read_bytes()
    index.write_bytes(b"of before")
    os.utime(index, ns=(0, 0))
    second = called("render", "first", "second", "--format", "html").stdout

    assert "0 of 3 reports made, 3 unchanged" in first
    assert "0 of 3 reports made, 3 unchanged" in second
    assert whole == index_after_first == index.read_bytes()


def test_a_format_that_is_missing_is_made(made: Checkout, renkei: Command, called: Command) -> None:
    """PDF asked for after HTML alone is made; with --force everything is."""
    assert "1 of 1 reports made;" in renkei("render", "first", "--format", "html,pdf").stdout
    assert "0 of 1 reports made, 1 unchanged" in called("render", "first", "--format", "pdf").stdout
    assert "1 of 1 reports made;" in renkei("render", "first", "--format", "pdf", "--force").stdout


def test_code_and_packages_count(checkout: Checkout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Another version of a package, or another line of the code or of a template, is another surrounding."""
    from renkei.batch import fingerprints

    before = fingerprints.surroundings(checkout)
    (tmp_path / "pandas-99.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    with_package = fingerprints.surroundings(checkout)
    monkeypatch.undo()
    code = tmp_path / "renkei"
    code.mkdir()
    monkeypatch.setattr(fingerprints, "_CODE", code)
    found = {before, with_package, fingerprints.surroundings(checkout)}
    endings = {path.suffix for path in (ROOT / "lib/renkei").rglob("*.*") if path.is_file()} - {".pyc"}
    for ending in sorted(endings):
        for line in ("x = 1\n", "x = 2\n"):
            (code / f"targets{ending}").write_text(line, encoding="utf-8")
            found.add(fingerprints.surroundings(checkout))

    assert {".py", ".typ", ".j2"} <= endings
    assert 3 + 2 * len(endings) == len(found)


@pytest.mark.skipif(not can_fork(), reason="limits and clean ends of kernels are those of forked ones")
def test_hanging_dying_and_greedy_notebooks_are_told_and_the_others_made(
    checkout_copy: Checkout, renkei: Command
) -> None:
    """Time-out, a killed kernel and too much memory fail one report each; the good one is made."""
    notebooks = {
        "hangs": "import time\nwhile True: time.sleep(1)",
        "dies": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
        "greedy": "hoard = [bytearray(2**28) for _ in range(40)]",
        "good": "print('良')",
    }
    for name, code in notebooks.items():
        (checkout_copy.notebooks / f"{name}.ipynb").write_text(notebook_of(code), encoding="utf-8")
        with (checkout_copy.notebooks / "reports.toml").open("a", encoding="utf-8") as file:
            # Only the cell that waits for ever meets its limit; no machine is so slow that others take a day.
            limit = 2 if name == "hangs" else 86_400
            file.write(
                f'\n[{name}]\nnotebook = "{name}.ipynb"\ntitle = "{name}"\n'
                f'file = "{name}"\ncell_timeout = {limit}\n'
            )

    result = renkei("render", *notebooks, "--format", "html")

    assert 1 == result.returncode
    assert "1 of 4 reports made" in result.stdout
    assert "hangs.ipynb, In [1]: a cell ran longer than 2 seconds and was ended" in result.stderr
    assert "dies.ipynb, In [1]: the kernel ended before the notebook did" in result.stderr
    assert "greedy.ipynb, In [1]: MemoryError" in result.stderr
    assert "良" in (checkout_copy.reports / "good.html").read_text(encoding="utf-8")


#: Ends the process that renders its report: with one worker at a time, the only child of the fork server.
_ENDS_ITS_WORKER = """
import os, psutil
with open(f"{os.environ['RENKEI_CHECKOUT']}/attempts", "a") as attempts:
    attempts.write("x")
command = psutil.Process(os.getppid()).parent()
for child in command.children():
    if "multiprocessing.forkserver" in " ".join(child.cmdline()):
        for worker in child.children():
            worker.kill()
import time
while True: time.sleep(1)
"""


@pytest.mark.skipif(not can_fork(), reason="workers are found below the fork server")
def test_where_a_worker_is_ended_only_its_report_fails(checkout_copy: Checkout, renkei: Command) -> None:
    """A report whose process the system ends is tried once and told; those before and after it are made."""
    for name, code in (("first", "1"), ("ended", _ENDS_ITS_WORKER), ("last", "1")):
        (checkout_copy.notebooks / f"{name}.ipynb").write_text(notebook_of(code), encoding="utf-8")
        with (checkout_copy.notebooks / "reports.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[{name}]\nnotebook = "{name}.ipynb"\ntitle = "{name}"\nfile = "{name}"\n')

    result = renkei("render", "first", "ended", "last", "--format", "html", "--jobs", "1")

    assert 1 == result.returncode
    assert "2 of 3 reports made" in result.stdout
    assert "ended: the process that rendered it was ended from outside; is there memory" in result.stderr
    assert "x" == (checkout_copy.root / "attempts").read_text()


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a Dask scheduler on loopback, and its worker processes."""
    from distributed import Client

    started: list[subprocess.Popen[bytes]] = []
    told = folder / "scheduler.json"

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:], "--no-dashboard"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
        )  # fmt: skip
        started.append(process)
        return process

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
        while not told.is_file() or not told.read_text():
            time.sleep(0.1)
        address = re.findall(r"tcp://[\d.:]+", told.read_text())[0]
        begun = [
            start("worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny")
            for _ in range(workers)
        ]
        with Client(address, set_as_default=False, timeout=PATIENCE) as client:
            client.wait_for_workers(workers, timeout=PATIENCE)
        yield address, begun
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


@pytest.mark.skipif(not can_fork(), reason="a lost worker's kernels end with it where they are forked")
def test_a_batch_survives_the_loss_of_a_worker(tmp_path: Path, five: Path) -> None:
    """One of two workers is killed on the way: all reports are made, equal to those made at home."""
    output = tmp_path / "out"
    with cluster(tmp_path, workers=2) as (address, workers):
        batch = subprocess.Popen(
            [sys.executable, "-c", "from renkei.cli import main; main()", "render", *TWELVE,
             "--scheduler", address, "--output", str(output)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        while len(list(output.rglob("municipality-*.html"))) < 3:
            assert batch.poll() is None, batch.communicate()
            time.sleep(0.05)
        workers[1].kill()
        told, problems = batch.communicate()

    assert (0, "") == (batch.returncode, problems)
    assert "12 of 12 reports made" in told
    assert 1 == len(re.findall(r"the worker tcp://\S+ was lost; its reports were made again by others", told))
    assert 12 == len(list(output.rglob("municipality-*.html")))
    everywhere, at_home = pages_below(output), pages_below(five)
    both = {file for file in at_home if file.startswith("fy2024/")}
    assert 3 == len(both)
    assert {file: at_home[file] for file in both} == {file: everywhere.get(file) for file in both}
    assert [] == [file for file in everywhere if file.endswith(".unfinished")]


def test_a_cluster_that_is_not_there_is_told(
    called: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address, what was expected there, and no traceback; however long it waits."""
    monkeypatch.setattr("renkei.batch.cluster._CONNECTING", 0.5)
    result = called("render", "outcomes", "--scheduler", "tcp://127.0.0.1:9", "--output", str(tmp_path))

    assert 1 == result.returncode
    assert "tcp://127.0.0.1:9: a Dask scheduler was expected there" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_worker_with_another_state_of_the_project_is_told(checkout: Checkout) -> None:
    """Reports of two states must not be mixed."""
    from renkei.batch.cluster import make_here

    made = make_here("outcomes", {"fiscal_year": 2021}, ("html",), "another state")

    assert "has other data, code, notebooks or packages than the command that asked" in made.error
    assert {} == made.files


def test_two_batches_do_not_write_to_one_folder(called: Command, tmp_path: Path) -> None:
    """The second is refused at once and says why."""
    fcntl = pytest.importorskip("fcntl", reason="folders are locked where the system has flock")
    with (tmp_path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = called("render", "outcomes", "--output", str(tmp_path))

    assert 1 == result.returncode
    assert "another command works with these reports" in result.stderr


def test_a_notebook_edited_while_its_report_is_made_is_made_again(tmp_path: Path) -> None:
    """The record says what the report was made from, not what stands there when it is done."""
    report = Report("test", tmp_path / "test.ipynb", "題", {}, "made")
    report.notebook.write_text("before")
    made_from = fingerprint(report, "around")
    report.notebook.write_text("after")

    put_in_place(report, Made({"ipynb": b"", "html": b""}, 0.0), tmp_path, made_from)

    assert not is_current(report, tmp_path, ["html"], "around")
    report.notebook.write_text("before")
    assert is_current(report, tmp_path, ["html"], "around")


def test_a_full_disk_leaves_the_good_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second file cannot be written the first is not put in place either, and nothing is left."""
    report = Report("test", tmp_path / "test.ipynb", "題", {}, "test")
    report.notebook.write_text("{}")
    (tmp_path / "test.html").write_text("the good one")
    write_bytes = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if "pdf" in path.name:
            raise OSError(28, "No space left on device", str(path))
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    result = put_in_place(report, Made({"html": b"new", "pdf": b"new"}, 0.0), tmp_path, "around")

    assert "No space left on device" in result.error
    assert {"test.html", "test.ipynb"} == {path.name for path in tmp_path.iterdir()}
    assert "the good one" == (tmp_path / "test.html").read_text()
    assert not is_current(report, tmp_path, ["html"], "around")
