"""What `renkei mail` does: drafts, a preview, or sending, in this order of caution."""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path

import typer

from renkei.area import Area
from renkei.batch.families import families
from renkei.batch.fingerprints import surroundings
from renkei.batch.folder import sole_use
from renkei.batch.selection import formats_in, one_fiscal_year
from renkei.checkout import Checkout
from renkei.errors import MailError, ParameterError
from renkei.mail.connection import Connection
from renkei.mail.drafts import Draft, drafts_of, path_of, reports_for, write_drafts
from renkei.mail.message import attached_names
from renkei.mail.preview import write_previews
from renkei.mail.recipients import is_address, is_plain, recipients_in, usual_path
from renkei.mail.sending import send_all, sent_to
from renkei.mail.smtp_server import server_at

#: Who sends, as in EXAMPLE.
SENDER_VARIABLE = "RENKEI_MAIL_SENDER"
EXAMPLE = "企画課 <renkei@example.lg.jp>"


@dataclass(frozen=True)
class Asked:
    """What the command line asks for; None where it says nothing."""

    family: str
    fiscal_year: str | None
    municipality: str | None
    formats: str
    recipients: Path | None
    sender: str | None
    size_limit: float
    output: Path | None


@dataclass(frozen=True)
class Wanted:
    """The drafts that are asked for, in memory, and where all those that there may be have their place."""

    drafts: list[Draft]
    listed: frozenset[Path]


def wanted(asked: Asked, output: Path) -> Wanted:
    """What is asked for. Raises RenkeiError for all that cannot be done as asked."""
    checkout = Checkout.current()
    offered = families(checkout)
    if asked.family not in offered:
        raise ParameterError(f"the report families are {', '.join(offered)}; found “{asked.family}”")
    area = Area.of(checkout)
    known = [municipality.name for municipality in area.municipalities]
    if asked.municipality is not None and asked.municipality not in known:
        raise ParameterError(f"the municipalities are {'、'.join(known)}; found “{asked.municipality}”")
    year = one_fiscal_year(asked.fiscal_year) if asked.fiscal_year else None
    recipients = recipients_in(asked.recipients or usual_path(), offered, area)
    every = reports_for(offered[asked.family], year, recipients)
    pairs = [pair for pair in every if asked.municipality in (None, pair[0].municipality)]
    if not pairs:
        raise MailError(f"recipients of {asked.family} in {asked.municipality} were expected, found none")
    drafts = drafts_of(
        pairs,
        output,
        formats_in(asked.formats),
        _sender(asked.sender or os.environ.get(SENDER_VARIABLE, "")),
        surroundings(checkout),
        round(asked.size_limit * 1_000_000),
        area.name,
    )
    return Wanted(drafts, frozenset(path_of(recipient, report, output) for recipient, report in every))


def make_drafts(asked: Asked, is_preview: bool) -> None:
    """Write the drafts; with a preview, also a page of each, the first of which opens in the browser."""
    output = _output(asked)
    with sole_use(output):
        found = wanted(asked, output)
        write_drafts(found.drafts, found.listed)
        pages = write_previews(found.drafts) if is_preview else []
    _show(found.drafts)
    typer.echo(f"{len(found.drafts)} drafts in {found.drafts[0].path.parent}")
    if pages:
        typer.echo(f"{len(pages)} previews in {pages[0].parent}")
        webbrowser.open(pages[0].as_uri())


def send(asked: Asked, server: str | None, is_agreed: bool, is_again: bool) -> bool:
    """Send what was not sent before, after showing it and asking; whether all of it was accepted."""
    output = _output(asked)
    with sole_use(output):
        found = wanted(asked, output)
        if found.drafts[0].message["From"] is None:
            raise MailError(
                f"who sends was expected in --sender or {SENDER_VARIABLE}, such as “{EXAMPLE}”, found nothing"
            )
        before = sent_to(found.drafts)
        for draft in found.drafts:
            if before[draft.path]:
                told = "is sent again" if is_again else "--again sends it again"
                at = before[draft.path][-1].at
                typer.echo(f"{draft.recipient.address}: {draft.report.file} was sent on {at}; {told}")
        drafts = [draft for draft in found.drafts if is_again or not before[draft.path]]
        if not drafts:
            typer.echo("nothing left to send")
            return True
        where = server_at(server)
        with Connection(where) as connection:
            _show(drafts)
            if not is_agreed:
                typer.confirm(f"Send these {len(drafts)} messages by {where}?", abort=True)
            write_drafts(found.drafts, found.listed)
            failed = send_all(drafts, before, connection, _tell)
    typer.echo(f"{len(drafts) - len(failed)} of {len(drafts)} messages accepted by {where}")
    return not failed


def _show(drafts: Sequence[Draft]) -> None:
    """What goes to whom."""
    for draft in drafts:
        attached = attached_names(draft.message)
        size = len(draft.message.as_bytes()) / 1000
        whom = " ".join(filter(None, (draft.recipient.office, draft.recipient.name)))
        typer.echo(
            f"{whom} <{draft.recipient.address}>: {draft.message['Subject']}; {attached}; {size:,.0f} KB"
        )


def _tell(draft: Draft, problem: str) -> None:
    if problem:
        typer.echo(f"{draft.recipient.address}: not accepted: {problem}", err=True)
    else:
        typer.echo(f"{draft.recipient.address}: accepted")


def _sender(text: str) -> Address | None:
    """Name and address of who sends; None for an empty text."""
    if not text:
        return None
    name, address = parseaddr(text)
    if not is_plain(text) or not is_address(address):
        raise MailError(
            f"--sender: a name and an address, such as “{EXAMPLE}”, were expected, found {text!r}"
        )
    return Address(display_name=name, addr_spec=address)


def _output(asked: Asked) -> Path:
    output = (asked.output or Checkout.current().reports).absolute()
    if not output.is_dir():
        raise MailError(f"{output}: a folder of reports was expected; run 'renkei render' first")
    return output
