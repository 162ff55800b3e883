"""A report in any of its formats, by the ending of the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from renkei.page.content import Content

#: The formats in the order in which the index lists them, by the ending of their files.
FORMATS = {"html": "HTML", "pdf": "PDF", "xlsx": "Excel"}


def view_as(ending: str) -> Callable[[Content], bytes]:
    """What makes a report's file of that ending, loaded; a KeyError for an ending that is none of FORMATS."""
    # Imported here: a command that asks for one format need not load the others.
    if ending == "html":
        from renkei.page.html import html_page

        return lambda content: html_page(content).encode("utf-8")
    if ending == "pdf":
        from renkei.page.pdf import pdf_of

        return pdf_of
    if ending == "xlsx":
        from renkei.page.xlsx import workbook_of

        return workbook_of
    raise KeyError(ending)
