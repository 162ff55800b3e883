"""Pieces of the report on a year's outcomes. `outcomes` is what `renkei.outcomes.outcomes_of` gives."""

from __future__ import annotations

import pandas as pd

from renkei import outcomes as analysis
from renkei import ratings
from renkei.area import Area
from renkei.fiscal_year import FiscalYear
from renkei.legend import MET, NOT_MET, RATINGS, UNJUDGED
from renkei.outcomes import Measured, Outcome
from renkei.report import attention
from renkei.report.kit import charts, palette
from renkei.report.kit.cells import barred, cell, count, note_lines, rating, share, strong, table
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import NONE, percent, without_year
from renkei.report.kit.pieces import Cell, Column, Piece, Title, points_of
from renkei.report.kit.pieces_text import paragraph
from renkei.report.kit.pillars import by_pillar, pillar_head, project_number
from renkei.report.kit.scales import in_one_unit
from renkei.report.provenance import citation, imprint, sources_of
from renkei.typed_rows import typed_rows

_RATING_PARTS = {
    sign: charts.Part("－" if sign == "-" else sign, colour, palette.ON_RATING_COLOURS[sign])
    for sign, colour in palette.RATING_COLOURS.items()
}
_EXPECTED = "実績値は年度末の見込みを含む。"


def title(outcomes: pd.DataFrame, fiscal_year: int) -> Piece:
    """The report's heading, with the year and the state of the document."""
    year = FiscalYear(fiscal_year)
    sources = sources_of(outcomes)
    is_provisional = any(source.status == "provisional" for source in sources)
    return Title(
        f"{year.label} 連携事業の実績",
        f"{Area.current().name}の連携事業について、{year.starts_in}年度の評価指標の達成状況をまとめたもの"
        f"{'(暫定版の一覧による)' if is_provisional else ''}。",
        imprint(sources),
    )


def main_points(outcomes: pd.DataFrame) -> Piece:
    """What a hurried reader should know: the rate, what was missed, COVID-19, what is open."""
    counted = ratings.counted(outcomes)
    rate = ratings.rate_of(counted)
    missed = ratings.missed(counted)
    above = analysis.far_above_target(outcomes)
    return points_of(
        [
            (
                f"達成割合は{_rate(rate)}",
                f"評価できた{rate.evaluable}指標のうち{rate.achieved}指標が「達成済み」又は「達成見込」。",
            ),
            (
                f"達成できない、又はできない見込みの指標は{len(missed)}件",
                f"このうち{len(analysis.mentioning_covid(missed))}指標は、実施状況の欄が"
                "新型コロナウイルス感染症に触れている。",
            ),
            (
                f"評価できなかった指標は{len(ratings.unjudged(counted))}件(基本KPIを除く)",
                "実績が未集計であるか、目標の年度がまだ来ていないことなどによる。",
            ),
            (
                f"目標の2倍以上の実績を上げた指標は{len(above)}件",
                f"「{'」「'.join(above['name'])}」。",
            ),
        ],
        [attention.outcomes_missed(counted)],
    )


def rate_explained(outcomes: pd.DataFrame) -> Piece:
    """How the achievement rate comes about, as a table of ratings."""
    counted = ratings.counted(outcomes)
    rate = ratings.rate_of(counted)
    counts = ratings.rating_counts(counted)
    groups = (("達成", MET), ("未達成", NOT_MET), ("対象外", UNJUDGED))
    rows = [[rating(sign), count(counts[sign]), kind] for kind, signs in groups for sign in signs]
    rows.append(
        [strong("達成割合"), strong(_rate_cell(rate)), f"達成 {rate.achieved} ÷ 評価可能 {rate.evaluable}"]
    )
    own = "".join(
        f"No. {row.project_no}の「{row.name}」は達成割合そのものであるため、数えない。"
        for row in typed_rows(ratings.own_rate(outcomes), Outcome)
    )
    return table(
        "評価の内訳と達成割合",
        [Column("評価", 40), Column("指標数", 20, "number"), Column("達成割合での扱い", 40)],
        [("", rows)],
        source=_source(outcomes),
        note=f"{own}基本KPIには評価が付されていないため、含めない。",
    )


