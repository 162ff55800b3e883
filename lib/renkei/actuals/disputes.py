"""Where offices say different things of one indicator, and how a person decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from renkei.actuals.cells import seen, shown
from renkei.actuals.claims import Claim
from renkei.actuals.questions import Question
from renkei.errors import ParameterError, SourceError
from renkei.tables.reported import Reported

#: The code in data/actuals/accepted.csv of a choice between offices.
CODE = "dispute"


@dataclass(frozen=True)
class Settled:
    """The one claim of an indicator, year and status that counts, and what it had to win against."""

    claim: Claim
    questions: tuple[Question, ...] = ()
    lost: tuple[Claim, ...] = field(default=())


def takes_in(texts: Sequence[str]) -> dict[str, str]:
    """The file that is to count for each indicator, from texts such as ID=a.xlsx."""
    takes: dict[str, str] = {}
    for text in texts:
        indicator_id, equals, file = text.partition("=")
        if not (indicator_id and equals and file) or takes.get(indicator_id, file) != file:
            raise ParameterError(
                f"--take was expected once for an indicator, as ID=FILE, found “{shown(text)}”"
            )
        takes[indicator_id] = file
    return takes


def settled(
    claims: Sequence[Claim], before: Sequence[Reported], takes: Mapping[str, str]
) -> tuple[list[Settled], list[SourceError]]:
    """The claims of one indicator and year that are new, of each status one; or why that is not clear.

    Claims that say the same, whoever said it, are one. What an office says otherwise than another one, in
    this import or in what stands with the same status, counts only where `takes` names its file.
    """
    found: list[Settled] = []
    problems: list[SourceError] = []
    file = takes.get(claims[0].indicator_id) if claims else None
    for status in ("provisional", "final"):
        of_status = [claim for claim in claims if claim.status == status]
        distinct = list({claim.says: claim for claim in sorted(of_status, key=_order, reverse=True)}.values())
        distinct.reverse()
        chosen = [claim for claim in distinct if file is not None and _is_from(claim, of_status, file)]
        if len(distinct) > 1 and len(chosen) != 1:
            problems.append(_undecided(distinct))
            continue
        for claim in chosen or distinct:
            rivals = [other for other in distinct if other is not claim]
            standing = _of_other_office(claim, before)
            if standing is not None and claim not in chosen:
                problems.append(_against(claim, standing))
                continue
            found.append(Settled(claim, tuple(_choice(rivals, standing)), tuple(rivals)))
    return found, problems


def _order(claim: Claim) -> tuple[str, str, str]:
    return claim.file, claim.path, f"{claim.office}\n{claim.place}"


def _is_from(claim: Claim, of_status: Sequence[Claim], file: str) -> bool:
    return any(other.says == claim.says and file in (other.path, other.file) for other in of_status)


def _of_other_office(claim: Claim, before: Sequence[Reported]) -> Reported | None:
    """What stands with the same status and says another value or rating, if another office said it."""
    same = [row for row in before if row.status == claim.status]
    if not same or same[-1].office == claim.office or not differs(claim, same[-1]):
        return None
    return same[-1]


def differs(claim: Claim, row: Reported) -> bool:
    """Whether a claim says another value than a row, other words where it has none, or another rating."""
    if claim.actual.value != row.actual_value or claim.rating != row.rating:
        return True
    return claim.actual.value is None and claim.actual.text != row.actual_text


def _undecided(distinct: Sequence[Claim]) -> SourceError:
    first = distinct[0]
    places = "; ".join(f"{_said(claim)} in {claim.place}" for claim in distinct)
    return SourceError(
        f"one {first.status} answer for {first.indicator_id} of FY{first.fiscal_year} was expected, found "
        f"{places}; have one of them corrected, or {_way_out(first)}",
        path=str(first.place),
    )


def _against(claim: Claim, standing: Reported) -> SourceError:
    return SourceError(
        f"what {shown(standing.office)} entered as {claim.status} on {standing.entered_on} for "
        f"{claim.indicator_id} of FY{claim.fiscal_year}, “{standing.actual_text}” {standing.rating} "
        f"({shown(standing.file)}), was expected, found {_said(claim)}; have one of the offices "
        f"correct its own, leave the row out, or {_way_out(claim)}",
        path=str(claim.place),
    )


def _said(claim: Claim) -> str:
    return f"“{claim.actual.text}” {claim.rating} of {shown(claim.office)}"


def _way_out(claim: Claim) -> str:
    return (
        f"decide: --take {claim.indicator_id}={seen(claim.path)} --accept {claim.indicator_id} --reason “…”"
        ", with the file that is right"
    )


def _choice(rivals: Sequence[Claim], standing: Reported | None) -> Iterator[Question]:
    others = [_said(claim) for claim in rivals]
    if standing is not None:
        others.append(f"“{standing.actual_text}” {standing.rating} of {shown(standing.office)}")
    if others:
        yield Question(CODE, f"is it right, and not {', '.join(others)}?")
