"""Sending e-mails to a real SMTP server on loopback, with TLS and login: each once, whatever happens."""

import hashlib
import io
import os
import re
import smtplib
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from aiosmtpd.smtp import AuthResult
from conftest import PATIENCE, call_renkei
from mail_server import (  # noqa: F401 - fixtures among them
    ADDRESSES,
    ENVELOPE,
    USER,
    Clock,
    Inbox,
    authority,
    context_of,
    events_of,
    inbox,
    record,
    send,
    serving,
    small,
    small_made,
    trusting,
)
from renkei.errors import MailError
from renkei.mail import patience
from renkei.mail.connection import Connection
from renkei.mail.smtp_options import xtext
from renkei.mail.smtp_server import Server, server_at


def test_each_message_is_delivered_once(small: Path, record: Path, inbox: tuple[Inbox, str]) -> None:
    """With Date, Message-ID and all of the draft; a second run sends nothing."""
    kept, server = inbox

    first = send(server, "--yes")
    second = send(server, "--yes")

    assert (0, "") == (first.returncode, first.stderr)
    assert "4 of 4 accepted by 127.0.0.1:" in first.stdout
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
    assert ["attempt", "accepted"] * 4 == [event["kind"] for event in events_of(record)]
    for attempt, accepted in zip(events_of(record)[::2], events_of(record)[1::2], strict=True):
        kept_message = (record / "sent" / f"{attempt['message_sha256']}.eml").read_bytes()
        assert attempt["message_sha256"] == hashlib.sha256(kept_message).hexdigest()
        assert f"Message-ID: {attempt['message_id']}".encode() in kept_message
        assert f"queued as {accepted['queue_id']}" in accepted["said"]
    assert ["Q1", "Q2", "Q3", "Q4"] == [event["queue_id"] for event in events_of(record)[1::2]]


def test_what_failed_half_way_is_sent_by_the_next_run_and_nothing_twice(
    small: Path, inbox: tuple[Inbox, str]
) -> None:
    """One server, four fates: accepted, 451 to the end, a connection lost on the way to the end, 550."""
    kept, server = inbox
    _, busy, lost, refused = ADDRESSES
    # Tried after the list, and 30 s, 5 min and 15 min later; what is lost three times at once each time.
    kept.answers = {busy: ["451 try later"] * 4, lost: ["lost"] * 12, refused: ["550 no such user"]}

    first = send(server, "--yes")

    assert 1 == first.returncode
    assert "1 of 4 accepted; run the same command again for the other 3" in first.stdout
    assert f"{busy}: not accepted: 451 try later" in first.stderr
    assert f"{lost}: not accepted: the connection was lost before all of it had gone out" in first.stderr
    assert f"{refused}: not accepted: 550 no such user" in first.stderr
    assert [ADDRESSES[0]] == kept.kept
    assert [1, 4, 12, 1] == [kept.tried.count(address) for address in ADDRESSES]

    second = send(server, "--yes")

    assert 0 == second.returncode, second.stderr
    assert "3 of 3 accepted" in second.stdout
    assert "in doubt" not in second.stdout
    assert list(ADDRESSES) == kept.kept


def test_a_grey_list_of_some_minutes_is_sat_out(small: Path, inbox: tuple[Inbox, str]) -> None:
    """Those not taken for now are tried after the others, under the same Message-ID."""
    kept, server = inbox
    _, grey, lost, _ = ADDRESSES
    kept.answers = {grey: ["451 greylisted"] * 3, lost: ["lost"]}

    result = send(server, "--yes")

    assert 0 == result.returncode
    assert [1, 4, 2, 1] == [kept.tried.count(address) for address in ADDRESSES]
    assert [ADDRESSES[0], lost, ADDRESSES[3], grey] == kept.kept
    told = [line for line in result.stdout.splitlines() if "trying again" in line]
    assert [f"1 not accepted for now; trying again in {time}" for time in ("0:30", "4:30", "10:00")] == told


def test_without_patience_nothing_is_tried_again(small: Path, inbox: tuple[Inbox, str]) -> None:
    """`--patience 0`, and what is no time is refused before anything is sent."""
    kept, server = inbox
    kept.answers = {ADDRESSES[1]: ["451 greylisted"]}

    assert 1 == send(server, "--yes", "--patience", "20").returncode
    assert [] == kept.tried
    assert 1 == send(server, "--yes", "--patience", "0").returncode
    assert [1, 1, 1, 1] == [kept.tried.count(address) for address in ADDRESSES]


