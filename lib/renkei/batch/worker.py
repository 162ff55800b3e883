"""What a rendering process has done before its first report: everything loaded, and one page made."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from base64 import b64encode
from multiprocessing.connection import wait

_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g><!-- 図 -->'
    '<g transform="translate(1 8) scale(0.08 -0.08)"/></g><path d="M 0 0 L 9 9"/></svg>'
)
_PIECES = (
    '<ul class="points"><li><strong>点</strong></li></ul><table><caption>表</caption><thead><tr>'
    '<th scope="col">頭</th></tr></thead><tbody><tr><td class="number">1</td></tr></tbody></table>'
    f'<figure><img src="data:image/svg+xml;base64,{b64encode(_DRAWING.encode()).decode("ascii")}" alt="図">'
    "</figure>"
)


def prepare() -> None:
    """Load all that is loaded on first use, fonts and templates included; then keep it for good.

    A small page of each kind of thing that a report has is made, and its PDF, and thrown away.
    """
    gc.disable()
    from renkei.batch.one import exporter, load_runner

    load_runner()
    # The command's own script imports it in every worker.
    import typer  # noqa: F401
    from nbformat import NotebookNode

    import renkei.batch.kernels.provisioner  # noqa: F401
    from renkei.page.pdf import pdf_from_html

    output = NotebookNode(output_type="display_data", data={"text/html": _PIECES}, metadata={})
    cells = [
        NotebookNode(cell_type="markdown", metadata={}, source="# 題\n\n## 節\n\n文\n\n## 節"),
        NotebookNode(cell_type="code", metadata={}, source="", execution_count=1, outputs=[output]),
    ]
    notebook = NotebookNode(nbformat=4, nbformat_minor=4, metadata=NotebookNode(), cells=cells)
    pdf_from_html(exporter().from_notebook_node(notebook)[0])
    gc.collect()
    gc.freeze()


def start() -> None:
    """Make a forked process ready for work: rare garbage collection, and an end with its parent's."""
    # WeasyPrint makes millions of objects and drops them with the report: looking at them before is for
    # nothing. The batch collects after each report; this is for a report that is far larger than any known.
    gc.set_threshold(1_000_000, 10, 10)
    gc.enable()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """A killed parent cannot end its workers; each waits for that itself."""
    wait([sentinel])
    os._exit(1)
