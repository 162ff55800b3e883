"""The project's font and style for Matplotlib, for charts of its own and for an analyst's plots."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import matplotlib as mpl
from matplotlib import font_manager

from renkei.font import FAMILY, font_file

STYLE_SHEET = files("renkei.report.kit") / "renkei.mplstyle"
#: Scales of powers of ten are written as formulas, in the project's font like all else.
_FORMULAS = {
    "text.parse_math": True,
    "mathtext.fontset": "custom",
    **{f"mathtext.{name}": FAMILY for name in ("rm", "it", "bf", "bfit", "sf", "tt", "cal")},
}


@cache
def register_font() -> None:
    """Make the project's font known to Matplotlib."""
    font_manager.fontManager.addfont(font_file())


def plot_settings() -> dict[str, object]:
    """Matplotlib's settings for plots of an analyst's own: the style of all charts, and formulas."""
    style = mpl.rc_params_from_file(str(STYLE_SHEET), use_default_template=False)
    return dict(style) | _FORMULAS
