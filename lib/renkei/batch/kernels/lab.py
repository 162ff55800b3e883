"""The extension of Jupyter's server that has a kernel server ready before the first notebook opens."""

from __future__ import annotations

from typing import Any

from renkei.batch.kernels.starting import PRELOADED, can_fork, start_own_server


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "renkei.batch.kernels.lab"}]


def _load_jupyter_server_extension(app: Any) -> None:
    if can_fork():
        start_own_server(PRELOADED)
        app.log.info("renkei: kernels are forked from a process that has pandas and matplotlib loaded")
