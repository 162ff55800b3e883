"""What `renkei mail` does before anything is sent: drafts, and a preview of them."""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path

import typer

from renkei.area import Area
from renkei.batch.families import Report, families
from renkei.batch.fingerprints import surroundings
from renkei.batch.folder import sole_use
from renkei.batch.selection import formats_in, one_fiscal_year
from renkei.checkout import Checkout
from renkei.errors import MailError, ParameterError
from renkei.mail.cover import Cover, note_in
from renkei.mail.drafts import Draft, addressed, drafts_of, path_of, reports_for, write_drafts
from renkei.mail.message import attached_names
from renkei.mail.preview import write_previews
from renkei.mail.recipients import Recipient, mailbox_of, recipients_in, usual_path

#: Who sends, as in EXAMPLE.
SENDER_VARIABLE = "RENKEI_MAIL_SENDER"
REPLY_TO_VARIABLE = "RENKEI_MAIL_REPLY_TO"
EXAMPLE = "企画課 <renkei@example.lg.jp>"


#: What the letters of pairs say was put right, by report and letter.
Pair = tuple[Recipient, Report]
Corrections = Callable[[Sequence[Pair]], Mapping[tuple[str, str], str]]


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
    note: Path | None = None
    only: tuple[str, ...] = ()
    test_to: str | None = None


@dataclass(frozen=True)
class Wanted:
    """The drafts that are asked for, in memory.

    `listed`: where all that there may be have their place in `output`; `reports`: all of family and year.
    """

    drafts: list[Draft]
    listed: frozenset[Path]
    reports: tuple[Report, ...]
    output: Path

    def write(self) -> None:
        """Write the drafts, and tell whose others were set aside."""
        for path in write_drafts(self.drafts, self.listed, self.reports, self.output):
            typer.echo(
                f"{addressed(path)}: not in this list of recipients; the draft is set aside, as {path.name}"
            )


def wanted(asked: Asked, output: Path, corrections_of: Corrections = lambda _: {}) -> Wanted:
    """What is asked for; `corrections_of` gives what the letters of pairs say was put right.

    Raises RenkeiError for all that cannot be done as asked.
    """
    checkout = Checkout.current()
    area = Area.of(checkout)
    every = _listed(asked)
    pairs = _chosen(asked, every)
    drafts = drafts_of(
        pairs,
        output,
        formats_in(asked.formats),
        _mailbox(asked.sender or os.environ.get(SENDER_VARIABLE, ""), f"--sender or {SENDER_VARIABLE}"),
        surroundings(checkout),
        round(asked.size_limit * 1_000_000),
        area.name,
        corrections_of(pairs),
        _cover(asked),
    )
    year = pairs[0][1].parameters.get("fiscal_year")
    return Wanted(
        drafts,
        frozenset(path_of(recipient, report, output) for recipient, report in every),
        tuple(
            report
            for report in families(checkout)[asked.family].reports()
            if report.parameters.get("fiscal_year") == year
        ),
        output,
    )


def pairs_of(asked: Asked) -> list[Pair]:
    """The recipients that are asked for, each with the report that is meant for them; raises likewise."""
    return _chosen(asked, _listed(asked))


def _listed(asked: Asked) -> list[Pair]:
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
    return reports_for(offered[asked.family], year, recipients)


def _chosen(asked: Asked, every: Sequence[Pair]) -> list[Pair]:
    pairs = [pair for pair in every if asked.municipality in (None, pair[0].municipality)]
    if not pairs:
        raise MailError(f"recipients of {asked.family} in {asked.municipality} were expected, found none")
    if not asked.only:
        return pairs
    by_address = {address.lower(): pair for pair in pairs for address in (pair[0].address, *pair[0].others)}
    unknown = [address for address in asked.only if address.lower() not in by_address]
    if unknown:
        raise MailError(
            f"--only: addresses of the list that get {asked.family} were expected, "
            f"found {', '.join(unknown)}; they are {', '.join(by_address)}"
        )
    wished = {address.lower() for address in asked.only}
    return [pair for pair in pairs if wished & {word.lower() for word in (pair[0].address, *pair[0].others)}]


def make_drafts(asked: Asked, is_preview: bool, corrections_of: Corrections) -> None:
    """Write the drafts; with a preview, also a page of each, the first of which opens in the browser."""
    output = output_of(asked)
    with sole_use(output):
        found = wanted(asked, output, corrections_of)
        found.write()
        pages = write_previews(found.drafts) if is_preview else []
    show(found.drafts)
    typer.echo(f"{len(found.drafts)} drafts in {found.drafts[0].path.parent}")
    for draft in found.drafts:
        if draft.recipient.bcc:
            typer.echo(
                f"{draft.recipient.address}: the draft does not name {', '.join(draft.recipient.bcc)} (bcc); "
                "--send sends it there too; whoever sends it by hand adds them as Bcc"
            )
    if pages:
        typer.echo(f"{len(pages)} previews in {pages[0].parent}")
        webbrowser.open(pages[0].as_uri())


def show(drafts: Sequence[Draft]) -> None:
    """What goes to whom."""
    for draft in drafts:
        attached = attached_names(draft.message)
        size = len(draft.message.as_bytes()) / 1000
        whom = " ".join(filter(None, (draft.recipient.office, draft.recipient.name)))
        copies = {"cc": draft.recipient.cc, "bcc": draft.recipient.bcc}
        more = "".join(f", {kind} {', '.join(found)}" for kind, found in copies.items() if found)
        to = ", ".join((draft.recipient.address, *draft.recipient.others))
        typer.echo(f"{whom} <{to}>{more}: {draft.message['Subject']}; {attached}; {size:,.0f} KB")


def _cover(asked: Asked) -> Cover:
    return Cover(
        note_in(asked.note) if asked.note else (),
        _mailbox(os.environ.get(REPLY_TO_VARIABLE, ""), REPLY_TO_VARIABLE),
        # An empty one, as of a variable that is not set, must not have letters go to their true addresses.
        None if asked.test_to is None else mailbox_of(asked.test_to, "--test-to", EXAMPLE),
    )


def _mailbox(text: str, where: str) -> Address | None:
    """Name and address; None for an empty text."""
    return mailbox_of(text, where, EXAMPLE) if text else None


def output_of(asked: Asked) -> Path:
    """The folder of the reports; MailError where there is none."""
    output = (asked.output or Checkout.current().reports).absolute()
    if not output.is_dir():
        raise MailError(f"{output}: a folder of reports was expected; run 'renkei render' first")
    return output
