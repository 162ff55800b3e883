"""Starting kernel servers, without which kernels would import everything anew.

Without jupyter_client, so that a command can start a server before it loads anything itself.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from renkei.scratch import own_folder

#: “ordinary” has kernels started as new processes that import everything anew.
KERNEL_VARIABLE = "RENKEI_KERNEL"
#: Socket of the server that forks the kernels; without it, kernels are ordinary ones.
FORK_SERVER_VARIABLE = "RENKEI_FORK_SERVER"

#: What nearly every notebook imports. The project's own modules are not among them: JupyterLab
#: keeps its server while they are edited.
PRELOADED = (
    "ipykernel.debugger",
    "sqlite3",
    "IPython.extensions.autoreload",
    "pandas",
    "matplotlib.figure",
    "matplotlib.backends.backend_svg",
    "matplotlib.layout_engine",
)


class ForkServer:
    """A kernel server as a child of this process; it ends with `close`, or with this process."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="k-", dir=own_folder())
        self.address = f"{self._folder.name}/server"
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            # As ipykernel's own kernel.json has it, so that its debugger says nothing on stderr.
            [
                sys.executable,
                "-P",
                "-Xfrozen_modules=off",
                "-m",
                "renkei.batch.kernels.fork_server",
                self.address,
                *modules,
            ],
            stdin=subprocess.PIPE,
        )

    def wait(self) -> int:
        """Its exit status, once it has ended by itself."""
        return self._process.wait()

    def close(self) -> None:
        """End the server and its kernels."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()
        self._folder.cleanup()


def can_fork() -> bool:
    """Whether kernels are forked here: on Linux, unless RENKEI_KERNEL=ordinary.

    macOS has `fork`, but its system libraries do not bear it once they are loaded.
    """
    return sys.platform == "linux" and os.environ.get(KERNEL_VARIABLE) != "ordinary"


def start_own_server(modules: Sequence[str]) -> None:
    """Have all kernels that this process starts come from a server that lives as long as it does.

    Does nothing where a server is known already.
    """
    if FORK_SERVER_VARIABLE not in os.environ:
        server = ForkServer(modules)
        os.environ[FORK_SERVER_VARIABLE] = server.address
        atexit.register(server.close)
