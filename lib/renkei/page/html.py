"""`renkei_html`: a notebook as one HTML page that needs neither scripts nor a network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import escape
from nbconvert.exporters.html import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

from renkei.page.finishing import finished
from renkei.page.style import CONTENT_SECURITY_POLICY, TEMPLATES, style_sheet


class RenkeiHTMLExporter(HTMLExporter):
    """Markdown and outputs of a notebook, without its code, in the project's one template."""

    export_from_notebook = "Renkei HTML"

    @property
    def default_config(self) -> Config:
        """Nbconvert's own defaults, with headings left as they are written."""
        config = Config({"HTMLExporter": {"exclude_anchor_links": True, "language_code": "ja"}})
        inherited: Config = super().default_config.copy()
        inherited.merge(config)
        return inherited

    def _template_name_default(self) -> str:
        return "renkei"

    def _template_file_default(self) -> str:
        return "index.html.j2"

    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def default_filters(self) -> Iterable[tuple[str, Callable[..., Any]]]:
        """Nbconvert's filters, and the one that turns an output into HTML."""
        yield from super().default_filters()
        yield "output_html", output_html

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page and its resources; a RenderError says what would make it unfit for sending."""
        resources = dict(resources or {})
        resources["style_sheet"] = style_sheet()
        resources["content_security_policy"] = CONTENT_SECURITY_POLICY
        # HTMLExporter's own method would only read the whole page once more, to give an alternative text to
        # pictures of cells and a tab stop to code; `output_html` does the one, pages have none of the other.
        html, resources = super(HTMLExporter, self).from_notebook_node(nb, resources, **kwargs)
        return finished(html), resources


def output_html(output: NotebookNode) -> str:
    """One output of a code cell; warnings and log lines on stderr stay in the notebook."""
    if output.output_type == "error":
        return f'<pre class="error">{escape(f"{output.ename}: {output.evalue}")}</pre>'
    if output.output_type == "stream":
        return f"<pre>{escape(output.text)}</pre>" if output.name == "stdout" else ""
    data = output.data
    if "text/html" in data:
        return str(data["text/html"])
    if "image/png" in data:
        return _drawing("image/png", data["image/png"].replace("\n", ""), output)
    return f"<pre>{escape(data.get('text/plain', ''))}</pre>"


def _drawing(mimetype: str, data: str, output: NotebookNode) -> str:
    """A picture that a cell drew itself; its plain text is the best alternative text there is."""
    alt = escape(output.data.get("text/plain", "図"))
    return f'<img class="drawing" src="data:{mimetype};base64,{data}" alt="{alt}">'
