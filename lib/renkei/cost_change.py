"""How a year's estimated cost differs from the year before, and which projects make the difference.

A plan may give the cost of some projects only: an amount that is not given any more is no saving. Where a
project had an amount the year before and has none now, only those with amounts in both years are compared.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.typed_rows import typed_rows

#: Projects are named as making a difference until they make this much of it together, in %.
MOST = 90
#: At most so many are named.
NAMED = 3


@dataclass(frozen=True)
class Mover:
    """A project's cost in both years, None where none is given, and its part in the whole difference.

    `difference_thousand_yen` takes a missing amount for nothing; `share_of_difference` is in % of the whole
    difference, None where that is nothing.
    """

    project_no: int
    name: str
    before_thousand_yen: float | None
    after_thousand_yen: float | None
    difference_thousand_yen: float
    share_of_difference: float | None


@dataclass(frozen=True)
class CostChange:
    """A year's total against that of the year before, in 1,000 yen.

    `percent` is the difference in % of the year before, None where that is 0; so is `others_percent`, of
    the totals without the project that costs most. `compared` projects give an amount for both years; where
    some do for the year before alone, all but `added` and `added_amount` is about these. `added` projects
    give an amount for the later year alone. `movers` make the most of the difference, the largest first,
    `movers_share` of it together.
    """

    year_before: int
    before: float
    after: float
    difference: float
    percent: float | None
    compared: int
    added: int
    added_amount: float
    movers: tuple[Mover, ...]
    movers_share: float
    others_before: float
    others_after: float
    others_percent: float | None


def changes_of(amounts: pd.DataFrame) -> pd.DataFrame:
    """Each project's difference, the largest first; `amounts` has project_no, name and both years' amounts.

    It may have has_ended, whether a project is over; such a one costs 0 in the year itself.

    Columns: project_no, name, before_thousand_yen and after_thousand_yen, NaN where none is given,
    difference_thousand_yen and share_of_difference, in % of the whole difference. No rows where one of
    the years has no amount at all: there is nothing to compare. Where some projects give an amount for the
    year before alone, only those that give both have a row.
    """
    has_before, has_after = (amounts[f"{year}_thousand_yen"].notna() for year in ("before", "after"))
    is_compared = has_before & has_after & ~_ended(amounts) if silent(amounts) else has_before | has_after
    given = amounts[is_compared] if has_before.any() and has_after.any() else amounts.head(0)
    difference = given["after_thousand_yen"].fillna(0.0) - given["before_thousand_yen"].fillna(0.0)
    whole = difference.sum()
    share = 100 * difference / whole if whole else difference * float("nan")
    rows = given.assign(difference_thousand_yen=difference, share_of_difference=share)
    return rows.loc[difference.abs().sort_values(ascending=False, kind="stable").index]


def silent(amounts: pd.DataFrame) -> int:
    """How many projects give an amount for the year before, and none for the year itself."""
    return int((amounts["before_thousand_yen"].notna() & amounts["after_thousand_yen"].isna()).sum())


def _ended(amounts: pd.DataFrame) -> pd.Series[bool]:
    if "has_ended" in amounts:
        return amounts["has_ended"].astype("bool")
    return pd.Series(False, index=amounts.index, dtype="bool")


def movers_of(changes: pd.DataFrame) -> list[Mover]:
    """The rows of `changes_of` as values."""
    return typed_rows(changes, Mover)


def cost_change(amounts: pd.DataFrame, year_before: int) -> CostChange | None:
    """The change as a whole; None where no project has amounts that can be compared."""
    changes = changes_of(amounts)
    if changes.empty:
        return None
    before, after = float(changes["before_thousand_yen"].sum()), float(changes["after_thousand_yen"].sum())
    added = amounts[amounts["before_thousand_yen"].isna() & amounts["after_thousand_yen"].notna()]
    movers = _most(movers_of(changes))
    others = changes.drop(index=changes["after_thousand_yen"].idxmax())
    others_before, others_after = (
        float(others["before_thousand_yen"].sum()),
        float(others["after_thousand_yen"].sum()),
    )
    return CostChange(
        year_before=year_before,
        before=before,
        after=after,
        difference=after - before,
        percent=_percent(before, after),
        compared=int(changes["before_thousand_yen"].notna().sum()),
        added=len(added),
        added_amount=float(added["after_thousand_yen"].sum()),
        movers=tuple(movers),
        movers_share=sum(mover.share_of_difference or 0.0 for mover in movers),
        others_before=others_before,
        others_after=others_after,
        others_percent=_percent(others_before, others_after),
    )


def _most(movers: list[Mover]) -> list[Mover]:
    """The fewest projects that make the most of the difference, all in its direction."""
    found: list[Mover] = []
    for mover in movers:
        if len(found) == NAMED or sum(of.share_of_difference or 0.0 for of in found) >= MOST:
            break
        if mover.share_of_difference is not None and mover.share_of_difference > 0:
            found.append(mover)
    return found


def _percent(before: float, after: float) -> float | None:
    return 100 * (after - before) / before if before else None
