"""Whether what a cluster says may be heard, or said, by others: beyond this machine only with TLS.

Whoever reaches a Dask scheduler has its workers run what they like, and what comes back from them is
unpickled here, which runs code as well. So both ends must know each other, by certificates.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from renkei.errors import ParameterError, RenderError

#: Dask's own settings, which the command takes as they are.
TLS_SETTINGS = ("distributed.comm.tls.ca-file", "distributed.comm.tls.client.cert")
_WHERE = "see docs/scale.md"


def demand_safe(scheduler: str, is_insecure_allowed: bool) -> None:
    """Raise ParameterError for an address that others could listen to, RenderError for TLS not set up."""
    parts = urlsplit(scheduler)
    if parts.scheme == "tls":
        _demand_certificates(scheduler)
    elif not is_insecure_allowed and not is_loopback(parts.hostname or ""):
        raise ParameterError(
            f"--scheduler {scheduler}: an address on this machine, or tls:// with certificates ({_WHERE}), "
            "was expected: others in the network could run code here and there. --insecure takes it as it is"
        )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, spoken to by itself: each address that its name stands for."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM) if host else []
    except (OSError, UnicodeError):
        return False
    # An address may end with the interface that it belongs to.
    return bool(found) and all(ip_address(str(each[4][0]).split("%")[0]).is_loopback for each in found)


def _demand_certificates(scheduler: str) -> None:
    import dask
    import distributed  # noqa: F401 - its settings have defaults once it is imported
    from distributed.security import Security

    named = {setting: dask.config.get(setting, None) for setting in TLS_SETTINGS}
    for setting, path in named.items():
        if not path or not Path(path).is_file():
            found = f"no file {path}" if path else "nothing"
            raise RenderError(
                f"{scheduler}: a file of certificates was expected in Dask's setting {setting}, "
                f"found {found}; set {variable_of(setting)}, {_WHERE}"
            )
    try:
        Security().get_connection_args("client")
    except (OSError, ValueError, TypeError) as error:
        files = ", ".join(named.values())
        raise RenderError(
            f"{scheduler}: a certificate with its key and that of its authority, as PEM, were expected in "
            f"{files}, found: {error}; {_WHERE}"
        ) from error


def variable_of(setting: str) -> str:
    """The environment variable by which Dask takes one of its settings."""
    return "DASK_" + setting.replace(".", "__").replace("-", "_").upper()
