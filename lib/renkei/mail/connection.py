"""Handing messages to the mail server, each certainly once or with a doubt that is told."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from renkei.errors import MailError
from renkei.mail.opening import ANSWERING, WrongSchemeError, is_silence, opened
from renkei.mail.smtp_options import mail_options, rcpt_options
from renkei.mail.smtp_server import Server

_ATTEMPTS = 3
#: Seconds that a server may take to say goodbye.
_LEAVING = 10
#: Seconds before the second attempt; twice as long before the third.
_FIRST_WAIT = 1.0
_OK, _OK_FORWARDED, _GO_ON = 250, 251, 354
#: Postfix, Exim and sendmail; Exchange and most others name the id in some of these ways as well.
_QUEUE_ID = re.compile(
    r"queued as ([\w-]+)|\b(?:Internal)?id=([\w-]+)|^[\d.]+ ([\w-]+) Message accepted", re.I
)
_DOT = re.compile(rb"^\.", re.M)


@dataclass(frozen=True)
class Answer:
    """What became of a message: who has it accepted, who has not and why, or that nobody knows.

    `later` are those of the refused that the server may take another time. `is_doubtful`: all of it went out,
    and no answer came.
    """

    said: str
    accepted: tuple[str, ...] = ()
    refused: dict[str, str] = field(default_factory=dict)
    later: tuple[str, ...] = ()
    is_doubtful: bool = False

    @property
    def queue_id(self) -> str:
        """Under which the server's own log has the message; empty where it did not say."""
        found = _QUEUE_ID.search(self.said.partition(" ")[2])
        return next(filter(None, found.groups()), "") if found and self.accepted else ""


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
            before_sleep=lambda _: self._drop(),
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
        if kind is None:
            self.close()
        self._drop()

    def close(self) -> None:
        """Take leave of the server; it is opened again when the next message comes."""
        if self._smtp is not None:
            with suppress(OSError):
                if self._smtp.sock is not None:
                    self._smtp.sock.settimeout(_LEAVING)
                self._smtp.quit()
        self._drop()

    def send(
        self,
        sender: str,
        addresses: Sequence[str],
        message: bytes,
        envelope_id: str,
        before_data: Callable[[tuple[str, ...]], None],
    ) -> Answer:
        """Send a message to the addresses. `before_data` is called with those that the server takes.

        Delivery reports are asked for under `envelope_id`; none if it is empty.

        A connection that was lost before all of the message had gone out is tried again: a server accepts
        no part. One that was lost after it is not: the server may have accepted the message (RFC 5321, 6.1).
        Raises MailError where there is no way to the server any more, or the login is refused: that
        holds for all other messages too.
        """
        try:
            return self._retrying(self._transaction, sender, addresses, message, envelope_id, before_data)
        except _CannotOpenError as error:
            raise error.told from error
        except smtplib.SMTPResponseException as error:
            said = said_by(error)
            self._reset()
            later = tuple(addresses) if _is_later(error.smtp_code) else ()
            return Answer(said, refused=dict.fromkeys(addresses, said), later=later)
        except _LostError as error:
            self._drop()
            said = f"the connection was lost before all of it had gone out: {error}"
            return Answer(said, refused=dict.fromkeys(addresses, said), later=tuple(addresses))
        except BaseException:
            # In the middle of a message no leave can be taken of the server.
            self._drop()
            raise

    def _transaction(
        self,
        sender: str,
        addresses: Sequence[str],
        message: bytes,
        envelope_id: str,
        before_data: Callable[[tuple[str, ...]], None],
    ) -> Answer:
        smtp = self._open()
        refused: dict[str, tuple[int, str]] = {}
        try:
            has_proof = smtp.has_extn("dsn") and envelope_id != ""
            _demand(smtp.mail(sender, mail_options(smtp, message, envelope_id if has_proof else "")))
            for address in addresses:
                code, text = smtp.rcpt(address, rcpt_options(address) if has_proof else ())
                if code not in (_OK, _OK_FORWARDED):
                    refused[address] = code, f"{code} {_text(text)}"
            taken = tuple(address for address in addresses if address not in refused)
            if not taken:
                self._reset()
                return _answer("", (), refused)
        except smtplib.SMTPResponseException:
            raise
        except OSError as error:
            raise _LostError(said_by(error), is_silence(error)) from error
        # Its own errors are no faults of the connection.
        before_data(taken)
        try:
            _demand(smtp.docmd("DATA"), _GO_ON)
            smtp.send(_wire(message))
        except smtplib.SMTPResponseException as error:
            return self._refused(taken, refused, error)
        except OSError as error:
            raise _LostError(said_by(error), is_silence(error)) from error
        try:
            answer = smtp.getreply()
        except OSError as error:
            self._drop()
            lost = f"no answer within {ANSWERING} seconds" if is_silence(error) else said_by(error)
            doubt = f"{lost}; it may have been accepted all the same"
            return replace(_answer(doubt, (), refused), is_doubtful=True)
        if answer[0] != _OK:
            return self._refused(taken, refused, smtplib.SMTPResponseException(*answer))
        return _answer(f"{answer[0]} {_text(answer[1])}", taken, refused)

    def _refused(
        self,
        taken: Sequence[str],
        refused: dict[str, tuple[int, str]],
        error: smtplib.SMTPResponseException,
    ) -> Answer:
        """What becomes of a message refused after its addresses, some of which were refused before."""
        self._reset()
        return _answer("", (), refused | dict.fromkeys(taken, (error.smtp_code, said_by(error))))

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            try:
                self._smtp = opened(self._server)
            except OSError as error:
                raise _CannotOpenError(error, self._why_not(error)) from error
        return self._smtp

    def _reset(self) -> None:
        """Have the server forget a message that it refused."""
        if self._smtp is not None:
            try:
                self._smtp.rset()
            except OSError:
                self._drop()

    def _drop(self) -> None:
        """Without a word: an answer that is still to come must not be taken for the answer to QUIT."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _why_not(self, error: OSError) -> MailError:
        user = self._server.user
        if isinstance(error, WrongSchemeError):
            spoken = "TLS from the start" if self._server.is_tls_from_start else "STARTTLS"
            expected, found = f"a server that speaks {spoken}", str(error)
        elif isinstance(error, ssl.SSLCertVerificationError):
            expected, found = f"a certificate that holds for {self._server.host}", error.verify_message
        elif isinstance(error, smtplib.SMTPNotSupportedError):
            expected, found = "STARTTLS, and a login if a user is named,", str(error)
        elif isinstance(error, smtplib.SMTPAuthenticationError):
            expected, found = f"a login as {user}", said_by(error)
        else:
            expected = f"a mail server with TLS{f' that lets {user} log in' if user else ''}"
            found = said_by(error)
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


class _LostError(Exception):
    """The connection was lost, or the server fell silent, before all of a message had gone out."""

    def __init__(self, said: str, is_silence: bool) -> None:
        super().__init__(said)
        self.is_silence = is_silence


def said_by(error: BaseException) -> str:
    """What the server said, or what became of the connection."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _demand(answer: tuple[int, bytes], expected: int = _OK) -> None:
    if answer[0] != expected:
        raise smtplib.SMTPResponseException(*answer)


