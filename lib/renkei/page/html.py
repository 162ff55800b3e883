"""A report as one HTML page that needs neither scripts nor a network."""

from __future__ import annotations

from renkei.area import Area
from renkei.errors import RenderError
from renkei.page.content import Content
from renkei.page.glyphs import demand_glyphs
from renkei.page.templating import template

#: A page above this size in bytes is refused: it is sent by e-mail.
LARGEST_PAGE = 1_000_000


def html_page(content: Content) -> str:
    """A report as one HTML page; a RenderError says what would make it unfit for sending."""
    demand_glyphs(content)
    page = template("report.html.j2").render(report=content, title=content.title or Area.current().name)
    size = len(page.encode("utf-8"))
    if size > LARGEST_PAGE:
        raise RenderError(
            f"a page of at most {LARGEST_PAGE:,} bytes was expected, found {size:,}; "
            "show fewer or simpler charts"
        )
    return page
