"""Sending e-mails to a real SMTP server on loopback, with TLS and login: each once, whatever happens."""

import asyncio
import email
import json
import os
import re
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from conftest import PATIENCE, ROOT, call_renkei, made_once, notebook_of, run_renkei
from renkei.checkout import CHECKOUT_VARIABLE
from renkei.errors import MailError
from renkei.mail.smtp_server import server_at

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
        #: Whether the next logins are let in; later ones are, with the right password.
        self.logins: list[bool] = []
        #: Answers by address, each used once; “drop” ends the connection without any.
        self.answers: dict[str, list[str]] = {}

    async def handle_RCPT(  # noqa: N802 - the server's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The answer to an address."""
        self.tried.append(address)
        if (self.answers.get(address) or [""])[0].startswith("5"):
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - likewise
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """The answer to a message, kept if it is accepted."""
        [address] = envelope.rcpt_tos
        self.has_data.set()
        while not self.may_answer.is_set():
            await asyncio.sleep(0.01)
        if self.answers.get(address):
            answer = self.answers[address].pop(0)
            if answer != "drop":
                return answer
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "451 never heard"
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.accepted.append((envelope.rcpt_tos, message))
        return "250 kept"

    @property
    def kept(self) -> list[str]:
        """Addresses of the accepted messages, in their order."""
        return [address for addresses, _ in self.accepted for address in addresses]

    def login(
        self, server: object, session: object, envelope: object, mechanism: str, data: object
    ) -> AuthResult:
        """Whether a login is let in."""
        if self.logins and mechanism == "LOGIN" and not self.logins[0]:
            self.logins.pop(0)
            return AuthResult(success=False, handled=False)
        if self.logins and mechanism == "PLAIN":
            if not self.logins[0]:
                return AuthResult(success=False, handled=False)
            self.logins.pop(0)
        right = LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=data == right, handled=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _context(authority: trustme.CA, host: str) -> ssl.SSLContext:
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


class Loopback(Controller):
    """A server on a free port of this machine; the base class expects to be told a port."""

    @property
    def free_port(self) -> int:
        """The port that it got."""
        assert isinstance(self.server, asyncio.Server)
        port: int = self.server.sockets[0].getsockname()[1]
        return port

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
    context = _context(authority, "127.0.0.1")
    with serving(
        inbox, tls_context=context, require_starttls=True, authenticator=inbox.login, auth_required=True
    ) as port:
        yield inbox, f"smtp://{USER}@127.0.0.1:{port}"


@pytest.fixture(scope="session")
def small_made(shared: Path) -> Path:
    """A project with one small report, and four who get it; made once."""

    def make(root: Path) -> None:
        shutil.copytree(ROOT / "data", root / "data")
        (root / "notebooks").mkdir()
        (root / "notebooks/small.ipynb").write_text(
            notebook_of("from renkei.report.kit.pieces import points_of\npoints_of([('要点', '12件')])")
        )
        (root / "notebooks/reports.toml").write_text(
            '[small]\nnotebook = "small.ipynb"\ntitle = "小報告"\nfile = "small"\n'
        )
        rows = "".join(
            f"{name},,{address},,small\n" for name, address in zip("一二三四", ADDRESSES, strict=True)
        )
        (root / "recipients.csv").write_text(f"name,office,address,municipality,families\n{rows}")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(CHECKOUT_VARIABLE, str(root))
            assert 0 == run_renkei("render", "small", "--format", "html").returncode

    return made_once(shared / "four-recipients", make)


@pytest.fixture
def small(small_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it; its folder of drafts."""
    shutil.copytree(small_made, tmp_path / "project")
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(tmp_path / "project"))
    monkeypatch.setenv("RENKEI_RECIPIENTS", str(tmp_path / "project/recipients.csv"))
    return tmp_path / "project/reports/mail"


def send(server: str, *options: str) -> subprocess.CompletedProcess[str]:
    result = call_renkei(*ENVELOPE, "--send", "--server", server, *options)
    assert PASSWORD not in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    return result


def test_each_message_is_delivered_once(small: Path, inbox: tuple[Inbox, str]) -> None:
    """With Date, Message-ID and all of the draft; a second run sends nothing."""
    kept, server = inbox

    first = send(server, "--yes")
    second = send(server, "--yes")

    assert (0, "") == (first.returncode, first.stderr)
    assert "4 of 4 messages accepted" in first.stdout
    assert (0, "nothing left to send") == (second.returncode, second.stdout.splitlines()[-1])
    assert list(ADDRESSES) == kept.kept
    for addresses, message in kept.accepted:
        assert addresses == [to.addr_spec for to in message["To"].addresses]
        assert "renkei@city.sapporo.example" == message["From"].addresses[0].addr_spec
        assert message["Date"].datetime.tzinfo is not None
        assert re.fullmatch(r"<[0-9a-f]{40}@city\.sapporo\.example>", message["Message-ID"])
        assert message["X-Unsent"] is None
        text = message.get_body(("plain",))
        assert text and "12件" in text.get_content()
        assert ["小報告.html"] == [part.get_filename() for part in message.iter_attachments()]
    assert 4 == len({message["Message-ID"] for _, message in kept.accepted})
    assert list(ADDRESSES) == [
        json.loads(line)["address"] for line in (small / "sent.jsonl").read_text().splitlines()
    ]


def test_what_failed_half_way_is_sent_by_the_next_run_and_nothing_twice(
    small: Path, inbox: tuple[Inbox, str]
) -> None:
    """One server, four fates: accepted, 451 to the end, a dropped connection to the end, 550."""
    kept, server = inbox
    _, busy, dropped, refused = ADDRESSES
    kept.answers = {busy: ["451 try later"] * 3, dropped: ["drop"] * 3, refused: ["550 no such user"]}

    first = send(server, "--yes")

    assert 1 == first.returncode
    assert "1 of 4 messages accepted" in first.stdout
    assert f"{busy}: not accepted: 451 try later" in first.stderr
    assert f"{dropped}: not accepted: " in first.stderr
    assert f"{refused}: not accepted: 550 no such user" in first.stderr
    assert [ADDRESSES[0]] == kept.kept
    # Passing faults are tried three times, refusals once.
    assert [1, 3, 3, 1] == [kept.tried.count(address) for address in ADDRESSES]

    second = send(server, "--yes")

    assert 0 == second.returncode, second.stderr
    assert "3 of 3 messages accepted" in second.stdout
    assert list(ADDRESSES) == kept.kept


def test_passing_faults_are_tried_again_at_once(small: Path, inbox: tuple[Inbox, str]) -> None:
    """Under the same Message-ID, so that a message that arrived after all can be told."""
    kept, server = inbox
    kept.answers = {ADDRESSES[1]: ["421 closing"], ADDRESSES[2]: ["drop"]}

    assert 0 == send(server, "--yes").returncode

    assert list(ADDRESSES) == kept.kept


def test_killed_between_two_messages_nothing_goes_twice(small: Path, inbox: tuple[Inbox, str]) -> None:
    """Each message is on record as soon as it is accepted."""
    kept, server = inbox
    kept.answers = {ADDRESSES[2]: ["451 wait"] * 3}
    process = subprocess.Popen(
        [sys.executable, "-c", "from renkei.cli import main; main()", *ENVELOPE, "--send", "--yes",
         "--server", server],
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert process.stdout
    for line in process.stdout:
        if line.startswith(f"{ADDRESSES[1]}: accepted"):
            break
    process.kill()
    process.communicate()
    kept.answers = {}

    assert 0 == send(server, "--yes").returncode

    assert list(ADDRESSES) == kept.kept


def test_an_interrupt_waits_for_the_answer(small: Path, inbox: tuple[Inbox, str]) -> None:
    """A message on its way is accepted and recorded; nothing goes twice, and no more is sent."""
    kept, server = inbox
    kept.may_answer.clear()
    process = subprocess.Popen(
        [sys.executable, "-c", "from renkei.cli import main; main()", *ENVELOPE, "--send", "--yes",
         "--server", server],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert kept.has_data.wait(timeout=PATIENCE)
    process.send_signal(signal.SIGINT)
    kept.may_answer.set()
    assert 0 != process.wait(timeout=PATIENCE)
    assert [ADDRESSES[0]] == kept.kept

    assert 0 == send(server, "--yes").returncode

    assert list(ADDRESSES) == kept.kept


def test_a_silent_server_is_not_sent_the_same_again(
    small: Path, inbox: tuple[Inbox, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may have accepted the message; who asked is told so."""
    from renkei import cli

    kept, server = inbox
    kept.may_answer.clear()
    send_bytes = smtplib.SMTP.send

    def send_and_lose_patience(smtp: smtplib.SMTP, sent: str | bytes) -> None:
        """Only where the whole message has gone out is there a limit, which the server is sure to meet."""
        send_bytes(smtp, sent)
        if isinstance(sent, bytes) and sent.endswith(b"\r\n.\r\n"):
            assert smtp.sock is not None
            smtp.sock.settimeout(0.2)

    monkeypatch.setattr(smtplib.SMTP, "send", send_and_lose_patience)
    monkeypatch.setattr(sys, "argv", ["renkei", *ENVELOPE, "--send", "--yes", "--server", server])
    with pytest.raises(SystemExit):
        cli.main()

    assert f"{ADDRESSES[0]}: not accepted: no answer within 600 seconds; it may" in capsys.readouterr().err
    assert [1, 1, 1, 1] == [kept.tried.count(address) for address in ADDRESSES]


def test_a_login_refused_on_the_way_ends_it(small: Path, inbox: tuple[Inbox, str]) -> None:
    """More attempts could lock the account; what was accepted before is told and recorded."""
    kept, server = inbox
    kept.answers = {ADDRESSES[1]: ["drop"]}
    kept.logins = [True, False]

    result = send(server, "--yes")

    assert 1 == result.returncode
    assert f"{ADDRESSES[0]}: accepted" in result.stdout
    assert "a login as taro was expected, found: 535" in result.stderr
    assert "nothing was sent but what is told above" in result.stderr
    assert [1, 1, 0, 0] == [kept.tried.count(address) for address in ADDRESSES]
    assert [] == kept.logins
    assert 0 == send(server, "--yes").returncode
    assert list(ADDRESSES) == kept.kept


@pytest.mark.parametrize("option", ["--yes", "--again", "--server=smtp://mail.example"])
def test_options_of_sending_alone_send_nothing(small: Path, option: str) -> None:
    """Who forgets --send is told so."""
    result = call_renkei(*ENVELOPE, option)
    assert (1, True) == (result.returncode, "go with --send" in result.stderr)
    assert not small.exists()


def test_again_sends_again(small: Path, inbox: tuple[Inbox, str]) -> None:
    """Only when asked for."""
    kept, server = inbox
    send(server, "--yes")
    assert 0 == send(server, "--yes", "--again").returncode
    assert [*ADDRESSES, *ADDRESSES] == kept.kept
    # Another Message-ID, or servers would take them for doubles.
    assert 8 == len({message["Message-ID"] for _, message in kept.accepted})


def test_nothing_is_sent_unless_one_agrees(small: Path, inbox: tuple[Inbox, str]) -> None:
    """What goes to whom is shown first; no answer, or n, sends nothing."""
    kept, server = inbox
    command = [sys.executable, "-c", "from renkei.cli import main; main()", *ENVELOPE, "--send"]
    result = subprocess.run(
        [*command, "--server", server], input="n\n", capture_output=True, text=True, check=False
    )

    assert 1 == result.returncode
    assert "一 <a@one.example>: 【さっぽろ連携中枢都市圏】試験; 小報告.html; " in result.stdout
    assert "Send these 4 messages by 127.0.0.1" in result.stdout
    assert [] == kept.kept
    assert not small.exists()


def test_tls_from_the_start(small: Path, authority: trustme.CA, trusting: None) -> None:
    """smtps:// speaks TLS at once."""
    inbox = Inbox()
    with serving(inbox, ssl_context=_context(authority, "127.0.0.1")) as port:
        assert 0 == send(f"smtps://127.0.0.1:{port}", "--yes").returncode
    assert list(ADDRESSES) == inbox.kept


@pytest.mark.parametrize(
    ("host", "has_tls", "is_trusted", "message"),
    [
        ("127.0.0.1", False, True, "STARTTLS, and a login if a user is named, was expected"),
        (
            "mail.example",
            True,
            True,
            "a certificate that holds for 127.0.0.1 was expected, found: IP address",
        ),
        (
            "127.0.0.1",
            True,
            False,
            "a certificate that holds for 127.0.0.1 was expected, found: unable to get",
        ),
    ],
)
def test_without_good_tls_nothing_is_sent_or_written(
    small: Path,
    authority: trustme.CA,
    trusting: None,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    has_tls: bool,
    is_trusted: bool,
    message: str,
) -> None:
    """No TLS offered, another host's certificate, one of an unknown authority; no login is tried."""
    inbox = Inbox()
    logins: list[object] = []

    def heard(*details: object) -> AuthResult:
        logins.append(details)
        return AuthResult(success=True)

    if not is_trusted:
        monkeypatch.delenv("SSL_CERT_FILE")
    context = _context(authority, host) if has_tls else None
    with serving(inbox, tls_context=context, authenticator=heard, auth_require_tls=False) as port:
        result = send(f"smtp://{USER}@127.0.0.1:{port}", "--yes")

    assert 1 == result.returncode
    assert message in result.stderr
    assert "nothing was sent" in result.stderr
    assert ([], []) == (inbox.tried, logins)
    assert not small.exists()


def wrong_password(server: str, patch: pytest.MonkeyPatch) -> str:
    patch.setenv("RENKEI_SMTP_PASSWORD", "wrong")
    return server


def password_by_input_method(server: str, patch: pytest.MonkeyPatch) -> str:
    patch.setenv("RENKEI_SMTP_PASSWORD", "ひみつ")
    return server


def no_password(server: str, patch: pytest.MonkeyPatch) -> str:
    patch.delenv("RENKEI_SMTP_PASSWORD")
    return server


def nobody_there(server: str, patch: pytest.MonkeyPatch) -> str:
    return "smtp://127.0.0.1:9"


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (wrong_password, "a login as taro was expected, found: 535"),
        (password_by_input_method, "a password for taro@127.0.0.1 of letters, digits and signs in ASCII"),
        (no_password, "a password for taro@127.0.0.1 was expected in RENKEI_SMTP_PASSWORD or in the keyring"),
        (nobody_there, "127.0.0.1:9: a mail server with TLS was expected, found: [Errno 111]"),
    ],
)
def test_without_a_login_nothing_is_sent_or_written(
    small: Path,
    inbox: tuple[Inbox, str],
    monkeypatch: pytest.MonkeyPatch,
    case: Callable[[str, pytest.MonkeyPatch], str],
    message: str,
) -> None:
    kept, server = inbox

    result = send(case(server, monkeypatch), "--yes")

    assert 1 == result.returncode
    assert message in result.stderr
    assert [] == kept.tried
    assert not small.exists()


