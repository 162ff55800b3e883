"""Heads of rows in the tags of a finished PDF, so that a screen reader says which row a cell belongs to.

Typst tags heads of columns; it can tag those of rows, but only with a feature that its Python package does
not switch on. It also puts the first group's head among the column heads, and the rows that the template
keeps with a table's source among the table's foot. Here every table of the file becomes

    THead: the column heads
    TBody, one a group: the group's head if it has one, the rows, each with a head of its own
    TFoot: note and source

and every cell names its heads. The file's objects are packed as well, which halves it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from renkei.errors import RenderError

if TYPE_CHECKING:
    import pikepdf

    Element = pikepdf.Object


@dataclass(frozen=True)
class Shape:
    """What a table's tags must be like: its columns and, a group, whether it has a head, and its rows."""

    caption: str
    columns: int
    groups: tuple[tuple[bool, int], ...]


def with_heads(pdf: bytes, shapes: Sequence[Shape]) -> bytes:
    """The file with the heads of rows tagged, in the tables of these shapes, in their order.

    Raises RenderError where the file's tables have other shapes.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        root = file.Root.StructTreeRoot
        tables = list(_tables(root))
        if len(tables) != len(shapes):
            raise RenderError(
                f"{len(shapes)} tables were expected in the tags of the PDF, found {len(tables)}"
            )
        known = _names(root)
        for number, (table, shape) in enumerate(zip(tables, shapes, strict=True), 1):
            # A table without rows has nothing to be the head of.
            if shape.groups:
                _Table(file, table, shape, number, known).mend()
        if known:
            names = [part for name in sorted(known) for part in (pikepdf.String(name), known[name])]
            root.IDTree = file.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(names)))
        packed = io.BytesIO()
        file.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return packed.getvalue()


def _tables(element: Element) -> Iterator[Element]:
    """The tables below an element of the tags, in their order."""
    for child in _kids(element):
        kind = child.get("/S")
        if kind == "/Table":
            yield child
        elif kind is not None:
            yield from _tables(child)


def _kids(element: Element) -> list[Element]:
    import pikepdf

    kids = element.get("/K")
    if kids is None:
        return []
    return [
        kid
        for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
        if isinstance(kid, pikepdf.Dictionary)
    ]


def _names(root: Element) -> dict[str, Element]:
    """The elements that have a name, which cells refer to."""
    import pikepdf

    tree = root.get("/IDTree")
    return {} if tree is None else {str(name): of for name, of in pikepdf.NameTree(tree).items()}


class _Table:
    """The tags of one table, while they are mended."""

    def __init__(
        self, file: pikepdf.Pdf, table: Element, shape: Shape, number: int, known: dict[str, Element]
    ) -> None:
        self._file, self._table, self._shape, self._known = file, table, shape, known
        self._prefix = f"T{number:03}"

    def mend(self) -> None:
        """Put heads, groups and foot in order; a RenderError says where the tags are not as expected."""
        import pikepdf

        parts = _kids(self._table)
        captions = [part for part in parts if part.S == "/Caption"]
        sections = [part for part in parts if part.S in ("/THead", "/TBody", "/TFoot")]
        if len(captions) != 1 or len(sections) != len(parts) - 1:
            raise self._unexpected(f"parts {', '.join(str(part.S) for part in parts)}")
        rows = [row for section in sections for row in _kids(section)]
        wanted = 2 + sum(count + has_head for has_head, count in self._shape.groups)
        if len(rows) != wanted or any(row.S != "/TR" for row in rows):
            raise self._unexpected(f"{len(rows)} rows where {wanted} were to be")
        left = iter(rows)
        made = [captions[0]]

        head = next(left)
        columns = [self._name(cell) for cell in self._cells(head, "/TH", self._shape.columns)]
        made.append(self._section("THead", [head]))
        for group, (has_head, count) in enumerate(self._shape.groups):
            above: list[str] = []
            of_group = []
            if has_head:
                of_group.append(next(left))
                above = [self._group_head(of_group[0], group)]
            for position in range(count):
                row = next(left)
                self._row(row, columns, above, f"{self._prefix}G{group:02}R{position:04}")
                of_group.append(row)
            made.append(self._section("TBody", of_group))
        foot = next(left)
        for cell in self._cells(foot, "/TD", 1):
            _attributes(cell).Headers = pikepdf.Array()
        made.append(self._section("TFoot", [foot]))
        self._table.K = pikepdf.Array(made)

    def _cells(self, row: Element, kind: str, count: int) -> list[Element]:
        cells = _kids(row)
        if len(cells) != count or {str(cell.S) for cell in cells} != {kind}:
            raise self._unexpected(f"a row of {', '.join(str(cell.S) for cell in cells)}")
        return cells

    def _name(self, head: Element) -> str:
        """The name of a column's head, which Typst gives it."""
        name, scope = head.get("/ID"), _attributes(head).get("/Scope")
        if name is None or scope != "/Column":
            raise self._unexpected("a column's head without name or scope")
        return str(name)

    def _group_head(self, row: Element, group: int) -> str:
        import pikepdf

        cells = _kids(row)
        if len(cells) != 1 or _attributes(cells[0]).get("/ColSpan", 1) != self._shape.columns:
            raise self._unexpected("a group's head that is not one cell over all columns")
        head = cells[0]
        name = str(head.get("/ID", f"{self._prefix}G{group:02}"))
        head.S, head.ID = pikepdf.Name.TH, pikepdf.String(name)
        attributes = _attributes(head)
        attributes.Scope, attributes.Headers = pikepdf.Name.Column, pikepdf.Array()
        self._known[name] = head
        return name

    def _row(self, row: Element, columns: Sequence[str], above: Sequence[str], name: str) -> None:
        import pikepdf

        cells = self._cells(row, "/TD", len(columns))
        for column, cell in zip(columns, cells, strict=True):
            names = [column, *above]
            attributes = _attributes(cell)
            if cell is cells[0]:
                cell.S, cell.ID = pikepdf.Name.TH, pikepdf.String(name)
                attributes.Scope = pikepdf.Name.Row
                self._known[name] = cell
            else:
                names.append(name)
            attributes.Headers = pikepdf.Array(map(pikepdf.String, names))

    def _section(self, kind: str, rows: Sequence[Element]) -> Element:
        import pikepdf

        section = self._file.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem,
                S=pikepdf.Name(f"/{kind}"),
                P=self._table,
                K=pikepdf.Array(rows),
            )
        )
        for row in rows:
            row.P = section
        return section

    def _unexpected(self, found: str) -> RenderError:
        return RenderError(
            f"the tags of a table with {self._shape.columns} columns were expected for "
            f"“{self._shape.caption}”, found {found}; is it another version of Typst?"
        )


def _attributes(cell: Element) -> Element:
    """The attributes that a cell has as part of a table."""
    import pikepdf

    found = cell.get("/A")
    if found is None:
        cell.A = found = pikepdf.Array()
    for attributes in found:
        if attributes.get("/O") == "/Table":
            return attributes
    found.append(pikepdf.Dictionary(O=pikepdf.Name.Table))
    return found[-1]
