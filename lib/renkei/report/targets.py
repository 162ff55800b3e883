"""Pieces of the report on a year's targets. `compared` is what `compare_in_detail` gives."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from renkei.comparison import OUTCOME_YEAR
from renkei.fiscal_year import FiscalYear
from renkei.load import load_table
from renkei.records import records
from renkei.report import attention
from renkei.report.costs import cost_headline
from renkei.report.kit import charts, statuses
from renkei.report.kit.figures import Numbers, canvas, figure_piece
from renkei.report.kit.numbers import percent, without_year
from renkei.report.kit.pieces import Piece, heading, paragraph, points
from renkei.report.kit.pillars import by_pillar, project_number
from renkei.report.kit.scales import in_one_unit, measure_of
from renkei.report.kit.statuses import COMPUTED, COMPUTED_NOTE, target_cell, target_words
from renkei.report.kit.tables import NONE, Column, Group, bar, rating, shown, table
from renkei.report.provenance import citation
from renkei.targets import COMPUTED_BASES, PLAN


def title(compared: pd.DataFrame) -> Piece:
    """The report's heading, with the year."""
    return heading(
        f"{_year(compared).label} 連携事業の目標",
        f"第2期さっぽろ連携中枢都市圏ビジョンが{_year(compared).starts_in}年度に求める水準を、"
        f"{OUTCOME_YEAR}年度の実績と並べてまとめたもの。",
    )


def main_points(compared: pd.DataFrame) -> Piece:
    """What a hurried reader should know of the year: distance, what is due, money, what is computed."""
    year = _year(compared).starts_in
    counts = compared["status"].value_counts()
    met, missed = int(counts.get("met", 0)), int(counts.get("not_met", 0))
    due = compared[compared["basis"] == "due"]
    computed = int(compared["basis"].isin(COMPUTED_BASES).sum())
    return points(
        [
            (
                f"{OUTCOME_YEAR}年度の実績は、比べられる{met + missed}指標のうち{missed}指標で"
                f"{year}年度の目標に届いていない",
                f"{met}指標では既に満たす水準にある。{_furthest_sentence(compared)}",
            ),
            (
                f"{year}年度に期限を迎える目標は{len(due)}件",
                f"「{'」「'.join(due['name'])}」。" if len(due) else "",
            ),
            (cost_headline(year), ""),
            (
                f"{len(compared)}指標のうち{computed}指標の年度値は{COMPUTED}",
                "札幌市の示した値ではないため、「試算」と付した。",
            ),
        ],
        [attention.targets_due(compared), attention.targets_missed(compared)],
    )


def status_table(compared: pd.DataFrame) -> Piece:
    """How many targets have which status, and what each status means."""
    counts = compared["status"].value_counts()
    meanings = {
        "met": f"{OUTCOME_YEAR}年度の実績が、この年度の目標を既に満たす",
        "not_met": f"{OUTCOME_YEAR}年度の実績が、この年度の目標に届いていない",
        "no_outcome": f"新しい指標であるか、{OUTCOME_YEAR}年度の実績に数値がない",
        "not_comparable": "前のビジョンの指標とは測るもの、範囲又は数え方が違う",
        "state": "目標が「常時」「維持」など文言で示され、数値では判定できない",
        "no_target": "期限がこの年度より後で、この年度の値を求められない",
    }
    rows = [
        [statuses.status(name), str(int(counts.get(name, 0))), meaning] for name, meaning in meanings.items()
    ]
    return table(
        f"{_year(compared).starts_in}年度の目標と{OUTCOME_YEAR}年度の実績",
        [Column("判定", 26), Column("指標数", 12, "number"), Column("意味", 62)],
        [Group(rows)],
        source=citation(2019, PLAN),
        note="前のビジョンの指標との対応は、両文書を読み比べた判断(data/curated/crosswalk.csv)による。",
    )


