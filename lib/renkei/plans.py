"""The two plans (ビジョン), each named by its first fiscal year."""

from __future__ import annotations

from renkei.fiscal_year import FiscalYear

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
