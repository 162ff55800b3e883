"""Pieces of the report on a year's outcomes. `outcomes` is what `renkei.outcomes.outcomes_of` gives."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from renkei.fiscal_year import FiscalYear
from renkei.ratings import MET, NOT_MET, OWN_INDICATOR, RATINGS, rate_of
from renkei.records import records
from renkei.report import attention
from renkei.report.kit import charts, palette
from renkei.report.kit.figures import Numbers, canvas, figure_piece
from renkei.report.kit.numbers import percent, without_year
from renkei.report.kit.pieces import Piece, heading, paragraph, points, strong
from renkei.report.kit.pillars import by_pillar, project_number
from renkei.report.kit.scales import in_one_unit
from renkei.report.kit.tables import Column, Group, bar, long_text, rating, table
from renkei.report.provenance import citation, sources_of

_RATING_PARTS = {
    sign: charts.Part("－" if sign == "-" else sign, colour, palette.ON_RATING_COLOURS[sign])
    for sign, colour in palette.RATING_COLOURS.items()
}
_EXPECTED = "実績値は年度末の見込みを含む。"


def title(outcomes: pd.DataFrame) -> Piece:
    """The report's heading, with the year and the state of the document."""
    year = _year(outcomes)
    is_provisional = any(source.status == "provisional" for source in sources_of([_plan(outcomes)]))
    return heading(
        f"{year.label} 連携事業の実績",
        f"さっぽろ連携中枢都市圏の連携事業について、{year.starts_in}年度の評価指標の達成状況をまとめたもの"
        f"{'(暫定版の一覧による)' if is_provisional else ''}。",
    )


