"""Pieces on what changed since the year before.

`changes` is what `renkei.year_change.year_changes` gives for a year, `revised` what `revisions` does.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from renkei import year_change as analysis
from renkei.report.kit.cells import rating, table
from renkei.report.kit.numbers import NONE
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import Heading, paragraph
from renkei.report.kit.pillars import project_number
from renkei.report.kit.scales import in_one_unit, scale_of, target_rounding
from renkei.report.kit.statuses import computed_note, settled
from renkei.report.kit.wording import day_words
from renkei.report.provenance import citation, sources_of, sources_of_newest, together
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import typed_rows
from renkei.year_change import Revision, YearChange

_REVISIONS = {
    "corrected": "確定値の訂正",
    "settled_otherwise": "暫定値と異なる値又は評価での確定",
    "updated": "暫定値の更新",
}

_REVISED_NOTE = "「改定前は」は、ビジョンの改定前の目標で、前年度の評価はこれによる。"


def change_point(changes: pd.DataFrame, fiscal_year: int) -> tuple[str, str]:
    """How many indicators came within reach or fell back, and how many have a new value; empty without."""
    of_year = analysis.of_year(changes, fiscal_year)
    if not len(of_year):
        return "", ""
    of_plan = analysis.of_plan(of_year)
    reached, fell = analysis.came_within_reach(of_plan), analysis.fell_back(of_plan)
    moved = f"満たす水準になったのは{len(reached)}指標、届かなくなったのは{len(fell)}指標"
    values, rated = _new_values(of_year, fiscal_year), _ratings_said(of_year, fiscal_year)
    if not len(reached) and not len(fell):
        return values.removesuffix("。"), rated
    return f"前年度までの値と比べ、ビジョンが定めた{fiscal_year}年度の目標を{moved}", f"{values}{rated}"


def change_heading(changes: pd.DataFrame, revised: pd.DataFrame, fiscal_year: int) -> Piece | None:
    """The heading of the part; none where nothing of the plan's year is in."""
    return Heading(2, "前年度からの変化") if _is_told(changes, revised, fiscal_year) else None


def change_explained(changes: pd.DataFrame, revised: pd.DataFrame, fiscal_year: int) -> Piece | None:
    """What is compared with what, and how many values and ratings are new or were revised."""
    if not _is_told(changes, revised, fiscal_year):
        return None
    of_year = analysis.of_year(changes, fiscal_year)
    settled_as_they_were = len(analysis.revisions_of(revised, "settled"))
    return paragraph(
        f"{fiscal_year}年度の値を、{fiscal_year - 1}年度までの最も新しい値と比べる。"
        f"目標の変化と区別するため、どちらの値も{fiscal_year}年度の目標に当てはめ、"
        "本システムが試算した目標によるものは分けて掲げる。",
        _new_values(of_year, fiscal_year),
        _ratings_said(of_year, fiscal_year),
        _revised_targets_said(of_year, fiscal_year),
        f"{fiscal_year - 1}年度と{fiscal_year}年度の報告で、"
        f"暫定値がそのまま確定したものは{settled_as_they_were}件。"
        if settled_as_they_were
        else "",
    )


def change_table(changes: pd.DataFrame, fiscal_year: int) -> Piece | None:
    """The indicators that came within reach or fell back, and those rated up or down."""
    of_year = analysis.of_year(changes, fiscal_year)
    if not len(of_year):
        return None
    of_plan, computed = analysis.of_plan(of_year), analysis.of_computed(of_year)
    groups = {
        "目標を満たす水準になったもの": analysis.came_within_reach(of_plan),
        "目標に届かなくなったもの": analysis.fell_back(of_plan),
        "試算を満たす水準になったもの": analysis.came_within_reach(computed),
        "試算に届かなくなったもの": analysis.fell_back(computed),
    }
    told = pd.concat(groups.values())["indicator_id"]
    others = of_year[~of_year["indicator_id"].isin(told)]
    groups["このほか評価が上がったもの"] = analysis.rated_up(others)
    groups["このほか評価が下がったもの"] = analysis.rated_down(others)
    if not any(map(len, groups.values())):
        return paragraph("目標又は試算への到達が変わったもの及び評価が上がり、又は下がったものはない。")
    return table(
        "目標への到達と評価の変化",
        [
            Column("評価指標", 28),
            Column("No.", 6, "number"),
            Column("単位", 7),
            Column("この年度の目標", 14, "number"),
            Column("前の値", 15, "number"),
            Column(f"{fiscal_year}年度の値", 13, "number"),
            Column("評価の変化", 17),
        ],
        [
            (f"{head}({len(rows)}件)", [_change_row(row) for row in typed_rows(rows, YearChange)])
            for head, rows in groups.items()
            if len(rows)
        ],
        source=citation(together(sources_of(of_year), sources_of_newest(fiscal_year))),
        note="前の値は、前年度までの最も新しい値。評価が上がったものは「△」又は「×」から「◎」又は「○」に、下がったものは"
        "その逆に変わったもの。"
        + (_REVISED_NOTE if any(len(analysis.with_revised_target(rows)) for rows in groups.values()) else "")
        + (computed_note() if len(analysis.of_computed(of_year)) else ""),
    )


def first_known_table(changes: pd.DataFrame, fiscal_year: int) -> Piece | None:
    """The indicators of which a value is known for the first time; none where there is no such."""
    rows = analysis.first_known(analysis.of_year(changes, fiscal_year))
    if not len(rows):
        return None
    return table(
        f"初めて値が分かった指標({len(rows)}件)",
        [
            Column("評価指標", 46),
            Column("No.", 8, "number"),
            Column("単位", 10),
            Column("目標値", 18, "number"),
            Column(f"{fiscal_year}年度の値", 18, "number"),
        ],
        [
            (
                "",
                [
                    [row.name, project_number(row.project_no), *_with_state(row, row.target_text)]
                    for row in typed_rows(rows, YearChange)
                ],
            )
        ],
        source=citation(together(sources_of(rows), sources_of_newest(fiscal_year))),
    )


