"""JupyterLab is for one person on one machine, and the package changes little of Jupyter's own settings."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
from conftest import PATIENCE, ROOT
from renkei.batch.kernels.starting import can_fork
from renkei.git import saved

#: Where the package puts files of its own into Jupyter's folders.
SHARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"][
    "targets"
]["wheel"]["shared-data"]


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    """What the package puts below the folder of an environment."""
    for source, target in SHARED.items():
        shutil.copytree(ROOT / source, tmp_path / "env" / target, dirs_exist_ok=True)
    return tmp_path / "env"


def settings_with(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> dict[str, Any]:
    """The settings of a plain Jupyter server whose environment has these folders of settings."""
    from jupyter_server.serverapp import ServerApp

    monkeypatch.setattr("jupyter_core.paths.ENV_CONFIG_PATH", [str(folder) for folder in folders])
    monkeypatch.setattr("jupyter_core.paths.SYSTEM_CONFIG_PATH", [])
    server = ServerApp()
    server.load_config_file()
    server.find_server_extensions()
    return {
        **{
            f"{name}.{key}": value
            for name, keys in server.config.items()
            for key, value in keys.items()
            if key != "jpserver_extensions"
        },
        **{f"extension {name}": is_on for name, is_on in server.jpserver_extensions.items()},
    }


def test_a_plain_server_differs_in_what_the_docs_name(
    prefix: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two extensions are on, and no setting is another one than without the package."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "own"))
    monkeypatch.delenv("JUPYTER_CONFIG_PATH", raising=False)
    without, with_it = settings_with(monkeypatch), settings_with(monkeypatch, prefix / "etc/jupyter")
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    added = {"extension renkei.batch.kernels.lab": True, "extension renkei.git.saved": True}

    assert {**without, **added} == with_it
    assert [] == [name for name in added if f"`{name.split()[1]}`" not in text]


def test_what_the_package_puts_into_jupyters_folders_is_in_the_docs(prefix: Path) -> None:
    """Two files for extensions, a kernel's description, one of settings for JupyterLab; no more."""
    put = {str(path.relative_to(prefix)) for path in prefix.rglob("*") if path.is_file()}
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")

    assert put == set(re.findall(r"`((?:etc|share)/jupyter/[^`]+)`", text))


def test_a_hook_that_people_have_set_is_called_as_before(tmp_path: Path) -> None:
    """The package's hook for saved notebooks comes beside it, not in its place."""
    from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

    called = []
    manager: Any = AsyncLargeFileManager(root_dir=str(tmp_path))
    manager.post_save_hook = lambda **_: called.append("their own")
    saved._load_jupyter_server_extension(SimpleNamespace(contents_manager=manager))
    manager.register_post_save_hook(lambda **_: called.append("last"))
    manager.run_post_save_hooks({"type": "file"}, str(tmp_path / "a.txt"))

    assert ["their own", "last"] == called
    assert saved.after_saving in manager._post_save_hooks


def status(address: str, data: bytes | None = None) -> tuple[int, bytes]:
    """What a server answers."""
    try:
        with urllib.request.urlopen(address, data, timeout=PATIENCE) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, b""


def listening(process: psutil.Process) -> set[str]:
    """Where a process and its children can be reached by TCP."""
    found = set()
    for each in (process, *process.children(recursive=True)):
        # Some of them are short-lived.
        with suppress(psutil.NoSuchProcess):
            found |= {of.laddr.ip for of in each.net_connections("tcp") if of.status == psutil.CONN_LISTEN}
    return found


@pytest.mark.slow
@pytest.mark.skipif(not can_fork(), reason="kernels are forked on Linux only")
def test_jupyterlab_listens_on_loopback_and_asks_for_its_token(prefix: Path, tmp_path: Path) -> None:
    """As `make lab` starts it, even where other settings say everywhere; kernels are talked to by no port."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nlab:")[2].partition("\n\n")[0]
    (tmp_path / "own").mkdir()
    (tmp_path / "own/jupyter_server_config.json").write_text('{"ServerApp": {"ip": "0.0.0.0"}}')
    server = psutil.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.port=0",
         *re.findall(r"--ServerApp\.[^\s\"]+", recipe)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path,
        env={
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(tmp_path / "own"),
            "JUPYTER_CONFIG_PATH": str(prefix / "etc/jupyter"),
            "JUPYTER_PATH": str(prefix / "share/jupyter"),
            "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        },
    )  # fmt: skip
    try:
        # It listens before it tells where, and the file is there before it is full.
        while not (
            told := [path for path in tmp_path.glob("runtime/jpserver-*.json") if path.stat().st_size]
        ):
            assert server.poll() is None, "JupyterLab ended before it answered"
            time.sleep(0.1)
        about = json.loads(told[0].read_text(encoding="utf-8"))
        kernels, token = f"{about['url']}api/kernels", f"?token={about['token']}"

        assert 0o600 == stat.S_IMODE(told[0].stat().st_mode)
        assert 0o700 == stat.S_IMODE(told[0].parent.stat().st_mode)
        assert len(about["token"]) >= 48
        assert [403, 403] == [status(kernels)[0], status(f"{kernels}?token=another")[0]]
        assert 201 == status(f"{kernels}{token}", b'{"name": "renkei"}')[0]
        assert 1 == len(json.loads(status(f"{kernels}{token}")[1]))
        assert {"127.0.0.1"} == listening(server)
        [connection] = tmp_path.glob("runtime/kernel-*.json")
        assert "ipc" == json.loads(connection.read_text(encoding="utf-8"))["transport"]
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)
