"""What is known of each indicator against what the newest plan asks of a year."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.legend import FOR_REFERENCE
from renkei.load import Tables, this_checkout
from renkei.newest import VALUE_STATUSES, newest_values, outcomes_before
from renkei.outcomes import indicators_with_projects
from renkei.pairing import joined, outcomes_compared
from renkei.revisions import in_force
from renkei.target_changes import ChangedTarget, target_change_of
from renkei.targets import NOT_ASKED
from renkei.typed_rows import by_number, typed_rows

__all__ = [
    "JUDGED",
    "STATUSES",
    "Compared",
    "Standing",
    "by_year",
    "compare",
    "compare_in_detail",
    "compared_years",
    "status_of",
]

STATUSES = ("met", "not_met", "no_outcome", "not_comparable", "no_target", "state")
JUDGED = ("met", "not_met")


@dataclass(frozen=True)
class Standing:
    """What decides the status of a row: what is asked, what is known, and whether they can be compared."""

    basis: str
    target_value: float | None
    from_indicator: str | None
    is_comparable: bool
    value: float | None
    direction: str


@dataclass(frozen=True)
class OtherOutcome:
    """What a list of another year than the area's year of outcomes reports of a comparable predecessor."""

    fiscal_year: int
    text: str
    is_reference: bool


@dataclass(frozen=True)
class Compared:
    """One row of `compare_in_detail`, as far as reports say it."""

    indicator_id: str
    project_no: int | None
    project_name: str | None
    kind: str
    pillar: int
    name: str
    unit: str | None
    direction: str
    target_kind: str
    baseline_text: str
    baseline_value: float | None
    baseline_year: int | None
    target_text: str
    target_value: float | None
    final_target_value: float | None
    target_last_year: int
    basis: str
    from_indicator: str | None
    relation: str | None
    is_comparable: bool
    outcome_2021_text: str | None
    outcome_2021_value: float | None
    outcome_2021_year: int | None
    outcome_2021_rating: str | None
    outcome_2021_is_reference: bool
    gap: float | None
    share_of_target: float | None
    status: str
    target_change: str
    newest_value: float | None
    newest_text: str | None
    newest_year: int | None
    newest_origin: str | None
    newest_gap: float | None
    newest_share: float | None
    newest_status: str
    newest_is_provisional: bool
    actual_value: float | None
    actual_text: str | None
    actual_year: int | None
    actual_is_provisional: bool
    source_line: int
    other_outcomes: tuple[OtherOutcome, ...]


