"""The list of what each project achieved in a year: tab-separated text taken from a PDF.

A project stands in its first row only, and cells left of the indicator come and go
with the page breaks. So a row is read from its meaning: the cell that starts with a
number is the project, and the last six cells are the indicator and what became of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from renkei.area import Area
from renkei.documents.list_headings import ListHeadings
from renkei.documents.marks import demand_no_marks
from renkei.documents.rows import Document, IndicatorRow, KpiRow, ProjectRow
from renkei.documents.sources import Line, Source
from renkei.errors import QuantityError, SourceError
from renkei.quantity import parse_quantity
from renkei.text import normalise

RATINGS = ("◎", "○", "△", "×", "-")

_HEADER = (
    "役割",
    "連携事業名",
    "事業概要",
    "評価指標",
    "基準値",
    "目標値",
    "実績値(3月末見込含む)",
    "評価",
    "連携事業実施状況等(12月末時点)",
)
_KPI = "【基本KPI】"
_PROJECT = re.compile(r"(\d{1,3}) (\S.*)")


class _Place(Enum):
    """What the last line was; its words stand in messages."""

    START = "the start of the list"
    TITLE = "a page's title"
    LEGEND = "the legend of the ratings"
    REMARK = "a remark below the legend"
    HEADER = "a page's column heads"
    ROW = "a row"


#: The lines above a page's column heads, and what each of them may follow.
_ABOVE_THE_HEADER = (
    (_Place.TITLE, re.compile(r"## .*連携事業実施状況等一覧.*"), (_Place.START, _Place.ROW)),
    (_Place.LEGEND, re.compile(r"(<|&lt;)評価凡例(>|&gt;).*"), (_Place.TITLE,)),
    (_Place.REMARK, re.compile(r"※.*"), (_Place.LEGEND, _Place.REMARK)),
)
_ABOVE_A_HEADER = (_Place.TITLE, _Place.LEGEND, _Place.REMARK)


def read_status_list(source: Source, lines: Iterable[Line], area: Area) -> Document:
    """The projects and KPIs of the list, each with its indicators, outcomes and notes.

    Raises SourceError with the line for a line that has no place where it stands, and for a row that does
    not read as one.
    """
    reading = _Reading(source.path_in_project, area)
    last = 0
    for line in lines:
        last = line.number
        reading.read(line)
    return reading.document(last)


class _Reading:
    """What has been read so far, and under which heading and project the next row falls."""

    def __init__(self, path: str, area: Area) -> None:
        self._path = path
        self._headings = ListHeadings(area)
        self._place = _Place.START
        self._kpis: list[KpiRow] = []
        self._projects: list[tuple[Line, int, str, str]] = []
        self._indicators: dict[int, list[IndicatorRow]] = {}
        self._kpi_is_open = False

    def document(self, last_line: int) -> Document:
        if self._place is not _Place.ROW:
            raise self._unexpected(
                f"rows after {self._place.value}", "the document's end", Line(last_line, "")
            )
        return Document(
            projects=tuple(
                ProjectRow(line.number, number, name, summary, indicators=tuple(self._indicators[number]))
                for line, number, name, summary in self._projects
            ),
            kpis=tuple(self._kpis),
        )

    def read(self, line: Line) -> None:
        demand_no_marks(line, self._path)
        cells = [normalise(cell) for cell in line.text.split("\t")]
        filled = [cell for cell in cells if cell]
        if not filled:
            return
        self._place = self._place_of(filled, line)
        if self._place is _Place.HEADER:
            self._demand_header(filled, line)
        elif self._place is _Place.ROW:
            self._read_row(filled, line)

    def _place_of(self, filled: list[str], line: Line) -> _Place:
        """What a line is; SourceError where that may not follow the line before."""
        if len(filled) == 1:
            for place, form, may_follow in _ABOVE_THE_HEADER:
                if form.fullmatch(filled[0]):
                    if self._place not in may_follow:
                        raise self._unexpected(
                            f"{place.value} only after {' or '.join(known.value for known in may_follow)}",
                            filled[0][:60],
                            line,
                        )
                    return place
        if filled[0] == _HEADER[0] and self._place in _ABOVE_A_HEADER:
            return _Place.HEADER
        if self._place not in (_Place.HEADER, _Place.ROW):
            raise self._unexpected("the page's header row", line.text[:60], line)
        return _Place.ROW

    def _demand_header(self, filled: list[str], line: Line) -> None:
        for position, (expected, found) in enumerate(zip(_HEADER, filled, strict=False), start=1):
            if expected != found:
                raise self._unexpected(f"“{expected}” as head of column {position}", found, line)
        if len(filled) != len(_HEADER):
            raise self._unexpected(f"{len(_HEADER)} column heads", f"{len(filled)}", line)

    def _read_row(self, filled: list[str], line: Line) -> None:
        cells = list(filled)
        if self._headings.is_heading(cells[0]):
            if expected := self._headings.take(cells[0]):
                raise self._unexpected(expected, cells[0], line)
            del cells[0]
        if cells and cells[0] == _KPI:
            del cells[0]
            self._kpi_is_open = True
        elif cells and (match := _PROJECT.fullmatch(cells[0])):
            self._kpi_is_open = False
            self._open_project(int(match[1]), match[2], cells[1] if len(cells) > 1 else "", line)
            del cells[:2]
        indicator = self._indicator(cells, line)
        if self._kpi_is_open:
            pillar = self._headings.pillar
            if pillar is None:
                raise self._unexpected("a pillar's heading before the first KPI", indicator.name, line)
            self._demand_new(indicator, [kpi.indicator for kpi in self._kpis], line)
            self._kpis.append(KpiRow(pillar.number, indicator))
        elif self._projects:
            of_project = self._indicators[self._projects[-1][1]]
            self._demand_new(indicator, of_project, line)
            of_project.append(indicator)
        else:
            raise self._unexpected("a project before the first indicator", indicator.name, line)

    def _demand_new(self, indicator: IndicatorRow, before: list[IndicatorRow], line: Line) -> None:
        if any(indicator.name == other.name for other in before):
            raise self._unexpected("each indicator of a project once", indicator.name, line)

    def _open_project(self, number: int, name: str, summary: str, line: Line) -> None:
        expected = self._projects[-1][1] + 1 if self._projects else 1
        if number != expected:
            raise self._unexpected(f"project No. {expected}", f"No. {number} {name}", line)
        self._projects.append((line, number, name, summary))
        self._indicators[number] = []

    def _indicator(self, cells: list[str], line: Line) -> IndicatorRow:
        """The indicator in a row's last cells: name, baseline, target, actual, rating, note."""
        if len(cells) == 7 and cells[3:6] == ["-", "-", "-"]:
            # The PDF's text has a dash too many after the target of some rows.
            del cells[3]
        if len(cells) != 6:
            raise self._unexpected(
                "indicator, baseline, target, actual, rating and note (6 cells)",
                f"{len(cells)}: {' | '.join(cell[:20] for cell in cells)}",
                line,
            )
        name, baseline, target, actual, rating, note = cells
        if rating not in RATINGS:
            raise self._unexpected(f"a rating, one of {' '.join(RATINGS)}", rating[:40], line)
        for column, text in (("baseline", baseline), ("target", target), ("actual", actual)):
            try:
                quantity = parse_quantity(text)
            except QuantityError as error:
                raise QuantityError(
                    f"{column} of “{name}”: {error.message}", path=self._path, line=line.number
                ) from error
            if column == "target" and quantity.is_missing:
                raise self._unexpected(f"a target of “{name}”", "a dash (are two columns swapped?)", line)
        return IndicatorRow(line.number, name, baseline, target, actual, rating, note)

    def _unexpected(self, expected: str, found: str, line: Line) -> SourceError:
        return SourceError(f"expected {expected}, found “{found}”", path=self._path, line=line.number)
