"""The first sheet: title, main points, contents with links to the other sheets, then the report's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from renkei.page.content import Content
from renkei.page.xlsx_layout import lines_of, prepare_for_paper, set_height
from renkei.page.xlsx_styles import Styles
from renkei.page.xlsx_table import write_text
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
    row = _write(sheet, 1, content.lead, styles.text)
    if content.points:
        row = _heading(sheet, styles, row, "主な点")
    for point in content.points:
        row = _write(sheet, row, point.headline, styles.strong)
        row = _write(sheet, row, point.detail, styles.text)
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


def _write(sheet: Worksheet, row: int, text: str, style: Any) -> int:
    """Write a text unless there is none; gives the next free row."""
    if not text:
        return row
    write_text(sheet, row, 0, text, style)
    set_height(sheet, row, lines_of(text, _WIDTH))
    return row + 1


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
            row = _write(sheet, row, _INDENT * (piece.level - 2) + piece.text, styles.strong)
        elif position in names:
            target = names[position].replace("'", "''")
            number = f"{names[position]} " if isinstance(piece, Figure | Picture) else ""
            shown = f"{_INDENT}→ {number}{title_of(piece)}"
            sheet.write_url(row, 0, f"internal:'{target}'!A1", styles.link, plain(shown), tip=names[position])
            row += 1
        elif with_texts and isinstance(piece, _TEXTS):
            style = styles.fixed if isinstance(piece, Preformatted) else styles.text
            for line in _lines(piece):
                row = _write(sheet, row, line, style)
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