def test_a_countdown_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every second, until the time has come; elsewhere it is said once."""
    clock = Clock()
    monkeypatch.setattr(patience, "now", clock.now)
    monkeypatch.setattr(patience, "pause", clock.pause)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    patience.wait_until(61.0, "2 not accepted for now; trying")

    told = capsys.readouterr().out.split("\r")
    assert ["1:01", "1:00", "0:59"] == [line.split(" again in ")[1][:4] for line in told[1:4]]
    assert (63, 61.0) == (len(told), clock.time)


def test_a_lost_answer_is_a_doubt_and_not_tried_again(
    small: Path, record: Path, inbox: tuple[Inbox, str]
) -> None:
    """All of it had gone out: the server may have it. The next run shows it, and --yes counts it as sent."""
    kept, server = inbox
    doubtful = ADDRESSES[1]
    kept.answers = {doubtful: ["drop"]}

    first = send(server, "--yes")
    second = send(server)
    third = send(server, "--yes")

    assert 1 == first.returncode
    assert f"{doubtful}: in doubt: " in first.stderr
    assert "3 of 4 accepted; run the same command again for the other 1" in first.stdout
    # Nobody can be asked in a pipe.
    assert 1 == second.returncode
    assert f"{doubtful}: in doubt: small was about to be sent on " in second.stdout
    assert "--again-doubtful sends them again, --yes counts them as sent" in second.stderr
    assert (0, "nothing left to send") == (third.returncode, third.stdout.splitlines()[-1])
    assert [1, 1, 1, 1] == [kept.tried.count(address) for address in ADDRESSES]
    assert "counted" == events_of(record)[-1]["kind"]


def test_a_doubt_is_sent_again_under_the_same_id(small: Path, record: Path, inbox: tuple[Inbox, str]) -> None:
    """With --again-doubtful: should both arrive, mail programs know the double."""
    kept, server = inbox
    kept.answers = {ADDRESSES[1]: ["drop"]}
    send(server, "--yes")

    assert 0 == send(server, "--yes", "--again-doubtful").returncode

    assert sorted(ADDRESSES) == sorted(kept.kept)
    tried = [event for event in events_of(record) if event["kind"] == "attempt"]
    first, again = [event["message_id"] for event in tried if event["letter"] == ADDRESSES[1]]
    assert first == again == kept.accepted[-1][1]["Message-ID"]


@pytest.mark.parametrize(("answer", "expected"), [("a", 4), ("s", 3), ("q", 3)])
def test_whoever_sits_there_is_asked_about_a_doubt(
    small: Path, inbox: tuple[Inbox, str], monkeypatch: pytest.MonkeyPatch, answer: str, expected: int
) -> None:
    """Send again, count as sent, or do nothing; then it is asked again another time."""
    kept, server = inbox
    kept.answers = {ADDRESSES[1]: ["drop"]}
    send(server, "--yes")
    monkeypatch.setattr("renkei.mail.doubts._can_ask", lambda: True)
    answers = iter([answer])
    monkeypatch.setattr("typer.prompt", lambda _: next(answers))
    monkeypatch.setattr("typer.confirm", lambda *_, **__: True)

    result = send(server)

    assert int(answer == "q") == result.returncode
    assert expected == len(kept.kept)
    assert ("q" == answer) == ("in doubt" in send(server, "--yes").stdout)


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

    assert f"{ADDRESSES[0]}: in doubt: no answer within 600 seconds; it may" in capsys.readouterr().err
    assert [1, 1, 1, 1] == [kept.tried.count(address) for address in ADDRESSES]


def test_a_login_refused_on_the_way_ends_it(small: Path, inbox: tuple[Inbox, str]) -> None:
    """More attempts could lock the account; what was accepted before is told and recorded."""
    kept, server = inbox
    kept.answers = {ADDRESSES[1]: ["lost"]}
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


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_nothing_is_sent_unless_one_agrees(
    small: Path, inbox: tuple[Inbox, str], monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """What goes to whom is shown first; no answer, or n, sends nothing."""
    kept, server = inbox
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    result = send(server)

    assert 1 == result.returncode
    assert "一 <a@one.example>: 【さっぽろ連携中枢都市圏】試験; 小報告.html; " in result.stdout
    assert "Send these 4 messages by 127.0.0.1" in result.stdout
    assert [] == kept.kept
    assert not small.exists()


def test_tls_from_the_start(small: Path, authority: trustme.CA, trusting: None) -> None:
    """smtps:// speaks TLS at once."""
    inbox = Inbox()
    with serving(inbox, ssl_context=context_of(authority, "127.0.0.1")) as port:
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
    context = context_of(authority, host) if has_tls else None
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
        # The fixture's keyring is one that is not to be had.
        (no_password, "found none; there is no keyring to be had here ("),
        (no_password, "read -rs RENKEI_SMTP_PASSWORD; export RENKEI_SMTP_PASSWORD"),
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


