"""Who may read, and talk to, what runs while reports are made or JupyterLab is open: this user alone."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import zmq
from conftest import PATIENCE, notebook_of
from jupyter_client.manager import KernelManager
from jupyter_client.session import Session
from renkei.batch.families import Report
from renkei.batch.kernels.provisioner import ForkedKernel, ForkingProvisioner
from renkei.batch.kernels.starting import FORK_SERVER_VARIABLE, ForkServer, can_fork
from renkei.batch.one import make
from renkei.mail.events import ACCEPTED, Event
from renkei.mail.record import writing_record
from stranger import needs_another_user, serving, tried

pytestmark = pytest.mark.slow
forking = pytest.mark.skipif(not can_fork(), reason="kernels are forked on Linux only")
#: What everybody may do with new files if nothing is said about it, and what nobody may.
UMASKS = (0o000, 0o077)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter and write to, as the system's temporary folder is."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module", params=UMASKS, ids=oct)
def running(request: pytest.FixtureRequest) -> Iterator[tuple[ForkServer, KernelManager]]:
    """A kernel server and a kernel of it, as JupyterLab starts them; its own folder lies in the open."""
    before = os.umask(request.param)
    runtime = Path(tempfile.mkdtemp())
    runtime.chmod(0o777)
    server = ForkServer([])
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(FORK_SERVER_VARIABLE, server.address)
            patch.setenv("JUPYTER_RUNTIME_DIR", str(runtime / "runtime"))
            manager = KernelManager(kernel_name="renkei")
            manager.start_kernel(cwd=str(runtime))
            client = manager.client()
            client.start_channels()
            client.wait_for_ready(timeout=PATIENCE)
            client.stop_channels()
            yield server, manager
            manager.shutdown_kernel(now=True)
    finally:
        server.close()
        os.umask(before)
        shutil.rmtree(runtime)


def mode(path: Path | str) -> int:
    """What owner, group and others may do with a file or folder itself, not with what a link leads to."""
    return stat.S_IMODE(Path(path).lstat().st_mode)


def sockets(manager: KernelManager) -> list[Path]:
    """The sockets by which a kernel is talked to."""
    return [Path(f"{manager.ip}-{port}") for port in manager.ports]


@forking
def test_sockets_lie_in_a_folder_that_only_this_user_can_enter(
    running: tuple[ForkServer, KernelManager],
) -> None:
    """Those of the kernel server and of a kernel in JupyterLab, whatever the umask."""
    server, manager = running
    folder = Path(server.address).parent

    assert 0o700 == mode(folder)
    assert os.getuid() == folder.lstat().st_uid
    assert "ipc" == manager.transport
    assert {folder} == {path.parent for path in sockets(manager)}
    assert [True] * 5 == [path.is_socket() for path in sockets(manager)]


@forking
def test_a_connection_file_is_for_this_user_alone(running: tuple[ForkServer, KernelManager]) -> None:
    """It holds the key by which a kernel knows who may talk to it."""
    file = Path(running[1].connection_file)

    assert json.loads(file.read_text(encoding="utf-8"))["key"]
    assert 0o600 == mode(file)


@forking
@needs_another_user
def test_another_user_can_neither_read_nor_talk_to_what_runs(
    running: tuple[ForkServer, KernelManager], open_folder: Path
) -> None:
    """Server, a kernel's sockets, connection file: nothing is listed, read, written or connected to."""
    server, manager = running
    folder = Path(server.address).parent
    (open_folder / "file").write_text("anybody's")
    (open_folder / "file").chmod(0o666)
    everybodys = [("list", open_folder), ("read", open_folder / "file"), ("write", open_folder / "file")]
    ours: list[tuple[str, Path | str]] = [
        ("list", folder),
        ("make", folder),
        ("connect", server.address),
        *(("connect", path) for path in sockets(manager)),
        ("read", manager.connection_file),
        ("write", manager.connection_file),
    ]

    # Else what follows would say nothing: another user of this machine can do what is allowed.
    assert ["listed", "read", "written"] == tried(*everybodys)
    assert ["PermissionError"] * len(ours) == tried(*ours)


