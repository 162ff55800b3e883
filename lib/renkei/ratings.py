"""The achievement rate: of the indicators that could be judged, the share that was met."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.legend import EXPECTED, MET, NOT_MET, RATINGS, UNJUDGED
from renkei.load import Tables, this_checkout
from renkei.outcomes import MEASURES, is_counted, measured, outcomes_of
from renkei.typed_rows import by_number

__all__ = [
    "MeasureRatings",
    "PillarRatings",
    "Rate",
    "achievement_rate",
    "counted",
    "expected",
    "judged",
    "lowest",
    "met",
    "missed",
    "not_counted",
    "own_rate",
    "rate_of",
    "rating_counts",
    "ratings_by_measure",
    "ratings_by_pillar",
    "unjudged",
    "unjudged_by_reason",
]


@dataclass(frozen=True)
class Rate:
    """How many of the indicators that could be judged were met, or are expected to be."""

    achieved: int
    evaluable: int

    @property
    def rate(self) -> Decimal | None:
        """The achievement rate in %, to two decimals as the documents print it; None if none was judged."""
        if not self.evaluable:
            return None
        share = Decimal(100 * self.achieved) / self.evaluable
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class PillarRatings:
    """A pillar's counted indicators: how many have each rating, and the rate."""

    pillar: int
    counts: dict[str, int]
    rate: Rate


@dataclass(frozen=True)
class MeasureRatings:
    """The judged indicators whose targets are deeds, or amounts: how many have each rating, and the rate."""

    measure: str
    counts: dict[str, int]
    rate: Rate


def achievement_rate(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> Rate:
    """The achievement rate of a year whose outcomes are in the tables; see `counted` for what counts.

    For FY2021 this gives the published 42 of 58, 72.41 %. Raises ParameterError for a year without outcomes.
    """
    tables = tables or this_checkout()
    return rate_of(counted(outcomes_of(fiscal_year, tables), tables))


def counted(outcomes: pd.DataFrame, tables: Tables | None = None) -> pd.DataFrame:
    """The rows of `outcomes_of` that the achievement rate counts.

    Those of projects, since KPIs are not rated, but for the indicator that is the rate itself: with it the
    FY2021 list would have 59 indicators that could be judged; its own count is 58.
    """
    area = (tables or this_checkout()).area
    return outcomes[is_counted(outcomes, area)]


def rate_of(counted: pd.DataFrame) -> Rate:
    """The rate of the rows' ratings; rows rated - could not be judged and are left out."""
    return Rate(
        achieved=int(counted["rating"].isin(MET).sum()),
        evaluable=int(counted["rating"].isin(MET + NOT_MET).sum()),
    )


def rating_counts(counted: pd.DataFrame) -> dict[str, int]:
    """How many rows have each rating, in the order of the scale; 0 where none has."""
    return {sign: int((counted["rating"] == sign).sum()) for sign in RATINGS}


def ratings_by_pillar(counted: pd.DataFrame) -> list[PillarRatings]:
    """The ratings of each pillar that has rows, in the order of the pillars."""
    return [
        PillarRatings(pillar, rating_counts(rows), rate_of(rows))
        for pillar, rows in by_number(counted, "pillar")
    ]


def ratings_by_measure(judged: pd.DataFrame) -> list[MeasureRatings]:
    """The ratings of the rows whose targets are deeds, and of those whose targets are amounts."""
    parts = [(measure, judged[judged["measure"] == measure]) for measure in MEASURES]
    return [
        MeasureRatings(measure, rating_counts(rows), rate_of(rows)) for measure, rows in parts if len(rows)
    ]


def lowest(pillars: list[PillarRatings]) -> list[PillarRatings]:
    """The pillars with the lowest rate: several where they share it, none where no pillar has a rate."""
    rates = [pillar.rate.rate for pillar in pillars if pillar.rate.rate is not None]
    return [pillar for pillar in pillars if rates and pillar.rate.rate == min(rates)]


def missed(counted: pd.DataFrame) -> pd.DataFrame:
    """The rows rated × and then △, each in their order."""
    return pd.concat([counted[counted["rating"] == sign] for sign in reversed(NOT_MET)])


def judged(counted: pd.DataFrame) -> pd.DataFrame:
    """The rows that could be judged: those that the rate is a share of."""
    return counted[counted["rating"].isin(MET + NOT_MET)]


def not_counted(outcomes: pd.DataFrame, tables: Tables | None = None) -> pd.DataFrame:
    """The projects' rows with a share of their target that the rate is not a share of, in the list's order.

    They were not judged, since their year is yet to come, or are the rate itself.
    """
    rate = judged(counted(outcomes, tables))
    return outcomes[outcomes.index.isin(measured(outcomes).index.difference(rate.index))]


def met(counted: pd.DataFrame) -> pd.DataFrame:
    """The rows that were met or are expected to be."""
    return counted[counted["rating"].isin(MET)]


def expected(counted: pd.DataFrame) -> pd.DataFrame:
    """The rows that are not met yet, but expected to be by the end of the year."""
    return counted[counted["rating"] == EXPECTED]


def unjudged_by_reason(unjudged: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows that could not be judged by what the documents say of them, as far as there are any.

    not_due: the target names a later year; past: an earlier one; pending: the actual, a number, is still
    being counted; unsaid: none of these.
    """
    is_every_year = unjudged["target_kind"].isin(("every_year", "state"))
    is_early = ~is_every_year & (unjudged["target_last_year"] > unjudged["fiscal_year"])
    is_past = ~is_every_year & (unjudged["target_last_year"] < unjudged["fiscal_year"])
    is_timely = ~is_early & ~is_past
    is_counting = unjudged["is_provisional"] & unjudged["actual_value"].isna() & unjudged["unit"].notna()
    groups = {
        "not_due": unjudged[is_early],
        "past": unjudged[is_past],
        "pending": unjudged[is_timely & is_counting],
        "unsaid": unjudged[is_timely & ~is_counting],
    }
    return {reason: rows for reason, rows in groups.items() if len(rows)}


def unjudged(counted: pd.DataFrame) -> pd.DataFrame:
    """The rows that could not be judged."""
    return counted[counted["rating"].isin(UNJUDGED)]


def own_rate(outcomes: pd.DataFrame, tables: Tables | None = None) -> pd.DataFrame:
    """The row of the indicator that is the achievement rate itself, if there is one."""
    area = (tables or this_checkout()).area
    return outcomes[outcomes["name"] == area.rate_indicator]
