"""Which letters are to be sent now: what is left of a round, or a round that begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from renkei.errors import MailError
from renkei.mail.events import ROUND, Event
from renkei.mail.history import History, Round
from renkei.mail.recipients import is_plain

#: Report and letter, as in events.
Key = tuple[str, str]
_LONGEST_CORRECTION = 500


@dataclass(frozen=True)
class Plan:
    """The round of each letter, the rounds that begin with it, and the ids of letters to go on from."""

    rounds: dict[Key, Round]
    begun: tuple[Event, ...] = ()
    #: Whether something was left of a round before, so that none begins.
    is_resumed: bool = False

    def corrections(self) -> dict[Key, str]:
        """What each letter says was put right; those that say nothing are left out."""
        return {key: round.correction for key, round in self.rounds.items() if round.correction}


def planned(history: History, letters: Mapping[Key, Sequence[str]], correction: str, is_again: bool) -> Plan:
    """The plan for these letters, each with the addresses that it is for now.

    A letter stays in its round until it is asked for a correction, which each letter gets once that was sent
    before, or once more. While something is left of a round after the first, `is_again` begins none.
    Raises MailError for a correction of what nobody holds.
    """
    rounds = {key: history.round_of(key) for key in letters}
    holding = [key for key in letters if _holds(history, key)]
    if correction:
        if not holding:
            raise MailError(
                "--correction: somebody who was sent the report was expected, found nobody; send it first"
            )
        starting = [key for key in holding if correction not in history.corrections_of(key)]
        return _begun(history, rounds, starting, correction)
    if is_again:
        left = [key for key in holding if rounds[key].number > 1 and _is_left(history, key, letters[key])]
        return Plan(rounds, is_resumed=True) if left else _begun(history, rounds, holding, "")
    return Plan(rounds)


def checked_correction(text: str) -> str:
    """The paragraph that says what was put right; MailError where it is none."""
    text = text.strip()
    if not text or len(text) > _LONGEST_CORRECTION or not is_plain(text):
        raise MailError(
            f"--correction: one paragraph of at most {_LONGEST_CORRECTION} characters that says what was put "
            f"right was expected, found {f'{len(text)} characters or a line break' if text else 'nothing'}"
        )
    return text


def _holds(history: History, key: Key) -> bool:
    return any(history.held(key, address) for address in history.addresses_of(key))


def _is_left(history: History, key: Key, addresses: Sequence[str]) -> bool:
    """Whether some address that a letter is for does not hold it in its last round."""
    number = history.round_of(key).number
    return any(not history.standing(key, address.lower(), number).is_held for address in addresses)


def _begun(history: History, rounds: dict[Key, Round], starting: Sequence[Key], correction: str) -> Plan:
    begun = []
    for report in dict.fromkeys(report for report, _ in starting):
        number = history.last_round(report) + 1
        letters = tuple(letter for file, letter in starting if file == report)
        begun.append(Event("", ROUND, report, round=number, letters=letters, correction=correction))
        rounds = rounds | {(report, letter): Round(number, correction) for letter in letters}
    return Plan(rounds, tuple(begun))
