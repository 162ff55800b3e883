"""A second reading of the documents, the other way round: from the tables back to every line.

The readers go from lines to cells. This takes the tables as they stand and spends them: each
line must be words that the tables, or the words of the form itself, still have to give, and in the end
nothing may be left over. So a line that no row took, one that two rows took, and a cell that no line
holds all show. It knows nothing of how the readers tell lines apart.
"""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from renkei.documents.sources import Line
from renkei.text import normalise

Row = dict[str, str]


@dataclass(frozen=True)
class Tables:
    """The committed tables of one source, and the area, as they stand in files."""

    projects: list[Row]
    indicators: list[Row]
    outcomes: list[Row]
    costs: list[Row]
    footnotes: list[Row]
    sections: list[Row]
    area: dict[str, object]

    @classmethod
    def of(cls, data: Path, source: str) -> "Tables":
        """The rows that say they come from `source`."""
        tables = {
            name: [row for row in rows(data / "tables" / f"{name}.csv") if row["source"] == source]
            for name in ("projects", "indicators", "outcomes", "costs", "footnotes")
        }
        plan = tables["projects"][0]["plan"]
        sections = [row for row in rows(data / "curated" / "sections.csv") if row["plan"] == plan]
        area = tomllib.loads((data / "area.toml").read_text(encoding="utf-8"))
        return cls(**tables, sections=sections, area=area)


