"""What a rendering process has done before its first report: everything loaded, and one page made."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from multiprocessing.connection import wait


def prepare() -> None:
    """Load all that is loaded on first use, fonts and templates included; then keep it for good.

    A small page is made and thrown away. No PDF is: once a process has had one laid out, none may be forked
    from it (`renkei.page.pdf`).
    """
    gc.disable()
    from renkei.batch.one import load_runner

    load_runner()
    # The command's own script imports it in every worker.
    import typer  # noqa: F401

    import renkei.batch.kernels.provisioner
    import renkei.page.pdf
    from renkei.page.content import content_of
    from renkei.page.html import html_page

    cells = [{"cell_type": "markdown", "source": "# 題\n\n## 節\n\n文\n\n## 節"}]
    html_page(content_of({"cells": cells}))
    renkei.page.pdf.prepare()
    gc.collect()
    gc.freeze()


def start() -> None:
    """Make a forked process ready for work: rare garbage collection, and an end with its parent's."""
    # A report's objects go with it: looking for garbage before is for nothing. The batch collects after each
    # report; this is for a report that is far larger than any known.
    gc.set_threshold(1_000_000, 10, 10)
    gc.enable()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """A killed parent cannot end its workers; each waits for that itself."""
    wait([sentinel])
    os._exit(1)
