"""How far a year's actuals are in: indicator by indicator, project by project, office by office."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei.actuals.asked import asked_for, is_pending
from renkei.fiscal_year import FiscalYear
from renkei.load import Tables, this_checkout
from renkei.rated import standing_actuals
from renkei.revisions import in_force
from renkei.tables.reported import NOTHING, source_id
from renkei.targets import indicators_of

__all__ = [
    "STATES",
    "StatusCounts",
    "by_project",
    "conflicts_of",
    "counts_of",
    "in_state",
    "offices_of",
    "states_by_pillar",
    "status_of",
]

#: How an indicator's actual stands: settled; may change; reported as not known yet; not reported.
STATES = ("final", "provisional", "pending", "missing")
_OF_PROJECT = (
    "project_no", "project_name", "pillar", "indicators", *STATES, "conflicts", "listed", "reported_by",
    "reported_on",
)  # fmt: skip
#: What a list and an office can disagree about.
_FIELDS = {"actual": "actual_text", "rating": "rating"}


@dataclass(frozen=True)
class StatusCounts:
    """How many indicators there are, and how many of them stand how; how many projects and KPIs lack some."""

    indicators: int
    final: int
    provisional: int
    pending: int
    missing: int
    projects: int
    projects_missing: int
    kpis_missing: int
    conflicts: int
    undecided: int

    @property
    def known(self) -> int:
        """Those whose actual is in, settled or not."""
        return self.final + self.provisional


def status_of(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """How the actual of each indicator that is in force for a year stands, in the plan's order.

    The columns of `asked_for` that say what is asked, and: municipalities that take part, state (`STATES`),
    actual_text, reported_by and reported_on (NA where nobody reported it, and the day where a list has it),
    is_by_list, and has_conflict and is_undecided (`conflicts_of`). An office's row counts before a list's.
    Raises ParameterError for a year outside the plan.
    """
    year = FiscalYear.parse(fiscal_year)
    tables = in_force(year, tables)
    asked = asked_for(year, tables)
    shown = [
        "indicator_id",
        "project_no",
        "project_name",
        "pillar",
        "kind",
        "indicator_name",
        "unit",
        "asked",
    ]
    found = asked[shown].merge(_reported(year, tables), on="indicator_id", how="left")
    units = indicators_of(tables)["unit"]
    found["state"] = [
        _state(status, value, text, unit)
        for status, value, text, unit in zip(
            found.pop("status"), found.pop("actual_value"), found["actual_text"], units, strict=True
        )
    ]
    projects = tables["projects"]
    own = projects[projects["plan"] == tables.area.plan.first_year].set_index("project_no")["municipalities"]
    every = "、".join(tables.area.partner_names)
    found["municipalities"] = found["project_no"].map(own).replace(every, tables.area.all_partners)
    found["is_by_list"] = found["is_by_list"].eq(True)
    conflicts = conflicts_of(year, tables)
    found["has_conflict"] = found["indicator_id"].isin(conflicts["indicator_id"])
    found["is_undecided"] = found["indicator_id"].isin(
        conflicts.loc[conflicts["wins"].isna(), "indicator_id"]
    )
    return found


def counts_of(status: pd.DataFrame) -> StatusCounts:
    """The counts of some rows of `status_of`; a project is one of those that indicators have, KPIs aside."""
    states = {state: int((status["state"] == state).sum()) for state in STATES}
    return StatusCounts(
        indicators=len(status),
        projects=int(status["project_no"].nunique()),
        projects_missing=int(status.loc[status["state"] == "missing", "project_no"].nunique()),
        kpis_missing=int(((status["state"] == "missing") & (status["kind"] == "kpi")).sum()),
        conflicts=int(status["has_conflict"].sum()),
        undecided=int(status["is_undecided"].sum()),
        **states,
    )


def in_state(status: pd.DataFrame, state: str) -> pd.DataFrame:
    """The rows of `status_of` that stand so."""
    return status[status["state"] == state]


def by_project(status: pd.DataFrame) -> pd.DataFrame:
    """One row per project, and one for the KPIs, in the order of `status_of`.

    Columns: project_no, project_name, pillar (NA for the KPIs), indicators, a count for each of `STATES`,
    conflicts, listed (how many a list has), reported_by, reported_on: office and day of its last report.
    """
    numbers = status["project_no"].astype("Int64").fillna(0)
    rows = []
    for number in dict.fromkeys(numbers.tolist()):
        of = status[numbers == number]
        counts = counts_of(of)
        last = of[of["reported_on"].notna()].sort_values("reported_on", kind="stable").tail(1)
        rows.append(
            {
                "project_no": number or pd.NA,
                "project_name": of["project_name"].iloc[0],
                "pillar": of["pillar"].iloc[0] if number else pd.NA,
                "indicators": counts.indicators,
                **{state: getattr(counts, state) for state in STATES},
                "conflicts": counts.conflicts,
                "listed": int(of["is_by_list"].sum()),
                "reported_by": last["reported_by"].iloc[0] if len(last) else None,
                "reported_on": last["reported_on"].iloc[0] if len(last) else None,
            }
        )
    found = pd.DataFrame(rows, columns=[*_OF_PROJECT])
    return found.astype(
        {"project_no": "Int64", "pillar": "Int64", "reported_by": "str", "reported_on": "str"}
    )


def states_by_pillar(status: pd.DataFrame) -> dict[int, dict[str, int]]:
    """For each pillar how many of its indicators, KPIs among them, stand how."""
    return {
        int(pillar): {
            state: int((status.loc[status["pillar"] == pillar, "state"] == state).sum()) for state in STATES
        }
        for pillar in sorted(status["pillar"].unique())
    }


def offices_of(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """Which offices reported of a year, the last one first: office, indicators, first_on, last_on.

    What they reported of indicators that the plan does not have in that year does not count.
    """
    year = FiscalYear.parse(fiscal_year)
    tables = in_force(year, tables)
    actuals = tables["actuals"]
    is_asked = actuals["indicator_id"].isin(tables["indicators"]["indicator_id"])
    rows = actuals[(actuals["fiscal_year"] == year.starts_in) & is_asked]
    grouped = rows.groupby("office", sort=True)
    found = pd.DataFrame(
        {
            "indicators": grouped["indicator_id"].nunique(),
            "first_on": grouped["entered_on"].min(),
            "last_on": grouped["entered_on"].max(),
        }
    ).reset_index()
    return found.sort_values("last_on", ascending=False, kind="stable").reset_index(drop=True)


def conflicts_of(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """What a list and an office say differently of a year, decided or not.

    Columns: indicator_id, field (`actual`, `rating`), list_text, office_text, wins (the source whose text
    stands; NA where nobody has decided yet), reason. What was decided stands in `data/curated/conflicts.csv`.
    Two offices leave no such difference: an import takes one of their values, or neither.
    """
    tables = tables or this_checkout()
    year = FiscalYear.parse(fiscal_year)
    own = source_id(year.starts_in)
    decided = tables["conflicts"]
    decided = decided[(decided["source"] == own) & decided["field"].isin([*_FIELDS])]
    names = {"concerns": "indicator_id", "earlier_text": "list_text", "later_text": "office_text"}
    columns = ["indicator_id", "field", "list_text", "office_text", "wins", "reason"]
    decided = decided.rename(columns=names)[columns]
    known = set(zip(decided["indicator_id"], decided["field"], strict=True))
    open_ones = [
        row for row in _differences(year, tables) if (row["indicator_id"], row["field"]) not in known
    ]
    found = pd.concat([decided, pd.DataFrame(open_ones, columns=columns)], ignore_index=True)
    return found.astype("str")


def _differences(year: FiscalYear, tables: Tables) -> list[dict[str, object]]:
    """Where a list's row stands in the tables although an office says otherwise."""
    outcomes = tables["outcomes"]
    listed = outcomes[
        (outcomes["fiscal_year"] == year.starts_in) & (outcomes["source"] != source_id(year.starts_in))
    ]
    both = listed.merge(standing_actuals(year, tables), on="indicator_id", suffixes=("_list", "_office"))
    found: list[dict[str, object]] = []
    for row in both.to_dict("records"):
        values = row["actual_value_list"], row["actual_value_office"]
        for field, column in _FIELDS.items():
            texts = row[f"{column}_list"], row[f"{column}_office"]
            is_same = texts[0] == texts[1] or (field == "actual" and values[0] == values[1])
            if not is_same:
                found.append(
                    {
                        "indicator_id": row["indicator_id"],
                        "field": field,
                        "list_text": texts[0],
                        "office_text": texts[1],
                        "wins": None,
                        "reason": None,
                    }
                )
    return found


