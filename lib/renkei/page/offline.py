"""What may stand in a page, so that a browser or mail program runs nothing and asks no other machine.

A list of what is allowed: what nobody thought of is refused, not let through. It has what Markdown, our
own pieces and the tables of pandas come to; a drawing is shown as a picture (`data:image/`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Doctype, PreformattedString

from renkei.errors import RenderError

# As words, since quotes and commas would hide them.
_ELEMENTS = frozenset(
    "html head meta title style body main nav section article header footer aside address div p span h1 "  # noqa: SIM905
    "h2 h3 h4 h5 h6 hr br wbr pre blockquote ul ol li dl dt dd table caption colgroup col thead tbody "
    "tfoot tr th td figure figcaption img details summary a abbr b bdi bdo cite code del dfn em i input "
    "ins kbd mark q rp rt ruby s samp small strong sub sup time u var".split()
)
_ATTRIBUTES = frozenset(
    "abbr align alt bgcolor border cellpadding cellspacing charset checked class cols colspan content "  # noqa: SIM905
    "datetime dir disabled headers height hidden id lang name nowrap open reversed role rowspan scope "
    "scoped span start tabindex title type valign value width".split()
)
_ATTRIBUTE_FAMILIES = ("aria-", "data-")
#: Attributes of which some values are allowed: a place in the page, a picture in it, what it forbids.
_VALUES = {
    "href": re.compile(r"#.*", re.DOTALL),
    "src": re.compile(r"data:image/.*", re.DOTALL),
    "http-equiv": re.compile("Content-Security-Policy"),
}
#: What may stand before a bracket, or after an @, in a style sheet. Whatever loads has either.
_CSS_FUNCTIONS = frozenset(
    "attr calc clamp content counter counters cubic-bezier fit-content hsl hsla leader linear-gradient "  # noqa: SIM905
    "max media min minmax radial-gradient repeat repeating-linear-gradient rgb rgba rotate scale string "
    "target-counter translate translatex translatey var first-child has is lang last-child not nth-child "
    "nth-last-child nth-of-type where".split()
)
_CSS_RULES = re.compile(r"media|page|supports|(top|bottom|left|right)-[a-z-]+")
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)


def demand_offline(page: BeautifulSoup) -> None:
    """Raise RenderError for a script, for what a browser would load, and for all that is not known."""
    problems = set(_problems(page))
    if problems:
        raise RenderError(
            "a page without scripts or outside addresses was expected, found "
            f"{', '.join(sorted(problems))}; leave it out, or show it as text or as a picture"
        )


def _problems(page: BeautifulSoup) -> Iterator[str]:
    for tag in page.find_all(True):
        if tag.name not in _ELEMENTS:
            yield f"<{tag.name}>"
            continue
        for name, value in tag.attrs.items():
            if not _is_known(name):
                yield f"<{tag.name} {name}>"
            elif not _is_allowed(name, str(value)):
                yield f'<{tag.name} {name}="{str(value)[:60]}">'
        if tag.name == "style":
            yield from (f"<style> {what}" for what in _loading_css(tag.get_text()))
    for text in page.find_all(string=_ends_early):
        yield f"{text.PREFIX}{text[:60]}"


def _is_known(name: str) -> bool:
    return name in _ATTRIBUTES or name in _VALUES or name == "style" or name.startswith(_ATTRIBUTE_FAMILIES)


def _is_allowed(name: str, value: str) -> bool:
    if name == "style":
        return not list(_loading_css(value))
    return name not in _VALUES or _VALUES[name].fullmatch(value) is not None


def _loading_css(text: str) -> Iterator[str]:
    """Functions and rules in a style sheet that are not known, also those written with escapes."""
    plain = _CSS_ESCAPE.sub(_unescaped, text).lower()
    for name in re.findall(r"([\w-]+)\(", plain):
        if name not in _CSS_FUNCTIONS:
            yield f"{name}("
    for name in re.findall(r"@([\w-]+)", plain):
        if _CSS_RULES.fullmatch(name) is None:
            yield f"@{name}"


def _unescaped(escape: re.Match[str]) -> str:
    code, character = escape.groups()
    if code is None:
        return "" if character == "\n" else str(character)
    return chr(min(int(code, 16), 0x10FFFF))


def _ends_early(text: object) -> bool:
    """Whether a browser would end this comment, and read on, where the reader of this page did not."""
    if not isinstance(text, PreformattedString) or isinstance(text, Doctype):
        return False
    return text.PREFIX != "<!--" or text.startswith((">", "->")) or "--!>" in text
