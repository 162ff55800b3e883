"""What a report says of the notes that name a municipality; `mentions` are what `mentions_of` gives."""

from __future__ import annotations

from collections.abc import Sequence

from renkei.area import Area
from renkei.mentions import Mention, passages
from renkei.report.kit.cells import note_lines, shown, table
from renkei.report.kit.pieces import Column, Piece
from renkei.report.kit.pieces_text import paragraph
from renkei.report.provenance import citation, sources_of_outcomes


def mentions_point(municipality: str, mentions: Sequence[Mention] | None) -> tuple[str, str]:
    """What the notes of the year of outcomes say of it; nothing where they do not name it."""
    if not mentions:
        return "", ""
    where = f"{Area.current().outcome_year}年度の実施状況に{municipality}の名が記されている"
    if len(mentions) == 1:
        [of] = mentions
        said = "".join(map(_quoted, passages(municipality, of.note)))
        return f"{where}指標は{_quoted(of.name)}", f"前のビジョンの{_project_of(of)}。{said}とある。"
    names = "、".join(f"{_project_of(of)}{_quoted(of.name)}" for of in mentions)
    return f"{where}指標は{len(mentions)}件", f"前のビジョンの{names}。"


def mentions_table(municipality: str, mentions: Sequence[Mention] | None) -> Piece:
    """The notes of the year of outcomes that name the municipality, each with its project and indicator."""
    area = Area.current()
    if mentions is None:
        return paragraph(f"{area.outcome_year}年度の実施状況の一覧がない。")
    if not mentions:
        return paragraph(
            f"{area.outcome_year}年度の一覧の実施状況等の欄に、{municipality}の名は記されていない。"
        )
    rows = [
        [of.name, _project_of(of), shown(of.project_name), note_lines(of.note), f"{of.source_line}行"]
        for of in mentions
    ]
    return table(
        f"{municipality}の名が記された実施状況等({len(mentions)}件)",
        [
            Column("評価指標", 25),
            Column("No.", 8, "small"),
            Column("前のビジョンの事業", 20, "small"),
            Column("実施状況等", 39, "small"),
            Column("箇所", 8, "small"),
        ],
        [("", rows)],
        source=citation(sources_of_outcomes()),
        note="市町村の名がそのまま記されているものに限る。市の字を省いた記載や、地名の一部は含まない。",
    )


def _quoted(text: str) -> str:
    """A text in quotation marks; those within it become double ones."""
    return f"「{text.replace('「', '『').replace('」', '』')}」"


def _project_of(of: Mention) -> str:
    return "基本KPI" if of.project_no is None else f"No. {of.project_no}"
