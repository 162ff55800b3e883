"""Markdown as pieces, by markdown-it's tree; HTML in it stays text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from renkei.page.foreign.markdown_text import lines_of, runs_of
from renkei.page.foreign.tables import table_from
from renkei.page.foreign.text import DEEPEST_SHOWN, merged, shown, text_of
from renkei.report.kit.pieces import Piece, Title
from renkei.report.kit.pieces_text import Heading, Item, Listing, Note, Paragraph, Preformatted, Run

#: Lists and quotations within each other: markdown-it leaves out what is deeper.
_DEEPEST = 100
_QUOTED = Run("> ")


def pieces_of_markdown(text: str) -> Iterator[Piece]:
    """The pieces of a Markdown text."""
    text = shown(text)
    tokens = _markdown().parse(text)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        yield Preformatted(text)
        yield Note("入れ子が深すぎるため、Markdownの原文のまま示した。")
        return
    for node in SyntaxTreeNode(tokens).children:
        yield from _block(node)


def _block(node: SyntaxTreeNode, quoted: tuple[Run, ...] = ()) -> Iterator[Piece]:
    match node.type:
        case "heading":
            level, text = int(node.tag[1]), text_of(runs_of(node))
            if text:
                yield Title(text) if level == 1 else Heading(min(level, 4), text)
            yield from _pictures(node)
        case "paragraph":
            for line in lines_of(node):
                if runs := merged(line):
                    yield Paragraph(merged((*quoted, *runs)))
            yield from _pictures(node)
        case "bullet_list" | "ordered_list":
            for is_item, parts in groupby(_items(node, 0), key=lambda part: isinstance(part, Item)):
                if is_item:
                    yield Listing(tuple(part for part in parts if isinstance(part, Item)))
                else:
                    yield from (part for part in parts if isinstance(part, Piece))
        case "fence" | "code_block":
            yield Preformatted(node.content.rstrip("\n"))
        case "blockquote":
            for child in node.children:
                yield from _block(child, (*quoted, _QUOTED)[:DEEPEST_SHOWN])
        case "table":
            yield from _table(node)


def _items(of_list: SyntaxTreeNode, depth: int) -> Iterator[Item | Piece]:
    """The items of a list and of the lists in it, with what else stands between them."""
    first = int(of_list.attrs.get("start", 1)) if of_list.type == "ordered_list" else None
    for position, item in enumerate(of_list.children):
        number = None if first is None else first + position
        runs: list[Run] = []
        for child in item.children:
            if child.type == "paragraph":
                # A second paragraph of an item goes on behind the first.
                runs += [Run(" "), *runs_of(child)]
            else:
                if runs:
                    yield Item(merged(runs), depth, number)
                    runs, number = [], None
                if child.type in ("bullet_list", "ordered_list"):
                    yield from _items(child, min(depth + 1, DEEPEST_SHOWN))
                else:
                    yield from _block(child)
        if runs:
            yield Item(merged(runs), depth, number)
        yield from (
            picture for child in item.children if child.type == "paragraph" for picture in _pictures(child)
        )


def _table(node: SyntaxTreeNode) -> Iterator[Piece]:
    rows = [
        [text_of(runs_of(cell)) for cell in row.children] for part in node.children for row in part.children
    ]
    yield table_from(rows[0], rows[1:])
    yield from _pictures(node)


def _pictures(node: SyntaxTreeNode) -> Iterator[Note]:
    """That a picture is left out: a report loads nothing from elsewhere."""
    for image in node.walk():
        if image.type == "image":
            name = f"「{image.content}」" if image.content else ""
            yield Note(f"画像{name}({image.attrs.get('src', '')})は、報告書の外にあるため載せていない。")


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table")
