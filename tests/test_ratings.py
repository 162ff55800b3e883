from decimal import Decimal

import pytest
from conftest import table
from renkei.errors import ParameterError
from renkei.outcomes import outcomes_of, share_of_target
from renkei.ratings import Rate, achievement_rate, rate_of


def test_the_published_rate_comes_out_again() -> None:
    """42 achieved of 58 that could be judged is 72.41 %, as the document prints it."""
    rate = achievement_rate(2021)

    assert Rate(achieved=42, evaluable=58) == rate
    assert Decimal("72.41") == rate.rate


def test_a_rate_counts_only_indicators_that_could_be_judged() -> None:
    """Two of three judged indicators were met; the one still being counted is left out."""
    outcomes = table("""
        indicator_id  rating
        2019-02-1     ◎
        2019-03-1     -
        2019-05-2     ○
        2019-06-1     ×
    """)

    assert Rate(achieved=2, evaluable=3) == rate_of(outcomes)


def test_a_year_without_outcomes_is_refused() -> None:
    """No rate is made up for a year whose outcomes are not in."""
    with pytest.raises(ParameterError, match="FY2021 can be asked for, not those of FY2022"):
        achievement_rate(2022)
    with pytest.raises(ParameterError, match="FY2021 can be asked for, not those of FY2022"):
        outcomes_of(2022)


def test_a_share_is_told_only_where_more_is_better() -> None:
    """Half of the target is 50 %; a fall, a zero or negative target and a missing value have no share."""
    rows = table("""
        actual target direction
        75     150    higher
        0      10     higher
        55     50     lower
        5      0      higher
        -3252  -1400  higher
        .      100    higher
    """).astype({"actual": float, "target": float})

    shares = share_of_target(rows["actual"], rows["target"], rows["direction"])

    assert [50, 0] == shares.head(2).to_list()
    assert shares.tail(4).isna().all()


def test_every_outcome_keeps_its_indicator_and_project() -> None:
    """80 outcomes: 76 with a project and 4 KPIs without."""
    outcomes = outcomes_of(2021)

    assert 80 == len(outcomes)
    assert 4 == outcomes["project_name"].isna().sum() == (outcomes["kind"] == "kpi").sum()
