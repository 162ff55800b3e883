"""The one Japanese font of charts and PDF."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from renkei.errors import RenderError

FAMILY = "IPAexGothic"


def font_file() -> Path:
    """The font's file, as it comes with the package matplotlib-fontja.

    Found without importing the package, which would load matplotlib and change its settings.
    """
    spec = find_spec("matplotlib_fontja")
    for folder in spec.submodule_search_locations or [] if spec else []:
        path = Path(folder, "fonts", "ipaexg.ttf")
        if path.is_file():
            return path
    raise RenderError("the font ipaexg.ttf of the package matplotlib-fontja was expected; run 'make setup'")
