"""The main points of the report on one municipality in one year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from renkei import participation, verdicts
from renkei.area import Area
from renkei.cost_bearing import bearings
from renkei.costs import cost_of_year
from renkei.fiscal_year import FiscalYear
from renkei.mentions import Mention
from renkei.participation import Companions, Participation, ParticipationCounts
from renkei.report import attention, bearing
from renkei.report.kit.pieces import Piece, points_of
from renkei.report.mentions import mentions_point
from renkei.report.verdicts import distance_point
from renkei.typed_rows import typed_rows


def main_points(
    municipality: str,
    fiscal_year: int,
    taken: pd.DataFrame,
    costs: pd.DataFrame,
    shown_year: FiscalYear | None,
    compared: pd.DataFrame,
    mentions: Sequence[Mention] | None,
) -> Piece:
    """What is taken part in, with whom, who pays how, what is due, and how targets stand.

    `taken` is what `participation_of` gives; `costs` are the rows of `costs_by_project`, and `compared` those
    of `compare_in_detail`, of the projects that the municipality takes part in. `shown_year` is the one whose
    costs are said, as `year_shown` gives it.
    """
    borne = bearings(taken, costs, shown_year)
    cost = None if shown_year is None else cost_of_year(costs, shown_year)
    points = [
        _participation_point(taken),
        bearing.bearing_point(borne),
        bearing.size_point(municipality, borne, cost, shown_year, fiscal_year),
        _companions_point(municipality, taken),
        mentions_point(municipality, mentions),
        _due_point(compared, fiscal_year),
        _verdict_point(compared, fiscal_year),
    ]
    return points_of(
        points,
        [attention.targets_due(compared, fiscal_year), attention.targets_missed(compared, fiscal_year)],
    )


def _participation_point(taken: pd.DataFrame) -> tuple[str, str]:
    counts, left_out = participation.counts_of(taken), participation.left_out(taken)
    plan = Area.current().plan.short_title
    if not counts.joined:
        return f"{plan}の連携事業に参加しない", ""
    if not len(left_out):
        return f"{plan}の{counts.projects}事業すべてに参加", ""
    names = "、".join(_name(row) for row in typed_rows(left_out, Participation))
    return f"{plan}の{counts.projects}事業のうち{counts.joined}事業に参加", f"参加しないのは{names}。"


def _companions_point(municipality: str, taken: pd.DataFrame) -> tuple[str, str]:
    """With whom it takes part in what not all partners take part in."""
    counts, lead = participation.counts_of(taken), Area.current().lead.name
    if not counts.joined_limited:
        return "", ""
    together = "".join(_together(of, municipality) for of in participation.companions(municipality, taken))
    others = counts.joined - counts.joined_limited
    all_join = f"ほかの{others}事業には連携市町村のすべてが参加する。" if others else ""
    leads = "" if municipality == lead else f"連携中枢都市の{lead}は、どの事業にも参加する。"
    return limited_headline(counts), f"{together}{all_join}{leads}"


def _together(of: Companions, municipality: str) -> str:
    """Who else takes part, or, where they are fewer, who does not."""
    projects, lead = f"No. {'、'.join(map(str, of.project_numbers))}", Area.current().lead.name
    if not of.partners:
        return f"{projects}は{'単独で' if municipality == lead else f'{lead}とだけ'}行う。"
    if len(of.absent) < len(of.partners):
        return f"{projects}には{'、'.join(of.absent)}が加わらない。"
    return f"{projects}は{'、'.join(of.partners)}とともに参加する。"


def limited_headline(counts: ParticipationCounts) -> str:
    """In how many of the projects of some partners this one takes part, in words."""
    what = f"一部の連携市町村だけが参加する{counts.limited}事業"
    if not counts.limited:
        return "どの事業にも連携市町村のすべてが参加"
    if not counts.joined_limited:
        return f"{what}には参加しない"
    if counts.joined_limited == counts.limited:
        return f"{what}{'' if counts.limited == 1 else 'のすべて'}に参加"
    return f"{what}のうち{counts.joined_limited}事業に参加"


def _due_point(compared: pd.DataFrame, fiscal_year: int) -> tuple[str, str]:
    due = verdicts.due(compared)
    if not len(due):
        return "", ""
    return (
        f"参加する事業で{fiscal_year}年度に期限を迎える目標は{len(due)}件",
        f"「{'」「'.join(due['name'])}」。",
    )


def _verdict_point(compared: pd.DataFrame, fiscal_year: int) -> tuple[str, str]:
    headline, detail = distance_point(compared, fiscal_year)
    if not headline:
        return "", ""
    return (
        f"参加する事業について、{headline}",
        f"{detail}指標は圏域全体のものであり、この市町村だけの値ではない。",
    )


def _name(row: Participation) -> str:
    return f"No. {row.project_no}「{row.name}」"
