"""Who has which letter: told from the record, and from bounces and delivery reports that people saved."""

import mailbox
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime
from pathlib import Path

import pytest
from conftest import call_renkei
from mail_server import (  # noqa: F401 - fixtures among them
    ADDRESSES,
    ENVELOPE,
    Inbox,
    authority,
    events_of,
    inbox,
    record,
    send,
    small,
    small_made,
    trusting,
)
from renkei.mail.delivery import saved_in

#: Made up, in the form in which Postfix 3 writes them (RFC 3464).
REPORT = """\
From: MAILER-DAEMON@mail.example (Mail Delivery System)
Subject: {subject}
To: renkei@city.sapporo.example
Date: Tue, 24 Nov 2026 18:00:00 +0900 (JST)
Message-Id: <20261124090000.4F0000001A@mail.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4F00000018.1795510800/mail.example"

This is a MIME-encapsulated message.

--4F00000018.1795510800/mail.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example (made up for a test).

--4F00000018.1795510800/mail.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
{envelope}X-Postfix-Queue-ID: 4F00000018
X-Postfix-Sender: rfc822; renkei@city.sapporo.example
Arrival-Date: Tue, 24 Nov 2026 17:59:58 +0900 (JST)

Final-Recipient: rfc822; {final}
Original-Recipient: rfc822;{original}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.two.example
Diagnostic-Code: smtp; {said}

--4F00000018.1795510800/mail.example
Content-Description: Message Headers
Content-Type: text/rfc822-headers

Return-Path: <renkei@city.sapporo.example>
Subject: made up
Message-ID: {message_id}

--4F00000018.1795510800/mail.example--
"""
STATES = {
    "delivered": ("2.0.0", "250 2.0.0 Ok: queued as 9A"),
    "relayed": ("2.0.0", "250 ok"),
    "delayed": ("4.4.1", "connect to mx.two.example: Connection timed out"),
    "failed": ("5.1.1", "550 5.1.1 <b@two.example>: Recipient address rejected"),
}


def report_of(record: Path, address: str, action: str, by: str = "envelope", final: str = "") -> bytes:
    """What Postfix would write of the message that went to an address."""
    [message_id] = {
        event["message_id"]
        for event in events_of(record)
        if address in event.get("to", ()) and "message_id" in event
    }
    status, said = STATES[action]
    envelope_id = message_id.strip("<>").partition("@")[0].upper()
    return REPORT.format(
        subject="Delivery report",
        envelope=f"Original-Envelope-Id: {envelope_id}\n" if by == "envelope" else "",
        final=final or address,
        original=address,
        action=action,
        status=status,
        said=said,
        message_id=message_id if by == "message" else "<other@example>",
    ).encode()


def status(*options: str) -> dict[str, str]:
    """The line of each address, and of what is told beside them."""
    result = call_renkei("mail", "status", "small", *options)
    assert 0 == result.returncode, result.stderr
    lines = result.stdout.splitlines()
    found = {line.partition("<")[2].partition(">")[0]: line for line in lines if "<" in line}
    return found | {"end": lines[-1], "all": result.stdout, "err": result.stderr}


def test_status_tells_what_became_of_each(
    small: Path, record: Path, inbox: tuple[Inbox, str], tmp_path: Path
) -> None:
    """Accepted with time and queue id, delivered, refused by the next server, in doubt."""
    kept, server = inbox
    accepted, delivered, failed, doubtful = ADDRESSES
    kept.answers = {doubtful: ["drop"]}
    assert "draft" in (call_renkei(*ENVELOPE), status()[accepted])[1]
    send(server, "--yes")
    before = status()
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/one.eml").write_bytes(report_of(record, delivered, "delivered"))
    (tmp_path / "saved/TWO.EML").write_bytes(report_of(record, failed, "failed", by="message"))

    after = status("--reports", str(tmp_path / "saved"))

    assert "3 accepted, 1 in doubt" == before["end"]
    assert "1 accepted, 1 delivered, 1 failed, 1 in doubt" == after["end"]
    at = next(event["at"] for event in events_of(record) if event["kind"] == "accepted")
    assert after[accepted].startswith(
        f"一 <{accepted}> small: accepted ({at}, queue id Q1); holds this version"
    )
    assert f"delivered (accepted {at[:10]}" in after[delivered]
    assert "550 5.1.1 <b@two.example>: Recipient address rejected" in after["all"]
    assert "holds" not in after[failed]
    assert "in doubt (tried " in after[doubtful]
    assert "2 delivery reports read, 2 of them new" in after["all"]


