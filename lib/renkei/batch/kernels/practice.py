"""Importing this module prepares a kernel server for reports: what their cells load on first use is there.

A server can be asked to import modules and for nothing else. Only that of a batch imports this one.
"""

from __future__ import annotations

from renkei.report.kit.bundle import bundle_of
from renkei.report.kit.pieces_text import Heading

# Loads Jinja2 and compiles the template, which every kernel would do for itself.
bundle_of(Heading(2, "題"))
