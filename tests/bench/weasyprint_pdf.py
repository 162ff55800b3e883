"""The page as PDF by WeasyPrint, as people make PDFs of HTML today: a contestant, no part of the package."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode
from renkei.font import FAMILY, font_file
from renkei.page.exporters import RenkeiHTMLExporter

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

#: What the style sheet hides on paper need not be styled either.
_NOT_PRINTED = re.compile(r'<details class="numbers">.*?</details>', re.DOTALL)


class WeasyPrintExporter(RenkeiHTMLExporter):
    """The page of `renkei_html`, laid out on A4."""

    export_from_notebook = "PDF by WeasyPrint"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF's bytes and the resources."""
        html, resources = super().from_notebook_node(nb, resources, **kwargs)
        resources["output_extension"] = ".pdf"
        return pdf_from_html(html), resources


def pdf_from_html(html: str) -> bytes:
    """A finished page as tagged PDF."""
    from weasyprint import HTML

    sheets, fonts = _style()
    pdf: bytes = HTML(string=_NOT_PRINTED.sub("", html)).write_pdf(
        stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", optimize_images=False
    )
    return pdf


@cache
def _style() -> tuple[list[CSS], FontConfiguration]:
    """The style sheet for paper and the font, read once in a process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    face = f"@font-face {{ font-family: {FAMILY}; src: url({font_file().as_uri()}); }}"
    sheet = Path(__file__).with_name("print.css").read_text(encoding="utf-8")
    return [CSS(string=text, font_config=fonts) for text in (face, sheet)], fonts