def ratings_chart(outcomes: pd.DataFrame) -> Piece:
    """The number of each rating, by pillar."""
    pillars = ratings.ratings_by_pillar(ratings.counted(outcomes))
    names = [pillar_head(of_pillar.pillar) for of_pillar in pillars]
    counts = [of_pillar.counts for of_pillar in pillars]
    lowest = ratings.lowest(pillars)
    finding = (
        f"達成割合が最も低いのは役割{lowest.pillar}の{_rate(lowest.rate)}"
        if lowest
        else "評価できた指標はない"
    )
    with sheets() as figure:
        charts.stacked_counts(figure, names, counts, _RATING_PARTS)
        return figure_piece(
            figure,
            title=finding,
            measure="役割別の評価の数(単位：指標)。◎達成済み ○達成見込 △達成不可見込 ×達成不可 －評価不可",
            kind="積み上げ横棒グラフ",
            numbers=numbers(
                ("役割", *RATINGS.values(), "達成割合"),
                [
                    [
                        name,
                        *(count(of_pillar.counts[sign], "件") for sign in RATINGS),
                        _rate_cell(of_pillar.rate),
                    ]
                    for name, of_pillar in zip(names, pillars, strict=True)
                ],
                [part.colour for part in _RATING_PARTS.values()],
            ),
            drawing="stacked",
            source=_source(outcomes),
        )


def shares_chart(outcomes: pd.DataFrame) -> Piece:
    """Indicators whose actual is below the target, as share of the target."""
    below = typed_rows(analysis.below_target(outcomes), Measured)
    zero = len(analysis.at_zero(outcomes))
    finding = f"目標を下回った指標は{len(below)}件、うち{zero}件は実績が0"
    labels = [
        f"{percent(row.share_of_target)}({without_year(row.actual_text)}/{without_year(row.target_text)})"
        for row in below
    ]
    with sheets() as figure:
        charts.share_dots(figure, [row.name for row in below], [row.share_of_target for row in below], labels)
        return figure_piece(
            figure,
            title=finding,
            measure="目標に対する実績の割合(単位：%)。括弧内は実績/目標",
            kind="点グラフ",
            numbers=numbers(
                ("評価指標", "割合", "実績", "目標"),
                [[row.name, share(row.share_of_target), row.actual_text, row.target_text] for row in below],
            ),
            drawing="bars",
            source=_source(outcomes),
        )


def shares_table(outcomes: pd.DataFrame) -> Piece:
    """Each measured indicator's actual as a share of its target, lowest first."""
    rows = [
        [
            row.name,
            project_number(row.project_no),
            *in_one_unit(row.target_text, row.actual_text),
            barred(share(row.share_of_target, unit=""), full=100),
            rating(row.rating),
        ]
        for row in typed_rows(analysis.measured(outcomes), Measured)
    ]
    return table(
        "目標に対する実績の割合(低い順)",
        [
            Column("評価指標", 34),
            Column("No.", 6, "number"),
            Column("単位", 7),
            Column("目標値", 13, "number"),
            Column("実績値", 11, "number"),
            Column("割合(%)", 13, "number"),
            Column("評価", 16, "rating"),
        ],
        [("", rows)],
        source=_source(outcomes),
        note=f"割合＝実績値÷目標値。{_EXPECTED}棒は100%で打ち切る。"
        "目標の年度が先の指標では、その年度の目標に対する割合である。",
    )


