"""The first sheet: title, main points, contents with links to the other sheets, then the report's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from renkei.page.content import Content
from renkei.page.xlsx_cards import table_of
from renkei.page.xlsx_columns import columns_of
from renkei.page.xlsx_layout import fit_columns, fitting_width, lines_of, prepare_for_paper, set_height
from renkei.page.xlsx_styles import Styles
from renkei.page.xlsx_table import write_table, write_text
from renkei.page.xlsx_text import plain
from renkei.report.kit.pieces import Figure, Piece, Provenance, Table
from renkei.report.kit.pieces_cards import Cards
from renkei.report.kit.pieces_text import Heading, Listing, Note, Paragraph, Picture, Preformatted

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

OVERVIEW = "概要"
PROVENANCE = "出典と作成条件"
_WIDTH = 110
_INDENT = "　"
_TEXTS = (Paragraph, Listing, Note, Preformatted)


@dataclass(frozen=True)
class _Page:
    """The first sheet, and how wide its columns are: one of text, more where cards stand on it."""

    sheet: Worksheet
    styles: Styles
    widths: tuple[int, ...]

    def write(self, row: int, text: str, style: Any) -> int:
        """Write a text across the sheet unless there is none; gives the next free row."""
        if not text:
            return row
        set_height(self.sheet, row, lines_of(text, sum(self.widths)))
        if len(self.widths) > 1:
            self.sheet.merge_range(row, 0, row, len(self.widths) - 1, "", style)
        write_text(self.sheet, row, 0, text, style)
        return row + 1

    def heading(self, row: int, text: str) -> int:
        """Write a heading below a free row; gives the next free one."""
        write_text(self.sheet, row + 1, 0, text, self.styles.heading)
        return row + 2


def write_overview(
    sheet: Worksheet, styles: Styles, content: Content, name: str, names: Mapping[int, str]
) -> None:
    """Write the first sheet; `name` is the report's, `names` give each sheet by its piece's position."""
    cards = [table_of(piece) for piece in content.pieces if isinstance(piece, Cards)]
    widths = _widths(cards)
    fit_columns(sheet, widths)
    page = _Page(sheet, styles, widths)
    write_text(sheet, 0, 0, name, styles.title)
    row = page.write(1, content.lead, styles.text)
    for head, text in content.imprint:
        row = page.write(row, f"{head}：{text}", styles.small)
    for table in cards:
        row = write_table(sheet, styles, table, row + 1).free
    if content.points:
        row = page.heading(row, "主な点")
    for point in content.points:
        row = page.write(row, point.headline, styles.strong)
        row = page.write(row, point.detail, styles.text)
    row = page.heading(row, "目次")
    row = _flow(page, row, content.pieces, names, with_texts=False)
    if any(isinstance(piece, _TEXTS) for piece in content.pieces):
        row = page.heading(row, "本文")
        _flow(page, row, content.pieces, names, with_texts=True)
    prepare_for_paper(sheet)


def _widths(cards: Sequence[Table]) -> tuple[int, ...]:
    """As wide as the cards' tables ask for, the first column so that a line of text is as wide as ever."""
    of_tables = [tuple(map(fitting_width, columns_of(table))) for table in cards]
    first, *others = (max(column) for column in zip_longest(*of_tables, fillvalue=0)) if cards else (_WIDTH,)
    return (max(first, _WIDTH - sum(others)), *others)


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


def _flow(
    page: _Page, row: int, pieces: Sequence[Piece], names: Mapping[int, str], *, with_texts: bool
) -> int:
    """Headings and links, with the texts between them or without; gives the next free row."""
    for position, piece in enumerate(pieces):
        if isinstance(piece, Heading):
            row = page.write(row, _INDENT * (piece.level - 2) + piece.text, page.styles.strong)
        elif position in names:
            target = names[position].replace("'", "''")
            number = f"{names[position]} " if isinstance(piece, Figure | Picture) else ""
            shown = f"{_INDENT}→ {number}{title_of(piece)}"
            link = f"internal:'{target}'!A1"
            page.sheet.write_url(row, 0, link, page.styles.link, plain(shown), tip=names[position])
            row += 1
        elif with_texts and isinstance(piece, _TEXTS):
            style = page.styles.fixed if isinstance(piece, Preformatted) else page.styles.text
            for line in _lines(piece):
                row = page.write(row, line, style)
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
