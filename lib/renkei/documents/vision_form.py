"""One project's form in the vision. Its boxes come in several orders, so each is known by its label."""

from __future__ import annotations

from collections.abc import Sequence

from renkei.area import LEAD, fiscal_years_of, written_out
from renkei.documents.cells import indicator_rows, joined
from renkei.documents.rows import CostRow, ProjectRow
from renkei.documents.sources import Line
from renkei.errors import QuantityError, SourceError
from renkei.quantity import parse_quantity

_ROLES = ("役", "割", "分", "担")
_BEARERS = ("費", "用", "負", "担")
_INDICATORS = "評価指標"
_INDICATOR_HEADER = "項目 基準値(基準年) 目標値(目標年)"
_SUMMARY = "事業概要"
_PARTNERS = "連携市町村"
_COST = ("事業予定年度 及び", "事業費見込額(千円)")
_YEARS = {f"{year.starts_in}年度": year for year in fiscal_years_of(2024)}
_LAST_YEAR = "2028年度"


def read_form(number: int, head: Line, lines: Sequence[Line], path: str) -> ProjectRow:
    """The project of one form; `head` is its “No.” line, `lines` are all that follow it.

    Raises SourceError for a box that is missing, met twice, or not what its label promises.
    """
    form = _Form(number, head, path)
    rest = list(lines)
    while rest:
        rest = form.take(rest)
    return form.project()


class _Form:
    def __init__(self, number: int, head: Line, path: str) -> None:
        self._number = number
        self._head = head
        self._path = path
        self._boxes: dict[str, list[Line]] = {}
        self._name: Line | None = None
        self._amounts: Line | None = None
        self._years: set[str] = set()
        # Indicators may stand before the head of their table: on top of a form, or below its cost.
        self._box = self._boxes.setdefault("indicators", [])

    def take(self, lines: list[Line]) -> list[Line]:
        """Take what the first line opens or continues; the lines that remain come back."""
        line = lines[0]
        texts = tuple(following.text for following in lines[:4])
        if texts == _ROLES:
            return self._enter("roles", line, lines[4:])
        if texts == _BEARERS:
            return self._enter("bearers", line, lines[4:])
        if texts[:2] == _COST:
            return self._enter("years", line, lines[2:])
        if line.text == _INDICATORS:
            self._demand(lines[1:], _INDICATOR_HEADER, line)
            self._box = self._boxes["indicators"]
            return lines[2:]
        if line.text == _SUMMARY or line.text.startswith(f"{_SUMMARY} "):
            self._take_name(line)
            self._enter("summary", line, [])
            return self._without_label(line, _SUMMARY) + lines[1:]
        if self._box is self._boxes.get("summary") and _has_label(line, _PARTNERS):
            self._enter("municipalities", line, [])
            return self._without_label(line, _PARTNERS) + lines[1:]
        if line.text in _YEARS:
            return self._take_year(lines)
        self._box.append(line)
        return lines[1:]

    def project(self) -> ProjectRow:
        lead_role, partner_role = self._lead_and_partners("roles")
        lead_cost, partner_cost = self._lead_and_partners("bearers")
        name = self._name
        if name is None or not self._boxes.get("summary"):
            raise self._missing("a name and 事業概要", self._head)
        if self._boxes.get("years"):
            raise self._missing("only fiscal years in the cost's head", self._boxes["years"][0])
        indicators = tuple(indicator_rows(self._boxes["indicators"], self._path))
        if not indicators:
            raise self._missing("at least one indicator", self._head)
        return ProjectRow(
            source_line=self._head.number,
            number=self._number,
            name=joined([name]),
            summary=joined(self._boxes["summary"]),
            municipalities=self._municipalities(),
            lead_role=lead_role,
            partner_role=partner_role,
            lead_cost=lead_cost,
            partner_cost=partner_cost,
            indicators=indicators,
            costs=self._costs(),
        )

    def _enter(self, box: str, line: Line, rest: list[Line]) -> list[Line]:
        if box in self._boxes:
            raise self._missing(f"one box “{box}”", line)
        self._box = self._boxes.setdefault(box, [])
        return rest

    def _take_name(self, line: Line) -> None:
        """The name stands right before 事業概要, below whatever box was printed above it."""
        if not self._box:
            raise self._missing("the project's name before 事業概要", line)
        self._name = self._box.pop()

    def _take_year(self, lines: list[Line]) -> list[Line]:
        """A year of the cost's head; the last one stands apart, right above the amounts."""
        text = lines[0].text
        self._demand(lines[1:], f"(R{_YEARS[text].starts_in - 2018}年度)", lines[0])
        if text in self._years:
            raise self._missing("each fiscal year once", lines[0])
        self._years.add(text)
        if text != _LAST_YEAR:
            return lines[2:]
        if len(lines) < 3:
            raise self._missing("the amounts of five fiscal years", lines[0])
        self._amounts = lines[2]
        self._box = self._boxes["indicators"]
        return lines[3:]

    def _lead_and_partners(self, box: str) -> tuple[str, str]:
        parts: dict[str, list[Line]] = {}
        for line in self._boxes.get(box, []):
            label = next((label for label in (LEAD, _PARTNERS) if _has_label(line, label)), None)
            if label in parts or (label is None and not parts):
                raise self._missing(f"one {LEAD} and one {_PARTNERS} in box “{box}”", line)
            if label is None:
                parts[list(parts)[-1]].append(line)
            else:
                parts[label] = self._without_label(line, label)
        if list(parts) != [LEAD, _PARTNERS] or not all(parts.values()):
            raise self._missing(f"what {LEAD} and {_PARTNERS} do in box “{box}”", self._head)
        return joined(parts[LEAD]), joined(parts[_PARTNERS])

    def _municipalities(self) -> str:
        lines = self._boxes.get("municipalities")
        if not lines:
            raise self._missing("the partner municipalities", self._head)
        try:
            return written_out(joined(lines))
        except ValueError as error:
            raise SourceError(str(error), path=self._path, line=lines[0].number) from error

    def _costs(self) -> tuple[CostRow, ...]:
        if self._amounts is None or self._years != set(_YEARS):
            raise self._missing(f"the fiscal years {'、'.join(_YEARS)} and their amounts", self._head)
        texts = self._amounts.text.split(" ")
        if len(texts) != len(_YEARS):
            raise self._missing("five amounts", self._amounts)
        for text in texts:
            try:
                is_amount = text.startswith("(") or parse_quantity(text).unit == ""
            except QuantityError:
                is_amount = False
            if not is_amount:
                raise self._missing(
                    f"an amount, a dash or a remark in parentheses, not “{text}”", self._amounts
                )
        return tuple(
            CostRow(self._amounts.number, year.starts_in, text)
            for year, text in zip(_YEARS.values(), texts, strict=True)
        )

    def _demand(self, following: list[Line], expected: str, line: Line) -> None:
        if not following or following[0].text != expected:
            raise self._missing(f"“{expected}” on the next line", following[0] if following else line)

    @staticmethod
    def _without_label(line: Line, label: str) -> list[Line]:
        text = line.text.removeprefix(label).strip()
        return [Line(line.number, text)] if text else []

    def _missing(self, expected: str, line: Line) -> SourceError:
        return SourceError(
            f"project No. {self._number}: expected {expected}, found “{line.text}”",
            path=self._path,
            line=line.number,
        )


def _has_label(line: Line, label: str) -> bool:
    return line.text == label or line.text.startswith(f"{label} ")
