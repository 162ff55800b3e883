"""What a process or a kernel would do, done here: a report's content, and the command line."""

from __future__ import annotations

import ast
import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

from conftest import ROOT, raised
from renkei.cli import main
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


@dataclass(frozen=True)
class Told:
    """How a command ended, and what it told."""

    status: int
    out: str
    err: str


def command(*arguments: str) -> Told:
    """The command line in the current project; whatever it does not expect is raised here."""
    out, err = io.StringIO(), io.StringIO()
    given, sys.argv = sys.argv, ["renkei", *arguments]
    try:
        with patch("renkei.cli.tell_unexpected", raised), redirect_stdout(out), redirect_stderr(err):
            main()
        status = 0
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 0 if left.code is None else 1
    finally:
        sys.argv = given
    return Told(status, out.getvalue(), err.getvalue())


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
