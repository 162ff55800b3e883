"""`renkei actuals import`: what offices sent becomes data/actuals and the tables, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from renkei.actuals.cells import shown
from renkei.actuals.claims import Claim, claim_of
from renkei.actuals.files import Sent, sent
from renkei.actuals.ledger import accepted_rows, accepted_text, rows_of_year, year_text
from renkei.actuals.measured import Measured, measured_indicators
from renkei.actuals.questions import Known, after, known_by
from renkei.actuals.reading import form_rows
from renkei.actuals.taking import Decisions, Taken, taken
from renkei.actuals.writing import write_with_tables
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.data_lock import changing_data
from renkei.errors import ParameterError, SourceError, TableError, capped
from renkei.load import Tables, tables_of
from renkei.tables.reported import Reported, reported_table
from renkei.tables.schema import of_year, resource
from renkei.units import Units
from renkei.whole_files import clear_unfinished


def import_actuals(checkout: Checkout, paths: Sequence[Path], decisions: Decisions) -> list[Taken]:
    """Take in the files of offices; what came of each year that they report of, first to last.

    Raises TableError, with every doubtful cell, and writes nothing, unless all of it is beyond doubt or
    accepted. What is known already changes nothing, on whatever day it comes again.
    """
    files, problems = _sent(paths)
    with changing_data(checkout):
        clear_unfinished(checkout.tables.parent)
        tables, units = tables_of(checkout), Units.of(checkout)
        measured = measured_indicators(tables, units)
        claims: list[Claim] = []
        for file in files:
            read, doubtful = _claims(file, measured, Area.of(checkout), units)
            claims += read
            problems += doubtful
        _demand_decisions_used(decisions, claims, files, bool(problems))
        before = {
            year: rows_of_year(checkout, year, measured, units)
            for year in sorted({claim.fiscal_year for claim in claims})
        }
        years = _years(checkout, tables, claims, before, decisions)
        problems += [problem for year in years for problem in year.problems]
        if problems:
            raise TableError(
                f"nothing was written; places to look at in the files: {len(problems)}",
                capped(map(str, problems)),
            )
        _write(checkout, years, before, measured)
    return years


def _sent(paths: Sequence[Path]) -> tuple[list[Sent], list[SourceError]]:
    files: list[Sent] = []
    problems: list[SourceError] = []
    for path in {os.path.realpath(path): path for path in paths}.values():
        try:
            files.append(sent(path))
        except SourceError as error:
            problems.append(error)
    return files, problems


def _claims(
    file: Sent, measured: Mapping[str, Measured], area: Area, units: Units
) -> tuple[list[Claim], list[SourceError]]:
    rows = form_rows(file.path, file.sheets)
    claims: list[Claim] = []
    problems = [*rows.problems]
    for row in rows.rows:
        claim, doubtful = claim_of(row, file.name, file.path, measured, area.plans, units)
        claims += [claim] if claim else []
        problems += doubtful
    return claims, problems


def _demand_decisions_used(
    decisions: Decisions, claims: Sequence[Claim], files: Sequence[Sent], is_doubtful: bool
) -> None:
    """What was decided must be about what the files say, or a typing error would go unseen."""
    reported_of = {claim.indicator_id for claim in claims}
    for option, ids in (("--accept", decisions.reasons), ("--take", decisions.takes)):
        strangers = sorted(set(ids) - reported_of)
        # Where a row cannot be read, what was decided about it waits.
        if strangers and not is_doubtful:
            raise ParameterError(
                f"{option} was expected to name an indicator that the files report of, found "
                f"{', '.join(map(shown, strangers))}"
            )
    for file in decisions.takes.values():
        if sum(file in (of.path, of.name) for of in files) != 1 and not any(file == of.path for of in files):
            raise ParameterError(
                f"--take was expected to name one of the files, found “{shown(file)}”; where two have the "
                "same name, write its path as given"
            )


def _years(
    checkout: Checkout,
    tables: Tables,
    claims: Sequence[Claim],
    before: Mapping[int, Sequence[Reported]],
    decisions: Decisions,
) -> list[Taken]:
    """What comes in of each year, first to last: what one year says is known to the next."""
    answered = {row.key for row in accepted_rows(checkout)}
    years: list[Taken] = []
    for fiscal_year, rows in before.items():
        own = [claim for claim in claims if claim.fiscal_year == fiscal_year]
        known = known_by(fiscal_year, tables)
        for claim in (claim for year in years for claim in year.claims):
            known[claim.indicator_id] = after(known.get(claim.indicator_id, Known()), claim)
        years.append(taken(fiscal_year, own, rows, known, answered, decisions))
    return years


def _write(
    checkout: Checkout,
    years: Sequence[Taken],
    before: Mapping[int, Sequence[Reported]],
    measured: Mapping[str, Measured],
) -> None:
    """Answers before values: a value whose answer was lost would not be asked about again."""
    contents: dict[Path, bytes] = {}
    accepted = [answer for year in years for answer in year.accepted]
    if accepted:
        text = accepted_text(checkout, [*accepted_rows(checkout), *accepted])
        contents[resource(checkout, "accepted").path] = text.encode("utf-8")
    for year in years:
        if year.rows:
            path = of_year(reported_table(checkout), year.fiscal_year).path
            rows = [*before[year.fiscal_year], *year.rows]
            contents[path] = year_text(checkout, rows, measured).encode("utf-8")
    write_with_tables(checkout, contents)
