"""Actuals that nobody reported: rows of `data/actuals` for tests, beside the real plan or a made-up one."""

from __future__ import annotations

import pandas as pd
from renkei.load import Tables, tables_from, this_checkout

COLUMNS = (
    "source_line", "indicator_id", "observed_year", "actual_text", "actual_value", "status", "rating",
    "rated_by", "note", "office", "entered_on", "file",
)  # fmt: skip
_TEXT = """
2 2024-14-1 2024 31万人   310000 provisional -  rule   速報      空港課 2025-04-30 a.xlsx
3 2024-14-1 2024 32.5万人 325000 final       -  rule   -         空港課 2025-07-01 b.xlsx
4 2024-03-1 2024 4,800名  4800   provisional △  rule   3月は速報 創業課 2025-05-20 a.xlsx
5 2024-K2   .    集計中   .      provisional -  rule   -         観光課 2025-05-20 a.xlsx
6 2024-13-1 2024 常時     .      final       ◎  person -         病院課 2025-06-01 c.xlsx
7 2024-17-1 .    集計中   .      provisional -  person -         環境課 2025-06-01 c.xlsx
8 2024-05-1 2023 7件      7      final       ○  person -         創業課 2025-07-02 d.xlsx
"""
#: What offices would have reported of FY2024: a number made final, one that may change, one still being
#: counted, words that a person rated, words to come, and a number that a person rated against the rule.
ENTRIES = tuple(
    tuple(None if cell == "." else cell for cell in line.split()) for line in _TEXT.strip().splitlines()
)


def entries(*rows: tuple[object, ...], fiscal_year: int = 2024) -> pd.DataFrame:
    """Rows of a year's file as `tables["actuals"]` has them."""
    frame = pd.DataFrame(rows, columns=[*COLUMNS]).assign(fiscal_year=fiscal_year)
    numbers = ["source_line", "observed_year", "actual_value"]
    return frame.assign(**{name: pd.to_numeric(frame[name]) for name in numbers})


def with_tables(tables: Tables | None = None, /, **frames: pd.DataFrame) -> Tables:
    """The tables, those of the project if none are given, with others in place of some of them."""
    before = tables or this_checkout()
    typed = tables_from(before.area, frames)
    return Tables(before.area, lambda name: typed[name] if name in frames else before[name])


def with_entries(*rows: tuple[object, ...]) -> Tables:
    """The project's tables, with these rows as what offices reported of FY2024."""
    return with_tables(actuals=entries(*rows))
