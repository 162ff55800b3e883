"""Three years of actuals from the empty form to page, PDF and workbook, one of them corrected later.

The offices and their numbers are made up (架空); see office_years.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import in_process
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, made_once, run_renkei
from office_years import LACKS_LIBREOFFICE, Entry, entries, fill_in, rows_of, saved_again, written
from openpyxl import load_workbook
from page_text import page_text
from read_back import demand_in_html, demand_in_pdf, demand_in_workbook
from renkei.checkout import CHECKOUT_VARIABLE
from renkei.page.html import html_page
from renkei.page.xlsx import workbook_of
from renkei.report.kit.piece_json import to_json
from renkei.text import normalise
from said import lines, pieces_in, squeezed, tables

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(LACKS_LIBREOFFICE, reason="needs LibreOffice: apt-get install libreoffice-calc-nogui"),
]

YEARS = {2024: ("確定", "2025-07-01"), 2025: ("確定", "2026-07-01"), 2026: ("暫定", "2027-04-30")}
#: What an office found to be wrong after all: met before, missed now.
CORRECTED, BEFORE, CORRECTION, REASON = "2024-41-4", 220, 205, "架空の集計誤りを訂正"
#: The same of the second year, once all three are in: missed before, met now.
SECOND_BEFORE, SECOND_CORRECTION = 176, 225
CORRECTIONS = {2024: CORRECTION, 2025: SECOND_CORRECTION}
#: Where the reports' unit is not the form's: how much larger the form's is, and theirs.
_UNITS = {"2024-39-1": (1000, "人"), "2024-41-2": (1, "人")}
#: The indicator that is the rate itself.
_RATE = "2024-01-1"


@dataclass(frozen=True)
class Played:
    """The project after each step, in folders of their own, and what the commands told."""

    folder: Path

    @property
    def project(self) -> Path:
        """As it is at the end."""
        return self.folder / "project"

    @property
    def first(self) -> Path:
        """The reports made once FY2024 was in."""
        return self.folder / "reports" / "fy2024"

    @property
    def told(self) -> dict[str, list[Any]]:
        """Of each step: exit status, and what was told."""
        found: dict[str, list[Any]] = json.loads((self.folder / "told.json").read_text(encoding="utf-8"))
        return found

    def form(self, year: int) -> Path:
        """The empty form of a year."""
        return self.folder / "forms" / f"actuals-fy{year}.xlsx"

    def entries(self, year: int) -> list[Entry]:
        """What the offices filled into it."""
        return entries(self.form(year), year, YEARS[year][0])

    def standing(self, year: int) -> list[Entry]:
        """The same with what was corrected at last."""
        found = self.entries(year)
        return [_corrected(entry, year) for entry in found]

    def reported(self, step: str, year: int) -> list[dict[str, str]]:
        """The rows of a year's file after a step."""
        with (self.folder / step / f"fy{year}.csv").open(encoding="utf-8", newline="") as file:
            return [*csv.DictReader(file)]


@pytest.fixture(scope="session")
def played(shared: Path) -> Played:
    """All of it, once: three forms filled in, saved by LibreOffice and imported, then one cell corrected."""
    return Played(made_once(shared / "a-year-played-through", _play))


