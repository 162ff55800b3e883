"""What an office writes stays the text it is, from its cell to every view, or is refused with its place.

The texts that arrive go in once, as words, note and office of indicators whose actual is words, half of them
by workbooks and half by CSV files, whose names are such texts as well.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import in_process
import pypdf
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, made_once
from offices import LETTERS, csv_file, measured, row, workbook
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from read_back import demand_in_html, demand_in_pdf, demand_in_workbook, without_signs
from renkei.actuals.files import sent
from renkei.checkout import CHECKOUT_VARIABLE
from renkei.errors import SourceError
from renkei.mail.body import body_of
from renkei.mail.message import Attachment, message_of
from renkei.mail.recipients import Recipient
from renkei.page.content import Content
from renkei.page.html import html_page
from renkei.page.pdf import pdf_of
from renkei.page.xlsx import workbook_of
from renkei.report.kit.piece_json import to_json
from said import squeezed

#: Code, markup, formulas and paths, all of which an office may type.
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table></main><!--",
    "&lt;b&gt;&amp;",
    '=HYPERLINK("http://x.example","y")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|'/C calc'!A0",
    "../../x",
    "..\\..\\x",
    '#eval("1+1")',
    "$x^2$",
    "*a* _b_ `c`",
    "\\u{41}\\n\\",
    "[red]x[/] {{ x }} {% y %} {0} %s",
    "http://x.example/ a@b.example",
    "= 見出し",
    "- 項目",
    "1e5",
    "a,b;c\"d'e",
)
#: As long as a note may be, without a place to break.
LONGEST = "長" * 400 + "x" * 100
#: A value ten times the newest, and why it is accepted.
ASKED_ABOUT, REASON = "2024-14-1", '=HYPERLINK("http://x.example","架空")'
#: What no file name of Windows or Unix has, or a path ends with.
_NOT_IN_NAMES = str.maketrans("", "", '/\\:"<>|?*')


@pytest.fixture(scope="session")
def folder(shared: Path) -> Path:
    """The project with all of them imported by the command."""
    return made_once(shared / "hostile-offices", _make)


def _make(folder: Path) -> None:
    project = folder / "project"
    shutil.copytree(ROOT / "data", project / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CHECKOUT_VARIABLE, str(project))
        files = [_sent(folder, place, text) for place, text in enumerate(HOSTILE)]
        longest = row(_ids()[len(HOSTILE)], "実施", **_said(LONGEST))
        files.append(workbook(folder / "longest.xlsx", longest, row(ASKED_ABOUT, 330)))
        told = in_process.command(
            "actuals", "import", *map(str, files), "--entered-on", "2025-07-01",
            "--accept", ASKED_ABOUT, "--reason", REASON,
        )  # fmt: skip
        assert (0, "") == (told.status, told.err)
        assert 0 == in_process.command("tables", "--output", str(folder)).status


def _sent(folder: Path, place: int, text: str) -> Path:
    """A file of one row; by turns a workbook and a CSV file."""
    name, cells = text.translate(_NOT_IN_NAMES).strip("."), row(_ids()[place], text, **_said(text, text))
    if place % 2:
        return csv_file(folder / f"{place}{name}.csv", cells)
    return workbook(folder / f"{place}{name}.xlsx", cells, change=as_text)


def _said(note: str, office: str = "架空課") -> dict[str, str]:
    return {"rating": "◎ 達成済み", "note": note, "office": office}


def as_text(sheet: Worksheet) -> None:
    """Have openpyxl take what looks like a formula for the text that an office typed behind an apostrophe."""
    for cell in (cell for cells in sheet.iter_rows() for cell in cells):
        if cell.data_type == "f":
            cell.data_type = "s"


@cache
def _ids() -> list[str]:
    """The indicators of the plan whose actual is words, and is rated in FY2024."""
    return [key for key, of in measured().items() if of.plan == 2024 and not of.unit]


@pytest.fixture
def project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All of renkei works on it."""
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(folder / "project"))
    return folder / "project"


