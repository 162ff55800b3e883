"""Which of a year's claims become rows of its file, and what is to be asked about them first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from renkei.actuals.claims import Claim
from renkei.actuals.disputes import Settled, settled
from renkei.actuals.ledger import Accepted, reported, says
from renkei.actuals.questions import Known, Question, questions_about
from renkei.errors import SourceError
from renkei.fiscal_year import FiscalYear
from renkei.tables.reported import Reported

#: Within so many years of its beginning a year is reported of.
_YEARS_AFTER = 10


@dataclass(frozen=True)
class Decisions:
    """What the person who imports decided: the day, why to accept, whose file counts."""

    entered_on: date
    reasons: Mapping[str, str] = field(default_factory=dict)
    takes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """A year with the claims that are new and their rows, how many were known, and what goes with them."""

    fiscal_year: int
    claims: tuple[Claim, ...]
    rows: tuple[Reported, ...]
    known: int
    accepted: tuple[Accepted, ...]
    notes: tuple[str, ...]
    problems: tuple[SourceError, ...]


def taken(
    fiscal_year: int,
    claims: Sequence[Claim],
    before: Sequence[Reported],
    known: Mapping[str, Known],
    answered: Collection[tuple[int, str, str, str]],
    decisions: Decisions,
) -> Taken:
    """What a year's claims add to the rows before, in the order of entry, and everything that is open.

    `known` is what is known of each indicator by the end of the year, `answered` has the questions that a
    person answered before.
    """
    new: list[Settled] = []
    notes: list[str] = []
    problems: list[SourceError] = []
    accepted: list[Accepted] = []
    count = 0
    for indicator_id in dict.fromkeys(claim.indicator_id for claim in claims):
        of_indicator = [claim for claim in claims if claim.indicator_id == indicator_id]
        rows = [row for row in before if row.indicator_id == indicator_id]
        fresh = [claim for claim in of_indicator if not _is_known(claim, rows, decisions)]
        count += len(of_indicator) - len(fresh)
        notes += _notes_of_replaced(of_indicator, rows, fresh)
        found, undecided = settled(fresh, rows, decisions.takes)
        new += found
        problems += undecided
        for one in found:
            problems += _day_problems(one.claim, rows, decisions.entered_on)
            notes += _notes_of_ratings(one.claim)
            asked = [*one.questions, *questions_about(one.claim, known.get(indicator_id, Known()), rows)]
            for question in {question.code: question for question in asked}.values():
                answer = _answer(one.claim, question, decisions)
                if answer is not None:
                    accepted.append(answer)
                elif (fiscal_year, indicator_id, one.claim.actual.text, question.code) not in answered:
                    problems.append(_open(one.claim, question))
        is_entered_again = any(says(row) == claim.says for row in rows for claim in fresh)
        if not is_entered_again and not any(answer.indicator_id == indicator_id for answer in accepted):
            notes += _notes_of_idle_reasons(of_indicator[0], decisions)
    return Taken(
        fiscal_year,
        tuple(one.claim for one in new),
        tuple(reported(one.claim, decisions.entered_on) for one in new),
        count,
        tuple(accepted),
        tuple(notes),
        tuple(problems),
    )


def _is_known(claim: Claim, rows: Sequence[Reported], decisions: Decisions) -> bool:
    """Whether a row says the same already; one that was replaced counts anew once a person wants it to."""
    same = [row for row in rows if says(row) == claim.says]
    if not same:
        return False
    is_latest = same[-1] is [row for row in rows if row.status == claim.status][-1]
    return is_latest or claim.indicator_id not in decisions.reasons


def _notes_of_replaced(
    claims: Sequence[Claim], rows: Sequence[Reported], fresh: Sequence[Claim]
) -> Iterator[str]:
    for claim in claims:
        latest = [row for row in rows if row.status == claim.status]
        if claim not in fresh and says(latest[-1]) != claim.says:
            yield (
                f"{claim.place}: {claim.indicator_id} “{claim.actual.text}” was entered before and replaced "
                f"on {latest[-1].entered_on} by “{latest[-1].actual_text}”, which stands; --accept "
                f"{claim.indicator_id} --reason “…” enters it again"
            )


def _notes_of_idle_reasons(claim: Claim, decisions: Decisions) -> Iterator[str]:
    """A reason for what nobody asked is kept nowhere: whoever gave it may have meant another indicator."""
    if claim.indicator_id in decisions.reasons:
        yield (
            f"--accept {claim.indicator_id}: nothing was asked about it in FY{claim.fiscal_year}, so the "
            "reason is not kept"
        )


def _notes_of_ratings(claim: Claim) -> Iterator[str]:
    if claim.rated_by == "person" and claim.by_rule not in (None, claim.rating):
        yield (
            f"{claim.place}: {claim.indicator_id} “{claim.actual.text}” is rated {claim.rating} by the "
            f"office, which counts; from value and target {claim.by_rule} follows"
        )


def _day_problems(claim: Claim, rows: Sequence[Reported], day: date) -> Iterator[SourceError]:
    """What comes in must be the later entry, of a year that has begun."""
    last = max((row.entered_on for row in rows if row.status == claim.status), default=None)
    if last is not None and day <= last:
        yield SourceError(
            f"a day after {last}, when another {claim.status} value of {claim.indicator_id} was entered, was "
            f"expected in --entered-on, found {day}; give the day on which this one came in",
            path=str(claim.place),
        )
    elif not FiscalYear(claim.fiscal_year).start <= day < FiscalYear(claim.fiscal_year + _YEARS_AFTER).start:
        # A year mistyped as 2205 would bar every correction: what comes in must be the later entry.
        yield SourceError(
            f"a day of FY{claim.fiscal_year} or later, within {_YEARS_AFTER} years, was expected in "
            f"--entered-on, found {day}; correct it",
            path=str(claim.place),
        )


def _answer(claim: Claim, question: Question, decisions: Decisions) -> Accepted | None:
    reason = decisions.reasons.get(claim.indicator_id)
    if reason is None:
        return None
    return Accepted(
        claim.fiscal_year,
        claim.indicator_id,
        claim.actual.text,
        question.code,
        reason,
        str(decisions.entered_on),
    )


def _open(claim: Claim, question: Question) -> SourceError:
    return SourceError(
        f"{claim.indicator_id} “{claim.actual.text}”: {question.text}; correct the cell, or, if it is right, "
        f"--accept {claim.indicator_id} --reason “…”",
        path=str(claim.place),
    )
