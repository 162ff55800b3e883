"""`make mutants` changes every module of the analysis, runs every test of it, and counts what survived."""

import tomllib

from conftest import ROOT
from mutants import fates, summary
from renkei.layers import layer_of

CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]


def test_every_module_of_the_analysis_is_mutated() -> None:
    """No module joins the layer without being tried, and no other one is."""
    modules = [path.name for path in sorted((ROOT / "lib" / "renkei").glob("*.py"))]

    assert [
        f"src/renkei/{name}"
        for name in modules
        if name not in ("__init__.py", "layers.py")
        and layer_of(f"renkei.{name.removesuffix('.py')}") == "analysis"
    ] == CONFIGURATION["only_mutate"]


def test_every_test_of_the_analysis_is_run() -> None:
    """The files on the made-up tables, all of them."""
    files = sorted(ROOT.glob("tests/test_analysis_*.py"))

    assert [path.relative_to(ROOT).as_posix() for path in files] == CONFIGURATION[
        "pytest_add_cli_args_test_selection"
    ]


def test_what_was_tried_is_counted_by_module() -> None:
    """Two of three mutants of one module and the one of another were killed; one was not tried."""
    fate_of = fates(
        "    renkei.costs.x_remarks__mutmut_1: killed\n"
        "    renkei.costs.x_remarks__mutmut_2: survived\n"
        "    renkei.costs.x_remarks__mutmut_3: killed\n"
        "    renkei.load.xǁTablesǁ__getitem____mutmut_1: killed\n"
        "    renkei.pace.x_seen__mutmut_1: not checked\n"
    )

    assert [
        ["module", "mutants", "killed", "survived"],
        ["costs", "3", "2", "1", "33.3", "%"],
        ["load", "1", "1", "0", "0.0", "%"],
        ["all", "4", "3", "1", "25.0", "%"],
    ] == [line.split() for line in summary(fate_of).splitlines()]
