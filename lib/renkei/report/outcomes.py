"""Pieces of the report on a year's outcomes. `outcomes` is what `renkei.outcomes.outcomes_of` gives."""

from __future__ import annotations

import pandas as pd

from renkei import outcomes as analysis
from renkei import ratings
from renkei.area import Area
from renkei.fiscal_year import FiscalYear
from renkei.outcomes import Outcome
from renkei.report import attention, kpis
from renkei.report.kit.cells import note_lines, rating, table
from renkei.report.kit.pieces import Cell, Column, Piece, Title, points_of
from renkei.report.kit.pieces_text import Heading, paragraph
from renkei.report.kit.pillars import by_pillar, project_number
from renkei.report.kit.wording import of_all
from renkei.report.provenance import imprint, sources_of_year
from renkei.report.ratings import (
    MEASURE_MEANINGS,
    MEASURE_WORDS,
    fraction,
    rate_words,
    reasons_said,
    sentence,
    source_of,
)
from renkei.report.year_change import change_point
from renkei.report.year_words import (
    LIST,
    actual_width,
    actuals_named,
    by_reported,
    coverage_words,
    line_meaning,
    no_value,
    note_head,
    numbers_of,
    rating_of,
    told_by,
    with_expected,
)
from renkei.typed_rows import typed_rows


def title(outcomes: pd.DataFrame, fiscal_year: int) -> Piece:
    """The report's heading, with the year and the state of the document."""
    year = FiscalYear(fiscal_year)
    sources = sources_of_year(outcomes)
    is_provisional = any(source.status == "provisional" for source in sources)
    is_of_list = told_by(outcomes) == LIST
    said = coverage_words(outcomes) or ("暫定版の一覧による" if is_provisional and is_of_list else "")
    return Title(
        f"{year.label} 連携事業の実績",
        f"{Area.current().name}の連携事業について、{year.starts_in}年度の評価指標の達成状況をまとめたもの"
        f"{f'({said})' if said else ''}。",
        imprint(sources),
    )


def main_points(outcomes: pd.DataFrame, fiscal_year: int, changes: pd.DataFrame | None = None) -> Piece:
    """What a hurried reader should know: the rate, of what, what changed, what was missed, what is open.

    `changes` is what `year_changes` gives, where there is a year of the plan before.
    """
    counted = ratings.counted(outcomes)
    judged, missed = ratings.judged(counted), ratings.missed(counted)
    rate, unjudged = ratings.rate_of(counted), ratings.unjudged(counted)
    above = analysis.far_above_target(judged)
    expected, met = len(ratings.expected(counted)), len(ratings.met(counted))
    said = coverage_words(outcomes)
    points = [
        (
            f"達成割合は{rate_words(rate)}({fraction(rate)}{f'。{said}' if said else ''})"
            if rate.evaluable
            else f"評価できた指標がまだないため、達成割合は求められない({said})"
            if said
            else "",
            sentence(of_all(expected, met, "指標"), "が「達成見込」(○)であり、まだ達成済み(◎)ではない"),
        ),
        _measures_point(judged, by_reported(outcomes)),
        ("", "") if changes is None else change_point(changes, fiscal_year),
        (
            f"達成できない、又はできない見込みの指標は{len(missed)}件" if len(missed) else "",
            sentence(
                of_all(len(analysis.mentioning_covid(missed)), len(missed), "指標"),
                "で、実施状況の欄が新型コロナウイルス感染症に触れている",
            ),
        ),
        (
            f"評価できなかった指標は{len(unjudged)}件(基本KPIを除く)" if len(unjudged) else "",
            f"{'、'.join(reasons_said(unjudged, fiscal_year))}。",
        ),
        (
            kpis.outcome_finding(outcomes, fiscal_year)
            if len(analysis.observed(analysis.kpis_in(outcomes)))
            else "",
            kpis.outcomes_in_words(outcomes, fiscal_year),
        ),
        (
            f"{actuals_named(outcomes)}が目標の{analysis.FAR_ABOVE // 100}倍以上の指標は{len(above)}件"
            if len(above)
            else "",
            f"「{'」「'.join(above['name'])}」。",
        ),
    ]
    return points_of(points, [attention.outcomes_missed(counted)])


