"""What every page starts from: one style sheet, a policy that forbids loading, text that is escaped.

Without the libraries that read notebooks, since the index of reports needs none.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from renkei.report.kit.bundle import style_sheet
from renkei.report.kit.markup import html_of

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


@cache
def template(name: str) -> jinja2.Template:
    """A template of a page, by the name of its file."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.globals.update(
        piece_html=html_of,
        policy=CONTENT_SECURITY_POLICY,
        # The project's own file, which no text from elsewhere reaches.
        style_sheet=Markup(style_sheet() + _source("page.css")),  # noqa: S704
    )
    return environment.get_template(name)


def _source(name: str) -> str:
    return (files("renkei.page") / "templates" / name).read_text(encoding="utf-8")
