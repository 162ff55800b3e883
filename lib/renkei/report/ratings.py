"""Pieces on a year's ratings and their rate; `outcomes` is what `outcomes_of` gives."""

from __future__ import annotations

import pandas as pd

from renkei import ratings
from renkei.legend import MET, NOT_MET, RATINGS, UNJUDGED
from renkei.outcomes import Outcome
from renkei.report.kit import charts, palette
from renkei.report.kit.cells import cell, count, note_lines, rating, strong, table
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import NONE
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import nothing, paragraph
from renkei.report.kit.pillars import pillar_head, project_number
from renkei.report.kit.wording import of_all
from renkei.report.provenance import citation, sources_of_year
from renkei.report.year_words import (
    actual_width,
    by_reported,
    coverage_words,
    no_value,
    note_head,
    numbers_of,
    told_by,
)
from renkei.typed_rows import typed_rows
from renkei.year_rates import coverage_of

_RATING_PARTS = {
    sign: charts.Part("－" if sign == "-" else sign, colour, palette.ON_RATING_COLOURS[sign])
    for sign, colour in palette.RATING_COLOURS.items()
}
MEASURE_WORDS = {"amount": "量で測る目標", "deed": "実施の有無で測る目標"}
MEASURE_MEANINGS = {
    "amount": "人数、企業数、金額、割合、2回以上の回数など",
    "deed": "状態の維持、計画の策定、年1回の開催など",
}
_REASONS = {
    "not_due": "目標の年度が{}年度より後",
    "past": "目標の年度が{}年度より前",
    "pending": "実績が未集計",
    "unsaid": "その他",
}


def rate_explained(outcomes: pd.DataFrame) -> Piece:
    """How the achievement rate comes about, as a table of ratings."""
    counted = ratings.counted(outcomes)
    rate = ratings.rate_of(counted)
    counts = ratings.rating_counts(counted)
    groups = (("達成", MET), ("未達成", NOT_MET), ("対象外", UNJUDGED))
    rows = [[rating(sign), count(counts[sign]), kind] for kind, signs in groups for sign in signs]
    coverage = coverage_of(outcomes)
    if coverage.by_offices and coverage.missing:
        rows.append(["未報告", count(coverage.missing), "対象外"])
    rows.append(
        [strong("達成割合"), strong(rate_cell(rate)), f"達成 {rate.achieved} ÷ 評価可能 {rate.evaluable}"]
    )
    own = "".join(
        f"No. {row.project_no}の「{row.name}」は達成割合そのものであるため、数えない。"
        for row in typed_rows(ratings.own_rate(outcomes), Outcome)
    )
    return table(
        "評価の内訳と達成割合",
        [Column("評価", 40), Column("指標数", 20, "number"), Column("達成割合での扱い", 40)],
        [("", rows)],
        source=source_of(outcomes),
        note=f"{own}基本KPIには評価が付されていないため、含めない。{sentence(coverage_words(outcomes), '')}",
    )


def ratings_chart(outcomes: pd.DataFrame) -> Piece:
    """The number of each rating, by pillar."""
    pillars = ratings.ratings_by_pillar(ratings.counted(outcomes))
    if not pillars:
        return paragraph("報告のあった評価指標はまだない。") if by_reported(outcomes) else nothing("評価指標")
    basis, said = by_reported(outcomes), coverage_words(outcomes)
    names = [pillar_head(of_pillar.pillar) for of_pillar in pillars]
    counts = [of_pillar.counts for of_pillar in pillars]
    with sheets() as figure:
        charts.stacked_counts(figure, names, counts, _RATING_PARTS)
        return figure_piece(
            figure,
            title=f"{basis}{_lowest_in_words(pillars)}",
            measure="役割別の評価の数(単位：指標)。◎達成済み ○達成見込 △達成不可見込 ×達成不可 －評価不可"
            + (f"。{said}" if said else ""),
            kind="積み上げ横棒グラフ",
            numbers=numbers(
                ("役割", *RATINGS.values(), "達成割合"),
                [
                    [
                        name,
                        *(count(of_pillar.counts[sign], "件") for sign in RATINGS),
                        rate_cell(of_pillar.rate),
                    ]
                    for name, of_pillar in zip(names, pillars, strict=True)
                ],
                [part.colour for part in _RATING_PARTS.values()],
            ),
            drawing="stacked",
            source=source_of(outcomes),
        )


def _lowest_in_words(pillars: list[ratings.PillarRatings]) -> str:
    """Which pillar has the lowest rate; small numbers are seen to be small."""
    lowest = ratings.lowest(pillars)
    if not lowest:
        return "評価できた指標はない"
    if len(pillars) == 1:
        only = lowest[0]
        return f"役割{only.pillar}の達成割合は{rate_words(only.rate)}({fraction(only.rate)})"
    heads, rate = "と".join(f"役割{of_pillar.pillar}" for of_pillar in lowest), rate_words(lowest[0].rate)
    if len(lowest) > 1:
        return f"達成割合が最も低いのは{heads}の{rate}"
    return f"達成割合が最も低いのは{heads}の{rate}({fraction(lowest[0].rate)})"


