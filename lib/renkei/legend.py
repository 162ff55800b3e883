"""The ratings (評価), and what the documents' legend says of them."""

from __future__ import annotations

#: The ratings in the order of a scale, with the words of the legend.
RATINGS = {
    "◎": "達成済み",
    "○": "達成見込",
    "△": "達成不可見込",
    "×": "達成不可",
    "-": "評価不可",
}
MET = ("◎", "○")
#: Of these, what is yet to come.
EXPECTED = "○"
NOT_MET = ("△", "×")
UNJUDGED = ("-",)
#: How the documents say in a remark that an actual is no outcome, but given for reference.
FOR_REFERENCE = "参考記載"