def _measures_point(judged: pd.DataFrame, basis: str) -> tuple[str, str]:
    """The rates of both measures, where there are both; `basis` says of what, while not all is in."""
    parts = {part.measure: part.rate for part in ratings.ratings_by_measure(judged)}
    if len(parts) < len(MEASURE_WORDS):
        return "", ""
    return (
        f"{basis}達成割合は、"
        + "、".join(f"{head}で{rate_words(parts[name])}" for name, head in MEASURE_WORDS.items()),
        "、".join(
            f"{head}({MEASURE_MEANINGS[name]})は{fraction(parts[name])}"
            for name, head in MEASURE_WORDS.items()
        )
        + "。",
    )


def covid_heading(outcomes: pd.DataFrame) -> Piece | None:
    """The heading of the part; none where no note mentions COVID-19."""
    return Heading(2, "新型コロナウイルス感染症への言及") if _mentions_covid(outcomes) else None


def covid_explained(outcomes: pd.DataFrame) -> Piece | None:
    """What the part shows."""
    if not _mentions_covid(outcomes):
        return None
    return paragraph("評価にかかわらず、実施状況等の欄が新型コロナウイルス感染症に触れている指標を掲げる。")


def _mentions_covid(outcomes: pd.DataFrame) -> bool:
    return bool(len(analysis.mentioning_covid(outcomes)))


def covid_table(outcomes: pd.DataFrame) -> Piece | None:
    """Which notes mention COVID-19, by rating; none where none does."""
    if not _mentions_covid(outcomes):
        return None
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
            Column(note_head(outcomes), 47, "small"),
        ],
        [("", rows)],
        source=source_of(outcomes),
        note="欄の文中に「コロナ」の語があるものを挙げた。"
        + (
            "元の一覧で影響を受けた行に付されていた"
            "青い網掛けは、入手した文書では失われており、ここでの抽出はそれと同じではない。"
            if told_by(outcomes) == LIST
            else ""
        ),
    )


def full_heading(outcomes: pd.DataFrame) -> Piece:
    """The heading of the last table; while not all is in, it does not claim to have all."""
    return Heading(2, _all_there_is(outcomes))


def full_table(outcomes: pd.DataFrame) -> Piece:
    """Every project and indicator with its note, by pillar, each with its line in the document."""
    rows = typed_rows(analysis.of_projects(outcomes), Outcome)
    width = actual_width(rows, 7)
    groups = [(head, [_full_row(row) for row in of_pillar]) for head, of_pillar in by_pillar(rows)]
    return table(
        f"{_all_there_is(outcomes)}({analysis.projects_in(outcomes)}事業、{len(rows)}指標)",
        [
            Column("事業・評価指標", 23),
            Column("単位", 6),
            Column("基準値", 8, "number"),
            Column("目標値", 9, "number"),
            Column("実績値", width, "number"),
            Column("評価", 12, "rating"),
            Column(note_head(outcomes), 37 - width, "small"),
            Column("行", 5, "number"),
        ],
        groups,
        source=source_of(outcomes),
        note=f"{_beyond_the_rate(outcomes)}{with_expected(outcomes)}{no_value(outcomes)}"
        f"{line_meaning(outcomes)}",
    )


def _all_there_is(outcomes: pd.DataFrame) -> str:
    return "報告済みの事業・指標" if by_reported(outcomes) else "全事業・全指標"


def _beyond_the_rate(outcomes: pd.DataFrame) -> str:
    """Why these are more than are reported of those that the rate counts, where that number is told."""
    own = ratings.own_rate(outcomes)
    return "達成割合そのものである指標を含む。" if coverage_words(outcomes) and len(own) else ""


def _full_row(row: Outcome) -> list[str | Cell]:
    return [
        Cell(row.name, above=f"No. {row.project_no} {row.project_name}"),
        *numbers_of(row, row.baseline_text, row.target_text),
        rating_of(row),
        note_lines(row.note),
        str(row.source_line),
    ]
