"""The rule of ratings on the list of FY2021."""

import pandas as pd
from renkei.fiscal_year import FiscalYear
from renkei.legend import MET, NOT_MET
from renkei.outcomes import outcomes_of
from renkei.rating_rule import Ratable, rating_by_rule
from renkei.ratings import counted, judged
from renkei.typed_rows import typed_rows


def by_rule(rows: pd.DataFrame, status: str) -> list[str | None]:
    return [
        rating_by_rule(of, None if pd.isna(value) else value, status, FiscalYear(2021))
        for of, value in zip(typed_rows(rows, Ratable), rows["actual_value"], strict=True)
    ]


def test_the_rule_on_the_list_of_fy2021() -> None:
    """Of 58 judged indicators it says of 46 whether they are met, of each as the list does.

    The other twelve are words on one side or both: a person judged them. Whether an actual is final the list
    does not say, so that ◎ and ○, △ and × cannot be told apart: taken as final, 25 ratings agree to the sign.
    """
    rows = judged(counted(outcomes_of(2021)))
    assert 58 == len(rows)
    said = rows.assign(rule=pd.Series(by_rule(rows, "final"), index=rows.index))

    decided = said[said["rule"].isin(MET + NOT_MET)]
    assert 46 == len(decided)
    assert (decided["rule"].isin(MET) == decided["rating"].isin(MET)).all()
    assert 25 == (decided["rule"] == decided["rating"]).sum()

    left = said[~said["rule"].isin(MET + NOT_MET)]
    assert {
        "2019-11-1", "2019-12-1", "2019-17-1", "2019-25-1", "2019-28-1", "2019-29-1", "2019-30-2",
        "2019-31-1", "2019-32-1", "2019-34-1", "2019-38-2", "2019-49-1",
    } == set(left["indicator_id"])  # fmt: skip


def test_what_the_list_does_not_judge_the_rule_does_not_either() -> None:
    """The 17 rated - and the KPIs: not due, not known, or words."""
    rows = outcomes_of(2021)
    rows = rows[~rows["rating"].isin(MET + NOT_MET)]

    assert {"-", None} >= set(by_rule(rows, "provisional"))
