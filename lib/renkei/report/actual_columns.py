"""Columns with what was reported for the newest plan's own years, beside its targets."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from renkei import verdicts
from renkei.comparison import Compared
from renkei.report.kit.pieces import Cell, Column
from renkei.report.kit.scales import Scale
from renkei.report.kit.statuses import actual_cell, newest_cell

_EARLIER = "その後の実績"


@dataclass(frozen=True)
class ActualColumns:
    """Which columns there are: earlier years' outcomes, and the year's own; none before any are in."""

    fiscal_year: int
    has_earlier: bool
    has_own: bool

    @classmethod
    def of(cls, compared: pd.DataFrame, fiscal_year: int) -> ActualColumns:
        """Those of the rows of a year's comparison."""
        return cls(
            fiscal_year,
            has_earlier=bool(len(verdicts.with_earlier_actual(compared))),
            has_own=bool(len(verdicts.with_actual(compared))),
        )

    @property
    def heads(self) -> list[str]:
        """The heads of the columns."""
        own = f"{self.fiscal_year}年度実績"
        return [head for head, is_there in ((_EARLIER, self.has_earlier), (own, self.has_own)) if is_there]

    @property
    def note(self) -> str:
        """What the columns show, for the note of a table."""
        if not self.heads:
            return ""
        own = f"{self.fiscal_year}年度実績は、この年度について報告された値。" if self.has_own else ""
        lacking = f"{self.fiscal_year}年度の報告がまだない指標の、前の年度までの最も新しい実績"
        earlier = f"{_EARLIER}は、{lacking}。" if self.has_earlier else ""
        return f"{own}{earlier}「暫定」は、まだ変わりうる値。"

    def columns(self, width: int) -> list[Column]:
        """The columns, each so wide."""
        return [Column(head, width, "number") for head in self.heads]

    def cells(self, row: Compared, scale: Scale) -> list[Cell | str]:
        """A cell for each column, empty where nothing was reported."""
        own = actual_cell(row, scale, self.fiscal_year)
        is_earlier = row.newest_origin == "actual" and row.actual_text in (None, "-")
        earlier = newest_cell(row, scale) if is_earlier else ""
        return [*([earlier] if self.has_earlier else []), *([own] if self.has_own else [])]
