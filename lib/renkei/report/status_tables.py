"""Tables of the report on how far a year's actuals are in.

`status` is what `renkei.actuals.status.status_of` gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from renkei.actuals.status import by_project, counts_of, in_state
from renkei.checkout import Checkout
from renkei.documents.sources import Source
from renkei.rated import standing_actuals
from renkei.report.kit.cells import Row, cell, count, shown, table
from renkei.report.kit.numbers import NONE
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import Heading, paragraph
from renkei.report.kit.pillars import by_pillar, pillar_head
from renkei.report.kit.statuses import computed_note
from renkei.report.kit.wording import day_words
from renkei.report.provenance import citation, is_reported, sources_of_newest
from renkei.tables.reported import known_sources, reported_sources, source_id
from renkei.typed_rows import typed_rows

STATE_WORDS = {"final": "確定", "provisional": "暫定", "pending": "集計中", "missing": "未報告"}
_FIELDS = {"actual": "実績値", "rating": "評価"}


@dataclass(frozen=True)
class StatusRow:
    """One row of `status_of`, typed."""

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


def missing_table(status: pd.DataFrame, fiscal_year: int) -> Piece:
    """The indicators that nobody has reported, by pillar."""
    rows = typed_rows(in_state(status, "missing"), StatusRow)
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
        rows = typed_rows(in_state(status, state), StatusRow)
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
            *(Column(words, 9, "number") for words in STATE_WORDS.values()),
            Column("最後の報告", 18, "small"),
        ],
        groups,
        source=citation(sources_of_status(fiscal_year)),
    )


def offices_table(offices: pd.DataFrame, fiscal_year: int) -> Piece:
    """Which offices reported, and when; `offices` is what `offices_of` gives."""
    rows = [
        [row.office, count(row.indicators), day_words(row.first_on), day_words(row.last_on)]
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


def conflicts_heading(conflicts: pd.DataFrame, status: pd.DataFrame, fiscal_year: int) -> Piece | None:
    """The heading of the part; none where the year has no list."""
    return Heading(2, "一覧の記載との食い違い") if _has_list(conflicts, status, fiscal_year) else None


def conflicts_table(conflicts: pd.DataFrame, status: pd.DataFrame, fiscal_year: int) -> Piece | None:
    """Where a list and an office differ, and what was decided; none where the year has no list.

    `conflicts` is what `conflicts_of` gives.
    """
    if not _has_list(conflicts, status, fiscal_year):
        return None
    named = {row.indicator_id: row for row in typed_rows(status, StatusRow)}
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


def _has_list(conflicts: pd.DataFrame, status: pd.DataFrame, fiscal_year: int) -> bool:
    """Whether a list of the year is known, so that offices could say otherwise."""
    is_on_record = any(
        source.fiscal_year == fiscal_year and not is_reported(source)
        for source in sources_of_status(fiscal_year)
    )
    return is_on_record or bool(len(conflicts)) or bool(status["is_by_list"].any())


def sources_of_status(fiscal_year: int) -> list[Source]:
    """The plan as it is in force, and what is on record of the year itself."""
    documents = [
        source for source in sources_of_newest(fiscal_year) if source.fiscal_year in (None, fiscal_year)
    ]
    reported = reported_sources(Checkout.current()).get(source_id(fiscal_year))
    # A file in which nobody has reported anything yet is not cited.
    is_used = reported is not None and len(standing_actuals(fiscal_year)) > 0
    return [*documents, *([reported] if reported and is_used else [])]


def project_words(row: StatusRow) -> str:
    """The number and name of an indicator's project."""
    return row.project_name if row.project_no is None else f"No. {row.project_no} {row.project_name}"


def _indicator_cell(row: StatusRow) -> Cell:
    return Cell(row.indicator_name, above=project_words(row))


def _last(row: StatusRow) -> tuple[str | Cell, str | Cell]:
    """Who reported an indicator and on which day; of what a list says, the list."""
    if row.is_by_list and row.reported_by is not None:
        return known_sources(Checkout.current())[row.reported_by].title, cell(NONE)
    return shown(row.reported_by), NONE if row.reported_on is None else day_words(row.reported_on)


def _project_row(row: _Project) -> Row:
    name = row.project_name if row.project_no is None else f"No. {row.project_no} {row.project_name}"
    if row.reported_on is not None and row.reported_by is not None:
        last = Cell(day_words(row.reported_on), below=(row.reported_by,))
    else:
        last = Cell("一覧による") if row.listed else cell(NONE)
    return [
        name,
        count(row.indicators),
        *(count(number) for number in (row.final, row.provisional, row.pending, row.missing)),
        last,
    ]
