"""How a municipality bears costs, in words; `borne` is what `renkei.cost_bearing.bearings` gives."""

from __future__ import annotations

from collections.abc import Sequence

from renkei.area import Area
from renkei.cost_bearing import Bearing, BearingGroup, by_kind, ruled
from renkei.costs import YearCost
from renkei.fiscal_year import FiscalYear
from renkei.report.cost_of_year import DASH
from renkei.report.kit.cells import amount, count, table
from renkei.report.kit.numbers import thousand_yen
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.provenance import citation, sources_of_newest

_WORDS = {
    "agreement": "協定書に基づく負担金",
    "population": "人口に応じた費用",
    "children": "参加児童数に応じた負担金",
    "decided": "協議会等で決定された費用",
    "basic": "事業に係る基本的な費用",
    "needed": "事業実施に必要な費用",
    "as_needed": "必要に応じた負担",
    "nothing": "費用負担は生じない",
    "other": "その他(文書の記載のとおり)",
    "unstated": "文書に記載がない",
}
#: A share that is reckoned from something that can be counted or is laid down beforehand.
_RECKONED = ("agreement", "population", "children")


#: The kinds as the subject of how many projects there are.
_COUNTED = _WORDS | {
    "nothing": "費用負担の生じないもの",
    "other": "定型の言い方でなく、分類しなかったもの",
    "unstated": "記載のないもの",
}


def bearing_point(borne: Sequence[Bearing]) -> tuple[str, str]:
    """Headline and detail of a main point on how costs are borne; empty where nothing is taken part in."""
    groups = by_kind(borne)
    if not groups:
        return "", ""
    of_rules = ruled(groups)
    others = [group for group in groups if group not in of_rules]
    if any(group.kind in _RECKONED for group in of_rules):
        number = sum(len(group.projects) for group in of_rules)
        headline = f"費用負担の決め方が記されているのは{number}事業"
    else:
        largest = max(groups, key=lambda group: len(group.projects))
        headline = f"費用負担は「{_WORDS[largest.kind]}」が最も多く、{len(largest.projects)}事業"
        others = [group for group in others if group != largest]
    joining = [of for of in borne if of.is_if_joining]
    sentences = [
        "、".join(f"{_COUNTED[group.kind]}が{numbers_of(group.projects)}" for group in of_rules),
        f"{numbers_of(joining)}の負担は、「参加する市町村」のものと記されている" if joining else "",
        "、".join(f"{_COUNTED[group.kind]}が{len(group.projects)}事業" for group in others),
        "負担する額は文書に示されていない",
    ]
    if sentences[2]:
        sentences[2] = f"ほかは、{sentences[2]}"
    return headline, "".join(f"{sentence}。" for sentence in sentences if sentence)


def size_point(
    municipality: str,
    borne: Sequence[Bearing],
    cost: YearCost | None,
    shown_year: FiscalYear | None,
    fiscal_year: int,
) -> tuple[str, str]:
    """Headline and detail on what the projects cost; `borne` and `cost` are of the year that is shown."""
    unstated = f"{fiscal_year}年度の事業費見込額は、ビジョンに記載がない"
    if cost is None or shown_year is None:
        return (unstated, "") if borne else ("", "")
    of_all = f"参加する{len(borne)}事業"
    projects = of_all if not cost.missing else f"{of_all}のうち額が示された{cost.projects}事業"
    total = thousand_yen(cost.total)
    detail = f"{_whose(municipality)}{_nothing_sentence(municipality, by_kind(borne))}"
    if shown_year.starts_in == fiscal_year:
        return f"{projects}の{fiscal_year}年度の事業費見込額は{total}", detail
    return unstated, f"記載のある{shown_year.starts_in}年度の額は、{projects}で{total}。{detail}"


def bearing_table(
    municipality: str, borne: Sequence[Bearing], shown_year: FiscalYear | None, fiscal_year: int | None = None
) -> Piece:
    """The projects of each kind, with the document's words and what they cost in the year that is shown."""
    groups = by_kind(borne)
    several = [of for of in borne if len(of.kinds) > 1]
    joining = [of for of in borne if of.is_if_joining]
    notes = [
        f"2つ以上の種類がある{numbers_of(several)}は、先に掲げた種類に数えた。" if several else "",
        f"{numbers_of(joining)}の負担は、「参加する市町村は」と記されている。" if joining else "",
        _whose(municipality),
        DASH if any(group.amount is None for group in groups) else "",
    ]
    year = [] if shown_year is None else [f"{shown_year.starts_in}年度の事業費見込額"]
    return table(
        f"{municipality}の費用負担の種類({len(borne)}事業、単位：千円)",
        [
            Column("種類", 22),
            Column("事業数", 9, "number"),
            Column("事業", 22, "small"),
            Column("文書の記載", 47 - 17 * len(year), "small"),
            *(Column(head, 17, "number") for head in year),
        ],
        [("", [[*_row(group), *([amount(group.amount)] if year else [])] for group in groups])],
        source=citation(sources_of_newest(fiscal_year)),
        note="".join(notes),
    )


def numbers_of(projects: Sequence[Bearing]) -> str:
    """Projects by their numbers: No. 18、23."""
    return f"No. {'、'.join(str(of.project_no) for of in projects)}"


def _row(group: BearingGroup) -> list[str | Cell]:
    texts = dict.fromkeys(of.text for of in group.projects if of.text)
    return [_WORDS[group.kind], count(len(group.projects)), numbers_of(group.projects), "\n".join(texts)]


def _whose(municipality: str) -> str:
    """Whose cost the estimated cost is not."""
    own = "" if municipality == Area.current().lead.name else f"{municipality}の負担額ではない。"
    return f"事業費見込額は事業ごとに示された額であり、{own}市町村別の内訳は文書に示されていない。"


def _nothing_sentence(municipality: str, groups: Sequence[BearingGroup]) -> str:
    """How much of the cost is that of projects of which the municipality bears nothing."""
    return "".join(
        f"このうち{thousand_yen(group.amount)}は、{municipality}に費用負担が生じない"
        f"{numbers_of(group.projects)}の額である。"
        for group in groups
        if group.kind == "nothing" and group.amount
    )
