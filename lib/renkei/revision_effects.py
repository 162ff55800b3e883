"""What the revisions of the newest plan changed, in a reader's words, and what that does to what is met."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.comparison import JUDGED, Standing, compare_in_detail, status_of
from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.revisions import in_force, revisions_until
from renkei.typed_rows import typed_rows
from renkei.verdicts import Tally

__all__ = ["ChangedVerdict", "Effect", "Revised", "effect_of_revisions", "effects_by_year", "revised_until"]

#: Columns that follow from the published text of another one.
_FOLLOWING = (
    "unit", "direction", "baseline_value", "baseline_year", "target_value", "target_bound", "target_kind",
    "target_first_year", "target_last_year",
)  # fmt: skip


@dataclass(frozen=True)
class Revised:
    """One thing that a revision changed: a cell as published, or a row that it added or ended."""

    in_force_from: int
    table: str
    concerns: str
    project_no: int | None
    name: str
    fiscal_year: int | None
    field: str
    before: str | None
    after: str | None
    page: str | None
    reason: str | None
    source: str
    source_line: int


@dataclass(frozen=True)
class ChangedVerdict:
    """An indicator that stands otherwise to the year's target by the revised plan than by the first one.

    A status is one of `renkei.comparison.STATUSES`, None where that version does not have the indicator.
    """

    indicator_id: str
    project_no: int | None
    name: str
    target_before: str | None
    target_after: str | None
    newest_text: str | None
    status_before: str | None
    status_after: str | None


@dataclass(frozen=True)
class Effect:
    """What the revisions do to the verdicts on a year: how many are met and missed, and which turn."""

    fiscal_year: int
    before: Tally
    after: Tally
    changed: tuple[ChangedVerdict, ...]


@dataclass(frozen=True)
class _Row:
    indicator_id: str
    project_no: int | None
    name: str
    basis: str
    target_value: float | None
    target_text: str
    direction: str
    newest_value: float | None
    newest_text: str | None
    newest_status: str


def revised_until(fiscal_year: int | FiscalYear | None = None, tables: Tables | None = None) -> list[Revised]:
    """What the revisions changed that count for a year, by default for the plan's last, in their order.

    Columns that follow from a published text, such as the number in a target, are not told beside it; nor
    are years without an amount of a project that was added.
    """
    tables = tables or this_checkout()
    rows = revisions_until(fiscal_year, tables)
    is_empty = (rows["table"] == "costs") & (rows["field"] == "added") & rows["after"].isna()
    rows = rows[~rows["field"].isin(_FOLLOWING) & ~is_empty]
    numbers = pd.to_numeric(rows["concerns"].str.split("-").str[1], errors="coerce").astype("Int64")
    return typed_rows(rows.assign(project_no=numbers, name=_names(rows, tables)), Revised)


def effect_of_revisions(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> Effect | None:
    """What the revisions that count for a year do to its verdicts; None where there is none.

    Both versions, the plan as first published and the one in force, are held against the same newest values.
    """
    tables = tables or this_checkout()
    year = FiscalYear.parse(fiscal_year)
    if revisions_until(year, tables).empty:
        return None
    first = in_force(tables.area.plan.first_year, tables)
    before, after = (
        {row.indicator_id: row for row in typed_rows(compare_in_detail(year, of), _Row)}
        for of in (first, in_force(year, tables))
    )
    statuses = {
        indicator_id: (_status_at(row, after.get(indicator_id, row).newest_value))
        for indicator_id, row in before.items()
    }
    return Effect(
        fiscal_year=year.starts_in,
        before=_tally(list(statuses.values())),
        after=_tally([row.newest_status for row in after.values()]),
        changed=tuple(
            _changed(before.get(of), after.get(of), statuses.get(of))
            for of in dict.fromkeys([*after, *before])
            if statuses.get(of) != (after[of].newest_status if of in after else None)
        ),
    )


def effects_by_year(tables: Tables | None = None) -> list[Effect]:
    """The effect on each year of the newest plan for which a revision counts."""
    tables = tables or this_checkout()
    effects = [effect_of_revisions(year, tables) for year in tables.area.plan.fiscal_years]
    return [effect for effect in effects if effect is not None]


def _names(rows: pd.DataFrame, tables: Tables) -> list[str]:
    """The name of the project or indicator that each row is about, in the plan's last version that has it."""
    named = {}
    for of in (tables, in_force(tables=tables)):
        projects, indicators = of["projects"], of["indicators"]
        for plan, number, name in zip(
            projects["plan"], projects["project_no"], projects["name"], strict=True
        ):
            named[f"{plan}-{number:02}"] = name
        named |= dict(zip(indicators["indicator_id"], indicators["name"], strict=True))
    return [named[concerns] for concerns in rows["concerns"]]


def _status_at(row: _Row, newest_value: float | None) -> str:
    """How a value stands to what a row asks of the year."""
    standing = Standing(row.basis, row.target_value, row.indicator_id, True, newest_value, row.direction)
    return status_of(standing)


def _tally(statuses: list[str]) -> Tally:
    met, missed = (statuses.count(status) for status in JUDGED)
    return Tally(met, missed)


def _changed(before: _Row | None, after: _Row | None, status_before: str | None) -> ChangedVerdict:
    row = after or before
    if row is None:
        raise ValueError("an indicator of one version or the other was expected, found none")
    return ChangedVerdict(
        indicator_id=row.indicator_id,
        project_no=row.project_no,
        name=row.name,
        target_before=before.target_text if before else None,
        target_after=after.target_text if after else None,
        newest_text=row.newest_text,
        status_before=status_before,
        status_after=after.newest_status if after else None,
    )
