"""`renkei_pdf`: the same page as a tagged PDF (PDF/UA-1), made by WeasyPrint."""

from __future__ import annotations

import atexit
import ctypes.util
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from renkei.errors import RenderError
from renkei.font import FAMILY, font_file
from renkei.page.html import RenkeiHTMLExporter
from renkei.page.svg_text import with_text

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

#: Numbers of charts, which a reader of the page can unfold. The style sheet hides them on paper; without
#: them here they need no styling either.
_NOT_PRINTED = re.compile(r'<details class="numbers">.*?</details>', re.DOTALL)


class RenkeiPDFExporter(RenkeiHTMLExporter):
    """A notebook as PDF: A4, tagged, with bookmarks, page numbers and its Japanese font inside."""

    export_from_notebook = "Renkei PDF"
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
    """A finished page as PDF; a RenderError says which system library is missing."""
    try:
        with _libraries_by_file_name():
            from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise RenderError(
            f"WeasyPrint needs the system library Pango, and could not load it ({error}); "
            "run 'make setup', or ask for --format html"
        ) from error
    style, fonts = _fonts()
    html = with_text(_NOT_PRINTED.sub("", html), FAMILY)
    # A finished page carries all it needs; whatever else it names is an error.
    only_inside = URLFetcher(allowed_protocols=["data"], fail_on_errors=True)
    document = HTML(string=html, url_fetcher=only_inside)
    pdf: bytes = document.write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", optimize_images=False
    )
    return pdf


@contextmanager
def _libraries_by_file_name() -> Iterator[None]:
    """Within, a library is loaded by the name of its file alone, and not looked for under other names.

    WeasyPrint tries each library by the names that it has on every system, the file's name on Linux
    last; looking for all the others starts processes, which takes as long as the rest of the import.
    """
    if sys.platform != "linux":
        yield
        return
    find_library = ctypes.util.find_library
    ctypes.util.find_library = _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = find_library


def _nowhere(name: str) -> str | None:
    return None


@cache
def _fonts() -> tuple[CSS, FontConfiguration]:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    # WeasyPrint cannot let go of fonts any more once the interpreter takes its modules apart.
    atexit.register(_fonts.cache_clear)
    fonts = FontConfiguration()
    style = CSS(
        string=f"@font-face {{ font-family: {FAMILY}; src: url({font_file().as_uri()}); }}",
        font_config=fonts,
        url_fetcher=URLFetcher(allowed_protocols=["file"], fail_on_errors=True),
    )
    return style, fonts
