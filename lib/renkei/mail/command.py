"""What `renkei mail` does before anything is sent: drafts, and a preview of them."""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path

import typer

from renkei.area import Area
from renkei.batch.families import Report, families
from renkei.batch.fingerprints import surroundings
from renkei.batch.folder import sole_use
from renkei.batch.selection import formats_in, one_fiscal_year
from renkei.checkout import Checkout
from renkei.errors import MailError, ParameterError
from renkei.mail.drafts import Draft, drafts_of, path_of, reports_for, write_drafts
from renkei.mail.message import attached_names
from renkei.mail.preview import write_previews
from renkei.mail.recipients import Recipient, is_address, is_plain, recipients_in, usual_path

#: Who sends, as in EXAMPLE.
SENDER_VARIABLE = "RENKEI_MAIL_SENDER"
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


@dataclass(frozen=True)
class Wanted:
    """The drafts that are asked for, in memory, and where all those that there may be have their place."""

    drafts: list[Draft]
    listed: frozenset[Path]


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
        _sender(asked.sender or os.environ.get(SENDER_VARIABLE, "")),
        surroundings(checkout),
        round(asked.size_limit * 1_000_000),
        area.name,
        corrections_of(pairs),
    )
    return Wanted(drafts, frozenset(path_of(recipient, report, output) for recipient, report in every))


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
    return pairs


def make_drafts(asked: Asked, is_preview: bool, corrections_of: Corrections) -> None:
    """Write the drafts; with a preview, also a page of each, the first of which opens in the browser."""
    output = output_of(asked)
    with sole_use(output):
        found = wanted(asked, output, corrections_of)
        write_drafts(found.drafts, found.listed)
        pages = write_previews(found.drafts) if is_preview else []
    show(found.drafts)
    typer.echo(f"{len(found.drafts)} drafts in {found.drafts[0].path.parent}")
    if pages:
        typer.echo(f"{len(pages)} previews in {pages[0].parent}")
        webbrowser.open(pages[0].as_uri())


def show(drafts: Sequence[Draft]) -> None:
    """What goes to whom."""
    for draft in drafts:
        attached = attached_names(draft.message)
        size = len(draft.message.as_bytes()) / 1000
        whom = " ".join(filter(None, (draft.recipient.office, draft.recipient.name)))
        typer.echo(
            f"{whom} <{draft.recipient.address}>: {draft.message['Subject']}; {attached}; {size:,.0f} KB"
        )


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


def output_of(asked: Asked) -> Path:
    """The folder of the reports; MailError where there is none."""
    output = (asked.output or Checkout.current().reports).absolute()
    if not output.is_dir():
        raise MailError(f"{output}: a folder of reports was expected; run 'renkei render' first")
    return output
