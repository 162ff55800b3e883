"""A letter for several addresses of an office, some of which take it: told, recorded, and made up for."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import call_renkei
from mail_server import (  # noqa: F401 - fixtures among them
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
from test_mail_status import report_of, status

TO, OTHER, COPY, HIDDEN = "a@one.example", "k@one.example", "c@cc.example", "b@bcc.example"
HEAD = "name,office,address,municipality,families,cc,bcc\n"


@pytest.fixture
def office(small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of one office with four addresses."""
    listed = small.parents[1] / "recipients.csv"
    listed.write_text(HEAD + f"御担当者,千歳市,{TO};{OTHER},,small,{COPY},{HIDDEN}\n", encoding="utf-8")
    return listed


def kinds(record: Path) -> list[tuple[str, list[str]]]:
    """What happened, to whom, in order."""
    return [(event["kind"], event["to"]) for event in events_of(record)]


def test_an_address_refused_for_good_is_told_and_only_that_is_tried_again(
    office: Path, record: Path, inbox: tuple[Inbox, str]
) -> None:
    """The others have the letter once; the next run sends under the same id to the one that is left."""
    kept, server = inbox
    kept.answers = {COPY: ["550 5.1.1 nobody here"]}

    first = send(server, "--yes")
    listing = status()
    second = send(server, "--yes")

    assert 1 == first.returncode
    assert f"{COPY}: not accepted: 550 5.1.1 nobody here" in first.stderr
    assert "0 of 1 accepted; run the same command again for the other 1" in first.stdout
    assert (
        "1 of them accepted for some of its addresses; the next run sends to the others alone" in first.stdout
    )
    assert "refused (550 5.1.1 nobody here)" in listing[COPY]
    assert all("accepted (" in listing[address] for address in (TO, OTHER, HIDDEN))
    assert "3 accepted, 1 refused" == listing["end"]
    assert f"it is sent now to {COPY}" in second.stdout
    assert "1 of 1 accepted" in second.stdout
    assert [[TO, OTHER, HIDDEN], [COPY]] == [addresses for addresses, _ in kept.accepted]
    assert 1 == len({message["Message-ID"] for _, message in kept.accepted})
    assert [
        ("attempt", [TO, OTHER, HIDDEN]),
        ("accepted", [TO, OTHER, HIDDEN]),
        ("refused", [COPY]),
        ("attempt", [COPY]),
        ("accepted", [COPY]),
    ] == kinds(record)


def test_a_letter_refused_for_good_at_one_address_never_counts_as_accepted(
    office: Path, record: Path, inbox: tuple[Inbox, str]
) -> None:
    """Even where another address, not taken for now, takes it later in the same run."""
    kept, server = inbox
    kept.answers = {COPY: ["550 nobody"]}
    kept.rcpt_answers = {OTHER: ["450 later", "450 later"]}

    result = send(server, "--yes")

    assert 1 == result.returncode
    assert "0 of 1 accepted" in result.stdout
    assert [[TO, HIDDEN], [OTHER]] == [addresses for addresses, _ in kept.accepted]
    assert "3 accepted, 1 refused" == status()["end"]


def test_a_doubt_is_about_those_alone_whom_the_server_took(
    office: Path, record: Path, inbox: tuple[Inbox, str]
) -> None:
    """Who was refused before is told and recorded as refused, not as in doubt."""
    kept, server = inbox
    kept.answers = {COPY: ["550 nobody"], TO: ["drop"]}

    result = send(server, "--yes")

    assert f"{COPY}: not accepted: 550 nobody" in result.stderr
    assert f"{TO}, {OTHER}, {HIDDEN}: in doubt: " in result.stderr
    assert [("attempt", [TO, OTHER, HIDDEN]), ("refused", [COPY])] == kinds(record)
    assert "3 in doubt, 1 refused" == status()["end"]
    again = send(server, "--yes", "--again-doubtful")
    assert "1 of 1 accepted" in again.stdout
    assert [[TO, OTHER, COPY, HIDDEN]] == [addresses for addresses, _ in kept.accepted]


def test_a_letter_in_doubt_at_two_addresses_is_one_that_may_have_been_accepted(
    office: Path, inbox: tuple[Inbox, str]
) -> None:
    """The second address was put off, and the answer was lost as well when it was tried again."""
    kept, server = inbox
    kept.rcpt_answers = {OTHER: ["450 later"]}
    kept.answers = {TO: ["drop"], OTHER: ["drop"]}

    told = send(server, "--yes").stdout

    assert "0 of 1 accepted; run the same command again for the other 1" in told
    assert "1 of them may have been accepted all the same" in told


