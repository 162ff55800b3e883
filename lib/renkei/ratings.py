"""Ratings (評価) of indicators, and the share of them that were met."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from renkei.errors import ParameterError
from renkei.fiscal_year import FiscalYear
from renkei.load import load_table

#: The ratings in the order of a scale, with the words of the documents' legend.
RATINGS = {
    "◎": "達成済み",
    "○": "達成見込",
    "△": "達成不可見込",
    "×": "達成不可",
    "-": "評価不可",
}
MET = ("◎", "○")
NOT_MET = ("△", "×")

#: Project No. 1 measures itself by the very rate that is computed here.
OWN_INDICATOR = "本ビジョンに掲げる各連携事業の評価指標の達成割合"


@dataclass(frozen=True)
class Rate:
    """How many of the indicators that could be judged were met, or are expected to be."""

    achieved: int
    evaluable: int

    @property
    def rate(self) -> Decimal:
        """The achievement rate in %, to two decimals as the documents print it."""
        share = Decimal(100 * self.achieved) / self.evaluable
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


def achievement_rate(fiscal_year: int | FiscalYear) -> Rate:
    """The achievement rate of a year whose outcomes are in the tables.

    The indicator of project No. 1 is that rate itself and is not counted. For FY2021
    this gives the published 42 of 58, 72.41 %. Raises ParameterError for another year.
    """
    year = FiscalYear.parse(fiscal_year)
    outcomes = load_table("outcomes")
    years = sorted(set(outcomes["fiscal_year"]))
    if year.starts_in not in years:
        raise ParameterError(f"outcomes of {year} were asked for; there are those of {years}")
    return rate_of(counted_indicators(outcomes[outcomes["fiscal_year"] == year.starts_in]))


def counted_indicators(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The outcomes of all indicators but project No. 1's own."""
    indicators = load_table("indicators")
    own = indicators.loc[indicators["name"] == OWN_INDICATOR, "indicator_id"]
    return outcomes[~outcomes["indicator_id"].isin(own)]


def rate_of(outcomes: pd.DataFrame) -> Rate:
    """The rate of the rows' ratings; rows rated - could not be judged and are left out."""
    return Rate(
        achieved=int(outcomes["rating"].isin(MET).sum()),
        evaluable=int(outcomes["rating"].isin(MET + NOT_MET).sum()),
    )
