"""How a municipality's share in the cost of projects is reckoned, read from the words of the plan.

A clause is understood where all of it reads as one of the patterns below. Whatever else a document says
is of the kind `other`: nothing is guessed from a part of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from renkei.costs import cost_column
from renkei.fiscal_year import FiscalYear
from renkei.participation import Participation, joined
from renkei.typed_rows import typed_rows

#: What a clause says is borne, with the words that say it. The first are the more particular ones: a
#: project with several kinds counts under the first of them.
_CLAUSES = {
    "agreement": r"協定書に基づく負担金(\([^()]+\))?を負担",
    "population": r"([^、]+については、)?(参加する市町村は)?人口に応じた費用を負担",
    "children": r"(参加する市町村は、)?参加児童数に応じた負担金(と[^、]+までの移動に関する費用)?(を負担)?",
    "decided": r"(協議会|実行委員会)等において決定された費用を負担",
    "basic": r"事業(実施)?に係る基本的な費用を負担",
    "needed": r"事業実施に必要な費用を負担",
    "as_needed": r"必要に応じて(その他個別費用を)?負担",
    "nothing": r"費用負担は生じない",
}
#: Every kind; `other` is what is not understood, `unstated` where the document says nothing.
BEARINGS = (*_CLAUSES, "other", "unstated")
#: The kinds that say by what the share is reckoned or who decides it.
RULED = ("agreement", "population", "children", "decided")
#: Who joins a part of the project bears the cost; the document does not say who does.
_IF_JOINING = "参加する市町村は"


@dataclass(frozen=True)
class Bearing:
    """What a municipality bears of one project: kinds, the document's words, and the project's own cost.

    `amount` is the year's estimated cost of the project in 1,000 yen, None where none is given; it is no
    municipality's share.
    """

    project_no: int
    name: str
    kinds: tuple[str, ...]
    text: str | None
    amount: float | None

    @property
    def kind(self) -> str:
        """The most particular of its kinds."""
        return self.kinds[0]

    @property
    def is_if_joining(self) -> bool:
        """Whether the document has it borne by those municipalities that join."""
        return _IF_JOINING in (self.text or "")


@dataclass(frozen=True)
class BearingGroup:
    """The projects of one kind, and what they cost together; None where none gives an amount."""

    kind: str
    projects: tuple[Bearing, ...]
    amount: float | None


def kinds_of(text: str | None) -> tuple[str, ...]:
    """The kinds that a document's words on bearing costs name, in the order of `BEARINGS`."""
    if not text or text == "-":
        return ("unstated",)
    clauses = [clause.removeprefix("ただし、") for clause in text.split("。") if clause]
    found = {_kind_of(clause) for clause in clauses}
    return ("other",) if "other" in found else tuple(kind for kind in BEARINGS if kind in found)


def bearings(taken: pd.DataFrame, costs: pd.DataFrame, year: FiscalYear | None) -> list[Bearing]:
    """What is borne of each project that is taken part in, in the plan's order.

    `taken` is what `participation_of` gives, `costs` is `costs_by_project`; without a year there are no
    amounts.
    """
    amounts = {} if year is None else costs.set_index("project_no")[cost_column(year)].to_dict()
    return [
        Bearing(row.project_no, row.name, kinds_of(row.cost_borne), row.cost_borne, amount)
        for row in typed_rows(joined(taken), Participation)
        for amount in [_given(amounts.get(row.project_no))]
    ]


def by_kind(borne: Sequence[Bearing]) -> list[BearingGroup]:
    """The projects of each kind that there is, each project once, in the order of `BEARINGS`."""
    groups = ((kind, tuple(of for of in borne if of.kind == kind)) for kind in BEARINGS)
    return [BearingGroup(kind, projects, _sum(projects)) for kind, projects in groups if projects]


def ruled(groups: Sequence[BearingGroup]) -> list[BearingGroup]:
    """The groups whose kind says by what the share is reckoned or who decides it."""
    return [group for group in groups if group.kind in RULED]


def _kind_of(clause: str) -> str:
    return next((kind for kind, words in _CLAUSES.items() if re.fullmatch(words, clause)), "other")


def _sum(projects: Sequence[Bearing]) -> float | None:
    given = [of.amount for of in projects if of.amount is not None]
    return sum(given) if given else None


def _given(amount: float | None) -> float | None:
    return None if amount is None or pd.isna(amount) else float(amount)