def test_an_empty_keyring_says_how_to_fill_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command for the user and host of the address."""
    import keyring

    monkeypatch.delenv("RENKEI_SMTP_PASSWORD", raising=False)
    monkeypatch.setattr(keyring, "get_password", lambda service, name: None)

    with pytest.raises(MailError, match=r"run: keyring set renkei-smtp taro@mail\.example$"):
        server_at("smtp://taro@mail.example")


@pytest.mark.parametrize("is_tls", [True, False])
def test_the_other_scheme_is_named(
    small: Path, authority: trustme.CA, trusting: None, monkeypatch: pytest.MonkeyPatch, is_tls: bool
) -> None:
    """smtp:// at a port of TLS, whose server waits for the client to begin, and the other way round."""
    monkeypatch.setattr("renkei.mail.opening._QUICK", 0.5)
    monkeypatch.setattr("renkei.mail.opening._PROBING", PATIENCE)
    context = context_of(authority, "127.0.0.1")
    options = {"ssl_context": context} if is_tls else {"tls_context": context}
    wrong, right = ("smtp", "smtps") if is_tls else ("smtps", "smtp")
    inbox = Inbox()
    with serving(inbox, **options) as port:
        result = send(f"{wrong}://{USER}@127.0.0.1:{port}", "--yes")

    assert 1 == result.returncode
    assert f"write {right}://{USER}@127.0.0.1:{port};" in result.stderr
    assert ([], []) == (inbox.tried, inbox.tried_logins)


def test_a_server_that_greets_late_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked whether it speaks TLS, which it does not; then it may take its time, and is heard."""
    monkeypatch.setattr("renkei.mail.opening._QUICK", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet_the_third() -> None:
            with listening.accept()[0], listening.accept()[0] as second:
                second.close()
                with listening.accept()[0] as third:
                    third.sendall(b"220 at last\r\n")
                    third.recv(100)
                    third.sendall(b"250 no TLS here\r\n")

        serving = threading.Thread(target=greet_the_third)
        serving.start()
        port = listening.getsockname()[1]
        with (
            pytest.raises(MailError, match="STARTTLS, and a login if a user is named, was expected"),
            Connection(Server("127.0.0.1", port, False)),
        ):
            pass
        serving.join()


def test_a_wrong_password_is_tried_once(
    small: Path, inbox: tuple[Inbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not once for each way to log in that the server offers: accounts are locked after a few."""
    kept, server = inbox
    monkeypatch.setenv("RENKEI_SMTP_PASSWORD", "wrong")

    assert 1 == send(server, "--yes").returncode

    assert ["PLAIN"] == kept.tried_logins


def test_a_server_with_delivery_reports_is_asked_for_them(
    small: Path, record: Path, inbox: tuple[Inbox, str]
) -> None:
    """RFC 3461: an id by which the record knows the report, the address as given, and what to report."""
    kept, server = inbox

    assert 0 == send(server, "--yes").returncode

    tried = [event for event in events_of(record) if event["kind"] == "attempt"]
    assert [
        ["RET=HDRS", f"ENVID={event['message_id'].strip('<>').partition('@')[0]}"] for event in tried
    ] == kept.mail_options
    assert [
        ["NOTIFY=SUCCESS,FAILURE,DELAY", f"ORCPT=rfc822;{address}"] for address in ADDRESSES
    ] == kept.rcpt_options


def test_a_server_without_delivery_reports_is_not(small: Path, inbox: tuple[Inbox, str]) -> None:
    """It would refuse the options."""
    kept, server = inbox
    kept.offers_dsn = False

    assert 0 == send(server, "--yes").returncode

    assert [[]] * 4 == kept.mail_options == kept.rcpt_options


def test_an_address_with_a_plus_is_written_as_rfc_3461_has_it() -> None:
    """+ and = begin a number there."""
    assert "taro+2Bx+3D1@one.example" == xtext("taro+x=1@one.example")


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


@pytest.mark.parametrize(
    ("is_full_from_the_start", "message"),
    [
        (True, "was about to be sent, which could not be recorded"),
        (False, "was accepted (250 2.0.0 Ok: queued as Q1), which could not be recorded"),
    ],
)
def test_a_record_that_cannot_be_written_stops_the_sending(
    small: Path,
    inbox: tuple[Inbox, str],
    monkeypatch: pytest.MonkeyPatch,
    is_full_from_the_start: bool,
    message: str,
) -> None:
    """A full disk before the first message: none is sent. After it: no more is, and the next run asks."""

    def full(descriptor: int) -> None:
        if is_full_from_the_start or kept.has_data.is_set():
            raise OSError(28, "No space left on device")

    kept, server = inbox
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        result = send(server, "--yes")

    assert 1 == result.returncode
    assert f"the message to a@one.example {message}" in result.stderr
    assert ([] if is_full_from_the_start else [ADDRESSES[0]]) == kept.kept
    again = send(server, "--yes")
    assert is_full_from_the_start != ("a@one.example: in doubt" in again.stdout)
    assert list(ADDRESSES) == kept.kept


def test_who_sends_must_be_known(
    small: Path, inbox: tuple[Inbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, server = inbox
    monkeypatch.delenv("RENKEI_MAIL_SENDER", raising=False)
    result = call_renkei("mail", "small", "--send", "--yes", "--server", server)
    assert (1, []) == (result.returncode, kept.kept)
    assert "who sends was expected in --sender or RENKEI_MAIL_SENDER" in result.stderr
