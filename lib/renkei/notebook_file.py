"""What of a notebook's file a person wrote: cells, their sources and tags, and the kernel to run them in.

All else comes from running and saving: outputs, counts, `language_info`, what JupyterLab notes on a cell. It
is no part of what git keeps (`renkei.git.clean`), nor of what a report is made from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_OF_KERNEL = ("display_name", "language", "name")


def written_part(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """The notebook as if nobody had run it; empty cells of code, as Lab adds them, are left out."""
    found = notebook.get("metadata", {}).get("kernelspec", {})
    kernel = {key: found[key] for key in _OF_KERNEL if key in found}
    return {
        "cells": [_cell(cell) for cell in notebook["cells"] if not _is_empty(cell)],
        "metadata": {"kernelspec": kernel} if kernel else {},
        "nbformat": notebook["nbformat"],
        "nbformat_minor": notebook["nbformat_minor"],
    }


def written_text(notebook: Mapping[str, Any]) -> str:
    """That part as JupyterLab would write it into a file."""
    return json.dumps(written_part(notebook), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    tags = cell.get("metadata", {}).get("tags")
    source = cell["source"]
    kept = {
        "cell_type": cell["cell_type"],
        "metadata": {"tags": tags} if tags else {},
        "source": (source if isinstance(source, str) else "".join(source)).splitlines(keepends=True),
    }
    kept |= {key: cell[key] for key in ("id", "attachments") if key in cell}
    return kept | ({"execution_count": None, "outputs": []} if cell["cell_type"] == "code" else {})


def _is_empty(cell: Mapping[str, Any]) -> bool:
    return cell["cell_type"] == "code" and not "".join(cell["source"]).strip()
