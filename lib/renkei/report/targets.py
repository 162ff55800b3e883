"""Pieces of the report on a year's targets. `compared` is what `compare_in_detail` gives."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from renkei import verdicts
from renkei.area import Area
from renkei.comparison import JUDGED, Compared
from renkei.costs import YearCost
from renkei.fiscal_year import FiscalYear
from renkei.report import attention
from renkei.report.actual_columns import ActualColumns
from renkei.report.cost_of_year import cost_point
from renkei.report.kit import statuses
from renkei.report.kit.cells import count, rating_tag, shown, table
from renkei.report.kit.pieces import Cell, Column, Piece, Title, points_of
from renkei.report.kit.pieces_text import paragraph
from renkei.report.kit.pillars import by_pillar, project_number
from renkei.report.kit.scales import scale_of
from renkei.report.kit.statuses import COMPUTED, computed_note, outcome_cell, scale_of_row, target_cell
from renkei.report.kit.wording import of_all, quoted
from renkei.report.provenance import citation, imprint, sources_compared, sources_of
from renkei.report.verdicts import distance_point, tally_words, turned_sentences
from renkei.report.year_change import change_point
from renkei.report.years_before import YearsBefore
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import typed_rows

#: As many characters stand on a line or two of a narrow column.
_FEW_WORDS = 10


@dataclass(frozen=True)
class _Footnote:
    term: str
    text: str
    project_no: int
    number: int


def title(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """The report's heading, with the year."""
    area, year = Area.current(), FiscalYear(fiscal_year)
    return Title(
        f"{year.label} 連携事業の目標",
        f"{area.plan.title}が{year.starts_in}年度に求める水準を、{area.outcome_year}年度の実績及び"
        "その後に分かった最新の値と並べてまとめたもの。",
        imprint(sources_compared(compared)),
    )


def main_points(
    compared: pd.DataFrame,
    cost: YearCost | None,
    fiscal_year: int,
    changes: pd.DataFrame | None = None,
) -> Piece:
    """What a hurried reader should know of the year: distance, what is due, money, what is computed.

    `changes` is what `year_changes` gives: what the year's own actuals changed, once any are in.
    """
    return points_of(
        [
            distance_point(compared, fiscal_year),
            ("", "") if changes is None else change_point(changes, fiscal_year),
            *_turned(compared),
            *_due(compared, fiscal_year),
            cost_point(cost, fiscal_year),
            *_computed(compared),
        ],
        [attention.targets_due(compared, fiscal_year), attention.targets_missed(compared, fiscal_year)],
    )


def _turned(compared: pd.DataFrame) -> list[tuple[str, str]]:
    """What the earlier outcome alone would say, and which verdicts the newest value turns."""
    outcome, turned = verdicts.counts_of(compared).outcome, len(verdicts.turned(compared))
    if not turned:
        return []
    return [
        (
            f"{Area.current().outcome_year}年度の一覧の実績と最新値とで、{turned}指標の判定が分かれる",
            f"{''.join(turned_sentences(compared))}{Area.current().outcome_year}年度の一覧の実績だけで見ると、"
            "試算を含めて比べられる"
            + (
                f"{tally_words(outcome)}で届いていなかった。"
                if outcome.missed
                else f"{outcome.judged}指標では、届いていないものはなかった。"
            ),
        )
    ]


def _due(compared: pd.DataFrame, fiscal_year: int) -> list[tuple[str, str]]:
    """What falls due in the year, and what did before it."""
    due, carried = verdicts.due(compared), verdicts.carried(compared)
    points = []
    if len(due):
        points.append((f"{fiscal_year}年度に期限を迎える目標は{len(due)}件", f"{quoted(due['name'])}。"))
    if len(carried):
        points.append(
            (
                f"期限が{fiscal_year}年度より前の目標は{len(carried)}件",
                "ビジョンがこの年度には求めていないため、判定せず、上の数にも入れていない。",
            )
        )
    return points


def _computed(compared: pd.DataFrame) -> list[tuple[str, str]]:
    """How many targets of the year are this system's own, and what their verdicts say."""
    counts = verdicts.counts_of(compared)
    if not counts.computed_targets:
        return []
    lead = Area.current().lead.name
    detail = f"{lead}の示した値ではないため「試算」と付し、判定は分けて数えた。"
    if counts.computed.judged:
        at_start = len(verdicts.at_start(compared))
        detail += (
            f"最新値と比べられる{tally_words(counts.computed)}で試算に届いていない。"
            if counts.computed.missed
            else f"最新値と比べられる{counts.computed.judged}指標では、試算を満たす水準にある。"
        )
        if at_start:
            which = "そのうち" if at_start < counts.computed.missed else "いずれも" if at_start > 1 else ""
            which += f"{at_start}指標は、" if at_start < counts.computed.missed else ""
            detail += (
                f"{which}最新値が試算の起点とした基準値そのものであり、届いていないことは遅れを意味しない。"
            )
    return [(f"{of_all(counts.computed_targets, counts.indicators, '指標')}の年度値は{COMPUTED}", detail)]


