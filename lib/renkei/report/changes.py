"""Pieces on how the targets changed between the two plans."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from renkei.comparison import OUTCOME_YEAR, compare_in_detail, target_changes
from renkei.crosswalk import FROM_PLAN
from renkei.outcomes import indicators_with_projects
from renkei.records import records
from renkei.report.kit import charts, statuses
from renkei.report.kit.figures import canvas, counted, figure_piece
from renkei.report.kit.pieces import Piece
from renkei.report.kit.pillars import by_pillar, project_number
from renkei.report.kit.scales import in_one_unit
from renkei.report.kit.tables import Column, Group, shown, table
from renkei.report.provenance import citation
from renkei.targets import PLAN

_SOURCE = (FROM_PLAN, PLAN)


def changes_chart() -> Piece:
    """How the targets changed against the 2019 plan, by pillar."""
    changes = _changes_with_names()
    groups = by_pillar(changes)
    counts = [
        {str(kind): int(count) for kind, count in rows["target_change"].value_counts().items()}
        for _, rows in groups
    ]
    total = changes["target_change"].value_counts()
    eased = total.get("lowered", 0) + total.get("softened", 0)
    finding = f"引上げは{total.get('raised', 0)}件、引下げ又は文言化は{eased}件"
    with canvas(6.6, 2.7) as figure:
        charts.stacked_shares(figure, [head for head, _ in groups], counts, statuses.CHANGE_PARTS)
        return figure_piece(
            figure,
            title=finding,
            measure="前のビジョンの目標に対する変化の数(単位：件)。左から引上げ、据置き、引下げ、数値から文言へ、"
            "文言から数値へ、廃止、新設",
            kind="積み上げ横棒グラフ",
            numbers=counted("役割", [head for head, _ in groups], counts, statuses.TARGET_CHANGES),
            source=citation(*_SOURCE),
        )


def changed_table() -> Piece:
    """Targets raised, lowered, softened or hardened, old beside new."""
    changes = _changes_with_names()
    kinds = ("raised", "lowered", "softened", "hardened")
    groups = []
    for kind in kinds:
        rows = [
            [
                row.name,
                project_number(row),
                *in_one_unit(row.old_target_text, row.target_text, row.outcome_2021_text),
                Markup("{}<br><small>{}</small>").format(statuses.RELATIONS[row.relation], row.reason),
            ]
            for row in records(changes[changes["target_change"] == kind])
        ]
        groups.append(Group(rows, head=f"{statuses.TARGET_CHANGES[kind]}({len(rows)}件)"))
    return table(
        "変わった目標",
        [
            Column("評価指標", 26),
            Column("No.", 6, "number"),
            Column("単位", 6),
            Column("前の目標値", 12, "number"),
            Column("新しい目標値", 12, "number"),
            Column(f"{OUTCOME_YEAR}年度実績", 12, "number"),
            Column("指標の対応とその理由", 26, "small"),
        ],
        groups,
        source=citation(*_SOURCE),
        note="指標名とNo.は第2期ビジョンのもの。範囲や定義が変わった指標では、引上げ・引下げは目標値の大小だけを示す。",
    )


def dropped_table() -> Piece:
    """Targets of the 2019 plan that were dropped, and those that the 2024 plan added."""
    changes = _changes_with_names()
    groups = []
    for kind in ("dropped", "added"):
        rows = [
            [
                row.name,
                project_number(row),
                shown(row.project_name),
                *in_one_unit(row.target_text),
                Markup("{}<br><small>{}</small>").format(statuses.RELATIONS[row.relation], row.reason),
            ]
            for row in records(changes[changes["target_change"] == kind])
        ]
        groups.append(Group(rows, head=f"{statuses.TARGET_CHANGES[kind]}({len(rows)}件)"))
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
        source=citation(*_SOURCE),
        note="測るもの又は数え方が変わった指標は、前の目標を廃止、新しい目標を新設として、それぞれに掲げた。",
    )


def _changes_with_names() -> pd.DataFrame:
    """`target_changes` with the indicator that a row speaks of: the new one, or the old where it ended."""
    changes = target_changes()
    changes["indicator_id"] = changes["to_indicator"].fillna(changes["from_indicator"])
    indicators = indicators_with_projects()
    old_texts = indicators[["indicator_id", "target_text"]].set_axis(
        ["from_indicator", "old_target_text"], axis=1
    )
    outcomes = compare_in_detail(PLAN)[["indicator_id", "outcome_2021_text"]]
    return (
        changes.merge(indicators, on="indicator_id", how="left", validate="one_to_one")
        .merge(old_texts, on="from_indicator", how="left")
        .merge(outcomes, on="indicator_id", how="left")
    )
