"""Pieces on the achievement rate over the years; `rates` is what `renkei.year_rates.rates_by_year` gives."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from renkei import year_rates
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.documents.sources import Source
from renkei.report.kit.cells import cell, count, share, table
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import NONE, written
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import Heading
from renkei.report.kit.rate_line import RatePoint, rate_line
from renkei.report.kit.statuses import settled
from renkei.report.kit.wording import of_all
from renkei.report.provenance import citation
from renkei.tables.reported import known_sources
from renkei.year_rates import YearRate

#: What a rate is a rate of.
_BASES = ("達成した指標", "評価できた指標", "記載・報告のある指標", "計画の指標")


def rates_heading(rates: pd.DataFrame) -> Piece | None:
    """The heading of the part; none for a single year, over which no line leads."""
    return Heading(2, "達成割合の推移") if _is_told(rates) else None


def sources_of_rates(rates: pd.DataFrame) -> list[Source]:
    """The lists and reports of the years that are shown; none for a single year, which is not."""
    years = {*rates["fiscal_year"]} if _is_told(rates) else set()
    return [source for source in known_sources(Checkout.current()).values() if source.fiscal_year in years]


def rates_chart(rates: pd.DataFrame) -> Piece | None:
    """The rate of each year that has one, with its bases; none for a single year."""
    rows = [row for row in year_rates.rates(rates) if row.rate is not None]
    if not _is_told(rates):
        return None
    newest = Area.current().plan.first_year
    points = [
        RatePoint(
            head=f"{row.fiscal_year}年度",
            percent=row.rate or 0.0,
            label=f"{_percent(row)}\n{row.achieved}/{row.evaluable}",
            below=f"{row.reported}/{row.counted}",
            is_hollow=_is_open(row),
            is_of_newest=row.plan == newest,
        )
        for row in rows
    ]
    with sheets() as figure:
        rate_line(figure, points)
        return figure_piece(
            figure,
            title=f"達成割合は、{'、'.join(_in_words(row, newest) for row in rows[-2:])}",
            measure="達成割合(単位：%)。割合の下は達成した指標/評価できた指標、年度の下は一覧に記載又は報告のある指標/計画の指標"
            "(基本KPIと達成割合そのものを除く)"
            + (
                "。白抜きは、暫定値若しくは集計中の指標を含むか、報告が揃っていない年度"
                if any(map(_is_open, rows))
                else ""
            )
            + ("。灰色は、指標の異なる前のビジョン" if len({row.plan for row in rows}) > 1 else ""),
            kind="折れ線グラフ",
            numbers=numbers(
                ("年度", "達成割合", *_BASES, "状態"),
                [[f"{row.fiscal_year}年度", *_cells(row)] for row in rows],
            ),
            # A year without a rate is not in the chart.
            source=_source(rates[rates["rate"].notna()]),
        )


def rates_table(rates: pd.DataFrame) -> Piece | None:
    """Every year with outcomes: its plan, its rate and what the rate is of; none for a single year."""
    if not _is_told(rates):
        return None
    plans = {plan.first_year: plan.short_title for plan in Area.current().plans}
    rows = year_rates.rates(rates)
    return table(
        "年度ごとの達成割合",
        [
            Column("年度", 10),
            Column("計画", 14),
            Column("達成割合", 10, "number"),
            *(Column(head, width, "number") for head, width in zip(_BASES, (13, 14, 20, 11), strict=True)),
            Column("状態", 8),
        ],
        [("", [[f"{row.fiscal_year}年度", plans[row.plan], *_cells(row)] for row in rows])],
        source=_source(rates),
        note="達成割合＝達成した指標÷評価できた指標。記載・報告のある指標は、その年度の一覧に記載のあるもの又は"
        "報告済みのもの。計画の指標は、基本KPIと達成割合そのものを除いたもの。"
        "計画が異なる年度の間では、指標が異なるため、達成割合を比べられない。" + _revised_words(rows),
    )


def _revised_words(rows: Sequence[YearRate]) -> str:
    """From which years on other versions of a plan count; empty where none does."""
    starts = dict.fromkeys(row.revised_from for row in rows if row.revised_from is not None)
    years = "、".join(f"{year}年度" for year in starts)
    return f"{years}からは、改定後のビジョンの指標と目標による。" if years else ""


def _is_told(rates: pd.DataFrame) -> bool:
    """Whether there are rates of two years at the least."""
    return bool(rates["rate"].notna().sum() > 1)


def _is_open(row: YearRate) -> bool:
    """Whether the rate may still change."""
    return row.is_provisional or row.pending > 0 or row.reported < row.counted


def _percent(row: YearRate) -> str:
    return NONE if row.rate is None else f"{written(row.rate, 2)}%"


def _in_words(row: YearRate, newest: int) -> str:
    """A year's rate with what is to be known of it."""
    remarks = [
        *(["前のビジョン"] if row.plan != newest else []),
        *([f"{of_all(row.reported, row.counted, '指標')}が報告済み"] if row.reported < row.counted else []),
        *(["暫定値を含む"] if row.is_provisional else []),
        *([f"{row.pending}指標は集計中"] if row.pending else []),
    ]
    remark = f"({'、'.join(remarks)})" if remarks else ""
    return f"{row.fiscal_year}年度は{_percent(row)}{remark}"


def _cells(row: YearRate) -> list[Cell]:
    return [
        share(row.rate, decimals=2) if row.rate is not None else cell(NONE),
        *map(count, (row.achieved, row.evaluable, row.reported, row.counted)),
        cell(_state(row)),
    ]


def _state(row: YearRate) -> str:
    """Whether the rate may still change, and why."""
    if row.reported < row.counted:
        return "報告中"
    return "集計中" if row.pending and not row.is_provisional else settled(row.is_provisional)


def _source(rates: pd.DataFrame) -> str:
    return citation(sources_of_rates(rates))
