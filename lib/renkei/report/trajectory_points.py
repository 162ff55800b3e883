"""The main points of the report on the whole way; `years` is what `compared_years` gives."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from renkei import baselines, comparison, kpis, pace, target_changes, verdicts
from renkei.area import Area
from renkei.cost_measures import UnmeasuredShare
from renkei.costs import YearCost
from renkei.fiscal_year import FiscalYear
from renkei.kpis import KpiWay
from renkei.pace import Pace
from renkei.report import attention, cost_of_year
from renkei.report.kit.numbers import percent, year_words
from renkei.report.kit.pieces import Piece, points_of
from renkei.report.kit.wording import of_all, quoted
from renkei.report.verdicts import newest_years, turned_sentences
from renkei.typed_rows import typed_rows


def main_points(
    changes: pd.DataFrame,
    years: pd.DataFrame,
    asked: pd.DataFrame,
    way: pd.DataFrame,
    required: pd.DataFrame,
    cost: YearCost | None,
    unmeasured: UnmeasuredShare | None,
    cost_years: Sequence[FiscalYear],
) -> Piece:
    """What a hurried reader should know: what is reached, how targets changed, what pace they ask, money.

    `asked` is what `targets_with_baselines` gives, `way` what `kpi_way` gives.
    """
    return points_of(
        [
            *_last_year(years),
            *_at_baseline(asked),
            *_against_before(way),
            *_changes(changes),
            *_pace(required),
            *_cost_points(cost, unmeasured, cost_years),
        ],
        [attention.pace_lacking(required)],
    )


def _last_year(years: pd.DataFrame) -> list[tuple[str, str]]:
    """How what is known stands to what the plan asks of its last year."""
    area = Area.current()
    rows = comparison.by_year(years).get(area.plan.last_year, years[:0])
    counts = verdicts.counts_of(rows)
    if not counts.newest.judged:
        return []
    met, judged = counts.newest.met, counts.newest.judged
    met_before, judged_before = counts.outcome.met, counts.outcome.judged
    asked = f"{area.plan.last_year}年度の目標"
    before = f"{area.outcome_year}年度の一覧の実績では、比べられる"
    return [
        (
            f"{asked}を最新値が既に満たすのは、比べられる{of_all(met, judged, '指標')}"
            if met
            else f"{asked}は、比べられる{judged}指標では、最新値が届いていない",
            (
                f"{before}{of_all(met_before, judged_before, '指標')}であった。"
                if met_before
                else f"{before}{judged_before}指標に、満たすものはなかった。"
                if judged_before
                else ""
            )
            + newest_years(rows)
            + "".join(turned_sentences(rows)),
        )
    ]


def _at_baseline(asked: pd.DataFrame) -> list[tuple[str, str]]:
    """How many targets the plan's own baseline already reaches."""
    reached, more = baselines.reached(asked), baselines.asking_more(asked)
    if not len(reached):
        return []
    just, below = baselines.just_reached(asked), baselines.below_baseline(asked)
    kinds = [
        *([f"基準値と同じものが{len(just)}件"] if len(just) else []),
        *([f"基準値を下回るものが{len(below)}件"] if len(below) else []),
    ]
    return [
        (
            f"数値の目標と基準値のある{of_all(len(reached), len(asked), '指標')}が、"
            "基準値の時点で既に目標の水準にある",
            f"目標が{'、'.join(kinds)}。"
            + (f"基準値より高い水準を求めるものは{len(more)}件。" if len(more) else ""),
        )
    ]


def _against_before(way: pd.DataFrame) -> list[tuple[str, str]]:
    """What the KPIs' targets ask against the level before COVID-19."""
    told = [
        (row, percent) for row in kpis.kpi_ways(way) if (percent := row.against_before_percent) is not None
    ]
    below = [row.name for row, percent in told if percent < 0]
    if not below:
        return []
    sentences = [
        f"「{row.name}」の{year_words(row.target_text, row.target_year)}の目標は、"
        f"{_before(row)}の水準を"
        f"{abs(percent):.1f}%{'下回る' if percent < 0 else '上回る'}。"
        for row, percent in told
    ]
    return [(f"{quoted(below)}の目標は、新型コロナウイルス感染症の流行前の水準を下回る", "".join(sentences))]