#: A cell that looks at the folder of its own kernel, and has another user try to get in.
LOOKING = """
import json, os, subprocess, sys
from pathlib import Path
from ipykernel.connect import get_connection_file
from stranger import command
file = Path(get_connection_file())
told = {path.name: path.stat().st_mode & 0o777 for path in (file, file.parent)}
sockets = sorted(str(path) for path in file.parent.iterdir() if path.is_socket())
tries = [("list", file.parent), ("read", file), *(("connect", path) for path in sockets)]
became = os.geteuid() == 0 and json.loads(subprocess.run(command(*tries), capture_output=True).stdout)
history = get_ipython().history_manager.enabled
Path("told.json").write_text(json.dumps([str(file), told, len(sockets), became, history]))
"""


@forking
@pytest.mark.parametrize("umask", UMASKS, ids=oct)
def test_what_a_report_needs_is_for_this_user_alone_and_goes_with_it(tmp_path: Path, umask: int) -> None:
    """Sockets and key of its kernel lie in one folder, gone in the end; IPython's history has nothing."""
    notebook = tmp_path / "looking.ipynb"
    here = str(Path(__file__).parent)
    notebook.write_text(notebook_of(f"import sys; sys.path.insert(0, {here!r})\n{LOOKING}"), encoding="utf-8")
    before = os.umask(umask)
    server = ForkServer([])
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(FORK_SERVER_VARIABLE, server.address)
            made = make(Report("looking", notebook, "looking", {}, "looking"), ())
    finally:
        server.close()
        os.umask(before)
    assert "" == made.error
    file, modes, count, became, is_kept_in_history = json.loads(
        (tmp_path / "told.json").read_text(encoding="utf-8")
    )

    assert [0o600, 0o700] == list(modes.values())
    assert 5 == count
    assert became in (False, ["PermissionError"] * 7)
    assert not Path(file).parent.exists()
    assert not is_kept_in_history


def below(folder: Path, path: str) -> list[Path]:
    """A path and all folders on the way to it from this one."""
    return [each for each in (Path(path), *Path(path).parents) if folder in each.parents]