def _wire(message: bytes) -> bytes:
    """The message as DATA has it: dots that begin a line doubled, one that stands alone at the end."""
    return _DOT.sub(b"..", message.removesuffix(b"\r\n")) + b"\r\n.\r\n"


def _answer(said: str, accepted: tuple[str, ...], refused: dict[str, tuple[int, str]]) -> Answer:
    why = {address: text for address, (_, text) in refused.items()}
    later = tuple(address for address, (code, _) in refused.items() if _is_later(code))
    return Answer(said or "; ".join(dict.fromkeys(why.values())), accepted, why, later)


def _is_later(code: int) -> bool:
    """Whether the server may accept it another time."""
    return 400 <= code < 500


def _is_passing(error: BaseException) -> bool:
    """Whether trying again at once may help; smtplib's own errors are OSErrors too."""
    if isinstance(error, _LostError):
        return not error.is_silence
    if not isinstance(error, _CannotOpenError):
        return False
    fault = error.fault
    if isinstance(fault, WrongSchemeError | smtplib.SMTPAuthenticationError | ssl.SSLCertVerificationError):
        return False
    if isinstance(fault, smtplib.SMTPResponseException):
        return _is_later(fault.smtp_code)
    if isinstance(fault, smtplib.SMTPException):
        return isinstance(fault, smtplib.SMTPServerDisconnected) and not is_silence(fault)
    return not is_silence(fault)


def _text(said: bytes | str) -> str:
    """What a server said as one line of text."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
