"""What notebooks show: one call gives one heading, paragraph, table or figure.

For an analyst's own data: `table`, `bar_chart`, `line_chart` and `share_chart` take a DataFrame or a Series.
The modules of this package have the pieces of the reports.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from renkei.report.frame_charts import bar_chart as bar_chart
    from renkei.report.frame_charts import line_chart as line_chart
    from renkei.report.frame_charts import share_chart as share_chart
    from renkei.report.frame_table import table as table

__all__ = ["bar_chart", "line_chart", "share_chart", "table"]
_MODULES = {
    "bar_chart": "frame_charts",
    "line_chart": "frame_charts",
    "share_chart": "frame_charts",
    "table": "frame_table",
}


def __getattr__(name: str) -> object:
    """A function of an analyst's own pieces, loaded when it is first asked for."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*__all__, *globals()})
