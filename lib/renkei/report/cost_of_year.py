"""What a report says of a year's estimated cost as a whole, and of what changed it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from renkei.cost_change import CostChange, Mover, movers_of
from renkei.cost_measures import UnmeasuredShare
from renkei.costs import SMALL_SECTION, ProjectCost, YearCost
from renkei.fiscal_year import FiscalYear
from renkei.report.kit.cells import amount, share, table
from renkei.report.kit.numbers import NONE, percent, thousand_yen
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import paragraph
from renkei.report.provenance import citation, sources_of_newest

#: What a dash in a table of costs says.
DASH = f"{NONE}は、文書の欄に「{NONE}」とあって金額の記載がないことを示し、0円とは異なる。"


def cost_headline(cost: YearCost | None, fiscal_year: int) -> str:
    """The year's estimated cost in one line; `cost` is what `cost_of_year` gives."""
    if cost is None:
        return f"{fiscal_year}年度の事業費見込額は、ビジョンに記載がない"
    headline = f"{fiscal_year}年度の事業費見込額は{thousand_yen(cost.total)}"
    if cost.is_of_few:
        headline += f"({cost.projects}事業。ほかの{cost.missing}事業には金額の記載がない)"
    if cost.silent:
        # That amounts are not given any more is no fall.
        return headline
    if cost.change is None or cost.change.percent is None:
        return headline if cost.is_of_few else f"{headline}({cost.projects}事業)"
    return (
        f"{headline}で、{cost.change.year_before}年度の{thousand_yen(cost.change.before)}"
        f"{_by(cost.change.percent)}"
    )


def cost_point(cost: YearCost | None, fiscal_year: int) -> tuple[str, str]:
    """Headline and detail of a main point on the year's cost: what changed it, and what costs most."""
    return cost_headline(cost, fiscal_year), _cost_detail(cost)


def cost_explained(
    cost: YearCost | None, unmeasured: UnmeasuredShare | None, years: Sequence[FiscalYear], fiscal_year: int
) -> Piece:
    """The year's estimated cost as a whole, or that the plan gives none; `years` are those with costs.

    `unmeasured` is the year's `unmeasured_share`.
    """
    headline = cost_headline(cost, fiscal_year)
    if cost is None:
        given = "、".join(year_names(years))
        return paragraph(
            f"{headline}(記載があるのは{given})。以下では記載のある年度を掲げる。"
            if years
            else f"{headline}。"
        )
    return paragraph(
        f"{headline}。{_cost_detail(cost)}",
        _added_sentence(cost, cost.change) if cost.change else "",
        f"{cost.missing}事業には金額の記載がない。" if cost.missing and not cost.is_of_few else "",
        f"{unmeasured_headline(unmeasured)}。" if unmeasured else "",
        "事業費見込額は事業ごとに示された額であり、市町村別の内訳は文書に示されていない。",
    )


def unmeasured_headline(unmeasured: UnmeasuredShare) -> str:
    """How much of the cost goes to projects without a target that is a number."""
    return (
        f"数値の目標を持たず費用を見込む{unmeasured.projects}事業が、事業費見込額{thousand_yen(unmeasured.total)}の"
        f"{percent(unmeasured.share)}({thousand_yen(unmeasured.amount)})を占める"
    )


def change_table(changes: pd.DataFrame, cost: YearCost | None, fiscal_year: int) -> Piece:
    """The projects whose cost differs much from the year before; `changes` is what `cost_changes` gives."""
    if cost is None or cost.change is None:
        without = fiscal_year if cost is None else fiscal_year - 1
        return paragraph(
            f"{fiscal_year - 1}年度と{fiscal_year}年度の両方に額の記載がある事業がないため、"
            "前年度からの増減は示せない。"
            if cost is not None and cost.silent
            else f"{without}年度の額がビジョンにないため、前年度からの増減は示せない。"
        )
    large = [row for row in movers_of(changes) if abs(row.difference_thousand_yen) >= SMALL_SECTION]
    of_both = f"両年度に額の記載がある{cost.change.compared}事業を比べた。" if cost.silent else ""
    if not large and cost.silent:
        return paragraph(f"前年度との差が{thousand_yen(SMALL_SECTION)}以上の事業はない({of_both[:-1]})。")
    return table(
        f"前年度との差が{thousand_yen(SMALL_SECTION)}以上の事業({len(large)}事業、単位：千円)",
        [
            Column("事業", 40),
            Column(f"{cost.change.year_before}年度", 16, "number"),
            Column(f"{fiscal_year}年度", 16, "number"),
            Column("増減", 14, "number"),
            Column("全体の増減に占める割合", 14, "number"),
        ],
        [("", [_change_row(row) for row in large])],
        source=citation(sources_of_newest(fiscal_year)),
        note=of_both or DASH,
    )


