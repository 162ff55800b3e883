"""Sending a message to the mail server, always over TLS, again where that may help."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from renkei.errors import MailError
from renkei.mail.smtp_server import Server

#: Seconds that a server may take to be there, and for an answer; scanning a message may take it minutes
#: (RFC 5321, 4.5.3.2.6).
_CONNECTING = 60
_ANSWERING = 600
_ATTEMPTS = 3
#: Seconds before the second attempt; twice as long before the third.
_FIRST_WAIT = 1.0


class Connection:
    """A connection to the server that opens itself again where it was lost.

    Entering it raises MailError where no server is, none that offers TLS, one whose certificate does
    not hold, or one that refuses the login: then nothing can be sent at all.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._retrying = Retrying(
            retry=retry_if_exception(_is_passing),
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_exponential(_FIRST_WAIT),
            before_sleep=lambda _: self._close(),
            reraise=True,
        )

    def __enter__(self) -> Self:
        try:
            self._retrying(self._open)
        except _CannotOpenError as error:
            raise error.told from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._smtp is not None and kind is None:
            with suppress(OSError):
                self._smtp.quit()
        self._close()

    def send(self, message: EmailMessage) -> str:
        """Send to the one address in To. Empty if it was accepted, else why not.

        Passing faults (4xx, a lost connection) are tried again, refusals (5xx) are not, nor is a server
        that says nothing in time. A message is the server's only once it has said so (RFC 5321, 6.1); one
        lost before that word is sent again, under the same Message-ID. Raises MailError where there is no
        way to the server any more, or the login is refused: that holds for all other messages too.
        """
        try:
            self._retrying(lambda: self._open().send_message(message))
        except _CannotOpenError as error:
            raise error.told from error
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
            return _said(error)
        except OSError as error:
            self._close()
            if _is_silence(error):
                return f"no answer within {_ANSWERING} seconds; it may have been accepted all the same"
            return _said(error)
        return ""

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            try:
                self._smtp = self._opened()
            except OSError as error:
                raise _CannotOpenError(error, self._why_not(error)) from error
        return self._smtp

    def _opened(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        smtp = (
            smtplib.SMTP_SSL(server.host, server.port, timeout=_CONNECTING, context=context)
            if server.is_tls_from_start
            else smtplib.SMTP(server.host, server.port, timeout=_CONNECTING)
        )
        try:
            if not server.is_tls_from_start:
                smtp.starttls(context=context)
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        if smtp.sock is not None:
            smtp.sock.settimeout(_ANSWERING)
        return smtp

    def _close(self) -> None:
        """Without a word: an answer that is still to come must not be taken for the answer to QUIT."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _why_not(self, error: OSError) -> MailError:
        user = self._server.user
        if isinstance(error, ssl.SSLCertVerificationError):
            expected, found = f"a certificate that holds for {self._server.host}", error.verify_message
        elif isinstance(error, smtplib.SMTPNotSupportedError):
            expected, found = "STARTTLS, and a login if a user is named,", str(error)
        elif isinstance(error, smtplib.SMTPAuthenticationError):
            expected, found = f"a login as {user}", _said(error)
        else:
            expected = f"a mail server with TLS{f' that lets {user} log in' if user else ''}"
            found = _said(error)
        return MailError(
            f"{self._server}: {expected} was expected, found: {found}; "
            "nothing was sent but what is told above"
        )


class _CannotOpenError(Exception):
    """There is no connection: `fault` is why, `told` the same for people."""

    def __init__(self, fault: OSError, told: MailError) -> None:
        super().__init__(str(told))
        self.fault = fault
        self.told = told


def _is_passing(error: BaseException) -> bool:
    """Whether trying again may help; smtplib's own errors are OSErrors too."""
    if isinstance(error, _CannotOpenError):
        return _is_silence(error.fault) or _is_passing(error.fault)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return 400 <= error.smtp_code < 500
    if _is_silence(error):
        return False
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected)
    return isinstance(error, OSError) and not isinstance(error, ssl.SSLCertVerificationError)


def _is_silence(error: BaseException) -> bool:
    """Whether the server did not answer in time; smtplib tells that as a lost connection."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _said(error: BaseException) -> str:
    """What the server said, or what became of the connection."""
    answers: list[tuple[int, bytes | str]] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = list(error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        answers = [(error.smtp_code, error.smtp_error)]
    words = [
        f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
        for code, text in answers
    ]
    return "; ".join(words) or str(error) or type(error).__name__
