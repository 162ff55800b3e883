"""What cells print, as one text between two other outputs: how a kernel cuts it depends on the clock."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode


def joined_streams(outputs: Sequence[NotebookNode]) -> list[NotebookNode]:
    """The outputs of a cell, with all that was printed in a row as one output, then what was said on stderr.

    A kernel sends what is printed some times a second, so a slow cell is cut anywhere. Before it shows
    anything else it sends the rest, so what is printed before a figure stays before it.
    """
    joined: list[NotebookNode] = []
    for is_stream, group in groupby(outputs, lambda output: output.output_type == "stream"):
        if not is_stream:
            joined += group
            continue
        of_name: dict[str, NotebookNode] = {}
        for output in group:
            if output.name in of_name:
                of_name[output.name].text += output.text
            else:
                of_name[output.name] = output
        joined += (of_name[name] for name in sorted(of_name, reverse=True))
    return joined
