"""Text of others as it can be shown: without what steers a terminal, without halves of characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from renkei.report.kit.pieces_text import Run

#: What stands for a character that cannot be shown, as in Japanese print since lead type.
UNSHOWN = "〓"
#: A list or a quotation is moved in so many times at most.
DEEPEST_SHOWN = 4
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_UNSHOWN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")


def shown(text: str | Sequence[str]) -> str:
    """A text, or its lines, as Jupyter stores it, with 〓 for each character that cannot be shown."""
    text = text if isinstance(text, str) else "".join(text)
    return _UNSHOWN.sub(UNSHOWN, _LINE_ENDS.sub("\n", _TERMINAL.sub("", text)))


def merged(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, neighbours of one style as one, without blanks at both ends."""
    found: list[Run] = []
    for run in runs:
        if found and _style(found[-1]) == _style(run):
            found[-1] = _with(run, found[-1].text + run.text)
        elif run.text:
            found.append(run)
    if found:
        found[0] = _with(found[0], found[0].text.lstrip())
        found[-1] = _with(found[-1], found[-1].text.rstrip())
    return tuple(run for run in found if run.text)


def text_of(runs: Sequence[Run]) -> str:
    """The text of runs."""
    return "".join(run.text for run in runs)


def with_address(text: str, address: str) -> str:
    """What stands behind a link's text: where it leads, unless the text says so or it stays in the page."""
    leads_out = re.match(r"(?:https?|mailto|ftp):", address)
    return f"({address})" if leads_out and address.removeprefix("mailto:") != text else ""


def _style(run: Run) -> tuple[bool, bool, bool]:
    return (run.is_strong, run.is_emphasised, run.is_code)


def _with(run: Run, text: str) -> Run:
    return Run(text, *_style(run))
