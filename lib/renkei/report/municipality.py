"""Pieces of the report on one municipality in one year.

`taken` is what `participation_of` gives; `compared` are the rows of `compare_in_detail`, and `costs` those of
`costs_by_project`, of the projects that the municipality takes part in.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from renkei import comparison, participation
from renkei.area import Area
from renkei.cost_bearing import bearings
from renkei.costs import cost_of_year, year_shown, years_with_costs
from renkei.fiscal_year import FiscalYear
from renkei.mentions import Mention, passages
from renkei.outcomes import years_with_outcomes
from renkei.participation import Companions, Participation, ParticipationCounts
from renkei.report import attention, bearing
from renkei.report.kit import charts, palette
from renkei.report.kit.cells import note_lines, shown, table
from renkei.report.kit.figures import canvas, counted, figure_piece
from renkei.report.kit.pieces import Cell, Column, Piece, Title, paragraph, points_of
from renkei.report.kit.pillars import by_pillar, pillar_head
from renkei.report.provenance import citation, sources_before, sources_of_newest
from renkei.typed_rows import typed_rows

_PARTS = {
    "all": charts.Part("全市町村", palette.KEY, "#ffffff"),
    "some": charts.Part("一部", palette.KEY_LIGHT),
    "none": charts.Part("不参加", "#e6e6e6"),
}
_WORDS = {"all": "全市町村が参加する事業", "some": "一部が参加する事業への参加", "none": "参加しない事業"}


def title(municipality: str, fiscal_year: int) -> Piece:
    """The report's heading, with year and municipality."""
    area = Area.current()
    kind = "連携中枢都市" if municipality == area.lead.name else "連携市町村"
    return Title(
        f"{FiscalYear(fiscal_year).label} {municipality}の連携事業",
        f"{area.plan.title}の連携事業のうち、{municipality}({kind})が参加するものについて、"
        f"役割、費用負担及び{fiscal_year}年度に求められる水準をまとめたもの。",
    )