def compare(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """One row per indicator of the newest plan, in its order.

    Columns: indicator_id; from_indicator, relation and is_comparable from the crosswalk;
    outcome_2021_value and outcome_2021_text, whether comparable or not; target_value and
    basis of that year; and, in the indicator's unit unless said otherwise:

    - gap: what the outcome lacks of the target, 0 or less where it is met: target minus
      outcome, or outcome minus target where lower is better
    - share_of_target: the outcome as % of the target, the target as % of the outcome where
      lower is better; NaN unless both are above zero (outcome 0 is 0 % where higher is better)
    - status: one of STATUSES, see `status_of`
    - target_change: against the plan before, see `renkei.target_changes`
    - newest_value, newest_year, newest_origin: the newest value known by the end of that year,
      see `renkei.newest`; newest_gap, newest_share, newest_status: the same of it as of the outcome
    - actual_value, actual_status: that year's own outcome where the tables have it

    A gap and a share are NaN unless their status is met or not_met.
    """
    year = FiscalYear.parse(fiscal_year)
    tables = in_force(year, tables)
    rows = joined(year, tables).merge(
        newest_values(year, tables)[["indicator_id", "value", "year", "origin"]].rename(
            columns={"value": "newest_value", "year": "newest_year", "origin": "newest_origin"}
        ),
        on="indicator_id",
        how="left",
        validate="one_to_one",
    )
    by_outcome = _judged(rows, "outcome_2021_value")
    # What is known of the indicator itself needs no predecessor to be held against its target.
    own = rows.assign(from_indicator=rows["indicator_id"], is_comparable=True)
    by_newest = _judged(own, "newest_value")
    return pd.DataFrame(
        {
            "indicator_id": rows["indicator_id"],
            "from_indicator": rows["from_indicator"],
            "relation": rows["relation"],
            "is_comparable": rows["is_comparable"],
            "outcome_2021_value": rows["outcome_2021_value"],
            "outcome_2021_text": rows["outcome_2021_text"],
            "target_value": rows["target_value"],
            "basis": rows["basis"],
            "gap": by_outcome["gap"],
            "share_of_target": by_outcome["share"],
            "status": by_outcome["status"],
            "target_change": [target_change_of(row) for row in typed_rows(rows, ChangedTarget)],
            "newest_value": rows["newest_value"],
            "newest_year": rows["newest_year"],
            "newest_origin": rows["newest_origin"],
            "newest_gap": by_newest["gap"],
            "newest_share": by_newest["share"],
            "newest_status": by_newest["status"],
            "actual_value": rows["actual_value"],
            "actual_status": _judged(own, "actual_value")["status"],
        }
    )


def compare_in_detail(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """`compare` with what a report says of each row.

    Adds the columns of indicators (target_value as final_target_value), project_name and
    section; outcome_2021_rating, outcome_2021_year and outcome_2021_is_reference (its document gives it for
    reference only); newest_text, newest_is_provisional and newest_source; of that year's own outcome
    actual_text, actual_year, actual_is_provisional and actual_source, missing or False where there is none;
    the crosswalk's reason; fiscal_year; other_outcomes, a tuple of `OtherOutcome`, by year.
    """
    year = FiscalYear.parse(fiscal_year)
    tables = in_force(year, tables)
    found = outcomes_compared(tables)
    outcomes = pd.DataFrame(
        {
            "from_indicator": found["indicator_id"],
            "outcome_2021_rating": found["rating"],
            "outcome_2021_year": found["observed_year"],
            "outcome_2021_is_reference": found["note"].str.contains(FOR_REFERENCE, regex=False),
        }
    )
    reasons = tables["crosswalk"].dropna(subset="to_indicator")[["to_indicator", "reason"]]
    newest = newest_values(year, tables)
    newest = pd.DataFrame(
        {
            "indicator_id": newest["indicator_id"],
            "newest_text": newest["text"],
            "newest_is_provisional": newest["status"] == VALUE_STATUSES[0],
            "newest_source": newest["source"],
        }
    )
    own = tables["outcomes"][tables["outcomes"]["fiscal_year"] == year.starts_in]
    actual = own[["indicator_id", "actual_text", "observed_year", "is_provisional", "source"]].set_axis(
        ["indicator_id", "actual_text", "actual_year", "actual_is_provisional", "actual_source"], axis=1
    )
    return (
        compare(year, tables)
        .merge(
            indicators_with_projects(tables).rename(columns={"target_value": "final_target_value"}),
            on="indicator_id",
            how="left",
            validate="one_to_one",
        )
        .merge(outcomes, on="from_indicator", how="left", validate="many_to_one")
        .merge(
            reasons.rename(columns={"to_indicator": "indicator_id"}),
            on="indicator_id",
            how="left",
            validate="one_to_one",
        )
        .merge(newest, on="indicator_id", how="left", validate="one_to_one")
        .merge(actual, on="indicator_id", how="left", validate="one_to_one")
        .assign(
            fiscal_year=year.starts_in,
            other_outcomes=lambda rows: _other_outcomes(rows["indicator_id"], tables),
            outcome_2021_is_reference=lambda rows: rows["outcome_2021_is_reference"].eq(True),
            newest_is_provisional=lambda rows: rows["newest_is_provisional"].eq(True),
            actual_is_provisional=lambda rows: rows["actual_is_provisional"].eq(True),
        )
    )


def status_of(standing: Standing) -> str:
    """How a value stands to the year's target.

    no_target: nothing is asked of that year, not yet or no longer; state: what is asked is said in words,
    so that no number settles it; no_outcome: no predecessor, or no number is known;
    not_comparable: the predecessor measured something else; else met or not_met.
    """
    if standing.basis in NOT_ASKED:
        return "no_target"
    if standing.target_value is None:
        return "state"
    if standing.from_indicator is None:
        return "no_outcome"
    if not standing.is_comparable:
        return "not_comparable"
    if standing.value is None:
        return "no_outcome"
    if standing.direction == "lower":
        return "met" if standing.value <= standing.target_value else "not_met"
    return "met" if standing.value >= standing.target_value else "not_met"


def _other_outcomes(indicator_ids: pd.Series, tables: Tables) -> pd.Series:
    """The tuple of each indicator's other outcomes, first year first."""
    found = outcomes_before(tables).sort_values("fiscal_year", kind="stable")
    found = found[found["fiscal_year"] != tables.area.outcome_year]
    found = found.assign(
        text=found["actual_text"],
        is_reference=found["note"].str.contains(FOR_REFERENCE, regex=False).eq(True),
    )
    of: dict[str, tuple[OtherOutcome, ...]] = {}
    for indicator_id, outcome in zip(found["indicator_id"], typed_rows(found, OtherOutcome), strict=True):
        of[indicator_id] = (*of.get(indicator_id, ()), outcome)
    return pd.Series([of.get(indicator_id, ()) for indicator_id in indicator_ids], dtype="object")


def compared_years(tables: Tables | None = None) -> pd.DataFrame:
    """`compare_in_detail` for every fiscal year of the newest plan, one year below the other."""
    tables = tables or this_checkout()
    years = tables.area.plan.fiscal_years
    return pd.concat([compare_in_detail(year, tables) for year in years], ignore_index=True)


def by_year(compared: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """The rows of `compared_years` by fiscal year, in the order of the years."""
    return dict(by_number(compared, "fiscal_year"))


def _judged(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """status, gap and share of the values in a column; gap and share are NaN unless they were judged."""
    rows = rows.assign(value=rows[column])
    statuses = pd.Series([status_of(standing) for standing in typed_rows(rows, Standing)], dtype="str")
    is_judged = statuses.isin(JUDGED)
    return pd.DataFrame(
        {
            "status": statuses,
            "gap": _gaps(rows).where(is_judged),
            "share": _shares(rows).where(is_judged),
        }
    )


def _gaps(rows: pd.DataFrame) -> pd.Series[float]:
    lacking = rows["target_value"] - rows["value"]
    return lacking.where(rows["direction"] != "lower", -lacking)


def _shares(rows: pd.DataFrame) -> pd.Series[float]:
    value, target = rows["value"], rows["target_value"]
    higher = (100 * value / target.where(target > 0)).where(value >= 0)
    lower = 100 * target.where(target > 0) / value.where(value > 0)
    return higher.where(rows["direction"] != "lower", lower)
