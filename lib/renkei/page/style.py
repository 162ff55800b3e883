"""What every page of this project starts from: one style sheet, and a policy that forbids loading.

Without the libraries that read pages, since the index of reports needs none.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

TEMPLATES = Path(str(files("renkei.page") / "templates"))

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


def style_sheet() -> str:
    """The style sheet of all pages, on screen and on paper."""
    return (TEMPLATES / "renkei" / "style.css").read_text(encoding="utf-8")
