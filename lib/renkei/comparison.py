"""What a year's outcomes achieved against what the newest plan asks of a year."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.outcomes import indicators_with_projects
from renkei.pairing import joined, outcomes_compared
from renkei.target_changes import ChangedTarget, target_change_of
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import by_number, typed_rows

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
    is_comparable: bool
    outcome_2021_text: str | None
    outcome_2021_value: float | None
    outcome_2021_rating: str | None
    gap: float | None
    share_of_target: float | None
    status: str
    target_change: str
    source_line: int


@dataclass(frozen=True)
class Shared(Compared):
    """A row whose outcome has a share of the target."""

    outcome_2021_text: str
    outcome_2021_value: float
    share_of_target: float


@dataclass(frozen=True)
class Counts:
    """How many indicators of a comparison there are, were judged, met or missed, and how many are due.

    `computed` have a target of this system's own for the year; `zero` have an outcome of 0 % of it.
    """

    indicators: int
    met: int
    missed: int
    due: int
    computed: int
    zero: int

    @property
    def judged(self) -> int:
        """Those that were met or missed."""
        return self.met + self.missed


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
    - actual_value, actual_status: that year's own outcome where the tables have it

    gap and share_of_target are NaN unless the status is met or not_met.
    """
    tables = tables or this_checkout()
    rows = joined(FiscalYear.parse(fiscal_year), tables)
    statuses = _statuses(rows.assign(value=rows["outcome_2021_value"]))
    # A year's own outcome needs no predecessor to be held against its target.
    own = rows.assign(from_indicator=rows["indicator_id"], is_comparable=True, value=rows["actual_value"])
    is_judged = statuses.isin(JUDGED)
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
            "gap": _gaps(rows).where(is_judged),
            "share_of_target": _shares(rows).where(is_judged),
            "status": statuses,
            "target_change": [target_change_of(row) for row in typed_rows(rows, ChangedTarget)],
            "actual_value": rows["actual_value"],
            "actual_status": _statuses(own),
        }
    )


def compare_in_detail(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """`compare` with what a report says of each row.

    Adds the columns of indicators (target_value as final_target_value), project_name and
    section; outcome_2021_rating and outcome_2021_year; the crosswalk's reason; fiscal_year.
    """
    tables = tables or this_checkout()
    year = FiscalYear.parse(fiscal_year)
    outcomes = outcomes_compared(tables)[["indicator_id", "rating", "observed_year"]].set_axis(
        ["from_indicator", "outcome_2021_rating", "outcome_2021_year"], axis=1
    )
    reasons = tables["crosswalk"].dropna(subset="to_indicator")[["to_indicator", "reason"]]
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
        .assign(fiscal_year=year.starts_in)
    )


def status_of(standing: Standing) -> str:
    """How an outcome stands to the year's target.

    no_target: nothing is asked of that year yet; state: what is asked is said in words, so
    that no number settles it; no_outcome: no predecessor, or no number in its outcome;
    not_comparable: the predecessor measured something else; else met or not_met.
    """
    if standing.basis == "none":
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


def counts_of(compared: pd.DataFrame) -> Counts:
    """The counts of a year's comparison, or of some rows of what `compare_in_detail` gives."""
    return Counts(
        indicators=len(compared),
        met=len(met(compared)),
        missed=len(missed(compared)),
        due=len(due(compared)),
        computed=int(compared["basis"].isin(COMPUTED_BASES).sum()),
        zero=int((compared["share_of_target"] == 0).sum()),
    )


def status_counts(compared: pd.DataFrame) -> dict[str, int]:
    """How many rows have each status; 0 where none has."""
    return {status: int((compared["status"] == status).sum()) for status in STATUSES}


def due(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows whose target is due in the very year."""
    return compared[compared["basis"] == "due"]


def missed(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows whose target is not met, furthest from it first, those without a share last."""
    return compared[compared["status"] == "not_met"].sort_values(
        "share_of_target", na_position="last", kind="stable"
    )


def met(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows whose target is met, those furthest above it first."""
    return compared[compared["status"] == "met"].sort_values(
        "share_of_target", ascending=False, kind="stable"
    )


def with_share(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows with a share of their target, lowest first."""
    return compared[compared["share_of_target"].notna()].sort_values("share_of_target", kind="stable")


def on_target(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows of `with_share` whose outcome is just the target."""
    rows = with_share(compared)
    return rows[rows["share_of_target"] == 100]


def off_target(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows of `with_share` whose outcome is above or below the target."""
    rows = with_share(compared)
    return rows[rows["share_of_target"] != 100]


def furthest(compared: pd.DataFrame) -> Shared | None:
    """The row that lacks most of its target, outcomes of 0 aside; None where none lacks any."""
    lacking = compared[(compared["status"] == "not_met") & compared["share_of_target"].gt(0)]
    rows = typed_rows(lacking.nsmallest(1, "share_of_target"), Shared)
    return rows[0] if rows else None


def with_number(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows whose final target is a number."""
    return compared[compared["final_target_value"].notna()]


def kpis_in(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows of KPIs."""
    return compared[compared["kind"] == "kpi"]


def compared_years(tables: Tables | None = None) -> pd.DataFrame:
    """`compare_in_detail` for every fiscal year of the newest plan, one year below the other."""
    tables = tables or this_checkout()
    years = tables.area.plan.fiscal_years
    return pd.concat([compare_in_detail(year, tables) for year in years], ignore_index=True)


def by_year(compared: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """The rows of `compared_years` by fiscal year, in the order of the years."""
    return dict(by_number(compared, "fiscal_year"))


def _statuses(rows: pd.DataFrame) -> pd.Series[str]:
    return pd.Series([status_of(standing) for standing in typed_rows(rows, Standing)], dtype="str")


def _gaps(rows: pd.DataFrame) -> pd.Series[float]:
    lacking = rows["target_value"] - rows["outcome_2021_value"]
    return lacking.where(rows["direction"] != "lower", -lacking)


def _shares(rows: pd.DataFrame) -> pd.Series[float]:
    outcome, target = rows["outcome_2021_value"], rows["target_value"]
    higher = (100 * outcome / target.where(target > 0)).where(outcome >= 0)
    lower = 100 * target.where(target > 0) / outcome.where(outcome > 0)
    return higher.where(rows["direction"] != "lower", lower)
