"""The command line: `renkei reports`, `build`, `check`, `tables`, `crosswalk`, `render`, `actuals`, `mail`.

Modules that take long to load are imported inside the commands that need them.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renkei.checkout import Checkout
from renkei.cli_actuals import actuals
from renkei.cli_errors import demand_plain, tell_error, tell_unexpected
from renkei.cli_mail import mail
from renkei.errors import ParameterError, RenkeiError
from renkei.scratch import take_away_abandoned
from renkei.system_errors import in_words

if TYPE_CHECKING:
    from renkei.batch.families import Family, Report
    from renkei.batch.results import Result

app = typer.Typer(
    help="Yearly reports on the joint projects of a renkei area (連携中枢都市圏).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Help in frames would take longer to load than all the rest.
    rich_markup_mode=None,
)
app.add_typer(actuals, name="actuals")
app.add_typer(mail, name="mail", help="Make e-mail drafts of a report, to look at; --send sends them.")


def main() -> None:
    """Run the command line; every refusal is one message on stderr and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character of a name shows its number rather than failing.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    take_away_abandoned()
    try:
        demand_plain(sys.argv[1:])
        app()
    except RenkeiError as error:
        tell_error(error)
        sys.exit(1)
    except (OSError, MemoryError) as error:
        tell_error(f"{in_words(error)}; nothing that was there before is lost")
        sys.exit(1)
    except Exception as error:
        tell_unexpected(error)
        sys.exit(1)


@app.command()
def build(
    accept: Annotated[
        str | None,
        typer.Option(help="Why another edition of a document is right; kept in sources.toml."),
    ] = None,
) -> None:
    """Make the tables in data/tables again from the documents; say by project what changes."""
    from renkei.tables.build import build

    built = build(Checkout.current(), accept, _ask_why if _is_watched() else None)
    for name, rows in built.rows.items():
        typer.echo(f"data/tables/{name}.csv: {rows} rows")
    if built.differences is not None and (built.differences.by_project or built.differences.moved):
        typer.echo(f"what changed:\n{built.differences}")


@app.command()
def check() -> None:
    """Check tables, curated files and documents; tell all that is wrong at once."""
    from renkei.check import check

    for line in check(Checkout.current()):
        typer.echo(f"ok: {line}")


@app.command()
def crosswalk(
    from_plan: Annotated[
        int | None,
        typer.Argument(help="The earlier plan, by its first fiscal year; the last but one if none."),
    ] = None,
    to_plan: Annotated[int | None, typer.Argument(help="The later plan; the newest if none.")] = None,
) -> None:
    """Propose which indicator goes on as which, by likeness of text, as CSV; people decide."""
    from renkei.area import Area
    from renkei.crosswalk import proposals

    area = Area.current()
    if from_plan is None:
        if area.plan_before is None:
            raise ParameterError("two plans to compare were expected, data/area.toml has one")
        from_plan = area.plan_before.first_year
    typer.echo(proposals(from_plan, to_plan or area.plan.first_year).to_csv(index=False), nl=False)


