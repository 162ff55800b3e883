"""The form that an office fills in: its sheets and columns, and the unit in which it writes each number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from renkei.errors import QuantityError
from renkei.legend import RATINGS
from renkei.quantity import parse_quantity
from renkei.units import Units

#: The sheets of a workbook: the form, and how to fill it in.
FORM_SHEET = "実績入力"
GUIDE_SHEET = "記入のしかた"
#: The words of the form for how settled a value is, and for a rating.
STATUS_WORDS = {"provisional": "暫定", "final": "確定"}
RATING_WORDS = {sign: f"{sign} {meaning}" for sign, meaning in RATINGS.items()}
#: The most characters of a text, far above what published lists have (370 in a note, 19 in words): a longer
#: one would make a report's row taller than a page is wide. For words as actual, “actual”.
LONGEST = {"actual": 100, "note": 500, "office": 100}
#: What may stand in place of a number that is not there yet.
PENDING_WORD = "集計中"


@dataclass(frozen=True)
class FormColumn:
    """A column of the form: its name here, its head, and whether the office fills it in or only reads it."""

    name: str
    head: str
    is_filled_in: bool = False


#: In their order; a sheet or CSV file that comes back may have them in another, with others between.
COLUMNS = (
    FormColumn("fiscal_year", "年度"),
    FormColumn("indicator_id", "指標ID"),
    FormColumn("project_no", "No."),
    FormColumn("project_name", "事業"),
    FormColumn("indicator_name", "評価指標"),
    FormColumn("unit", "単位"),
    FormColumn("asked", "この年度に求められる値"),
    FormColumn("newest_text", "これまでの最新値"),
    FormColumn("newest_year", "最新値の年"),
    FormColumn("actual", "実績値", is_filled_in=True),
    FormColumn("observed_year", "実績の年", is_filled_in=True),
    FormColumn("status", "暫定・確定", is_filled_in=True),
    FormColumn("rating", "評価", is_filled_in=True),
    FormColumn("note", "実施状況・備考", is_filled_in=True),
    FormColumn("office", "記入者", is_filled_in=True),
)
#: Without these columns a sheet or file cannot be read.
NEEDED = ("fiscal_year", "indicator_id", "actual", "status", "office")


@dataclass(frozen=True)
class FormUnit:
    """In what a number of the form counts: 千人 is 1000 of the indicator's unit 人; empty for words."""

    text: str
    scale: int

    @property
    def kind(self) -> Literal["number", "words"]:
        """Whether a number or words are asked for."""
        return "number" if self.text else "words"


def form_unit(unit: str | None, target_text: str, baseline_text: str, units: Units) -> FormUnit:
    """The unit of an indicator as its target is written, or, if that has no number, its baseline.

    A number that stands alone in the form counts in it: 17,750 for a target of 44,000千人 is 17,750千人.
    """
    if unit is None:
        return FormUnit("", 1)
    for text in (target_text, baseline_text):
        try:
            quantity = parse_quantity(text, units)
        except QuantityError:
            continue
        if quantity.value is not None:
            return FormUnit(f"{quantity.written_scale}{quantity.written_unit}", quantity.scale)
    return FormUnit(unit, 1)
