"""Opening a connection to the mail server, always over TLS, with one login."""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import suppress

from renkei.mail.smtp_server import Server

#: Seconds after which a server that has said nothing is asked whether it speaks the other way.
_QUICK = 4
#: Seconds that the other way may take to show.
_PROBING = 4
#: Seconds that a server may take to be there, and for an answer; scanning a message may take it minutes
#: (RFC 5321, 4.5.3.2.6).
_CONNECTING = 60
ANSWERING = 600
#: Over TLS all of them are as safe; the first is one step, and known to every server.
_MECHANISMS = ("PLAIN", "LOGIN", "CRAM-MD5")
_UNKNOWN_MECHANISM = 504


class WrongSchemeError(OSError):
    """The server speaks the other way: TLS from the start, or STARTTLS. Says what to write."""


def opened(server: Server) -> smtplib.SMTP:
    """A connection to the server, over TLS, logged in if it has a user; OSError where there is none."""
    context = ssl.create_default_context()
    smtp = _connected(server, context)
    try:
        if not server.is_tls_from_start:
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            _log_in(smtp, server)
    except BaseException:
        smtp.close()
        raise
    if smtp.sock is not None:
        smtp.sock.settimeout(ANSWERING)
    return smtp


def is_silence(error: BaseException) -> bool:
    """Whether the server did not answer in time; smtplib tells that as a lost connection."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _connected(server: Server, context: ssl.SSLContext) -> smtplib.SMTP:
    try:
        return _greeted(server, context, _QUICK)
    except OSError as error:
        is_strange = is_silence(error) or isinstance(error, ssl.SSLError | smtplib.SMTPServerDisconnected)
        if not is_strange or isinstance(error, ssl.SSLCertVerificationError):
            raise
        _demand_right_scheme(server)
        if not is_silence(error):
            raise
    # A server may let those wait whom it does not know.
    return _greeted(server, context, _CONNECTING)


def _greeted(server: Server, context: ssl.SSLContext, timeout: float) -> smtplib.SMTP:
    smtp = (
        smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)
        if server.is_tls_from_start
        else smtplib.SMTP(server.host, server.port, timeout=timeout)
    )
    if smtp.sock is not None:
        smtp.sock.settimeout(_CONNECTING)
    return smtp


def _demand_right_scheme(server: Server) -> None:
    """Raise WrongSchemeError where the port certainly is one of the other scheme."""
    user = f"{server.user}@" if server.user else ""
    if server.is_tls_from_start and _greets_in_plain(server):
        raise WrongSchemeError(f"a server that starts without TLS; write smtp://{user}{server}")
    if not server.is_tls_from_start and _speaks_tls(server):
        raise WrongSchemeError(f"a server that speaks TLS from the start; write smtps://{user}{server}")


def _speaks_tls(server: Server) -> bool:
    # Whoever it is: nothing is told to it.
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        suppress(OSError),
        socket.create_connection((server.host, server.port), _PROBING) as plain,
        context.wrap_socket(plain, server_hostname=server.host),
    ):
        return True
    return False


def _greets_in_plain(server: Server) -> bool:
    with suppress(OSError), socket.create_connection((server.host, server.port), _PROBING) as plain:
        return plain.recv(4)[:3] == b"220"
    return False


def _log_in(smtp: smtplib.SMTP, server: Server) -> None:
    """Log in, with one attempt: smtplib's own way tries a wrong password once for each mechanism."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    smtp.user, smtp.password = server.user, server.password
    for mechanism in _MECHANISMS:
        if mechanism in offered:
            try:
                smtp.auth(mechanism, getattr(smtp, f"auth_{mechanism.lower().replace('-', '_')}"))
            except smtplib.SMTPAuthenticationError as error:
                # The server names a mechanism that it does not have; it has not seen the password.
                if error.smtp_code != _UNKNOWN_MECHANISM:
                    raise
            else:
                return
    raise smtplib.SMTPNotSupportedError(
        f"ways to log in: {' '.join(offered)}; {', '.join(_MECHANISMS)} are known here"
        if offered
        else "no way to log in"
    )
