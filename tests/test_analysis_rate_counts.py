"""Rates of made-up outcomes of which a document gives the counts."""

import pytest
from made_up_tables import OUTCOMES, head, made_up
from renkei.errors import ParameterError
from renkei.rate_counts import RateCount, rate_counts, small_denominators

#: 待ち時間 has a rate of 29 cases, 達成割合 one of 30 and one of 4, and 健診 one that another document gives.
COUNTS = """
source source_line found indicator_id rate_percent part whole reason
list   7           a     2030-01-2    10.3         3    29    途中
list   6           b     2030-01-1    50           15   30    年度末
list   6           c     2030-01-1    50           2    4     年度末
other  9           d     2030-05-2    50           1    2     別の文書
"""
HEAD, *ROWS = OUTCOMES.strip().splitlines()
OUTCOMES_WITH_SOURCE = "\n".join([f"{HEAD} source", *(f"{row} list" for row in ROWS)])


def test_rates_of_few_cases_come_with_the_fewest_first() -> None:
    """4 and 29 are few, 30 are not; what another document counts is not of this outcome."""
    found = small_denominators(2031, made_up(outcomes=OUTCOMES_WITH_SOURCE, rate_counts=COUNTS))

    assert [
        RateCount("2030-01-1", "達成割合", "50%", 50.0, 2, 4, "年度末", 6),
        RateCount("2030-01-2", "待ち時間", "32分", 10.3, 3, 29, "途中", 7),
    ] == rate_counts(found)
    assert ["list", "list"] == found["source"].to_list()


def test_where_no_document_gives_counts_there_are_none() -> None:
    """Nothing is worked back from a percentage."""
    assert [] == rate_counts(small_denominators(2031, made_up(rate_counts=head(COUNTS))))


def test_a_year_without_outcomes_is_refused() -> None:
    """The message names the years that there are."""
    with pytest.raises(ParameterError, match="FY2031 can be asked for, not those of FY2032"):
        small_denominators(2032, made_up(rate_counts=COUNTS))


def test_of_the_documents_one_rate_stands_for_few_cases() -> None:
    """9 of 21 had a job by December: 42.9 %, where 75 % are expected by March."""
    [found] = rate_counts(small_denominators(2021))

    assert ("2019-41-2", "75%", 42.9, 9, 21, 101) == (
        found.indicator_id, found.actual_text, found.rate_percent, found.part, found.whole, found.source_line
    )  # fmt: skip
