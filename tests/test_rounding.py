"""Computed values in words: whole people, no more digits than published, and no verdict contradicted."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from renkei.comparison import Compared, compare_in_detail
from renkei.report.kit.cells import share
from renkei.report.kit.numbers import Rounding, of_its_year, other_year, percent, rounded
from renkei.report.kit.scales import scale_of, target_rounding
from renkei.report.kit.statuses import scale_of_row, target_cell, target_words
from renkei.report.kit.wording import of_all
from renkei.typed_rows import typed_rows


def asked(indicator_id: str, fiscal_year: int) -> Compared:
    """What the plan asks of an indicator in a year."""
    compared = compare_in_detail(fiscal_year)
    [row] = typed_rows(compared[compared["indicator_id"] == indicator_id], Compared)
    return row


@pytest.mark.parametrize(
    ("value", "decimals", "rounding", "expected"),
    [
        (57.5, 0, "nearest", 58),
        (57.4, 0, "nearest", 57),
        (57.1, 0, "up", 58),
        (57.9, 0, "down", 57),
        (-57.5, 0, "nearest", -58),
        (-57.5, 0, "up", -57),
        (-57.5, 0, "down", -58),
        (53.72, 1, "down", 53.7),
        (29.8, 1, "up", 29.8),
        (30.025, 1, "up", 30.1),
        # 0.1 + 0.2 of floats; a whole number that arithmetic missed by a hair.
        (0.1 + 0.2, 1, "up", 0.3),
        (42.00000000001, 0, "up", 42),
        (41.99999999999, 0, "down", 42),
        (42.001, 0, "up", 43),
        (-0.4, 0, "nearest", 0),
        (3.0**40, 1, "up", 3.0**40),
    ],
)
def test_a_number_is_rounded_to_the_nearest_or_up_or_down(
    value: float, decimals: int, rounding: Rounding, expected: float
) -> None:
    """Halves away from zero; what is whole but for the arithmetic of floats stays."""
    assert expected == rounded(value, decimals, rounding)


@pytest.mark.parametrize(
    ("indicator_id", "fiscal_year", "words"),
    [
        # 115 couples by FY2027: 28.75, 57.5 and 86.25 after one, two and three of four years.
        ("2024-42-1", 2024, "29組(試算)"),
        ("2024-42-1", 2025, "58組(試算)"),
        ("2024-42-1", 2026, "87組(試算)"),
        ("2024-42-1", 2027, "115組"),
        # 5,790 people: 1,447.5 after one year; 47 cases: 23.5 after two.
        ("2024-32-2", 2024, "1,448人(試算)"),
        ("2024-41-3", 2025, "24件(試算)"),
        # 28.9 to 30.7 in eight years: 29.8, 30.025; always one decimal.
        ("2024-K1", 2024, "29.8兆円(試算)"),
        ("2024-K1", 2025, "30.1兆円(試算)"),
        # 32万 to 50万 in five years: 42.8万; both are published in whole 万.
        ("2024-14-1", 2025, "43万人(試算)"),
        # 59.3 % to 50 % in five years: 53.72; lower is better.
        ("2024-09-1", 2025, "53.7%(試算)"),
        # ▲2,588 to ▲650 in six years: ▲1,942 after two, which is whole.
        ("2024-K4", 2024, "▲1,942人(試算)"),
        # 30,273千 to 35,000千 in six years: 31,848.67千 after two.
        ("2024-K2", 2024, "31,849千人(試算)"),
    ],
)
def test_a_computed_target_has_the_digits_of_the_published_numbers(
    indicator_id: str, fiscal_year: int, words: str
) -> None:
    """Rounded to what asks more: people, couples and cases up to the next whole one; the cell agrees."""
    row = asked(indicator_id, fiscal_year)
    scale = scale_of_row(row)

    assert words == target_words(row)
    assert words.removesuffix("(試算)") == f"{target_cell(row, scale).words}{scale.label}"


def test_computed_values_of_a_row_have_one_style() -> None:
    """30.0 beside 28.9, not 30; a number published as 30兆円 stays as it is published."""
    scale = scale_of("30兆7千億円(2028年)", "28兆9千億円(2020年)", "30兆円")

    assert ["30.0", "28.9"] == [scale.computed(value).words for value in (30e12, 28.9e12)]
    assert ["30", "30兆円"] == [scale.published("30兆円").words, scale.said("30兆円")]
    assert "30.0兆円" == scale.words(30e12)
    assert "常時" == scale.said("常時(毎年度)")


def test_an_indicator_has_one_unit_wherever_it_stands() -> None:
    """アプリ has 4,320人 and 13千人: 人 in words, too, and where a table has the target alone."""
    row = asked("2024-39-1", 2024)

    assert "人" == scale_of_row(row).label
    assert "10,107人(試算)" == target_words(row)
    assert "13,000人" == target_words(asked("2024-39-1", 2025))
    assert "1人以上" == target_words(asked("2024-54-1", 2025))
    assert "千人" == scale_of(row.target_text).label


def test_an_outcome_that_cannot_be_compared_has_no_part_in_the_unit() -> None:
    """500社 of 2021 counts another way than 3,500社 of the whole plan."""
    row = asked("2024-08-2", 2024)

    assert not row.is_comparable
    assert 1 == scale_of_row(replace(row, outcome_2021_text="12.5社", is_comparable=True)).decimals
    assert 0 == scale_of_row(replace(row, outcome_2021_text="12.5社")).decimals
    assert 0 == scale_of_row(row).decimals


@given(
    st.integers(-(10**6), 10**6),
    st.fractions(-(10**6), 10**6, max_denominator=64),
    st.integers(0, 2),
    st.sampled_from(["higher", "lower"]),
)
def test_a_rounded_target_and_what_is_lacking_never_contradict_the_verdict(
    steps: int, exact_target: float, decimals: int, direction: str
) -> None:
    """An outcome as exact as published meets both targets or neither, and lacks what is said of one."""
    outcome, target = steps / 10**decimals, float(exact_target)
    # What differs by less than the arithmetic of floats can tell is the same number.
    assume(outcome == target or abs(outcome - target) > 1e-6)
    is_lower = direction == "lower"
    gap = outcome - target if is_lower else target - outcome
    shown = rounded(target, decimals, target_rounding(direction))
    lacking = rounded(gap, decimals, "up")

    assert (gap <= 0) == (outcome >= shown if not is_lower else outcome <= shown)
    assert (gap <= 0) == (lacking <= 0)
    assert pytest.approx(outcome - shown if is_lower else shown - outcome, abs=1e-6) == lacking


@pytest.mark.parametrize(
    ("percentage", "words"),
    [
        (99.6, "99%"),
        (99.2, "99%"),
        (100.0, "100%"),
        (98.6, "99%"),
        (62.5, "63%"),
        (0.4, "0%"),
        (100.4, "100%"),
    ],
)
def test_a_share_that_lacks_anything_is_not_said_to_be_all(percentage: float, words: str) -> None:
    """99.6 % of a target is not 100 %, in a sentence or in a cell."""
    assert words == percent(percentage)
    assert words == share(percentage).words


def test_a_share_with_decimals_keeps_them() -> None:
    """And one that is missing is a dash."""
    assert ["99.6%", "－"] == [share(99.6, decimals=1).words, share(None).words]
    assert "－" == percent(None)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(3, 4, "4件のうち3件"), (4, 4, "4件すべて"), (1, 1, "1件"), (0, 4, ""), (0, 0, "")],
)
def test_a_part_is_said_as_a_person_would(part: int, whole: int, words: str) -> None:
    """Never 4 of 4, and nothing of none."""
    assert words == of_all(part, whole, "件")


@pytest.mark.parametrize(
    ("text", "observed_year", "year", "words"),
    [
        ("17,750千人 (2020年度)", 2020, "2020年度", "17,750千人(2020年度)"),
        ("▲3,252人 (2019年)", 2019, "2019年", "▲3,252人(2019年)"),
        ("285人(2021年度)", 2021, "", "285人"),
        ("285人", 2021, "", "285人"),
        ("285人", 2020, "2020年度", "285人(2020年度)"),
        ("19万人(推定)", 2021, "", "19万人(推定)"),
        ("未集計", None, "", "未集計"),
    ],
)
def test_a_value_of_another_year_says_its_year(
    text: str, observed_year: int | None, year: str, words: str
) -> None:
    """In a report on FY2021: as the document has it, 年度 or 年."""
    assert year == other_year(text, observed_year, 2021)
    assert words == of_its_year(text, observed_year, 2021)


def test_a_value_that_is_for_reference_says_so_with_its_year() -> None:
    """In one pair of brackets, with or without a year."""
    assert "▲3,252人(2019年、参考記載)" == of_its_year("▲3,252人 (2019年)", 2019, 2021, "参考記載")
    assert "5人(参考記載)" == of_its_year("5人", 2021, 2021, "参考記載")
