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
from renkei.mail.server import Server

#: Seconds that the server may take for an answer.
_TIMEOUT = 60
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
        except ssl.SSLCertVerificationError as error:
            raise self._refused(
                f"a certificate that holds for {self._server.host}", error.verify_message
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            raise self._refused("STARTTLS, and a login if a user is named", error) from error
        except smtplib.SMTPAuthenticationError as error:
            raise self._refused(f"a login as {self._server.user}", _said(error)) from error
        except OSError as error:
            raise self._refused("a mail server with TLS", _said(error)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, message: EmailMessage) -> str:
        """Send to the one address in To. Empty if it was accepted, else why not.

        Passing faults (4xx, a lost connection) are tried again, refusals (5xx) are not. A message is the
        server's only once it has said so (RFC 5321, 6.1); one lost before that word is sent again, under
        the same Message-ID.
        """
        try:
            self._retrying(lambda: self._open().send_message(message))
        except OSError as error:
            self._close()
            return _said(error)
        return ""

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            server, context = self._server, ssl.create_default_context()
            smtp = (
                smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=context)
                if server.is_tls_from_start
                else smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
            )
            try:
                if not server.is_tls_from_start:
                    smtp.starttls(context=context)
                if server.user:
                    smtp.login(server.user, server.password)
            except BaseException:
                smtp.close()
                raise
            self._smtp = smtp
        return self._smtp

    def _close(self) -> None:
        if self._smtp is not None:
            with suppress(OSError):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None

    def _refused(self, expected: str, found: object) -> MailError:
        return MailError(f"{self._server}: {expected} was expected, found: {found}; nothing was sent")


def _is_passing(error: BaseException) -> bool:
    """Whether trying again may help; smtplib's own errors are OSErrors too."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return 400 <= error.smtp_code < 500
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected)
    return isinstance(error, OSError) and not isinstance(error, ssl.SSLCertVerificationError)


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
