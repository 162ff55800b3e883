"""How a report names what its year's rows are: a published list, or what offices reported so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from renkei.outcomes import Outcome, still_counted
from renkei.report.kit.cells import rating
from renkei.report.kit.pieces import Cell
from renkei.report.kit.scales import in_one_unit
from renkei.report.kit.statuses import settled
from renkei.report.kit.wording import of_all
from renkei.year_rates import Coverage, coverage_of

LIST, REPORTS = "一覧", "報告"
#: As many characters stand on a line or two of a narrow column.
_FEW_WORDS = 10


def told_by(outcomes: pd.DataFrame) -> str:
    """What the rows stand in: a list (一覧), the offices' reports (報告), or both."""
    offices = int(outcomes["is_by_office"].sum())
    return REPORTS if offices == len(outcomes) else f"{LIST}及び{REPORTS}" if offices else LIST


def value_told_by(outcomes: pd.DataFrame) -> str:
    """Where a baseline, target or actual would stand: a list has all of them, of reports the plan does."""
    said = told_by(outcomes)
    return said if said == LIST else f"ビジョン、{said}" if LIST in said else f"ビジョン又は{said}"


def note_head(outcomes: pd.DataFrame) -> str:
    """The head of the column with the remarks."""
    return f"実施状況等({told_by(outcomes)}の記載)"


def no_value(outcomes: pd.DataFrame) -> str:
    """What a dash means."""
    return (
        f"「－」は、{value_told_by(outcomes)}に値の記載がないもの(単位の欄では、数値で示されていないもの)。"
    )


def with_expected(outcomes: pd.DataFrame) -> str:
    """That values may still change, as far as they may: a list has what is expected by the year's end."""
    said = _open_yet(outcomes)
    return f"実績値は{said}。" if said else ""


def actuals_named(outcomes: pd.DataFrame) -> str:
    """The actuals, with what of them may still change."""
    said = _open_yet(outcomes)
    return f"実績({said})" if said else "実績"


def line_meaning(outcomes: pd.DataFrame) -> str:
    """What the number of a line is of."""
    return {
        LIST: "「行」は、元の文書の行番号。",
        REPORTS: "「行」は、報告の記録(data/actuals)の行番号。",
    }.get(told_by(outcomes), "「行」は、元の文書又は報告の記録(data/actuals)の行番号。")


def coverage_words(outcomes: pd.DataFrame) -> str:
    """How much of what offices report is in; empty where all of it is, for good, or stands in a list."""
    coverage = coverage_of(outcomes)
    if not coverage.by_offices:
        return ""
    return "、".join(filter(None, (_reported(coverage), *_open_rows(coverage))))


def by_reported(outcomes: pd.DataFrame) -> str:
    """Of what a sentence tells, while not all of it is in: 報告済みの36指標では、."""
    coverage = coverage_of(outcomes)
    return f"報告済みの{coverage.reported}指標では、" if coverage.by_offices and coverage.missing else ""


def numbers_of(row: Outcome, *texts: str) -> list[str | Cell]:
    """Cells for a row: its unit, published texts, and the actual; an office's says where it may change."""
    *cells, actual = in_one_unit(*texts, row.actual_text)
    if isinstance(actual, Cell) and may_change(row):
        actual = replace(actual, below=(*actual.below, settled(row.is_provisional)))
    return [*cells, actual]


def actual_width(rows: Sequence[Outcome], width: int) -> int:
    """The width of the actuals' column in %: wider where an office answered in more words than fit."""
    words = [len(row.actual_text or "") for row in rows if row.is_by_office and row.unit is None]
    return width + 11 if max(words, default=0) > _FEW_WORDS else width


def may_change(row: Outcome) -> bool:
    """Whether the row has a value of an office that may still change; 集計中 is none, and says so itself."""
    is_known = row.actual_value is not None or row.unit is None
    return row.is_by_office and row.is_provisional and is_known


def rating_of(row: Outcome) -> Cell:
    """The rating as sign and word; one that a person in an office gave says so."""
    found = rating(row.rating)
    return replace(found, below=("担当者の評価",)) if row.is_rated_by_person else found


def _open_yet(outcomes: pd.DataFrame) -> str:
    is_counted_yet = outcomes["is_by_office"] & still_counted(outcomes)
    provisional = outcomes[outcomes["is_provisional"] & ~is_counted_yet]
    if not len(provisional):
        return ""
    return "暫定値を含む" if provisional["is_by_office"].all() else "年度末の見込みを含む"


def _reported(coverage: Coverage) -> str:
    if not coverage.missing:
        return ""
    reported = of_all(coverage.reported, coverage.counted, "指標")
    return f"{reported}が報告済み" if reported else f"{coverage.counted}指標のうち報告済みのものはない"


def _open_rows(coverage: Coverage) -> list[str]:
    """How many of those reported may still change, and how many are still being counted."""
    counts = {"暫定": coverage.provisional, "集計中": coverage.pending}
    said = [f"{number}指標は{state}" for state, number in counts.items() if number]
    for state, number in counts.items():
        if number and number == coverage.reported:
            every = "すべて" if number > 1 else ""
            return [f"{every}{state}" if coverage.missing else f"{number}指標{every}が{state}"]
    if not said:
        return []
    whole = "うち" if coverage.missing else f"{coverage.reported}指標のうち"
    return [f"{whole}{said[0]}", *said[1:]]
