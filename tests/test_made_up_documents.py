"""Documents of an area that does not exist are read without a change in the program."""

from pathlib import Path

import pytest
from conftest import ROOT
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.documents.rows import CostRow, Document, FootnoteRow
from renkei.documents.sources import Line, Source, corrected_lines
from renkei.errors import SourceError
from renkei.tables.build import READERS

FOLDER = ROOT / "tests" / "made_up_area"


@pytest.fixture
def area(tmp_path: Path) -> Area:
    """Three municipalities, two plans of three years, two pillars."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "area.toml").write_bytes((FOLDER / "area.toml").read_bytes())
    return Area.of(Checkout(tmp_path))


def source(reader: str, plan: int) -> Source:
    file = {"status_list": "list.txt", "vision": "plan.txt"}[reader]
    return Source(reader, file, "架空の文書", "架空市", "final", "", plan, reader, None, "")


def lines_of(of: Source) -> list[Line]:
    return corrected_lines(of, (FOLDER / of.file).read_bytes(), [])


def read(reader: str, plan: int, area: Area) -> Document:
    of = source(reader, plan)
    return READERS[reader](of, lines_of(of), area)


def test_a_list_of_another_area_is_read(area: Area) -> None:
    """Its pillars' headings are those of its own area."""
    found = read("status_list", 2028, area)

    assert [(1, "圏域内の観光客数")] == [(kpi.pillar, kpi.indicator.name) for kpi in found.kpis]
    assert ["連携事業の企画と効果検証", "創業の促進", "移動図書館の共同運行"] == [
        p.name for p in found.projects
    ]
    assert [1, 2, 1] == [len(project.indicators) for project in found.projects]
    assert ["×", "◎", "○", "△"] == [row.rating for p in found.projects for row in p.indicators]


def test_a_plan_of_another_area_is_read(area: Area) -> None:
    """Three years of cost, its own lead and partners, forms in two orders, KPIs, sections and a footnote."""
    found = read("vision", 2031, area)
    first, second, third = found.projects

    assert [(1, "圏域内の観光客数"), (2, "圏域の人口")] == [(k.pillar, k.indicator.name) for k in found.kpis]
    assert ("産業の振興", "創業支援", "学びと文化") == found.sections
    assert ["例示町、見本村", "例示町", "例示町、見本村"] == [p.municipalities for p in found.projects]
    assert [("2031", "800"), ("2032", "-"), ("2033", "(未定)")] == [cost_of(cost) for cost in second.costs]
    assert [("2031", "0"), ("2032", "3,400"), ("2033", "3,400")] == [cost_of(cost) for cost in third.costs]
    assert ("講座の企画と開催", "講座の周知") == (second.lead_role, second.partner_role)
    assert ["講座の開催回数", "講座の参加者数"] == [row.name for row in second.indicators]
    assert first.summary.endswith("連携事業の企画と効果検証を行う。")
    assert [(1, "スタートアップ", "新しい技術で短期間の成長を目指す企業。")] == [
        footnote_of(note) for note in found.footnotes
    ]


def cost_of(cost: CostRow) -> tuple[str, str]:
    return str(cost.fiscal_year), cost.text


def footnote_of(note: FootnoteRow) -> tuple[int, str, str]:
    return note.number, note.term, note.text


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "２ 圏域の暮らしづくり",
            "２ 圏域の街づくり",
            ":165: expected .*found “【基本KPI】”",
        ),
        ("2033年度\n", "2034年度\n", "only fiscal years in the cost's head|a box|the fiscal years"),
        ("例示町、見本村", "千代田区", "each of 例示町、見本村 at most once"),
        ("架空市 講座の企画", "千代田区 講座の企画", "架空市"),
    ],
)
def test_what_is_not_of_the_area_is_refused(area: Area, old: str, new: str, expected: str) -> None:
    """Another pillar, year, partner or lead than the area has is no word that the reader knows."""
    of = source("vision", 2031)
    text = (FOLDER / of.file).read_text(encoding="utf-8")
    assert old in text

    with pytest.raises(SourceError, match=expected):
        READERS["vision"](of, corrected_lines(of, text.replace(old, new).encode(), []), area)
