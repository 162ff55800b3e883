"""A report as a tagged PDF (PDF/UA-1), laid out by Typst."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from renkei.errors import RenderError
from renkei.font import font_file
from renkei.page.content import Content
from renkei.page.glyphs import demand_glyphs
from renkei.page.pdf_data import data_of
from renkei.page.pdf_heads import Shape, with_heads
from renkei.report.kit.pieces import Provenance, Table

if TYPE_CHECKING:
    import typst

#: So many documents stay in the compiler's cache, which nothing but other documents empties.
_CACHED_DOCUMENTS = 11
#: Signs that have text run the other way round: it would be stored so, and not be found by a search.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
#: What the compiler says of a document in which each look for the places of things changes them again.
_UNSETTLED = "did not converge"


def pdf_of(content: Content) -> bytes:
    """A report as PDF, the same bytes for the same report.

    A process that has called this must not be forked any more: the child would wait for the compiler's
    threads, which it does not have.
    """
    demand_glyphs(content)
    pdf, faults = _compiled(data_of(content))
    if any(_UNSETTLED in fault for fault in faults):
        # Each chart's place depends on those before it, and Typst looks for all places five times at most.
        pdf, faults = _compiled(data_of(content, fits=False))
    if faults:
        raise _refused("; ".join(faults))
    return with_heads(pdf, list(_shapes(content)))


def prepare() -> None:
    """Load compiler and font; what is forked after this has them."""
    _compiler()


def let_go() -> None:
    """Give back the memory that the compiler's cache of the last documents holds, where that is possible."""
    for number in range(_CACHED_DOCUMENTS):
        _compiler().compile(input=str(number).encode("ascii"), format="pdf", sys_inputs={})
    if sys.platform == "linux":
        # Only the C library of GNU has this.
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def _shapes(content: Content) -> Iterator[Shape]:
    """What the tags of each table of a report are to be like."""
    for piece in content.pieces:
        tables = piece.tables if isinstance(piece, Provenance) else (piece,)
        for table in tables:
            if isinstance(table, Table):
                groups = tuple((bool(group.head), len(group.rows)) for group in table.groups if group.rows)
                yield Shape(table.caption, len(table.columns), groups)


def _compiled(data: dict[str, Any]) -> tuple[bytes, list[str]]:
    """The template's PDF of `data`, and what the compiler warns of."""
    import typst

    try:
        pdf, warnings = _compiler().compile_with_warnings(
            input=_template(),
            format="pdf",
            sys_inputs={"report": msgspec.json.encode(data).decode("utf-8").translate(_TURNS)},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        raise _refused("; ".join([error.message, *error.hints])) from error
    except BaseException as error:
        # What stops the compiler itself is no Exception, and would end a worker with all its reports.
        if type(error).__name__ != "PanicException":
            raise
        raise _refused(f"the compiler stopped: {error}") from error
    if not isinstance(pdf, bytes):
        raise _refused(type(pdf).__name__)
    return pdf, [warning.message for warning in warnings]


def _refused(found: str) -> RenderError:
    return RenderError(f"a PDF without faults was expected, found {found}; ask for --format html meanwhile")


@cache
def _compiler() -> typst.Compiler:
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_file().parent]
    )
    return typst.Compiler(input=b"", root=font_file().parent, font_paths=fonts, ignore_system_fonts=True)


@cache
def _template() -> bytes:
    return (files("renkei.page") / "templates" / "report.typ").read_bytes()
