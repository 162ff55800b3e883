"""Pieces of the brief (概要版): one sheet on a year. `compared` is what `compare_in_detail` gives."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from renkei import verdicts
from renkei.area import Area
from renkei.comparison import Compared
from renkei.costs import YearCost
from renkei.fiscal_year import FiscalYear
from renkei.priorities import Priority, priorities
from renkei.report import attention
from renkei.report.cost_of_year import cost_headline
from renkei.report.kit import statuses
from renkei.report.kit.cells import share, shown, table
from renkei.report.kit.numbers import percent
from renkei.report.kit.pieces import Cell, Column, Piece, Title, points_of
from renkei.report.kit.pieces_text import Note, paragraph
from renkei.report.kit.statuses import target_words
from renkei.report.kit.wording import quoted
from renkei.report.provenance import imprint, sources_compared
from renkei.report.verdicts import distance_point
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import typed_rows

#: So many rows of a list go onto the sheet; the others are counted.
_MISSED, _MET, _DUE, _NAMES = 4, 1, 2, 1


def sources(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """Which documents the sheet's numbers come from, in a few lines."""
    documents = "、".join(
        f"{source.publisher}「{source.title}」(SHA-256 {source.sha256[:12]}…)"
        for source in sources_compared(compared)
    )
    return Note(
        f"出典：{documents}。判定の規則と全ての指標は、{fiscal_year}年度の報告書「連携事業の目標」に掲げた。"
    )


def title(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """The sheet's heading."""
    area, year = Area.current(), FiscalYear(fiscal_year)
    return Title(
        f"{year.label} 連携事業の目標 概要版",
        f"{area.plan.title}の{year.starts_in}年度の目標と、分かっている最新の値。",
        imprint(sources_compared(compared)),
        is_sheet=True,
    )


def main_points(compared: pd.DataFrame, cost: YearCost | None, fiscal_year: int) -> Piece:
    """How far the targets are, what is due, and what it costs, each in a line."""
    due = len(verdicts.due(compared))
    headlines = [
        distance_point(compared, fiscal_year)[0],
        f"{fiscal_year}年度に期限を迎える目標は{due}件" if due else "",
        cost_headline(cost, fiscal_year),
    ]
    return points_of(
        [(headline, "") for headline in headlines],
        [attention.targets_due(compared, fiscal_year), attention.targets_missed(compared, fiscal_year)],
    )


def standing_table(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """The plan's own targets that are missed by most and met by most; the others are counted."""
    of_plan = compared[~compared["basis"].isin(COMPUTED_BASES)]
    groups = []
    for head, order, rows, most in (
        ("届いていない", "遠い順", verdicts.missed(of_plan), _MISSED),
        ("満たす", "割合の高い順", verdicts.met(of_plan), _MET),
    ):
        cells = [_standing_row(row) for row in typed_rows(rows.head(most), Compared)]
        groups.append((f"{head}({len(rows)}指標{_left_out(len(rows), most, order)})", cells))
    return table(
        f"ビジョンが定めた{fiscal_year}年度の目標に対する最新値",
        [
            Column("評価指標", 50),
            Column("最新値", 18, "number"),
            Column("目標", 18, "number"),
            Column("割合(%)", 14, "number"),
        ],
        [(head, cells) for head, cells in groups if cells],
        source="",
    )


def due_table(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """The targets that fall due in the year, or that there is none; what has no room is counted."""
    due = verdicts.due(compared)
    if not len(due):
        return paragraph(f"{fiscal_year}年度に期限を迎える目標はない。")
    rows = [
        [
            row.name,
            f"{shown(row.newest_text)}{statuses.open_yet(row)}",
            target_words(row),
            statuses.newest_status(row),
        ]
        for row in typed_rows(due.head(_DUE), Compared)
    ]
    return table(
        f"{fiscal_year}年度に期限を迎える目標({len(due)}件{_left_out(len(due), _DUE)})",
        [
            Column("評価指標", 42),
            Column("最新値", 24, "number"),
            Column("目標", 16, "number"),
            Column("最新値による判定", 18),
        ],
        [("", rows)],
        source="",
    )


def priorities_table(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """Three things to act on, and by which rule they were chosen."""
    rows = [
        [str(number), *_said(priority, fiscal_year, has_due=bool(len(verdicts.due(compared))))]
        for number, priority in enumerate(priorities(compared), start=1)
    ]
    return table(
        "取り組むこと",
        [Column("順", 5, "number"), Column("何を", 35), Column("なぜ", 60)],
        [("", rows)],
        source="",
        note="期限、過ぎた期限の結果、目標からの遠さ、判定の悪化、値の有無の順に、該当するものから本システムが選んだ。",
    )


def _standing_row(row: Compared) -> list[str | Cell]:
    return [
        row.name,
        statuses.newest_words(row),
        target_words(row),
        share(row.newest_share, unit=""),
    ]


def _left_out(found: int, shown_rows: int, order: str = "") -> str:
    """How many of a list there is no room for, and in which order it stands."""
    if found <= shown_rows:
        return f"、{order}" if order and found > 1 else ""
    return f"、うち{order + 'に' if order else ''}{shown_rows}件を掲げ、{found - shown_rows}件を省く"


def _said(priority: Priority, fiscal_year: int, *, has_due: bool) -> tuple[str, str]:
    """What to act on, and why; `has_due`: some targets fall due in the year, and stand apart."""
    outcome_year = Area.current().outcome_year
    rows = typed_rows(priority.rows, Compared)
    first, names = rows[0], _some([row.name for row in rows])
    return {
        "due_open": (
            f"{fiscal_year}年度が期限の{len(rows)}目標の達成",
            _open_words(rows),
        ),
        "past_unknown": (
            f"期限を過ぎた{len(rows)}目標の結果の確認",
            f"{names}は、期限の年度の値がまだ分かっていない。",
        ),
        "furthest": (
            f"「{first.name}」の改善",
            f"最新値{statuses.newest_words(first)}は、目標{target_words(first)}の"
            f"{percent(first.newest_share)}で、{'この年度が期限のものを除いて' if has_due else ''}最も遠い。",
        ),
        "fell": (
            f"判定が悪化した{len(rows)}指標の回復",
            f"{names}は、{outcome_year}年度の一覧の実績(年度末の見込みを含む)では目標を満たす水準にあったが、"
            "最新値では届いていない。",
        ),
        "unknown": (
            f"値の分からない{len(rows)}指標の把握",
            f"{names}は、数値の目標に対し、比べる値が分からない。",
        ),
    }[priority.kind]


def _open_words(rows: Sequence[Compared]) -> str:
    """How many targets the newest value misses, and how many it cannot judge: none is known to be met."""
    names, missed = _some([row.name for row in rows]), [row for row in rows if row.newest_status == "not_met"]
    if not missed:
        return f"{names}は、最新値では判定できない。"
    if len(missed) == len(rows):
        return f"{names}は、最新値で目標に届いていない。"
    return (
        f"{len(missed)}件は最新値で目標に届いておらず、{len(rows) - len(missed)}件は最新値では判定できない。"
    )


def _some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    rest = len(names) - _NAMES
    return f"{quoted(names[:_NAMES])}{f'ほか{rest}件' if rest > 0 else ''}"
