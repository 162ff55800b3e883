"""All letters to oneself, to see them as they will arrive: nothing is recorded, no draft is touched."""

from __future__ import annotations

import copy
from email.utils import format_datetime, localtime, make_msgid

import typer

from renkei.batch.folder import sole_use
from renkei.errors import MailError
from renkei.mail.command import EXAMPLE, SENDER_VARIABLE, Asked, Corrections, output_of, show, wanted
from renkei.mail.connection import Connection
from renkei.mail.drafts import Draft
from renkei.mail.smtp_server import server_at


def send_tests(asked: Asked, corrections: Corrections, server: str | None, is_agreed: bool) -> int:
    """Send all that is asked for to the one address of `asked.test_to`; the exit status."""
    output = output_of(asked)
    with sole_use(output):
        drafts = wanted(asked, output, corrections).drafts
    sender = drafts[0].message["From"]
    if sender is None:
        raise MailError(
            f"who sends was expected in --sender or {SENDER_VARIABLE}, such as “{EXAMPLE}”, found nothing"
        )
    where = server_at(server)
    to = drafts[0].message["To"].addresses[0].addr_spec
    accepted = 0
    with Connection(where) as connection:
        show(drafts)
        if not is_agreed:
            typer.confirm(
                f"Send these {len(drafts)} messages by {where} to {to} alone, as a test?", abort=True
            )
        try:
            for draft in drafts:
                answer = connection.send(
                    sender.addresses[0].addr_spec, (to,), _sealed(draft), "", lambda taken: None
                )
                accepted += len(answer.accepted)
                state = (
                    "accepted" if answer.accepted else "in doubt" if answer.is_doubtful else "not accepted"
                )
                typer.echo(
                    f"{to}, as to {draft.recipient.address}: {state}: {answer.said}",
                    err=not answer.accepted,
                )
        finally:
            counted = f"{accepted} of {len(drafts)} test messages accepted by {where} for {to}"
            typer.echo(f"{counted}; nothing is recorded")
    return int(accepted < len(drafts))


def _sealed(draft: Draft) -> bytes:
    """The bytes that go out, under an id of their own each time: a server may drop doubles."""
    message = copy.deepcopy(draft.message)
    del message["X-Unsent"]
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = make_msgid(domain=message["From"].addresses[0].domain)
    return message.as_bytes()
