"""Pieces on what revisions of the plan changed, and on what that does to what is met; none without one."""

from __future__ import annotations

from collections.abc import Sequence

from renkei.area import Area
from renkei.checkout import Checkout
from renkei.documents.sources import sources_on_record
from renkei.report.kit import statuses
from renkei.report.kit.cells import count, shown, table
from renkei.report.kit.numbers import NONE, written
from renkei.report.kit.pieces import Cell, Column, Piece, Table
from renkei.report.kit.pieces_text import Heading, paragraph
from renkei.report.kit.pillars import project_number
from renkei.report.provenance import citation
from renkei.revision_effects import Effect, Revised
from renkei.tables.schema import title_of

_KINDS = {"added": "追加", "ended": "終了"}
_TABLES = {"projects": "連携事業", "indicators": "評価指標", "costs": "事業費見込額"}


def revision_part(changes: Sequence[Revised], effect: Effect | None) -> tuple[Piece, ...]:
    """A heading, what the revisions changed that count for a year, and which verdicts on it they turn."""
    if effect is None:
        return ()
    return (
        Heading(2, "ビジョンの改定"),
        paragraph(_lead(changes), _effect_sentence(effect)),
        changes_table(changes),
        verdicts_table(effect, changes),
    )


def revision_part_of_all_years(changes: Sequence[Revised], effects: Sequence[Effect]) -> tuple[Piece, ...]:
    """A heading, what all revisions changed, and how many targets of each year are met by either version."""
    if not effects:
        return ()
    return (
        Heading(2, "ビジョンの改定"),
        paragraph(_lead(changes), "各年度の目標と事業費見込額は、その年度に適用される版による。"),
        changes_table(changes),
        _years_table(effects, changes),
    )


def changes_table(changes: Sequence[Revised]) -> Table:
    """Each change with what stood before, what stands now, and where the revision says so."""
    groups: dict[str, list[list[str | Cell]]] = {}
    for row in changes:
        head = f"{row.in_force_from}年度から適用 {sources_on_record(Checkout.current())[row.source].title}"
        groups.setdefault(head, []).append(
            [
                row.name,
                project_number(row.project_no),
                _field(row),
                _text(row, row.before),
                _text(row, row.after),
                f"{row.page}ページ" if row.page else f"{row.source_line}行",
                shown(row.reason),
            ]
        )
    return table(
        "改定の内容",
        [
            Column("対象", 22),
            Column("No.", 6, "number"),
            Column("項目", 14),
            Column("改定前", 17),
            Column("改定後", 17),
            Column("記載箇所", 8),
            Column("理由", 16, "small"),
        ],
        list(groups.items()),
        source=_source(changes),
    )


def verdicts_table(effect: Effect, changes: Sequence[Revised]) -> Table:
    """The indicators whose newest value stands otherwise to the revised target than to the first one."""
    rows = [
        [
            row.name,
            project_number(row.project_no),
            shown(row.target_before),
            shown(row.target_after),
            shown(row.newest_text),
            _status(row.status_before),
            _status(row.status_after),
        ]
        for row in effect.changed
    ]
    return table(
        f"改定により{effect.fiscal_year}年度の判定が変わる指標",
        [
            Column("評価指標", 24),
            Column("No.", 6, "number"),
            Column("改定前の目標", 14),
            Column("改定後の目標", 14),
            Column("最新値", 14),
            Column("改定前の判定", 14),
            Column("改定後の判定", 14),
        ],
        [("", rows)],
        source=_source(changes),
        note="改定前と改定後の目標を、同じ最新値と比べた。改定により追加又は終了した指標は、一方の判定がない。",
    )


def _years_table(effects: Sequence[Effect], changes: Sequence[Revised]) -> Table:
    rows = [
        [
            f"{effect.fiscal_year}年度",
            *(count(number) for of in (effect.before, effect.after) for number in (of.met, of.missed)),
            count(len(effect.changed)),
        ]
        for effect in effects
    ]
    return table(
        "改定前と改定後の目標による判定の数",
        [
            Column("年度", 15),
            Column("改定前：満たす", 17, "number"),
            Column("改定前：届かない", 17, "number"),
            Column("改定後：満たす", 17, "number"),
            Column("改定後：届かない", 17, "number"),
            Column("判定が変わる指標", 17, "number"),
        ],
        [("", rows)],
        source=_source(changes),
        note="改定前と改定後の目標を、同じ最新値と比べた。",
    )


def _lead(changes: Sequence[Revised]) -> str:
    """Which plan was revised from when on; how much of it."""
    years = "、".join(f"{year}年度" for year in dict.fromkeys(row.in_force_from for row in changes))
    plan = Area.current().plan.short_title
    return f"{plan}は、{years}から適用する改定を受けた。改定された箇所は{len(changes)}件である。"


def _effect_sentence(effect: Effect) -> str:
    return (
        f"{effect.fiscal_year}年度の目標を同じ最新値と比べると、改定前の目標では{effect.before.met}件が満たす水準にあり"
        f"{effect.before.missed}件が届かず、改定後の目標では{effect.after.met}件が満たす水準にあり"
        f"{effect.after.missed}件が届かない。"
    )


def _field(row: Revised) -> str:
    if row.table == "costs":
        return f"{row.fiscal_year}年度の事業費(千円)" + ("の注記" if row.field == "note" else "")
    if row.field in _KINDS:
        return f"{_TABLES[row.table]}の{_KINDS[row.field]}"
    return title_of(Checkout.current(), row.field) or row.field


def _text(row: Revised, text: str | None) -> str | Cell:
    if text is None:
        return NONE
    is_amount = row.table == "costs" and row.field != "note"
    return written(float(text), 0) if is_amount else text


def _status(status: str | None) -> Cell | str:
    return NONE if status is None else statuses.status(status)


def _source(changes: Sequence[Revised]) -> str:
    """The plan as first published, and the revisions."""
    wanted = {row.source for row in changes}
    own = [
        source
        for source in sources_on_record(Checkout.current()).values()
        if source.id in wanted
        or (
            source.plan == Area.current().plan.first_year
            and source.in_force_from is None
            and not source.fiscal_year
        )
    ]
    return citation(own)
