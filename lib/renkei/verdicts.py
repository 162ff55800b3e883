"""Which targets of a year are met and missed, and by which value; `compared` is `compare_in_detail`'s."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.comparison import JUDGED, STATUSES, Compared
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import typed_rows

#: The statuses, those against a target of this system's own apart from those against the plan's.
COUNTED_AS = ("met", "not_met", "computed_met", "computed_not_met", *STATUSES[2:])


@dataclass(frozen=True)
class By:
    """By which value targets are judged: the columns that hold its status, share and gap."""

    status: str
    share: str
    gap: str


#: By the newest value that is known, and by the outcome that both plans' comparison starts from.
BY_NEWEST = By("newest_status", "newest_share", "newest_gap")
BY_OUTCOME = By("status", "share_of_target", "gap")


@dataclass(frozen=True)
class Tally:
    """How many targets were met and missed."""

    met: int
    missed: int

    @property
    def judged(self) -> int:
        """Those that were met or missed."""
        return self.met + self.missed


@dataclass(frozen=True)
class Counts:
    """How many indicators of a comparison there are, and how their targets stand.

    `newest` and `outcome` judge by these values; of those judged by the newest value, `stated` has the
    targets that the plan itself sets for the year, `computed` those with a target of this system's own.
    `due` fall due in the year, `carried` did before it; `computed_targets` have a computed target.
    """

    indicators: int
    newest: Tally
    outcome: Tally
    stated: Tally
    computed: Tally
    due: int
    carried: int
    computed_targets: int


@dataclass(frozen=True)
class Source:
    """So many of the values judged by are of this origin and year, None where no year is named.

    Of these, `provisional` are outcomes of the plan's own years that may still change.
    """

    origin: str
    year: int | None
    count: int
    provisional: int = 0


@dataclass(frozen=True)
class Furthest(Compared):
    """A row whose newest value has a share of the target."""

    newest_text: str
    newest_value: float
    newest_share: float


def counts_of(compared: pd.DataFrame) -> Counts:
    """The counts of a year's comparison, or of some of its rows."""
    is_computed = compared["basis"].isin(COMPUTED_BASES)
    return Counts(
        indicators=len(compared),
        newest=tally_of(compared),
        outcome=tally_of(compared, BY_OUTCOME),
        stated=tally_of(compared[~is_computed]),
        computed=tally_of(compared[is_computed]),
        due=len(due(compared)),
        carried=len(carried(compared)),
        computed_targets=int(is_computed.sum()),
    )


def tally_of(compared: pd.DataFrame, by: By = BY_NEWEST) -> Tally:
    """How many of the rows are met and missed."""
    return Tally(len(met(compared, by)), len(missed(compared, by)))


def status_counts(compared: pd.DataFrame, by: By = BY_NEWEST) -> dict[str, int]:
    """How many rows have each of COUNTED_AS; 0 where none has."""
    is_apart = compared["basis"].isin(COMPUTED_BASES) & compared[by.status].isin(JUDGED)
    kinds = compared[by.status].mask(is_apart, "computed_" + compared[by.status])
    return {kind: int((kinds == kind).sum()) for kind in COUNTED_AS}


def judged(compared: pd.DataFrame, by: By = BY_NEWEST) -> pd.DataFrame:
    """The rows whose target is met or missed."""
    return compared[compared[by.status].isin(JUDGED)]


def missed(compared: pd.DataFrame, by: By = BY_NEWEST) -> pd.DataFrame:
    """The rows whose target is not met, furthest from it first, those without a share last."""
    rows = compared[compared[by.status] == "not_met"]
    return rows.sort_values(by.share, na_position="last", kind="stable")


def met(compared: pd.DataFrame, by: By = BY_NEWEST) -> pd.DataFrame:
    """The rows whose target is met, those furthest above it first."""
    rows = compared[compared[by.status] == "met"]
    return rows.sort_values(by.share, ascending=False, kind="stable")


def due(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows whose target is due in the very year."""
    return compared[compared["basis"] == "due"]


def carried(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows whose target was due before the year."""
    return compared[compared["basis"] == "carried"]


def at_start(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows that miss a line drawn from the baseline, as nothing newer than the baseline is known."""
    rows = missed(compared)
    return rows[(rows["basis"] == "interpolated") & (rows["newest_origin"] == "baseline")]


def turned(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows that both values judge, and not alike."""
    rows = judged(judged(compared), BY_OUTCOME)
    return rows[rows["newest_status"] != rows["status"]]


def sources_of_values(compared: pd.DataFrame) -> list[Source]:
    """Of which origin and year the newest values of the judged rows are, most frequent first."""
    rows = judged(compared)
    # `compare` alone does not say how settled a value is.
    is_open = rows.get("newest_is_provisional", False)
    rows = rows.assign(is_open=is_open & (rows["newest_origin"] == "actual"))
    groups = rows.groupby(["newest_origin", "newest_year"], dropna=False, sort=True)["is_open"]
    found = groups.agg(["size", "sum"]).reset_index().sort_values("size", ascending=False, kind="stable")
    return typed_rows(found.set_axis(["origin", "year", "count", "provisional"], axis=1), Source)


def with_share(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows whose newest value has a share of its target, lowest first."""
    return compared[compared["newest_share"].notna()].sort_values("newest_share", kind="stable")


def on_target(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows of `with_share` whose newest value is just the target."""
    rows = with_share(compared)
    return rows[rows["newest_share"] == 100]


def off_target(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows of `with_share` whose newest value is above or below the target."""
    rows = with_share(compared)
    return rows[rows["newest_share"] != 100]


def furthest(compared: pd.DataFrame) -> Furthest | None:
    """The row that lacks most of its target as a share of it; None where none lacks any."""
    lacking = compared[(compared["newest_status"] == "not_met") & compared["newest_share"].notna()]
    rows = typed_rows(lacking.nsmallest(1, "newest_share"), Furthest)
    return rows[0] if rows else None


def with_number(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows whose final target is a number."""
    return compared[compared["final_target_value"].notna()]


def with_actual(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows that have an outcome of the very year, a number or words."""
    return compared[compared["actual_text"].notna() & (compared["actual_text"] != "-")]


def with_earlier_actual(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows without one whose newest value is an outcome of the plan's years before."""
    rows = compared[compared["newest_origin"] == "actual"]
    return rows[~rows["indicator_id"].isin(with_actual(rows)["indicator_id"])]


def kpis_in(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows of KPIs."""
    return compared[compared["kind"] == "kpi"]
