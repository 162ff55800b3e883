"""docs/analysts.ja.md: what it says runs, and its tables are those of the code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest
import renkei.report
from analysts_page import FUNCTIONS, section
from conftest import ROOT
from renkei.report.kit.pieces import Figure, Piece, Table

PAGE = (ROOT / "docs" / "analysts.ja.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda of: of.__name__)
def test_functions_and_their_columns_are_those_of_the_code(function: Any) -> None:
    """Module, parameters, and each column with its head and its codes in words."""
    assert section(function) in PAGE, "run 'python tests/analysts_page.py' and look at the difference"


def test_no_other_function_is_on_the_page() -> None:
    """Functions that are gone are gone from the page as well; the order is that of the tests."""
    heads = re.findall(r"^### (\w+)\(", PAGE, re.MULTILINE)

    assert [of.__name__ for of in FUNCTIONS] == heads


def test_tables_and_charts_of_an_analysts_own_are_all_there() -> None:
    """What Tab shows is on the page."""
    part = PAGE.partition("## 表と図")[2].partition("## 関数と列")[0]

    assert sorted(renkei.report.__all__) == sorted(
        re.findall(r"^\| (\w+_?\w*) \| [^-]", part, re.MULTILINE)[1:]
    )


def test_the_worked_questions_run() -> None:
    """One after another, as in a notebook; the last line of each is a table or a figure with its source."""
    names: dict[str, Any] = {}
    shown = []
    for block in BLOCKS:
        *statements, last = ast.parse(block).body
        assert isinstance(last, ast.Expr)
        exec(compile(ast.Module(statements, []), "block", "exec"), names)  # noqa: S102
        shown.append(eval(compile(ast.Expression(last.value), "block", "eval"), names))  # noqa: S307

    assert 5 == len(re.findall(r"^### \d\. ", PAGE, re.MULTILINE))
    assert [Table, Figure, Table, Figure, Figure, Table] == [type(piece) for piece in shown]
    assert all("札幌市" in piece.source for piece in shown if isinstance(piece, Table | Figure))
    assert all(isinstance(piece, Piece) for piece in shown)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda of: of.__name__)
def test_tab_shows_what_is_meant(function: Any) -> None:
    """A module of a function of the page names its own functions and values, and nothing that it imports."""
    module = import_module(function.__module__)
    own = [getattr(module, name) for name in module.__all__]

    assert function.__name__ in module.__all__
    assert {function.__module__} == {of.__module__ for of in own if hasattr(of, "__module__")}
    assert not [name for name in module.__all__ if name.startswith("_")]


def test_the_functions_of_an_analysts_own_pieces_are_loaded_when_they_are_asked_for() -> None:
    """`import renkei.report` loads neither pandas nor Matplotlib."""
    code = (
        "import sys, renkei.report; print(sorted({'pandas', 'matplotlib'} & set(sys.modules))); "
        "print(renkei.report.table.__name__, {*renkei.report.__all__} <= {*dir(renkei.report)})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]\ntable True\n" == done.stdout
    with pytest.raises(AttributeError, match="no attribute 'pie_chart'"):
        renkei.report.pie_chart  # noqa: B018
