"""A page read once more before it is done: title, contents, nothing to load, no missing glyph."""

from __future__ import annotations

from bs4 import BeautifulSoup

from renkei.errors import RenderError
from renkei.page.glyphs import demand_glyphs
from renkei.page.offline import demand_offline

#: A page above this size in bytes is refused: it is sent by e-mail.
LARGEST_PAGE = 1_000_000


def finished(html: str) -> str:
    """A page with its title and table of contents; a RenderError says what makes it unfit for sending."""
    page = BeautifulSoup(html, "html.parser")
    _add_title(page)
    _add_contents(page)
    demand_offline(page)
    demand_glyphs(page)
    text = str(page)
    size = len(text.encode("utf-8"))
    if size > LARGEST_PAGE:
        raise RenderError(
            f"a page of at most {LARGEST_PAGE:,} bytes was expected, found {size:,}; "
            "show fewer or simpler charts"
        )
    return text


def _add_title(page: BeautifulSoup) -> None:
    """The first heading names the page."""
    first = page.find("h1")
    if page.title is not None:
        page.title.string = first.get_text(" ", strip=True) if first else "連携事業の報告書"


def _add_contents(page: BeautifulSoup) -> None:
    """A table of contents from the second-level headings, below the main points or the first heading."""
    headings = page.find_all("h2")
    if len(headings) < 2:
        return
    contents = page.new_tag("nav", attrs={"class": "toc", "aria-label": "目次"})
    label = page.new_tag("p")
    label.string = "目次"
    entries = page.new_tag("ol")
    for number, heading in enumerate(headings, start=1):
        heading["id"] = f"s{number}"
        entry, link = page.new_tag("li"), page.new_tag("a", href=f"#s{number}")
        link.string = heading.get_text(strip=True)
        entry.append(link)
        entries.append(entry)
    contents.extend([label, entries])
    headings[0].insert_before(contents)
