"""Pieces of the report on how far a year's actuals are in: a reminder that can be mailed.

`status` is what `renkei.actuals.status.status_of` gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from renkei.actuals.status import StatusCounts, by_project, counts_of, in_state, states_by_pillar
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.documents.sources import Source
from renkei.fiscal_year import FiscalYear
from renkei.report.kit import charts, palette
from renkei.report.kit.cells import Row, cell, count, shown, table
from renkei.report.kit.figures import counted, figure_piece, sheets
from renkei.report.kit.numbers import NONE
from renkei.report.kit.pieces import Attention, Cell, Column, Piece, Title, points_of
from renkei.report.kit.pieces_text import nothing, paragraph
from renkei.report.kit.pillars import by_pillar, pillar_head
from renkei.report.kit.statuses import computed_note
from renkei.report.kit.wording import of_all
from renkei.report.provenance import citation, imprint, sources_of_newest
from renkei.tables.reported import known_sources, source_id
from renkei.typed_rows import typed_rows

_WORDS = {"final": "確定", "provisional": "暫定", "pending": "集計中", "missing": "未報告"}
_PARTS = {
    "final": charts.Part("確定", palette.KEY, "#ffffff"),
    "provisional": charts.Part("暫定", palette.KEY_LIGHT),
    "pending": charts.Part("集計中", "#ffe9a3"),
    "missing": charts.Part("未報告", "#ffc700"),
}
_FIELDS = {"actual": "実績値", "rating": "評価"}


@dataclass(frozen=True)
class _Indicator:
    indicator_id: str
    project_no: int | None
    project_name: str
    pillar: int
    indicator_name: str
    unit: str
    asked: str
    municipalities: str | None
    actual_text: str | None
    reported_by: str | None
    reported_on: str | None
    is_by_list: bool


@dataclass(frozen=True)
class _Project:
    project_no: int | None
    project_name: str
    pillar: int | None
    indicators: int
    final: int
    provisional: int
    pending: int
    missing: int
    listed: int
    reported_by: str | None
    reported_on: str | None


@dataclass(frozen=True)
class _Office:
    office: str
    indicators: int
    first_on: str
    last_on: str


@dataclass(frozen=True)
class _Conflict:
    indicator_id: str
    field: str
    list_text: str
    office_text: str
    wins: str | None
    reason: str | None


def title(fiscal_year: int) -> Piece:
    """The report's heading, with the year."""
    return Title(
        f"{FiscalYear(fiscal_year).label} 実績の報告状況",
        f"{Area.current().plan.title}の評価指標及び基本KPIについて、{fiscal_year}年度の実績の報告がどこまで届いているかを"
        "まとめ、未報告の指標の報告をお願いするもの。",
        imprint(sources_of_status(fiscal_year)),
    )


def main_points(status: pd.DataFrame, fiscal_year: int) -> Piece:
    """How far the reports are in, and what is asked of whom: what a reminder begins with."""
    counts = counts_of(status)
    return points_of(
        [
            _known(counts, fiscal_year),
            _missing(counts),
            (
                f"{counts.pending}指標は集計中" if counts.pending else "",
                "値が分かり次第、記入用のブックでお知らせいただきたい。",
            ),
            (
                f"{counts.provisional}指標は暫定値" if counts.provisional else "",
                "値が確定したら、記入用のブックの「暫定」を「確定」に改めてお知らせいただきたい。",
            ),
            (
                f"{counts.conflicts}指標で、一覧の記載と部署の報告とが異なる" if counts.conflicts else "",
                f"{of_all(counts.undecided, counts.conflicts, '指標')}は、どちらによるかが決まっていない。"
                if counts.undecided
                else "どちらによるかは、理由とともに決めてある。",
            ),
        ],
        [_attention(status)],
    )


def _known(counts: StatusCounts, fiscal_year: int) -> tuple[str, str]:
    if not counts.indicators:
        return f"{fiscal_year}年度に実績を尋ねる指標はない", ""
    if not counts.known:
        return (
            f"{fiscal_year}年度の実績は、{counts.indicators}指標のいずれもまだ届いていない",
            "報告のあった指標から、年度の報告書に掲載する。",
        )
    return (
        f"{fiscal_year}年度の実績は、{of_all(counts.known, counts.indicators, '指標')}が届いている",
        f"確定が{counts.final}指標、暫定が{counts.provisional}指標。",
    )


