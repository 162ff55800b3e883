"""A vision (ビジョン): the text of a PDF in which each project is a form.

Every line has a kind, and each kind says which ones may follow it: a line that may not stand where it
stands is refused with its number. Nothing is passed over but blank lines and the preface.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from renkei.area import Area
from renkei.documents.cells import indicator_rows
from renkei.documents.marks import number_of, without_marks
from renkei.documents.rows import Document, KpiRow
from renkei.documents.sources import Line, Source
from renkei.documents.vision_footnotes import Footnotes, is_note
from renkei.documents.vision_form import Form
from renkei.documents.vision_headings import Headings
from renkei.documents.wrapping import PrintedLine, demand_full_lines, usual_width, widest
from renkei.errors import SourceError

_FORM = re.compile(r"No\. (\d{1,3}) 連携事業名")
_KPI_MARK = "【基本KPI】"
_KPI_HEAD = "指標名 現状値 目標値"
_BARE_NUMBER = re.compile(r"[\d,.]*\d[\d,.]*")


class _Kind(Enum):
    """What a line is; its words stand in messages."""

    START = "the document's start"
    PILLAR = "a pillar's heading"
    KPI_MARK = f"“{_KPI_MARK}”"
    KPI_HEAD = "the head of a KPI table"
    PART = "the heading of a pillar's part"
    SECTION = "a section's heading"
    FORM = "the head of a form"
    NUMBER = "a footnote's mark or number"
    NUMBER_ABOVE = "the number of the footnote below it"
    NOTE = "a footnote"
    TEXT = "text"
    END = "the document's end"


_NUMBERS = (_Kind.NUMBER, _Kind.NUMBER_ABOVE)
_HEADINGS = (_Kind.PILLAR, _Kind.PART, _Kind.SECTION)
_AFTER_A_FORM = (_Kind.FORM, _Kind.NUMBER, _Kind.NOTE, *_HEADINGS, _Kind.END)
#: The kinds that may follow each kind. Text goes on with what it follows, so that it opens nothing itself.
_MAY_FOLLOW = {
    _Kind.START: (_Kind.TEXT, _Kind.PILLAR),
    _Kind.PILLAR: (_Kind.KPI_MARK, _Kind.PART, _Kind.SECTION),
    _Kind.KPI_MARK: (_Kind.KPI_HEAD,),
    _Kind.KPI_HEAD: (_Kind.TEXT, _Kind.PART, _Kind.SECTION),
    _Kind.PART: (_Kind.SECTION,),
    # No mark stands below a section's heading, only a footnote that belongs to the text above it.
    _Kind.SECTION: (_Kind.SECTION, _Kind.FORM, _Kind.NUMBER_ABOVE, _Kind.NOTE),
    _Kind.NUMBER_ABOVE: (_Kind.NOTE,),
    _Kind.FORM: (_Kind.TEXT, *_AFTER_A_FORM),
    _Kind.NUMBER: _AFTER_A_FORM,
    _Kind.NOTE: (_Kind.TEXT, *_AFTER_A_FORM),
}


def read_vision(source: Source, lines: Iterable[Line], area: Area) -> Document:
    """The vision's projects, KPIs, section headings and footnotes.

    Raises SourceError with the line for a line that has no place where it stands, a form that lacks a box,
    or a row that does not read.
    """
    reading = _Reading(source, area)
    last = 0
    for line in lines:
        last = line.number
        if not line.text.strip():
            continue
        text, marks = without_marks(line)
        printed = PrintedLine.of(text)
        if printed.text:
            reading.read(printed)
        reading.take_marks([PrintedLine(line.number, number_of(mark), mark) for mark in marks])
    return reading.document(last)


class _Reading:
    """The lines of the document, each put where it belongs."""

    def __init__(self, source: Source, area: Area) -> None:
        self._path = source.path_in_project
        self._area = area
        # A revision may have ended a project; whether it has is asked where it is held against the plan.
        self._may_have_gaps = source.in_force_from is not None
        self._plan = area.plan_of(source.plan)
        self._headings = Headings(area)
        self._footnotes = Footnotes(self._path)
        self._forms: dict[int, list[PrintedLine]] = {}
        self._form: list[PrintedLine] = []
        self._kpi_lines: dict[int, list[PrintedLine]] = {}
        self._place = _Kind.START
        self._last: PrintedLine | None = None

    def read(self, line: PrintedLine) -> None:
        kind = self._kind_of(line.text)
        if kind is _Kind.NUMBER and self._place is _Kind.SECTION:
            kind = _Kind.NUMBER_ABOVE
        if kind not in _MAY_FOLLOW[self._place]:
            raise self._out_of_place(line)
        if kind is _Kind.TEXT and self._last is not None and self._last.text == line.text:
            raise self._unexpected("each line once", line)
        self._put(kind, line)
        self._last = line
        if kind is not _Kind.TEXT:
            self._place = kind

    def take_marks(self, marks: Iterable[PrintedLine]) -> None:
        """Marks of footnotes that stood in the line; whether there are such is asked in the end."""
        for mark in marks:
            self._footnotes.number(mark, is_below_note=False)

    def document(self, last_line: int) -> Document:
        end = Line(last_line, "the document's end")
        if _Kind.END not in _MAY_FOLLOW[self._place]:
            raise self._out_of_place(end)
        if missing := self._headings.missing():
            raise self._unexpected(missing, end)
        footnotes = self._footnotes.rows()
        kpis = [
            (pillar, row)
            for pillar, lines in self._kpi_lines.items()
            for row in indicator_rows(lines, self._path)
        ]
        numbers = sorted(self._forms)
        self._demand_every_number(numbers)
        forms = [Form(number, self._forms[number], self._path, self._area, self._plan) for number in numbers]
        projects = tuple(form.project() for form in forms)
        texts = [cell for form in forms for cell in form.running_text()]
        demand_full_lines(texts, widest(texts), self._path)
        for names in (
            [row.name_lines for _, row in kpis],
            [name for form in forms for name in form.names()],
        ):
            demand_full_lines(names, usual_width(names), self._path)
        return Document(
            projects,
            tuple(KpiRow(pillar, row.indicator) for pillar, row in kpis),
            footnotes,
            tuple(self._headings.sections),
        )

    def _kind_of(self, text: str) -> _Kind:
        if _FORM.fullmatch(text):
            return _Kind.FORM
        if text == _KPI_MARK:
            return _Kind.KPI_MARK
        if text == _KPI_HEAD:
            return _Kind.KPI_HEAD
        if is_note(text):
            return _Kind.NOTE
        if _BARE_NUMBER.fullmatch(text):
            return _Kind.NUMBER
        if self._headings.is_pillar(text):
            return _Kind.PILLAR
        if self._headings.is_part(text):
            return _Kind.PART
        return _Kind.SECTION if self._headings.is_section(text) else _Kind.TEXT

    def _put(self, kind: _Kind, line: PrintedLine) -> None:
        if kind in _HEADINGS:
            take = {
                _Kind.PILLAR: self._headings.take_pillar,
                _Kind.PART: self._headings.take_part,
                _Kind.SECTION: self._headings.take_section,
            }[kind]
            if expected := take(line.text):
                raise self._unexpected(expected, line)
        elif kind is _Kind.FORM:
            self._open_form(line)
        elif kind in _NUMBERS:
            if not line.text.isdecimal():
                raise self._unexpected("a footnote's mark or number", line)
            self._footnotes.number(line, is_below_note=self._place is _Kind.NOTE)
        elif kind is _Kind.NOTE:
            self._footnotes.open(line, self._last if self._place in _NUMBERS else None)
        elif kind is _Kind.KPI_HEAD:
            self._kpi_lines[self._headings.pillar.number] = []
        elif kind is _Kind.TEXT:
            self._put_text(line)

    def _put_text(self, line: PrintedLine) -> None:
        if self._place is _Kind.FORM:
            self._form.append(line)
        elif self._place is _Kind.NOTE:
            self._footnotes.go_on(line)
        elif self._place is _Kind.KPI_HEAD:
            self._kpi_lines[self._headings.pillar.number].append(line)

    def _open_form(self, line: PrintedLine) -> None:
        match = _FORM.fullmatch(line.text)
        number = int(match[1]) if match else 0
        if number in self._forms:
            raise self._unexpected(f"one form of project No. {number}", line)
        self._form = self._forms[number] = [line]

    def _demand_every_number(self, numbers: list[int]) -> None:
        if self._may_have_gaps or numbers == list(range(1, len(numbers) + 1)):
            return
        missing = sorted(set(range(1, numbers[-1] + 1)) - set(numbers))
        later = [lines[0].number for number, lines in self._forms.items() if number > missing[0]]
        raise SourceError(
            f"projects No. 1 to {numbers[-1]} were expected, "
            f"found no “No. {'”, “No. '.join(map(str, missing))}”",
            path=self._path,
            line=min(later),
        )

    def _out_of_place(self, line: Line) -> SourceError:
        if self._place in _NUMBERS and self._last is not None:
            # The number is what has no place: no text goes on below one.
            return self._unexpected(
                "a bare number only as a footnote's, at the end of a form or beside its note", self._last
            )
        allowed = " or ".join(known.value for known in _MAY_FOLLOW[self._place])
        return self._unexpected(f"{allowed} after {self._place.value}", line)

    def _unexpected(self, expected: str, line: Line) -> SourceError:
        return SourceError(f"expected {expected}, found “{line.text}”", path=self._path, line=line.number)