def test_reports_read_twice_change_nothing(
    small: Path, record: Path, inbox: tuple[Inbox, str], tmp_path: Path
) -> None:
    """Also from an mbox, and a late delay says nothing of what was delivered."""
    _, server = inbox
    send(server, "--yes")
    box = mailbox.mbox(tmp_path / "Inbox")
    for action in ("delayed", "delivered", "delayed"):
        box.add(report_of(record, ADDRESSES[0], action))
    box.close()

    first = status("--reports", str(tmp_path / "Inbox"))
    written = (record / "record.jsonl").read_bytes()
    second = status("--reports", str(tmp_path / "Inbox"))

    assert "3 delivery reports read, 2 of them new" in first["all"]
    assert "3 delivery reports read, 0 of them new" in second["all"]
    assert written == (record / "record.jsonl").read_bytes()
    assert "delivered (" in second[ADDRESSES[0]]


def test_each_state_has_its_words(
    small: Path, record: Path, inbox: tuple[Inbox, str], tmp_path: Path
) -> None:
    """A delay with its reason, what was passed on, what counts as sent, what was refused."""
    kept, server = inbox
    kept.answers = {ADDRESSES[2]: ["drop"], ADDRESSES[3]: ["550 full", "550 full"]}
    send(server, "--yes")
    send(server, "--yes")
    (tmp_path / "1.eml").write_bytes(report_of(record, ADDRESSES[0], "delayed"))
    (tmp_path / "2.eml").write_bytes(report_of(record, ADDRESSES[1], "relayed"))

    told = status("--reports", str(tmp_path / "1.eml"), "--reports", str(tmp_path / "2.eml"))

    reason = "4.4.1 smtp; connect to mx.two.example: Connection timed out"
    assert f"; {reason}); holds this version" in told[ADDRESSES[0]]
    assert "small: passed on to a server that reports no delivery (accepted " in told[ADDRESSES[1]]
    assert "small: counted as sent (tried " in told[ADDRESSES[2]]
    assert told[ADDRESSES[3]].endswith("small: refused (550 full)")


def test_what_was_not_delivered_is_sent_again(
    small: Path, record: Path, inbox: tuple[Inbox, str], tmp_path: Path
) -> None:
    """It no longer counts as accepted; the new message has an id of its own, or the bounce would be its."""
    kept, server = inbox
    send(server, "--yes")
    (tmp_path / "bounce.eml").write_bytes(report_of(record, ADDRESSES[1], "failed"))
    status("--reports", str(tmp_path / "bounce.eml"))

    again = send(server, "--yes")

    assert "1 of 1 accepted" in again.stdout
    assert [*ADDRESSES, ADDRESSES[1]] == kept.kept
    assert 5 == len({message["Message-ID"] for _, message in kept.accepted})
    after = status("--reports", str(tmp_path / "bounce.eml"))
    assert "4 accepted" == after["end"]


def test_a_letter_that_was_passed_on_is_known_by_its_first_address(
    small: Path, record: Path, inbox: tuple[Inbox, str], tmp_path: Path
) -> None:
    """The report names the address behind an alias as well."""
    _, server = inbox
    send(server, "--yes")
    content = report_of(record, ADDRESSES[1], "failed", final="someone@else.example")
    (tmp_path / "bounce.eml").write_bytes(content.replace(b"Original-Recipient", b"X-None"))

    assert "failed" in status("--reports", str(tmp_path / "bounce.eml"))[ADDRESSES[1]]


def test_versions_rounds_and_people_not_listed_any_more(
    small: Path, record: Path, inbox: tuple[Inbox, str]
) -> None:
    """Each line says which version is held; whoever left the list is still told."""
    kept, server = inbox
    send(server, "--yes")
    notebook = small.parent / "small.ipynb"
    notebook.write_text(notebook.read_text().replace("12件", "13件"))
    kept.answers = {ADDRESSES[1]: ["550 full"]}
    send(server, "--yes", "--correction", "直しました。")
    recipients = small.parents[1] / "recipients.csv"
    recipients.write_text("\n".join(recipients.read_text().splitlines()[:-1]) + "\n")

    told = status()

    assert "correction: 直しました。; holds this version" in told[ADDRESSES[0]]
    assert (
        "refused (550 full); correction: 直しました。; holds an older version, sent on " in told[ADDRESSES[1]]
    )
    assert f"<{ADDRESSES[3]}>, not listed any more, small: accepted" in told["all"]


