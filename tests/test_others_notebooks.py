"""A notebook that knows nothing of this project comes out as page, PDF and workbook with all its content."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import made_once
from nbconvert.exporters import get_exporter
from PIL import Image
from read_back import demand_in_html, demand_in_pdf, demand_in_workbook
from renkei.page.content import content_of
from renkei.page.html import html_page
from renkei.page.pdf import pdf_of
from renkei.page.xlsx import workbook_of
from renkei.report.kit.piece_json import to_json
from renkei.report.kit.pieces import Piece
from said import Json

from notebooks import code_cell, markdown_cell, notebook, write

MARKDOWN = """# 分析

前書きで**強い**語。

## 表

| 名 | 値 |
| --- | ---: |
| 甲 | 1,234 |
| 乙 | 2 |

1. 一番
2. 二番
   - 枝
"""
WIDGET = (
    "from IPython.display import display\n"
    "view = 'application/vnd.jupyter.widget-view+json'\n"
    "display({view: {'model_id': 'a'}, 'text/plain': 'IntSlider(value=0)'}, raw=True)"
)
ANALYSTS = notebook(
    markdown_cell(MARKDOWN),
    code_cell("import pandas as pd\nframe = pd.DataFrame({'区': ['丙', '丁'], '額': [1234.5, None]})\nframe"),
    code_cell("frame.style.format({'額': '{:.2f}'}, na_rep='none').set_caption('様式のある表')"),
    markdown_cell("## 図"),
    code_cell("import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);"),
    code_cell("%config InlineBackend.figure_formats = ['svg']\nplt.bar(['a', 'b'], [1, 2]);"),
    code_cell("print('印字した行')"),
    code_cell(WIDGET),
    kernel="python3",
)


@pytest.fixture(scope="session")
def small(shared: Path) -> Path:
    """The notebook run by the command lines of papermill and nbconvert and exported, as anybody would."""

    def make(folder: Path) -> None:
        write(folder / "own.ipynb", ANALYSTS)
        run("papermill", "own.ipynb", "run.ipynb", at=folder)
        run("nbconvert", "--execute", "--to", "renkei_html", "own.ipynb", at=folder)
        for view in ("pdf", "xlsx"):
            exported, _ = get_exporter(f"renkei_{view}")().from_filename(str(folder / "run.ipynb"))
            (folder / f"run.{view}").write_bytes(exported)

    return made_once(shared / "others", make)


def run(*command: str, at: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=at, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr


@pytest.fixture
def pieces(small: Path) -> list[Json]:
    """What the notebook says, run by plain ipykernel."""
    executed = json.loads((small / "run.ipynb").read_bytes())
    assert "python3" == executed["metadata"]["kernelspec"]["name"]
    return as_json(content_of(executed).pieces)


def as_json(pieces: tuple[Piece, ...]) -> list[Json]:
    """Pieces as they would stand in a notebook."""
    return [json.loads(json.dumps(to_json(piece))) for piece in pieces]


def test_all_that_it_shows_becomes_pieces(pieces: list[Json]) -> None:
    """Tables with numbers as numbers, lists, drawings, what was printed; of a widget, that it is left out."""
    kinds = [piece["kind"] for piece in pieces]
    tables = [piece["piece"] for piece in pieces if piece["kind"] == "table"]
    drawn = [piece["piece"]["mime_type"] for piece in pieces if piece["kind"] == "picture"]

    assert [
        *("title", "paragraph", "heading", "table", "list", "table", "table", "heading"),
        *("picture", "picture", "preformatted", "note"),
    ] == kinds
    assert ["表の表", "表の表2", "様式のある表"] == [table["caption"] for table in tables]
    assert [[1234.0, 2.0], [1234.5, None], [None, None]] == [
        [row[-1]["number"] for row in table["groups"][0]["rows"]] for table in tables
    ]
    assert [["1234.50"], ["none"]] == [[row[-1]["text"]] for row in tables[2]["groups"][0]["rows"]]
    assert ["image/png", "image/svg+xml"] == drawn
    assert "印字した行" == pieces[-2]["piece"]["text"]
    assert (
        "この出力(ウィジェット)は、画面で動かすものであるため、載せていない。" == pieces[-1]["piece"]["text"]
    )


def test_nbconvert_makes_the_page(small: Path, pieces: list[Json]) -> None:
    """With both drawings as they were drawn."""
    html = (small / "own.html").read_text(encoding="utf-8")

    demand_in_html(html, pieces)
    png, svg = BeautifulSoup(html, "html.parser").select("img.drawing")
    with Image.open(io.BytesIO(base64.b64decode(str(png["src"]).partition(",")[2]))) as image:
        assert image.width > 300
    assert b"</svg>" in base64.b64decode(str(svg["src"]).partition(",")[2])


def test_nbconvert_makes_the_pdf(small: Path, pieces: list[Json]) -> None:
    """Each text in its place, each drawing with its name."""
    demand_in_pdf((small / "run.pdf").read_bytes(), pieces)


def test_nbconvert_makes_the_workbook(small: Path, pieces: list[Json]) -> None:
    """A sheet for each table and drawing."""
    demand_in_workbook((small / "run.xlsx").read_bytes(), pieces)


def test_an_ordered_list_has_numbers_and_no_bullets() -> None:
    """As they were written, in page, PDF and workbook; an item without a number has a bullet."""
    content = content_of(notebook(markdown_cell("# 題\n\n3. 三番\n4. 四番\n   - 枝\n\n文\n\n- 枝")))
    said = as_json(content.pieces)
    html = html_page(content)
    items = BeautifulSoup(html, "html.parser").select("ul.list li")

    assert ["3. 三番", "4. 四番", "枝", "枝"] == [item.get_text() for item in items]
    assert [True, True, False, False] == ["numbered" in item.get_attribute_list("class") for item in items]
    assert re.search(r"\.numbered \{ list-style: none; \}", html)
    demand_in_pdf(pdf_of(content), said)
    demand_in_workbook(workbook_of(content), said)
