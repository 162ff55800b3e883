"""The rating that follows from an actual and its target, by the list's own legend (`renkei.legend`)."""

from __future__ import annotations

from dataclasses import dataclass

from renkei.fiscal_year import FiscalYear
from renkei.legend import EXPECTED, UNJUDGED

__all__ = ["Ratable", "is_asked", "rating_by_rule"]

_NOT_JUDGED = UNJUDGED[0]
_MET_FOR_GOOD, _NOT_EXPECTED, _MISSED_FOR_GOOD = "◎", "△", "×"
#: What is asked of each year anew; any other target is asked of its last year alone.
_EVERY_YEAR = ("every_year", "state")


@dataclass(frozen=True)
class Ratable:
    """What decides how an indicator is rated: what it asks, when, and which way is better."""

    kind: str
    direction: str
    target_value: float | None
    target_kind: str
    target_first_year: int
    target_last_year: int


def rating_by_rule(of: Ratable, value: float | None, status: str, fiscal_year: FiscalYear) -> str | None:
    """The rating of a year's actual, in the indicator's unit; None where only a person can judge.

    ◎ final and met, ○ provisional and met, △ provisional and not met, × final and not met; - for a KPI, which
    the lists do not rate, for what is not asked of that year, and where the actual is not known. A target in
    words cannot be held against a number: a person says whether it is met.
    """
    if of.kind == "kpi" or not is_asked(of, fiscal_year):
        return _NOT_JUDGED
    if of.target_value is None:
        return None
    if value is None:
        return _NOT_JUDGED
    is_met = value <= of.target_value if of.direction == "lower" else value >= of.target_value
    if status == "final":
        return _MET_FOR_GOOD if is_met else _MISSED_FOR_GOOD
    return EXPECTED if is_met else _NOT_EXPECTED


def is_asked(of: Ratable, fiscal_year: FiscalYear) -> bool:
    """Whether the plan itself asks something of that year: not of a year before or after the target's own."""
    if of.target_kind in _EVERY_YEAR:
        return of.target_first_year <= fiscal_year.starts_in <= of.target_last_year
    return fiscal_year.starts_in == of.target_last_year