def _missing(counts: StatusCounts) -> tuple[str, str]:
    if not counts.missing:
        return "", ""
    kpis = f"基本KPI{counts.kpis_missing}件" if counts.kpis_missing else ""
    where = "と、".join(filter(None, (of_all(counts.projects_missing, counts.projects, "事業"), kpis)))
    return (
        f"{counts.missing}指標が未報告",
        f"未報告の指標があるのは、{where}。担当の部署には、記入用のブックに記入し、{_issuer_words()}お送りいただきたい。",
    )


def _attention(status: pd.DataFrame) -> Attention:
    rows = typed_rows(in_state(status, "missing"), _Indicator)
    return Attention(
        f"未報告の指標({len(rows)}件)",
        tuple((row.indicator_name, f"{_project(row)}。{'、'.join(row.asked.splitlines())}") for row in rows),
    )


def states_chart(status: pd.DataFrame, fiscal_year: int) -> Piece:
    """By pillar, how many indicators are in, and how settled they are."""
    of_pillars = states_by_pillar(status)
    if not of_pillars:
        return nothing("指標")
    heads, counts = [pillar_head(pillar) for pillar in of_pillars], list(of_pillars.values())
    all_of_them = counts_of(status)
    with sheets() as figure:
        charts.stacked_counts(figure, heads, counts, _PARTS)
        return figure_piece(
            figure,
            title=f"{fiscal_year}年度の実績：確定{all_of_them.final}件、暫定{all_of_them.provisional}件、"
            f"集計中{all_of_them.pending}件、未報告{all_of_them.missing}件",
            measure="役割別の指標の数(単位：件)。基本KPIを含む",
            kind="積み上げ横棒グラフ",
            numbers=counted("役割", heads, counts, _WORDS, _PARTS),
            drawing="stacked",
            source=citation(sources_of_status(fiscal_year)),
        )


def request(status: pd.DataFrame) -> Piece:
    """What is asked of the offices, and whom they ask."""
    counts = counts_of(status)
    if not counts.indicators:
        return nothing("指標")
    if counts.final == counts.indicators:
        return paragraph("確定した実績がすべて届いている。ご協力に感謝する。")
    issuer = Area.current().issuer
    example = "(記載例)" if issuer and issuer.is_example else ""
    return paragraph(
        f"次の指標を担当する部署には、お手数をおかけするが、記入用のブックに記入し、{_issuer_words()}お送りいただきたい。",
        "値がまだ分からないときは「集計中」と記入いただきたい。",
        f"問合せ先は、{issuer.contact}{example}。" if issuer else "",
        "文書は指標ごとの担当の部署を示していないため、事業に参加する連携市町村を掲げた。",
    )


def missing_table(status: pd.DataFrame, fiscal_year: int) -> Piece:
    """The indicators that nobody has reported, by pillar."""
    rows = typed_rows(in_state(status, "missing"), _Indicator)
    if not rows:
        return paragraph("未報告の指標はない。")
    groups = [
        (
            head,
            [[_indicator_cell(row), row.unit, row.asked, shown(row.municipalities)] for row in of_pillar],
        )
        for head, of_pillar in by_pillar(rows)
    ]
    return table(
        f"未報告の指標({len(rows)}件)",
        [
            Column("事業・評価指標", 38),
            Column("単位", 8),
            Column(f"{fiscal_year}年度に求められる値", 26),
            Column("参加する連携市町村", 28, "small"),
        ],
        groups,
        source=citation(sources_of_status(fiscal_year)),
        note=computed_note() if any("試算" in row.asked for row in rows) else "",
    )


def unsettled_table(status: pd.DataFrame, fiscal_year: int) -> Piece:
    """The indicators whose actual may still change, or is still being counted."""
    groups = []
    for state, head in (("pending", "集計中"), ("provisional", "暫定")):
        rows = typed_rows(in_state(status, state), _Indicator)
        if rows:
            cells = [[_indicator_cell(row), shown(row.actual_text), *_last(row)] for row in rows]
            groups.append((f"{head}({len(rows)}件)", cells))
    if not groups:
        return paragraph("集計中又は暫定の実績はない。")
    return table(
        f"集計中又は暫定の実績({sum(len(rows) for _, rows in groups)}件)",
        [Column("事業・評価指標", 44), Column("実績", 20), Column("報告者", 20), Column("報告日", 16)],
        groups,
        source=citation(sources_of_status(fiscal_year)),
    )


