"""The page that lists the reports of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from renkei.page.templating import template


@dataclass(frozen=True)
class File:
    """A file of a report: its address from the list, and its format and size in words."""

    address: str
    format: str
    size: str


@dataclass(frozen=True)
class Entry:
    """A report in the list, with its first main point."""

    title: str
    headline: str
    files: Sequence[File]


@dataclass(frozen=True)
class Section:
    """The reports of one year."""

    head: str
    reports: Sequence[Entry]


def index_page(title: str, sections: Sequence[Section]) -> str:
    """The page as HTML, with nothing to load, as the reports themselves."""
    return template("reports.html.j2").render(title=title, sections=sections)
