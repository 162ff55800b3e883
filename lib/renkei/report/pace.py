"""Pieces on the pace that open targets ask, beside the pace that was seen."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from renkei.comparison import OUTCOME_YEAR
from renkei.crosswalk import FROM_PLAN
from renkei.pace import required_pace
from renkei.records import records
from renkei.report.kit import charts
from renkei.report.kit.figures import Numbers, canvas, figure_piece
from renkei.report.kit.numbers import change_as_in
from renkei.report.kit.pieces import Piece, paragraph
from renkei.report.kit.pillars import project_number
from renkei.report.kit.scales import Measure, measure_of, remarked
from renkei.report.kit.tables import NONE, Column, Group, shown, table
from renkei.report.provenance import citation
from renkei.targets import PLAN

_SOURCE = (FROM_PLAN, PLAN)


def pace_explained() -> Piece:
    """What the pace says and what it does not."""
    return paragraph(
        f"{OUTCOME_YEAR}年度の実績が最終の目標に届いていない指標について、目標までに必要な1年当たりの改善と、"
        "その後、第2期ビジョンの基準年までに実際にあった1年当たりの改善とを比べる。"
        "2021年度の実績には新型コロナウイルス感染症の影響を受けたものが多く、実際の改善はその回復を含みうる。"
        "数値が示すのは変化の大きさだけであり、その原因や今後の見通しではない。"
    )


def pace_chart() -> Piece:
    """Improvement seen a year against the improvement that the target needs a year."""
    pace = required_pace()
    known = pace[pace["seen_per_year"].notna()]
    known = known.assign(multiple=known["seen_per_year"] / known["needed_per_year"]).sort_values("multiple")
    enough = int((known["multiple"] >= 1).sum())
    finding = f"改善が必要な速さ以上であったのは{len(known)}件中{enough}件"
    labels = [_pace_label(row) for row in records(known)]
    with canvas(6.6, 0.7 + 0.36 * len(known)) as figure:
        charts.paces(
            figure, list(known["name"]), list(known["needed_per_year"]), list(known["seen_per_year"]), labels
        )
        return figure_piece(
            figure,
            title=finding,
            measure="必要な1年当たりの改善に対する、実際の1年当たりの改善の倍率。右は実際/必要(年平均)",
            kind="点グラフ",
            numbers=Numbers(
                ("評価指標", "倍率(実際/必要)"),
                [[row.name, label] for row, label in zip(records(known), labels, strict=True)],
            ),
            source=citation(*_SOURCE),
        )


def pace_table() -> Piece:
    """What each open target needs a year, and what was seen between the two documents."""
    rows = []
    for row in records(required_pace()):
        measure = measure_of(row.target_text)
        rows.append(
            [
                row.name,
                project_number(row),
                measure.label,
                remarked(measure.computed(row.start_value), f"{row.start_year}年"),
                remarked(measure.computed(row.final_target_value), f"{row.due_year}年"),
                measure.computed(row.needed_per_year),
                _seen(measure, row.seen_per_year, row.seen_from_year, row.seen_to_year),
                _seen(measure, row.longer_per_year, row.longer_from_year, row.seen_to_year),
            ]
        )
    return table(
        f"未達の目標に必要な改善の速さ({len(rows)}件)",
        [
            Column("評価指標", 27),
            Column("No.", 6, "number"),
            Column("単位", 7),
            Column("出発点", 11, "number"),
            Column("目標", 11, "number"),
            Column("必要な改善(年平均)", 12, "number"),
            Column("実際の改善(年平均)", 13, "number"),
            Column("前の基準年からの変化(年平均)", 13, "number"),
        ],
        [Group(rows)],
        source=citation(*_SOURCE),
        note="本システムの計算による。出発点は2021年度の一覧の実績(基本KPIは一覧に記された年の値)。実際の改善は、"
        "その年から第2期ビジョンの基準年までの差を年数で割ったもの。前の基準年からの変化は、前のビジョンの"
        "基準年(新型コロナウイルス感染症の流行前)からの同じ計算。▲は悪化。毎年度の目標は、計画の初年度に達するものとした。",
    )


def _seen(measure: Measure, per_year: float, first: Any, last: Any) -> str | Markup:
    return NONE if pd.isna(per_year) else remarked(measure.computed(per_year), f"{first}→{last}年")


def _as_in(row: Any, value: float) -> str:
    return change_as_in(row.target_text, value, shown(row.unit))


def _pace_label(row: Any) -> str:
    multiple = f"{row.multiple:.2f}".replace("-", "▲")
    return f"{multiple}倍({_as_in(row, row.seen_per_year)}/{_as_in(row, row.needed_per_year)})"
