"""Odd command lines: each is refused with one short message, before anything starts or is written."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Command
from renkei.batch.addresses import scheduler_address
from renkei.checkout import Checkout
from renkei.cli import main
from renkei.cli_errors import tell_unexpected
from renkei.errors import ParameterError

_MOST_LINES = 20
#: What is no year, no municipality, no family and no format.
NONSENSE = (
    "", " ", "2025;rm", "1e3", "-1", "0", "../x", "..", "/dev/null", "%s", "{}", "2025-", "2025,,2026",
    "0x7e9", "²⁰²⁵", "９９９９９", "9" * 5000, "\x1b[2Jx", "\x07", "a\nb" * 40, "\u202e5202", "\udcff",
    "True", "None", "nan", "*",
)  # fmt: skip
NO_NUMBERS = ("", "x", "1e3", "1.5", "-", "²", "0x1", "nan", "\x1b[2J", "9" * 5000)
NO_ADDRESSES = (
    "", "garbage", "http://x", "127.0.0.1:8786", "tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:",
    "tcp://127.0.0.1:abc", "tcp://127.0.0.1:0", "tcp://127.0.0.1:99999", "tcp://127.0.0.1:-1",
    "tcp://127.0.0.1:８７８６", "tcp://:8786",
    "tcp://[::1", "tcp://[::1]", "tcp://[::x]:1", "tcp://::1:8786", "tcp://a b:1", "tcp://a:1/x", "tcp://u@h:1",
    "tcp://999.0.0.1:1", "tcp://1.2.3:1", "tcp://a..b:1", "tcp://-a:1", "tcp://a:1\n", "TCP://a:1", "inproc://a:1",
    "tcp://" + "a" * 10_000 + ":1", "\x1b[2J", "tcp://a:" + "1" * 10_000,
)  # fmt: skip
#: An option or argument of a command, with `?` for its value, and the values that it must not take.
CALLS = {
    "render FAMILY": (["render", "?"], NONSENSE),
    "render --fiscal-year": (["render", "targets", "--fiscal-year=?"], NONSENSE),
    "render --municipality": (["render", "--municipality=?"], NONSENSE),
    "render --format": (["render", "targets", "--format=?"], NONSENSE),
    "render --jobs": (["render", "targets", "--jobs=?"], (*NO_NUMBERS, "0", "-1")),
    "render --scheduler": (["render", "targets", "--scheduler=?"], NO_ADDRESSES),
    # There is nothing to accept, whatever is said of it.
    "build --accept": (["build", "--accept=?"], ("", "\x07", "9" * 5000, "../x")),
    "tables --format": (["tables", "--format=?"], NONSENSE),
    "crosswalk PLAN": (["crosswalk", "--", "?"], (*NO_NUMBERS, "0", "-1", "1926")),
    "mail FAMILY": (["mail", "?"], NONSENSE[:9]),
    "mail --fiscal-year": (["mail", "targets", "--fiscal-year=?"], NONSENSE),
    "mail --municipality": (["mail", "targets", "--fiscal-year=2025", "--municipality=?"], NONSENSE),
    "mail --format": (["mail", "targets", "--fiscal-year=2025", "--format=?"], NONSENSE),
    "mail --size-limit": (
        ["mail", "targets", "--fiscal-year=2025", "--size-limit=?"], ("", "x", "-1", "1e9", "²")
    ),
    "template --fiscal-year": (["actuals", "template", "--fiscal-year=?"], NONSENSE),
    "template --municipality": (
        ["actuals", "template", "--fiscal-year=2025", "--municipality=?"], NONSENSE[:5]
    ),
    "template --project": (
        ["actuals", "template", "--fiscal-year=2025", "--project=?"], (*NO_NUMBERS, "0", "-1", "99")
    ),
    "import --entered-on": (["actuals", "import", "x.xlsx", "--entered-on=?"], NONSENSE),
    "import --accept": (
        ["actuals", "import", "x.xlsx", "--entered-on=2025-07-01", "--accept=?"], NONSENSE
    ),
    "import --take": (
        ["actuals", "import", "x.xlsx", "--entered-on=2025-07-01", "--take=?"], NONSENSE
    ),
    "rate --fiscal-year": (["actuals", "rate", "--fiscal-year=?"], NONSENSE),
    "status --fiscal-year": (["actuals", "status", "--fiscal-year=?"], NONSENSE),
    "a command": (["?"], NONSENSE),
    "an option": (["render", "--?"], ("x", "fiscal_year", "jobs", "\x1b[2J", "9" * 5000)),
}  # fmt: skip


def demand_refused(called: Command, arguments: list[str]) -> None:
    """A command line ends with 1 or 2, and one message of at most a screen that steers no terminal."""
    told = called(*arguments)
    lines = told.stderr.splitlines()

    assert told.returncode in (1, 2), arguments
    assert lines and len(lines) <= _MOST_LINES, (arguments, told.stderr[:500])
    assert all(len(line) < 1000 for line in lines), arguments
    assert not {"\x1b", "\x07", "\u202e"} & set(told.stderr), arguments
    assert "Traceback" not in told.stderr, arguments
    assert "" == told.stdout, arguments


def files_below(folder: Path) -> dict[Path, int]:
    """Each file and folder, a file with when it was written; a lock is there once anybody has read."""
    return {
        path: path.stat().st_mtime_ns if path.is_file() else 0
        for path in folder.rglob("*")
        if path.name != ".lock"
    }


@pytest.mark.parametrize(("call", "values"), CALLS.values(), ids=CALLS)
def test_nonsense_is_refused(
    checkout_copy: Checkout, called: Command, call: list[str], values: tuple[str, ...]
) -> None:
    """Whatever stands there in place of a year, a name, a number or an address; nothing is written."""
    before = files_below(checkout_copy.root)

    for value in values:
        demand_refused(called, [part.replace("?", value) for part in call])

    assert before == files_below(checkout_copy.root)


#: Where a command writes or reads, and what stands there that is neither a file nor a folder to be used.
PLACES = {
    "tables": ["tables", "--output"],
    "render": ["render", "outcomes", "--output"],
    "template": ["actuals", "template", "--fiscal-year=2025", "--project=14", "--output"],
    "mail": ["mail", "targets", "--fiscal-year=2025", "--output"],
    "recipients": ["mail", "targets", "--fiscal-year=2025", "--recipients"],
    "import": ["actuals", "import", "--entered-on=2025-07-01"],
}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Devices, a file, links that lead nowhere, a socket and a pipe in which nobody writes."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "file").write_text("x")
    (folder / "dangling").symlink_to(folder / "nothing/there")
    (folder / "loop").symlink_to(folder / "loop")
    os.mkfifo(folder / "pipe")
    names = ("file", "file/below", "dangling", "loop", "pipe", "socket")
    with socket.socket(socket.AF_UNIX) as listener:
        # A socket's whole path is short; the folder's may not be.
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            listener.bind("socket")
        yield [*(f"{folder}/{name}" for name in names), "/dev/null", "/dev/full", "/dev/null/below", ""]


@pytest.mark.skipif(sys.platform == "win32", reason="devices, pipes and links of Unix")
@pytest.mark.parametrize("call", PLACES.values(), ids=PLACES)
def test_a_place_that_is_no_place_is_refused(
    checkout_copy: Checkout,
    called: Command,
    places: list[str],
    call: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One message, nothing waits for it, and no report comes of it."""
    # What would be written there takes long to make.
    monkeypatch.setattr("renkei.page.tables_workbook.tables_workbook", lambda *_: b"")
    for place in places:
        # The folder of the command itself is one to write to.
        if place or call[-1] != "--output":
            demand_refused(called, [*call, place])

    assert not checkout_copy.reports.exists() or [] == [*checkout_copy.reports.rglob("*.html")]


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_none(address: str) -> None:
    """Whoever asks."""
    with pytest.raises(ParameterError, match=r"--scheduler takes tcp://HOST:PORT or tls://HOST:PORT"):
        scheduler_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "tcp://127.0.0.1:8786",
        "tls://scheduler.example.jp:1",
        "tcp://[::1]:65535",
        "tcp://dask_scheduler:8786",
    ],
)
def test_an_address_of_a_scheduler_is_taken(address: str) -> None:
    """A name, or a number of either kind, with its port."""
    assert address == scheduler_address(address)


