"""Pieces on a year's outcomes as shares of their targets; `outcomes` is what `outcomes_of` gives."""

from __future__ import annotations

import pandas as pd

from renkei import outcomes as analysis
from renkei import ratings
from renkei.outcomes import Measured, Outcome
from renkei.rate_counts import SMALL_DENOMINATOR, rate_counts
from renkei.report.kit import charts
from renkei.report.kit.cells import barred, share, table
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import percent, without_year
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import paragraph
from renkei.report.kit.pillars import project_number
from renkei.report.kit.wording import of_all
from renkei.report.ratings import MEASURE_WORDS, sentence, source_of
from renkei.report.year_words import actual_width, numbers_of, rating_of, with_expected
from renkei.typed_rows import typed_rows


def unmeasured(outcomes: pd.DataFrame) -> Piece:
    """Which indicators have a share of their target in what follows, which not, and why."""
    counted = ratings.counted(outcomes)
    judged, missed = ratings.judged(counted), ratings.missed(counted)
    not_counted = ratings.not_counted(outcomes)
    if not len(judged):
        return paragraph("評価できた指標はない。")
    return paragraph(
        f"評価できた{len(judged)}指標のうち、目標と実績がともに数値である{len(analysis.measured(judged))}指標に"
        "ついて、目標に対する実績の割合を求めた。",
        sentence(
            str(len(analysis.without_share(judged)) or ""),
            "指標は、目標が「常時」「開設」など数値でなく文言で示されたもの(状態の目標)、又は実績が数値で"
            "示されていないものであり、割合を求めていない",
            before="残る",
        ),
        sentence(
            of_all(len(analysis.measured(missed)), len(missed), "指標"),
            "が、割合を求められるものである",
            before="「△」又は「×」の",
        ),
        sentence(
            f"「{'」「'.join(not_counted['name'])}」" if len(not_counted) else "",
            "は、実績に数値があるが、評価が付いていないか、達成割合そのものであり、達成割合の計算に含まれないため、"
            "以下の図表でも数えない",
        ),
    )


def shares_chart(outcomes: pd.DataFrame) -> Piece | None:
    """Judged indicators whose actual is below the target, as share of the target; none without any judged."""
    judged = ratings.judged(ratings.counted(outcomes))
    if not len(judged):
        return None
    below = typed_rows(analysis.below_target(judged), Measured)
    if not below:
        return paragraph("評価できた指標に、数値の実績が目標を下回ったものはない。")
    zero = of_all(len(analysis.at_zero(judged)), len(below), "件")
    finding = f"評価できた指標のうち、数値の実績が目標を下回ったのは{len(below)}件"
    labels = [
        f"{percent(row.share_of_target)}({without_year(row.actual_text)}/{_without_period(row.target_text)})"
        for row in below
    ]
    with sheets() as figure:
        charts.share_dots(figure, [row.name for row in below], [row.share_of_target for row in below], labels)
        return figure_piece(
            figure,
            title=finding,
            measure=f"目標に対する実績の割合(単位：%)。括弧内は実績/目標。{sentence(zero, 'で実績が0')}",
            kind="点グラフ",
            numbers=numbers(
                ("評価指標", "割合", "実績", "目標"),
                [[row.name, share(row.share_of_target), row.actual_text, row.target_text] for row in below],
            ),
            drawing="bars",
            source=source_of(outcomes),
        )


def judged_table(outcomes: pd.DataFrame) -> Piece | None:
    """Each judged indicator by the measure of its target, lowest share of it first; none without any."""
    judged = ratings.judged(ratings.counted(outcomes))
    if not len(judged):
        return None
    groups = [
        (
            f"{head}({len(rows)}件)",
            [_judged_row(row) for row in typed_rows(analysis.lowest_share_first(rows), Outcome)],
        )
        for name, head in MEASURE_WORDS.items()
        if len(rows := judged[judged["measure"] == name])
    ]
    width = actual_width(typed_rows(judged, Outcome), 11)
    return table(
        f"評価できた指標と目標に対する割合({len(judged)}件)",
        [
            Column("評価指標", 45 - width),
            Column("No.", 6, "number"),
            Column("単位", 7),
            Column("目標値", 13, "number"),
            Column("実績値", width, "number"),
            Column("割合(%)", 13, "number"),
            Column("評価", 16, "rating"),
        ],
        groups,
        source=source_of(outcomes),
        note=f"割合＝実績値÷目標値、低い順。{with_expected(outcomes)}棒は100%で打ち切る。割合の「－」は、目標又は実績が"
        "数値でないもの。その他の「－」は、単位のないもの。",
    )


def _judged_row(row: Outcome) -> list[str | Cell]:
    return [
        row.name,
        project_number(row.project_no),
        *numbers_of(row, row.target_text),
        barred(share(row.share_of_target, unit=""), full=100),
        rating_of(row),
    ]


def _without_period(target: str) -> str:
    """A target without its year and without /年度, which the chart's other labels do not have either."""
    return without_year(target).removesuffix("/年度")


def small_denominators(found: pd.DataFrame) -> Piece:
    """Rates that stand for few cases; `found` is what `renkei.rate_counts.small_denominators` gives."""
    rows = rate_counts(found)
    if not rows:
        return paragraph(f"分子と分母の記載がある割合に、分母が{SMALL_DENOMINATOR}に満たないものはない。")
    return paragraph(
        *(
            f"「{row.name}」の{row.rate_percent:g}%は、分母{row.whole}、分子{row.part}の割合である({row.reason})。"
            for row in rows
        ),
        f"分母が{SMALL_DENOMINATOR}に満たない割合は、分子が1増減するだけで大きく動く。",
    )
