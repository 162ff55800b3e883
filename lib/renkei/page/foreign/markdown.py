"""Markdown as pieces, by markdown-it's tree; HTML in it stays text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from renkei.page.foreign.tables import table_from
from renkei.page.foreign.text import DEEPEST_SHOWN, merged, shown, text_of, with_address
from renkei.report.kit.pieces import (
    Heading,
    Item,
    Listing,
    Note,
    Paragraph,
    Piece,
    Preformatted,
    Run,
    Title,
)

#: Lists and quotations within each other: markdown-it leaves out what is deeper.
_DEEPEST = 100
_BREAK = "\n"
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
            level, text = int(node.tag[1]), text_of(_runs(node))
            if text:
                yield Title(text) if level == 1 else Heading(min(level, 4), text)
            yield from _pictures(node)
        case "paragraph":
            for line in _split(_raw_runs(node)):
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
                runs += [Run(" "), *_runs(child)]
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
        [text_of(_runs(cell)) for cell in row.children] for part in node.children for row in part.children
    ]
    yield table_from(rows[0], rows[1:])
    yield from _pictures(node)


def _pictures(node: SyntaxTreeNode) -> Iterator[Note]:
    """That a picture is left out: a report loads nothing from elsewhere."""
    for image in node.walk():
        if image.type == "image":
            name = f"「{image.content}」" if image.content else ""
            yield Note(f"画像{name}({image.attrs.get('src', '')})は、報告書の外にあるため載せていない。")


def _runs(block: SyntaxTreeNode) -> tuple[Run, ...]:
    """The text of a block, all on one line."""
    return merged([Run(" ") if run.text == _BREAK else run for run in _raw_runs(block)])


def _raw_runs(block: SyntaxTreeNode) -> list[Run]:
    """The text of a block, with a run of its own for each line that is to be broken."""
    found = [run for inline in block.children for run in _styled(inline.children, {})]
    for position, run in enumerate(found):
        if run.text == " " + _BREAK:
            before = found[position - 1].text if position else ""
            after = found[position + 1].text if position + 1 < len(found) else ""
            found[position] = Run("" if _is_wide(before[-1:]) or _is_wide(after[:1]) else " ")
    return found


def _split(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs line by line."""
    line: list[Run] = []
    for run in runs:
        if run.text == _BREAK:
            yield line
            line = []
        else:
            line.append(run)
    yield line


def _styled(nodes: Sequence[SyntaxTreeNode], style: dict[str, bool]) -> Iterator[Run]:
    for node in nodes:
        match node.type:
            case "hardbreak":
                yield Run(_BREAK)
            case "softbreak":
                yield Run(" " + _BREAK)
            case "strong":
                yield from _styled(node.children, {**style, "is_strong": True})
            case "em":
                yield from _styled(node.children, {**style, "is_emphasised": True})
            case "code_inline":
                yield Run(node.content, **{**style, "is_code": True})
            case "link":
                yield from _styled(node.children, style)
                text = "".join(part.content for part in node.walk() if not part.children)
                yield Run(with_address(text, str(node.attrs.get("href", ""))), **style)
            case "image":
                continue
            case _:
                yield Run(node.content, **style)


def _is_wide(character: str) -> bool:
    """Whether a character is one that is not set apart from the next word by a blank."""
    return bool(character) and unicodedata.east_asian_width(character) in "WFA"


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table")
