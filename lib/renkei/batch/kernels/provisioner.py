"""The jupyter_client provisioner that has kernels forked by `renkei.batch.kernels.fork_server`.

Registered as `renkei-forking-provisioner` and named in the kernel's kernel.json, so that papermill,
nbclient and JupyterLab all use it without knowing. Batches, and JupyterLab by its extension
`renkei.batch.kernels.lab`, keep a server. Where there is none, where forking is not to be had, or where
RENKEI_KERNEL=ordinary asks for it, the kernel is an ordinary process and nothing else differs.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Int

from renkei.batch.kernels.starting import FORK_SERVER_VARIABLE, KERNEL_VARIABLE, can_fork

#: A server listens within this many seconds, before it imports.
_STARTING = 30
_ENDED = (
    "a forked kernel was expected, but the process that forks kernels has ended; its own message says why. "
    f"{KERNEL_VARIABLE}=ordinary does without it"
)


class ForkingProvisioner(LocalProvisioner):
    """Has a kernel forked by a server that has its imports done."""

    process: Any

    memory_limit = Int(
        None, allow_none=True, help="Most bytes of data that a forked kernel may have; no limit if None."
    ).tag(config=True)

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """What the kernel is launched with; one that is forked is talked to where other users cannot listen.

        A port on loopback is open to everybody on the machine, and what a kernel prints goes there unasked.
        """
        manager = self.parent
        address = _server_for(self.kernel_spec.argv)
        if address and manager is not None and manager.transport == "tcp":
            manager.transport, manager.ip = "ipc", f"{Path(address).parent}/{self.kernel_id[:8]}"
        prepared: dict[str, Any] = await super().pre_launch(**kwargs)
        return prepared

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel and give its connection info; `cmd` must run ipykernel_launcher to be forked."""
        address = _server_for(cmd)
        if not address:
            info: KernelConnectionInfo = await super().launch_kernel(cmd, **kwargs)
            return info
        # Imports may still go on in the server; this event loop must not wait for them.
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        cwd = kwargs.get("cwd") or str(Path.cwd())
        kernel = await asyncio.to_thread(
            ForkedKernel, address, arguments, kwargs["env"], cwd, self.memory_limit
        )
        self.process, self.pid, self.pgid = kernel, kernel.pid, kernel.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """Return code of the kernel, as soon as it has ended."""
        if not isinstance(self.process, ForkedKernel):
            code: int | None = await super().wait()
            return code
        process, self.process = self.process, None
        return await asyncio.to_thread(process.wait)


class ForkedKernel:
    """A forked kernel, as far as jupyter_client uses a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(
        self, address: str, argv: Sequence[str], env: dict[str, str], cwd: str, memory_limit: int | None
    ) -> None:
        from renkei.batch.kernels.fork_server import is_own_user, launch_request

        self.returncode: int | None = None
        self._said = b""
        self._connection = _connected(address)
        if not is_own_user(self._connection):
            self._connection.close()
            raise RuntimeError(f"{address}: a process of this user was expected there, found another user's")
        request = launch_request(argv, env, cwd, memory_limit)
        # The descriptors go with the first bytes, which must not be split.
        socket.send_fds(self._connection, [request[:8]], [1, 2])
        self._connection.sendall(request[8:])
        started = self._next_message(timeout=None)
        if not started:
            self._connection.close()
            raise RuntimeError(_ENDED)
        self.pid = started["pid"]

    def poll(self) -> int | None:
        """The return code, or None while the kernel runs."""
        if self.returncode is None:
            self._take(self._next_message(timeout=0))
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The return code, once the kernel has ended."""
        if self.returncode is None:
            self._take(self._next_message(timeout))
        if self.returncode is None:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Have the server send a signal to the kernel and its own children."""
        if self.poll() is None:
            self._connection.send(bytes([number]))

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(15)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(9)

    def _take(self, message: dict[str, int] | None) -> None:
        if message is None:
            return
        # Without a word the server itself has ended, and killed its kernels.
        self.returncode = message.get("returncode", -9)
        self._connection.close()

    def _next_message(self, timeout: float | None) -> dict[str, int] | None:
        """What the server says next; {} if it has ended, None if it says nothing in time."""
        while b"\n" not in self._said:
            if not select.select([self._connection], [], [], timeout)[0]:
                return None
            try:
                part = self._connection.recv(4096)
            except ConnectionError:
                part = b""
            if not part:
                return {}
            self._said += part
        line, _, self._said = self._said.partition(b"\n")
        message: dict[str, int] = json.loads(line)
        return message


def _server_for(command: Sequence[str]) -> str | None:
    """Where the server listens that forks what this command would start; None where it starts by itself."""
    forks = can_fork() and "ipykernel_launcher" in command
    return os.environ.get(FORK_SERVER_VARIABLE) if forks else None


def _connected(address: str) -> socket.socket:
    """A connection to the server, which may just be starting."""
    deadline = time.monotonic() + _STARTING
    while True:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(address)
            return connection
        except ConnectionRefusedError as error:
            connection.close()
            raise RuntimeError(_ENDED) from error
        except FileNotFoundError:
            connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
