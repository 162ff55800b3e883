"""A report's content without a kernel: the cells of its notebook run here, one after another."""

from __future__ import annotations

import ast
import json
from functools import cache
from typing import Any

from conftest import ROOT
from renkei.page.content import Content, content_of
from renkei.report.kit.bundle import bundle_of
from renkei.report.kit.pieces import Piece

#: A report of each family: its notebook, and a cell with its parameters.
FAMILIES = {
    "outcomes": "fiscal_year = 2021",
    "targets": "fiscal_year = 2025",
    "trajectory": "",
    "municipality": "fiscal_year = 2025; municipality = '千歳市'",
    "status": "fiscal_year = 2024",
}


@cache
def content(family: str, parameters: str = "") -> Content:
    """What the report of a family says, with other parameters than its usual ones if any are given."""
    notebook = json.loads((ROOT / "notebooks" / f"{family}.ipynb").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        *statements, last = ast.parse("".join(cell["source"])).body
        _run([*statements], names)
        if not isinstance(last, ast.Expr):
            _run([last], names)
        else:
            value = eval(compile(ast.Expression(last.value), family, "eval"), names)  # noqa: S307
            if isinstance(value, Piece):
                # Through JSON and back, as in a notebook's file.
                data = json.loads(json.dumps(bundle_of(value)))
                cell["outputs"] = [{"output_type": "execute_result", "data": data}]
        if "parameters" in cell["metadata"].get("tags", ()):
            _run(ast.parse(parameters or FAMILIES[family]).body, names)
    return content_of(notebook)


def _run(statements: list[ast.stmt], names: dict[str, Any]) -> None:
    exec(compile(ast.Module(statements, []), "cell", "exec"), names)  # noqa: S102
