"""Pieces on which targets of a year are met; `compared` is what `compare_in_detail` gives."""

from __future__ import annotations

import pandas as pd

from renkei import verdicts
from renkei.area import Area
from renkei.comparison import Compared
from renkei.report.kit import charts, statuses
from renkei.report.kit.cells import barred, count, share, table
from renkei.report.kit.figures import counted, figure_piece, numbers, sheets
from renkei.report.kit.numbers import NONE, percent
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import Paragraph, nothing, paragraph
from renkei.report.kit.pillars import project_number
from renkei.report.kit.scales import Scale
from renkei.report.kit.statuses import (
    computed_note,
    newest_cell,
    newest_with_year,
    newest_words,
    outcome_cell,
    scale_of_row,
    target_cell,
    target_words,
)
from renkei.report.kit.wording import of_all
from renkei.report.provenance import citation, sources_compared
from renkei.report.years_before import YearsBefore
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import typed_rows
from renkei.verdicts import BY_OUTCOME, Furthest, Tally


def newest_explained(compared: pd.DataFrame) -> Paragraph:
    """What the newest value is, of which years it is here, and which targets are not judged."""
    area, counts = Area.current(), verdicts.counts_of(compared)
    before = YearsBefore.of(typed_rows(compared, Compared))
    sources = "、".join(
        statuses.origin_words(source.origin, source.year, source.count, source.provisional)
        for source in verdicts.sources_of_values(compared)
    )
    return paragraph(
        f"最新値は、{'、'.join(f'{year}年度' for year in before.years)}の一覧の実績"
        "(年度末の見込みを含む。前のビジョンの指標と比べられるもの)、"
        f"{area.plan.short_title}の基準値及びその後の実績のうち、最も新しい年の値である。",
        f"判定した{counts.newest.judged}指標では、{sources}である。" if counts.newest.judged else "",
        f"期限がこの年度より前の{counts.carried}指標は、この年度には求められていないため判定せず、数えない。"
        if counts.carried
        else "",
    )


