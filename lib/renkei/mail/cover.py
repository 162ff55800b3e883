"""What a sender adds to each letter: a note above the points, where answers go, and whom a test goes to."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path

from renkei.errors import MailError

#: Bytes of a note; the body has little room beside the report's points.
LARGEST_NOTE = 10_000
_ENCODINGS = ("utf-8-sig", "cp932")
_SPACES = "\n\t"

#: Its lines.
Paragraph = tuple[str, ...]


@dataclass(frozen=True)
class Cover:
    """The same for all letters. With `test_to` all of them go there, marked, and to nobody else."""

    note: tuple[Paragraph, ...] = ()
    reply_to: Address | None = None
    test_to: Address | None = None


#: Nothing beside the report.
PLAIN = Cover()


def note_in(path: Path) -> tuple[Paragraph, ...]:
    """The paragraphs of a text file: UTF-8, with or without byte order mark, or CP932.

    Raises MailError for a file that is missing, empty, too large, or no plain text.
    """
    try:
        if path.exists() and not path.is_file():
            # A pipe would be waited for without end.
            raise OSError(0, "no ordinary file")
        with path.open("rb") as file:
            content = file.read(LARGEST_NOTE + 1)
    except OSError as error:
        raise MailError(f"--note {path}: a text file was expected, found: {error.strerror}") from error
    if len(content) > LARGEST_NOTE:
        raise MailError(
            f"--note {path}: at most {LARGEST_NOTE:,} bytes were expected, found more; shorten it"
        )
    text = _decoded(content)
    if text is None or any(_is_control(sign) for sign in text):
        raise MailError(
            f"--note {path}: plain text in UTF-8 or CP932 was expected, found other bytes; "
            "save it as a text file (.txt)"
        )
    found = paragraphs_of(text)
    if not found:
        raise MailError(f"--note {path}: a text was expected, found nothing; write one, or leave --note out")
    return found


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, which empty lines part, each as its lines."""
    lines = [line.rstrip() for line in text.split("\n")]
    found: list[Paragraph] = []
    begun: list[str] = []
    for line in [*lines, ""]:
        if line:
            begun.append(line)
        elif begun:
            found.append(tuple(begun))
            begun = []
    return tuple(found)


def _decoded(content: bytes) -> str | None:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return None


def _is_control(sign: str) -> bool:
    return sign not in _SPACES and unicodedata.category(sign) in ("Cc", "Co", "Cs", "Zl", "Zp")
