"""What needs attention, most urgent first: what e-mails name of a report's tables."""

from __future__ import annotations

import pandas as pd

from renkei import pace, ratings, verdicts
from renkei.comparison import Compared
from renkei.legend import RATINGS
from renkei.outcomes import Outcome
from renkei.pace import Pace
from renkei.report.kit.cells import shown
from renkei.report.kit.numbers import NONE, percent
from renkei.report.kit.pieces import Attention
from renkei.report.kit.statuses import newest_with_year, target_words
from renkei.report.pace import paces_in_words
from renkei.targets import COMPUTED_BASES
from renkei.typed_rows import typed_rows


def targets_due(compared: pd.DataFrame, fiscal_year: int) -> Attention:
    """The targets that fall due in the year; `compared` is what `compare_in_detail` gives."""
    due = typed_rows(verdicts.due(compared), Compared)
    return Attention(
        f"{fiscal_year}年度に期限を迎える目標({len(due)}件)",
        tuple((row.name, _way(row)) for row in due),
    )


def targets_missed(compared: pd.DataFrame, fiscal_year: int) -> Attention:
    """The plan's own targets of the year that the newest value does not meet, furthest first."""
    of_plan = compared[~compared["basis"].isin(COMPUTED_BASES)]
    items = []
    for row in typed_rows(verdicts.missed(of_plan), Compared):
        share = "" if row.newest_share is None else f"、目標比 {percent(row.newest_share)}"
        items.append((row.name, f"最新値 {newest_with_year(row)}、目標 {target_words(row)}{share}"))
    return Attention(f"最新値が{fiscal_year}年度の目標に届いていない指標({len(items)}件)", tuple(items))


def outcomes_missed(counted: pd.DataFrame) -> Attention:
    """The outcomes rated × and then △; `counted` are the rows that the achievement rate counts."""
    items = []
    for row in typed_rows(ratings.missed(counted), Outcome):
        target, actual = shown(row.target_text), shown(row.actual_text)
        items.append((row.name, f"{row.rating} {RATINGS[row.rating]}。目標 {target}、実績 {actual}"))
    return Attention(f"達成できない、又はできない見込みの指標({len(items)}件)", tuple(items))


def pace_lacking(required: pd.DataFrame) -> Attention:
    """The open targets whose seen pace falls shortest of the needed one; `required` is `required_pace()`."""
    items = []
    for row in typed_rows(pace.slower(required), Pace):
        seen, needed = paces_in_words(row)
        items.append((row.name, f"必要な改善は年平均 {needed}、実際は {seen}"))
    return Attention(f"改善が必要な速さに足りない指標({len(items)}件)", tuple(items))


def _way(row: Compared) -> str:
    """From the baseline, if there is one, to the target; a thing to be done has a date for a target."""
    baseline = "" if shown(row.baseline_text) == NONE else f"基準値 {row.baseline_text}、"
    return f"{baseline}{'期限' if row.target_kind == 'milestone' else '目標'} {shown(row.target_text)}"
