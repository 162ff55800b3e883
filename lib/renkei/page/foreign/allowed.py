"""What markup of others may be: elements, attributes, addresses and styles by lists of what is allowed.

Nothing that a reader's program would load, run or send is on them. Whatever is not on them is refused by
its name and not left out: what a cell shows has a meaning, and a part of it has another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from bs4 import Tag

from renkei.errors import RenderError


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _words(
    "html head title body div p br hr wbr h1 h2 h3 h4 h5 h6 pre blockquote center address article aside "
    "details figcaption figure footer header hgroup main nav section summary ul ol li dl dt dd menu table "
    "caption colgroup col thead tbody tfoot tr th td img style a abbr b bdi bdo big cite code data del "
    "dfn em font i ins kbd label mark nobr output q ruby rb rp rt rtc s samp small span strike strong sub "
    "sup time tt u var"
)
ATTRIBUTES = _words("class id title lang dir style align valign width height role hidden tabindex")
ATTRIBUTES_OF = {
    "table": _words("border cellpadding cellspacing frame rules summary bgcolor"),
    **dict.fromkeys(("th", "td"), _words("rowspan colspan scope headers abbr nowrap bgcolor char halign")),
    "tr": _words("bgcolor halign"),
    **dict.fromkeys(("thead", "tbody", "tfoot"), _words("halign")),
    **dict.fromkeys(("col", "colgroup"), _words("span")),
    "ol": _words("start type reversed"),
    "ul": _words("type"),
    "li": _words("value type"),
    "a": _words("href name rel target"),
    "img": _words("src alt border"),
    "font": _words("color size face"),
    "style": _words("type scoped media"),
    "time": _words("datetime"),
    **dict.fromkeys(("del", "ins"), _words("datetime")),
    "data": _words("value"),
    "label": _words("for"),
    "details": _words("open"),
}
SVG_ELEMENTS = _words(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc "
    "metadata style clipPath mask marker pattern image linearGradient radialGradient stop filter feBlend "
    "feColorMatrix feComposite feFlood feGaussianBlur feMerge feMergeNode feOffset"
)
SVG_ATTRIBUTES = _words(
    "id class style lang role x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy width height d points transform "
    "viewBox preserveAspectRatio version baseProfile pathLength rotate lengthAdjust textLength "
    "startOffset offset gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits "
    "patternTransform clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight "
    "orient refX refY filterUnits primitiveUnits in in2 result mode type values operator k1 k2 k3 k4 "
    "stdDeviation href fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity color display visibility "
    "overflow clip-path clip-rule mask filter marker-start marker-mid marker-end stop-color stop-opacity "
    "flood-color flood-opacity font font-family font-size font-style font-weight font-variant "
    "font-stretch text-anchor text-decoration text-rendering shape-rendering image-rendering "
    "color-interpolation color-interpolation-filters dominant-baseline alignment-baseline baseline-shift "
    "letter-spacing word-spacing writing-mode direction vector-effect paint-order enable-background "
    "contentStyleType contentScriptType xml:space xml:lang"
)
#: Values in a style that are written with parentheses and load nothing.
_FUNCTIONS = _words(
    "rgb rgba hsl hsla calc var min max clamp linear-gradient radial-gradient translate translatex "
    "translatey rotate scale matrix skewx skewy cubic-bezier not is where nth-child nth-of-type "
    "nth-last-child lang"
)
_LINK = re.compile(r"(?:#|https?://|mailto:|ftp://)|[^:]*\Z", re.IGNORECASE)
_DATA_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
_OF_PLACE = re.compile(r"""url\(\s*(["']?)#[^)"'\\]*\1\s*\)""", re.IGNORECASE)
_CALL = re.compile(r"(-?[\w-]+)\(")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT = re.compile(r"@\s*([\w-]*)")
_SVG = "{http://www.w3.org/2000/svg}"
_PREFIXES = {
    "{http://www.w3.org/1999/xlink}": "xlink:",
    "{http://www.w3.org/XML/1998/namespace}": "xml:",
}
#: A drawing that is nested more deeply can end the program that shows it.
_DEEPEST = 100


def demand_html(root: Tag) -> None:
    """Raise RenderError for HTML with an element, attribute, address or style that is not allowed."""
    for tag in root.find_all(True):
        if tag.name not in ELEMENTS:
            raise _refused("HTML", f"the element {tag.name}")
        known = ATTRIBUTES | ATTRIBUTES_OF.get(tag.name, frozenset())
        for name, value in tag.attrs.items():
            if name not in known and not name.startswith(("data-", "aria-")):
                raise _refused("HTML", f"the attribute {name} of {tag.name}")
            text = value if isinstance(value, str) else " ".join(value)
            is_foreign = (name == "href" and not _LINK.match(text.strip())) or (
                name == "src" and not _DATA_PICTURE.match(text.strip())
            )
            if is_foreign:
                raise _refused("HTML", f"the address “{' '.join(text.split())[:60]}” in {name} of {tag.name}")
            if name == "style":
                _demand_style("HTML", text, f"the attribute style of {tag.name}")
        if tag.name == "style":
            _demand_style("HTML", tag.get_text(), "the element style")


def demand_svg(root: Element) -> None:
    """Raise RenderError for a drawing with an element, attribute, address or style that is not allowed."""
    for element in _elements(root):
        name = str(element.tag).removeprefix(_SVG)
        if name not in SVG_ELEMENTS:
            raise _refused("a drawing", f"the element {name}")
        for attribute, value in _named(element.attrib):
            if attribute in ("href", "xlink:href"):
                inside = value.startswith("#") or (name == "image" and _DATA_PICTURE.match(value))
                if not inside:
                    raise _refused(
                        "a drawing", f"the address “{' '.join(value.split())[:60]}” in {attribute} of {name}"
                    )
            elif attribute not in SVG_ATTRIBUTES and not attribute.startswith(("data-", "aria-")):
                raise _refused("a drawing", f"the attribute {attribute} of {name}")
            else:
                _demand_style("a drawing", value, f"the attribute {attribute} of {name}")
        if name == "style":
            _demand_style("a drawing", "".join(element.itertext()), "the element style")


def _elements(root: Element) -> Iterator[Element]:
    """A drawing's elements; what a program says about it in its metadata is not shown by any other."""
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        if depth > _DEEPEST:
            raise _refused("a drawing", f"elements within each other more than {_DEEPEST} times")
        yield element
        if element.tag != f"{_SVG}metadata":
            waiting += [(child, depth + 1) for child in element]


def _named(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in attributes.items():
        space, brace, own = name.rpartition("}")
        yield f"{_PREFIXES.get(space + brace, space + brace)}{own}", value


def _demand_style(kind: str, text: str, where: str) -> None:
    plain = _OF_PLACE.sub("", _COMMENT.sub(" ", text))
    calls = [name for name in _CALL.findall(plain) if name.lower() not in _FUNCTIONS]
    rules = [f"@{name}" for name in _AT.findall(plain) if name.lower() != "media"]
    found = [*(f"{name}(" for name in calls), *rules, *(["\\"] if "\\" in plain else [])]
    if found:
        raise _refused(kind, f"“{found[0][:60]}” in {where}")


def _refused(kind: str, found: str) -> RenderError:
    return RenderError(
        f"{kind} that a report can show was expected, found {found}, which a reader's program could load or "
        "run or that no report shows; show it as text, as a table or as a picture"
    )