@app.command()
def render(
    families: Annotated[
        list[str] | None, typer.Argument(help="Report families, such as targets; all default ones if none.")
    ] = None,
    fiscal_year: Annotated[
        str | None, typer.Option(help="2025, 2025-2027 or 2025,2027; every year on offer if not given.")
    ] = None,
    municipality: Annotated[
        str | None,
        typer.Option(help="The lead or a partner, by its Japanese name; all of them if not given."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every report of every family.")] = False,
    format: Annotated[str, typer.Option(help="html, pdf, xlsx, or several: html,pdf.")] = "html,pdf,xlsx",
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Reports made at the same time; one more than cores if not given."),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Make them on the Dask cluster at this address, tls://host:8786.")
    ] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Take a --scheduler beyond this machine without TLS.")
    ] = False,
    force: Annotated[bool, typer.Option(help="Make reports again though nothing changed.")] = False,
    output: Annotated[Path | None, typer.Option(help="Folder to write to, in place of reports/.")] = None,
) -> None:
    """Make the reports that are missing or out of date, as HTML, PDF and Excel, and the index of all."""
    from renkei.batch.families import families as families_of
    from renkei.batch.fingerprints import is_current, surroundings
    from renkei.batch.folder import INDEX, is_listed
    from renkei.batch.selection import fiscal_years_in, formats_in, selected_reports
    from renkei.data_lock import reading_data

    if insecure and scheduler is None:
        raise ParameterError("--insecure goes with --scheduler")
    if scheduler is not None:
        from renkei.batch.addresses import scheduler_address
        from renkei.batch.encryption import demand_safe

        scheduler = scheduler_address(scheduler)
        demand_safe(scheduler, insecure)
    checkout = Checkout.current()
    offered = families_of(checkout)
    years = None if fiscal_year is None else fiscal_years_in(fiscal_year)
    reports = selected_reports(offered, families or [], years, municipality, everything)
    formats = formats_in(format)
    folder = (output or checkout.reports).absolute()
    failed = []
    with reading_data(checkout):
        around = surroundings(checkout)
        wanted = [report for report in reports if force or not is_current(report, folder, formats, around)]
        if wanted or not is_listed(folder):
            failed = _made(wanted, offered, folder, formats, jobs, scheduler, around)
    for result in failed:
        tell_error(result.error)
    unchanged = f", {len(reports) - len(wanted)} unchanged" if len(wanted) < len(reports) else ""
    counts = f"{len(wanted) - len(failed)} of {len(reports)} reports made{unchanged}"
    typer.echo(f"{counts}; see {folder / INDEX}")
    if failed:
        sys.exit(1)


@app.command()
def reports() -> None:
    """Build and check the tables, then make all default reports that are missing or out of date."""
    from renkei.git.settings import tell_git

    # For whoever set up without make.
    tell_git(Checkout.current())
    build(accept=None)
    check()
    render()


@app.command()
def tables(
    format: Annotated[str, typer.Option(help="xlsx: one workbook, a sheet for each table.")] = "xlsx",
    output: Annotated[Path | None, typer.Option(help="Folder to write to, in place of reports/.")] = None,
) -> None:
    """Make one workbook of all tables in data/tables, with Japanese heads and filters."""
    from renkei.data_lock import reading_data
    from renkei.load import tables_of
    from renkei.page.tables_workbook import tables_workbook
    from renkei.whole_files import replace_files

    if format != "xlsx":
        raise ParameterError(f"--format takes xlsx, found {format!r}; data/tables holds the tables as CSV")
    checkout = Checkout.current()
    path = (output or checkout.reports).absolute() / "tables.xlsx"
    with reading_data(checkout):
        replace_files({path: tables_workbook(checkout, tables_of(checkout))})
    typer.echo(f"{path}")


def _made(
    wanted: list[Report],
    offered: dict[str, Family],
    folder: Path,
    formats: tuple[str, ...],
    jobs: int | None,
    scheduler: str | None,
    around: str,
) -> list[Result]:
    """Make the reports, if any, and the index; the results of those that failed."""
    from renkei.batch.cluster import render_on_cluster
    from renkei.batch.folder import sole_use
    from renkei.batch.pool import render_all
    from renkei.batch.progress import Progress

    # While one report waits for its kernel, another has the core.
    at_once = jobs or (os.cpu_count() or 1) + 1
    with sole_use(folder):
        results: list[Result] = []
        if wanted:
            with Progress(len(wanted)) as progress:
                if scheduler:
                    notes = progress.tell, progress.note
                    results = render_on_cluster(scheduler, wanted, folder, formats, around, *notes)
                else:
                    results = render_all(wanted, folder, formats, at_once, around, progress.tell)
        from renkei.area import Area
        from renkei.batch.index import write_index

        write_index(offered, folder, Area.current().name)
    return [result for result in results if result.error]


def _is_watched() -> bool:
    """Whether a person sees what is asked, and can answer."""
    return sys.stdin.isatty() and sys.stderr.isatty() and "CI" not in os.environ


def _ask_why(told: str) -> str:
    """What a person at the terminal gives as the reason; nothing leaves all as it was."""
    typer.echo(told, err=True)
    answer: str = typer.prompt(
        "Why is that right? (nothing: leave the tables as they are)", default="", show_default=False, err=True
    )
    return answer
