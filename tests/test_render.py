"""Reports made as a user makes them, and everything that can keep one from being made."""

import io
import json
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Command, edit, run_renkei
from renkei.area import Area
from renkei.batch.families import declared_parameters, families
from renkei.batch.kernels.starting import KERNEL_VARIABLE
from renkei.batch.results import FAILED
from renkei.checkout import Checkout
from renkei.errors import ParameterError, RenderError
from renkei.page.content import Content
from renkei.page.html import html_page
from renkei.page.pdf import pdf_of
from renkei.report.kit.cells import table
from renkei.report.kit.figures import canvas, figure_piece, numbers
from renkei.report.kit.markup import html_of
from renkei.report.kit.pieces import Cell, Column, Title
from renkei.report.kit.pieces_text import paragraph
from renkei.report.kit.scales import in_one_unit
from renkei.whole_files import UNFINISHED

ENDINGS = ("html", "ipynb", "pdf", "xlsx")
FILES = ("fy2021/outcomes", "fy2025/targets", "fy2025/municipality-chitose", "trajectory")

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("file", FILES)
def test_each_report_has_its_three_files(reports: Path, file: str) -> None:
    """HTML, PDF and executed notebook lie side by side, and nothing half-made beside them."""
    folder, name = (reports / file).parent, Path(file).name
    found = {path.name for path in folder.iterdir()}

    assert {f"{name}.html", f"{name}.ipynb", f"{name}.pdf", f"{name}.xlsx", f".{name}.made.json"} <= found
    assert [] == [path for path in reports.rglob("*") if path.name.endswith((UNFINISHED, FAILED))]


@pytest.mark.parametrize("file", FILES)
def test_pages_can_be_sent(reports: Path, file: str) -> None:
    """In Japanese, at most 1 MB, without scripts or addresses, with a policy that forbids both."""
    path = reports / f"{file}.html"
    html = path.read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")

    assert path.stat().st_size <= 1_000_000
    assert page.html is not None
    assert "ja" == page.html["lang"]
    assert not re.search(r"<script|https?://|//[a-z]|javascript:", html)
    assert "default-src 'none'" in str(page.find("meta", attrs={"http-equiv": "Content-Security-Policy"}))
    assert page.title is not None
    assert "年度" in page.title.text


@pytest.mark.parametrize("file", FILES)
def test_pages_can_be_read_aloud(reports: Path, file: str) -> None:
    """Headings in order, tables with captions and scoped heads, figures with text and source."""
    page = BeautifulSoup((reports / f"{file}.html").read_text(encoding="utf-8"), "html.parser")
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    tables, figures = page.find_all("table"), page.find_all("figure")

    assert 1 == levels[0] == levels.count(1)
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert tables
    assert all(table.caption and table.caption.text for table in tables)
    assert all(head.get("scope") in ("col", "row", "rowgroup") for head in page.find_all("th"))
    assert figures
    figure: Any
    for figure in figures:
        assert len(figure.img["alt"]) > 40
        assert figure.find(class_="title").text and figure.find(class_="measure").text
        assert figure.find(class_="source").text.startswith("出典：")
    assert 1 == len(page.select("nav.toc"))
    assert {link["href"][1:] for link in page.select("nav.toc a")} == {h["id"] for h in page.find_all("h2")}