def test_without_the_report_it_is_not_said_that_there_is_a_newer_one(
    small: Path, inbox: tuple[Inbox, str]
) -> None:
    """It was deleted after it had been sent."""
    _, server = inbox
    send(server, "--yes")
    (small.parent / "small.ipynb").unlink()

    told = status()

    assert "; holds the version sent on " in told[ADDRESSES[0]]
    assert told[ADDRESSES[0]].endswith("; the report is not here now")


def test_a_word_after_status_is_a_family(small: Path) -> None:
    """Alone, `status` is the family of that name, which is said where it cannot be one."""
    missing = call_renkei("mail", "status")
    family = call_renkei("mail", "status", "--fiscal-year", "2025")
    unknown = call_renkei("mail", "status", "targets")

    assert "'renkei mail status FAMILY --fiscal-year 2025' lists who has which letter" in missing.stderr
    assert "makes drafts of the report family status" in missing.stderr
    assert "the report families are small; found “status”" in family.stderr
    assert "the report families are small; found “targets”" in unknown.stderr
    assert "--reports" in call_renkei("mail", "status", "--help").stdout
    assert "--send" in call_renkei("mail", "--help").stdout


def garbage(tmp_path: Path) -> dict[str, bytes]:
    good = REPORT.format(
        subject="x", envelope="", final="a@b.example", original="a@b.example", action="failed",
        status="5.0.0", said="x", message_id="<x@y>",
    ).encode()  # fmt: skip
    nested = EmailMessage(policy=SMTP)
    nested["Date"] = format_datetime(localtime())
    nested.set_content("本文")
    return {
        "empty": b"",
        "zeros": bytes(5000),
        "binary": bytes(range(256)) * 20,
        "mail": nested.as_bytes(),
        "cut": good[: len(good) // 2 - 200],
        "action": good.replace(b"Action: failed", b"Action: \x1b[31mexploded"),
        "charset": good.replace(b"charset=us-ascii", b'charset="no-such"').replace(
            b"Action: failed", b"A: b"
        ),
        "boundary": good.replace(b"boundary=", b"border="),
        "deep": b"Content-Type: message/rfc822\n\n" * 3000,
        "parts": b'Content-Type: multipart/report; boundary="x"\n\n' + b"--x\n" * 2000,
        "encoded": good.replace(b"Action: failed", b"Action: =?utf-8?b?//8=?=").replace(b"<x@y>", b"\xff"),
        "status": b'Content-Type: multipart/report; boundary="x"\n\n--x\n'
        b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n////\n--x--\n",
    }


@pytest.mark.parametrize("name", garbage(Path()))
def test_what_is_no_delivery_report_is_left_alone(tmp_path: Path, name: str) -> None:
    """Each is named, and none is more than a line."""
    path = tmp_path / f"{name}.eml"
    path.write_bytes(garbage(tmp_path)[name])

    saved = saved_in([path])

    assert () == saved.deliveries
    [told] = saved.others
    assert told.startswith(f"{path}: ")
    assert told.isprintable()


def test_reports_of_messages_that_are_not_on_record_are_told(
    small: Path, record: Path, inbox: tuple[Inbox, str], tmp_path: Path
) -> None:
    """What they say is shown without what a terminal might take for an order; a missing path is an error."""
    _, server = inbox
    send(server, "--yes")
    content = report_of(record, ADDRESSES[0], "failed").replace(b"Envelope-Id: ", b"Envelope-Id: \x1b[2J0")
    (tmp_path / "one.eml").write_bytes(content)
    (tmp_path / "mail.eml").write_bytes(b"Subject: x\n\nhello\n")
    written = (record / "record.jsonl").read_bytes()

    told = status("--reports", str(tmp_path / "one.eml"), "--reports", str(tmp_path / "mail.eml"))
    missing = call_renkei("mail", "status", "small", "--reports", str(tmp_path / "none.eml"))

    assert f"{ADDRESSES[0]}: failed, of a message not on record" in told["err"]
    assert "mail.eml: no delivery report: left alone" in told["err"]
    assert written == (record / "record.jsonl").read_bytes()
    assert (1, True) == (missing.returncode, "none.eml: a saved message (.eml)" in missing.stderr)
