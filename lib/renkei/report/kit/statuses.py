"""How reports name the statuses, bases and target changes of a comparison."""

from __future__ import annotations

from dataclasses import replace

from renkei.area import Area
from renkei.comparison import Compared
from renkei.report.kit import palette
from renkei.report.kit.cells import cell
from renkei.report.kit.charts import Part
from renkei.report.kit.numbers import NONE, without_remark
from renkei.report.kit.pieces import Cell, Tag
from renkei.report.kit.scales import Scale, scale_of, target_rounding
from renkei.targets import COMPUTED_BASES

COMPUTED = "本システムによる試算"

BASES = {
    "stated": "",
    "due": "この年度が期限",
    "interpolated": "試算(直線補間)",
    "prorated": "試算(按分)",
    "none": "値なし",
}
STATUSES = {
    "met": "● 満たす水準",
    "not_met": "▼ 届いていない",
    "no_outcome": "実績の数値なし",
    "not_comparable": "比較できない",
    "state": "状態の目標",
    "no_target": "この年度の目標なし",
}
TARGET_CHANGES = {
    "raised": "引上げ",
    "kept": "据置き",
    "lowered": "引下げ",
    "softened": "数値から文言へ",
    "hardened": "文言から数値へ",
    "dropped": "廃止",
    "added": "新設",
}
RELATIONS = {
    "same": "同じ指標",
    "redefined": "範囲・定義が変更",
    "replaced": "別の指標に交代",
    "ended": "廃止",
    "new": "新規",
}

STATUS_PARTS = {
    "met": Part("満たす", palette.KEY, "#ffffff"),
    "not_met": Part("届かない", "#ffc700"),
    "no_outcome": Part("数値なし", "#e6e6e6"),
    "not_comparable": Part("比較不可", "#d0d0d0"),
    "state": Part("状態", palette.KEY_LIGHT),
    "no_target": Part("目標なし", "#f2f2f2"),
}
CHANGE_PARTS = {
    "raised": Part("引上げ", palette.KEY, "#ffffff"),
    "kept": Part("据置き", palette.KEY_LIGHT),
    "lowered": Part("引下げ", "#ffc700"),
    "softened": Part("文言へ", "#e8a33d"),
    "hardened": Part("数値へ", palette.KEY_MID, "#ffffff"),
    "dropped": Part("廃止", "#d0d0d0"),
    "added": Part("新設", "#f2f2f2"),
}


def computed_note() -> str:
    """What a computed value is, and that it is not the city's."""
    return (
        f"「試算」は{COMPUTED}であり、{Area.current().lead.name}の示した値ではない。直線補間は基準年と目標年を"
        "結ぶ直線上の値、按分は累計の目標を計画期間の各年度に等しく割り振った値。いずれも公表値の桁に合わせ、"
        "目標が緩くならない側に端数を処理した。"
    )


def status(name: str) -> Cell:
    """A status in words, met and not met with a sign as well."""
    return Cell(tag=Tag(f"status-{name}", STATUSES[name]))


def scale_of_row(row: Compared, *more: str | None) -> Scale:
    """The one unit in which an indicator's numbers stand, wherever they do; `more` are other texts of it."""
    outcome = row.outcome_2021_text if row.is_comparable else None
    return scale_of(row.target_text, row.baseline_text, outcome, *more)


def target_words(row: Compared) -> str:
    """What is asked of the year, in plain words; computed values say so."""
    if row.basis == "none":
        return NONE
    if row.basis in COMPUTED_BASES and row.target_value is not None:
        words = scale_of_row(row).words(row.target_value, target_rounding(row.direction))
        return f"{words}(試算)"
    return without_remark(row.target_text)


def target_cell(row: Compared, scale: Scale, below: str | None = None) -> Cell:
    """What is asked of the year, in the row's unit; computed values marked for the eye as well.

    `below` is the small line under the number, by default that a value is computed.
    """
    if row.basis == "none":
        return replace(cell(NONE), below=(below,) if below else ())
    if row.basis not in COMPUTED_BASES or row.target_value is None:
        # The year is in the table's head already.
        asked = scale.published(without_remark(row.target_text))
        return replace(asked, below=(below,)) if below else asked
    asked = scale.computed(row.target_value, below or "試算", rounding=target_rounding(row.direction))
    return replace(asked, mark="computed")