def rows(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def squeezed(text: str) -> str:
    """Text without white space, in which line breaks and layout no longer matter, and dashes are one."""
    return re.sub(r"\s", "", normalise(text)).replace("ー", "-")


@dataclass
class Account:
    """What a part of a document has to give: its cells, whole, and the characters in them not yet spent."""

    cells: list[str]
    left: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = [squeezed(cell) for cell in self.cells]
        self.left = Counter("".join(self.cells))

    def spend(self, text: str) -> bool:
        """Whether each word of a line is in a cell and its characters are not spent yet; then they are."""
        words = [squeezed(word) for word in normalise(text).split(" ")]
        line = Counter("".join(words))
        if not all(self._has(word) for word in words) or line - self.left:
            return False
        self.left -= line
        return True

    def _has(self, word: str) -> bool:
        return any(word in cell for cell in self.cells)


def lost_of_vision(lines: Iterable[Line], tables: Tables) -> list[str]:
    """What of a vision's lines, and of its tables, has no counterpart; none where all agree."""
    area = tables.area
    pillars: list[dict[str, object]] = area["pillars"]  # type: ignore[assignment]
    once = Counter(squeezed(f"{pillar['number']}{pillar['name']}") for pillar in pillars)
    parts = dict.fromkeys(row["area"] for row in tables.sections if row["area"])
    once += Counter(squeezed(f"({number}){name}") for number, name in enumerate(parts, start=1))
    section_names = {squeezed(row["section"]) for row in tables.projects}
    letters = Counter(dict.fromkeys(section_names, 1))
    kpis = Account(
        [text for row in tables.indicators if row["kind"] == "kpi" for text in cells_of_indicator(row)]
        + ["【基本KPI】", "指標名 現状値 目標値"]
        * len({r["pillar"] for r in tables.indicators if r["kind"] == "kpi"})
    )
    forms = {row["project_no"]: Account(cells_of_form(row, tables)) for row in tables.projects}
    notes = {row["number"]: Account([f"【{row['term']}】{row['text']}"]) for row in tables.footnotes}
    numbers = Counter({row["number"]: 2 for row in tables.footnotes})

    lost: list[str] = []
    place: Account | None = None
    note: Account | None = None
    for line in lines:
        text = normalise(line.text)
        plain = squeezed(text)
        where = f"{line.number}: {text}"
        if not plain:
            continue
        if once[plain]:
            # Whatever stands above the first heading is the preface, which no table holds.
            once[plain] -= 1
            place, note = kpis, None
        elif re.match(r"[a-z] ", text) and letters[plain[1:]]:
            letters[plain[1:]] -= 1
            place, note = None, None
        elif match := re.fullmatch(r"No\. ?(\d+) 連携事業名", text):
            place, note = forms.get(match[1]), None
            if place is None or not place.spend(text):
                lost.append(where)
        elif plain.isdecimal():
            if not numbers[plain]:
                lost.append(where)
            numbers[plain] -= 1
        elif (match := re.match(r"(\d*) ?【", text)) and plain != "【基本KPI】":
            number = match[1] or next((n for n, a in notes.items() if a.spend(text)), "")
            note = notes.get(number)
            if match[1]:
                numbers[number] -= 1
                if note is None or not note.spend(text.removeprefix(match[1])):
                    lost.append(where)
            elif note is None:
                lost.append(where)
        elif note is not None and note.left.total():
            if not note.spend(text):
                lost.append(where)
        elif place is not None:
            if not place.spend(text):
                lost.append(where)
        elif not is_preface(once, pillars):
            lost.append(where)
    lost += [f"no line holds the heading {heading}" for heading in (once + letters).elements()]
    lost += [
        f"footnote {number} is not there once and marked once" for number, left in numbers.items() if left
    ]
    accounts = {"KPIs": kpis, **{f"No. {n}": form for n, form in forms.items()}, **notes}
    lost += [f"{name}: no line holds {dict(a.left)}" for name, a in accounts.items() if a.left.total()]
    return lost


def is_preface(once: Counter[str], pillars: list[dict[str, object]]) -> bool:
    """Whether the first pillar's heading is still to come."""
    return bool(once[squeezed(f"{pillars[0]['number']}{pillars[0]['name']}")])


def cells_of_indicator(row: Row) -> list[str]:
    """The cells of an indicator in a plan."""
    return [row["name"], row["baseline_text"], row["target_text"]]


def cells_of_form(project: Row, tables: Tables) -> list[str]:
    """Every cell of a project's form, and the words of the form itself."""
    number, area = project["project_no"], tables.area
    lead: str = area["lead"]["name"]  # type: ignore[index]
    partners = "、".join(partner["name"] for partner in area["partners"])  # type: ignore[attr-defined]
    years = [row for row in tables.costs if row["project_no"] == number]
    is_for_all = project["municipalities"] == partners
    return [
        f"No. {number} 連携事業名",
        *("役", "割", "分", "担", "費", "用", "負", "担"),
        *(lead, lead, "連携市町村", "連携市町村", "連携市町村", "事業概要", "評価指標"),
        *("事業予定年度", "及び", "事業費見込額(千円)", "項目", "基準値(基準年)", "目標値(目標年)"),
        *(f"{row['fiscal_year']}年度" for row in years),
        *(f"(R{int(row['fiscal_year']) - 2018}年度)" for row in years),
        *(amount_of(row) for row in years),
        *(project[column] for column in ("name", "summary", "lead_role", "partner_role")),
        *(project[column] for column in ("lead_cost", "partner_cost")),
        str(area["all_partners"]) if is_for_all else project["municipalities"],
        *(
            cell
            for row in tables.indicators
            if row["project_no"] == number
            for cell in cells_of_indicator(row)
        ),
    ]


def amount_of(cost: Row) -> str:
    """A cost as the form prints it."""
    if cost["note"]:
        return f"({cost['note']})"
    return f"{int(cost['amount_thousand_yen']):,}" if cost["amount_thousand_yen"] else "-"


#: Lines above the rows of each of a list's pages: title, legend, remark, heads.
ABOVE_ROWS = (r"## .*連携事業実施状況等一覧.*", r"(<|&lt;)評価凡例.*", r"※.*", r"役割 連携事業名 事業概要 .*")


def lost_of_list(lines: Iterable[Line], tables: Tables, dashes_too_many: Iterable[int] = ()) -> list[str]:
    """What of a list's lines, and of its tables, has no counterpart; none where all agree.

    `dashes_too_many` are lines with a cell too many after the target.
    """
    by_line: dict[int, Counter[str]] = {}
    for row in tables.projects:
        by_line.setdefault(int(row["source_line"]), Counter()).update(
            [squeezed(f"{row['project_no']} {row['name']}"), squeezed(row["summary"])]
        )
    outcomes = {row["indicator_id"]: row for row in tables.outcomes}
    for row in tables.indicators:
        outcome = outcomes[row["indicator_id"]]
        cells = [*cells_of_indicator(row), outcome["actual_text"], outcome["rating"], outcome["note"]]
        if int(row["source_line"]) != int(outcome["source_line"]):
            return [f"{row['indicator_id']} and its outcome come from two lines"]
        by_line.setdefault(int(row["source_line"]), Counter()).update(map(squeezed, cells))
    for number in dashes_too_many:
        by_line[number]["-"] += 1

    headings = headings_of_list(tables.area)
    lost: list[str] = []
    above: list[int] = []
    for line in lines:
        cells = [cell for cell in map(squeezed, line.text.split("\t")) if cell]
        text = normalise(line.text)
        kinds = [kind for kind, form in enumerate(ABOVE_ROWS) if re.fullmatch(form, text)]
        if not cells:
            continue
        if kinds:
            above += kinds
            continue
        if cells[0] in headings:
            del cells[0]
        if cells and cells[0] == "【基本KPI】":
            del cells[0]
        if not cells or Counter(cells) != by_line.pop(line.number, Counter()):
            lost.append(f"{line.number}: {text[:60]}")
    if above != list(range(len(ABOVE_ROWS))) * (len(above) // len(ABOVE_ROWS)):
        lost.append(f"title, legend, remark and heads of each page: found {above}")
    return lost + [f"no line {number} holds {list(cells)}" for number, cells in by_line.items()]


def headings_of_list(area: dict[str, object]) -> set[str]:
    """The headings that may stand left of a list's row."""
    pillars: list[dict[str, list[str]]] = area["pillars"]  # type: ignore[assignment]
    found = {squeezed(f"{letter}{p['name']}") for letter, p in zip("アイウエオ", pillars, strict=False)}
    for pillar in pillars:
        for letter, part in zip("ABCDE", pillar.get("parts", []), strict=False):
            found |= {squeezed(part), squeezed(letter + part)}
        found |= {squeezed(part) for part in pillar.get("garbled_parts", [])}
    return found
