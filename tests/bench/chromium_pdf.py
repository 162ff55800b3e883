"""nbconvert's own `webpdf`, with the browser that the system has in place of one that it downloads."""

from __future__ import annotations

import shutil
from functools import partialmethod
from typing import Any
from unittest.mock import patch

from nbconvert.exporters import WebPDFExporter

CHROMIUM = shutil.which("chromium")


class ChromiumExporter(WebPDFExporter):
    """A notebook without its code as PDF, printed by the system's Chromium."""

    export_from_notebook = "PDF by Chromium"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(exclude_input=True, disable_sandbox=True, **kwargs)

    def run_playwright(self, html: str) -> bytes:
        """The PDF; Playwright would look for its own browser only."""
        from playwright.async_api import BrowserType

        launch = partialmethod(BrowserType.launch, executable_path=CHROMIUM)
        with patch.object(BrowserType, "launch", launch):
            pdf: bytes = super().run_playwright(html)
        return pdf
