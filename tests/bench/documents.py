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
_BEGIN, _END = "<!-- make bench: {} -->", "<!-- make bench: end of {} -->"
_PACKAGES = (
    "papermill", "nbclient", "nbconvert", "ipykernel", "jupyterlab", "pandas", "matplotlib", "typst",
    "weasyprint", "playwright",
)  # fmt: skip


def about(rounds: int) -> str:
    """With what, on what and how often it was measured, without a name of the machine."""
    commit = _said("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD")
    changed = _said("git", "-C", str(ROOT), "status", "--porcelain", "--", "lib", "notebooks", "data")
    browser = _said(CHROMIUM, "--version").split(" built")[0].strip() if CHROMIUM else ""
    versions = [f"Python {platform.python_version()}", *map(_version, _PACKAGES), browser]
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}; commit {commit or 'unknown'}"
        f"{' with changes' if changed else ''}; rounds: {rounds}. {', '.join(filter(None, versions))}."
    )


def put(document: str, part: str, tables: str) -> None:
    """Write a part's tables between its marks in a document."""
    path = ROOT / "docs" / document
    path.write_text(replaced(path.read_text(encoding="utf-8"), part, tables), encoding="utf-8")


def replaced(text: str, part: str, tables: str) -> str:
    """The text with the tables in place of what stands between the marks of the part."""
    begin, end = _BEGIN.format(part), _END.format(part)
    before, begun, rest = text.partition(begin)
    _, ended, after = rest.partition(end)
    if not (begun and ended):
        raise SystemExit(f"the marks “{begin}” and “{end}” were expected in the document")
    return f"{before}{begin}\n\n{tables}\n\n{end}{after}"


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
