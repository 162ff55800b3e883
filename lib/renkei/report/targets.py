"""Pieces of the report on a year's targets. `compared` is what `compare_in_detail` gives."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from renkei import comparison
from renkei.area import Area
from renkei.comparison import Compared, Shared
from renkei.costs import YearCost
from renkei.fiscal_year import FiscalYear
from renkei.report import attention
from renkei.report.costs import cost_headline
from renkei.report.kit import charts, statuses
from renkei.report.kit.cells import barred, count, rating_tag, share, shown, table
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import NONE, percent, without_year
from renkei.report.kit.pieces import Cell, Column, Piece, Title, points_of
from renkei.report.kit.pieces_text import paragraph
from renkei.report.kit.pillars import by_pillar, project_number
from renkei.report.kit.scales import in_one_unit, scale_of
from renkei.report.kit.statuses import COMPUTED, computed_note, target_cell, target_words
from renkei.report.provenance import citation, sources_compared, sources_of_newest
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import typed_rows


@dataclass(frozen=True)
class _Footnote:
    term: str
    text: str
    project_no: int
    number: int


def title(fiscal_year: int) -> Piece:
    """The report's heading, with the year."""
    area, year = Area.current(), FiscalYear(fiscal_year)
    return Title(
        f"{year.label} 連携事業の目標",
        f"{area.plan.title}が{year.starts_in}年度に求める水準を、"
        f"{area.outcome_year}年度の実績と並べてまとめたもの。",
    )


def main_points(compared: pd.DataFrame, cost: YearCost | None, fiscal_year: int) -> Piece:
    """What a hurried reader should know of the year: distance, what is due, money, what is computed."""
    area, counts = Area.current(), comparison.counts_of(compared)
    due = comparison.due(compared)
    return points_of(
        [
            (
                f"{area.outcome_year}年度の実績は、比べられる{counts.judged}指標のうち{counts.missed}指標で"
                f"{fiscal_year}年度の目標に届いていない",
                f"{counts.met}指標では既に満たす水準にある。{_furthest_sentence(compared)}",
            ),
            (
                f"{fiscal_year}年度に期限を迎える目標は{counts.due}件",
                f"「{'」「'.join(due['name'])}」。" if len(due) else "",
            ),
            (cost_headline(cost, fiscal_year), ""),
            (
                f"{counts.indicators}指標のうち{counts.computed}指標の年度値は{COMPUTED}",
                f"{area.lead.name}の示した値ではないため、「試算」と付した。",
            ),
        ],
        [attention.targets_due(compared, fiscal_year), attention.targets_missed(compared, fiscal_year)],
    )


