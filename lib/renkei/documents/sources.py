"""The documents on record: what they are, and their lines after corrections."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tomllib
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from renkei.checkout import Checkout
from renkei.documents.corrections import Correction, corrected
from renkei.documents.quotes import problems
from renkei.errors import CorrectionError, SourceError

#: No document of this kind has a hundredth of so many bytes.
_LARGEST = 32 << 20
#: Nor has a line a tenth of so many characters.
_LONGEST = 20_000
#: Categories of characters that cannot be seen, other than spaces.
_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


@dataclass(frozen=True)
class Line:
    """One line of a document, after corrections."""

    number: int
    text: str


@dataclass(frozen=True)
class Source:
    """One document as `data/sources/sources.toml` records it.

    `plan` is the first fiscal year of the plan that the document belongs to; `reader` names
    the form that it has; `fiscal_year` is the year whose outcomes it reports, None where it reports none;
    `in_force_from` is the first fiscal year for which a revision of the plan counts, None for others.
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
    #: Where it stands below data/: the documents in one folder, what offices reported in another.
    folder: str = "sources"
    in_force_from: int | None = None
    #: Why the document of this hash was taken in place of another one of before; empty for the first.
    accepted: str = ""

    @property
    def path_in_project(self) -> str:
        """Its path as messages name it."""
        return f"data/{self.folder}/{self.file}"


def sources_on_record(checkout: Checkout) -> dict[str, Source]:
    """Every document in `sources.toml`, by id."""
    path = checkout.sources / "sources.toml"
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
        sources = [Source(**{"fiscal_year": None, **entry}) for entry in entries]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise SourceError(
            f"a list of documents was expected, each with id, file, title, publisher, status, "
            f"period, plan, reader and sha256, some fiscal_year or in_force_from; found: {error}",
            path=checkout.relative(path),
        ) from error
    ids = [source.id for source in sources]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise SourceError(
            f"each id once was expected, found {', '.join(twice)} more than once; give each document its own",
            path=checkout.relative(path),
        )
    return {source.id: source for source in sources}


def document(checkout: Checkout, source: Source) -> bytes:
    """The document's bytes, whether or not they are those on record."""
    try:
        return _content(checkout.sources / source.file)
    except OSError as error:
        raise SourceError(
            f"the document “{source.title}” cannot be read ({error.strerror}); put it back",
            path=source.path_in_project,
        ) from error


def _content(path: Path) -> bytes:
    """The bytes of a file that is one and is no larger than a document is; OSError for any other."""
    # Opened without waiting: a pipe would have to be written to.
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise OSError(errno.EINVAL, "it is no file")
    with os.fdopen(opened, "rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise OSError(errno.EFBIG, f"it is larger than {_LARGEST >> 20} MB")
    return content


def texts_of(source: Source, content: bytes) -> list[str]:
    """The lines of a document as they stand; a byte order mark at the start belongs to none.

    Raises SourceError where a line is not UTF-8.
    """
    with suppress(UnicodeDecodeError):
        return content.removeprefix(BOM_UTF8).decode("utf-8").split("\n")
    texts = []
    for number, raw in enumerate(content.removeprefix(BOM_UTF8).split(b"\n"), start=1):
        try:
            texts.append(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise SourceError(
                "text in UTF-8 was expected, found bytes that are none; the file may have been "
                "saved as CP932 (Shift_JIS): put back the document as received",
                path=source.path_in_project,
                line=number,
            ) from error
    return texts


def corrected_lines(source: Source, content: bytes, corrections: Sequence[Correction]) -> list[Line]:
    """The lines of a document with its corrections made.

    Raises SourceError where a line is not UTF-8 or holds a character that cannot be seen, CorrectionError
    with every correction that does not match.
    """
    own = [correction for correction in corrections if correction.source == source.id]
    texts, placed = corrected(texts_of(source, content), own)
    if wrong := list(problems(placed, source.path_in_project)):
        raise CorrectionError("\n".join(wrong))
    for number, text in enumerate(texts, start=1):
        if len(text) > _LONGEST:
            raise SourceError(
                f"a line of at most {_LONGEST} characters was expected, found {len(text)}; "
                "are line ends lost?",
                path=source.path_in_project,
                line=number,
            )
        _demand_visible(text, source.path_in_project, number)
    return [Line(number, text) for number, text in enumerate(texts, start=1)]


def _demand_visible(text: str, path: str, number: int) -> None:
    """Raise SourceError for a character that nobody sees, which would make two equal cells differ.

    Tabs are columns, a form feed is white space, and a line may end as Windows ends it.
    """
    # Most lines have none but these; the others are looked at one by one.
    if text.isprintable():
        return
    for character in text.removesuffix("\r"):
        if character not in "\t\f" and unicodedata.category(character) in _UNSEEN:
            raise SourceError(
                f"characters that can be seen were expected, found U+{ord(character):04X} in "
                f"“{text.strip()[:40]}”; remove it in data/curated/corrections.csv",
                path=path,
                line=number,
            )


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
