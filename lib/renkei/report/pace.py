"""Pieces on the pace that open targets ask, beside the pace that was seen; `required` is `required_pace`."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from renkei import pace
from renkei.area import Area
from renkei.pace import Pace
from renkei.report.kit import charts
from renkei.report.kit.cells import table
from renkei.report.kit.figures import figure_piece, numbers, sheets
from renkei.report.kit.numbers import NONE, year_words
from renkei.report.kit.pieces import Cell, Column, Piece
from renkei.report.kit.pieces_text import paragraph
from renkei.report.kit.pillars import project_number
from renkei.report.kit.scales import Scale, scale_of
from renkei.report.kit.statuses import settled
from renkei.report.kit.wording import of_all
from renkei.report.provenance import citation, sources_compared
from renkei.typed_rows import typed_rows


def pace_explained() -> Piece:
    """What the pace says and what it does not."""
    area = Area.current()
    return paragraph(
        f"最新値が最終の目標に届いていない指標について、最新値から目標までに必要な1年当たりの改善と、"
        f"{area.outcome_year}年度の一覧の実績から最新値までに実際にあった1年当たりの改善とを比べる。"
        f"{area.outcome_year}年度の一覧の実績は年度末の見込みを含み、実施状況に新型コロナウイルス感染症の影響が"
        "記されたものもあるため、実際の改善はその回復を含みうる。数値が示すのは変化の大きさだけであり、"
        "その原因や今後の見通しではない。"
    )


def pace_chart(required: pd.DataFrame) -> Piece:
    """Improvement seen a year against the improvement that the target needs a year."""
    seen = typed_rows(pace.seen(required), Pace)
    if not seen:
        return paragraph("必要な改善の速さと実際の速さを比べられる指標はない。")
    slower = len(pace.slower(required))
    if not seen:
        return paragraph("必要な速さと比べられる改善のあった指標はない。")
    finding = (
        f"速さを比べられる{of_all(slower, len(seen), '指標')}で、改善が必要な速さに足りない"
        if slower
        else f"速さを比べられる{len(seen)}指標は、必要な速さで改善した"
    )
    labels = [_pace_label(row) for row in seen]
    with sheets() as figure:
        charts.paces(figure, [row.name for row in seen], [row.multiple or 0.0 for row in seen], labels)
        return figure_piece(
            figure,
            title=finding,
            measure="必要な1年当たりの改善に対する、実際の1年当たりの改善の倍率。右は実際/必要(年平均。公表値の桁に丸めたもの)",
            kind="点グラフ",
            numbers=numbers(
                ("評価指標", "倍率(実際/必要)"),
                [[row.name, label] for row, label in zip(seen, labels, strict=True)],
            ),
            source=citation(sources_compared(required)),
        )


def pace_table(required: pd.DataFrame) -> Piece:
    """What each open target needs a year, and what was seen between the two documents."""
    area = Area.current()
    rows = [_row(row) for row in typed_rows(required, Pace)]
    return table(
        f"未達の目標に必要な改善の速さ({len(rows)}件)",
        [
            Column("評価指標", 27),
            Column("No.", 6, "number"),
            Column("単位", 7),
            Column("最新値", 11, "number"),
            Column("目標", 11, "number"),
            Column("必要な改善(年平均)", 12, "number"),
            Column("実際の改善(年平均)", 13, "number"),
            Column("前の基準年からの変化(年平均)", 13, "number"),
        ],
        [("", rows)],
        source=citation(sources_compared(required)),
        note=f"本システムの計算による。出発点は最新値。実際の改善は、{area.outcome_year}年度の一覧の実績"
        "(一覧に記された年の値)から最新値までの差を年数で割ったもの。前の基準年からの変化は、"
        "前のビジョンの基準年(新型コロナウイルス感染症の流行前)からの同じ計算。▲は悪化。"
        f"毎年度の目標は、最新値の翌年度(早くとも{area.plan.first_year}年度)に達するものとした。"
        "改善のなかったもの、目標までの差が記載の最小の桁の10倍に満たないものは、速さの倍率を求めない。"
        "1年当たりの値は公表値の桁に丸め、必要な改善は切り上げた。倍率は丸める前の値により、四捨五入して1.0倍になるものは必要な速さに達したとした。"
        "「参考」は、一覧が実績を参考記載としているもの。",
    )


def _row(row: Pace) -> list[str | Cell]:
    scale = scale_of(row.target_text, row.start_text)
    return [
        row.name,
        project_number(row.project_no),
        scale.label,
        _start(row, scale),
        scale.computed(row.final_target_value, year_words(row.target_text, row.due_year)),
        scale.computed(row.needed_per_year, rounding="up"),
        _seen(scale, row.seen_per_year, row.seen_from_year, row.start_year, row.seen_from_is_reference),
        _seen(scale, row.longer_per_year, row.longer_from_year, row.start_year),
    ]


def _start(row: Pace, scale: Scale) -> Cell:
    """The newest value; of an outcome of the plan's years also the year, and whether it may still change."""
    found = scale.published(row.start_text)
    if row.start_origin != "actual":
        return found
    of_year = "" if found.year else f"{row.start_year}年度"
    return replace(found, below=(*found.below, f"{of_year}実績({settled(row.start_is_provisional)})"))


def _seen(
    scale: Scale, per_year: float | None, first: int | None, last: int, is_reference: bool = False
) -> str | Cell:
    reference = ("参考",) if is_reference else ()
    return NONE if per_year is None else scale.computed(per_year, f"{first}→{last}", *reference)


def paces_in_words(row: Pace) -> tuple[str, str]:
    """The improvement seen a year and the one needed, as exact as the published numbers."""
    scale = scale_of(row.target_text, row.start_text)
    seen = scale.words(row.seen_per_year or 0.0)
    needed = scale.words(row.needed_per_year, "up")
    if scale.label == "%":
        # A change of a percentage is in points.
        return seen.replace("%", "ポイント"), needed.replace("%", "ポイント")
    return seen, needed


def _pace_label(row: Pace) -> str:
    seen, needed = paces_in_words(row)
    reference = "、参考" if row.seen_from_is_reference else ""
    return f"{row.multiple:.1f}倍({seen}/{needed}{reference})"