def main_points(
    municipality: str,
    fiscal_year: int,
    taken: pd.DataFrame,
    costs: pd.DataFrame,
    compared: pd.DataFrame,
    mentions: Sequence[Mention],
) -> Piece:
    """What is taken part in, with whom, who pays how, what is due, and how targets stand."""
    shown_year = year_shown(years_with_costs(), fiscal_year)
    borne = bearings(taken, costs, shown_year)
    cost = None if shown_year is None else cost_of_year(costs, shown_year)
    points = [
        _participation_point(taken),
        bearing.bearing_point(borne),
        bearing.size_point(municipality, borne, cost, shown_year, fiscal_year),
        _companions_point(municipality, taken),
        _mentions_point(municipality, mentions),
        _due_point(compared, fiscal_year),
        _verdict_point(compared, fiscal_year),
    ]
    return points_of(
        [point for point in points if point[0]],
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
    return _limited_headline(counts), f"{together}{all_join}{leads}"


def _together(of: Companions, municipality: str) -> str:
    """Who else takes part, or, where they are fewer, who does not."""
    projects, lead = f"No. {'、'.join(map(str, of.project_numbers))}", Area.current().lead.name
    if not of.partners:
        return f"{projects}は{'単独で' if municipality == lead else f'{lead}とだけ'}行う。"
    if len(of.absent) < len(of.partners):
        return f"{projects}には{'、'.join(of.absent)}が加わらない。"
    return f"{projects}は{'、'.join(of.partners)}とともに参加する。"


def _limited_headline(counts: ParticipationCounts) -> str:
    """In how many of the projects of some partners this one takes part, in words."""
    what = f"一部の連携市町村だけが参加する{counts.limited}事業"
    if not counts.limited:
        return "どの事業にも連携市町村のすべてが参加"
    if not counts.joined_limited:
        return f"{what}には参加しない"
    if counts.joined_limited == counts.limited:
        return f"{what}{'' if counts.limited == 1 else 'のすべて'}に参加"
    return f"{what}のうち{counts.joined_limited}事業に参加"


def _mentions_point(municipality: str, mentions: Sequence[Mention]) -> tuple[str, str]:
    """What the notes of the year of outcomes say of it; nothing where they do not name it."""
    if not mentions:
        return "", ""
    where = f"{Area.current().outcome_year}年度の実施状況に{municipality}の名が記されている"
    if len(mentions) == 1:
        [of] = mentions
        said = "".join(map(_quoted, passages(municipality, of.note)))
        return f"{where}指標は{_quoted(of.name)}", f"前のビジョンの{_project_of(of)}。{said}とある。"
    names = "、".join(f"{_project_of(of)}{_quoted(of.name)}" for of in mentions)
    return f"{where}指標は{len(mentions)}件", f"前のビジョンの{names}。"


def _due_point(compared: pd.DataFrame, fiscal_year: int) -> tuple[str, str]:
    due = comparison.due(compared)
    if not len(due):
        return "", ""
    return f"{fiscal_year}年度に期限を迎える目標は{len(due)}件", f"「{'」「'.join(due['name'])}」。"


def _verdict_point(compared: pd.DataFrame, fiscal_year: int) -> tuple[str, str]:
    counts = comparison.counts_of(compared)
    if not counts.judged:
        return "", ""
    return (
        f"圏域の{Area.current().outcome_year}年度の実績は、比べられる{counts.judged}指標のうち"
        f"{counts.missed}指標で{fiscal_year}年度の目標に届いていない",
        "指標は圏域全体のものであり、この市町村だけの実績ではない。",
    )


def pillar_chart(municipality: str, taken: pd.DataFrame) -> Piece:
    """By pillar, the projects of all, those of some that are taken part in, and the others."""
    pillars = participation.kinds_by_pillar(taken)
    heads, counts = [pillar_head(pillar) for pillar in pillars], list(pillars.values())
    projects = participation.counts_of(taken)
    finding = f"{municipality}：{_limited_headline(projects)}"
    with canvas(6.6, 2.5) as figure:
        charts.stacked_shares(figure, heads, counts, _PARTS)
        return figure_piece(
            figure,
            title=finding,
            measure="役割別の事業の数(単位：事業)。左から全市町村が参加する事業、一部が参加する事業への参加、不参加",
            kind="積み上げ横棒グラフ",
            numbers=counted("役割", heads, counts, _WORDS, _PARTS),
            drawing="stacked",
            source=citation(sources_of_newest()),
        )


def difference_table(municipality: str, taken: pd.DataFrame) -> Piece:
    """The projects in which not all partners take part, and whether this one does."""
    limited = typed_rows(participation.limited(taken), Participation)
    all_partners = len(Area.current().partners)
    groups = []
    for takes_part, head in ((True, f"{municipality}が参加する"), (False, f"{municipality}は参加しない")):
        rows = [
            [
                f"No. {row.project_no} {row.name}",
                shown(row.section),
                Cell(shown(row.municipalities), above=f"{all_partners}市町村のうち{row.partners}"),
                row.summary,
            ]
            for row in limited
            if row.takes_part == takes_part
        ]
        if rows:
            groups.append((f"{head}({len(rows)}事業)", rows))
    return table(
        f"一部の市町村だけが参加する事業({len(limited)}事業)",
        [
            Column("事業", 27),
            Column("区分", 15),
            Column("参加する連携市町村", 24, "small"),
            Column("事業概要", 34, "small"),
        ],
        groups,
        source=citation(sources_of_newest()),
    )


def roles_table(taken: pd.DataFrame) -> Piece:
    """What the municipality does in each project, and which costs it bears, by pillar."""
    joined = typed_rows(participation.joined(taken), Participation)
    groups = [
        (
            head,
            [
                [
                    f"No. {row.project_no} {row.name}",
                    shown(row.section),
                    shown(row.role),
                    shown(row.cost_borne),
                ]
                for row in rows
            ],
        )
        for head, rows in by_pillar(joined)
    ]
    return table(
        f"参加する事業の役割と費用負担({len(joined)}事業)",
        [
            Column("事業", 28),
            Column("区分", 17),
            Column("役割", 33, "small"),
            Column("費用負担", 22, "small"),
        ],
        groups,
        source=citation(sources_of_newest()),
    )


def indicators_explained(municipality: str) -> Piece:
    """Whose indicators these are."""
    return paragraph(
        f"{municipality}が参加する事業の評価指標について、この年度に求められる水準を掲げる。"
        "目標も実績も圏域全体のものであり、市町村別の値は文書に示されていない。"
    )


def mentions_table(municipality: str, mentions: Sequence[Mention]) -> Piece:
    """The notes of the year of outcomes that name the municipality, each with its project and indicator."""
    area = Area.current()
    if FiscalYear(area.outcome_year) not in years_with_outcomes():
        return paragraph(f"{area.outcome_year}年度の実施状況の一覧がない。")
    if not mentions:
        return paragraph(
            f"{area.outcome_year}年度の一覧の実施状況等の欄に、{municipality}の名は記されていない。"
        )
    rows = [
        [of.name, _project_of(of), shown(of.project_name), note_lines(of.note), f"{of.source_line}行"]
        for of in mentions
    ]
    return table(
        f"{municipality}の名が記された実施状況等({len(mentions)}件)",
        [
            Column("評価指標", 25),
            Column("No.", 8, "small"),
            Column("前のビジョンの事業", 20, "small"),
            Column("実施状況等", 39, "small"),
            Column("箇所", 8, "small"),
        ],
        [("", rows)],
        source=citation(sources_before()),
        note="市町村の名がそのまま記されているものに限る。市の字を省いた記載や、地名の一部は含まない。",
    )


def _quoted(text: str) -> str:
    """A text in quotation marks; those within it become double ones."""
    return f"「{text.replace('「', '『').replace('」', '』')}」"


def _project_of(of: Mention) -> str:
    return "基本KPI" if of.project_no is None else f"No. {of.project_no}"


def _name(row: Participation) -> str:
    return f"No. {row.project_no}「{row.name}」"
