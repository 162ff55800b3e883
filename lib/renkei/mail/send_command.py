"""What `renkei mail … --send` does: what is in doubt, what goes to whom, a question, and then the sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from email.utils import localtime
from pathlib import Path

import typer

from renkei.area import Area
from renkei.batch.folder import sole_use
from renkei.checkout import Checkout
from renkei.errors import MailError
from renkei.mail.command import (
    EXAMPLE,
    SENDER_VARIABLE,
    Asked,
    Corrections,
    Pair,
    output_of,
    show,
    wanted,
)
from renkei.mail.connection import Answer, Connection
from renkei.mail.doubts import settle
from renkei.mail.drafts import Draft, path_of
from renkei.mail.history import History, doubts
from renkei.mail.letter import Letter, key_of, stamp
from renkei.mail.patience import patience_of
from renkei.mail.record import Record, read_record, record_folder, writing_record
from renkei.mail.rounds import Key, Plan, checked_correction, planned
from renkei.mail.sending import Outcome, send_all
from renkei.mail.smtp_server import Server, server_at
from renkei.mail.stopping import Stopped, Stopping
from renkei.mail.takeover import to_take_over
from renkei.mail.version import version_of


@dataclass(frozen=True)
class Sending:
    """How to send: by which server and record, without asking, and what of that which went out before."""

    server: str | None = None
    record: Path | None = None
    correction: str | None = None
    is_agreed: bool = False
    is_again: bool = False
    is_doubtful_again: bool = False
    patience: str = "20m"


def send(asked: Asked, how: Sending) -> int:
    """Send what was not sent before, after showing it and asking; the exit status: 0 if all was accepted."""
    output = output_of(asked)
    correction = "" if how.correction is None else checked_correction(how.correction)
    is_patient_for = patience_of(how.patience)
    folder = record_folder(how.record, Area.of(Checkout.current()).name)
    with writing_record(folder) as record, ExitStack() as until_drafts_stand:
        until_drafts_stand.enter_context(sole_use(output))
        plans: list[Plan] = []
        if record.cut_off:
            typer.echo(f"{record.path}: the last line was cut off, by a kill or a full disk; it is not read")

        def corrections(pairs: Sequence[Pair]) -> dict[Key, str]:
            """What the letters of these pairs say was put right, once it is known what was sent before."""
            letters = letters_of(pairs)
            _take_over(record, {path_of(*pair, output).parent for pair in pairs})
            settle(
                record, doubts(History(record.events), list(letters)), how.is_agreed, how.is_doubtful_again
            )
            plans.append(planned(History(record.events), letters, correction, how.is_again))
            return plans[0].corrections()

        found = wanted(asked, output, corrections)
        if found.drafts[0].message["From"] is None:
            raise MailError(
                f"who sends was expected in --sender or {SENDER_VARIABLE}, such as “{EXAMPLE}”, found nothing"
            )
        history = History(record.events)
        versions = {file: version_of(file, output) for file in {draft.report.file for draft in found.drafts}}
        letters = _letters(found.drafts, history, plans[0], versions)
        _tell_of_before(found.drafts, letters, history, plans[0], versions)
        if not letters:
            typer.echo("nothing left to send")
            return 0
        server = server_at(how.server)
        with Connection(server) as connection:
            show([letter.draft for letter in letters])
            if not how.is_agreed:
                typer.confirm(f"Send these {len(letters)} messages by {server}?", abort=True)
            found.write()
            # Others may make reports while servers are waited for.
            until_drafts_stand.close()
            for begun in plans[0].begun:
                record.add(replace(begun, at=stamp(localtime())))
            return _send(letters, record, connection, is_patient_for, server)


def draft_corrections(correction: str | None, record: Path | None, output: Path) -> Corrections:
    """What drafts say was put right, for those who were sent the report before; nothing is recorded."""
    if correction is None:
        return lambda _: {}
    return corrections_now(checked_correction(correction), record, output)


def corrections_now(correction: str, record: Path | None, output: Path) -> Corrections:
    """What letters would say was put right if they were sent now, by this or the round begun last."""
    known = read_record(record_folder(record, Area.of(Checkout.current()).name))

    def corrections(pairs: Sequence[Pair]) -> dict[Key, str]:
        """What their letters would say, told by the record and by what it has not taken over yet."""
        old = to_take_over(sorted({path_of(*pair, output).parent for pair in pairs}), known)
        return planned(History([*known.events, *old]), letters_of(pairs), correction, False).corrections()

    return corrections


def letters_of(pairs: Sequence[Pair]) -> dict[Key, tuple[str, ...]]:
    """The letters of pairs, each with the addresses that it is for."""
    return {key_of(recipient, report): recipient.envelope for recipient, report in pairs}


def _send(
    letters: Sequence[Letter], record: Record, connection: Connection, is_patient_for: int, server: Server
) -> int:
    """Send them, and say in the end how many were accepted, whatever the end is; the exit status."""
    outcome = Outcome()
    status = 0
    try:
        with Stopping() as stopping:
            send_all(letters, record, connection, stopping, is_patient_for, outcome, _tell)
    except Stopped as stopped:
        status = 128 + stopped.number
        connection.close()
    finally:
        _tell_end(outcome, len(letters), server)
    return status or int(len(outcome.accepted) < len(letters))


def _letters(
    drafts: Sequence[Draft], history: History, plan: Plan, versions: Mapping[str, str]
) -> list[Letter]:
    """The drafts that are not held at all of their addresses in their round, with the addresses left."""
    found = []
    for draft in drafts:
        key = key_of(draft.recipient, draft.report)
        round = plan.rounds[key]
        left = tuple(
            address
            for address in draft.envelope
            if not history.standing(key, address.lower(), round.number).is_held
        )
        if left:
            first = history.first_id(key) if round.correction else ""
            failures = history.failures(key, round.number)
            version = versions[draft.report.file]
            found.append(Letter(draft, left, round.number, failures, first, version))
    return found


def _take_over(record: Record, folders: set[Path]) -> None:
    """Add what was sent when the record still stood beside the drafts."""
    taken = to_take_over(sorted(folders), record)
    for event in taken:
        record.add(event)
    if taken:
        typer.echo(f"{len(taken)} messages sent before are taken over into {record.path}")


def _tell_of_before(
    drafts: Sequence[Draft],
    letters: Sequence[Letter],
    history: History,
    plan: Plan,
    versions: Mapping[str, str],
) -> None:
    """What was sent before: when, what goes on, and who holds an older version."""
    going = {key_of(letter.draft.recipient, letter.draft.report): letter for letter in letters}
    if plan.is_resumed:
        typer.echo("a round was not finished; what is left of it is sent now, and nothing else again")
    older: dict[str, int] = {}
    corrected: set[str] = set()
    for draft in drafts:
        key = key_of(draft.recipient, draft.report)
        held = [
            standing.attempt
            for address in draft.envelope
            if (standing := history.held(key, address.lower())) and standing.attempt
        ]
        if not held:
            continue
        if key in going:
            what = "a correction is sent" if plan.rounds[key].correction else "it is sent now"
            what += f" to {', '.join(going[key].to)}"
        else:
            what = "--again sends it again"
            version = versions[draft.report.file]
            if any(attempt.report_sha256 not in ("", version) for attempt in held):
                older[draft.report.file] = older.get(draft.report.file, 0) + 1
                corrected |= {draft.report.file} if plan.rounds[key].correction else set()
        typer.echo(f"{draft.recipient.address}: {draft.report.file} was sent on {held[-1].at}; {what}")
    for report, number in older.items():
        words = ", in other words than before" if report in corrected else ""
        typer.echo(
            f"{report} has changed since: {number} people hold an older version; "
            f'--correction "…", saying what was put right{words}, sends them this one'
        )


def _tell(letter: Letter, answer: Answer) -> None:
    # A window that was closed takes no words; what happened is on record.
    with suppress(OSError):
        for address, said in answer.refused.items():
            typer.echo(f"{address}: not accepted: {said}", err=True)
        for address in answer.accepted:
            typer.echo(f"{address}: accepted: {answer.said}")
        if answer.is_doubtful:
            tried = ", ".join(address for address in letter.to if address not in answer.refused)
            typer.echo(f"{tried}: in doubt: {answer.said}", err=True)


def _tell_end(outcome: Outcome, number: int, server: Server) -> None:
    with suppress(OSError):
        accepted, doubtful = len(outcome.accepted), len(outcome.doubtful)
        left = number - accepted
        if not left:
            typer.echo(f"{accepted} of {number} accepted by {server}")
            return
        typer.echo(f"{accepted} of {number} accepted; run the same command again for the other {left}")
        if outcome.partly:
            some = f"{outcome.partly} of them accepted for some of its addresses"
            typer.echo(f"{some}; the next run sends to the others alone")
        if doubtful:
            typer.echo(f"{doubtful} of them may have been accepted all the same; the next run asks")