def missed_table(outcomes: pd.DataFrame) -> Piece:
    """Results rated △ or ×, with the reason that the note gives."""
    missed = typed_rows(ratings.missed(ratings.counted(outcomes)), Outcome)
    groups = {sign: [row for row in missed if row.rating == sign] for sign in reversed(NOT_MET)}
    return table(
        "達成できない、又はできない見込みの指標とその状況",
        [
            Column("評価指標", 25),
            Column("No.", 6, "number"),
            Column("単位", 7),
            Column("目標値", 12, "number"),
            Column("実績値", 11, "number"),
            Column("実施状況等(一覧の記載)", 39, "small"),
        ],
        [
            (
                f"{sign} {RATINGS[sign]}({len(of_sign)}件)",
                [
                    [
                        row.name,
                        project_number(row.project_no),
                        *in_one_unit(row.target_text, row.actual_text),
                        note_lines(row.note),
                    ]
                    for row in of_sign
                ],
            )
            for sign, of_sign in groups.items()
        ],
        source=_source(outcomes),
    )


def covid_table(outcomes: pd.DataFrame) -> Piece:
    """Which notes mention COVID-19, by rating."""
    rows = [
        [row.name, project_number(row.project_no), rating(row.rating), note_lines(row.note)]
        for row in typed_rows(analysis.mentioning_covid(outcomes), Outcome)
    ]
    return table(
        f"実施状況等の欄が新型コロナウイルス感染症に触れている指標({len(rows)}件)",
        [
            Column("評価指標", 30),
            Column("No.", 7, "number"),
            Column("評価", 16, "rating"),
            Column("実施状況等(一覧の記載)", 47, "small"),
        ],
        [("", rows)],
        source=_source(outcomes),
        note="欄の文中に「コロナ」の語があるものを挙げた。元の一覧で影響を受けた行に付されていた"
        "青い網掛けは、入手した文書では失われており、ここでの抽出はそれと同じではない。",
    )


def full_table(outcomes: pd.DataFrame) -> Piece:
    """Every project and indicator with its note, by pillar, each with its line in the document."""
    rows = typed_rows(analysis.of_projects(outcomes), Outcome)
    groups = [(head, [_full_row(row) for row in of_pillar]) for head, of_pillar in by_pillar(rows)]
    return table(
        f"全事業・全指標({analysis.projects_in(outcomes)}事業、{len(rows)}指標)",
        [
            Column("事業・評価指標", 23),
            Column("単位", 6),
            Column("基準値", 8, "number"),
            Column("目標値", 9, "number"),
            Column("実績値", 7, "number"),
            Column("評価", 12, "rating"),
            Column("実施状況等(一覧の記載)", 30, "small"),
            Column("行", 5, "number"),
        ],
        groups,
        source=_source(outcomes),
        note=f"{_EXPECTED}「行」は、元の文書の行番号。",
    )


def unmeasured(outcomes: pd.DataFrame) -> Piece:
    """How many indicators have no share of target, and why."""
    indicators = len(analysis.of_projects(outcomes))
    measured = len(analysis.measured(outcomes))
    return paragraph(
        f"{indicators}指標のうち、目標と実績がともに数値である{measured}指標について割合を求めた。"
        f"残る{len(analysis.without_share(outcomes))}指標は、実績がまだないもの、又は「常時」「開設」など"
        "状態で示されたものであり、割合を求めていない。"
    )


def _full_row(row: Outcome) -> list[str | Cell]:
    return [
        Cell(row.name, above=f"No. {row.project_no} {row.project_name}"),
        *in_one_unit(row.baseline_text, row.target_text, row.actual_text),
        rating(row.rating),
        note_lines(row.note),
        str(row.source_line),
    ]


def _rate(rate: ratings.Rate) -> str:
    return NONE if rate.rate is None else f"{rate.rate}%"


def _rate_cell(rate: ratings.Rate) -> Cell:
    return cell(NONE) if rate.rate is None else Cell(number=float(rate.rate), decimals=2, unit="%")


def _source(outcomes: pd.DataFrame) -> str:
    return citation(sources_of(outcomes))
