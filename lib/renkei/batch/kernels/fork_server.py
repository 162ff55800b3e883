"""A process that imports once and then forks kernels from itself, each a new process.

    python -P -m renkei.batch.kernels.fork_server SOCKET MODULE...

It listens on a Unix socket. Each connection is one kernel: the client sends what to run
(`launch_request`, JSON), hears the process's id, later its return code, and may send signals. A kernel
ends with its connection, and all of them with the server, which ends when its standard input
is closed. So nothing is left behind when whoever started it is killed.

What a client sends is run, so the socket lies in a folder that this user alone can enter, and who is another
user is not heard, should the folder ever stand open.

The process has one thread and no ZeroMQ context when it forks: a copy of either would be broken.
"""

from __future__ import annotations

import array
import ctypes
import gc
import importlib
import json
import os
import resource
import selectors
import signal
import socket
import struct
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

_LENGTH = 8
_PR_SET_CHILD_SUBREAPER = 36


def main(address: str, modules: Sequence[str]) -> None:
    """Listen at `address` at once, import the modules, then serve until standard input is closed."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # The socket has its name once it listens: whoever is refused there knows that the server has ended.
    unnamed = Path(f"{address}.starting")
    listener.bind(str(unnamed))
    listener.listen(128)
    unnamed.rename(address)
    # Nothing of what is imported is ever freed: looking for garbage would only cost time, and
    # later touch pages that parent and children share.
    gc.disable()
    for module in ("ipykernel.kernelapp", *modules):
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    if threading.active_count() > 1:
        raise RuntimeError(f"one thread was expected after importing {modules}, found more")
    _Server(listener).serve()


def launch_request(argv: Sequence[str], env: Mapping[str, str], cwd: str, memory_limit: int | None) -> bytes:
    """What a client sends to have a kernel started; stdout and stderr go with it as descriptors."""
    body = json.dumps({"argv": argv, "env": dict(env), "cwd": cwd, "memory_limit": memory_limit}).encode()
    return len(body).to_bytes(_LENGTH, "big") + body


def is_own_user(connection: socket.socket) -> bool:
    """Whether the process at the other end of a Unix socket runs as this user; the system says so."""
    form = "3i"
    told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize(form))
    user: int = struct.unpack(form, told)[1]
    return user == os.geteuid()


class _Server:
    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._kernels: dict[int, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        wake_reader, wake_writer = socket.socketpair()
        wake_reader.setblocking(False)
        wake_writer.setblocking(False)
        signal.set_wakeup_fd(wake_writer.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        # Ctrl+C on a terminal is for the command that started this process; it closes standard input.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # A cell that ends its parent would end the kernels of all other reports.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _take_orphans()
        self._own = (listener, wake_reader, wake_writer)
        self._selector.register(listener, selectors.EVENT_READ)
        self._selector.register(wake_reader, selectors.EVENT_READ)
        self._selector.register(sys.stdin.fileno(), selectors.EVENT_READ)
        self._wake = wake_reader

    def serve(self) -> None:
        """Fork, pass on signals and report ends until standard input is closed; then end every kernel."""
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._listener:
                    self._launch(self._listener.accept()[0])
                elif key.fileobj is self._wake:
                    with suppress(BlockingIOError):
                        self._wake.recv(4096)
                    self._report_ends()
                elif key.fd == sys.stdin.fileno():
                    for pid in self._kernels:
                        _signal_group(pid, signal.SIGKILL)
                    self._end_all()
                    return
                elif key.data in self._kernels:
                    self._hear(key.data)

    def _launch(self, connection: socket.socket) -> None:
        if not is_own_user(connection):
            connection.close()
            return
        try:
            request, descriptors = _received(connection)
        except (OSError, ValueError):
            connection.close()
            return
        pid = os.fork()
        if pid == 0:
            _become_kernel(self, connection, request, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        self._kernels[pid] = connection
        self._selector.register(connection, selectors.EVENT_READ, pid)

    def _hear(self, pid: int) -> None:
        connection = self._kernels[pid]
        try:
            said = connection.recv(1)
        except OSError:
            said = b""
        if said:
            _signal_group(pid, said[0])
        else:
            self._selector.unregister(connection)
            _signal_group(pid, signal.SIGKILL)

    def _end_all(self) -> None:
        """Wait for the end of the killed kernels, and of what they have left behind."""
        with suppress(ChildProcessError):
            while True:
                self._kernels.pop(os.waitpid(-1, 0)[0], None)
                self._end_orphans()

    def _end_orphans(self) -> None:
        """End what an ended kernel has started and left running, in whatever group or session."""
        for pid in _children():
            if pid not in self._kernels:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def _report_ends(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid not in self._kernels:
                # One that a kernel has left behind; what it has started itself comes here now.
                self._end_orphans()
                continue
            connection = self._kernels.pop(pid)
            self._end_orphans()
            with suppress(KeyError):
                self._selector.unregister(connection)
            _tell(connection, {"returncode": os.waitstatus_to_exitcode(status)})
            connection.close()

    def close(self) -> None:
        """Close, in a forked child, what belongs to the server."""
        signal.set_wakeup_fd(-1)
        self._selector.close()
        for own in (*self._own, *self._kernels.values()):
            own.close()


def _received(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    size = array.array("i").itemsize
    head, descriptors, _, _ = socket.recv_fds(connection, _LENGTH, 2 * size)
    length = int.from_bytes(head, "big")
    body = b""
    while len(body) < length:
        part = connection.recv(length - len(body))
        if not part:
            raise ValueError("the request ended early")
        body += part
    return json.loads(body), list(descriptors)


def _tell(connection: socket.socket, message: dict[str, int]) -> None:
    with suppress(OSError):
        connection.sendall(json.dumps(message).encode() + b"\n")


def _signal_group(pid: int, number: int) -> None:
    """Signal the kernel and its children; the kernel alone where it has no group of its own yet."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _become_kernel(
    server: _Server, connection: socket.socket, request: dict[str, Any], descriptors: list[int]
) -> NoReturn:
    """In the child: be what `python -m ipykernel_launcher` would be, without the imports."""
    code = 1
    try:
        os.setsid()
        # Only now can the whole group be signalled, so only now may the client know of it.
        _tell(connection, {"pid": os.getpid()})
        server.close()
        connection.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # While it runs, what its children leave behind is its own.
        _take_orphans()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with Path(os.devnull).open("rb") as nothing:
            for source, target in zip((nothing.fileno(), *descriptors), (0, 1, 2), strict=True):
                os.dup2(source, target)
        for descriptor in descriptors:
            os.close(descriptor)
        _take_surroundings(request)
        from ipykernel.kernelapp import IPKernelApp

        # Without its parent's id a kernel takes itself for one started by hand.
        sys.argv = ["ipykernel_launcher", *request["argv"], f"--IPKernelApp.parent_handle={os.getppid()}"]
        IPKernelApp.launch_instance()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _take_orphans() -> None:
    """Have this process become the parent of whatever its descendants leave behind (Linux)."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _children() -> list[int]:
    """The processes whose parent this one is."""
    try:
        return [
            int(pid)
            for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
        ]
    except OSError:
        return []


def _take_surroundings(request: dict[str, Any]) -> None:
    """Environment, folder, limits and random numbers of a new process in place of the server's."""
    os.environ.clear()
    os.environ.update(request["env"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(request["cwd"])
    if request["memory_limit"]:
        resource.setrlimit(resource.RLIMIT_DATA, (request["memory_limit"],) * 2)
    if numpy_random := sys.modules.get("numpy.random"):
        numpy_random.seed()
    gc.enable()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
