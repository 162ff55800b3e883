"""Text that is code, markup or a formula somewhere arrives as that very text in every view."""

from __future__ import annotations

import io
import json
import zipfile

import pypdf
import pytest
from bs4 import BeautifulSoup
from everything import everything
from read_back import demand_in_html, demand_in_pdf, demand_in_workbook, demand_text, without_signs
from renkei.mail.body import body_of
from renkei.mail.recipients import Recipient
from renkei.page.content import Content
from renkei.page.html import html_page
from renkei.page.pdf import pdf_of
from renkei.page.xlsx import workbook_of
from renkei.report.kit.bundle import bundle_of
from renkei.report.kit.figures import canvas, figure_piece, numbers
from renkei.report.kit.piece_json import to_json
from said import Json, in_chart, parts, squeezed

HOSTILE = (
    # HTML and its templates
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style></title></main>",
    "<!-- x --><![CDATA[y]]>",
    "&amp;&lt;&#65;",
    "\"a\" 'b' `c`",
    "{{ x }}{% y %}{# z #}",
    # Typst
    '#eval("1+1")#import "x"',
    "$x^2$",
    "*a* _b_ **c**",
    "\\u{41}\\n\\",
    "[a](b) <c> @d // e /* f */ --",
    "= 見出し",
    "- 項目",
    "1. 項目",
    # Excel
    "=1+1",
    '=HYPERLINK("http://x.example")',
    "+1",
    "-1+1",
    "@SUM(1)",
    "{=1+1}",
    "1e5",
    "012",
    "_x0041_",
    "''",
    "http://x.example/",
    "mailto:a@b.example",
    # Signs that turn text round
    "\u202eabc",
    "\u200fi\u200e",
    "\u2067漢字\u2069",
    "  空白  ",
)


@pytest.fixture(params=HOSTILE, ids=ascii)
def text(request: pytest.FixtureRequest) -> str:
    """One of them."""
    return str(request.param)


def json_of(text: str) -> list[Json]:
    """The pieces of a report that has the text everywhere, as they stand in a notebook."""
    found: list[Json] = json.loads(json.dumps([to_json(piece) for piece in everything(text)]))
    return found


def test_on_the_page(text: str) -> None:
    """Letter by letter in each place; nothing becomes a tag."""
    html = html_page(Content(everything(text)))

    demand_in_html(html, json_of(text))
    page = BeautifulSoup(html, "html.parser")
    assert page.title is not None
    assert text == page.title.text
    assert [] == page.find_all(["script", "b", "iframe"])
    assert [text] * 2 == [str(image["alt"]) for image in page.select("img.drawing")]


def test_in_the_pdf() -> None:
    """The same, in its title and its bookmarks as well; all of them in one file, since each takes long."""
    pdf = pdf_of(Content(tuple(piece for text in HOSTILE for piece in everything(text))))
    reader = pypdf.PdfReader(io.BytesIO(pdf))

    demand_in_pdf(pdf, [piece for text in HOSTILE for piece in json_of(text)])
    bookmarks = [without_signs(text) for text in HOSTILE for _ in range(3)]
    assert bookmarks == [without_signs(title) for title in titles(reader.outline)]
    assert reader.metadata is not None
    assert HOSTILE[0] == reader.metadata.title


def titles(outline: object) -> list[str]:
    """The titles of bookmarks at all levels."""
    if not isinstance(outline, list):
        return [str(outline["/Title"])]  # type: ignore[index]
    return [title for entry in outline for title in titles(entry)]


def test_in_the_workbook(text: str) -> None:
    """As text, which is not run and leads nowhere."""
    book = workbook_of(Content(everything(text)))

    demand_in_workbook(book, json_of(text))
    with zipfile.ZipFile(io.BytesIO(book)) as files:
        parts_of_book = {name: files.read(name) for name in files.namelist()}
    assert [] == [name for name, part in parts_of_book.items() if b"External" in part]
    assert [] == [name for name, part in parts_of_book.items() if "worksheets/" in name and b"<f>" in part]


def test_in_jupyterlab(text: str) -> None:
    """What a cell shows of each piece is what the page shows."""
    for piece, as_json in zip(everything(text), json_of(text), strict=True):
        shown = BeautifulSoup(bundle_of(piece)["text/html"], "html.parser")
        for beside in shown.find_all(["style", "summary"]):
            beside.decompose()
        demand_text([squeezed(shown.get_text())], [*parts([as_json], "html")])
        assert [] == shown.find_all(["script", "b", "iframe"])


def test_in_an_email(text: str) -> None:
    """Subject, greeting, main points, what needs attention, charts and chapters, as HTML and as text."""
    recipient = Recipient(text, text, "a@b.example", "", frozenset())
    body = body_of(Content(everything(text)), text, text, recipient, text, {text: 1})
    page = BeautifulSoup(body.html, "html.parser")
    greeting, letter, lead, *_ = found(page, ".part > p")

    assert f"【{text}】{text}" == body.subject
    assert [text] * 2 == found(page, ".area, h1")
    assert (f"{text}{text} 様", True, text) == (greeting, f"「{text}」" in letter, lead)
    assert ([text] * 2, [text]) == (found(page, ".what"), found(page, ".point .more"))
    assert [text] * 2 == found(page, ".alert p")
    # What needs attention, and two charts with measure and source.
    assert [text] * 3 == found(page, "h3")
    assert [text, f"出典：{text}"] * 2 == found(page, ".note")[:4]
    assert [text, text, f"{text}(0 KB)"] == found(page, "li")
    assert 2 == len([image for image in page.find_all("img") if f"{text}。{text}。" in str(image["alt"])])
    assert text == found(page, ".end p")[-1]
    assert [] == page.find_all(["script", "b", "a"])
    assert 32 == body.text.count(text)


def test_in_a_chart() -> None:
    """Matplotlib takes no letters for a formula: all of them are drawn, and can be found in the PDF."""
    seen = ["".join(letter for letter in text if letter.isprintable()).strip() for text in HOSTILE]
    with canvas(6, 9) as figure:
        for number, text in enumerate(seen):
            figure.text(0.1, number / len(seen), text)
        piece = figure_piece(
            figure, kind="図", title="題", measure="単位", numbers=numbers(("名",), [["値"]]), source="文書"
        )
    as_json = json.loads(json.dumps(to_json(piece)))

    demand_in_pdf(pdf_of(Content((piece,))), [as_json])
    assert "".join(["題", "単位", *map(squeezed, seen), "出典：文書"]) == squeezed(in_chart(as_json["piece"]))


def found(page: BeautifulSoup, selector: str) -> list[str]:
    """The texts of the parts of a page that a selector names."""
    return [part.get_text() for part in page.select(selector)]