@pytest.mark.parametrize("file", FILES)
def test_pdfs_are_tagged_and_complete(reports: Path, file: str) -> None:
    """Tags, language, title, bookmarks, alternative texts, table heads, embedded fonts, text to search."""
    reader = pypdf.PdfReader(reports / f"{file}.pdf")
    root: Any = reader.trailer["/Root"]
    text = "".join(page.extract_text() for page in reader.pages)
    kinds, alts = structure(root["/StructTreeRoot"])

    assert root["/MarkInfo"]["/Marked"]
    assert "ja" == str(root["/Lang"]).partition("-")[0]
    assert reader.metadata is not None
    assert "年度" in (reader.metadata.title or "")
    assert len(reader.outline) >= 1
    assert "丘珠空港" in text
    assert "Figure" in kinds
    assert all(len(alt) > 40 for alt in alts)
    assert kinds.count("TH") > 20
    assert fonts_of(reader) and all(fonts_of(reader).values()), fonts_of(reader)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def structure(node: Any) -> tuple[list[str], list[str]]:
    """Kinds of all elements of the tag tree, and the alternative texts of its figures."""
    kinds: list[str] = []
    alts: list[str] = []
    waiting: list[Any] = [node]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting.extend(element)
        elif isinstance(element, dict):
            if "/S" in element:
                kinds.append(str(element["/S"])[1:])
                if element["/S"] == "/Figure":
                    alts.append(str(element.get("/Alt", "")))
            if "/K" in element:
                waiting.append(element["/K"])
    return kinds, alts


def fonts_of(reader: pypdf.PdfReader) -> dict[str, bool]:
    """Each font of the document, and whether it is embedded."""
    found: dict[str, bool] = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for reference in (resources.get("/Font") or {}).values():
            font = reference.get_object()
            descendant = font.get("/DescendantFonts", [font])[0].get_object()
            descriptor = descendant.get("/FontDescriptor", {}).get_object()
            found[str(font["/BaseFont"])] = bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor))
    return found


def test_the_reports_say_what_the_tables_say(reports: Path) -> None:
    """The published rate, a computed target marked as such, a gap and a count stand in the pages."""
    outcomes = text_of(reports / "fy2021/outcomes.html")
    targets = text_of(reports / "fy2025/targets.html")

    assert "達成割合は72.41%" in outcomes
    assert "灰水再生プラザ" in outcomes
    assert "丘珠空港の利用促進丘珠空港年間利用者数万人19推定322022年度43試算(直線補間)502027年度" in targets
    assert "丘珠空港年間利用者数14万人19推定322022年度基準値43試算1175" in targets
    assert "引上げ8件" in text_of(reports / "trajectory.html")
    assert "2025年度に期限を迎える目標は5件" in targets
    assert "2025年度の事業費見込額は250.6億円で、2024年度の176.4億円から42%増える" in targets


def text_of(path: Path) -> str:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").get_text()


def test_the_index_lists_what_there_is(reports: Path) -> None:
    """Each report with its files, all of them there; nothing that was not made."""
    page = BeautifulSoup((reports / "index.html").read_text(encoding="utf-8"), "html.parser")
    links = [str(link["href"]) for link in page.find_all("a")]

    made = [path for suffix in ("html", "pdf", "xlsx", "ipynb") for path in reports.rglob(f"*.{suffix}")]

    assert {f"{file}.{suffix}" for file in FILES for suffix in ("html", "pdf", "xlsx", "ipynb")} <= set(links)
    assert sorted(links) == sorted(
        path.relative_to(reports).as_posix() for path in made if path.name != "index.html"
    )


