"""Running text in Markdown: words with their style, links with their address, lines as they are meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from renkei.page.foreign.text import merged, with_address
from renkei.report.kit.pieces_text import Run

_BREAK = "\n"


def runs_of(block: SyntaxTreeNode) -> tuple[Run, ...]:
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


def lines_of(block: SyntaxTreeNode) -> Iterator[list[Run]]:
    """The text of a block, line by line where it says that lines are to be broken."""
    line: list[Run] = []
    for run in _raw_runs(block):
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
