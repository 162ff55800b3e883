"""Pieces of the report on how far a year's actuals are in: a reminder that can be mailed.

`status` is what `renkei.actuals.status.status_of` gives.
"""

from __future__ import annotations

import pandas as pd

from renkei.actuals.status import StatusCounts, counts_of, in_state, states_by_pillar
from renkei.area import Area
from renkei.fiscal_year import FiscalYear
from renkei.report.kit import charts, palette
from renkei.report.kit.figures import counted, figure_piece, sheets
from renkei.report.kit.pieces import Attention, Piece, Title, points_of
from renkei.report.kit.pieces_text import nothing, paragraph
from renkei.report.kit.pillars import pillar_head
from renkei.report.kit.wording import of_all
from renkei.report.provenance import citation, imprint
from renkei.report.status_tables import STATE_WORDS, StatusRow, project_words, sources_of_status
from renkei.typed_rows import typed_rows

_PARTS = {
    "final": charts.Part("確定", palette.KEY, "#ffffff"),
    "provisional": charts.Part("暫定", palette.KEY_LIGHT),
    "pending": charts.Part("集計中", "#ffe9a3"),
    "missing": charts.Part("未報告", "#ffc700"),
}


def title(status: pd.DataFrame, fiscal_year: int) -> Piece:
    """The report's heading, with the year, and what is asked while something is missing."""
    asks = "、未報告の指標の報告をお願いする" if counts_of(status).missing else "た"
    return Title(
        f"{FiscalYear(fiscal_year).label} 実績の報告状況",
        f"{Area.current().plan.title}の評価指標及び基本KPIについて、{fiscal_year}年度の実績の報告がどこまで届いているかを"
        f"まとめ{asks}もの。",
        imprint(sources_of_status(fiscal_year)),
    )


def main_points(status: pd.DataFrame, fiscal_year: int) -> Piece:
    """How far the reports are in, and what is asked of whom: what a reminder begins with."""
    counts = counts_of(status)
    return points_of(
        [
            _known(counts, fiscal_year),
            _missing(counts),
            (
                f"{counts.pending}指標は集計中" if counts.pending else "",
                "値が分かり次第、記入用のブックでお知らせいただきたい。",
            ),
            (
                f"{counts.provisional}指標は暫定値" if counts.provisional else "",
                "値が確定したら、記入用のブックの「暫定」を「確定」に改めてお知らせいただきたい。",
            ),
            (
                f"{counts.conflicts}指標で、一覧の記載と部署の報告とが異なる" if counts.conflicts else "",
                f"{of_all(counts.undecided, counts.conflicts, '指標')}は、どちらによるかが決まっていない。"
                if counts.undecided
                else "どちらによるかは、理由とともに決めてある。",
            ),
        ],
        [_attention(status)],
    )


def _known(counts: StatusCounts, fiscal_year: int) -> tuple[str, str]:
    if not counts.indicators:
        return f"{fiscal_year}年度に実績を尋ねる指標はない", ""
    if not counts.known:
        return (
            f"{fiscal_year}年度の実績は、{counts.indicators}指標のいずれもまだ"
            f"{'値が' if counts.pending else ''}届いていない",
            "報告のあった指標から、年度の報告書に掲載する。",
        )
    return (
        f"{fiscal_year}年度の実績は、{of_all(counts.known, counts.indicators, '指標')}が届いている",
        f"確定が{counts.final}指標、暫定が{counts.provisional}指標。"
        if counts.final and counts.provisional
        else f"いずれも{'確定' if counts.final else '暫定'}値である。",
    )


def _missing(counts: StatusCounts) -> tuple[str, str]:
    if not counts.missing:
        return "", ""
    kpis = f"基本KPI{counts.kpis_missing}件" if counts.kpis_missing else ""
    where = "と、".join(filter(None, (of_all(counts.projects_missing, counts.projects, "事業"), kpis)))
    return (
        f"{counts.missing}指標が未報告",
        f"未報告の指標があるのは、{where}。担当の部署には、記入用のブックに記入し、{_issuer_words()}お送りいただきたい。",
    )


def _attention(status: pd.DataFrame) -> Attention:
    rows = typed_rows(in_state(status, "missing"), StatusRow)
    return Attention(
        f"未報告の指標({len(rows)}件)",
        tuple(
            (row.indicator_name, f"{project_words(row)}。{'、'.join(row.asked.splitlines())}") for row in rows
        ),
    )


def states_chart(status: pd.DataFrame, fiscal_year: int) -> Piece:
    """By pillar, how many indicators are in, and how settled they are."""
    of_pillars = states_by_pillar(status)
    if not of_pillars:
        return nothing("指標")
    heads, counts = [pillar_head(pillar) for pillar in of_pillars], list(of_pillars.values())
    all_of_them = counts_of(status)
    with sheets() as figure:
        charts.stacked_counts(figure, heads, counts, _PARTS)
        return figure_piece(
            figure,
            title=f"{fiscal_year}年度の実績：確定{all_of_them.final}件、暫定{all_of_them.provisional}件、"
            f"集計中{all_of_them.pending}件、未報告{all_of_them.missing}件",
            measure="役割別の指標の数(単位：件)。基本KPIを含む",
            kind="積み上げ横棒グラフ",
            numbers=counted("役割", heads, counts, STATE_WORDS, _PARTS),
            drawing="stacked",
            source=citation(sources_of_status(fiscal_year)),
        )


def request(status: pd.DataFrame) -> Piece:
    """What is asked of the offices, and whom they ask."""
    counts = counts_of(status)
    if not counts.indicators:
        return nothing("指標")
    if counts.final == counts.indicators:
        return paragraph("確定した実績がすべて届いている。ご協力に感謝する。")
    issuer = Area.current().issuer
    example = "(記載例)" if issuer and issuer.is_example else ""
    contact = f"問合せ先は、{issuer.contact}{example}。" if issuer else ""
    if not counts.missing:
        return paragraph(
            "集計中又は暫定の実績は、値が分かり、又は確定したときに、記入用のブックでお知らせいただきたい。",
            contact,
        )
    return paragraph(
        f"次の指標を担当する部署には、お手数をおかけするが、記入用のブックに記入し、{_issuer_words()}お送りいただきたい。",
        "値がまだ分からないときは「集計中」と記入いただきたい。",
        contact,
        "文書は指標ごとの担当の部署を示していないため、事業に参加する連携市町村を掲げた。",
    )


def _issuer_words() -> str:
    issuer = Area.current().issuer
    return f"{issuer.name}{'(記載例)' if issuer.is_example else ''}へ" if issuer else ""