def greeting(said: bytes) -> Iterator[str]:
    """The address of a server that says this to each who connects, and nothing more."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            kept.append(connection)
            connection.sendall(said)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    # Closing alone does not wake who waits in accept.
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()
    for connection in kept:
        connection.close()


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that accepts and says nothing."""
    yield from greeting(b"")


@pytest.fixture
def other() -> Iterator[str]:
    """A server of something else."""
    yield from greeting(b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")


@pytest.mark.parametrize("server", ["silent", "other"])
def test_what_answers_as_no_scheduler_does_is_told(
    called: Command,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    server: str,
) -> None:
    """Nothing, or something else: one message with the address, and no report begun."""
    monkeypatch.setattr("renkei.batch.cluster._CONNECTING", 1)
    address = request.getfixturevalue(server)
    call = ["render", "outcomes", "--scheduler", address, "--output", str(tmp_path)]
    told = called(*call)

    assert (1, 1) == (told.returncode, len(told.stderr.splitlines()))
    assert f"error: {address}: a Dask scheduler was expected there, found: " in told.stderr
    assert [] == [path.name for path in tmp_path.rglob("*.ipynb")]


def test_a_fault_of_the_program_is_told_shortly_and_kept_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One short message, and the file with the details that the message names."""

    def fail() -> None:
        raise LookupError("\n".join(f"line {number} \x1b[2J" for number in range(99)))

    monkeypatch.setattr("renkei.cli.app", fail)
    monkeypatch.setattr("sys.argv", ["renkei"])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(SystemExit, match="1"):
        main()
    told = capsys.readouterr().err
    [kept] = tmp_path.iterdir()

    assert "a fault of this program: LookupError: line 0" in told
    assert f"Its details are in {kept}: send them to whoever mends this program, then delete the file" in told
    assert len(told.splitlines()) <= _MOST_LINES
    assert "\x1b" not in told
    assert "in fail" in kept.read_text(encoding="utf-8")


def test_a_fault_whose_details_cannot_be_kept_is_told_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a full disk, say, there is no second fault instead of the first."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    tell_unexpected(LookupError("the first"))
    told = capsys.readouterr().err

    assert "a fault of this program: LookupError: the first\nIts details could not be kept (" in told
