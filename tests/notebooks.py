"""Notebooks for tests, as values: what nbformat would write, without its checks and its time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

#: The kernel that a notebook names, and how people see it.
KERNELS = {"renkei": "Renkei", "python3": "Python 3"}


def markdown_cell(text: str) -> dict[str, Any]:
    """A cell of running text."""
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def code_cell(source: str = "", *outputs: dict[str, Any], tags: tuple[str, ...] = ()) -> dict[str, Any]:
    """A cell of code with what it gave, as it comes out of a file."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"tags": list(tags)},
        "outputs": json.loads(json.dumps(outputs)),
        "source": source,
    }


def displayed(bundle: dict[str, Any]) -> dict[str, Any]:
    """The output of a cell that shows one value, given by MIME type."""
    return {"output_type": "display_data", "data": bundle, "metadata": {}}


def notebook(*cells: dict[str, Any], kernel: str = "renkei") -> dict[str, Any]:
    """A notebook of these cells for a kernel."""
    spec = {"display_name": KERNELS[kernel], "language": "python", "name": kernel}
    return {"cells": list(cells), "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 4}


def write(path: Path, of: dict[str, Any]) -> Path:
    """Write a notebook as a file; its path."""
    path.write_text(json.dumps(of, ensure_ascii=False), encoding="utf-8")
    return path