def revisions_table(revised: pd.DataFrame) -> Piece | None:
    """The values that are others than they were; none where no value was revised."""
    groups = [
        (f"{head}({len(rows)}件)", [_revision_row(row) for row in rows])
        for kind, head in _REVISIONS.items()
        if (rows := analysis.revisions_of(revised, kind))
    ]
    if not groups:
        return None
    return table(
        "報告された値の訂正と更新",
        [
            Column("評価指標", 34),
            Column("No.", 6, "number"),
            Column("年度", 10),
            Column("単位", 8),
            Column("前の報告", 21, "number"),
            Column("後の報告", 21, "number"),
        ],
        groups,
        source=citation(sources_of(revised)),
        note="値の下は、状態、評価及び報告を取り込んだ日。",
    )


def _is_told(changes: pd.DataFrame, revised: pd.DataFrame, fiscal_year: int) -> bool:
    return bool(len(analysis.of_year(changes, fiscal_year)) or len(revised))


def _new_values(of_year: pd.DataFrame, fiscal_year: int) -> str:
    first = len(analysis.first_known(of_year))
    return (
        f"{fiscal_year}年度の値が分かったのは{len(of_year)}指標"
        + (f"で、うち{first}指標は値が初めて分かった" if 0 < first < len(of_year) else "")
        + (f"で、{'いずれも' if first > 1 else ''}値が初めて分かった" if first == len(of_year) else "")
        + "。"
        if len(of_year)
        else ""
    )


def _ratings_said(of_year: pd.DataFrame, fiscal_year: int) -> str:
    """How many ratings went up and down; empty where no indicator is judged in both years."""
    both = len(analysis.rated_in_both(of_year))
    if not both:
        return ""
    up, down = len(analysis.rated_up(of_year)), len(analysis.rated_down(of_year))
    years = f"{fiscal_year - 1}年度と{fiscal_year}年度のどちらでも評価された{both}指標"
    said = f"{years}では、評価が上がったものが{up}件、下がったものが{down}件。"
    moved = pd.concat([analysis.rated_up(of_year), analysis.rated_down(of_year)])
    revised = len(analysis.with_revised_target(moved))
    return f"{said}このうち{revised}件は、改定により目標が変わったもの。" if revised else said


def _revised_targets_said(of_year: pd.DataFrame, fiscal_year: int) -> str:
    """Which target values and ratings are held against, where the plan was revised in between."""
    revised = len(analysis.with_revised_target(of_year))
    return (
        f"{fiscal_year}年度の値が分かった指標のうち{revised}指標は、ビジョンの改定により、この年度から目標が変わった。"
        f"値はどちらの年度のものも改定後の目標に当てはめたが、評価はそれぞれの年度の目標による。"
        if revised
        else ""
    )


def _change_row(row: YearChange) -> list[str | Cell]:
    before_text = row.before_text or NONE
    scale = scale_of(row.target_text, before_text, row.after_text)
    unit, target, before, after = in_one_unit(row.target_text, before_text, row.after_text)
    if row.basis in COMPUTED_BASES and row.target_value is not None:
        asked = scale.computed(row.target_value, "試算", rounding=target_rounding(row.direction))
        target = replace(asked, mark="computed")
    if row.target_before_text is not None:
        target = _below(target, f"改定前は{row.target_before_text}")
    return [
        row.name,
        project_number(row.project_no),
        unit,
        target,
        _below(before, _before_words(row, before)) if row.before_text is not None else NONE,
        _below(after, settled(row.after_is_provisional)),
        _rating_change(row),
    ]


def _before_words(row: YearChange, before: str | Cell) -> str:
    """Of which year the value before is, where it does not say so, and whether it is the baseline."""
    kind = "基準値" if row.before_origin == "baseline" else "実績"
    is_said = isinstance(before, Cell) and before.year is not None
    return kind if is_said or row.before_year is None else f"{row.before_year}年度の{kind}"


def _with_state(row: YearChange, *texts: str) -> list[str | Cell]:
    *cells, after = in_one_unit(*texts, row.after_text)
    return [*cells, _below(after, settled(row.after_is_provisional))]


def _rating_change(row: YearChange) -> str | Cell:
    """Both ratings as signs, and the new one in words."""
    if row.rating_after is None:
        return NONE
    after = rating(row.rating_after)
    if row.rating_before is None:
        return after
    before = rating(row.rating_before).tag
    return replace(after, above=f"{before.text} →" if before else "")


def _revision_row(row: Revision) -> list[str | Cell]:
    unit, before, after = in_one_unit(row.before_text, row.after_text)
    return [
        row.name,
        project_number(row.project_no),
        f"{row.fiscal_year}年度",
        unit,
        _entered(before, row.before_status, row.before_rating, row.before_entered_on),
        _entered(after, row.after_status, row.after_rating, row.after_entered_on),
    ]


def _entered(of: str | Cell, status: str, sign: str, entered_on: str) -> Cell:
    tag = rating(sign).tag
    return _below(of, settled(status == "provisional"), tag.text if tag else "", day_words(entered_on))


def _below(of: str | Cell, *lines: str) -> Cell:
    found = of if isinstance(of, Cell) else Cell(of)
    return replace(found, below=(*found.below, *filter(None, lines)))
