"""The command line's words for an import: its options read, and what came of it told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from renkei.actuals.cells import shown, unseen
from renkei.actuals.disputes import takes_in
from renkei.actuals.importing import import_actuals
from renkei.actuals.rating import rate_again
from renkei.actuals.taking import Decisions
from renkei.checkout import Checkout
from renkei.errors import ParameterError
from renkei.fiscal_year import FiscalYear
from renkei.tables.reported import day_in, reported_years
from renkei.text import normalise

_LONGEST_REASON = 500


def import_files(
    files: Sequence[Path],
    entered_on: str,
    accept: Sequence[str],
    reason: Sequence[str],
    take: Sequence[str],
) -> list[str]:
    """Take in files of offices; what came of it, in lines."""
    decisions = Decisions(_day(entered_on), _reasons(accept, reason), takes_in(take))
    told = []
    for year in import_actuals(Checkout.current(), files, decisions):
        told.append(
            f"data/actuals/fy{year.fiscal_year}.csv: {len(year.rows)} rows added, {year.known} known before"
        )
        told += [f"note: {note}" for note in year.notes]
    return told or ["the files report nothing; nothing was written"]


def rate_year(fiscal_year: str) -> list[str]:
    """Rate a year again; what came of it, in lines. ParameterError for a year of which nothing is in."""
    year, checkout = FiscalYear.parse(fiscal_year).starts_in, Checkout.current()
    known = reported_years(checkout)
    if year not in known:
        years = ", ".join(map(str, known)) or "no year yet"
        raise ParameterError(f"a year that offices reported of, {years}, was expected, found {year}")
    told = [
        f"{row.indicator_id}: {row.rating} became {row.rating_by_rule}"
        if row.rating_by_rule
        else f"note: {row.indicator_id}: its target is in words now; import it with the rating of a person"
        for row in rate_again(checkout, year)
    ]
    return told or [f"every rating by rule of FY{year} is what the rule gives"]


def _day(text: str) -> date:
    day = day_in(text)
    if day is None:
        raise ParameterError(f"a day such as 2025-07-01 was expected in --entered-on, found “{shown(text)}”")
    return day


def _reasons(accept: Sequence[str], reason: Sequence[str]) -> dict[str, str]:
    if len(accept) != len(reason) or len(set(accept)) != len(accept):
        raise ParameterError(
            "one --reason for each --accept, and each indicator once, was expected, found "
            f"{len(accept)} --accept and {len(reason)} --reason"
        )
    reasons = {}
    for indicator_id, why in zip(accept, reason, strict=True):
        text = normalise(why)
        if not text or unseen(why) or len(text) > _LONGEST_REASON:
            raise ParameterError(
                f"a reason of 1 to {_LONGEST_REASON} characters that can be seen was expected for "
                f"{shown(indicator_id)}, found “{shown(why)}”"
            )
        reasons[indicator_id] = text
    return reasons