def outcome_chart(compared: pd.DataFrame) -> Piece:
    """The FY2021 outcome as share of the year's target, joined to it by a line."""
    shares = compared[compared["share_of_target"].notna()].sort_values("share_of_target", kind="stable")
    rows = shares[shares["share_of_target"] != 100]
    year = _year(compared).starts_in
    below = int((shares["status"] == "not_met").sum())
    # Where a value is negative there is no share, so the main points count one or two more.
    finding = f"割合を求められる{len(shares)}指標のうち、{year}年度の目標に届いていないのは{below}指標"
    labels = [
        f"{percent(row.share_of_target)}({without_year(row.outcome_2021_text)}→{target_words(row)})"
        for row in records(rows)
    ]
    with canvas(6.6, 0.7 + 0.31 * len(rows)) as figure:
        charts.dumbbells(figure, list(rows["name"]), list(rows["share_of_target"]), labels)
        return figure_piece(
            figure,
            title=finding,
            measure=f"{year}年度の目標に対する{OUTCOME_YEAR}年度の実績の割合(単位：%)。括弧内は実績→目標。"
            f"目標とちょうど同じ{len(shares) - len(rows)}件は省いた",
            kind="点と線のグラフ",
            numbers=Numbers(
                ("評価指標", "割合", "実績", "目標"),
                [
                    [row.name, percent(row.share_of_target), row.outcome_2021_text, target_words(row)]
                    for row in records(rows)
                ],
            ),
            source=citation(2019, PLAN),
        )


def missed_table(compared: pd.DataFrame) -> Piece:
    """Targets that the 2021 outcome does not meet, furthest first."""
    return _gap_table(
        compared[compared["status"] == "not_met"].sort_values(
            "share_of_target", na_position="last", kind="stable"
        ),
        f"{OUTCOME_YEAR}年度の実績が届いていない目標(遠い順)",
        "不足",
        "割合を求められないもの(負の値を含む指標)は末尾に置いた。",
    )


def met_table(compared: pd.DataFrame) -> Piece:
    """Targets that the 2021 outcome already meets."""
    return _gap_table(
        compared[compared["status"] == "met"].sort_values("share_of_target", ascending=False, kind="stable"),
        f"{OUTCOME_YEAR}年度の実績が既に満たす目標",
        "超過",
        "",
    )


def due_table(compared: pd.DataFrame) -> Piece:
    """Targets that are due in this very year."""
    due = compared[compared["basis"] == "due"]
    year = _year(compared).starts_in
    if due.empty:
        return paragraph(f"{year}年度に期限を迎える目標はない。")
    rows = [
        [
            row.name,
            project_number(row),
            shown(row.project_name),
            *in_one_unit(row.baseline_text, row.target_text),
            statuses.status(row.status),
        ]
        for row in records(due)
    ]
    return table(
        f"{year}年度に期限を迎える目標({len(rows)}件)",
        [
            Column("評価指標", 29),
            Column("No.", 6, "number"),
            Column("事業", 24),
            Column("単位", 6),
            Column("基準値", 10, "number"),
            Column("目標値", 10, "number"),
            Column(f"{OUTCOME_YEAR}年度の実績", 15),
        ],
        [Group(rows)],
        source=citation(2019, PLAN),
    )


def full_table(compared: pd.DataFrame) -> Piece:
    """What the plan asks of every indicator this year, and how FY2021 stands to it, by pillar."""
    groups = [
        Group([_full_row(row) for row in records(of_pillar)], head=head)
        for head, of_pillar in by_pillar(compared)
    ]
    year = _year(compared).starts_in
    return table(
        f"{year}年度に求められる水準({len(compared)}指標)",
        [
            Column("事業・評価指標", 25),
            Column("単位", 6),
            Column("基準値", 10, "number"),
            Column(f"{year}年度", 12, "number"),
            Column("目標値", 11, "number"),
            Column(f"{OUTCOME_YEAR}年度実績", 13, "number"),
            Column("判定と目標の変化", 17, "small"),
            Column("行", 6, "number"),
        ],
        groups,
        source=citation(2019, PLAN),
        note=f"{year}年度の値は、添え書きのないものはビジョンの記載による。{COMPUTED_NOTE}「行」は、ビジョンの文書の行番号。目標の変化は、前のビジョンの目標に対するもの。",
    )


