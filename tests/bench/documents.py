"""Tables in their place in the documents, and what they were measured with."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.chromium_pdf import CHROMIUM
from bench.measuring import TESTS

ROOT = TESTS.parent
_BEGIN, _END = "<!-- Written by `make bench`; do not edit. -->", "<!-- End of what `make bench` wrote. -->"
_PACKAGES = (
    "papermill", "nbclient", "nbconvert", "ipykernel", "jupyterlab", "pandas", "matplotlib", "typst",
    "weasyprint", "playwright",
)  # fmt: skip


def about(rounds: dict[str, int]) -> str:
    """With what, on what and how often it was measured, without a name of the machine."""
    commit = _said("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD")
    changed = _said(
        "git", "-C", str(ROOT), "status", "--porcelain", "--untracked-files=no", "--", "lib", "notebooks"
    )
    often = ", ".join(f"{count} of {what}" for what, count in rounds.items())
    browser = _said(CHROMIUM, "--version").split(" built")[0].strip() if CHROMIUM else ""
    versions = [f"Python {platform.python_version()}", *filter(None, map(_version, _PACKAGES)), browser]
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}; commit {commit or 'unknown'}"
        f"{' with changes' if changed else ''}; rounds: {often}. {', '.join(filter(None, versions))}."
    )


def put(name: str, tables: str) -> None:
    """Write the tables between the marks of a document."""
    path = ROOT / "docs" / name
    path.write_text(replaced(path.read_text(encoding="utf-8"), tables, name), encoding="utf-8")


def replaced(text: str, tables: str, name: str) -> str:
    """The text with the tables in place of what stands between its marks."""
    before, begun, rest = text.partition(_BEGIN)
    _, ended, after = rest.partition(_END)
    if not (begun and ended):
        raise SystemExit(f"docs/{name}: the marks “{_BEGIN}” and “{_END}” were expected")
    return f"{before}{_BEGIN}\n\n{tables}\n\n{_END}{after}"


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def _said(*command: str | Path) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""
