"""HTML from templates in which all text is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

_TEMPLATE = Path(__file__).parent / "templates" / "kit.html.j2"


def markup(macro: str, **values: object) -> Markup:
    """What a macro of the kit's template makes of the values."""
    made: Markup = getattr(_macros(), macro)(**values)
    return made


def template_at(path: Path) -> Template:
    """The template of a file; a value that it misses is an error."""
    return _environment(path.parent).get_template(path.name)


@cache
def _macros() -> Any:
    """The macros of the kit's template, its lines joined without their indentation."""
    lines = _TEMPLATE.read_text(encoding="utf-8").splitlines()
    return _environment(_TEMPLATE.parent).from_string("".join(line.strip() for line in lines)).module


@cache
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
