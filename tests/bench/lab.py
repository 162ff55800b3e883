"""One page after an edit in a warm JupyterLab: run all cells, save, export, as its menus do.

`python -m bench.lab NOTEBOOK` prints what the cells take by themselves in a warm process.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import websocket
from renkei.checkout import Checkout

from bench.floor import run_cells
from bench.jobs import Job
from bench.measuring import surroundings

_TOKEN = "bench"  # noqa: S105 - of a server that only this machine reaches
_NOTEBOOK = "targets.ipynb"
_PATIENCE = 120


def edited(rounds: int) -> list[tuple[float, float]]:
    """Of each round the seconds from Run All to the page after an edit, and of the cells by themselves."""
    pairs = []
    with tempfile.TemporaryDirectory(prefix="renkei-bench-") as folder:
        root = Path(folder)
        for name in ("lib", "data", "notebooks"):
            shutil.copytree(Checkout.current().root / name, root / name)
        module = root / "lib" / "renkei" / "report" / "targets.py"
        with _server(root) as address, _Kernel(address) as kernel:
            for number in range(rounds + 1):
                with module.open("a", encoding="utf-8") as lines:
                    lines.write(f"# Edit {number}.\n")
                begun = time.monotonic()
                _export(address, root, kernel)
                pairs.append((time.monotonic() - begun, _cells_alone(root)))
    # The first time everything is loaded: not warm yet.
    return pairs[1:]


def _export(address: str, root: Path, kernel: _Kernel) -> None:
    notebook = json.loads((root / "notebooks" / _NOTEBOOK).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = kernel.outputs("".join(cell["source"]))
    body = {"type": "notebook", "format": "json", "content": notebook}
    _asked(f"{address}/api/contents/{_NOTEBOOK}", "PUT", body)
    page = _asked(f"{address}/nbconvert/renkei_html/{_NOTEBOOK}")
    if b"<h1" not in page:
        raise SystemExit("a page with a heading was expected of JupyterLab's export")


def _cells_alone(root: Path) -> float:
    command = [sys.executable, "-m", "bench.lab", str(root / "notebooks" / _NOTEBOOK)]
    return float(
        subprocess.run(command, capture_output=True, text=True, check=True, env=surroundings()).stdout
    )


@contextmanager
def _server(root: Path) -> Iterator[str]:
    """The address of a JupyterLab on a copy of the project."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.port={port}",
         f"--IdentityProvider.token={_TOKEN}", f"--ServerApp.root_dir={root / 'notebooks'}",
         "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url=None"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(root / "lib"), "JUPYTER_CONFIG_DIR": str(root / "config")},
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                _asked(f"{address}/api")
                break
            except OSError:
                if server.poll() is not None:
                    raise SystemExit("JupyterLab ended before it answered") from None
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=_PATIENCE)


def _asked(address: str, method: str = "GET", body: object = None) -> bytes:
    """What the server answers."""
    request = urllib.request.Request(  # noqa: S310 - our own server
        address,
        None if body is None else json.dumps(body).encode("utf-8"),
        {"Authorization": f"token {_TOKEN}", "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - likewise
        content: bytes = answer.read()
    return content


class _Kernel:
    """A kernel of the server, asked as the browser asks it."""

    def __init__(self, address: str) -> None:
        made = json.loads(_asked(f"{address}/api/kernels", "POST", {"name": "renkei"}))
        self._session = uuid.uuid4().hex
        channels = f"{address.replace('http', 'ws', 1)}/api/kernels/{made['id']}/channels"
        self._socket = websocket.create_connection(
            f"{channels}?session_id={self._session}",
            header=[f"Authorization: token {_TOKEN}"],
            timeout=_PATIENCE,
        )

    def __enter__(self) -> _Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        with closing(self._socket):
            pass

    def outputs(self, code: str) -> list[dict[str, Any]]:
        """What a cell shows."""
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": "execute_request", "username": "", "session": self._session,
                  "date": "", "version": "5.3"}  # fmt: skip
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        self._socket.send(
            json.dumps(
                {
                    "header": header,
                    "parent_header": {},
                    "metadata": {},
                    "content": content,
                    "channel": "shell",
                }
            )
        )
        shown: list[dict[str, Any]] = []
        while True:
            message = json.loads(self._socket.recv())
            if message["parent_header"].get("msg_id") != number:
                continue
            kind, told = message["header"]["msg_type"], message["content"]
            if kind == "error":
                raise SystemExit(f"a cell failed in JupyterLab: {told['ename']}: {told['evalue']}")
            if kind in ("execute_result", "display_data"):
                told.pop("transient", None)
                shown.append({"output_type": kind, **told})
            if kind == "status" and told["execution_state"] == "idle":
                return shown


def _main(notebook: str) -> None:
    job = Job(notebook, "", {})
    run_cells(job)
    begun = time.monotonic()
    run_cells(job)
    print(time.monotonic() - begun)


if __name__ == "__main__":
    _main(sys.argv[1])
