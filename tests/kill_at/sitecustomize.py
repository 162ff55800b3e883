"""Kills a command at a named step: put this folder on PYTHONPATH, and the step into KILL_AT.

`renkei.batch.index:write_index:before` names a function and whether the process group dies before it is
called or after it has come back, in whichever of the command's processes that is first.
"""

import importlib.util
import os
import signal
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_MODULE, _FUNCTION, _WHEN = os.environ.get("KILL_AT", "::").split(":")


class _Wrapping(MetaPathFinder):
    """Finds the module that has the step, and wraps its function once it is loaded."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != _MODULE:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def load_and_wrap(module: ModuleType) -> None:
                load(module)
                setattr(module, _FUNCTION, _wrapped(getattr(module, _FUNCTION)))

            spec.loader.exec_module = load_and_wrap  # type: ignore[method-assign]
        return spec


def _wrapped(function: Any) -> Any:
    def killing(*arguments: Any, **named: Any) -> Any:
        if _WHEN == "before":
            _kill()
        result = function(*arguments, **named)
        if _WHEN == "after":
            _kill()
        return result

    return killing


def _kill() -> None:
    os.killpg(os.getpgrp(), signal.SIGKILL)


if _MODULE:
    sys.meta_path.insert(0, _Wrapping())
