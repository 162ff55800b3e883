"""Columns with what each list of the plan before reports, beside the targets of the newest plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from renkei.area import Area
from renkei.comparison import Compared
from renkei.report.kit.pieces import Cell, Column
from renkei.report.kit.scales import Scale


@dataclass(frozen=True)
class YearsBefore:
    """The years that lists report of the rows' predecessors, the area's year of outcomes in any case."""

    years: Sequence[int]

    @classmethod
    def of(cls, rows: Iterable[Compared]) -> YearsBefore:
        """Those of the rows of a comparison, first to last."""
        others = {outcome.fiscal_year for row in rows for outcome in row.other_outcomes}
        return cls(sorted({*others, Area.current().outcome_year}))

    def widths(self, name: int, year: int) -> tuple[int, int]:
        """The widths of the names' column and of each year's, where they are so wide beside one year."""
        return max(name - 9 * (len(self.years) - 1), 13), year if len(self.years) == 1 else 9

    def columns(self, width: int) -> list[Column]:
        """A column for each year."""
        return [Column(f"{year}年度実績", width, "number") for year in self.years]

    def cells(self, row: Compared, scale: Scale, outcome: Cell | str) -> list[Cell | str]:
        """A cell for each year; `outcome` is that of the year of outcomes, empty where nothing compares."""
        others: dict[int, Cell | str] = {
            other.fiscal_year: replace(found, below=(*found.below, "参考")) if other.is_reference else found
            for other in row.other_outcomes
            for found in (scale.published(other.text),)
        }
        return [
            outcome if year == Area.current().outcome_year else others.get(year, "") for year in self.years
        ]
