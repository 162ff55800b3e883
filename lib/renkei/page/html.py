"""`renkei_html`: a report as one HTML page that needs neither scripts nor a network."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from renkei.area import Area
from renkei.errors import RenderError
from renkei.page.document import Report, report_of
from renkei.page.glyphs import demand_glyphs
from renkei.report.kit.bundle import style_sheet
from renkei.report.kit.markup import html_of

#: A page above this size in bytes is refused: it is sent by e-mail.
LARGEST_PAGE = 1_000_000

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


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
        return html_page(report_of(executed)), resources


def html_page(report: Report) -> str:
    """A report as one HTML page; a RenderError says what would make it unfit for sending."""
    demand_glyphs(report)
    page = template("report.html.j2").render(report=report, title=report.title or Area.current().name)
    size = len(page.encode("utf-8"))
    if size > LARGEST_PAGE:
        raise RenderError(
            f"a page of at most {LARGEST_PAGE:,} bytes was expected, found {size:,}; "
            "show fewer or simpler charts"
        )
    return page


@cache
def template(name: str) -> jinja2.Template:
    """A template of a page, by the name of its file."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.globals.update(
        piece_html=html_of,
        policy=CONTENT_SECURITY_POLICY,
        # The project's own file, which no text from elsewhere reaches.
        style_sheet=Markup(style_sheet() + _source("page.css")),  # noqa: S704
    )
    return environment.get_template(name)


def _source(name: str) -> str:
    return (files("renkei.page") / "templates" / name).read_text(encoding="utf-8")
