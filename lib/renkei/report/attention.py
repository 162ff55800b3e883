"""What needs attention in a year, most urgent first: what e-mails name of a report's tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from renkei.comparison import OUTCOME_YEAR
from renkei.ratings import NOT_MET, RATINGS
from renkei.records import records
from renkei.report.kit.numbers import change_as_in, percent
from renkei.report.kit.pieces import Attention
from renkei.report.kit.statuses import target_words
from renkei.report.kit.tables import NONE, shown


def targets_due(compared: pd.DataFrame) -> Attention:
    """The targets that fall due in the year; `compared` is what `compare_in_detail` gives."""
    due = compared[compared["basis"] == "due"]
    return Attention(
        f"{_year(compared)}年度に期限を迎える目標({len(due)}件)",
        [(row.name, _way(row)) for row in records(due)],
    )


def targets_missed(compared: pd.DataFrame) -> Attention:
    """The targets of the year that the 2021 outcome does not meet, furthest first."""
    missed = compared[compared["status"] == "not_met"].sort_values(
        "share_of_target", na_position="last", kind="stable"
    )
    items = []
    for row in records(missed):
        share = "" if pd.isna(row.share_of_target) else f"、目標比 {percent(row.share_of_target)}"
        items.append((row.name, f"実績 {row.outcome_2021_text}、目標 {target_words(row)}{share}"))
    title = f"圏域の{OUTCOME_YEAR}年度の実績が{_year(compared)}年度の目標に届いていない指標"
    return Attention(f"{title}({len(missed)}件)", items)


def outcomes_missed(counted: pd.DataFrame) -> Attention:
    """The outcomes rated × and then △; `counted` are the rows that the achievement rate counts."""
    items = [
        (
            row.name,
            f"{sign} {RATINGS[sign]}。目標 {shown(row.target_text)}、実績 {shown(row.actual_text)}",
        )
        for sign in reversed(NOT_MET)
        for row in records(counted[counted["rating"] == sign])
    ]
    return Attention(f"達成できない、又はできない見込みの指標({len(items)}件)", items)


def pace_lacking(pace: pd.DataFrame) -> Attention:
    """The open targets whose seen pace falls shortest of the needed one; `pace` is `required_pace()`."""
    known = pace[pace["seen_per_year"].notna() & (pace["seen_per_year"] < pace["needed_per_year"])]
    known = known.assign(multiple=known["seen_per_year"] / known["needed_per_year"])
    items = []
    for row in records(known.sort_values("multiple", kind="stable")):
        seen, needed = (
            change_as_in(row.target_text, value, shown(row.unit))
            for value in (row.seen_per_year, row.needed_per_year)
        )
        items.append((row.name, f"必要な改善は年平均 {needed}、実際は {seen}"))
    return Attention(f"改善が必要な速さに足りない指標({len(items)}件)", items)


def _way(row: Any) -> str:
    """From the baseline, if there is one, to the target; a thing to be done has a date for a target."""
    baseline = "" if shown(row.baseline_text) == NONE else f"基準値 {row.baseline_text}、"
    return f"{baseline}{'期限' if row.target_kind == 'milestone' else '目標'} {shown(row.target_text)}"


def _year(compared: pd.DataFrame) -> int:
    return int(compared["fiscal_year"].iloc[0])