def _play(folder: Path) -> None:
    """FY2024 by processes of its own, as a person would; what follows in this one, which is quicker."""
    played, told = Played(folder), {}
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, played.project / name)

    def step(name: str, *arguments: str, is_process: bool = False) -> None:
        if is_process:
            result = run_renkei(*arguments)
            told[name] = [result.returncode, result.stdout, result.stderr]
        else:
            here = in_process.command(*arguments)
            told[name] = [here.status, here.out, here.err]
        shutil.copytree(played.project / "data" / "actuals", folder / name)

    def sent(name: str, year: int, found: list[Entry]) -> str:
        path = fill_in(played.form(year), folder / "filled" / f"{name}.xlsx", found)
        return str(saved_again(path, folder / "sent"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CHECKOUT_VARIABLE, str(played.project))
        for year, (_, day) in YEARS.items():
            is_first, forms = year == 2024, str(folder / "forms")
            step(f"template {year}", "actuals", "template", "--fiscal-year", str(year), "--output", forms,
                 is_process=is_first)  # fmt: skip
            path = sent(f"架空{year}", year, played.entries(year))
            step(f"import {year}", "actuals", "import", path, "--entered-on", day, is_process=is_first)
            if is_first:
                step("check", "check", is_process=True)
                step("render", "render", "outcomes", "targets", "--fiscal-year", "2024", "--output",
                     str(folder / "reports"), "--jobs", "1", is_process=True)  # fmt: skip
        [wrong] = [entry for entry in played.standing(2024) if entry.indicator_id == CORRECTED]
        again = ("actuals", "import", sent("架空の訂正", 2024, [wrong]), "--entered-on", "2027-06-01")
        step("asked", *again)
        step("corrected", *again, "--accept", CORRECTED, "--reason", REASON)
        [wrong] = [entry for entry in played.standing(2025) if entry.indicator_id == CORRECTED]
        again = ("actuals", "import", sent("架空の再訂正", 2025, [wrong]), "--entered-on", "2027-07-01")
        step("corrected again", *again, "--accept", CORRECTED, "--reason", REASON)
        step("check again", "check")
    (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")


def _corrected(entry: Entry, year: int) -> Entry:
    if entry.indicator_id != CORRECTED or year not in CORRECTIONS:
        return entry
    found = CORRECTIONS[year]
    return replace(entry, number=Decimal(found), text=f"{found}人", typed=found)


@pytest.fixture
def at_the_end(played: Played, monkeypatch: pytest.MonkeyPatch) -> Played:
    """The project after all steps, on which all of renkei works."""
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(played.project))
    return played


@cache
def report(root: Path, family: str, year: int) -> tuple[list[Any], str, bytes]:
    """A report's pieces, page and workbook."""
    content = in_process.content(family, f"fiscal_year = {year}  # in {root}")
    pieces = [json.loads(json.dumps(to_json(piece))) for piece in content.pieces]
    return pieces, html_page(content), workbook_of(content)


Shown = list[tuple[str, str, object]]


def wanted(found: list[Entry]) -> Shown:
    """Each indicator's name, unit and actual as a report has to show them: numbers in words."""
    shown: Shown = []
    for entry in found:
        scale, unit = _UNITS.get(entry.indicator_id, (1, entry.unit))
        if entry.number is None:
            shown.append((entry.name, "－", entry.text))
        else:
            shown.append((entry.name, unit, written(entry.number * scale)))
    return sorted(shown)


def as_numbers(shown: Shown) -> list[tuple[str, str, object]]:
    """The same as a workbook holds it: every number as one."""
    return [
        (name, unit, actual if unit == "－" else float(str(actual).replace(",", "").replace("▲", "-")))
        for name, unit, actual in shown
    ]


def in_html(html: str, captions: tuple[str, ...], head: str) -> Shown:
    """Name, unit and actual of each row of these tables, in all their columns as printed."""
    page = BeautifulSoup(html, "html.parser")
    found: Shown = []
    for table in page.select("div.table:not(figure *) table"):
        caption = table.find("caption")
        if caption is None or not caption.get_text().startswith(captions):
            continue
        heads = [cell.get_text() for cell in table.select("thead th")]
        for row in table.select("tbody tr:not(.group)"):
            name, *cells = [[*cell.stripped_strings] for cell in row.find_all(["th", "td"])]
            at = {head: cells[place] for place, head in enumerate(heads[1:])}
            found.append((normalise(name[-1]), at["単位"][0], at[head][0]))
    return sorted(found)


def in_workbook(book: bytes, captions: tuple[str, ...], head: str) -> Shown:
    """The same of the workbook's sheets, as the values that they hold."""
    found: Shown = []
    for sheet in load_workbook(io.BytesIO(book)).worksheets:
        rows = [*sheet.iter_rows(values_only=True)]
        if not str(rows[0][0]).startswith(captions) or len(rows) < 2 or "単位" not in rows[1]:
            continue
        heads = [*rows[1]]
        name = heads.index("評価指標" if "評価指標" in heads else "指標")
        for row in rows[2:]:
            if row[heads.index("単位")] is not None:
                found.append(
                    (normalise(str(row[name])), str(row[heads.index("単位")]), row[heads.index(head)])
                )
    return sorted(found)


OUTCOMES = ("全事業・全指標", "基本KPI"), "実績値"


def test_every_step_does_what_it_says(played: Played) -> None:
    """All 82 rows of each year come in; a value that was final is asked about, and changes nothing."""
    told = played.told

    assert [name for name in told if name != "asked"] == [
        name for name, (status, _, err) in told.items() if (status, err) == (0, "")
    ]
    for year in YEARS:
        first = told[f"import {year}"][1].splitlines()[0]
        assert f"data/actuals/fy{year}.csv: 82 rows added, 0 known before" == first
    assert 1 == told["asked"][0]
    assert re.search(rf"J\d+: {CORRECTED} “{CORRECTION}人”: .*--accept {CORRECTED}", told["asked"][2])
    assert played.reported("import 2026", 2024) == played.reported("asked", 2024)
    assert "data/actuals/fy2024.csv: 1 rows added" in told["corrected"][1]


def test_a_form_that_comes_back_says_what_stands(played: Played) -> None:
    """A year's form shows the newest value of the year before, in the words of the office."""
    before = {entry.indicator_id: entry for entry in played.entries(2024)}

    for row in rows_of(played.form(2025)):
        assert (before[row["indicator_id"]].text, 2024) == (
            str(row["newest_text"]).removesuffix("(2024年度)"),
            row["newest_year"],
        )


def test_every_entry_stands_in_the_years_file(played: Played) -> None:
    """Its text, value, note, office and day, and that it is final or provisional."""
    for year, (status, day) in YEARS.items():
        rows = {row["indicator_id"]: row for row in played.reported(f"import {year}", year)}
        assert [*rows] == [entry.indicator_id for entry in played.entries(year)]
        for entry in played.entries(year):
            row = rows[entry.indicator_id]
            assert (entry.text, entry.note, entry.office, day, f"架空{year}.xlsx") == tuple(
                row[name] for name in ("actual_text", "note", "office", "entered_on", "file")
            )
            assert {"確定": "final", "暫定": "provisional"}[status] == row["status"]


def test_every_number_arrives_on_the_page_of_outcomes(played: Played) -> None:
    """All 82 of FY2024, in the table of all indicators or that of KPIs."""
    html = (played.first / "outcomes.html").read_text(encoding="utf-8")

    assert wanted(played.entries(2024)) == in_html(html, *OUTCOMES)
    demand_in_html(html, pieces_in(played.first / "outcomes.ipynb"))


def test_every_number_arrives_in_the_workbook_of_outcomes(played: Played) -> None:
    """As a number."""
    book = (played.first / "outcomes.xlsx").read_bytes()

    assert as_numbers(wanted(played.entries(2024))) == in_workbook(book, *OUTCOMES)
    demand_in_workbook(book, pieces_in(played.first / "outcomes.ipynb"))


def test_every_number_arrives_in_the_pdf_of_outcomes(played: Played) -> None:
    """The PDF says letter by letter what the pieces say, and they hold every number."""
    pieces = pieces_in(played.first / "outcomes.ipynb")
    found: Shown = []
    for table in tables(pieces):
        if table["caption"].startswith(OUTCOMES[0]):
            heads = [column["head"] for column in table["columns"]]
            at = heads.index("単位"), heads.index("実績値")
            for row in (row for group in table["groups"] for row in group["rows"]):
                unit, actual = (lines(row[place])[0] for place in at)
                found.append((normalise(lines(row[0])[-1]), unit, actual))

    assert wanted(played.entries(2024)) == sorted(found)
    demand_in_pdf((played.first / "outcomes.pdf").read_bytes(), pieces)


def test_targets_show_every_number_too(played: Played) -> None:
    """Beside what is asked of the year, on the page and in the workbook; the PDF says what the page says."""
    table = ("2024年度に求められる水準",), "2024年度実績"
    shown, pieces = wanted(played.entries(2024)), pieces_in(played.first / "targets.ipynb")
    html = (played.first / "targets.html").read_text(encoding="utf-8")

    assert shown == in_html(html, *table)
    assert as_numbers(shown) == in_workbook((played.first / "targets.xlsx").read_bytes(), *table)
    demand_in_html(html, pieces)
    demand_in_pdf((played.first / "targets.pdf").read_bytes(), pieces)


@pytest.mark.parametrize("year", YEARS)
def test_each_of_three_years_shows_its_own_numbers(at_the_end: Played, year: int) -> None:
    """FY2024 and FY2025 with what was corrected; page and workbook say what the pieces say."""
    pieces, html, book = report(at_the_end.project, "outcomes", year)
    shown = wanted(at_the_end.standing(year))

    assert shown == in_html(html, *OUTCOMES)
    assert as_numbers(shown) == in_workbook(book, *OUTCOMES)
    demand_in_html(html, pieces)
    demand_in_workbook(book, pieces)


@pytest.mark.parametrize("year", YEARS)
def test_what_is_asked_every_year_is_rated_by_its_number(at_the_end: Played, year: int) -> None:
    """Final ◎ or ×, provisional ○ or △, as the office's number reaches the form's or not."""
    ratings = {row["indicator_id"]: row["rating"] for row in at_the_end.reported("corrected again", year)}
    met, missed = ("◎", "×") if YEARS[year][0] == "確定" else ("○", "△")
    asked = {row["indicator_id"]: str(row["asked"]) for row in rows_of(at_the_end.form(year))}
    of_number = {
        entry.indicator_id: met if entry.number >= _number_in(asked[entry.indicator_id]) else missed
        for entry in at_the_end.standing(year)
        if entry.number is not None and "毎年度" in asked[entry.indicator_id]
    }

    assert 40 <= len(of_number)
    assert {met, missed} == set(of_number.values())
    assert of_number == {key: ratings[key] for key in of_number}


def _number_in(asked: str) -> Decimal:
    [digits] = re.findall(r"[\d,.]+", asked)
    return Decimal(digits.replace(",", ""))


def test_the_rates_have_three_points(at_the_end: Played) -> None:
    """Counted from the rows of data/actuals, after the first plan's list; both years as corrected."""
    text = page_text(report(at_the_end.project, "outcomes", 2026)[1])
    chart = text.partition("title: 達成割合は、2025年度は")[2].partition("summary:")[0]
    table = text.partition("table: 年度ごとの達成割合")[2].partition("note:")[0]

    assert ["#ffffff #767676", "#0017c1", "#0017c1", "#ffffff #0017c1"] == re.findall(
        r"mark round ([^:]+):", chart
    )
    for year, state in ((2024, "確定"), (2025, "確定"), (2026, "暫定")):
        met, judged = _counted(at_the_end, year)
        rate = f"{100 * Decimal(met) / judged:.2f}%"
        assert f"| {year}年度 | 第2期ビジョン | {rate} | {met} | {judged} | 77 | 77 | {state} |" in table
        assert f"text #333333: {rate}\n  text #333333: {met}/{judged}\n" in chart


def _counted(played: Played, year: int) -> tuple[int, int]:
    """How many were met of those that were judged, KPIs and the rate itself left out."""
    standing = {row["indicator_id"]: row["rating"] for row in played.reported("corrected again", year)}
    ratings = Counter(rating for key, rating in standing.items() if "-K" not in key and key != _RATE)
    return ratings["◎"] + ratings["○"], sum(ratings.values()) - ratings["-"]


def test_what_was_known_before_is_still_there(at_the_end: Played) -> None:
    """The corrected value stands beside the one before, each with its day; the reason beside both."""
    before, after = (at_the_end.reported(step, 2024) for step in ("import 2024", "corrected"))

    assert 83 == len(after)
    assert before == [row for row in after if row["entered_on"] == "2025-07-01"]
    assert [
        ("2025-07-01", f"{BEFORE}人", "◎"), ("2027-06-01", f"{CORRECTION}人", "×")
    ] == [(row["entered_on"], row["actual_text"], row["rating"])
          for row in after if row["indicator_id"] == CORRECTED]  # fmt: skip
    for year in (2025, 2026):
        assert at_the_end.reported(f"import {year}", year) == at_the_end.reported("corrected", year)
    [accepted] = csv.DictReader(_lines(at_the_end.folder / "corrected" / "accepted.csv"))
    assert (CORRECTED, REASON, "2027-06-01") == tuple(
        accepted[name] for name in ("indicator_id", "reason", "entered_on")
    )


def test_the_second_year_is_corrected_once_the_third_is_in(at_the_end: Played) -> None:
    """Its two values stand side by side, and neither the year before nor the one after has changed."""
    rows = at_the_end.reported("corrected again", 2025)

    assert [
        ("2026-07-01", f"{SECOND_BEFORE}人", "×"), ("2027-07-01", f"{SECOND_CORRECTION}人", "◎")
    ] == [(row["entered_on"], row["actual_text"], row["rating"])
          for row in rows if row["indicator_id"] == CORRECTED]  # fmt: skip
    assert at_the_end.reported("import 2025", 2025) == [
        row for row in rows if row["entered_on"] == "2026-07-01"
    ]
    for year in (2024, 2026):
        assert at_the_end.reported("corrected", year) == at_the_end.reported("corrected again", year)


def _lines(path: Path) -> Iterator[str]:
    yield from path.read_text(encoding="utf-8").splitlines()


def test_the_report_tells_what_was_corrected(at_the_end: Played) -> None:
    """Both values with their days, in the table of revisions of the next year's outcomes."""
    text = squeezed(BeautifulSoup(report(at_the_end.project, "outcomes", 2025)[1], "html.parser").get_text())

    assert f"{BEFORE}確定◎達成済み2025年7月1日{CORRECTION}確定×達成不可2027年6月1日" in text
