"""One project's form in the vision. Its boxes come in several orders, so each is known by its label."""

from __future__ import annotations

from collections.abc import Sequence

from renkei.area import Area, Plan
from renkei.documents.cells import indicator_rows, joined
from renkei.documents.rows import CostRow, ProjectRow
from renkei.documents.wrapping import PrintedLine
from renkei.errors import QuantityError, SourceError
from renkei.quantity import parse_quantity

_ROLES = ("役", "割", "分", "担")
_BEARERS = ("費", "用", "負", "担")
_INDICATORS = "評価指標"
_INDICATOR_HEADER = "項目 基準値(基準年) 目標値(目標年)"
_SUMMARY = "事業概要"
_PARTNERS = "連携市町村"
_COST = ("事業予定年度 及び", "事業費見込額(千円)")


class Form:
    """The boxes of one form; `lines` are its “No.” line and all that follow it.

    Raises SourceError for a box that is missing, met twice, or not what its label promises.
    """

    def __init__(self, number: int, lines: Sequence[PrintedLine], path: str, area: Area, plan: Plan) -> None:
        self._number = number
        self._head = lines[0]
        self._path = path
        self._area = area
        self._lead = area.lead.name
        self._year_labels = {f"{year.starts_in}年度": year for year in plan.fiscal_years}
        # Words of the form itself: standing alone they are left over from a label that lost a line.
        self._labels = {
            *_ROLES,
            *_BEARERS,
            *_COST,
            _INDICATOR_HEADER,
            *(f"({year.short_era})" for year in plan.fiscal_years),
        }
        self._boxes: dict[str, list[PrintedLine]] = {}
        self._name: PrintedLine | None = None
        self._amounts: PrintedLine | None = None
        self._years: set[str] = set()
        # Indicators may stand before the head of their table: on top of a form, or below its cost.
        self._box = self._boxes.setdefault("indicators", [])
        rest = list(lines[1:])
        while rest:
            rest = self._take(rest)
        self._rows = tuple(indicator_rows(self._boxes["indicators"], path))

    def _take(self, lines: list[PrintedLine]) -> list[PrintedLine]:
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
            return line.without(_SUMMARY) + lines[1:]
        if self._box is self._boxes.get("summary") and _has_label(line, _PARTNERS):
            self._enter("municipalities", line, [])
            return line.without(_PARTNERS) + lines[1:]
        if line.text in self._year_labels:
            return self._take_year(lines)
        if line.text in self._labels or (
            self._box is self._boxes["indicators"] and _has_label(line, _PARTNERS)
        ):
            raise self._missing("the whole label of a box", line)
        self._box.append(line)
        return lines[1:]

    def running_text(self) -> list[list[PrintedLine]]:
        """Its cells of running text, which are all equally wide; `project` has been asked for before."""
        return [
            *self._parts("roles").values(),
            *self._parts("bearers").values(),
            self._boxes["summary"],
            self._boxes["municipalities"],
        ]

    def names(self) -> list[tuple[PrintedLine, ...]]:
        """The lines of each indicator's name."""
        return [row.name_lines for row in self._rows]

    def project(self) -> ProjectRow:
        """The project, its cells as published."""
        lead_role, partner_role = self._lead_and_partners("roles")
        lead_cost, partner_cost = self._lead_and_partners("bearers")
        name = self._name
        if name is None or not self._boxes.get("summary"):
            raise self._missing("a name and 事業概要", self._head)
        if self._boxes.get("years"):
            raise self._missing("only fiscal years in the cost's head", self._boxes["years"][0])
        if not self._rows:
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
            indicators=tuple(row.indicator for row in self._rows),
            costs=self._costs(),
        )

    def _enter(self, box: str, line: PrintedLine, rest: list[PrintedLine]) -> list[PrintedLine]:
        if box in self._boxes:
            raise self._missing(f"one box “{box}”", line)
        self._box = self._boxes.setdefault(box, [])
        return rest

    def _take_name(self, line: PrintedLine) -> None:
        """The name stands right before 事業概要, below whatever box was printed above it."""
        if not self._box:
            raise self._missing("the project's name before 事業概要", line)
        self._name = self._box.pop()

    def _take_year(self, lines: list[PrintedLine]) -> list[PrintedLine]:
        """A year of the cost's head; the last one stands apart, right above the amounts."""
        text = lines[0].text
        self._demand(lines[1:], f"({self._year_labels[text].short_era})", lines[0])
        if text in self._years:
            raise self._missing("each fiscal year once", lines[0])
        self._years.add(text)
        if text != next(reversed(self._year_labels)):
            return lines[2:]
        if len(lines) < 3:
            raise self._missing(f"the amounts of {len(self._year_labels)} fiscal years", lines[0])
        self._demand_amounts(lines[2])
        self._amounts = lines[2]
        self._box = self._boxes["indicators"]
        return lines[3:]

    def _lead_and_partners(self, box: str) -> tuple[str, str]:
        parts = self._parts(box)
        return joined(parts[self._lead]), joined(parts[_PARTNERS])

    def _parts(self, box: str) -> dict[str, list[PrintedLine]]:
        """The lines of the lead and of its partners in a box that tells them apart."""
        parts: dict[str, list[PrintedLine]] = {}
        for line in self._boxes.get(box, []):
            label = next((label for label in (self._lead, _PARTNERS) if _has_label(line, label)), None)
            if label in parts or (label is None and not parts):
                raise self._missing(f"one {self._lead} and one {_PARTNERS} in box “{box}”", line)
            if label is None:
                parts[list(parts)[-1]].append(line)
            else:
                parts[label] = line.without(label)
        if list(parts) != [self._lead, _PARTNERS] or not all(parts.values()):
            raise self._missing(f"what {self._lead} and {_PARTNERS} do in box “{box}”", self._head)
        return parts

    def _municipalities(self) -> str:
        lines = self._boxes.get("municipalities")
        if not lines:
            raise self._missing("the partner municipalities", self._head)
        try:
            return self._area.written_out(joined(lines))
        except ValueError as error:
            raise SourceError(str(error), path=self._path, line=lines[0].number) from error

    def _costs(self) -> tuple[CostRow, ...]:
        if self._amounts is None or self._years != set(self._year_labels):
            raise self._missing(
                f"the fiscal years {'、'.join(self._year_labels)} and their amounts", self._head
            )
        return tuple(
            CostRow(self._amounts.number, year.starts_in, text)
            for year, text in zip(self._year_labels.values(), self._amounts.text.split(" "), strict=True)
        )

    def _demand_amounts(self, amounts: PrintedLine) -> None:
        texts = amounts.text.split(" ")
        if len(texts) != len(self._year_labels):
            raise self._missing(f"{len(self._year_labels)} amounts", amounts)
        for text in texts:
            try:
                is_amount = text.startswith("(") or parse_quantity(text).unit == ""
            except QuantityError:
                is_amount = False
            if not is_amount:
                raise self._missing(f"an amount, a dash or a remark in parentheses, not “{text}”", amounts)

    def _demand(self, following: list[PrintedLine], expected: str, line: PrintedLine) -> None:
        if not following or following[0].text != expected:
            raise self._missing(f"“{expected}” on the next line", following[0] if following else line)

    def _missing(self, expected: str, line: PrintedLine) -> SourceError:
        return SourceError(
            f"project No. {self._number}: expected {expected}, found “{line.text}”",
            path=self._path,
            line=line.number,
        )


def _has_label(line: PrintedLine, label: str) -> bool:
    return line.text == label or line.text.startswith(f"{label} ")
