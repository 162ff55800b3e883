"""Addresses of Dask schedulers: what is none is refused before anything starts."""

from __future__ import annotations

import ipaddress
import re

from renkei.errors import ParameterError

_ADDRESS = re.compile(
    r"(?:tcp|tls)://(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<name>[0-9A-Za-z._-]+)):(?P<port>[0-9]+)"
)
_LABEL = re.compile(r"(?!-)[0-9A-Za-z_-]{1,63}(?<!-)")
_LONGEST_NAME = 253
_SHOWN = 60


def scheduler_address(text: str) -> str:
    """The address that `--scheduler` gives; a ParameterError for what is none."""
    found = _ADDRESS.fullmatch(text)
    if not found or not 1 <= _port(found["port"]) <= 65_535 or not _is_host(found):
        told = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        raise ParameterError(
            "--scheduler takes tcp://HOST:PORT or tls://HOST:PORT, such as tcp://127.0.0.1:8786, "
            f"found {told!r}"
        )
    return text


def _port(digits: str) -> int:
    return int(digits) if len(digits) <= 5 else 0


def _is_host(found: re.Match[str]) -> bool:
    if found["v6"]:
        try:
            return bool(ipaddress.IPv6Address(found["v6"]))
        except ValueError:
            return False
    name = found["name"]
    if re.fullmatch(r"[0-9.]+", name):
        try:
            return bool(ipaddress.IPv4Address(name))
        except ValueError:
            return False
    return len(name) <= _LONGEST_NAME and all(map(_LABEL.fullmatch, name.split(".")))
