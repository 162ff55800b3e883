"""What is particular to this area: municipalities in the documents' order, plans, pillars."""

from __future__ import annotations

from renkei.fiscal_year import FiscalYear

LEAD = "札幌市"

#: Every municipality, the lead first, and its name in the names of files.
ROMAJI = {
    LEAD: "sapporo",
    "小樽市": "otaru",
    "岩見沢市": "iwamizawa",
    "江別市": "ebetsu",
    "千歳市": "chitose",
    "恵庭市": "eniwa",
    "北広島市": "kitahiroshima",
    "石狩市": "ishikari",
    "当別町": "tobetsu",
    "新篠津村": "shinshinotsu",
    "南幌町": "nanporo",
    "長沼町": "naganuma",
}
PARTNERS = tuple(name for name in ROMAJI if name != LEAD)
#: How the documents say that every partner takes part.
ALL_PARTNERS = "全市町村"

#: First and last fiscal year of each plan.
PLANS = {
    2019: (FiscalYear(2019), FiscalYear(2023)),
    2024: (FiscalYear(2024), FiscalYear(2028)),
}

#: The roles (役割) that both plans give to the area.
PILLARS = {
    1: "圏域全体の経済成長のけん引",
    2: "高次の都市機能の集積・強化",
    3: "圏域全体の生活関連機能サービスの向上",
}


def fiscal_years_of(plan: int) -> list[FiscalYear]:
    """The fiscal years of a plan, first to last."""
    first, last = PLANS[plan]
    return [FiscalYear(year) for year in range(first.starts_in, last.starts_in + 1)]


def written_out(published: str) -> str:
    """The partners that a cell names, joined by 、 with 全市町村 written out.

    Raises ValueError for a name that is no partner, or one said twice.
    """
    if published == ALL_PARTNERS:
        return "、".join(PARTNERS)
    names = published.split("、")
    strangers = [name for name in names if name not in PARTNERS]
    if strangers or len(set(names)) != len(names):
        raise ValueError(f"each of {'、'.join(PARTNERS)} at most once was expected, found “{published}”")
    return published