def main_points(outcomes: pd.DataFrame) -> Piece:
    """What a hurried reader should know: the rate, what was missed, COVID-19, what is open."""
    counted = _counted(outcomes)
    rate = rate_of(counted)
    missed = counted[counted["rating"].isin(NOT_MET)]
    covid = int(missed["mentions_covid"].sum())
    unjudged = int((counted["rating"] == "-").sum())
    above = outcomes[outcomes["share_of_target"] >= 200]
    return points(
        [
            (
                f"達成割合は{rate.rate}%",
                f"評価できた{rate.evaluable}指標のうち{rate.achieved}指標が「達成済み」又は「達成見込」。",
            ),
            (
                f"達成できない、又はできない見込みの指標は{len(missed)}件",
                f"このうち{covid}指標は、実施状況の欄が新型コロナウイルス感染症に触れている。",
            ),
            (
                f"評価できなかった指標は{unjudged}件(基本KPIを除く)",
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
    counted = _counted(outcomes)
    rate = rate_of(counted)
    counts = counted["rating"].value_counts()
    groups = (("達成", MET), ("未達成", NOT_MET), ("対象外", ("-",)))
    rows = [[rating(sign), str(int(counts.get(sign, 0))), kind] for kind, signs in groups for sign in signs]
    rows.append(
        [strong("達成割合"), strong(f"{rate.rate}%"), f"達成 {rate.achieved} ÷ 評価可能 {rate.evaluable}"]
    )
    note = (
        f"No. 1の「{OWN_INDICATOR}」は達成割合そのものであるため、数えない。"
        "基本KPIには評価が付されていないため、含めない。"
    )
    return table(
        "評価の内訳と達成割合",
        [Column("評価", 40), Column("指標数", 20, "number"), Column("達成割合での扱い", 40)],
        [Group(rows)],
        source=_source(outcomes),
        note=note,
    )


def ratings_chart(outcomes: pd.DataFrame) -> Piece:
    """The number of each rating, by pillar."""
    counted = _counted(outcomes)
    names, counts, rates = [], [], []
    for head, rows in by_pillar(counted):
        names.append(head)
        counts.append({str(sign): int(count) for sign, count in rows["rating"].value_counts().items()})
        rates.append(rate_of(rows))
    lowest = min(range(len(rates)), key=lambda position: rates[position].rate)
    finding = f"達成割合が最も低いのは{names[lowest].split()[0]}の{rates[lowest].rate}%"
    with canvas(6.6, 2.7) as figure:
        charts.stacked_shares(figure, names, counts, _RATING_PARTS)
        return figure_piece(
            figure,
            title=finding,
            measure="役割別の評価の数(単位：指標)。◎達成済み ○達成見込 △達成不可見込 ×達成不可 －評価不可",
            kind="積み上げ横棒グラフ",
            numbers=Numbers(
                ("役割", *RATINGS.values(), "達成割合"),
                [
                    [name, *(f"{of_row.get(sign, 0)}件" for sign in RATINGS), f"{rate.rate}%"]
                    for name, of_row, rate in zip(names, counts, rates, strict=True)
                ],
            ),
            source=_source(outcomes),
        )


def shares_chart(outcomes: pd.DataFrame) -> Piece:
    """Indicators whose actual is below the target, as share of the target."""
    below = _measured(outcomes)
    below = below[below["share_of_target"] < 100]
    zero = int((below["share_of_target"] == 0).sum())
    finding = f"目標を下回った指標は{len(below)}件、うち{zero}件は実績が0"
    labels = [
        f"{percent(row.share_of_target)}({without_year(row.actual_text)}/{without_year(row.target_text)})"
        for row in records(below)
    ]
    with canvas(6.6, 0.7 + 0.31 * len(below)) as figure:
        charts.share_dots(figure, list(below["name"]), list(below["share_of_target"]), labels)
        return figure_piece(
            figure,
            title=finding,
            measure="目標に対する実績の割合(単位：%)。括弧内は実績/目標",
            kind="点グラフ",
            numbers=Numbers(
                ("評価指標", "割合", "実績", "目標"),
                [
                    [row.name, percent(row.share_of_target), row.actual_text, row.target_text]
                    for row in records(below)
                ],
            ),
            source=_source(outcomes),
        )


def shares_table(outcomes: pd.DataFrame) -> Piece:
    """Each measured indicator's actual as a share of its target, lowest first."""
    measured = _measured(outcomes)
    rows = [
        [
            row.name,
            project_number(row),
            *in_one_unit(row.target_text, row.actual_text),
            bar(row.share_of_target, f"{row.share_of_target:.0f}"),
            rating(row.rating),
        ]
        for row in records(measured)
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
        [Group(rows)],
        source=_source(outcomes),
        note=f"割合＝実績値÷目標値。{_EXPECTED}棒は100%で打ち切る。"
        "目標の年度が先の指標では、その年度の目標に対する割合である。",
    )


def missed_table(outcomes: pd.DataFrame) -> Piece:
    """Results rated △ or ×, with the reason that the note gives."""
    missed = _counted(outcomes)
    missed = missed[missed["rating"].isin(NOT_MET)]
    rows = {
        sign: [
            [
                row.name,
                project_number(row),
                *in_one_unit(row.target_text, row.actual_text),
                long_text(row.note),
            ]
            for row in records(missed[missed["rating"] == sign])
        ]
        for sign in reversed(NOT_MET)
    }
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
        [Group(of_sign, head=f"{sign} {RATINGS[sign]}({len(of_sign)}件)") for sign, of_sign in rows.items()],
        source=_source(outcomes),
    )


def covid_table(outcomes: pd.DataFrame) -> Piece:
    """Which notes mention COVID-19, by rating."""
    mentioned = outcomes[outcomes["mentions_covid"]]
    rows = [
        [row.name, project_number(row), rating(row.rating), long_text(row.note)] for row in records(mentioned)
    ]
    return table(
        f"実施状況等の欄が新型コロナウイルス感染症に触れている指標({len(rows)}件)",
        [
            Column("評価指標", 30),
            Column("No.", 7, "number"),
            Column("評価", 16, "rating"),
            Column("実施状況等(一覧の記載)", 47, "small"),
        ],
        [Group(rows)],
        source=_source(outcomes),
        note="欄の文中に「コロナ」の語があるものを挙げた。元の一覧で影響を受けた行に付されていた"
        "青い網掛けは、入手した文書では失われており、ここでの抽出はそれと同じではない。",
    )


def full_table(outcomes: pd.DataFrame) -> Piece:
    """Every project and indicator with its note, by pillar, each with its line in the document."""
    projects = outcomes[outcomes["kind"] == "project"]
    groups = [
        Group(
            [
                [
                    Markup("<small>No. {} {}</small><br>{}").format(
                        row.project_no, row.project_name, row.name
                    ),
                    *in_one_unit(row.baseline_text, row.target_text, row.actual_text),
                    rating(row.rating),
                    long_text(row.note),
                    str(row.source_line),
                ]
                for row in records(of_pillar)
            ],
            head=head,
        )
        for head, of_pillar in by_pillar(projects)
    ]
    return table(
        f"全事業・全指標({projects['project_no'].nunique()}事業、{len(projects)}指標)",
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
    projects = outcomes[outcomes["kind"] == "project"]
    measured = len(_measured(outcomes))
    return paragraph(
        f"{len(projects)}指標のうち、目標と実績がともに数値である{measured}指標について割合を求めた。"
        f"残る{len(projects) - measured}指標は、実績がまだないもの、又は「常時」「開設」など"
        "状態で示されたものであり、割合を求めていない。"
    )


def _measured(outcomes: pd.DataFrame) -> pd.DataFrame:
    measured = outcomes[(outcomes["kind"] == "project") & outcomes["share_of_target"].notna()]
    return measured.sort_values("share_of_target", kind="stable")


def _counted(outcomes: pd.DataFrame) -> pd.DataFrame:
    return outcomes[(outcomes["kind"] == "project") & (outcomes["name"] != OWN_INDICATOR)]


def _year(outcomes: pd.DataFrame) -> FiscalYear:
    return FiscalYear(int(outcomes["fiscal_year"].iloc[0]))


def _plan(outcomes: pd.DataFrame) -> int:
    return int(outcomes["plan"].iloc[0])


def _source(outcomes: pd.DataFrame) -> str:
    return citation(_plan(outcomes))
