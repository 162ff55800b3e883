"""The first sheet: title, main points, contents with links to the other sheets, then the report's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from renkei.page.content import Content
from renkei.page.xlsx_styles import Styles
from renkei.page.xlsx_table import prepare_for_paper, write_text
from renkei.page.xlsx_text import plain
from renkei.report.kit.pieces import (
    Figure,
    Heading,
    Listing,
    Note,
    Paragraph,
    Picture,
    Piece,
    Preformatted,
    Provenance,
    Table,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

OVERVIEW = "概要"
PROVENANCE = "出典と作成条件"
_WIDTH = 110
_INDENT = "　"
_TEXTS = (Paragraph, Listing, Note, Preformatted)


def write_overview(
    sheet: Worksheet, styles: Styles, content: Content, name: str, names: Mapping[int, str]
) -> None:
    """Write the first sheet; `name` is the report's, `names` give each sheet by its piece's position."""
    sheet.set_column(0, 0, _WIDTH)
    write_text(sheet, 0, 0, name, styles.title)
    row = 1
    for text in filter(None, [content.lead]):
        write_text(sheet, row, 0, text, styles.text)
        row += 1
    if content.points:
        row = _heading(sheet, styles, row, "主な点")
    for point in content.points:
        write_text(sheet, row, 0, point.headline, styles.strong)
        row += 1
        if point.detail:
            write_text(sheet, row, 0, point.detail, styles.text)
            row += 1
    row = _heading(sheet, styles, row, "目次")
    row = _flow(sheet, styles, row, content.pieces, names, with_texts=False)
    if any(isinstance(piece, _TEXTS) for piece in content.pieces):
        row = _heading(sheet, styles, row, "本文")
        _flow(sheet, styles, row, content.pieces, names, with_texts=True)
    prepare_for_paper(sheet)


def title_of(piece: Piece) -> str | None:
    """What heads a piece's sheet; None for a piece without one of its own."""
    match piece:
        case Table():
            return piece.caption
        case Figure():
            return piece.title
        case Picture():
            return piece.alt.split("\n")[0]
        case Provenance():
            return PROVENANCE
    return None


def _heading(sheet: Worksheet, styles: Styles, row: int, text: str) -> int:
    write_text(sheet, row + 1, 0, text, styles.heading)
    return row + 2


def _flow(
    sheet: Worksheet,
    styles: Styles,
    row: int,
    pieces: Sequence[Piece],
    names: Mapping[int, str],
    *,
    with_texts: bool,
) -> int:
    """Headings and links, with the texts between them or without; gives the next free row."""
    for position, piece in enumerate(pieces):
        if isinstance(piece, Heading):
            write_text(sheet, row, 0, _INDENT * (piece.level - 2) + piece.text, styles.strong)
            row += 1
        elif position in names:
            target = names[position].replace("'", "''")
            shown = f"{_INDENT}{'→ ' if with_texts else ''}[{names[position]}] {title_of(piece)}"
            sheet.write_url(row, 0, f"internal:'{target}'!A1", styles.link, plain(shown), tip=names[position])
            row += 1
        elif with_texts and isinstance(piece, _TEXTS):
            style = styles.fixed if isinstance(piece, Preformatted) else styles.text
            for line in _lines(piece):
                write_text(sheet, row, 0, line, style)
                row += 1
    return row


def _lines(piece: Piece) -> list[str]:
    """The text of a piece, a row for each item of a list."""
    if not isinstance(piece, Listing):
        return [piece.summary]
    return [
        f"{_INDENT * (item.depth + 1)}{'・' if item.number is None else f'{item.number}. '}"
        + "".join(run.text for run in item.runs)
        for item in piece.items
    ]
