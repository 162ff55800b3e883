"""Columns with what each list of the plan before reports, beside the targets of the newest plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from renkei.area import Area
from renkei.comparison import Compared
from renkei.legend import FOR_REFERENCE
from renkei.newest import outcomes_before, years_before
from renkei.report.kit.pieces import Cell, Column
from renkei.report.kit.scales import Scale
from renkei.typed_rows import typed_rows


@dataclass(frozen=True)
class _Reported:
    indicator_id: str
    fiscal_year: int
    actual_text: str
    note: str


@dataclass(frozen=True)
class YearsBefore:
    """The years that lists of the plan before report, and the outcomes of indicators that can be compared."""

    years: Sequence[int]
    _reported: dict[tuple[str, int], _Reported]

    @classmethod
    def current(cls) -> YearsBefore:
        """Those of the current checkout."""
        rows = typed_rows(outcomes_before(), _Reported)
        return cls(years_before(), {(row.indicator_id, row.fiscal_year): row for row in rows})

    def widths(self, name: int, year: int) -> tuple[int, int]:
        """The widths of the names' column and of each year's, where they are so wide beside one year."""
        return max(name - 9 * (len(self.years) - 1), 13), year if len(self.years) == 1 else 9

    def columns(self, width: int) -> list[Column]:
        """A column for each year."""
        return [Column(f"{year}年度実績", width, "number") for year in self.years]

    def cells(self, row: Compared, scale: Scale, outcome: Cell | str) -> list[Cell | str]:
        """A cell for each year; `outcome` is that of the year of outcomes, empty where nothing compares."""
        return [
            outcome if year == Area.current().outcome_year else self._cell(row, year, scale)
            for year in self.years
        ]

    def _cell(self, row: Compared, year: int, scale: Scale) -> Cell | str:
        reported = self._reported.get((row.indicator_id, year))
        if reported is None:
            return ""
        found = scale.published(reported.actual_text)
        return replace(found, below=(*found.below, "参考")) if FOR_REFERENCE in reported.note else found
