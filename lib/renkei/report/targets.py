"""Pieces of the report on a year's targets. `asked` is what `renkei.asked.asked_in` gives."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from renkei.asked import OUTCOME_YEAR
from renkei.costs import years_with_costs
from renkei.fiscal_year import FiscalYear
from renkei.load import load_table
from renkei.report import charts
from renkei.report.costs import cost_headline
from renkei.report.figures import canvas, figure_piece
from renkei.report.numbers import amount_as_in, percent, without_remark
from renkei.report.pieces import Piece, heading, paragraph, points
from renkei.report.provenance import citation
from renkei.report.rows import by_pillar, project_number, records
from renkei.report.tables import NONE, Column, Group, rating, shown, table
from renkei.targets import COMPUTED_BASES, PLAN

#: How the reports name the basis of a target; computed ones are marked as this system's.
BASES = {
    "stated": "ビジョンの記載",
    "due": "この年度が期限",
    "interpolated": "試算(直線補間)",
    "prorated": "試算(按分)",
    "none": "この年度の値なし",
}
_COMPUTED = "本システムによる試算"
_COMPUTED_NOTE = (
    f"「試算」は{_COMPUTED}であり、札幌市の示した値ではない。直線補間は基準年と目標年を結ぶ直線上の値、"
    "按分は累計の目標を計画期間の各年度に等しく割り振った値。"
)


def title(asked: pd.DataFrame) -> Piece:
    """The report's heading, with the year."""
    return heading(
        f"{_year(asked).label} 連携事業の目標",
        f"第2期さっぽろ連携中枢都市圏ビジョンが{_year(asked).starts_in}年度に求める水準を、"
        f"{OUTCOME_YEAR}年度の実績と並べてまとめたもの。",
    )


def main_points(asked: pd.DataFrame) -> Piece:
    """What a hurried reader should know of the year: what is asked, what is due, what is computed."""
    year = _year(asked).starts_in
    bases = asked["basis"].value_counts()
    due = asked[asked["basis"] == "due"]
    computed = int(sum(bases.get(basis, 0) for basis in COMPUTED_BASES))
    joined = asked[asked["from_indicator"].notna()]
    shares = joined["outcome_share"].dropna()
    below = int((shares < 100).sum())
    return points(
        [
            (
                f"{year}年度に期限を迎える目標は{len(due)}件",
                f"「{'」「'.join(due['name'])}」。"
                if len(due)
                else f"{len(asked)}指標のうち、この年度を期限とするものはない。",
            ),
            (
                f"{OUTCOME_YEAR}年度の実績が{year}年度の目標に届いていない指標は{below}件",
                f"{OUTCOME_YEAR}年度の実績と割合で比べられる{len(shares)}指標のうち。",
            ),
            (
                cost_headline(year),
                "ビジョンに記載のある事業の合計。" if FiscalYear(year) in years_with_costs() else "",
            ),
            (
                f"{len(asked)}指標のうち{computed}指標の年度値は{_COMPUTED}",
                f"{int(bases.get('stated', 0)) + len(due)}指標はビジョンの記載どおり、"
                f"{int(bases.get('none', 0))}指標はこの年度の値がない。",
            ),
        ]
    )


def join_explained(asked: pd.DataFrame) -> Piece:
    """How the outcomes came beside the targets, and what that leaves out."""
    joined = int(asked["from_indicator"].notna().sum())
    return paragraph(
        f"{OUTCOME_YEAR}年度の実績は、事業名と指標名がともに一致する{joined}指標についてのみ並べた"
        "(基本KPIは指標名の一致による)。名称の変わった指標、統合された事業の指標は対応させていない。"
        "名称が同じでも範囲や数え方が変わった指標がありうることに留意されたい。"
    )


def kpi_chart(asked: pd.DataFrame) -> Piece:
    """The KPIs' way from the baseline to 2028, with this year's computed value between."""
    kpis = asked[asked["kind"] == "kpi"]
    year = _year(asked).starts_in
    rising = int((kpis["final_target_value"] > kpis["baseline_value"]).sum())
    finding = f"基本KPI{len(kpis)}件のうち{rising}件で、目標は基準値を上回る"
    is_computed = bool(kpis["basis"].isin(COMPUTED_BASES).any())
    measure = "基準値(塗りつぶし)と目標値(白抜きの四角)" + (
        f"。白抜きの丸は{year}年度の値({_COMPUTED})" if is_computed else ""
    )
    with canvas(6.6, 4.6) as figure:
        charts.kpi_panels(figure, list(kpis["name"]), [_kpi_marks(row, year) for row in records(kpis)])
        return figure_piece(
            figure,
            title=finding,
            measure=measure,
            alt=f"{len(kpis)}つの小さな折れ線グラフ。{finding}。"
            + "".join(
                f"{row.name}は、基準値{shown(row.baseline_text)}、{year}年度{_words(row)}、"
                f"目標値{shown(row.target_text)}。"
                for row in records(kpis)
            ),
            source=citation(PLAN),
        )