def glossary() -> Piece:
    """The words that the vision's footnotes explain."""
    notes = load_table("footnotes")
    rows = [
        [row.term, row.text, f"No. {row.project_no}", str(row.number)]
        for row in records(notes[notes["plan"] == PLAN])
    ]
    return table(
        "用語の説明(ビジョンの脚注)",
        [Column("用語", 22), Column("説明", 58), Column("最初に用いる事業", 12), Column("脚注", 8, "number")],
        [Group(rows)],
        source=citation(PLAN),
    )


def _gap_table(rows: pd.DataFrame, caption: str, difference: str, note: str) -> Piece:
    cells = []
    for row in records(rows):
        measure = measure_of(row.target_text, row.outcome_2021_text)
        cells.append(
            [
                row.name,
                project_number(row),
                measure.label,
                measure.published(row.outcome_2021_text),
                target_cell(row, measure),
                measure.computed(abs(row.gap)),
                NONE
                if pd.isna(row.share_of_target)
                else bar(row.share_of_target, f"{row.share_of_target:.0f}"),
            ]
        )
    return table(
        f"{caption}({len(cells)}件)",
        [
            Column("評価指標", 35),
            Column("No.", 6, "number"),
            Column("単位", 7),
            Column(f"{OUTCOME_YEAR}年度の実績", 14, "number"),
            Column("この年度の目標", 13, "number"),
            Column(difference, 11, "number"),
            Column("割合(%)", 14, "number"),
        ],
        [Group(cells)],
        source=citation(2019, PLAN),
        note=f"{note}{COMPUTED_NOTE}" if rows["basis"].isin(COMPUTED_BASES).any() else note,
    )


def _furthest_sentence(compared: pd.DataFrame) -> str:
    missed = compared[(compared["status"] == "not_met") & compared["share_of_target"].gt(0)]
    if missed.empty:
        return ""
    [row] = records(missed.nsmallest(1, "share_of_target"))
    zero = int((compared["share_of_target"] == 0).sum())
    return (
        f"実績が0の{zero}件を除いて最も遠いのは「{row.name}」で、目標の{percent(row.share_of_target)}"
        f"({without_year(row.outcome_2021_text)}→{target_words(row)})。"
    )


def _full_row(row: Any) -> list[str | Markup]:
    has_outcome = pd.notna(row.from_indicator) and row.is_comparable
    outcome_text = row.outcome_2021_text if has_outcome else None
    measure = measure_of(row.target_text, row.baseline_text, outcome_text)
    return [
        _project_and_name(row),
        measure.label,
        measure.published(row.baseline_text),
        target_cell(row, measure, below=statuses.BASES[row.basis]),
        measure.published(row.target_text),
        _rated(measure.published(outcome_text), row) if has_outcome else "",
        _status_cell(row),
        str(row.source_line),
    ]


def _rated(outcome: str | Markup, row: Any) -> str | Markup:
    if row.outcome_2021_rating == "-":
        return outcome
    return Markup("{}<br>{}").format(outcome, rating(row.outcome_2021_rating))


def _status_cell(row: Any) -> Markup:
    return Markup("{}<br><small>目標は{}</small>").format(
        statuses.status(row.status), statuses.TARGET_CHANGES[row.target_change]
    )


def _project_and_name(row: Any) -> Markup:
    head = "基本KPI" if row.kind == "kpi" else f"No. {row.project_no} {row.project_name}"
    return Markup("<small>{}</small><br>{}").format(head, row.name)


def _year(compared: pd.DataFrame) -> FiscalYear:
    return FiscalYear(int(compared["fiscal_year"].iloc[0]))
