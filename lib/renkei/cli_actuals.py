"""The command line's part for a year's actuals: `renkei actuals template`, `import`, `rate`, `status`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from renkei.checkout import Checkout

actuals = typer.Typer(
    help="A year's actuals: workbooks for offices, what comes back from them, what is still missing.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@actuals.command("template")
def actuals_template(
    fiscal_year: Annotated[str, typer.Option(help="The year whose actuals are asked for, such as 2025.")],
    municipality: Annotated[
        str | None, typer.Option(help="Only the projects in which this municipality takes part.")
    ] = None,
    project: Annotated[int | None, typer.Option(help="Only this project, by its number.")] = None,
    split: Annotated[
        bool, typer.Option("--split", help="A workbook for each project, and one for the KPIs.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="Folder to write to, in place of reports/fyYYYY/actuals/.")
    ] = None,
) -> None:
    """Make the Excel workbooks in which offices fill in a year's actuals."""
    from renkei.actuals.template import templates
    from renkei.batch.selection import one_fiscal_year
    from renkei.data_lock import reading_data
    from renkei.whole_files import replace_files

    checkout = Checkout.current()
    year = one_fiscal_year(fiscal_year)
    folder = (output or checkout.reports / f"fy{year.starts_in}" / "actuals").absolute()
    with reading_data(checkout):
        made = templates(year, municipality, project, split)
    replace_files({folder / name: content for name, content in made.items()})
    for name in made:
        typer.echo(f"{folder / name}")


@actuals.command("import")
def actuals_import(
    files: Annotated[list[Path], typer.Argument(help="Workbooks (.xlsx, .xlsm) or CSV files of offices.")],
    entered_on: Annotated[str, typer.Option(help="The day on which they came in, such as 2025-07-01.")],
    accept: Annotated[
        list[str] | None,
        typer.Option(help="An indicator about which a question was asked, and whose value is right."),
    ] = None,
    reason: Annotated[
        list[str] | None, typer.Option(help="Why it is right; one for each --accept, in their order.")
    ] = None,
    take: Annotated[
        list[str] | None,
        typer.Option(help="ID=FILE: of two offices that differ, this file is right; goes with --accept."),
    ] = None,
) -> None:
    """Take in what offices filled in, all of it or nothing; whatever is doubtful is listed with its cell."""
    from renkei.actuals.command import import_files

    for line in import_files(files, entered_on, accept or (), reason or (), take or ()):
        typer.echo(line)


@actuals.command("rate")
def actuals_rate(
    fiscal_year: Annotated[str, typer.Option(help="The year to rate again, such as 2025.")],
) -> None:
    """Rate again by rule what a revision of the plan rates otherwise; ratings of people stay."""
    from renkei.actuals.command import rate_year

    for line in rate_year(fiscal_year):
        typer.echo(line)


@actuals.command("status")
def actuals_status(
    fiscal_year: Annotated[str, typer.Option(help="The year whose actuals are asked for, such as 2025.")],
    output: Annotated[Path | None, typer.Option(help="Folder of the report, in place of reports/.")] = None,
) -> None:
    """Tell what has been reported of a year and what is missing, and make the report that reminds of it."""
    from renkei.actuals.progress_table import tell
    from renkei.actuals.status import offices_of, status_of
    from renkei.batch.selection import one_fiscal_year
    from renkei.cli import render
    from renkei.data_lock import reading_data

    year = one_fiscal_year(fiscal_year)
    with reading_data(Checkout.current()):
        status, offices = status_of(year), offices_of(year)
    tell(status, offices)
    render(["status"], fiscal_year=str(year.starts_in), output=output)
    folder = (output or Checkout.current().reports).absolute()
    typer.echo(f"the report: {folder / f'fy{year.starts_in}' / 'status.html'}")