def status_table(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """How many targets have which status by both values, and what each status means."""
    outcome_year = Area.current().outcome_year
    newest = verdicts.status_counts(compared)
    outcome = verdicts.status_counts(compared, BY_OUTCOME)
    meanings = {
        "met": "ビジョンが定めたこの年度の目標を満たす水準にある",
        "not_met": "ビジョンが定めたこの年度の目標に届いていない",
        "computed_met": "本システムが試算したこの年度の値を満たす水準にある",
        "computed_not_met": "本システムが試算したこの年度の値に届いていない",
        "no_outcome": "比べる数値が分からない",
        "not_comparable": f"{outcome_year}年度の指標とは測るもの、範囲又は数え方が違う",
        "state": "目標が「常時」「維持」などの文言や、行う時期で示され、数値では判定できない",
        "no_target": "期限がこの年度より前であるか、後であってこの年度の値を求められない",
    }
    rows = [
        [statuses.status(name), count(newest[name]), count(outcome[name]), meaning]
        for name, meaning in meanings.items()
        if newest[name] or outcome[name]
    ]
    return table(
        f"{fiscal_year}年度の目標に対する判定",
        [
            Column("判定", 24),
            Column("最新値による", 13, "number"),
            Column(f"{outcome_year}年度の一覧の実績による", 15, "number"),
            Column("意味", 48),
        ],
        [("", rows)],
        source=citation(sources_compared(compared)),
        note="単位は指標。前のビジョンの指標との対応は、両文書を読み比べた判断(data/curated/crosswalk.csv)による。",
    )


def newest_chart(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """The newest value as share of the year's target, joined to it by a line."""
    shares = verdicts.with_share(compared)
    rows = typed_rows(verdicts.off_target(compared), Furthest)
    on_target = len(verdicts.on_target(compared))
    below = len(verdicts.missed(shares))
    if not rows:
        which = f"割合を求められる{len(shares)}指標は、最新値がこの年度の目標とちょうど同じである。"
        return paragraph(which if len(shares) else "最新値の、目標に対する割合を求められる指標はない。")
    # Where a value is negative there is no share, so the main points count one or two more.
    which = of_all(below, len(shares), "指標")
    asked = f"{fiscal_year}年度の目標{'(試算を含む)' if _has_computed(shares) else ''}"
    finding = (
        f"割合を求められる{which}で、最新値が{asked}に届いていない"
        if which
        else f"割合を求められる{len(shares)}指標では、最新値が{asked}に届いている"
    )
    labels = [f"{percent(row.newest_share)}({newest_words(row)}→{target_words(row)})" for row in rows]
    with sheets() as figure:
        charts.dumbbells(figure, [row.name for row in rows], [row.newest_share for row in rows], labels)
        return figure_piece(
            figure,
            title=finding,
            measure=f"{asked}に対する最新値の割合(単位：%)。括弧内は最新値→目標"
            + (f"。目標とちょうど同じ{on_target}件は省いた" if on_target else ""),
            kind="点と線のグラフ",
            numbers=numbers(
                ("評価指標", "割合", "最新値", "目標"),
                [
                    [row.name, share(row.newest_share), newest_with_year(row), target_words(row)]
                    for row in rows
                ],
            ),
            source=citation(sources_compared(compared)),
        )


def missed_table(compared: pd.DataFrame) -> Piece:
    """Targets that the newest value does not meet, furthest first; the plan's own, then computed ones."""
    return _gap_table(
        verdicts.missed(compared),
        "最新値が届いていない目標(遠い順)",
        "不足",
        "割合を求められないもの(負の値を含む指標)は末尾に置いた。",
    )


def met_table(compared: pd.DataFrame) -> Piece:
    """Targets that the newest value already meets."""
    return _gap_table(verdicts.met(compared), "最新値が既に満たす目標", "超過", "")


def distance_point(compared: pd.DataFrame, fiscal_year: int) -> tuple[str, str]:
    """How many of the plan's own targets the newest values miss, and of which years these values are.

    Headline and detail; empty where none can be judged.
    """
    of_plan = compared[~compared["basis"].isin(COMPUTED_BASES)]
    tally = verdicts.tally_of(of_plan)
    if not tally.judged:
        return "", ""
    asked = f"ビジョンが{fiscal_year}年度に求める目標"
    headline = (
        f"{asked}に最新値で届いていないのは、比べられる{tally_words(tally)}"
        if tally.missed
        else f"{asked}は、比べられる{tally.judged}指標では、最新値が満たす水準にある"
    )
    furthest = verdicts.furthest(of_plan)
    far = (
        f"最も遠いのは「{furthest.name}」で、目標の{percent(furthest.newest_share)}"
        f"({newest_words(furthest)}→{target_words(furthest)})。"
        if furthest
        else ""
    )
    return headline, f"{newest_years(of_plan)}{far}"


def newest_years(compared: pd.DataFrame) -> str:
    """Of which years the newest values are that are held against a target, in a sentence."""
    sources = "、".join(
        statuses.origin_words(source.origin, source.year, source.count, source.provisional)
        for source in verdicts.sources_of_values(compared)
    )
    return f"比べた最新値は、{sources}である。" if sources else ""


def turned_sentences(compared: pd.DataFrame) -> list[str]:
    """Which verdicts of the earlier outcome the newest value turns: a sentence for each way."""
    outcome_year, turned = Area.current().outcome_year, verdicts.turned(compared)
    sentences = []
    for status, before, now in (
        ("met", "届いていなかった", "満たす水準にある"),
        ("not_met", "満たす水準にあった", "届いていない"),
    ):
        names = turned[turned["newest_status"] == status]["name"]
        if len(names):
            sentences.append(
                f"「{'」「'.join(names)}」は、{outcome_year}年度の一覧の実績では{before}が、最新値では{now}。"
            )
    return sentences


def tally_words(tally: Tally) -> str:
    """How many of the judged targets are missed, in words."""
    return of_all(tally.missed, tally.judged, "指標")


def _gap_table(rows: pd.DataFrame, caption: str, difference: str, note: str) -> Piece:
    outcome_year = Area.current().outcome_year
    if not len(rows):
        return paragraph(f"{caption.partition('(')[0]}はない。")
    is_computed = rows["basis"].isin(COMPUTED_BASES)
    groups = [
        (head, [_gap_row(row) for row in typed_rows(of_head, Compared)])
        for head, of_head in (
            ("ビジョンが定めた目標", rows[~is_computed]),
            ("本システムによる試算", rows[is_computed]),
        )
    ]
    return table(
        f"{caption}({len(rows)}件)",
        [
            Column("評価指標", 29),
            Column("No.", 6, "number"),
            Column("単位", 7),
            Column(f"{outcome_year}年度一覧の実績", 13, "number"),
            Column("最新値", 12, "number"),
            Column("この年度の目標", 12, "number"),
            Column(difference, 9, "number"),
            Column("割合(%)", 12, "number"),
        ],
        [(f"{head}({len(cells)}件)", cells) for head, cells in groups if cells],
        source=citation(sources_compared(rows)),
        note=f"{note}{computed_note()}" if is_computed.any() else note,
    )


def _gap_row(row: Compared) -> list[str | Cell]:
    scale = scale_of_row(row)
    return [
        row.name,
        project_number(row.project_no),
        scale.label,
        outcome_cell(row, scale) if row.is_comparable else NONE,
        newest_cell(row, scale),
        target_cell(row, scale),
        _gap(row, scale),
        barred(share(row.newest_share, unit=""), full=100),
    ]


def _gap(row: Compared, scale: Scale) -> str | Cell:
    """What is lacking of the target as it is printed, or beyond it."""
    if row.newest_gap is None:
        return NONE
    return scale.computed(abs(row.newest_gap), rounding="up" if row.newest_gap > 0 else "down")


def _has_computed(compared: pd.DataFrame) -> bool:
    """Whether any of the targets is computed."""
    return bool(compared["basis"].isin(COMPUTED_BASES).any())


def status_chart(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """How the newest values stand to the targets of a year, and below them the earlier outcomes."""
    if compared.empty:
        return nothing("指標")
    names = ["最新値による判定", f"{Area.current().outcome_year}年度の一覧の実績による判定"]
    counts = [verdicts.status_counts(compared), verdicts.status_counts(compared, BY_OUTCOME)]
    met, missed = counts[0]["met"], counts[0]["not_met"]
    finding = (
        f"ビジョンが定めた{fiscal_year}年度の目標のうち、"
        f"最新値が満たすのは{met}件、届いていないのは{missed}件"
    )
    with sheets() as figure:
        charts.stacked_counts(figure, names, counts, statuses.STATUS_PARTS)
        return figure_piece(
            figure,
            title=finding,
            measure="判定の数(単位：指標)"
            + ("。「試算」は本システムが試算した値との比較" if _has_computed(compared) else ""),
            kind="積み上げ横棒グラフ",
            drawing="stacked",
            numbers=counted("判定", names, counts, statuses.STATUSES, statuses.STATUS_PARTS),
            source=citation(sources_compared(compared)),
        )
