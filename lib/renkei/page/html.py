"""`renkei_html`: a report as one HTML page that needs neither scripts nor a network."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from renkei.area import Area
from renkei.errors import RenderError
from renkei.page.content import Content, content_of
from renkei.page.glyphs import demand_glyphs
from renkei.page.templating import template

#: A page above this size in bytes is refused: it is sent by e-mail.
LARGEST_PAGE = 1_000_000


class RenkeiHTMLExporter(Exporter):
    """Markdown and outputs of a notebook, without its code, as one page."""

    export_from_notebook = "Renkei HTML"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page and its resources; a RenderError says what would make it unfit for sending."""
        executed, resources = super().from_notebook_node(nb, resources, **kwargs)
        return html_page(content_of(executed)), resources


def html_page(content: Content) -> str:
    """A report as one HTML page; a RenderError says what would make it unfit for sending."""
    demand_glyphs(content)
    page = template("report.html.j2").render(report=content, title=content.title or Area.current().name)
    size = len(page.encode("utf-8"))
    if size > LARGEST_PAGE:
        raise RenderError(
            f"a page of at most {LARGEST_PAGE:,} bytes was expected, found {size:,}; "
            "show fewer or simpler charts"
        )
    return page
