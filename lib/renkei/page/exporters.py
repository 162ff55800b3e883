"""`renkei_html`, `renkei_pdf` and `renkei_xlsx`: a report's views for nbconvert and JupyterLab's menu.

Apart from the views themselves, since a batch needs none of nbconvert.
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from renkei.errors import RenderError
from renkei.page.content import content_of
from renkei.page.html import html_page
from renkei.page.pdf import pdf_of
from renkei.page.xlsx import workbook_of


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
        return html_page(content_of(run(executed))), resources


class RenkeiPDFExporter(Exporter):
    """A notebook as PDF: A4, tagged, with bookmarks, page numbers and its Japanese font inside."""

    export_from_notebook = "Renkei PDF"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF's bytes and the resources; a RenderError says what would make it unfit for sending."""
        executed, resources = super().from_notebook_node(nb, resources, **kwargs)
        return pdf_of(content_of(run(executed))), resources


class RenkeiExcelExporter(Exporter):
    """A notebook as a workbook: real numbers, heads that stay, filters, charts of Excel's own."""

    export_from_notebook = "Renkei Excel"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def _file_extension_default(self) -> str:
        return ".xlsx"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The workbook's bytes and the resources."""
        executed, resources = super().from_notebook_node(nb, resources, **kwargs)
        return workbook_of(content_of(run(executed))), resources


def run(notebook: NotebookNode) -> NotebookNode:
    """The notebook, of which every cell of code was run; a RenderError names those that were not.

    It would come out as a report with nothing or with only a part in it, and nobody would see that.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    missing = [
        str(number)
        for number, cell in enumerate(code, start=1)
        if cell.get("execution_count") is None
        and not cell.get("outputs")
        and "skip-execution" not in cell.metadata.get("tags", ())
    ]
    if missing:
        which = "none was run" if len(missing) == len(code) else f"not run: {', '.join(missing)}"
        raise RenderError(
            f"a notebook that was run was expected, found {len(code)} cells of code, {which}; run it first "
            "(in JupyterLab: Run, Run All Cells; for nbconvert: --execute), save it, and export it again"
        )
    return notebook
