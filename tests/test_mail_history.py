"""What is told from events alone, and how a letter goes out: made-up ones, without a server."""

from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from renkei.batch.families import Report
from renkei.errors import MailError
from renkei.mail.connection import Answer, _answer
from renkei.mail.delivery import Delivery, events_of
from renkei.mail.drafts import Draft
from renkei.mail.events import (
    ACCEPTED,
    ATTEMPT,
    COUNTED,
    DELAYED,
    DELIVERED,
    FAILED,
    REFUSED,
    RELAYED,
    ROUND,
    Event,
    event_of,
    line_of,
)
from renkei.mail.history import DOUBT, UNSENT, History, Round, doubts
from renkei.mail.letter import Letter
from renkei.mail.patience import moments, patience_of
from renkei.mail.recipients import Recipient
from renkei.mail.rounds import planned

KEY = ("small", "a@one.example")
BASE = Event("2026-11-24T18:00:00+09:00", ATTEMPT, *KEY, to=("a@one.example",), message_id="<1@x>")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def events(*kinds: str, **changed: object) -> list[Event]:
    return [replace(BASE, kind=kind, **changed) for kind in kinds]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kinds", "state", "is_held"),
    [
        ((), UNSENT, False),
        ((ATTEMPT,), DOUBT, False),
        ((ATTEMPT, ACCEPTED), ACCEPTED, True),
        ((ATTEMPT, REFUSED), REFUSED, False),
        ((REFUSED,), REFUSED, False),
        ((ATTEMPT, COUNTED), COUNTED, True),
        ((ATTEMPT, REFUSED, ATTEMPT), DOUBT, False),
        ((ATTEMPT, ATTEMPT, ACCEPTED), ACCEPTED, True),
        ((ATTEMPT, ACCEPTED, DELAYED), DELAYED, True),
        ((ATTEMPT, ACCEPTED, DELAYED, RELAYED), RELAYED, True),
        ((ATTEMPT, ACCEPTED, DELIVERED, DELAYED), DELIVERED, True),
        # A list: one of its members has it, one has not.
        ((ATTEMPT, ACCEPTED, DELIVERED, FAILED), FAILED, False),
        ((ATTEMPT, ACCEPTED, FAILED, DELIVERED), FAILED, False),
        # The server's answer was lost; a report says what it was.
        ((ATTEMPT, DELIVERED), DELIVERED, True),
        ((ATTEMPT, ACCEPTED, FAILED, ATTEMPT), DOUBT, False),
    ],
)
def test_how_things_stand_follows_from_what_happened(
    kinds: tuple[str, ...], state: str, is_held: bool
) -> None:
    """Of delivery reports the worst, of attempts the last."""
    standing = History(events(*kinds)).standing(KEY, "a@one.example", 1)
    assert (state, is_held) == (standing.state, standing.is_held)


def test_a_report_on_an_earlier_message_says_nothing_of_a_later_one() -> None:
    """The bounce of the first try comes after the second was accepted."""
    second = events(ATTEMPT, ACCEPTED, message_id="<2@x>")
    history = History([*events(ATTEMPT, ACCEPTED), *second, *events(FAILED)])
    assert ACCEPTED == history.standing(KEY, "a@one.example", 1).state


def test_addresses_of_one_letter_stand_apart() -> None:
    """What one was refused, the other has accepted."""
    both = ("a@one.example", "b@one.example")
    history = History(
        [
            *events(ATTEMPT, to=both[:1]),
            *events(ACCEPTED, to=both[:1]),
            *events(REFUSED, to=both[1:]),
        ]
    )
    assert [ACCEPTED, REFUSED] == [history.standing(KEY, address, 1).state for address in both]
    assert list(both) == history.addresses_of(KEY)


def test_a_round_is_for_the_letters_that_it_names() -> None:
    """Those who were not asked for stay in theirs: nothing is sent to them by itself."""
    other = ("small", "b@one.example")
    sent = [*events(ATTEMPT, ACCEPTED), *events(ATTEMPT, ACCEPTED, letter=other[1], to=other[1:])]
    begun = Event("", ROUND, "small", round=2, letters=(KEY[1],))
    history = History([*sent, begun])

    assert [Round(2), Round(1)] == [history.round_of(key) for key in (KEY, other)]
    # What is left of round 2 comes first; then both begin the third.
    letters = {KEY: ("A@one.example",), other: (other[1],)}
    assert planned(history, letters, "", True).is_resumed
    done = History([*sent, begun, *events(ATTEMPT, ACCEPTED, round=2)])
    [third] = planned(done, letters, "", True).begun
    assert (3, (KEY[1], other[1])) == (third.round, third.letters)


def test_an_address_that_left_its_row_keeps_no_round_open() -> None:
    """It is not sent to any more; the others can be sent to again."""
    both = ("a@one.example", "b@one.example")
    begun = Event("", ROUND, "small", round=2, letters=(KEY[1],))
    history = History([*events(ATTEMPT, ACCEPTED, to=both), begun, *events(ATTEMPT, ACCEPTED, round=2)])

    assert planned(history, {KEY: both}, "", True).is_resumed
    assert [3] == [event.round for event in planned(history, {KEY: ("A@one.example",)}, "", True).begun]


def test_only_those_of_whom_nothing_was_heard_are_in_doubt() -> None:
    """A report said that one address failed, before anybody was asked about the other."""
    both = ("a@one.example", "b@one.example")
    history = History([*events(ATTEMPT, to=both), *events(FAILED, to=both[:1])])

    assert [both[1:]] == [doubt.to for doubt in doubts(history, [KEY])]


