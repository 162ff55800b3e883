"""What a published target asks: how much, and how it counts over the years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from renkei.area import Plan
from renkei.errors import QuantityError
from renkei.quantity import Bound, Quantity


@dataclass(frozen=True)
class TargetTerms:
    """A target, taken apart; the kinds are those of the column `target_kind`."""

    value: Decimal | None
    bound: Bound
    kind: str
    direction: str
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Judgement:
    """One row of `data/curated/target_kinds.csv`."""

    target_kind: str
    direction: str


def target_terms(target: Quantity, plan: Plan, judgement: Judgement | None) -> TargetTerms:
    """The terms of `target` in a plan.

    毎年度 says that a number counts every year, and a year without a number that a
    thing is to be done by then. A number for one year can be a level or a running
    total, and a target may name no year: there the judgement decides, and without
    one a QuantityError says so.
    """
    kind = kind_by_text(target)
    if judgement is not None:
        if kind is not None and kind != judgement.target_kind:
            raise QuantityError(
                f"the target “{target.text}” reads as {kind}, data/curated/target_kinds.csv says "
                f"{judgement.target_kind}; delete the row there, or correct the target"
            )
        kind = judgement.target_kind
    if kind is None:
        raise QuantityError(
            f"the target “{target.text}” does not say how it counts; decide in data/curated/target_kinds.csv"
        )
    if kind not in ("every_year", "state") and target.year is None:
        raise QuantityError(f"the target “{target.text}” counts as {kind}, but names no year")
    last_year = target.year or plan.last_year
    spans_years = kind in ("every_year", "state", "cumulative")
    return TargetTerms(
        value=target.value,
        bound=target.bound,
        kind=kind,
        direction=judgement.direction if judgement else _direction(target),
        first_year=plan.first_year if spans_years else last_year,
        last_year=last_year,
    )


def kind_by_text(target: Quantity) -> str | None:
    """How a target counts by its own words; None where they do not settle it."""
    if target.is_increase:
        return "increase"
    if target.is_every_year:
        return "state" if target.value is None else "every_year"
    if target.value is None and target.year is not None:
        return "milestone"
    return None


def _direction(target: Quantity) -> str:
    """More is better, unless judged otherwise; words have no direction, but for an increase."""
    is_measured = target.value is not None or target.is_increase
    return "higher" if is_measured else "state"
