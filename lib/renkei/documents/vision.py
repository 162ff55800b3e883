"""Chapter Ⅵ of the 2024–2028 vision: the text of a PDF in which each project is a form.

Lines that belong to a page rather than to a form (headings, KPI tables, footnotes and
their numbers) are set aside first; what remains is one form after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from renkei.documents.cells import indicator_rows, joined
from renkei.documents.rows import Document, FootnoteRow, KpiRow, ProjectRow
from renkei.documents.sources import Line, Source
from renkei.documents.vision_form import read_form
from renkei.errors import SourceError
from renkei.text import normalise, without_layout_spaces

_FORM = re.compile(r"No\. (\d{1,2}) 連携事業名")
_PILLAR = re.compile(r"([123]) ([^\d\s].*)")
_AREA = re.compile(r"\(([123])\) ?(\S.*)")
_SECTION = re.compile(r"([a-h]) (\S.*)")
_KPI = "【基本KPI】"
_KPI_HEADER = "指標名 現状値 目標値"
_FOOTNOTE = re.compile(r"(\d{1,2})? ?【(.+?)】(.*)")
_BARE_NUMBER = re.compile(r"\d{1,2}")


def read_vision(source: Source, lines: Iterable[Line]) -> Document:
    """The vision's projects, KPIs, section headings and footnotes.

    Raises SourceError with the line for a form that lacks a box or a row that does not read.
    """
    filled = [Line(line.number, text) for line in lines if (text := normalise(line.text))]
    pages = _Pages(source.path_in_project)
    for line in filled:
        pages.sort_line(line)
    return pages.document()


class _Pages:
    """The lines of the document, each put where it belongs."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._forms: dict[int, list[Line]] = {}
        self._form: list[Line] | None = None
        self._kpi_lines: dict[int, list[Line]] = {}
        self._footnotes: list[tuple[int, str, list[Line]]] = []
        self._sections: list[str] = []
        self._pillar: int | None = None
        self._last_number: int | None = None
        self._place = "preface"

    def sort_line(self, line: Line) -> None:
        if match := _FORM.fullmatch(line.text):
            self._open_form(int(match[1]), line)
        elif match := _FOOTNOTE.match(line.text):
            if line.text == _KPI:
                self._place = "kpi"
            else:
                self._open_footnote(match, line)
        elif _BARE_NUMBER.fullmatch(line.text):
            # A footnote's number, in the text or before the note itself.
            self._last_number = int(line.text)
            self._place = "form" if self._place == "footnote" else self._place
        elif match := _PILLAR.fullmatch(line.text):
            self._pillar = int(match[1])
            self._place = "heading"
        elif _AREA.fullmatch(line.text):
            self._place = "heading"
        elif match := _SECTION.fullmatch(line.text):
            self._sections.append(match[2])
            self._place = "heading"
        elif self._place == "kpi":
            self._add_to_kpis(line)
        elif self._place == "footnote":
            self._footnotes[-1][2].append(line)
        elif self._place == "form" and self._form is not None:
            self._form.append(line)
        elif self._place != "preface":
            raise self._unexpected("a heading, a form or a footnote", line)

    def document(self) -> Document:
        kpis = [
            KpiRow(pillar, row)
            for pillar, lines in self._kpi_lines.items()
            for row in indicator_rows(lines, self._path)
        ]
        numbers = sorted(self._forms)
        if numbers != list(range(1, len(numbers) + 1)):
            missing = sorted(set(range(1, numbers[-1] + 1)) - set(numbers)) if numbers else []
            raise SourceError(
                f"projects No. 1 to {numbers[-1] if numbers else '?'} were expected, "
                f"found no “No. {'”, “No. '.join(map(str, missing))}”",
                path=self._path,
                line=self._line_after_gap(missing),
            )
        return Document(
            projects=tuple(self._project(number) for number in numbers),
            kpis=tuple(kpis),
            footnotes=tuple(
                FootnoteRow(lines[0].number, number, term, joined(lines))
                for number, term, lines in self._footnotes
            ),
            sections=tuple(self._sections),
        )

    def _project(self, number: int) -> ProjectRow:
        head, *lines = self._forms[number]
        return read_form(number, head, lines, self._path)

    def _open_form(self, number: int, line: Line) -> None:
        if number in self._forms:
            raise self._unexpected(f"one form of project No. {number}", line)
        self._form = self._forms[number] = [line]
        self._place = "form"

    def _open_footnote(self, match: re.Match[str], line: Line) -> None:
        number = int(match[1]) if match[1] else self._last_number
        if number is None:
            raise self._unexpected("a footnote's number before the note", line)
        term = without_layout_spaces(match[2])
        self._footnotes.append((number, term, [Line(line.number, match[3].strip())]))
        self._place = "footnote"

    def _add_to_kpis(self, line: Line) -> None:
        if self._pillar is None:
            raise self._unexpected("a pillar's heading before its KPIs", line)
        if line.text != _KPI_HEADER:
            self._kpi_lines.setdefault(self._pillar, []).append(line)

    def _line_after_gap(self, missing: list[int]) -> int | None:
        later = [self._forms[number][0].number for number in self._forms if missing and number > missing[0]]
        return min(later, default=None)

    def _unexpected(self, expected: str, line: Line) -> SourceError:
        return SourceError(f"expected {expected}, found “{line.text}”", path=self._path, line=line.number)