def projects_table(status: pd.DataFrame, fiscal_year: int) -> Piece:
    """Project by project how many of its indicators are in, and who reported last."""
    rows = typed_rows(by_project(status), _Project)
    groups: list[tuple[str, Sequence[Row]]] = []
    for pillar in dict.fromkeys(row.pillar for row in rows):
        of_pillar = [_project_row(row) for row in rows if row.pillar == pillar]
        groups.append(("基本KPI" if pillar is None else pillar_head(pillar), of_pillar))
    return table(
        f"事業ごとの報告状況({counts_of(status).projects}事業)",
        [
            Column("事業", 38),
            Column("指標", 8, "number"),
            *(Column(words, 9, "number") for words in _WORDS.values()),
            Column("最後の報告", 18, "small"),
        ],
        groups,
        source=citation(sources_of_status(fiscal_year)),
    )


def offices_table(offices: pd.DataFrame, fiscal_year: int) -> Piece:
    """Which offices reported, and when; `offices` is what `offices_of` gives."""
    rows = [
        [row.office, count(row.indicators), _day(row.first_on), _day(row.last_on)]
        for row in typed_rows(offices, _Office)
    ]
    if not rows:
        return paragraph("報告した部署はまだない。")
    return table(
        f"報告した部署({len(rows)}件)",
        [
            Column("報告者", 46),
            Column("指標", 10, "number"),
            Column("最初の報告", 22),
            Column("最後の報告", 22),
        ],
        [("", rows)],
        source=citation(sources_of_status(fiscal_year)),
        note="報告日は、届いた報告を取り込んだ日。",
    )


def conflicts_table(conflicts: pd.DataFrame, status: pd.DataFrame, fiscal_year: int) -> Piece:
    """Where a list and an office differ, and what was decided; `conflicts` is what `conflicts_of` gives."""
    named = {row.indicator_id: row for row in typed_rows(status, _Indicator)}
    rows = [
        [
            _indicator_cell(named[row.indicator_id]),
            _FIELDS[row.field],
            row.list_text,
            row.office_text,
            "未定" if row.wins is None else "部署の報告" if row.wins == source_id(fiscal_year) else "一覧",
            shown(row.reason),
        ]
        for row in typed_rows(conflicts, _Conflict)
    ]
    if not rows:
        return paragraph("一覧の記載と部署の報告とが異なるものはない。")
    return table(
        f"一覧の記載と部署の報告とが異なるもの({len(rows)}件)",
        [
            Column("事業・評価指標", 30),
            Column("項目", 9),
            Column("一覧", 14),
            Column("部署の報告", 14),
            Column("採用", 12),
            Column("理由", 21, "small"),
        ],
        [("", rows)],
        source=citation(sources_of_status(fiscal_year)),
    )


def sources_of_status(fiscal_year: int) -> list[Source]:
    """The plan, and what is on record of the year itself."""
    return [source for source in sources_of_newest() if source.fiscal_year in (None, fiscal_year)]


def _issuer_words() -> str:
    issuer = Area.current().issuer
    return f"{issuer.name}{'(記載例)' if issuer.is_example else ''}へ" if issuer else ""


def _project(row: _Indicator) -> str:
    return row.project_name if row.project_no is None else f"No. {row.project_no} {row.project_name}"


def _indicator_cell(row: _Indicator) -> Cell:
    return Cell(row.indicator_name, above=_project(row))


def _last(row: _Indicator) -> tuple[str | Cell, str | Cell]:
    """Who reported an indicator and on which day; of what a list says, the list."""
    if row.is_by_list and row.reported_by is not None:
        return known_sources(Checkout.current())[row.reported_by].title, cell(NONE)
    return shown(row.reported_by), NONE if row.reported_on is None else _day(row.reported_on)


def _project_row(row: _Project) -> Row:
    name = row.project_name if row.project_no is None else f"No. {row.project_no} {row.project_name}"
    if row.reported_on is not None and row.reported_by is not None:
        last = Cell(_day(row.reported_on), below=(row.reported_by,))
    else:
        last = Cell("一覧による") if row.listed else cell(NONE)
    return [
        name,
        count(row.indicators),
        *(count(number) for number in (row.final, row.provisional, row.pending, row.missing)),
        last,
    ]


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"
