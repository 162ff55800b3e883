"""Messages that may have gone out, without an answer on record: a person says what becomes of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from email.utils import localtime

import typer

from renkei.errors import MailError
from renkei.mail.events import COUNTED, Event
from renkei.mail.letter import stamp
from renkei.mail.record import Record

_CHOICES = {"a": "again", "s": "sent", "q": "quit"}


def settle(record: Record, doubts: Sequence[Event], is_agreed: bool, is_again: bool) -> None:
    """Show the attempts in doubt and have it said whether they count as sent; those that do are recorded.

    `is_agreed` counts them as sent without asking, `is_again` leaves them to be sent again. Raises MailError
    where nobody can be asked, typer.Abort where the answer is to do nothing.
    """
    if not doubts:
        return
    for doubt in doubts:
        typer.echo(
            f"{', '.join(doubt.to)}: in doubt: {doubt.report} was about to be sent on {doubt.at} under "
            f"{doubt.message_id}, and no answer is on record"
        )
    if is_again:
        typer.echo("they are sent again")
    elif is_agreed or _is_counted(len(doubts)):
        for doubt in doubts:
            record.add(replace(doubt, kind=COUNTED, at=stamp(localtime())))
        typer.echo("they count as sent" + ("; --again-doubtful sends them again" if is_agreed else ""))


def _is_counted(number: int) -> bool:
    if not _can_ask():
        raise MailError(
            f"{number} in doubt: nobody knows whether they were accepted, and here nobody can be asked. "
            "--again-doubtful sends them again, --yes counts them as sent; the log of the mail server tells "
            "by the Message-ID. Nothing was sent"
        )
    asked = "They may have been accepted. a: send them again, s: count them as sent, q: do nothing"
    while (answer := str(typer.prompt(asked)).strip().lower()) not in _CHOICES:
        typer.echo(f"one of {', '.join(_CHOICES)} was expected")
    if answer == "q":
        raise typer.Abort
    return answer == "s"


def _can_ask() -> bool:
    return sys.stdin.isatty()
