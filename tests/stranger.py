"""Another user of this machine, and what becomes of what they try; only root can have one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

#: nobody, everywhere.
USER = 65534
needs_another_user = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can act as another user"
)
#: All that it needs is loaded before it becomes another user, who may not be able to read this Python.
_ACTS = f"""
import json, os, socket, sys
os.setgroups([])
os.setgid({USER})
os.setuid({USER})
os.umask(0)

def connected(path):
    end = socket.socket(socket.AF_UNIX)
    end.connect(path)
    return end

def asked(path):
    end = connected(path)
    body = json.dumps({{"argv": [], "env": dict(os.environ), "cwd": "/", "memory_limit": None}}).encode()
    try:
        end.sendall(len(body).to_bytes(8, "big") + body)
        return end.recv(100).decode() or "no answer"
    except ConnectionError:
        return "no answer"

def served(path):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    print("listening", flush=True)
    return listener.accept()[0].recv(100).decode() or "nothing came"

acts = {{
    "list": lambda path: ",".join(os.listdir(path)) and "listed",
    "read": lambda path: open(path, "rb").read(1) and "read",
    "write": lambda path: open(path, "ab") and "written",
    "make": lambda path: os.mkdir(path + "/strangers") or "made",
    "connect": lambda path: connected(path) and "connected",
    "ask": asked,
    "serve": served,
}}
told = []
for act, path in json.loads(sys.argv[1]):
    try:
        told.append(acts[act](path))
    except OSError as error:
        told.append(type(error).__name__)
print(json.dumps(told), flush=True)
"""


def command(*tries: tuple[str, Path | str]) -> list[str]:
    """What starts the other user, who tries one act after another and tells what became of each, as JSON."""
    return [sys.executable, "-c", _ACTS, json.dumps([(act, str(path)) for act, path in tries])]


def tried(*tries: tuple[str, Path | str]) -> list[str]:
    """What became of each: a word if it was done, the name of the error if it was not."""
    told = subprocess.run(command(*tries), capture_output=True, text=True, check=True).stdout
    became: list[str] = json.loads(told)
    return became


@contextmanager
def serving(path: Path) -> Iterator[subprocess.Popen[str]]:
    """The other user listens at `path`; when the first one has come, what that one sent is told."""
    process = subprocess.Popen(command(("serve", path)), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        assert "listening\n" == process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.communicate()