def test_events_are_read_as_they_were_written() -> None:
    """Without what is empty."""
    event = replace(BASE, said="250 ok “要”", letters=("a", "b"), round=3, correction="訂正")
    assert event == event_of(line_of(event).encode())
    assert "queue_id" not in line_of(event)


@pytest.mark.parametrize(
    ("said", "queue_id"),
    [
        ("250 2.0.0 Ok: queued as 4F0000001A", "4F0000001A"),
        ("250 OK id=1tE0aB-0000000Abcd-1x2Y", "1tE0aB-0000000Abcd-1x2Y"),
        ("250 2.0.0 4AO9abcd012345-1 Message accepted for delivery", "4AO9abcd012345-1"),
        ("250 2.6.0 <x@y> [InternalId=1234567, Hostname=a] Queued mail for delivery", "1234567"),
        ("250 thank you", ""),
    ],
)
def test_the_id_by_which_the_servers_log_knows_a_message(said: str, queue_id: str) -> None:
    """Postfix, Exim, sendmail, Exchange, and a server that does not say."""
    assert queue_id == Answer(said, ("a@one.example",)).queue_id


def test_only_those_who_may_be_taken_later_are_tried_later() -> None:
    """One address for now, one for ever, one taken."""
    answer = _answer("250 ok", ("c",), {"a": (451, "451 later"), "b": (550, "550 never")})
    assert (("c",), ("a",), {"a": "451 later", "b": "550 never"}) == (
        answer.accepted,
        answer.later,
        answer.refused,
    )


def letter(message: EmailMessage, **changed: object) -> Letter:
    recipient = Recipient("一", "", "A@one.example", "", frozenset({"small"}))
    draft = Draft(recipient, Report("small", Path(), "小報告", {}, "small"), message, Path())
    made = Letter(draft, draft.envelope, 1, 0, "", "")
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.fixture
def message() -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "renkei@a-very-long-name-of-an-office.and-of-a-department.city.sapporo.example"
    message["To"] = "A@one.example, b@one.example"
    message["Cc"] = "a@One.example, c@one.example"
    message["Bcc"] = "boss@one.example"
    message["X-Unsent"] = "1"
    message.set_content("本文\n.\n")
    return message


def test_what_goes_out_names_nobody_who_is_hidden(message: EmailMessage) -> None:
    """Nor what is of drafts alone; the record knows addresses in lower case."""
    sent = letter(message).sealed(NOW)

    assert b"boss" not in sent
    assert b"X-Unsent" not in sent
    assert ("a@one.example",) == letter(message).event(ATTEMPT, NOW, ("A@one.example",)).to


def test_a_correction_names_the_first_message_in_one_piece(message: EmailMessage) -> None:
    """However long its id is: programs that fold it would break the thread."""
    first = letter(message)
    sent = letter(message, first_id=first.message_id, round=2).sealed(NOW).split(b"\r\n")

    assert [f"{name}: {first.message_id}".encode() for name in ("In-Reply-To", "References")] == sent[:2]
    assert len(sent[0]) > 100


def test_ids_change_with_the_round_and_with_what_failed(message: EmailMessage) -> None:
    """And with nothing else."""
    ids = [letter(message, **changed).message_id for changed in ({}, {}, {"round": 2}, {"number": 1})]
    assert (3, True) == (len(set(ids)), ids[0] == ids[1])


def test_a_report_of_one_of_several_addresses_is_of_that_one() -> None:
    """And one of an address that the letter never had is of nobody."""
    both = ("a@one.example", "b@one.example")
    history = History(events(ATTEMPT, ACCEPTED, to=both))
    known = Delivery("1", "", ("b@one.example",), FAILED, "5.1.1")
    strange = Delivery("1", "", ("x@one.example",), FAILED, "5.1.1")

    found, unknown = events_of([known, known, strange], history)

    assert [("b@one.example",)] == [event.to for event in found]
    assert [strange] == unknown


def test_a_report_with_an_id_that_the_server_made_is_known_by_the_message() -> None:
    """A server that is not told our id may put its own there; without either it is of nobody."""
    own = Delivery("8A1F", "<1@x>", KEY[1:], FAILED, "5.1.1")
    nobodys = Delivery("", "", KEY[1:], FAILED, "5.1.1")

    found, unknown = events_of([own, nobodys], History(events(ATTEMPT, ACCEPTED)))

    assert [FAILED] == [event.kind for event in found]
    assert [nobodys] == unknown


def test_a_report_is_not_of_an_address_that_was_tried_later() -> None:
    """The server took one address at first and the other after half an hour, under the same id."""
    first, later = events(ATTEMPT, ACCEPTED, to=("b@one.example",)), events(ATTEMPT, ACCEPTED)
    failed = Delivery("1", "", ("b@one.example",), FAILED, "5.1.1")

    found, _ = events_of([failed], History([*first, *later]))

    assert [("b@one.example",)] == [event.to for event in found]


def test_patience_in_words() -> None:
    """When it is tried again, and what is no time."""
    assert [0, 90, 1200, 7200] == [patience_of(text) for text in ("0", "90s", "20m", "2h")]
    assert [30, 300, 900] == list(moments(1200))
    assert [30, 300, 900, 1800, 2700, 3600] == list(moments(3600))
    assert [] == list(moments(0))
    for text in ("", "20", "-1m", "２０m", "1.5h", "999999h", "m"):
        with pytest.raises(MailError, match="--patience"):
            patience_of(text)