def test_rendering_elsewhere_gives_the_same_bytes(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later, with other hashes, in another time zone and language, by processes as Windows starts them."""
    elsewhere = {"PYTHONHASHSEED": "12345", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}
    for name, value in {**elsewhere, KERNEL_VARIABLE: "ordinary"}.items():
        monkeypatch.setenv(name, value)
    result = run_renkei(
        "render", "targets", "--fiscal-year", "2025-2026", "--jobs", "2", "--output", str(tmp_path)
    )

    assert (0, "") == (result.returncode, result.stderr)
    made = [path.relative_to(tmp_path) for path in tmp_path.rglob("[!.]*.*") if path.name != "index.html"]
    assert [f"fy{year}/targets.{ending}" for year in (2025, 2026) for ending in ENDINGS] == sorted(
        path.as_posix() for path in made
    )
    for path in made:
        assert (reports / path).read_bytes() == (tmp_path / path).read_bytes(), path


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["targets", "--fiscal-year", "2023"], "targets offers fiscal year 2024, 2025, 2026, 2027, 2028"),
        (["outcomes", "--fiscal-year", "2035"], "outcomes offers fiscal year 2021"),
        (["--fiscal-year", "2023"], "no report family offers the fiscal year"),
        (["target"], "outcomes, targets, brief, trajectory, municipality, status; found “target” (did"),
        (["targets", "--fiscal-year", "2028-2024"], "the earlier year first"),
        (["targets", "--fiscal-year", "soon"], "--fiscal-year takes 2025, 2025-2027 or 2025,2027"),
        (["--municipality", "旭川市"], "the municipalities are 札幌市、小樽市、岩見沢市、江別市、千歳市、"),
        (["targets", "--municipality", "千歳市"], "--municipality goes with municipality"),
        (["targets", "--format", "docx"], "--format takes html, pdf, xlsx, or several"),
    ],
)  # fmt: skip
def test_what_is_not_on_offer_is_refused_before_a_kernel_starts(
    called: Command, tmp_path: Path, arguments: list[str], message: str
) -> None:
    """The message says what is allowed; nothing is written."""
    result = called("render", *arguments, "--output", str(tmp_path / "out"))

    assert 1 == result.returncode
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_misspelt_option_is_refused(called: Command) -> None:
    """--fiscal-yaer is no option; the one that there is is named."""
    result = called("render", "targets", "--fiscal-yaer", "2025")

    assert 2 == result.returncode
    assert "--fiscal-year" in result.stderr


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"fiscal_yaer": 2025}, "targets takes the parameters fiscal_year, found fiscal_yaer"),
        ({}, "targets takes the parameters fiscal_year, found none"),
        ({"fiscal_year": "2025"}, "found '2025'"),
        ({"fiscal_year": 2023}, "offers fiscal_year 2024, 2025, 2026, 2027, 2028, found 2023"),
        ({"fiscal_year": True}, "found True"),
    ],
)
def test_a_wrong_parameter_is_refused(
    checkout: Checkout, parameters: dict[str, int | str], message: str
) -> None:
    """Misspelt, missing, of another type or out of range: papermill would only warn, if that."""
    with pytest.raises(ParameterError, match=re.escape(message)):
        families(checkout)["targets"].report(parameters)


def test_a_notebook_and_reports_toml_must_agree(checkout_copy: Checkout, called: Command) -> None:
    """A parameter that the notebook does not declare would be passed and ignored."""
    edit(checkout_copy.notebooks / "targets.ipynb", '"fiscal_year = 2024"', '"jahr = 2024"')

    result = called("render", "outcomes")

    assert 1 == result.returncode
    assert (
        "notebooks/targets.ipynb declares the parameters jahr; notebooks/reports.toml offers" in result.stderr
    )


def test_a_parameters_cell_only_names_values(checkout_copy: Checkout) -> None:
    """Where a parameter is computed, setting it would not have the effect that it seems to have."""
    path = checkout_copy.notebooks / "targets.ipynb"
    edit(path, '"fiscal_year = 2024"', '"fiscal_year = 2000 + 24"')

    with pytest.raises(RenderError, match="“name = value” was expected"):
        declared_parameters(path)


@pytest.fixture
def failing(checkout_copy: Checkout) -> Iterator[Checkout]:
    """A project whose targets notebook fails in its seventh cell, with good reports of before."""
    edit(
        checkout_copy.notebooks / "targets.ipynb",
        '"report.title(compared, fiscal_year)"',
        "\"compared['no such column']\"",
    )
    (checkout_copy.reports / "fy2025").mkdir(parents=True)
    (checkout_copy.reports / "fy2025/targets.html").write_text("the good one", encoding="utf-8")
    yield checkout_copy
    shutil.rmtree(checkout_copy.reports)


def test_a_failing_report_leaves_the_good_one_and_the_others(failing: Checkout, renkei: Command) -> None:
    """The failure is told with notebook, cell and error; outcomes is made; the exit status is 1."""
    result = renkei("render", "outcomes", "targets", "--format", "html", "--jobs", "2")

    assert 1 == result.returncode
    assert "targets.ipynb, In [9]: KeyError: 'no such column'" in result.stderr
    assert "\x1b" not in result.stderr
    counts = re.search(r"^(\d+) of (\d+) reports made", result.stdout, re.MULTILINE)
    assert counts is not None
    assert 5 == int(counts[2]) - int(counts[1])
    assert "the good one" == (failing.reports / "fy2025/targets.html").read_text(encoding="utf-8")
    assert (failing.reports / "fy2021/outcomes.html").is_file()
    half_run = json.loads((failing.reports / "fy2025/targets.failed.ipynb").read_text(encoding="utf-8"))
    assert any(
        output["output_type"] == "error" for cell in half_run["cells"] for output in cell.get("outputs", [])
    )
    assert ["targets.failed.ipynb", "targets.html"] == sorted(
        path.name for path in (failing.reports / "fy2025").iterdir() if "targets" in path.name
    )


def test_a_kernel_that_dies_is_told(checkout_copy: Checkout, renkei: Command) -> None:
    """A cell that ends its own process gives one message, and no report."""
    notebook = checkout_copy.notebooks / "outcomes.ipynb"
    edit(notebook, '"report.title(outcomes, fiscal_year)"', '"import os; os._exit(9)"')

    result = renkei("render", "outcomes", "--format", "html")

    assert 1 == result.returncode
    assert "outcomes.ipynb, In [7]: the kernel ended before the notebook did" in result.stderr
    assert not (checkout_copy.reports / "fy2021/outcomes.html").exists()


def test_a_page_too_large_to_send_is_refused() -> None:
    """Above 1 MB the page is not written."""
    with pytest.raises(RenderError, match="at most 1,000,000 bytes"):
        html_page(Content((Title("年"), paragraph("あ" * 400_000))))


def test_progress_is_plain_lines_in_a_pipe(renkei: Command, tmp_path: Path) -> None:
    """No control characters where no terminal is; a line per report."""
    result = renkei("render", "outcomes", "--format", "html", "--output", str(tmp_path))

    assert "\x1b" not in result.stdout
    assert re.fullmatch(
        r"\[1/1\] fy2021/outcomes: \d+\.\d s\n1 of 1 reports made; see .*index\.html\n", result.stdout
    )


def test_a_character_that_the_font_lacks_is_refused() -> None:
    """A page with a box in place of a letter is not written; the character and its place are told."""
    with pytest.raises(RenderError, match=r"“\U0001f600” \(U\+1F600\) in “…丘珠空港\U0001f600の利用…”"):
        html_page(Content((Title("年"), paragraph("丘珠空港\U0001f600の利用"))))


def test_the_letters_of_charts_are_text() -> None:
    """What a chart says can be searched and copied, signs that XML escapes included; nothing is outlined."""
    with canvas(3, 1) as figure:
        figure.text(0.1, 0.5, "R&Bパーク <大通> -- 72%", rotation=10)
        piece = figure_piece(
            figure, kind="図", title="題", measure="単位", numbers=numbers(("名",), [["値"]]), source="文書"
        )
    texts = [element.text for element in ElementTree.fromstring(piece.svg).iter(f"{SVG}text")]  # noqa: S314

    assert ["R&Bパーク <大通> -- 72%"] == texts
    assert "<use" not in piece.svg
    pages = pypdf.PdfReader(io.BytesIO(pdf_of(Content((Title("題"), piece))))).pages
    assert "R&Bパーク<大通>--72%" in "".join(pages[0].extract_text().split())


def test_numbers_of_a_column_stand_with_their_points_below_each_other() -> None:
    """A number takes the room of the decimals that it lacks; words and remarks are left as they are."""
    cells = [
        Cell(number=72.41, decimals=2),
        Cell(number=100.0),
        Cell(number=59.3, decimals=1),
        Cell(number=28.9, decimals=1, below=("2020年",)),
        Cell("常時"),
    ]
    columns = [Column("名", 50), Column("値", 50, "number")]
    html = html_of(table("表", columns, [("", [["行", cell] for cell in cells])], "文書"))

    found = BeautifulSoup(html, "html.parser")
    lacking = [[span["class"][0] for span in cell.find_all("span")] for cell in found.select("tbody td")]
    assert [[], ["lacks-2"], ["lacks-digits-1"], ["lacks-digits-1"], []] == lacking


@pytest.mark.parametrize(
    ("texts", "cells"),
    [
        (
            ("32万人(2022年度)", "50万人(2027年度)", "19万人(推定)"),
            ["万人", "32|2022年度", "50|2027年度", "19|推定"],
        ),
        (("4,320人(2022年度)", "13千人(2025年度)"), ["人", "4,320|2022年度", "13,000|2025年度"]),
        (("28兆9千億円(2020年)", "30兆7千億円(2028年)"), ["兆円", "28.9|2020年", "30.7|2028年"]),
        (
            ("70,046千円(2022年度)", "64,000千円(毎年度)以上"),
            ["千円", "70,046|2022年度", "64,000|以上、毎年度"],
        ),
        (("62名(2022年度)", "120名(毎年度)"), ["名", "62|2022年度", "120|毎年度"]),
        (("108人(2022年度)", "150名(毎年度)"), ["人", "108|2022年度", "150|毎年度"]),
        (("各1回", "年1回以上(毎年度)"), ["回", "1|それぞれ", "1|以上、年当たり、毎年度"]),
        (("▲2,588人(2022年)", "▲650人(2028年)"), ["人", "▲2,588|2022年", "▲650|2028年"]),
        (("常時(2022年度)", "-", None), ["－", "常時|2022年度", "－", "－"]),
        (
            ("151,149人(2022年度)", "122,400人/日 (2020年度)"),
            ["人", "151,149|2022年度", "122,400人/日|2020年度"],
        ),
    ],
)
def test_a_row_has_one_unit(texts: tuple[str | None, ...], cells: list[str]) -> None:
    """The smallest scale that is written, numbers in it exactly, and nothing of what was published lost."""
    found = [cell if isinstance(cell, str) else "|".join(cell.lines) for cell in in_one_unit(*texts)]

    assert cells == found


def test_every_municipality_has_a_report_for_every_year(checkout: Checkout) -> None:
    """Twelve times five reports, each with a file of its own."""
    reports = list(families(checkout)["municipality"].reports())

    assert 60 == len(reports) == len({report.file for report in reports})
    known = Area.of(checkout).municipalities
    assert [of_area.name for of_area in known] == list(
        dict.fromkeys(report.parameters["municipality"] for report in reports)
    )
    assert [f"fy2024/municipality-{of_area.romaji}" for of_area in known] == [
        report.file for report in reports if report.parameters["fiscal_year"] == 2024
    ]


def test_a_new_report_family_needs_a_notebook_and_a_few_lines(
    checkout_copy: Checkout, renkei: Command
) -> None:
    """The README's lines: no code, and the report is on offer, made and listed."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.search(r"```toml\n(\[ratings\].*?)```", readme, re.DOTALL)
    assert lines is not None
    with (checkout_copy.notebooks / "reports.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{lines[1]}")
    shutil.copy(checkout_copy.notebooks / "outcomes.ipynb", checkout_copy.notebooks / "ratings.ipynb")

    result = renkei("render", "ratings", "--format", "html")

    assert (0, "") == (result.returncode, result.stderr)
    assert (checkout_copy.reports / "fy2021/ratings.html").is_file()
    assert "2021年度 評価の内訳" in text_of(checkout_copy.reports / "index.html")


def test_a_chart_with_a_character_that_the_font_lacks_is_refused() -> None:
    """Matplotlib would print a box; here drawing stops and names the character."""
    with pytest.raises(UserWarning, match="Glyph 128512"), canvas(2, 1) as figure:
        figure.text(0.5, 0.5, "\U0001f600")
        figure_piece(
            figure, kind="図", title="題", measure="単位", numbers=numbers(("名",), [["値"]]), source="文書"
        )
