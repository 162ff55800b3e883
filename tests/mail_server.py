"""A mail server on loopback, with TLS, login and delivery reports, that does what a test tells it to."""

import asyncio
import email
import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import renkei.mail.connection
import renkei.mail.patience
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from conftest import ROOT, call_renkei, made_once, notebook_of, run_renkei
from renkei.checkout import CHECKOUT_VARIABLE

USER, PASSWORD = "taro", "geheim-8412"
ADDRESSES = ("a@one.example", "b@two.example", "c@three.example", "d@four.example")
ENVELOPE = ("mail", "small", "--sender", "札幌市企画課 <renkei@city.sapporo.example>")


class Inbox:
    """What an SMTP server does with each message: what it is told to by address, else it keeps it."""

    def __init__(self) -> None:
        self.accepted: list[tuple[list[str], EmailMessage]] = []
        self.tried: list[str] = []
        #: Whether a message has come, and whether it may be answered.
        self.has_data = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()
        #: The message, by its number, that is not answered before `may_answer`, if it is one alone.
        self.held = 0
        self.is_held = threading.Event()
        self.is_done = threading.Event()
        self._came = 0
        #: Whether the next logins are let in; later ones are, with the right password.
        self.logins: list[bool] = []
        self.tried_logins: list[str] = []
        #: Answers by address, each used once; “drop” ends the connection without any, “DATA 554 …” is not
        #: said before the message has come.
        self.answers: dict[str, list[str]] = {}
        #: Answers to RCPT alone, likewise.
        self.rcpt_answers: dict[str, list[str]] = {}
        #: Whether delivery reports are offered, and what MAIL and RCPT were told for them.
        self.offers_dsn = False
        self.mail_options: list[list[str]] = []
        self.rcpt_options: list[list[str]] = []

    async def handle_EHLO(  # noqa: N802 - the server's own name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """What the server offers."""
        session.host_name = hostname
        return [responses[0], *(["250-DSN"] if self.offers_dsn else []), *responses[1:]]

    async def handle_RCPT(  # noqa: N802 - the server's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The answer to an address."""
        self.tried.append(address)
        if self.rcpt_answers.get(address):
            return self.rcpt_answers[address].pop(0)
        if (self.answers.get(address) or [""])[0].startswith("5"):
            return self.answers[address].pop(0)
        if self.answers.get(address, [""])[:1] == ["lost"]:
            self.answers[address].pop(0)
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "451 never heard"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - likewise
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """The answer to a message, kept if it is accepted."""
        address = envelope.rcpt_tos[0]
        self._came += 1
        is_held = self._came == self.held
        self.has_data.set()
        if is_held:
            self.may_answer.clear()
            self.is_held.set()
        try:
            while not self.may_answer.is_set():
                await asyncio.sleep(0.01)
        finally:
            # A server that has all of a message goes on with it when the client is gone.
            answer = self._answer(server, envelope, address)
            if is_held:
                self.is_done.set()
        return answer

    def _answer(self, server: SMTP, envelope: Envelope, address: str) -> str:
        if self.answers.get(address):
            answer = self.answers[address].pop(0)
            if answer != "drop":
                return answer.removeprefix("DATA ")
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "451 never heard"
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.accepted.append((envelope.rcpt_tos, message))
        return f"250 2.0.0 Ok: queued as Q{len(self.accepted)}"

    @property
    def kept(self) -> list[str]:
        """Addresses of the accepted messages, in their order."""
        return [address for addresses, _ in self.accepted for address in addresses]

    def login(
        self, server: object, session: object, envelope: object, mechanism: str, data: object
    ) -> AuthResult:
        """Whether a login is let in."""
        self.tried_logins.append(mechanism)
        if self.logins and not self.logins.pop(0):
            return AuthResult(success=False, handled=False)
        right = LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=data == right, handled=False)


class Clock:
    """A clock that goes on only where somebody waits."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        """Its time."""
        return self.time

    def pause(self, seconds: float) -> None:
        """Have it go on."""
        self.time += seconds


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def context_of(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    return context


@pytest.fixture
def trusting(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our authority is trusted, as the system's are; the password is known; keyrings are out of reach."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("RENKEI_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


class Proving(SMTP):
    """A session that takes the options of delivery reports (RFC 3461), where they are offered."""

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802 - the base class's own name
        """Take RET and ENVID off, then go on as usual."""
        rest, options = _without((arg or "").split(" "), ("RET=", "ENVID="))
        if options and not self.event_handler.offers_dsn:
            await self.push("555 not offered")
            return
        self.event_handler.mail_options.append(options)
        await super().smtp_MAIL(" ".join(rest))

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802 - likewise
        """Take NOTIFY and ORCPT off, then go on as usual."""
        rest, options = _without((arg or "").split(" "), ("NOTIFY=", "ORCPT="))
        if options and not self.event_handler.offers_dsn:
            await self.push("555 not offered")
            return
        self.event_handler.rcpt_options.append(options)
        await super().smtp_RCPT(" ".join(rest))


def _without(words: list[str], starts: tuple[str, ...]) -> tuple[list[str], list[str]]:
    return [word for word in words if not word.startswith(starts)], [
        word for word in words if word.startswith(starts)
    ]


class Loopback(Controller):
    """A server on a free port of this machine; the base class expects to be told a port."""

    @property
    def free_port(self) -> int:
        """The port that it got."""
        assert isinstance(self.server, asyncio.Server)
        port: int = self.server.sockets[0].getsockname()[1]
        return port

    def factory(self) -> SMTP:
        """A session of a server that has delivery reports if its inbox says so."""
        return Proving(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        socket.create_connection((self.hostname, self.free_port)).close()


@contextmanager
def serving(inbox: Inbox, **options: Any) -> Iterator[int]:
    """The port of a server that this inbox answers for."""
    controller = Loopback(inbox, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        yield controller.free_port
    finally:
        controller.stop()


@pytest.fixture
def inbox(authority: trustme.CA, trusting: None) -> Iterator[tuple[Inbox, str]]:
    """A server that demands STARTTLS and a login, and its address."""
    inbox = Inbox()
    context = context_of(authority, "127.0.0.1")
    inbox.offers_dsn = True
    with serving(
        inbox, tls_context=context, require_starttls=True, authenticator=inbox.login, auth_required=True
    ) as port:
        yield inbox, f"smtp://{USER}@127.0.0.1:{port}"


def make_small(root: Path) -> None:
    """A project with one small report, and four who get it."""
    shutil.copytree(ROOT / "data", root / "data")
    (root / "notebooks").mkdir()
    (root / "notebooks/small.ipynb").write_text(
        notebook_of("from renkei.report.kit.pieces import points_of\npoints_of([('要点', '12件')])")
    )
    (root / "notebooks/reports.toml").write_text(
        '[small]\nnotebook = "small.ipynb"\ntitle = "小報告"\nfile = "small"\n'
    )
    rows = "".join(f"{name},,{address},,small\n" for name, address in zip("一二三四", ADDRESSES, strict=True))
    (root / "recipients.csv").write_text(f"name,office,address,municipality,families\n{rows}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CHECKOUT_VARIABLE, str(root))
        assert 0 == run_renkei("render", "small", "--format", "html").returncode


@pytest.fixture(scope="session")
def small_made(shared: Path) -> Path:
    """That project, made once."""
    return made_once(shared / "four-recipients", make_small)


@pytest.fixture
def small(small_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it; its folder of drafts."""
    shutil.copytree(small_made, tmp_path / "project")
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(tmp_path / "project"))
    monkeypatch.setenv("RENKEI_RECIPIENTS", str(tmp_path / "project/recipients.csv"))
    monkeypatch.setenv("RENKEI_MAIL_RECORD", str(tmp_path / "record"))
    # What is lost is tried again at once, and nobody waits for those whom the server does not take for now.
    monkeypatch.setattr(renkei.mail.connection, "_FIRST_WAIT", 0.0)
    monkeypatch.setattr(renkei.mail.patience, "now", (clock := Clock()).now)
    monkeypatch.setattr(renkei.mail.patience, "pause", clock.pause)
    return tmp_path / "project/reports/mail"


@pytest.fixture
def record(small: Path) -> Path:
    """The folder of the record of that project's mail."""
    return small.parents[2] / "record"


def events_of(record: Path) -> list[dict[str, Any]]:
    """The events of a record."""
    return [json.loads(line) for line in (record / "record.jsonl").read_text().splitlines()]


def send(server: str, *options: str) -> subprocess.CompletedProcess[str]:
    result = call_renkei(*ENVELOPE, "--send", "--server", server, *options)
    assert PASSWORD not in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    return result