def due_table(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """Targets that are due in this very year."""
    due = typed_rows(verdicts.due(compared), Compared)
    if not due:
        return paragraph(f"{fiscal_year}年度に期限を迎える目標はない。")
    actuals = ActualColumns.of(verdicts.due(compared), fiscal_year)
    rows = [_due_row(row, actuals) for row in due]
    width = 29 - 6 * len(actuals.heads)
    return table(
        f"{fiscal_year}年度に期限を迎える目標({len(rows)}件)",
        [
            Column("評価指標", width),
            Column("No.", 6, "number"),
            Column("事業", width - 5),
            Column("単位", 6),
            Column("基準値", 10, "number"),
            *actuals.columns(12),
            Column("目標値", 10, "number"),
            Column("最新値による判定", 15),
        ],
        [("", rows)],
        source=citation(sources_compared(compared)),
        note=actuals.note,
    )


def _due_row(row: Compared, actuals: ActualColumns) -> list[str | Cell]:
    scale = scale_of_row(row) if actuals.heads else scale_of(row.baseline_text, row.target_text)
    return [
        row.name,
        project_number(row.project_no),
        shown(row.project_name),
        scale.label,
        scale.published(row.baseline_text),
        *actuals.cells(row, scale),
        scale.published(row.target_text),
        statuses.newest_status(row),
    ]


def full_table(compared: pd.DataFrame, fiscal_year: int) -> Piece:
    """What the plan asks of every indicator this year, and how what is known stands to it, by pillar."""
    rows = typed_rows(compared, Compared)
    actuals = ActualColumns.of(compared, fiscal_year)
    before = YearsBefore.of(rows)
    name_width, year_width = before.widths(26 - 10 * len(actuals.heads), 12)
    # An office's words need more room than a number.
    more = 2 if actuals.heads and any(len(row.actual_text or "") > _FEW_WORDS for row in rows) else 0
    groups = [
        (head, [_full_row(row, actuals, before) for row in of_pillar]) for head, of_pillar in by_pillar(rows)
    ]
    return table(
        f"{fiscal_year}年度に求められる水準({len(rows)}指標)",
        [
            Column("事業・評価指標", name_width),
            Column("単位", 6),
            *before.columns(year_width),
            Column("基準値", 11 - more, "number"),
            *actuals.columns(10 + 3 * more // len(actuals.heads or " ")),
            Column(f"{fiscal_year}年度{'の目標' if actuals.heads else ''}", 11 - more, "number"),
            Column("目標値", 11 - more, "number"),
            Column("判定と目標の変化", 17, "small"),
            Column("行", 6, "number"),
        ],
        groups,
        source=citation(sources_compared(compared)),
        note=f"{fiscal_year}年度の値は、添え書きのないものはビジョンの記載による。"
        f"{computed_note() if any(row.basis in COMPUTED_BASES for row in rows) else ''}"
        "判定は最新値によるもので、"
        f"{Area.current().outcome_year}年度の一覧の実績による判定と異なるときは後者を添えた。"
        "実績は、前のビジョンの指標と比べられるものだけを掲げ、比べられないものは空欄とした。"
        f"{actuals.note}"
        "「－」は、文書に値の記載がないことを示す。"
        "「行」は、ビジョンの文書の行番号。目標の変化は、前のビジョンの目標に対するもの。",
    )


def glossary(footnotes: pd.DataFrame) -> Piece:
    """The words that the plan's footnotes explain; `footnotes` as loaded."""
    plan = Area.current().plan.first_year
    rows = [
        [row.term, row.text, f"No. {row.project_no}", count(row.number)]
        for row in typed_rows(footnotes[footnotes["plan"] == plan], _Footnote)
    ]
    return table(
        "用語の説明(ビジョンの脚注)",
        [Column("用語", 22), Column("説明", 58), Column("最初に用いる事業", 12), Column("脚注", 8, "number")],
        [("", rows)],
        source=citation(sources_of(footnotes)),
    )


def _full_row(row: Compared, actuals: ActualColumns, before: YearsBefore) -> list[str | Cell]:
    outcome_text = row.outcome_2021_text if row.is_comparable else None
    scale = scale_of_row(row)
    return [
        _project_and_name(row),
        scale.label,
        *before.cells(row, scale, _rated(outcome_cell(row, scale), row) if outcome_text is not None else ""),
        scale.published(row.baseline_text),
        *actuals.cells(row, scale),
        target_cell(row, scale, below=statuses.BASES[row.basis]),
        scale.published(row.target_text),
        _status_cell(row),
        str(row.source_line),
    ]


def _rated(outcome: Cell, row: Compared) -> Cell:
    if row.outcome_2021_rating is None or row.outcome_2021_rating == "-":
        return outcome
    return replace(outcome, tag=rating_tag(row.outcome_2021_rating))


def _status_cell(row: Compared) -> Cell:
    is_turned = {row.status, row.newest_status} == set(JUDGED)
    before = (f"{Area.current().outcome_year}年度の実績では{statuses.STATUSES[row.status]}",)
    return replace(
        statuses.newest_status(row),
        below=(*(before if is_turned else ()), f"目標は{statuses.target_change(row)}"),
    )


def _project_and_name(row: Compared) -> Cell:
    head = "基本KPI" if row.kind == "kpi" else f"No. {row.project_no} {row.project_name}"
    return Cell(row.name, above=head)
