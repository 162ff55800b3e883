"""The command line's part for e-mail: `renkei mail FAMILY`, and `renkei mail status FAMILY`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from renkei.errors import ParameterError

_STATUS = "status"
_LETTERS = "letters"


class _Mail(TyperGroup):
    """`status FAMILY` is the listing; other words are families, `status` alone that of its name."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        first, *rest = args[:2] or [""]
        is_listing = first == _STATUS and any(word == "--help" or word[:1] != "-" for word in rest)
        return super().parse_args(ctx, args if is_listing else [_LETTERS, *args])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        return (None if name == _LETTERS else name), command, rest


mail = typer.Typer(cls=_Mail, rich_markup_mode=None)

RecordOption = Annotated[
    Path | None,
    typer.Option(help="Folder of the record of what was sent, in place of the usual one."),
]
RecipientsOption = Annotated[
    Path | None, typer.Option(help="CSV file of recipients, in place of the one in your own settings.")
]
MunicipalityOption = Annotated[
    str | None, typer.Option(help="Only for recipients of this municipality; for all if not given.")
]
YearOption = Annotated[str | None, typer.Option(help="2025; not for reports without a year.")]
OutputOption = Annotated[Path | None, typer.Option(help="Folder of the reports, in place of reports/.")]


@mail.command(_LETTERS)
def letters(
    family: Annotated[str, typer.Argument(help="The report family, such as targets.")],
    fiscal_year: YearOption = None,
    municipality: MunicipalityOption = None,
    format: Annotated[
        str, typer.Option(help="What is attached: html, pdf, xlsx, or several: html,pdf.")
    ] = "html",
    recipients: RecipientsOption = None,
    sender: Annotated[str | None, typer.Option(help="Who sends: “企画課 <renkei@example.lg.jp>”.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Open the first one in the browser.")] = False,
    correction: Annotated[
        str | None, typer.Option(help="What was put right; for those who were sent the report before.")
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="Send, after showing what goes to whom.")] = False,
    server: Annotated[
        str | None, typer.Option(help="smtp://user@host:587 (STARTTLS) or smtps://user@host:465 (TLS).")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Send without asking; what is in doubt counts as sent.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Send also what was accepted before.")] = False,
    again_doubtful: Annotated[
        bool, typer.Option("--again-doubtful", help="Send again what is in doubt, without asking.")
    ] = False,
    patience: Annotated[
        str, typer.Option(help="How long to try those again whom the server did not take for now; 0: not.")
    ] = "20m",
    record: RecordOption = None,
    size_limit: Annotated[float, typer.Option(min=0, max=1000, help="Largest message, in MB.")] = 10,
    output: OutputOption = None,
    note: Annotated[Path | None, typer.Option(help="A text file, shown above the report's points.")] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Only for this address of the list; may be given several times.")
    ] = None,
    test_to: Annotated[
        str | None, typer.Option(help="With --send: all letters to this address alone, marked; unrecorded.")
    ] = None,
) -> None:
    """Make e-mail drafts of a report, one for each recipient, to look at; --send sends them.

    renkei mail status FAMILY lists who has which letter.
    """
    from renkei.mail import command
    from renkei.mail.rounds import checked_correction
    from renkei.mail.send_command import Sending, corrections_now, draft_corrections
    from renkei.mail.send_command import send as send_letters
    from renkei.mail.trial import send_tests

    if not send and (yes or again or again_doubtful or server):
        raise ParameterError(
            "--yes, --again, --again-doubtful and --server go with --send; without it, drafts are made"
        )
    if send and preview:
        raise ParameterError("--preview goes before --send: look first, then send")
    if correction is not None and again:
        raise ParameterError("--correction or --again were expected, found both; either sends again")
    if family == _STATUS and fiscal_year is None:
        raise ParameterError(
            "'renkei mail status FAMILY --fiscal-year 2025' lists who has which letter; "
            "'renkei mail status --fiscal-year 2025' makes drafts of the report family status"
        )
    asked = command.Asked(
        family, fiscal_year, municipality, format, recipients, sender, size_limit, output, note,
        tuple(only or ()), test_to,
    )  # fmt: skip
    if test_to is not None:
        if not send or again or again_doubtful:
            raise ParameterError(
                "--test-to goes with --send, and without --again and --again-doubtful: all letters are sent, "
                "and nothing is recorded; to look without sending, --preview"
            )
        text = "" if correction is None else checked_correction(correction)
        sys.exit(send_tests(asked, corrections_now(text, record, command.output_of(asked)), server, yes))
    if not send:
        command.make_drafts(asked, preview, draft_corrections(correction, record, command.output_of(asked)))
    else:
        how = Sending(server, record, correction, yes, again, again_doubtful, patience)
        sys.exit(send_letters(asked, how))


@mail.command(_STATUS)
def status(
    family: Annotated[str, typer.Argument(help="The report family, such as targets.")],
    fiscal_year: YearOption = None,
    municipality: MunicipalityOption = None,
    reports: Annotated[
        list[Path] | None,
        typer.Option(help="Bounces and delivery reports: .eml files, folders of them, or an mbox."),
    ] = None,
    recipients: RecipientsOption = None,
    record: RecordOption = None,
    output: OutputOption = None,
) -> None:
    """List who has which letter: draft, accepted, delivered, delayed, failed, in doubt, and which version.

    renkei mail status --fiscal-year 2025, without a family, makes drafts of the report family status.
    """
    from renkei.mail.command import Asked
    from renkei.mail.status import tell_status

    asked = Asked(family, fiscal_year, municipality, "html", recipients, None, 10, output)
    tell_status(asked, reports or (), record)