def _reported(year: FiscalYear, tables: Tables) -> pd.DataFrame:
    """What is known of a year's actuals: the offices' rows that stand, and the lists' where there is none."""
    columns = [
        "indicator_id",
        "status",
        "actual_value",
        "actual_text",
        "reported_by",
        "reported_on",
        "is_by_list",
    ]
    entries = standing_actuals(year, tables).assign(is_by_list=False)
    entries = entries.rename(columns={"office": "reported_by", "entered_on": "reported_on"})[columns]
    outcomes = tables["outcomes"]
    listed = outcomes[
        (outcomes["fiscal_year"] == year.starts_in)
        & (outcomes["source"] != source_id(year.starts_in))
        & ~outcomes["indicator_id"].isin(entries["indicator_id"])
    ]
    listed = listed.assign(
        status=listed["is_provisional"].map({True: "provisional", False: "final"}),
        reported_by=listed["source"],
        reported_on=pd.Series(None, index=listed.index, dtype="str"),
        is_by_list=True,
    )[columns]
    return pd.concat([entries, listed], ignore_index=True)


def _state(status: object, value: float, text: object, unit: object) -> str:
    if not isinstance(status, str):
        return "missing"
    said = text if isinstance(text, str) else NOTHING
    known = None if pd.isna(value) else float(value)
    return "pending" if is_pending(known, said, unit if isinstance(unit, str) else None) else status
