"""Drafts: one message for each recipient of a report, as .eml files beside the reports."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from urllib.parse import quote, unquote

from renkei.batch.families import Family, Report
from renkei.batch.fingerprints import is_current
from renkei.errors import MailError, ParameterError
from renkei.fiscal_year import FiscalYear
from renkei.mail.body import body_of
from renkei.mail.cover import Cover
from renkei.mail.message import Attachment, message_of
from renkei.mail.recipients import Recipient, is_plain
from renkei.page.content import Content, content_of
from renkei.whole_files import replace_files

#: Beside the reports of a year.
FOLDER = "mail"
ENDING = ".eml"
#: Follows the ending of a draft for somebody whom the list does not have.
ASIDE = ".unlisted"
_PREVIEW = ".html"
#: Between the report and the address in the name of a draft; no report has it in its own name.
_TO = "--"


@dataclass(frozen=True)
class Draft:
    """An unsent message with one report for one recipient, and the path of its file."""

    recipient: Recipient
    report: Report
    message: EmailMessage
    path: Path

    @property
    def envelope(self) -> tuple[str, ...]:
        """The addresses that it goes to, those in bcc too, which the message does not name."""
        return self.recipient.envelope


def reports_for(
    family: Family, fiscal_year: FiscalYear | None, recipients: Iterable[Recipient]
) -> list[tuple[Recipient, Report]]:
    """Each recipient of the family with the report that is meant for them, in the order of the list.

    Raises ParameterError for a year that the family does not offer, or none where it needs one, and
    MailError if nobody gets the family.
    """
    year: dict[str, int | str] = {} if fiscal_year is None else {"fiscal_year": fiscal_year.starts_in}
    if not year and "fiscal_year" in family.offers:
        years = ", ".join(map(str, family.offers["fiscal_year"]))
        raise ParameterError(f"{family.name} needs --fiscal-year, one of {years}")
    found = []
    for recipient in recipients:
        if family.name in recipient.families:
            own = {"municipality": recipient.municipality} if "municipality" in family.offers else {}
            found.append((recipient, family.report(year | own)))
    if not found:
        raise MailError(f"recipients of {family.name} were expected, found none; see their column “families”")
    return found


def drafts_of(
    pairs: Sequence[tuple[Recipient, Report]],
    output: Path,
    formats: Sequence[str],
    sender: Address | None,
    around: str,
    largest: int,
    area: str,
    corrections: Mapping[tuple[str, str], str],
    cover: Cover,
) -> list[Draft]:
    """A draft for each recipient, in memory; `around` is what `renkei.batch.fingerprints.surroundings` gives.

    `corrections` has what was put right, by report and address in lower case, for those to be told so.

    Raises MailError for a report that is missing or out of date, and for what is too large to send.
    """
    reports = {report.file: report for _, report in pairs}
    _demand_current(reports.values(), output, formats, around)
    contents = {file: _contents(report, output, formats) for file, report in reports.items()}
    drafts = []
    for recipient, report in pairs:
        content, files = contents[report.file]
        name = report.title.replace(" ", "_")
        plain = _plain_name(report)
        attachments = {
            f"{name}.{ending}": Attachment(content, f"{plain}.{ending}") for ending, content in files.items()
        }
        sizes = {name: len(file.content) for name, file in attachments.items()}
        # A notebook without our heading still has the title that reports.toml gives it.
        body = body_of(
            content,
            content.title or report.title,
            area,
            recipient,
            sender.display_name if sender else "",
            sizes,
            corrections.get((report.file, recipient.address.lower()), ""),
            cover,
        )
        message = message_of(body, recipient, sender, attachments, largest, cover)
        drafts.append(Draft(recipient, report, message, path_of(recipient, report, output)))
    return drafts


def path_of(recipient: Recipient, report: Report, output: Path) -> Path:
    """Where the draft of a report for a recipient stands."""
    target = output / report.file
    # An address may hold signs that a file's name may not.
    return target.parent / FOLDER / f"{target.name}{_TO}{quote(recipient.address, safe='@+')}{ENDING}"


def write_drafts(
    drafts: Sequence[Draft], listed: Collection[Path], reports: Iterable[Report], output: Path
) -> list[Path]:
    """Write all drafts, or none; set aside those of these reports for people whom the list does not have.

    `listed` has the paths of all drafts that there may be. A draft is set aside under a name that no mail
    program opens: nobody sends it by hand in error, and nothing is lost that somebody wrote into it. Its
    preview is taken away. Gives the paths of those set aside now.
    """
    replace_files({draft.path: draft.message.as_bytes() for draft in drafts})
    stems = {path.stem for path in listed}
    aside = []
    for report in reports:
        target = output / report.file
        for path in sorted((target.parent / FOLDER).rglob(f"{target.name}{_TO}*")):
            if path.suffix == ENDING and path.stem not in stems:
                aside.append(path.replace(_place_aside(path)))
            elif path.suffix == _PREVIEW and path.stem not in stems:
                path.unlink()
    return aside


def addressed(path: Path) -> str:
    """The address in the name of a draft that was set aside."""
    return unquote(path.name.partition(_TO)[2].rpartition(ENDING)[0])


def _place_aside(path: Path) -> Path:
    """Where a draft is set aside: no other draft of the same name lies there, unless it is the same."""
    endings = (ASIDE if number == 1 else f"{ASIDE}-{number}" for number in count(1))
    places = (path.with_name(f"{path.name}{ending}") for ending in endings)
    return next(place for place in places if not place.exists() or place.read_bytes() == path.read_bytes())


def _plain_name(report: Report) -> str:
    """Its file's name in ASCII, such as fy2025-targets."""
    name = report.file.replace("/", "-")
    return name if name.isascii() and is_plain(name) else "report"


def _contents(report: Report, output: Path, formats: Sequence[str]) -> tuple[Content, Mapping[str, bytes]]:
    """What a report says, and its files by ending."""
    content = content_of(json.loads((output / f"{report.file}.ipynb").read_bytes()))
    return content, {ending: (output / f"{report.file}.{ending}").read_bytes() for ending in formats}


def _demand_current(reports: Iterable[Report], output: Path, formats: Sequence[str], around: str) -> None:
    problems = []
    for report in reports:
        missing = [ending for ending in formats if not (output / f"{report.file}.{ending}").is_file()]
        if missing or not is_current(report, output, formats, around):
            state = f"missing as {', '.join(missing)}" if missing else "older than its data, code or notebook"
            problems.append(f"{output / report.file}: {state}")
    if problems:
        raise MailError(
            "reports made from what there is now were expected; run 'renkei render' for them first:", problems
        )
