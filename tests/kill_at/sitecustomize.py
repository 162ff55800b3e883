"""Kills a command at a named step: put this folder on PYTHONPATH, and the step into KILL_AT.

`renkei.batch.index:write_index:before:1` names a function, whether the command is killed before it is
called or after it has come back, and at which call of a process, in whichever process that is first. Only
the command itself is killed: a worker that has come to the step stays there, and must end by itself.
"""

import importlib.util
import itertools
import os
import signal
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_MODULE, _FUNCTION, _WHEN, _CALL = os.environ.get("KILL_AT", ":::").split(":")
#: The command is the first of its processes; the others learn its number by this.
_COMMAND = "KILL_COMMAND"


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
    calls = itertools.count(1)

    def killing(*arguments: Any, **named: Any) -> Any:
        is_the_one = next(calls) == int(_CALL)
        if is_the_one and _WHEN == "before":
            _kill()
        result = function(*arguments, **named)
        if is_the_one and _WHEN == "after":
            _kill()
        return result

    return killing


def _kill() -> None:
    os.kill(int(os.environ[_COMMAND]), signal.SIGKILL)
    while True:
        signal.pause()


if _MODULE:
    os.environ.setdefault(_COMMAND, str(os.getpid()))
    sys.meta_path.insert(0, _Wrapping())
