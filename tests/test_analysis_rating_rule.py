"""The rule of ratings, on indicators that are made up."""

import pytest
from renkei.fiscal_year import FiscalYear
from renkei.rating_rule import Ratable, rating_by_rule

YEARLY = Ratable("project", "higher", 10, "every_year", 2024, 2028)
LATER = Ratable("project", "higher", 10, "by_year", 2026, 2026)


@pytest.mark.parametrize(
    ("of", "value", "status", "year", "rating"),
    [
        (YEARLY, 10, "final", 2024, "◎"),
        (YEARLY, 9.9, "final", 2024, "×"),
        (YEARLY, 10, "provisional", 2024, "○"),
        (YEARLY, 9.9, "provisional", 2024, "△"),
        (YEARLY, 0, "final", 2028, "×"),
        (YEARLY, None, "provisional", 2024, "-"),
        (YEARLY, 10, "final", 2023, "-"),
        (YEARLY, 10, "final", 2029, "-"),
        (LATER, 10, "final", 2025, "-"),
        (LATER, 10, "final", 2026, "◎"),
        (LATER, 10, "final", 2027, "-"),
        (Ratable("project", "lower", 10, "every_year", 2024, 2028), 10, "final", 2024, "◎"),
        (Ratable("project", "lower", 10, "every_year", 2024, 2028), 10.1, "final", 2024, "×"),
        (Ratable("project", "lower", 0, "every_year", 2024, 2028), 0, "provisional", 2024, "○"),
        (Ratable("project", "higher", 10, "cumulative", 2024, 2026), 9, "final", 2025, "-"),
        (Ratable("project", "higher", 10, "cumulative", 2024, 2026), 9, "final", 2026, "×"),
        (Ratable("kpi", "higher", 10, "by_year", 2028, 2028), 10, "final", 2028, "-"),
        (Ratable("project", "state", None, "state", 2024, 2028), None, "final", 2024, None),
        (Ratable("project", "state", None, "state", 2024, 2028), None, "final", 2029, "-"),
        (Ratable("project", "state", None, "milestone", 2025, 2025), None, "final", 2025, None),
        (Ratable("project", "state", None, "milestone", 2025, 2025), None, "final", 2024, "-"),
    ],
)
def test_the_rule(of: Ratable, value: float | None, status: str, year: int, rating: str | None) -> None:
    """By the list's legend; None where a person must say."""
    assert rating == rating_by_rule(of, value, status, FiscalYear(year))
