"""Footnotes of a vision: each has the next number, beside it, and one mark in the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from renkei.documents.cells import joined
from renkei.documents.rows import FootnoteRow
from renkei.documents.wrapping import PrintedLine, demand_full_lines, widest
from renkei.errors import SourceError
from renkei.text import without_layout_spaces

_NOTE = re.compile(r"(\d{1,3})? ?【(.+?)】(.*)")


@dataclass
class _Note:
    """A footnote: the number in its own line, and the bare numbers right before and after it."""

    number: int | None
    term: str
    lines: list[PrintedLine]
    beside: list[PrintedLine] = field(default_factory=list)


def is_note(text: str) -> bool:
    """Whether a line opens a footnote: 12【MICE】 …, or 【MICE】 … with its number on a line of its own."""
    return bool(_NOTE.match(text))


class Footnotes:
    """The footnotes of a document and the bare numbers in it, in the order in which they came."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._notes: list[_Note] = []
        self._bare: list[PrintedLine] = []

    def open(self, line: PrintedLine, number_before: PrintedLine | None) -> None:
        """A footnote begins; `number_before` is a bare number on the line above."""
        match = _NOTE.match(line.text)
        if match is None:
            raise ValueError(f"{line} opens no footnote")
        first = PrintedLine(line.number, match[3].strip(), line.printed)
        number = int(match[1]) if match[1] else None
        note = _Note(number, without_layout_spaces(match[2]), [first])
        self._notes.append(note)
        if number_before is not None:
            note.beside.append(number_before)

    def go_on(self, line: PrintedLine) -> None:
        """A line of text below the last footnote's."""
        self._notes[-1].lines.append(line)

    def number(self, line: PrintedLine, *, is_below_note: bool) -> None:
        """A bare number: the mark of a footnote, or the number of one right above or below it."""
        self._bare.append(line)
        if is_below_note:
            self._notes[-1].beside.append(line)

    def rows(self) -> tuple[FootnoteRow, ...]:
        """The footnotes; SourceError for a number that is not the next one, or a mark without its note."""
        texts = [note.lines for note in self._notes]
        demand_full_lines(texts, widest(texts), self._path)
        numbers: list[int] = []
        marks = list(self._bare)
        for note in self._notes:
            expected = numbers[-1] + 1 if numbers else None
            numbers.append(self._number_of(note, expected, marks))
        self._demand_marks(numbers, marks)
        return tuple(
            FootnoteRow(note.lines[0].number, number, note.term, joined(note.lines))
            for note, number in zip(self._notes, numbers, strict=True)
        )

    def _number_of(self, note: _Note, expected: int | None, marks: list[PrintedLine]) -> int:
        """The footnote's number; a bare number that it took is no mark any more."""
        if note.number is not None and note.number == (expected or note.number):
            return note.number
        for line in note.beside:
            if note.number is None and int(line.text) == (expected or int(line.text)) and line in marks:
                marks.remove(line)
                return int(line.text)
        number = "a number" if expected is None else f"the number {expected}"
        raise self._unexpected(
            f"{number} with the footnote 【{note.term}】",
            f"{note.number or '、'.join(line.text for line in note.beside) or 'none'}",
            note.lines[0],
        )

    def _demand_marks(self, numbers: list[int], marks: list[PrintedLine]) -> None:
        known = f"{numbers[0]} to {numbers[-1]}" if numbers else "none"
        times = Counter(_number(mark) for mark in marks)
        for mark in marks:
            if _number(mark) not in numbers:
                raise self._unexpected(f"a mark of a footnote (there are {known})", mark.printed, mark)
            if times[_number(mark)] > 1:
                lines = [str(same.number) for same in marks if _number(same) == _number(mark)]
                raise self._unexpected(
                    f"one mark of footnote {mark.text}", f"one in each of the lines {', '.join(lines)}", mark
                )
        for note, number in zip(self._notes, numbers, strict=True):
            if number not in times:
                raise self._unexpected(f"a mark of footnote {number} in the text", "none", note.lines[0])

    def _unexpected(self, expected: str, found: str, line: PrintedLine) -> SourceError:
        return SourceError(f"expected {expected}, found “{found}”", path=self._path, line=line.number)


def _number(mark: PrintedLine) -> int | None:
    """The number of the footnote that is meant; None for a mark that is no number (¹⁻²)."""
    return int(mark.text) if mark.text.isdecimal() else None
