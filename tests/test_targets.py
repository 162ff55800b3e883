import pandas as pd
import pytest
from renkei.area import Plan
from renkei.errors import ParameterError, QuantityError
from renkei.fiscal_year import FiscalYear
from renkei.quantity import parse_quantity
from renkei.tables.target_terms import Judgement, target_terms
from renkei.targets import BASES, prorated, straight_line, targets_for

PLAN = Plan(2024, 2028, "第2期ビジョン", "第2期")
LEVEL, TOTAL = Judgement("by_year", "higher"), Judgement("cumulative", "higher")


@pytest.mark.parametrize(
    ("text", "judgement", "kind", "first", "last"),
    [
        ("15社（毎年度）", None, "every_year", 2024, 2028),
        ("120名 (2026年度までの毎年度)", None, "every_year", 2024, 2026),
        ("常時（毎年度）", None, "state", 2024, 2028),
        ("毎年度", None, "state", 2024, 2028),
        ("2030年度まで", None, "milestone", 2030, 2030),
        ("2025年度", None, "milestone", 2025, 2025),
        ("現状値からの増加 (2028年度)", None, "increase", 2028, 2028),
        ("50万人（2027年度）", LEVEL, "by_year", 2027, 2027),
        ("115組（2027年度まで）", TOTAL, "cumulative", 2024, 2027),
        ("１人以上", Judgement("every_year", "higher"), "every_year", 2024, 2028),
    ],
)
def test_the_text_or_a_judgement_says_how_a_target_counts(
    text: str, judgement: Judgement | None, kind: str, first: int, last: int
) -> None:
    """毎年度 and a year without a number speak for themselves; the rest is judged."""
    terms = target_terms(parse_quantity(text), PLAN, judgement)

    assert (kind, first, last) == (terms.kind, terms.first_year, terms.last_year)


@pytest.mark.parametrize(
    ("text", "judgement", "message"),
    [
        ("50万人（2027年度）", None, "does not say how it counts"),
        ("１人以上", None, "does not say how it counts"),
        ("15社（毎年度）", LEVEL, "reads as every_year"),
        ("15社", LEVEL, "names no year"),
    ],
)
def test_a_target_is_never_guessed(text: str, judgement: Judgement | None, message: str) -> None:
    """Without a judgement, or against what the text says, there is an error."""
    with pytest.raises(QuantityError, match=message):
        target_terms(parse_quantity(text), PLAN, judgement)


def asked(indicator_id: str, year: int) -> tuple[float, str]:
    targets = targets_for(year)
    row = targets[targets["indicator_id"] == indicator_id]
    return float(row["target_value"].item()), str(row["basis"].item())


@pytest.mark.parametrize(
    ("indicator_id", "year", "value", "basis"),
    [
        # 丘珠空港: 320,000 in FY2022 to 500,000 in FY2027, 36,000 a year.
        ("2024-14-1", 2024, 392_000, "interpolated"),
        ("2024-14-1", 2025, 428_000, "interpolated"),
        ("2024-14-1", 2027, 500_000, "due"),
        # No year after FY2027 is asked for it.
        ("2024-14-1", 2028, 500_000, "carried"),
        # 観光入込客数: 30,273,000 in FY2022 to 35,000,000 in FY2028, a third of the way in FY2024.
        ("2024-K2", 2024, 30_273_000 + 4_727_000 / 3, "interpolated"),
        ("2024-K2", 2028, 35_000_000, "due"),
        # 人手不足の企業の割合 falls from 59.3 to 50 in five years.
        ("2024-09-1", 2024, 59.3 - 2 * 9.3 / 5, "interpolated"),
        # 社会増減数 rises from -2,588 to -650 in six years, 323 a year.
        ("2024-K4", 2025, -2_588 + 3 * 323, "interpolated"),
        # 115組 up to FY2027 over four years.
        ("2024-42-1", 2024, 115 / 4, "prorated"),
        ("2024-42-1", 2026, 3 * 115 / 4, "prorated"),
        ("2024-42-1", 2027, 115, "due"),
        ("2024-42-1", 2028, 115, "carried"),
        ("2024-38-2", 2026, 310_000, "carried"),
        # 15社 every year, with a baseline that names no year.
        ("2024-02-2", 2024, 15, "stated"),
        # 64,000千円以上 every year.
        ("2024-48-1", 2028, 64_000_000, "stated"),
        # No baseline: nothing to draw a line from.
        ("2024-04-1", 2024, None, "none"),
        ("2024-04-1", 2027, 5_020_000_000, "due"),
        # A thing to be done by FY2030 is not asked of any year of the plan.
        ("2024-15-1", 2028, None, "none"),
        ("2024-32-1", 2025, None, "due"),
        ("2024-32-1", 2026, None, "carried"),
        ("2024-13-1", 2026, None, "stated"),
    ],
)
def test_targets_worked_by_hand(indicator_id: str, year: int, value: float | None, basis: str) -> None:
    """Each kind of target, in years before, at and after its due year."""
    found, found_basis = asked(indicator_id, year)

    assert basis == found_basis
    if value is None:
        assert pd.isna(found)
    else:
        assert found == pytest.approx(value)


@pytest.mark.parametrize("year", range(2024, 2029))
def test_every_indicator_has_one_target_a_year(year: int) -> None:
    """82 rows, each once, each with one of the bases."""
    targets = targets_for(year)

    assert 82 == len(targets) == targets["indicator_id"].nunique()
    assert set(targets["basis"]) <= set(BASES)
    assert not targets["target_text"].isna().any()


@pytest.mark.parametrize("year", [2021, 2023, 2029])
def test_a_year_outside_the_plan_is_refused(year: int) -> None:
    """The plan asks nothing of FY2023 or FY2029."""
    with pytest.raises(ParameterError, match="FY2024 to FY2028 can be asked for"):
        targets_for(year)


def test_the_line_starts_at_the_baseline() -> None:
    """In the baseline's own year the line stands at the baseline."""
    assert 320_000 == straight_line(320_000, 2022, 500_000, 2027, FiscalYear(2022))


def test_the_shares_of_a_total_add_up_to_it() -> None:
    """The last of the years has the whole."""
    assert 115 == prorated(115, 2024, 2027, FiscalYear(2027))