def year_names(years: Sequence[FiscalYear]) -> list[str]:
    """Years as heads and sentences have them."""
    return [f"{year.starts_in}年度" for year in years]


def _cost_detail(cost: YearCost | None) -> str:
    """What made the difference to the year before, and which projects cost most; nothing for no cost."""
    if cost is None:
        return ""
    change = cost.change
    compared = _compared_sentence(cost, change) if change else ""
    return (
        f"{compared}{_movers_sentence(change) if change and change.movers else ''}{_leading_sentence(cost)}"
    )


def _compared_sentence(cost: YearCost, change: CostChange) -> str:
    """How the projects with amounts in both years differ, where others have lost theirs."""
    if not cost.silent:
        return ""
    before = thousand_yen(change.before)
    against = f"は{before}" if change.percent is None else f"の{before}{_by(change.percent)}"
    return (
        f"{change.year_before}年度にも額の記載がある{change.compared}事業では{thousand_yen(change.after)}で、"
        f"{change.year_before}年度{against}。"
    )


def _movers_sentence(change: CostChange) -> str:
    kind = "増加" if change.difference > 0 else "減少"
    movers = "と".join(
        f"{_named(mover)}の{thousand_yen(abs(mover.difference_thousand_yen))}" for mover in change.movers
    )
    whole = f"{kind}額{thousand_yen(abs(change.difference))}"
    if change.movers_share > 100:
        return f"{whole}は主に{movers}の{kind}によるもので、逆に動いた事業がこれを一部打ち消す。"
    return f"{whole}の{percent(change.movers_share)}は、{movers}による。"


def _leading_sentence(cost: YearCost) -> str:
    """The share of the projects that cost most, and the total without the first of them."""
    if cost.projects <= len(cost.leading):
        return ""
    # Whose name has just been said is called by its number.
    said = {mover.project_no for mover in cost.change.movers} if cost.change else set()
    leading = "、".join(
        f"No. {of.project_no}" if of.project_no in said else _named(of) for of in cost.leading
    )
    without = thousand_yen(cost.without_largest)
    if cost.change is not None and cost.change.others_percent is not None and not cost.silent:
        before = thousand_yen(cost.change.others_before)
        without += f"({cost.change.year_before}年度の{before}{_by(cost.change.others_percent)})"
    return (
        f"額の大きい{len(cost.leading)}事業({leading})が全体の{percent(cost.leading_share)}を占め、"
        f"最大のNo. {cost.largest.project_no}を除くと{without}。"
    )


def _by(percentage: float) -> str:
    """How a total came to differ from one before: から42%増える."""
    if round(percentage) == 0:
        return "とほぼ同じ" if percentage else "と同じ"
    return f"から{percent(abs(percentage))}{'増える' if percentage > 0 else '減る'}"


def _named(project: Mover | ProjectCost) -> str:
    return f"No. {project.project_no}「{project.name}」"


def _added_sentence(cost: YearCost, change: CostChange) -> str:
    if not change.added:
        return ""
    counted = "増減には含めない" if cost.silent else "増減では前年度を0円とした"
    return (
        f"{change.year_before}年度に記載がなく、新たに額が示されたのは{change.added}事業、"
        f"計{thousand_yen(change.added_amount)}({counted})。"
    )


def _change_row(row: Mover) -> list[str | Cell]:
    return [
        f"No. {row.project_no} {row.name}",
        amount(row.before_thousand_yen),
        amount(row.after_thousand_yen),
        amount(row.difference_thousand_yen),
        share(row.share_of_difference),
    ]
