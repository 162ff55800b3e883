"""Pieces on how the targets changed between the two plans; `changes` is `target_changes_in_detail`."""

from __future__ import annotations

import pandas as pd

from renkei import target_changes
from renkei.area import Area
from renkei.report.kit import charts, statuses
from renkei.report.kit.cells import shown, table
from renkei.report.kit.figures import counted, figure_piece, sheets
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import nothing
from renkei.report.kit.pillars import pillar_head, project_number
from renkei.report.kit.scales import in_one_unit
from renkei.report.provenance import citation, sources_compared
from renkei.target_changes import CHANGED, Change
from renkei.typed_rows import typed_rows


def changes_chart(changes: pd.DataFrame) -> Piece:
    """How the targets changed against the plan before, by pillar."""
    by_pillar = target_changes.changes_by_pillar(changes)
    if not by_pillar:
        return nothing("目標")
    heads, counts = [pillar_head(pillar) for pillar in by_pillar], list(by_pillar.values())
    total = target_changes.change_counts(changes)
    moved = {"引上げ": total["raised"], "引下げ又は文言化": target_changes.eased(total)}
    said = "、".join(f"{words}は{number}件" for words, number in moved.items() if number)
    finding = (
        f"定義が同じ目標のうち、{said}" if said else "定義が同じ目標に、引き上げ、又は引き下げたものはない"
    )
    with sheets() as figure:
        charts.stacked_counts(figure, heads, counts, statuses.CHANGE_PARTS)
        return figure_piece(
            figure,
            title=finding,
            measure="前のビジョンの目標に対する変化の数(単位：件)。左から引上げ、据置き、引下げ、数値から文言へ、"
            "文言から数値へ、定義の変更、廃止、新設",
            kind="積み上げ横棒グラフ",
            numbers=counted("役割", heads, counts, statuses.TARGET_CHANGES, statuses.CHANGE_PARTS),
            drawing="stacked",
            source=citation(sources_compared()),
        )


def changed_table(changes: pd.DataFrame) -> Piece:
    """Targets raised, lowered, softened or hardened, old beside new."""
    groups = []
    for kind in CHANGED:
        rows = [
            [
                row.name,
                project_number(row.project_no),
                *in_one_unit(row.old_target_text, row.target_text, row.outcome_2021_text),
                _reason(row),
            ]
            for row in typed_rows(target_changes.changed_by(changes, kind), Change)
        ]
        if rows:
            groups.append((f"{statuses.TARGET_CHANGES[kind]}({len(rows)}件)", rows))
    area = Area.current()
    return table(
        "変わった目標",
        [
            Column("評価指標", 26),
            Column("No.", 6, "number"),
            Column("単位", 6),
            Column("前の目標値", 12, "number"),
            Column("新しい目標値", 12, "number"),
            Column(f"{area.outcome_year}年度実績", 12, "number"),
            Column("指標の対応とその理由", 26, "small"),
        ],
        groups,
        source=citation(sources_compared()),
        note=f"指標名とNo.は{area.plan.short_title}のもの。範囲や定義が変わった指標は、目標値の大小を比べられないため、"
        "引上げ・引下げに数えず、何が変わったかとともに別に掲げた。",
    )


def dropped_table(changes: pd.DataFrame) -> Piece:
    """Targets of the old plan that were dropped, and those that the new plan added."""
    groups = []
    for kind in ("dropped", "added"):
        rows = [
            [
                row.name,
                project_number(row.project_no),
                shown(row.project_name),
                *_unit_and_target(row),
                _reason(row),
            ]
            for row in typed_rows(target_changes.changed_by(changes, kind), Change)
        ]
        groups.append((f"{statuses.TARGET_CHANGES[kind]}({len(rows)}件)", rows))
    return table(
        "廃止された目標と新設された目標",
        [
            Column("評価指標", 30),
            Column("No.", 6, "number"),
            Column("事業", 22),
            Column("単位", 6),
            Column("目標値", 11, "number"),
            Column("理由", 25, "small"),
        ],
        groups,
        source=citation(sources_compared()),
        note="測るもの又は数え方が変わった指標は、前の目標を廃止、新しい目標を新設として、それぞれに掲げた。",
    )


def _unit_and_target(row: Change) -> list[str | Cell]:
    """The target in the unit that the indicator has everywhere, its baseline thought of as well."""
    return in_one_unit(row.target_text, row.baseline_text)[:2]


def _reason(row: Change) -> Cell:
    return Cell(statuses.RELATIONS[row.relation], below=(row.reason,))