def test_each_address_is_refused_with_its_own_reason(
    office: Path, record: Path, inbox: tuple[Inbox, str]
) -> None:
    """An address refused by itself, the others by a refusal of the message."""
    kept, server = inbox
    kept.answers = {COPY: ["550 nobody"], TO: ["DATA 554 no such contents"]}

    result = send(server, "--yes")

    said = {event["to"][0]: event["said"] for event in events_of(record) if event["kind"] == "refused"}
    assert {COPY: "550 nobody"} | dict.fromkeys((TO, OTHER, HIDDEN), "554 no such contents") == said
    assert "4 refused" == status()["end"]
    assert "some of its addresses" not in result.stdout


def test_a_bounce_of_one_address_is_of_that_alone(
    office: Path, record: Path, inbox: tuple[Inbox, str], tmp_path: Path
) -> None:
    """Status says for whom it failed; the next run sends to that address, and to nobody else."""
    kept, server = inbox
    send(server, "--yes")
    (tmp_path / "bounce.eml").write_bytes(report_of(record, OTHER, "failed"))

    after = status("--reports", str(tmp_path / "bounce.eml"))

    assert "failed (accepted " in after[OTHER]
    assert "3 accepted, 1 failed" == after["end"]
    send(server, "--yes")
    assert [[TO, OTHER, COPY, HIDDEN], [OTHER]] == [addresses for addresses, _ in kept.accepted]


def test_an_address_taken_off_the_list_holds_up_no_round(
    office: Path, record: Path, inbox: tuple[Inbox, str]
) -> None:
    """Another begins although it does not hold the last one; status says that it is not listed any more."""
    kept, server = inbox
    send(server, "--yes")
    kept.answers = {COPY: ["550 nobody"]}
    send(server, "--yes", "--again")
    office.write_text(office.read_text(encoding="utf-8").replace(COPY, ""), encoding="utf-8")

    result = send(server, "--yes", "--again")

    assert "1 of 1 accepted" in result.stdout
    assert [[TO, OTHER, COPY, HIDDEN], [TO, OTHER, HIDDEN], [TO, OTHER, HIDDEN]] == [
        addresses for addresses, _ in kept.accepted
    ]
    assert f"千歳市 御担当者 <{COPY}>, not listed any more, small: " in status()["all"]


def test_an_address_put_on_the_list_gets_what_the_others_have(
    office: Path, record: Path, inbox: tuple[Inbox, str]
) -> None:
    """And they get nothing once more."""
    kept, server = inbox
    send(server, "--yes")
    office.write_text(
        office.read_text(encoding="utf-8").replace(HIDDEN, f"{HIDDEN};new@bcc.example"), encoding="utf-8"
    )

    send(server, "--yes")

    assert [[TO, OTHER, COPY, HIDDEN], ["new@bcc.example"]] == [addresses for addresses, _ in kept.accepted]
    assert "new@" not in kept.accepted[1][1].as_string()


@pytest.mark.parametrize(
    ("cc", "bcc", "message"),
    [
        ('"c@cc.example\nBcc: x@y.example"', "", "cc: one line of plain text was expected"),
        ("", '"b@bcc.example\rX: y"', "bcc: one line of plain text was expected"),
        ("写し@cc.example", "", "cc: addresses in ASCII"),
        ("c@例え.jp", "", "cc: addresses in ASCII"),
        ("", "総務課 <b@bcc.example>", "bcc: addresses in ASCII"),
        ("", TO.upper(), f"each address once was expected, found {TO} 2 times"),
        ("c@cc.example;c@cc.example", "", "each address once was expected, found c@cc.example 2 times"),
    ],
)
def test_copies_that_cannot_be_are_refused(
    office: Path, small: Path, cc: str, bcc: str, message: str
) -> None:
    """With the line; nothing is made."""
    office.write_text(HEAD + f"御担当者,,{TO},,small,{cc},{bcc}\n", encoding="utf-8")

    result = call_renkei(*ENVELOPE)

    assert 1 == result.returncode
    assert message in result.stderr
    assert "recipients.csv:" in result.stderr
    assert not small.exists()


@pytest.mark.parametrize(
    ("head", "row", "hidden"),
    [("cc,bcc", f"{COPY},{HIDDEN}", True), ("cc", COPY, False), ("bcc", HIDDEN, True), ("", "", False)],
)
def test_columns_of_copies_may_be_left_out(
    office: Path, small: Path, head: str, row: str, hidden: bool
) -> None:
    """Both, or one; lists from before there were any are read as they were."""
    first = "name,office,address,municipality,families"
    office.write_text(
        f"{','.join(filter(None, (first, head)))}\n{','.join(filter(None, (f'一,,{TO},,small', row)))}\n",
        encoding="utf-8",
    )

    result = call_renkei(*ENVELOPE)

    content = (small / f"small--{TO}.eml").read_text(encoding="utf-8")
    assert ("cc" in head.split(",")) == (f"Cc: {COPY}" in content)
    assert hidden == (f"bcc {HIDDEN}" in result.stdout)
    assert HIDDEN not in content