@pytest.fixture
def own(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it: while one test imports, no other may work with the same data."""
    copy = tmp_path / "project"
    shutil.copytree(folder / "project", copy, ignore=shutil.ignore_patterns(".lock*"))
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(copy))
    return copy


@cache
def content(root: Path, family: str) -> Content:
    """A report of FY2024."""
    return in_process.content(family, f"fiscal_year = 2024  # in {root}")


def pieces(of: Content) -> list[Any]:
    """Its pieces as JSON."""
    return [json.loads(json.dumps(to_json(piece))) for piece in of.pieces]


def test_every_text_stands_in_the_file_as_it_was_typed(project: Path) -> None:
    """Words, note and office; of the path, the file's name."""
    with (project / "data" / "actuals" / "fy2024.csv").open(encoding="utf-8", newline="") as file:
        rows = {cells["indicator_id"]: cells for cells in csv.DictReader(file)}

    assert len(HOSTILE) + 2 == len(rows)
    for place, text in enumerate(HOSTILE):
        cells = rows[_ids()[place]]
        assert [text] * 3 == [cells[name] for name in ("actual_text", "note", "office")]
        ending = "csv" if place % 2 else "xlsx"
        assert f"{place}{text.translate(_NOT_IN_NAMES).strip('.')}.{ending}" == cells["file"]
    assert LONGEST == rows[_ids()[len(HOSTILE)]]["note"]
    with (project / "data" / "actuals" / "accepted.csv").open(encoding="utf-8", newline="") as file:
        [accepted] = csv.DictReader(file)
    assert (ASKED_ABOUT, REASON) == (accepted["indicator_id"], accepted["reason"])


def test_every_text_stands_in_the_tables_as_it_was_typed(project: Path) -> None:
    """Words and note of outcomes.csv."""
    with (project / "data" / "tables" / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        rows = {cells["indicator_id"]: cells for cells in csv.DictReader(file)
                if cells["fiscal_year"] == "2024"}  # fmt: skip

    for place, text in enumerate(HOSTILE):
        assert [text] * 2 == [rows[_ids()[place]][name] for name in ("actual_text", "note")]


@pytest.mark.parametrize(("family", "times"), [("outcomes", 2), ("targets", 1), ("status", 1)])
def test_on_a_page_it_is_text(project: Path, family: str, times: int) -> None:
    """Each stands so many times as the text of a table's cell; nothing becomes a tag or a link."""
    report = content(project, family)
    html = html_page(report)
    page = BeautifulSoup(html, "html.parser")
    lines = [line for cell in page.find_all(["td", "th"]) for line in cell.stripped_strings]

    demand_in_html(html, pieces(report))
    for text in HOSTILE:
        assert times <= lines.count(text), text
    assert [] == page.find_all(["script", "iframe", "b", "em", "base", "form"])
    assert [] == [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    links = [str(link["href"]) for link in page.find_all("a", href=True)]
    assert [] == [link for link in links if not link.startswith("#")]


@pytest.mark.parametrize("family", ["outcomes", "targets", "status"])
def test_in_a_workbook_it_is_text(project: Path, family: str) -> None:
    """A string in a cell of its own; no formula, and no link that leads outside."""
    report = content(project, family)
    book = workbook_of(report)

    demand_in_workbook(book, pieces(report))
    demand_texts_alone(book)


def test_in_the_workbook_of_all_tables_it_is_text(folder: Path) -> None:
    """`renkei tables --format xlsx`, which people open in place of the CSV files."""
    demand_texts_alone((folder / "tables.xlsx").read_bytes())


def demand_texts_alone(book: bytes) -> None:
    """AssertionError unless every text stands there as a string, and nothing is run or leads anywhere."""
    cells = [cell for sheet in load_workbook(io.BytesIO(book)).worksheets
             for cells in sheet.iter_rows() for cell in cells if cell.value is not None]  # fmt: skip
    strings = {str(cell.value) for cell in cells if cell.data_type == "s"}
    assert [] == [text for text in HOSTILE if text not in strings]
    assert [] == [cell.coordinate for cell in cells if cell.data_type == "f"]
    with zipfile.ZipFile(io.BytesIO(book)) as files:
        parts = {name: files.read(name) for name in files.namelist()}
    assert [] == [name for name, part in parts.items() if b"External" in part]


def test_in_a_pdf_it_is_text(project: Path) -> None:
    """Letter by letter what the pieces say."""
    report = content(project, "status")
    said = pieces(report)

    demand_in_pdf(pdf_of(report), said)
    for text in HOSTILE:
        assert json.dumps(text) in json.dumps(said)


def test_in_a_pdf_a_long_note_is_broken_and_none_of_it_is_lost(project: Path) -> None:
    """It has no blank, and its row goes over two pages; what stands in the other rows stands there too."""
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(content(project, "outcomes"))))
    text = without_signs(squeezed("".join(page.extract_text() for page in reader.pages)))

    assert [] == [of for of in HOSTILE if without_signs(squeezed(of)) not in text]
    assert LONGEST.count("長") <= text.count("長")
    assert "x" * 20 in text
    assert LONGEST.count("x") <= text.count("x")


@pytest.mark.parametrize("family", ["outcomes", "targets", "status"])
def test_an_email_holds_none_of_it(project: Path, family: str) -> None:
    """Neither body nor headers: what offices write stands in the report that is attached, as text."""
    report = content(project, family)
    recipient = Recipient("架空花子", "架空課", "a@b.example", "", frozenset())
    attached = html_page(report).encode("utf-8")
    body = body_of(report, report.title, "架空圏域", recipient, "架空企画課", {"a.html": len(attached)})
    message = message_of(body, recipient, None, {"a.html": Attachment(attached, "a.html")}, 10_000_000)
    page = BeautifulSoup(body.html, "html.parser")

    assert [] == [text for text in HOSTILE if text in body.text or text in page.get_text()]
    assert [] == page.find_all(["script", "b", "a", "iframe", "form"])
    assert {"Subject", "To", "X-Unsent", "MIME-Version", "Content-Type"} == set(message.keys())
    headers = "\n".join(f"{name}: {value}" for name, value in message.items())
    assert [] == [text for text in HOSTILE if text in headers]
    [part] = message.iter_attachments()
    assert [attached] == [part.get_payload(decode=True)]


def test_on_the_terminal_it_is_text(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of `renkei actuals status` takes no brackets for colours."""
    from renkei.actuals.progress_table import tell
    from renkei.actuals.status import offices_of, status_of

    monkeypatch.setenv("COLUMNS", "400")
    out = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdout", out)
        tell(status_of(2024), offices_of(2024))

    for text in HOSTILE:
        assert f"{text}: 1 indicators, last on 2025-07-01" in out.getvalue()


def in_cell(name: str, value: object) -> Callable[[Worksheet], None]:
    """A cell of the first row with a value as it stands in the file, or with a formula."""

    def change(sheet: Worksheet) -> None:
        sheet[f"{LETTERS[name]}5"] = value

    return change


#: What is typed into which column, what a message says of it.
REFUSED: Mapping[str, tuple[str, object, str]] = {
    "a note that turns text round": ("note", "\u202eabc", "take out U+202E"),
    "an office with a mark of direction": ("office", "架空\u200f課", "take out U+200F"),
    "words with an isolate": ("actual", "\u2067実施\u2069", "take out U+2067"),
    "a note with a sign without width": ("note", "a\u200bb", "take out U+200B"),
    "a note with a bell, as Excel saves it": ("note", "a_x0007_b", "take out U+0007"),
    "a note with an escape of terminals": ("note", "a_x001B_[31mb", "take out U+001B"),
    "half of a character": ("note", "a_xD800_b", "take out U+D800"),
    "a note of 5,000 characters": ("note", "長" * 5000, "at most 500 characters"),
    "a note one too long": ("note", "長" * 501, "it has 501"),
    "words one too long": ("actual", "長" * 101, "at most 100 characters"),
    "an office one too long": ("office", "長" * 101, "at most 100 characters"),
    "a formula as note": ("note", '=HYPERLINK("http://x.example","y")', "a formula without a saved result"),
    "a formula as office": ("office", "=1+1", "a formula without a saved result"),
    "a formula as words": ("actual", "=A1&A2", "a formula without a saved result"),
    "an error as note": ("note", "#REF!", "the error #REF!"),
    "markup as state of the value": ("status", "<script>", "one of 暫定, 確定"),
    "markup as rating": ("rating", "<b>◎</b>", "choose one from the list"),
    "a path as indicator": ("indicator_id", "../../x", "the ID of an indicator"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_could_deceive_is_refused_with_its_cell(own: Path, tmp_path: Path, case: str) -> None:
    """And data/actuals stays as it is."""
    name, value, told = REFUSED[case]
    path = workbook(
        tmp_path / "a.xlsx", row("2024-55-1", "実施", rating="◎ 達成済み"), change=in_cell(name, value)
    )
    before = {file: file.read_bytes() for file in (own / "data" / "actuals").iterdir()}

    refused = in_process.command("actuals", "import", str(path), "--entered-on", "2025-08-01")

    assert 1 == refused.status
    assert f"{path}, sheet “実績入力”, {LETTERS[name]}5: " in refused.err
    assert told in refused.err
    assert "\u202e" not in refused.err and "\x1b[31mb" not in refused.err
    assert before == {file: file.read_bytes() for file in (own / "data" / "actuals").iterdir()}


@pytest.mark.parametrize("sign", ["\u202e", "\u200f", "\x1b", "\x07", "\x7f", "\x85", "\ufeff", "\U000e0041"])
def test_a_csv_file_is_no_way_round(own: Path, tmp_path: Path, sign: str) -> None:
    """What nobody sees is refused in each cell that is filled in, all at once."""
    hostile = row("2024-55-1", f"実施{sign}", rating="◎ 達成済み", note=f"a{sign}b", office=f"課{sign}長")
    path = csv_file(tmp_path / "a.csv", hostile)

    refused = in_process.command("actuals", "import", str(path), "--entered-on", "2025-08-01")

    assert 1 == refused.status
    for name in ("actual", "note", "office"):
        assert f"{path}, {LETTERS[name]}2: a text of characters that can be seen" in refused.err
    assert 3 == refused.err.count(f"take out U+{ord(sign):04X}")


@pytest.mark.parametrize("reference", [b"&#xD800;", b"&#7;", b"&#0;", b"&hostile;", b"<b>"])
def test_what_no_xml_can_hold_makes_a_workbook_a_damaged_one(
    own: Path, tmp_path: Path, reference: bytes
) -> None:
    """Half a character or a control written into a workbook's XML by hand; the file as a whole is refused."""
    path = workbook(tmp_path / "a.xlsx", row("2024-55-1", "実施", rating="◎ 達成済み", note="HERE"))
    with zipfile.ZipFile(path) as files:
        parts = {name: files.read(name).replace(b"HERE", reference) for name in files.namelist()}
    with zipfile.ZipFile(path, "w") as files:
        for name, part in parts.items():
            files.writestr(name, part)

    refused = in_process.command("actuals", "import", str(path), "--entered-on", "2025-08-01")

    assert (1, True) == (refused.status, f"{path}: an Excel workbook was expected, found" in refused.err)
    assert "damaged" in refused.err


@pytest.mark.parametrize(
    "name", ["a\u202ecod.csv", "a\x1b[31m.csv", "a\udcff.csv", "長" * 70 + "／" + "長" * 201]
)
def test_a_file_name_that_could_deceive_is_refused(own: Path, name: str) -> None:
    """What cannot be seen in it is told by its code, as an argument and as a name."""
    refused = in_process.command("actuals", "import", name, "--entered-on", "2025-08-01")

    assert (1, True) == (refused.status, "that can be seen w" in refused.err)
    with pytest.raises(SourceError, match="a file name of at most 200 characters that can be seen"):
        sent(Path(name))
    assert not {"\u202e", "\x1b[31m", "\udcff"} & {*refused.err, refused.err[-20:]}


def test_an_id_that_is_a_path_leads_nowhere(own: Path, tmp_path: Path) -> None:
    """--accept and --take name indicators, and no files."""
    path = workbook(tmp_path / "a.xlsx", row("2024-55-1", "実施", rating="◎ 達成済み"))
    command = ("actuals", "import", str(path), "--entered-on", "2025-08-01")

    for more in (("--accept", "../../x", "--reason", "x"), ("--take", f"../../x={path}")):
        refused = in_process.command(*command, *more)
        assert (1, True) == (refused.status, "was expected to name an indicator" in refused.err)
