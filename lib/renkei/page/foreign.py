"""What a notebook shows that is none of our pieces, as pieces: Markdown, tables, pictures, printed text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from renkei.report.kit.pieces import (
    Heading,
    Item,
    Listing,
    Note,
    Paragraph,
    Picture,
    Piece,
    Preformatted,
    Run,
    Title,
)


def pieces_of_markdown(text: str) -> Iterator[Piece]:
    """The pieces of a Markdown cell."""
    for node in SyntaxTreeNode(_markdown().parse(text)).children:
        yield from _block(node)


def pieces_of_output(output: Mapping[str, Any]) -> Iterator[Piece]:
    """The pieces of one output of a code cell; warnings and log lines on stderr stay in the notebook."""
    kind = output["output_type"]
    if kind == "error":
        yield Preformatted(f"{output['ename']}: {output['evalue']}", is_error=True)
    elif kind == "stream":
        if output["name"] == "stdout":
            yield Preformatted(_text(output["text"]))
    else:
        yield _of_data(output["data"])


def _of_data(data: Mapping[str, Any]) -> Piece:
    plain = _text(data.get("text/plain", ""))
    if "image/svg+xml" in data:
        return Picture("image/svg+xml", _text(data["image/svg+xml"]), plain or "図")
    if "image/png" in data:
        return Picture("image/png", _text(data["image/png"]).replace("\n", ""), plain or "図")
    if plain:
        return Preformatted(plain)
    return Note(f"この出力は表示できない形式({'、'.join(data)})である。")


def _block(node: SyntaxTreeNode) -> Iterator[Piece]:
    if node.type == "heading":
        level, text = int(node.tag[1]), "".join(run.text for run in _runs(node.children[0]))
        yield Title(text) if level == 1 else Heading(min(level, 4), text)
    elif node.type == "paragraph":
        yield Paragraph(tuple(_runs(node.children[0])))
    elif node.type in ("bullet_list", "ordered_list"):
        yield Listing(tuple(_items(node, 0)))
    elif node.type in ("fence", "code_block"):
        yield Preformatted(node.content.rstrip("\n"))


def _items(of_list: SyntaxTreeNode, depth: int) -> Iterator[Item]:
    first = int(of_list.attrs.get("start", 1)) if of_list.type == "ordered_list" else None
    for position, item in enumerate(of_list.children):
        number = None if first is None else first + position
        for child in item.children:
            if child.type == "paragraph":
                yield Item(tuple(_runs(child.children[0])), depth, number)
            elif child.type in ("bullet_list", "ordered_list"):
                yield from _items(child, depth + 1)


def _runs(inline: SyntaxTreeNode) -> Iterator[Run]:
    yield from _styled(inline.children, {})


def _styled(nodes: Sequence[SyntaxTreeNode], style: dict[str, bool]) -> Iterator[Run]:
    for node in nodes:
        if node.type in ("softbreak", "hardbreak"):
            continue
        if node.type == "strong":
            yield from _styled(node.children, {**style, "is_strong": True})
        elif node.type == "em":
            yield from _styled(node.children, {**style, "is_emphasised": True})
        elif node.type == "code_inline":
            yield Run(node.content, **{**style, "is_code": True})
        elif node.children:
            yield from _styled(node.children, style)
        elif node.content:
            yield Run(node.content, **style)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _text(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "".join(value)