def kpi_table(asked: pd.DataFrame) -> Piece:
    """The KPIs with baseline, this year's value and target, beside the earlier outcome."""
    kpis = asked[asked["kind"] == "kpi"]
    rows = [
        [
            row.name,
            shown(row.baseline_text),
            _value(row),
            shown(row.target_text),
            shown(row.outcome_text),
        ]
        for row in records(kpis)
    ]
    return table(
        "基本KPI",
        [
            Column("指標", 26),
            Column("基準値", 18, "number"),
            Column(f"{_year(asked).starts_in}年度", 20, "number"),
            Column("目標値", 18, "number"),
            Column(f"{OUTCOME_YEAR}年度一覧の実績", 18, "number"),
        ],
        [Group(rows)],
        source=citation(2019, PLAN),
        note=_COMPUTED_NOTE,
    )


def due_table(asked: pd.DataFrame) -> Piece:
    """Targets that are due in this very year."""
    due = asked[asked["basis"] == "due"]
    year = _year(asked).starts_in
    if due.empty:
        return paragraph(f"{year}年度に期限を迎える目標はない。")
    rows = [
        [
            row.name,
            project_number(row),
            shown(row.project_name),
            shown(row.baseline_text),
            shown(row.target_text),
        ]
        for row in records(due)
    ]
    return table(
        f"{year}年度に期限を迎える目標({len(rows)}件)",
        [
            Column("評価指標", 33),
            Column("No.", 7, "number"),
            Column("事業", 28),
            Column("基準値", 16, "number"),
            Column("目標値", 16, "number"),
        ],
        [Group(rows)],
        source=citation(PLAN),
    )


def outcome_chart(asked: pd.DataFrame) -> Piece:
    """The FY2021 outcome as share of the year's target, joined to it by a line."""
    compared = asked[asked["outcome_share"].notna()].sort_values("outcome_share", kind="stable")
    year = _year(asked).starts_in
    below = int((compared["outcome_share"] < 100).sum())
    finding = f"{OUTCOME_YEAR}年度の実績が{year}年度の目標に届いていない指標は{len(compared)}件中{below}件"
    labels = [
        f"{percent(row.outcome_share)}({without_remark(row.outcome_text)}→{_words(row)})"
        for row in records(compared)
    ]
    with canvas(6.6, 0.7 + 0.33 * len(compared)) as figure:
        charts.dumbbells(figure, list(compared["name"]), list(compared["outcome_share"]), labels)
        return figure_piece(
            figure,
            title=finding,
            measure=f"{year}年度の目標に対する{OUTCOME_YEAR}年度の実績の割合(単位：%)。括弧内は実績→目標",
            alt=f"点と線のグラフ。{finding}。"
            + "".join(f"{row.name}は{label}。" for row, label in zip(records(compared), labels, strict=True)),
            source=citation(2019, PLAN),
        )


def asked_table(asked: pd.DataFrame) -> Piece:
    """What the plan asks of every indicator this year, by pillar."""
    groups = [
        Group(
            [
                [
                    _project_and_name(row),
                    shown(row.baseline_text),
                    _value(row),
                    BASES[row.basis],
                    shown(row.target_text),
                    _outcome(row),
                    str(row.source_line),
                ]
                for row in records(of_pillar)
            ],
            head=head,
        )
        for head, of_pillar in by_pillar(asked)
    ]
    year = _year(asked).starts_in
    return table(
        f"{year}年度に求められる水準({len(asked)}指標)",
        [
            Column("事業・評価指標", 29),
            Column("基準値", 12, "number"),
            Column(f"{year}年度", 13, "number"),
            Column("根拠", 12, "small"),
            Column("ビジョンの目標値", 14, "number"),
            Column(f"{OUTCOME_YEAR}年度の実績", 14, "number"),
            Column("行", 6, "number"),
        ],
        groups,
        source=citation(2019, PLAN),
        note=f"{_COMPUTED_NOTE}「行」は、ビジョンの文書の行番号。",
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


def _kpi_marks(row: Any, year: int) -> list[charts.Mark]:
    def label(name: str, value: float) -> str:
        return f"{name} {amount_as_in(row.target_text, value, shown(row.unit))}"

    last, target = int(row.target_last_year), row.final_target_value
    marks = [
        charts.Mark(int(row.baseline_year), row.baseline_value, label("基準", row.baseline_value)),
        charts.Mark(last, target, label("目標", target), is_hollow=True),
    ]
    if row.basis in COMPUTED_BASES:
        computed = label("試算", row.target_value)
        marks.append(charts.Mark(year, row.target_value, computed, is_hollow=True, is_computed=True))
    return marks


def _value(row: Any) -> str | Markup:
    """What is asked this year: computed values marked, words as published."""
    if row.basis in COMPUTED_BASES:
        return Markup('<span class="computed">{}</span>').format(_words(row))
    return _words(row)


def _words(row: Any) -> str:
    """What is asked this year, in plain words; computed values say so."""
    if row.basis == "none":
        return NONE
    if row.basis in COMPUTED_BASES:
        return f"{amount_as_in(row.target_text, row.target_value, shown(row.unit))}(試算)"
    return without_remark(row.target_text)


def _outcome(row: Any) -> str | Markup:
    if pd.isna(row.from_indicator):
        return ""
    if row.outcome_rating == "-":
        return shown(row.outcome_text)
    return Markup("{}<br>{}").format(shown(row.outcome_text), rating(row.outcome_rating))


def _project_and_name(row: Any) -> Markup:
    head = "基本KPI" if row.kind == "kpi" else f"No. {row.project_no} {row.project_name}"
    return Markup("<small>{}</small><br>{}").format(head, row.name)


def _year(asked: pd.DataFrame) -> FiscalYear:
    return FiscalYear(int(asked["fiscal_year"].iloc[0]))