@forking
@needs_another_user
def test_the_kernel_server_does_not_hear_another_user(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should its folder stand open, whoever is not this user is hung up on, and no process is started."""
    monkeypatch.setattr("tempfile.tempdir", str(open_folder))
    server = ForkServer([])
    try:
        # One of this user is heard, so the server is up.
        own = ForkedKernel(server.address, ["--version"], dict(os.environ), str(open_folder), None)
        own.wait(PATIENCE)
        for path in below(open_folder, server.address):
            path.chmod(0o777)

        assert ["no answer"] == tried(("ask", server.address))
    finally:
        server.close()


@forking
@needs_another_user
def test_nothing_is_told_to_a_kernel_server_of_another_user(open_folder: Path) -> None:
    """A request holds the whole environment, passwords too; who listens in our place gets none of it."""
    with serving(open_folder / "server") as other:
        with pytest.raises(RuntimeError, match="a process of this user was expected there"):
            ForkedKernel(str(open_folder / "server"), [], {"SECRET": "1"}, "/", None)
        told, _ = other.communicate(timeout=PATIENCE)

    assert ["nothing came"] == json.loads(told)


@forking
def test_a_folder_that_somebody_else_made_first_is_not_used(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is a link in its place followed: the kernel server takes another name, and a new folder."""
    elsewhere = open_folder / "elsewhere"
    elsewhere.mkdir()
    (open_folder / "renkei-taken").symlink_to(elsewhere)
    (open_folder / "renkei-made").mkdir(0o777)
    monkeypatch.setattr("tempfile.tempdir", str(open_folder))
    monkeypatch.setattr("tempfile._get_candidate_names", lambda: iter(["taken", "made", "free"]))
    server = ForkServer([])
    try:
        outermost = below(open_folder, server.address)[-1]
        assert outermost.name.endswith("-free")
        assert 0o700 == mode(outermost)
    finally:
        server.close()

    assert [] == [*elsewhere.iterdir(), *(open_folder / "renkei-made").iterdir()]


@needs_another_user
@pytest.mark.parametrize("umask", UMASKS, ids=oct)
def test_another_user_cannot_read_what_was_sent(open_folder: Path, umask: int) -> None:
    """Neither the record of mail nor the letters that are kept, whatever the umask: both hold addresses."""
    before = os.umask(umask)
    try:
        with writing_record(open_folder / "record") as record:
            record.add(Event("2026-04-01T09:00:00+09:00", ACCEPTED, "fy2025/targets", "taro@example.jp"))
            record.keep("0" * 64, b"To: taro@example.jp")
    finally:
        os.umask(before)
    paths = (record.path, record.kept("0" * 64))

    assert [0o600, 0o600] == [mode(path) for path in paths]
    assert ["PermissionError"] * 3 == tried(("list", record.folder), *(("read", path) for path in paths))


@forking
@pytest.mark.parametrize("key", [b"another key", b""], ids=["a wrong signature", "no signature"])
def test_a_kernel_obeys_only_who_knows_its_key(
    running: tuple[ForkServer, KernelManager], tmp_path: Path, key: bytes
) -> None:
    """A message with a wrong signature, or none, is neither done nor answered; the next right one is both."""
    manager = running[1]
    content = {"code": "", "silent": False, "store_history": False, "user_expressions": {},
               "allow_stdin": False, "stop_on_error": True}  # fmt: skip
    with zmq.Context() as context, context.socket(zmq.DEALER) as end:
        end.connect(manager._make_url("shell"))
        right = Session(key=manager.session.key)
        for session, file in ((Session(key=key), "wrong"), (right, "right")):
            code = f"open({str(tmp_path / file)!r}, 'w').close()"
            session.send(end, "execute_request", {**content, "code": code})
        # Messages of one socket are read in order: the second is answered first only if the first is not.
        assert end.poll(1000 * PATIENCE)
        _, frames = right.feed_identities(end.recv_multipart())
        answer: dict[str, Any] = right.deserialize(frames)

    assert right.session == answer["parent_header"]["session"]
    assert "ok" == answer["content"]["status"]
    assert ["right"] == [path.name for path in tmp_path.iterdir()]


@forking
def test_the_one_port_of_a_kernel_shows_nothing_of_others(running: tuple[ForkServer, KernelManager]) -> None:
    """Only who knows 16 random bytes, as its own forked processes do, has something shown there."""
    manager = running[1]
    assert isinstance(manager.provisioner, ForkingProvisioner) and manager.provisioner.pid
    pid = manager.provisioner.pid
    listening = [
        of.laddr for of in psutil.Process(pid).net_connections("inet") if of.status == psutil.CONN_LISTEN
    ]
    [(host, port)] = listening
    client = manager.client()
    client.start_channels()
    shown: list[str] = []
    try:
        client.wait_for_ready(timeout=PATIENCE)
        asked = {"secret": "get_ipython().kernel.iopub_thread._pipe_uuid.hex()"}
        reply = client.execute_interactive("", user_expressions=asked, timeout=PATIENCE)
        secret = bytes.fromhex(
            reply["content"]["user_expressions"]["secret"]["data"]["text/plain"].strip("'")
        )
        ours = Session(key=manager.session.key)
        with zmq.Context() as context, context.socket(zmq.PUSH) as end:
            end.connect(f"tcp://{host}:{port}")
            # Messages of one socket are read in order.
            for text, known in (("a stranger's", bytes(16)), ("its own", secret)):
                message = ours.serialize(ours.msg("stream", {"name": "stdout", "text": text}))
                end.send_multipart([known, b"stream", *message])
            while not shown:
                told = client.get_iopub_msg(timeout=PATIENCE)
                shown += [told["content"]["text"]] if told["msg_type"] == "stream" else []
    finally:
        client.stop_channels()

    assert "127.0.0.1" == host
    assert ["its own"] == shown


@forking
def test_a_kernel_that_is_started_again_is_reached_as_before(
    running: tuple[ForkServer, KernelManager],
) -> None:
    """By the same sockets, which are new ones; and it answers."""
    manager = running[1]
    before = sockets(manager)
    manager.restart_kernel(now=True)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=PATIENCE)
        reply = client.execute_interactive("1", timeout=PATIENCE, output_hook=lambda _: None)
    finally:
        client.stop_channels()

    assert "ok" == reply["content"]["status"]
    assert "ipc" == manager.transport
    assert before == sockets(manager)