def status_table(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """How many targets have which status, and what each status means."""
    outcome_year = Area.current().outcome_year
    counts = comparison.status_counts(compared)
    meanings = {
        "met": f"{outcome_year}年度の実績が、この年度の目標を既に満たす",
        "not_met": f"{outcome_year}年度の実績が、この年度の目標に届いていない",
        "no_outcome": f"新しい指標であるか、{outcome_year}年度の実績に数値がない",
        "not_comparable": "前のビジョンの指標とは測るもの、範囲又は数え方が違う",
        "state": "目標が「常時」「維持」など文言で示され、数値では判定できない",
        "no_target": "期限がこの年度より後で、この年度の値を求められない",
    }
    rows = [[statuses.status(name), count(counts[name]), meaning] for name, meaning in meanings.items()]
    return table(
        f"{fiscal_year}年度の目標と{outcome_year}年度の実績",
        [Column("判定", 26), Column("指標数", 12, "number"), Column("意味", 62)],
        [("", rows)],
        source=citation(sources_compared()),
        note="前のビジョンの指標との対応は、両文書を読み比べた判断(data/curated/crosswalk.csv)による。",
    )


def outcome_chart(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """The outcome as share of the year's target, joined to it by a line."""
    outcome_year = Area.current().outcome_year
    shares = comparison.with_share(compared)
    rows = typed_rows(comparison.off_target(compared), Shared)
    below = len(comparison.missed(shares))
    # Where a value is negative there is no share, so the main points count one or two more.
    finding = f"割合を求められる{len(shares)}指標のうち、{fiscal_year}年度の目標に届いていないのは{below}指標"
    labels = [
        f"{percent(row.share_of_target)}({without_year(row.outcome_2021_text)}→{target_words(row)})"
        for row in rows
    ]
    with sheets() as figure:
        charts.dumbbells(figure, [row.name for row in rows], [row.share_of_target for row in rows], labels)
        return figure_piece(
            figure,
            title=finding,
            measure=f"{fiscal_year}年度の目標に対する{outcome_year}年度の実績の割合(単位：%)。括弧内は"
            f"実績→目標。目標とちょうど同じ{len(comparison.on_target(compared))}件は省いた",
            kind="点と線のグラフ",
            numbers=numbers(
                ("評価指標", "割合", "実績", "目標"),
                [
                    [row.name, share(row.share_of_target), row.outcome_2021_text, target_words(row)]
                    for row in rows
                ],
            ),
            source=citation(sources_compared()),
        )


def missed_table(compared: pd.DataFrame) -> Piece:
    """Targets that the outcome does not meet, furthest first."""
    return _gap_table(
        comparison.missed(compared),
        f"{Area.current().outcome_year}年度の実績が届いていない目標(遠い順)",
        "不足",
        "割合を求められないもの(負の値を含む指標)は末尾に置いた。",
    )


def met_table(compared: pd.DataFrame) -> Piece:
    """Targets that the outcome already meets."""
    return _gap_table(
        comparison.met(compared), f"{Area.current().outcome_year}年度の実績が既に満たす目標", "超過", ""
    )


def due_table(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """Targets that are due in this very year."""
    due = typed_rows(comparison.due(compared), Compared)
    if not due:
        return paragraph(f"{fiscal_year}年度に期限を迎える目標はない。")
    rows = [
        [
            row.name,
            project_number(row.project_no),
            shown(row.project_name),
            *in_one_unit(row.baseline_text, row.target_text),
            statuses.status(row.status),
        ]
        for row in due
    ]
    return table(
        f"{fiscal_year}年度に期限を迎える目標({len(rows)}件)",
        [
            Column("評価指標", 29),
            Column("No.", 6, "number"),
            Column("事業", 24),
            Column("単位", 6),
            Column("基準値", 10, "number"),
            Column("目標値", 10, "number"),
            Column(f"{Area.current().outcome_year}年度の実績", 15),
        ],
        [("", rows)],
        source=citation(sources_compared()),
    )


def full_table(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """What the plan asks of every indicator this year, and how the outcome stands to it, by pillar."""
    rows = typed_rows(compared, Compared)
    groups = [(head, [_full_row(row) for row in of_pillar]) for head, of_pillar in by_pillar(rows)]
    return table(
        f"{fiscal_year}年度に求められる水準({len(rows)}指標)",
        [
            Column("事業・評価指標", 25),
            Column("単位", 6),
            Column("基準値", 10, "number"),
            Column(f"{fiscal_year}年度", 12, "number"),
            Column("目標値", 11, "number"),
            Column(f"{Area.current().outcome_year}年度実績", 13, "number"),
            Column("判定と目標の変化", 17, "small"),
            Column("行", 6, "number"),
        ],
        groups,
        source=citation(sources_compared()),
        note=f"{fiscal_year}年度の値は、添え書きのないものはビジョンの記載による。{computed_note()}"
        "「行」は、ビジョンの文書の行番号。目標の変化は、前のビジョンの目標に対するもの。",
    )


def glossary(footnotes: pd.DataFrame) -> Piece:
    """The words that the plan's footnotes explain; `footnotes` as loaded."""
    plan = Area.current().plan.first_year
    rows = [
        [row.term, row.text, f"No. {row.project_no}", count(row.number)]
        for row in typed_rows(footnotes[footnotes["plan"] == plan], _Footnote)
    ]
    return table(
        "用語の説明(ビジョンの脚注)",
        [Column("用語", 22), Column("説明", 58), Column("最初に用いる事業", 12), Column("脚注", 8, "number")],
        [("", rows)],
        source=citation(sources_of_newest()),
    )


def _gap_table(rows: pd.DataFrame, caption: str, difference: str, note: str) -> Piece:
    cells = [_gap_row(row) for row in typed_rows(rows, Compared)]
    return table(
        f"{caption}({len(cells)}件)",
        [
            Column("評価指標", 35),
            Column("No.", 6, "number"),
            Column("単位", 7),
            Column(f"{Area.current().outcome_year}年度の実績", 14, "number"),
            Column("この年度の目標", 13, "number"),
            Column(difference, 11, "number"),
            Column("割合(%)", 14, "number"),
        ],
        [("", cells)],
        source=citation(sources_compared()),
        note=f"{note}{computed_note()}" if rows["basis"].isin(COMPUTED_BASES).any() else note,
    )


def _gap_row(row: Compared) -> list[str | Cell]:
    scale = scale_of(row.target_text, row.outcome_2021_text)
    return [
        row.name,
        project_number(row.project_no),
        scale.label,
        scale.published(row.outcome_2021_text),
        target_cell(row, scale),
        NONE if row.gap is None else scale.computed(abs(row.gap)),
        barred(share(row.share_of_target, unit=""), full=100),
    ]


def _furthest_sentence(compared: pd.DataFrame) -> str:
    row = comparison.furthest(compared)
    if row is None:
        return ""
    return (
        f"実績が0の{comparison.counts_of(compared).zero}件を除いて最も遠いのは「{row.name}」で、"
        f"目標の{percent(row.share_of_target)}({without_year(row.outcome_2021_text)}→{target_words(row)})。"
    )


def _full_row(row: Compared) -> list[str | Cell]:
    outcome_text = row.outcome_2021_text if row.is_comparable else None
    scale = scale_of(row.target_text, row.baseline_text, outcome_text)
    return [
        _project_and_name(row),
        scale.label,
        scale.published(row.baseline_text),
        target_cell(row, scale, below=statuses.BASES[row.basis]),
        scale.published(row.target_text),
        _rated(scale.published(outcome_text), row) if outcome_text is not None else "",
        _status_cell(row),
        str(row.source_line),
    ]


def _rated(outcome: Cell, row: Compared) -> Cell:
    if row.outcome_2021_rating is None or row.outcome_2021_rating == "-":
        return outcome
    return replace(outcome, tag=rating_tag(row.outcome_2021_rating))


def _status_cell(row: Compared) -> Cell:
    return replace(
        statuses.status(row.status), below=(f"目標は{statuses.TARGET_CHANGES[row.target_change]}",)
    )


def _project_and_name(row: Compared) -> Cell:
    head = "基本KPI" if row.kind == "kpi" else f"No. {row.project_no} {row.project_name}"
    return Cell(row.name, above=head)
