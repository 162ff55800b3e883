"""How reports name the statuses, bases and target changes of a comparison."""

from __future__ import annotations

from dataclasses import replace

from renkei.area import Area
from renkei.comparison import JUDGED, Compared
from renkei.report.kit import palette
from renkei.report.kit.cells import cell
from renkei.report.kit.charts import Part
from renkei.report.kit.numbers import NONE, without_remark, without_year
from renkei.report.kit.pieces import Cell, Tag
from renkei.report.kit.scales import Scale, scale_of, target_rounding
from renkei.targets import COMPUTED_BASES

COMPUTED = "本システムによる試算"

BASES = {
    "stated": "",
    "due": "この年度が期限",
    "interpolated": "試算(直線補間)",
    "prorated": "試算(按分)",
    "carried": "期限後",
    "none": "値なし",
}
STATUSES = {
    "met": "● 満たす水準",
    "not_met": "▼ 届いていない",
    "computed_met": "試算を満たす",
    "computed_not_met": "試算に届いていない",
    "no_outcome": "数値が分からない",
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
    "redefined": "定義の変更",
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
    "computed_met": Part("試算を満たす", palette.KEY_MID, "#ffffff"),
    "computed_not_met": Part("試算に届かない", "#ffe9a3"),
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
    "redefined": Part("定義変更", "#e8e8e8"),
    "dropped": Part("廃止", "#d0d0d0"),
    "added": Part("新設", "#f2f2f2"),
}


def computed_note() -> str:
    """What a computed value is, and that it is not the city's."""
    return (
        f"「試算」は{COMPUTED}であり、{Area.current().lead.name}の示した値ではない。直線補間は基準年と目標年を"
        "結ぶ直線上の値、按分は累計の目標を計画の初年度から期限の年度までの各年度に等しく割り振った値。いずれも公表値の桁に合わせ、"
        "目標が緩くならない側に端数を処理した。"
    )


def status(name: str) -> Cell:
    """A status in words, met and not met with a sign as well."""
    return Cell(tag=Tag(f"status-{name}", STATUSES[name]))


def newest_status(row: Compared) -> Cell:
    """How the newest value stands to the year's target; against a computed one it says so."""
    is_apart = row.basis in COMPUTED_BASES and row.newest_status in JUDGED
    return status(f"computed_{row.newest_status}" if is_apart else row.newest_status)


def target_change(row: Compared) -> str:
    """How the target stands to the one before, in a few words."""
    is_redefined = row.relation == "redefined" and row.target_change != "added"
    return TARGET_CHANGES["redefined" if is_redefined else row.target_change]


def scale_of_row(row: Compared) -> Scale:
    """The one unit in which an indicator's numbers stand, wherever they do."""
    outcome = row.outcome_2021_text if row.is_comparable else None
    return scale_of(row.target_text, row.baseline_text, outcome, row.newest_text, row.actual_text)


def target_words(row: Compared) -> str:
    """What is asked of the year, in plain words; computed values say so."""
    if row.basis == "none":
        return NONE
    if row.basis == "carried":
        return f"{BASES[row.basis]}({row.target_last_year}年度)"
    if row.basis in COMPUTED_BASES and row.target_value is not None:
        words = scale_of_row(row).words(row.target_value, target_rounding(row.direction))
        return f"{words}(試算)"
    return scale_of_row(row).in_its_unit(row.target_text)


def target_cell(row: Compared, scale: Scale, below: str | None = None) -> Cell:
    """What is asked of the year, in the row's unit; computed values marked for the eye as well.

    `below` is the small line under the number, by default that a value is computed.
    """
    if row.basis == "none":
        return replace(cell(NONE), below=(below,) if below else ())
    if row.basis == "carried":
        return Cell(BASES[row.basis], mark="carried", below=(f"期限は{row.target_last_year}年度",))
    if row.basis not in COMPUTED_BASES or row.target_value is None:
        # The year is in the table's head already.
        asked = scale.published(without_remark(row.target_text))
        return replace(asked, below=(below,)) if below else asked
    asked = scale.computed(row.target_value, below or "試算", rounding=target_rounding(row.direction))
    return replace(asked, mark="computed")


def settled(is_provisional: bool) -> str:
    """Whether a reported value may still change, in a word."""
    return "暫定" if is_provisional else "確定"


def origin_words(origin: str, year: int | None, count: int, provisional: int = 0) -> str:
    """Of what kind and year some of the newest values are, and how many; of actuals how many may change."""
    of_year = "年の記載のない" if year is None else f"{year}年(度)の"
    open_yet = ""
    if origin == "actual" and provisional:
        open_yet = f"(うち暫定{provisional}指標)" if provisional < count else "(暫定)"
    return f"{of_year}{'基準値' if origin == 'baseline' else '実績'}が{count}指標{open_yet}"


def origin_word(row: Compared) -> str:
    """What the newest value is: of an actual also whether it may still change."""
    if row.newest_origin == "actual":
        return f"実績({settled(row.newest_is_provisional)})"
    return "基準値" if row.newest_origin == "baseline" else "実績"


def newest_words(row: Compared) -> str:
    """The newest value without its year, beside a target; an actual that may still change says so."""
    if row.newest_text is None:
        return NONE
    return f"{without_year(row.newest_text)}{open_yet(row)}"


def open_yet(row: Compared) -> str:
    """(暫定) behind a newest value that was reported and may still change; empty behind any other."""
    is_open = row.newest_origin == "actual" and row.newest_is_provisional
    return f"({settled(True)})" if is_open else ""


def newest_with_year(row: Compared) -> str:
    """The newest value as its document writes it; of an actual also of which year, and how settled it is."""
    if row.newest_text is None or row.newest_origin != "actual":
        return row.newest_text or NONE
    of_year = [] if row.newest_year is None else [f"{row.newest_year}年度"]
    return f"{without_year(row.newest_text)}({'、'.join([*of_year, settled(row.newest_is_provisional)])})"


def newest_cell(row: Compared, scale: Scale) -> Cell:
    """The newest value in the row's unit, with its year and where it is from below it."""
    if row.newest_text is None or row.newest_origin is None:
        return cell(NONE)
    found = scale.published(row.newest_text)
    is_said = row.newest_origin != "actual" or found.year is not None or row.newest_year is None
    of_year = () if is_said else (f"{row.newest_year}年度",)
    return replace(found, below=(*found.below, *of_year, origin_word(row)))


def actual_cell(row: Compared, scale: Scale, fiscal_year: int) -> Cell | str:
    """That year's own outcome in the row's unit, and below it whether it may still change; empty without."""
    if row.actual_text is None:
        return ""
    found = scale.published(row.actual_text)
    if found.text == NONE or row.actual_text == "-":
        return cell(NONE)
    is_older = found.year is None and row.actual_year is not None and row.actual_year != fiscal_year
    of_year = (f"{row.actual_year}年度",) if is_older else ()
    # 集計中 says that itself, and is no value that could be settled.
    is_known = row.actual_value is not None or row.unit is None
    state = (settled(row.actual_is_provisional),) if is_known else ()
    return replace(found, below=(*found.below, *of_year, *state))


def outcome_cell(row: Compared, scale: Scale) -> Cell:
    """The earlier outcome in the row's unit; what its document gives for reference only says so."""
    found = scale.published(row.outcome_2021_text)
    return replace(found, below=(*found.below, "参考")) if row.outcome_2021_is_reference else found
