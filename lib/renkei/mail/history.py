"""What became of each letter, told from the events of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from renkei.mail import events as kinds
from renkei.mail.events import Event

#: How things stand with an address that no attempt was made for, and one whose attempt has no answer.
UNSENT, DOUBT = "unsent", "in doubt"
#: What a mail server has, as far as is known, and answers for.
HELD = (kinds.ACCEPTED, kinds.COUNTED, kinds.DELIVERED, kinds.RELAYED, kinds.DELAYED)
#: Of several delivery reports on one message the one that is worst; a delay ends in one of the others.
_WEIGHTS = {kinds.DELAYED: 1, kinds.RELAYED: 2, kinds.DELIVERED: 3, kinds.FAILED: 4}
_ANSWERS = (kinds.ACCEPTED, kinds.REFUSED, kinds.COUNTED)


@dataclass(frozen=True)
class Standing:
    """How things stand with a letter at one of its addresses.

    `state` is UNSENT, DOUBT, or the kind of the event that says so, which is `by`; `attempt` is the last
    attempt, `answer` what the server said to it.
    """

    state: str
    attempt: Event | None = None
    answer: Event | None = None
    by: Event | None = None

    @property
    def is_held(self) -> bool:
        """Whether a server has the letter and nobody said that it could not be delivered."""
        return self.state in HELD


@dataclass(frozen=True)
class Round:
    """A round of a letter: the first one, a correction, or the same once more."""

    number: int = 1
    correction: str = ""


class History:
    """The events of a record, by letter."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events: dict[tuple[str, str], list[Event]] = {}
        self._rounds: dict[str, list[Event]] = {}
        for event in events:
            if event.kind == kinds.ROUND:
                self._rounds.setdefault(event.report, []).append(event)
            else:
                self._events.setdefault(event.key, []).append(event)

    def letters_of(self, report: str) -> list[str]:
        """The letters of a report that the record knows."""
        return [letter for file, letter in self._events if file == report]

    def round_of(self, key: tuple[str, str]) -> Round:
        """The last round of a letter."""
        report, letter = key
        for event in reversed(self._rounds.get(report, ())):
            if letter in event.letters:
                return Round(event.round, event.correction)
        return Round()

    def corrections_of(self, key: tuple[str, str]) -> set[str]:
        """What was put right in letters to the same, in any round."""
        report, letter = key
        return {event.correction for event in self._rounds.get(report, ()) if letter in event.letters}

    def last_round(self, report: str) -> int:
        """The number of the last round of a report."""
        return max((event.round for event in self._rounds.get(report, ())), default=1)

    def addresses_of(self, key: tuple[str, str]) -> list[str]:
        """All addresses that a letter was tried for."""
        return list(dict.fromkeys(to for event in self._events.get(key, ()) for to in event.to))

    def standing(self, key: tuple[str, str], address: str, round: int) -> Standing:
        """How things stand with a letter at an address, in a round."""
        found = Standing(UNSENT)
        for event in self._of(key, address):
            if event.round == round:
                found = _after(found, event)
        return found

    def held(self, key: tuple[str, str], address: str) -> Standing | None:
        """The newest letter that the address holds, of any round; None where it holds none."""
        numbers = sorted({event.round for event in self._of(key, address)}, reverse=True)
        standings = (self.standing(key, address, number) for number in numbers)
        return next((standing for standing in standings if standing.is_held), None)

    def first_id(self, key: tuple[str, str]) -> str:
        """The Message-ID under which a letter was accepted first; empty where it never was."""
        for event in self._events.get(key, ()):
            if event.kind in (kinds.ACCEPTED, kinds.COUNTED):
                return event.message_id
        return ""

    def failures(self, key: tuple[str, str], round: int) -> int:
        """How many messages of a round were accepted and then not delivered."""
        failed = [event for event in self._events.get(key, ()) if event.kind == kinds.FAILED]
        return len({event.message_id for event in failed if event.round == round})

    def attempts(self) -> Iterator[Event]:
        """Every attempt, and what was taken over from before there were attempts."""
        for events in self._events.values():
            yield from (event for event in events if event.kind in (kinds.ATTEMPT, kinds.ACCEPTED))

    def has(self, event: Event) -> bool:
        """Whether the record says so already, whenever it was told."""
        said = [replace(other, at="") for other in self._events.get(event.key, ())]
        return replace(event, at="") in said

    def _of(self, key: tuple[str, str], address: str) -> Iterator[Event]:
        return (event for event in self._events.get(key, ()) if address in event.to)


def doubts(history: History, keys: Sequence[tuple[str, str]]) -> list[Event]:
    """The attempts on these letters, in their last rounds, that have no answer on record.

    Each has those of its addresses alone of which nothing was heard.
    """
    found: dict[Event, tuple[str, ...]] = {}
    for key in keys:
        number = history.round_of(key).number
        for address in history.addresses_of(key):
            standing = history.standing(key, address, number)
            if standing.state == DOUBT and standing.attempt is not None:
                found[standing.attempt] = (*found.get(standing.attempt, ()), address)
    return [replace(attempt, to=to) for attempt, to in found.items()]


def _after(standing: Standing, event: Event) -> Standing:
    """How things stand once this event has happened as well."""
    if event.kind == kinds.ATTEMPT:
        return Standing(DOUBT, event, None, event)
    if event.kind in _ANSWERS:
        return Standing(event.kind, standing.attempt or event, event, event)
    is_of_last = standing.attempt is not None and standing.attempt.message_id == event.message_id
    outweighed = _WEIGHTS.get(standing.state, 0) >= _WEIGHTS[event.kind]
    if not is_of_last or outweighed or standing.state == kinds.REFUSED:
        return standing
    return Standing(event.kind, standing.attempt, standing.answer, event)
