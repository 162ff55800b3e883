"""Sending letters: one after another, each on record before it goes out and when the server has answered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from email.utils import localtime

from renkei.errors import MailError
from renkei.mail import patience
from renkei.mail.connection import Answer, Connection
from renkei.mail.events import ACCEPTED, ATTEMPT, REFUSED
from renkei.mail.letter import Letter, key_of
from renkei.mail.record import Record
from renkei.mail.rounds import Key
from renkei.mail.stopping import Stopping

Told = Callable[[Letter, Answer], None]


@dataclass
class Outcome:
    """What became of the letters so far: those whom the server has taken at all addresses, and doubts.

    `reached` are letters taken at some address, `lacking` those refused for good at one, or in doubt.
    """

    accepted: list[Letter] = field(default_factory=list)
    doubtful: set[Key] = field(default_factory=set)
    reached: set[Key] = field(default_factory=set)
    lacking: set[Key] = field(default_factory=set)

    def add(self, letter: Letter, answer: Answer) -> None:
        """What became of a letter at the addresses that it was just sent to."""
        key = key_of(letter.draft.recipient, letter.draft.report)
        if answer.accepted:
            self.reached.add(key)
        if answer.is_doubtful:
            self.doubtful.add(key)
        if answer.is_doubtful or set(answer.refused) - set(answer.later):
            self.lacking.add(key)
        if not answer.refused and key not in self.lacking:
            self.accepted.append(letter)

    @property
    def partly(self) -> int:
        """How many letters were taken at some of their addresses, and not at all."""
        return len(self.reached) - len(self.accepted)


def send_all(
    letters: Sequence[Letter],
    record: Record,
    connection: Connection,
    stopping: Stopping,
    is_patient_for: int,
    outcome: Outcome,
    told: Told,
) -> None:
    """Send the letters, then those again that the server did not take for now, for so many seconds.

    `outcome` grows as they are answered, so that it holds whatever ends this. `told` hears of each.
    """
    left = _pass(letters, record, connection, stopping, outcome, told)
    begun = patience.now()
    for moment in patience.moments(is_patient_for):
        if not left:
            return
        connection.close()
        patience.wait_until(begun + moment, f"{len(left)} not accepted for now; trying")
        left = _pass(left, record, connection, stopping, outcome, told)


def _pass(
    letters: Iterable[Letter],
    record: Record,
    connection: Connection,
    stopping: Stopping,
    outcome: Outcome,
    told: Told,
) -> list[Letter]:
    """Send each letter once; those that are left for another time, at the addresses that are left."""
    left = []
    for letter in letters:
        with stopping.whole():
            answer = _send(letter, record, connection)
            outcome.add(letter, answer)
            if answer.later:
                left.append(replace(letter, to=answer.later))
            told(letter, answer)
    return left


def _send(letter: Letter, record: Record, connection: Connection) -> Answer:
    message = letter.sealed(localtime())
    digest = hashlib.sha256(message).hexdigest()
    tried = []

    def before_data(taken: tuple[str, ...]) -> None:
        tried.append(digest)
        record_attempt(record, letter, taken, message, digest)

    answer = connection.send(letter.sender, letter.to, message, letter.envelope_id, before_data)
    record_answer(record, letter, answer)
    if tried and not answer.accepted and not answer.is_doubtful:
        record.kept(digest).unlink(missing_ok=True)
    return answer


def record_attempt(record: Record, letter: Letter, to: tuple[str, ...], message: bytes, digest: str) -> None:
    """Keep the message and record that it is about to go out; MailError where that is not to be had."""
    event = letter.event(ATTEMPT, localtime(), to)
    try:
        record.keep(digest, message)
        record.add(replace(event, report_sha256=letter.version, message_sha256=digest))
    except OSError as error:
        raise MailError(
            f"{record.path}: the message to {letter.name} was about to be sent, which could not be recorded "
            f"({error}); neither it nor any more were sent. Make room, then run the same command again"
        ) from error


def record_answer(record: Record, letter: Letter, answer: Answer) -> None:
    """Record what the server said; MailError where that is not to be had. The attempt is on record."""
    now = localtime()
    events = [letter.event(REFUSED, now, (address,), said) for address, said in answer.refused.items()]
    if answer.accepted:
        events.insert(0, letter.event(ACCEPTED, now, answer.accepted, answer.said, answer.queue_id))
    try:
        for event in events:
            record.add(event)
    except OSError as error:
        done = "accepted" if answer.accepted else "refused"
        raise MailError(
            f"{record.path}: the message to {letter.name} was {done} ({answer.said}), which could not be "
            f"recorded ({error}); no more were sent. Make room, then run the same command again: it asks "
            "what became of this one"
        ) from error