def _before(row: KpiWay) -> str:
    """The year of the old baseline in words."""
    year = row.old_baseline_year
    return "前の基準年" if year is None else year_words(row.old_baseline_text, year)


def _changes(changes: pd.DataFrame) -> list[tuple[str, str]]:
    """How the targets changed against the plan before."""
    changed = target_changes.change_counts(changes)
    details = [
        f"{words}ものが{changed[kind]}件"
        for kind, words in (
            ("softened", "数値から文言へ変わった"),
            ("hardened", "文言から数値へ変わった"),
            ("redefined", "範囲や定義が変わり、大小を比べられない"),
            ("dropped", "廃止された"),
            ("added", "新設された"),
        )
        if changed[kind]
    ]
    same = [
        f"{words}{changed[kind]}件"
        for kind, words in (("raised", "引上げ"), ("kept", "据置き"), ("lowered", "引下げ"))
        if changed[kind]
    ]
    headline = f"前のビジョンと定義が同じ目標のうち、{'、'.join(same)}" if same else ""
    return [(headline, f"{'、'.join(details)}。" if details else "")]


def _pace(required: pd.DataFrame) -> list[tuple[str, str]]:
    """How many open targets are approached as fast as they need."""
    seen, slower, worse = pace.seen(required), pace.slower(required), pace.worse(required)
    enough = pace.fast_enough(required)
    if not len(seen):
        return []
    return [
        (
            f"最新値が目標に届いていない{len(required)}指標のうち、速さを比べられる{len(seen)}指標では、"
            + (
                f"{len(slower)}指標の改善が必要な速さに足りない"
                if 0 < len(slower) < len(seen)
                else "改善が必要な速さに足りない"
                if len(slower)
                else "必要な速さで改善した"
            ),
            (f"足りないのは{_slower_names(slower)}。" if len(slower) else "")
            + (
                f"残る{len(enough)}指標は、必要な速さに達した{_rounded(required)}。"
                if len(slower) and len(enough)
                else ""
            )
            + "新型コロナウイルス感染症の影響からの回復を含みうるため、同じ速さが続くとは限らない。"
            + (f"このほか{quoted(worse['name'])}は、改善していない。" if len(worse) else ""),
        )
    ]


def _rounded(required: pd.DataFrame) -> str:
    """That some are fast enough by rounding alone, if any are."""
    by_rounding = len(pace.within_rounding(required))
    return f"(うち{by_rounding}指標は、四捨五入して1.0倍となるもの)" if by_rounding else ""


def _slower_names(slower: pd.DataFrame) -> str:
    """The names; where what was seen starts at an outcome that is given for reference only, this too."""
    return "".join(
        f"「{row.name}」{'(起点の実績は参考記載)' if row.seen_from_is_reference else ''}"
        for row in typed_rows(slower, Pace)
    )


def _cost_points(
    cost: YearCost | None, unmeasured: UnmeasuredShare | None, cost_years: Sequence[FiscalYear]
) -> list[tuple[str, str]]:
    """How the cost of the last year with amounts came about, and how much of all has no number to aim at."""
    points = [cost_of_year.cost_point(cost, cost_years[-1].starts_in)] if cost else []
    if unmeasured:
        without = (
            ""
            if unmeasured.others_share is None
            else f"最大のNo. {unmeasured.largest.project_no}「{unmeasured.largest.name}」を除くと"
            f"{percent(unmeasured.others_share)}になる。"
        )
        headline = cost_of_year.unmeasured_headline(unmeasured)
        points.append((headline, f"{_in_words(cost_years)}の合計。{without}"))
    return points


def _in_words(years: Sequence[FiscalYear]) -> str:
    return "と".join(f"{year.starts_in}年度" for year in years)