def measures_table(outcomes: pd.DataFrame) -> Piece:
    """The rates of the targets that are amounts and of those that are deeds."""
    parts = {
        part.measure: part for part in ratings.ratings_by_measure(ratings.judged(ratings.counted(outcomes)))
    }
    if not parts:
        return paragraph("評価できた指標はない。")
    signs = MET + NOT_MET
    rows = [
        [
            Cell(head, below=(MEASURE_MEANINGS[name],)),
            *(count(parts[name].counts[sign]) for sign in signs),
            rate_cell(parts[name].rate),
            fraction(parts[name].rate),
        ]
        for name, head in MEASURE_WORDS.items()
        if name in parts
    ]
    return table(
        "目標の測り方別の達成割合",
        [
            Column("目標の測り方", 36),
            *(Column(f"{sign}{RATINGS[sign]}", 9, "number") for sign in signs),
            Column("達成割合", 12, "number"),
            Column("達成した指標", 16),
        ],
        [("", rows)],
        source=source_of(outcomes),
        note="測り方は本システムによる区分。目標が文言で示されたもの(状態の目標)、ある年度までに行うもの及び年1回の"
        "実施を求めるものを実施の有無で測る目標とし、その他を量で測る目標とした。各指標の区分は"
        f"「評価できた指標と目標に対する割合」の表に示す。{sentence(coverage_words(outcomes), '')}",
    )


def missed_table(outcomes: pd.DataFrame) -> Piece:
    """Results rated △ or ×, with the reason that the note gives."""
    missed = typed_rows(ratings.missed(ratings.counted(outcomes)), Outcome)
    groups = {sign: [row for row in missed if row.rating == sign] for sign in reversed(NOT_MET)}
    return table(
        "達成できない、又はできない見込みの指標とその状況",
        _noted_columns(outcomes),
        [
            (f"{sign} {RATINGS[sign]}({len(of_sign)}件)", [_noted_row(row) for row in of_sign])
            for sign, of_sign in groups.items()
            if of_sign
        ],
        source=source_of(outcomes),
    )


def unjudged_table(outcomes: pd.DataFrame, fiscal_year: int) -> Piece:
    """The indicators that could not be judged, by what the list says of their year and actual."""
    unjudged = ratings.unjudged(ratings.counted(outcomes))
    groups = [
        (
            f"{_REASONS[reason].format(fiscal_year)}({len(rows)}件)",
            [_noted_row(row) for row in typed_rows(rows, Outcome)],
        )
        for reason, rows in ratings.unjudged_by_reason(unjudged).items()
    ]
    return table(
        f"評価できなかった指標とその状況({len(unjudged)}件)",
        _noted_columns(outcomes),
        groups,
        source=source_of(outcomes),
        note=f"{told_by(outcomes)}は評価不可の理由を項目としては示していない。"
        f"ここでは、目標の年度と実績値の記載によって分けた。{no_value(outcomes)}",
    )


def _noted_columns(outcomes: pd.DataFrame) -> list[Column]:
    width = actual_width(typed_rows(outcomes, Outcome), 11)
    return [
        Column("評価指標", 25),
        Column("No.", 6, "number"),
        Column("単位", 7),
        Column("目標値", 12, "number"),
        Column("実績値", width, "number"),
        Column(note_head(outcomes), 50 - width, "small"),
    ]


def _noted_row(row: Outcome) -> list[str | Cell]:
    return [
        row.name,
        project_number(row.project_no),
        *numbers_of(row, row.target_text),
        note_lines(row.note),
    ]


def reasons_said(unjudged: pd.DataFrame, fiscal_year: int) -> list[str]:
    """Why how many indicators could not be judged."""
    return [
        f"{_REASONS[reason].format(fiscal_year)}のもの{len(rows)}件"
        for reason, rows in ratings.unjudged_by_reason(unjudged).items()
    ]


def rate_words(rate: ratings.Rate) -> str:
    """A rate in words: 72.41%; a dash where there is none."""
    return NONE if rate.rate is None else f"{rate.rate}%"


def rate_cell(rate: ratings.Rate) -> Cell:
    """A rate as a cell; a dash where there is none."""
    return cell(NONE) if rate.rate is None else Cell(number=float(rate.rate), decimals=2, unit="%")


def fraction(rate: ratings.Rate) -> str:
    """What a rate is a rate of; small numbers are seen to be small."""
    return of_all(rate.achieved, rate.evaluable, "指標") or f"{rate.evaluable}指標のうち該当なし"


def sentence(subject: str, predicate: str, before: str = "") -> str:
    """A sentence about the subject; empty where there is none."""
    return f"{before}{subject}{predicate}。" if subject else ""


def source_of(outcomes: pd.DataFrame) -> str:
    """The line that names the list, or the reports and the plan, from which the outcomes are."""
    return citation(sources_of_year(outcomes))
