"""Ten cells that an analyst would write: in the project's kernel, in plain ipykernel, and in every format."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from read_back import demand_in_html, demand_in_pdf, demand_in_workbook
from renkei.comparison import compare_in_detail
from renkei.page.content import content_of
from renkei.page.html import html_page
from renkei.page.pdf import pdf_of
from renkei.page.xlsx import workbook_of
from renkei.report.kit.piece_json import to_json
from renkei.report.kit.pieces import Figure, Piece, Table
from renkei.report.kit.pieces_text import Note, Paragraph, Picture
from said import Json

from notebooks import code_cell, markdown_cell, notebook

CELLS = (
    "from renkei.comparison import compare_in_detail\n"
    "compared = compare_in_detail(2025)\n"
    "compared.groupby('pillar')['newest_share'].mean().plot(title='役割別の平均')",
    "import matplotlib.pyplot as plt\n"
    "plt.bar(['甲の指標', '乙の指標'], [3, 1])\n"
    "plt.ylabel('件数')\n"
    "plt.show()",
    "compared[compared['newest_status'] == 'not_met'].head(3)",
    "from renkei.report import bar_chart, table\n"
    "missed = compared[compared['newest_status'] == 'not_met']\n"
    "table(missed.head(4), '届いていない指標', columns=['name', 'target_value', 'newest_value'])",
    "bar_chart(compared['newest_status'].value_counts(), '判定の数', unit='指標', source=compared)",
    "compared.groupby('pillar').size().to_frame('指標数')",
    "compared[['name', 'newest_share']].head(2).style.format({'newest_share': '{:.1f}%'})"
    ".set_caption('様式')",
    "from IPython.display import Markdown\nMarkdown(f'届いていない指標は**{len(missed)}件**。')",
    "fig, ax = plt.subplots()\nax.plot([1, 2])\nother, ax = plt.subplots()\nax.set_title('二つ目の図')",
    "compared['target_change'].value_counts()",
)
#: How many plots and tables of the project's kernel they show, as `table` and others.
PLOTS, TABLES = 4, 4
ANALYSTS = {
    kernel: notebook(markdown_cell("# 分析"), *map(code_cell, CELLS), kernel=kernel)
    for kernel in ("renkei", "python3")
}
KERNELS = pytest.mark.parametrize("kernel", ANALYSTS)
pytestmark = pytest.mark.slow


@cache
def pieces(kernel: str) -> tuple[Piece, ...]:
    """What the cells show, run by nbclient."""
    executed = nbformat.from_dict(json.loads(json.dumps(ANALYSTS[kernel])))
    NotebookClient(executed, kernel_name=kernel).execute()
    return content_of(executed).pieces


def as_json(kernel: str) -> list[Json]:
    """The same, as they would stand in a notebook."""
    return [json.loads(json.dumps(to_json(piece))) for piece in pieces(kernel)]


def of_kind(kernel: str, kind: type[Any]) -> list[Any]:
    return [piece for piece in pieces(kernel) if isinstance(piece, kind)]


@KERNELS
def test_each_cell_shows_what_it_should(kernel: str) -> None:
    """Four plots, each once and without what Python calls it; tables, a chart, a sentence; nothing failed."""
    # Plain ipykernel tells of columns that are left out by a note.
    kinds = [type(piece).__name__ for piece in pieces(kernel) if not isinstance(piece, Note)]
    last = "Table" if kernel == "renkei" else "Preformatted"

    assert [
        *("Title", "Picture", "Picture", "Table", "Table", "Figure", "Table", "Table", "Paragraph"),
        *("Picture", "Picture", last),
    ] == kinds
    assert f"届いていない指標は{len_missed()}件。" == of_kind(kernel, Paragraph)[0].summary


def len_missed() -> int:
    from renkei.comparison import compare

    return int((compare(2025)["newest_status"] == "not_met").sum())


@KERNELS
def test_frames_are_read_in_japanese(kernel: str) -> None:
    """Heads and codes in words, ten columns, no powers of ten, nothing of Python's."""
    frame, own, counts, styled, *_ = of_kind(kernel, Table)
    others = [piece for piece in as_json(kernel) if piece["kind"] not in ("picture", "figure")]
    text = json.dumps(others, ensure_ascii=False)

    assert 11 == len(frame.columns)
    assert ["索引", "指標ID", "前の指標ID", "対応"] == [column.head for column in frame.columns[:4]]
    assert ["同じ指標", "はい"] == [cell.text for cell in frame.groups[0].rows[0][3:5]]
    assert "30,025,000,000,000" in [cell.words for cell in frame.groups[0].rows[0]]
    assert ("届いていない指標", ["名称", "単位", "目標値", "最新値"]) == (
        own.caption,
        [column.head for column in own.columns],
    )
    assert ["指標数"] == [column.head for column in counts.columns[1:]]
    assert "様式" == styled.caption
    assert not [bad for bad in ("e+13", "<NA>", "NaN", "not_met", "<Axes", "matplotlib.") if bad in text]


def test_all_columns_that_are_left_out_are_told_by_the_projects_kernel() -> None:
    """Ten columns are shown, the others named."""
    frame = of_kind("renkei", Table)[0]

    assert f"ほか{len(compare_in_detail(2025).columns) - 10}列(" in frame.note
    assert "ほか" in of_kind("python3", Table)[0].note


def test_plots_are_drawn_by_the_projects_kernel_in_its_font() -> None:
    """With what they say of themselves for who cannot see them; in plain ipykernel they are pictures."""
    assert ["図。役割別の平均。横軸はpillar", "図。縦軸は件数", "分析の図", "図。二つ目の図"] == [
        picture.alt for picture in of_kind("renkei", Picture)
    ]
    assert {"image/svg+xml"} == {picture.mime_type for picture in of_kind("renkei", Picture)}
    assert 4 == len(of_kind("python3", Picture))


@KERNELS
def test_a_chart_of_their_own_names_its_source(kernel: str) -> None:
    """And its bars by the words for the codes."""
    [chart] = of_kind(kernel, Figure)

    assert "満たす" in [row[0].words for row in chart.numbers.rows]
    assert "ビジョン" in chart.source
    assert chart.svg_narrow


@KERNELS
def test_they_come_out_in_every_format(kernel: str) -> None:
    """Page, PDF and workbook have all of it."""
    content, said = content_of_kernel(kernel), as_json(kernel)

    demand_in_html(html_page(content), said)
    demand_in_pdf(pdf_of(content), said)
    demand_in_workbook(workbook_of(content), said)


def content_of_kernel(kernel: str) -> Any:
    from renkei.page.content import Content

    return Content(pieces(kernel))
