"""The mail server: where it is, and how to log in."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from renkei.errors import MailError

#: smtp://taro@mail.example.lg.jp:587 (STARTTLS) or smtps://…:465 (TLS from the start).
FORK_SERVER_VARIABLE = "RENKEI_SMTP_SERVER"
PASSWORD_VARIABLE = "RENKEI_SMTP_PASSWORD"  # noqa: S105 - the name of it
#: Under which a keyring keeps the password, with user@host as its name.
KEYRING_SERVICE = "renkei-smtp"

_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Server:
    """Address of a mail server and the login, if it wants one."""

    host: str
    port: int
    is_tls_from_start: bool
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def server_at(address: str | None) -> Server:
    """The server of an smtp:// or smtps:// address, with the password from the environment or a keyring.

    Raises MailError without an address, for one that is none or holds a password, and if no password
    is found for its user.
    """
    given = address or os.environ.get(FORK_SERVER_VARIABLE, "")
    try:
        parts = urlsplit(given)
        host, port, user = parts.hostname or "", parts.port, unquote(parts.username or "")
        host.encode("idna")
        is_whole = not (parts.path.strip("/") or parts.query or parts.fragment) and user.isascii()
    except ValueError:
        host, is_whole = "", False
    if not host or not is_whole or parts.scheme not in _PORTS:
        # Not what was found: people who try write their password there.
        raise MailError(
            "--server: smtp://user@host:587 (STARTTLS) or smtps://user@host:465 (TLS) was expected, "
            f"there or in {FORK_SERVER_VARIABLE}, found {'another form' if given else 'nothing'}"
        )
    if parts.password is not None:
        raise MailError(
            f"--server: an address without a password was expected; keep that in {PASSWORD_VARIABLE} "
            f"or in a keyring (keyring set {KEYRING_SERVICE} user@host)"
        )
    return Server(
        host=host,
        port=port or _PORTS[parts.scheme],
        is_tls_from_start=parts.scheme == "smtps",
        user=user,
        password=_password(user, host) if user else "",
    )


def _password(user: str, host: str) -> str:
    found = os.environ.get(PASSWORD_VARIABLE)
    what_to_do = f"run: keyring set {KEYRING_SERVICE} {user}@{host}"
    if found is None:
        import keyring
        from keyring.errors import KeyringError

        try:
            found = keyring.get_password(KEYRING_SERVICE, f"{user}@{host}")
        except KeyringError as error:
            lines = str(error).splitlines() or ["it says nothing"]
            what_to_do = (
                f"there is no keyring to be had here ({lines[0]}); have the password in the environment: "
                f"read -rs {PASSWORD_VARIABLE}; export {PASSWORD_VARIABLE}"
            )
    if found is None:
        raise MailError(
            f"a password for {user}@{host} was expected in {PASSWORD_VARIABLE} or in the keyring, "
            f"found none; {what_to_do}"
        )
    if not found.isascii():
        raise MailError(
            f"a password for {user}@{host} of letters, digits and signs in ASCII was expected, found others; "
            "was an input method left on?"
        )
    return found
