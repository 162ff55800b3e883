"""The achievement rate: of the indicators that could be judged, the share that was met."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.legend import MET, NOT_MET, RATINGS, UNJUDGED
from renkei.load import Tables, this_checkout
from renkei.outcomes import outcomes_of
from renkei.typed_rows import by_number


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
    return outcomes[(outcomes["kind"] == "project") & (outcomes["name"] != area.rate_indicator)]


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


def lowest(pillars: list[PillarRatings]) -> PillarRatings | None:
    """The first pillar with the lowest rate; None where no pillar has one."""
    return min(
        (pillar for pillar in pillars if pillar.rate.rate is not None),
        key=lambda pillar: pillar.rate.rate or Decimal(0),
        default=None,
    )


def missed(counted: pd.DataFrame) -> pd.DataFrame:
    """The rows rated × and then △, each in their order."""
    return pd.concat([counted[counted["rating"] == sign] for sign in reversed(NOT_MET)])


def unjudged(counted: pd.DataFrame) -> pd.DataFrame:
    """The rows that could not be judged."""
    return counted[counted["rating"].isin(UNJUDGED)]


def own_rate(outcomes: pd.DataFrame, tables: Tables | None = None) -> pd.DataFrame:
    """The row of the indicator that is the achievement rate itself, if there is one."""
    area = (tables or this_checkout()).area
    return outcomes[outcomes["name"] == area.rate_indicator]