def test_passwords_come_from_a_keyring_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the environment has none."""
    import keyring

    monkeypatch.delenv("RENKEI_SMTP_PASSWORD", raising=False)
    monkeypatch.setattr(keyring, "get_password", lambda service, name: f"{service} {name}")

    server = server_at("smtp://taro@mail.example")

    assert ("mail.example", 587, False) == (server.host, server.port, server.is_tls_from_start)
    assert "renkei-smtp taro@mail.example" == server.password
    assert "renkei-smtp" not in repr(server)


@pytest.mark.parametrize(
    "address",
    [
        "mail.example",
        "http://mail.example",
        "smtp://taro:secret@mail.example",
        "smtp://taro:25#secret@mail.example",
        "smtp://太郎@mail.example",
        "smtp://:25",
        "smtp://mail.example:port",
        "smtp://mail..example",
        "smtp://[mail",
        "",
    ],
)
def test_addresses_of_servers_that_are_none(address: str) -> None:
    """Among them one with a password, which is not said again."""
    with pytest.raises(MailError) as caught:
        server_at(address)
    assert "--server" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_record_that_cannot_be_written_stops_the_sending(
    small: Path, inbox: tuple[Inbox, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk after the first message: the line that lacks is told, and nothing more is sent."""
    from renkei import cli

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    kept, server = inbox
    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(sys, "argv", ["renkei", *ENVELOPE, "--send", "--yes", "--server", server])
    with pytest.raises(SystemExit) as ended:
        cli.main()

    told = capsys.readouterr().err
    assert 1 == ended.value.code
    assert "the message to a@one.example was accepted, which could not be recorded" in told
    assert '"address": "a@one.example"' in told
    assert [ADDRESSES[0]] == kept.kept


def test_a_record_that_cannot_be_read_is_told(small: Path, inbox: tuple[Inbox, str]) -> None:
    """Nobody knows then what was sent: nothing is, and the line is named."""
    kept, server = inbox
    small.mkdir(parents=True)
    (small / "sent.jsonl").write_text("{\n")

    result = send(server, "--yes")

    assert 1 == result.returncode
    assert "sent.jsonl:1: a record of a sent message was expected" in result.stderr
    assert [] == kept.kept


def test_who_sends_must_be_known(
    small: Path, inbox: tuple[Inbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, server = inbox
    monkeypatch.delenv("RENKEI_MAIL_SENDER", raising=False)
    result = call_renkei("mail", "small", "--send", "--yes", "--server", server)
    assert (1, []) == (result.returncode, kept.kept)
    assert "who sends was expected in --sender or RENKEI_MAIL_SENDER" in result.stderr
