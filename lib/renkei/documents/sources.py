"""The documents on record: what they are, and their lines after corrections."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from renkei.checkout import Checkout
from renkei.documents.corrections import Correction, corrected
from renkei.errors import SourceError


@dataclass(frozen=True)
class Line:
    """One line of a document, after corrections."""

    number: int
    text: str


@dataclass(frozen=True)
class Source:
    """One document as `data/sources/sources.toml` records it.

    `plan` is the first fiscal year of the plan that the document belongs to; `reader` names
    the form that it has; `fiscal_year` is the year whose outcomes it reports, None where it reports none.
    """

    id: str
    file: str
    title: str
    publisher: str
    status: str
    period: str
    plan: int
    reader: str
    fiscal_year: int | None
    sha256: str

    @property
    def path_in_project(self) -> str:
        """Its path as messages name it."""
        return f"data/sources/{self.file}"


def sources_on_record(checkout: Checkout) -> dict[str, Source]:
    """Every document in `sources.toml`, by id."""
    path = checkout.sources / "sources.toml"
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
        sources = [Source(**{"fiscal_year": None, **entry}) for entry in entries]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise SourceError(
            f"a list of documents was expected, each with id, file, title, publisher, status, "
            f"period, plan, reader and sha256; found: {error}",
            path=checkout.relative(path),
        ) from error
    return {source.id: source for source in sources}


def document(checkout: Checkout, source: Source) -> bytes:
    """The document's bytes, whether or not they are those on record."""
    try:
        return (checkout.sources / source.file).read_bytes()
    except OSError as error:
        raise SourceError(
            f"the document “{source.title}” cannot be read ({error.strerror}); put it back",
            path=source.path_in_project,
        ) from error


def corrected_lines(source: Source, content: bytes, corrections: Sequence[Correction]) -> list[Line]:
    """The lines of a document with its corrections made.

    Raises SourceError where a line is not UTF-8, CorrectionError where a correction
    does not match.
    """
    texts = []
    for number, raw in enumerate(content.split(b"\n"), start=1):
        try:
            texts.append(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise SourceError(
                "text in UTF-8 was expected, found bytes that are none; the file may have been "
                "saved as CP932 (Shift_JIS): put back the document as received",
                path=source.path_in_project,
                line=number,
            ) from error
    lines = dict(enumerate(texts, start=1))
    for correction in corrections:
        if correction.source == source.id:
            lines[correction.source_line] = corrected(
                lines.get(correction.source_line, ""), correction, source.path_in_project
            )
    return [Line(number, text) for number, text in lines.items()]


def demand_recorded_bytes(source: Source, content: bytes) -> None:
    """Raise SourceError unless the document is, byte for byte, the one on record."""
    found = hashlib.sha256(content).hexdigest()
    if found != source.sha256:
        raise SourceError(
            f"the document has changed: SHA-256 {source.sha256} is on record in "
            f"data/sources/sources.toml, found {found}; put back the document as received, or, "
            "if it is a new edition, record its SHA-256 and check every table against it",
            path=source.path_in_project,
        )
