"""From which documents the tables were made, and that people accepted a document of another hash."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

from renkei.checkout import Checkout
from renkei.documents.sources import Source, sources_on_record
from renkei.errors import ParameterError, TableError
from renkei.tables.schema import resources

#: Beside the tables; made with them.
MADE_FROM = "made-from.toml"
_HEAD = "# The documents that these tables were made from, by their SHA-256; renkei build writes this file.\n"
_LONGEST = 300


def made_from_file(checkout: Checkout, sources: Iterable[Source]) -> dict[Path, bytes]:
    """The file that says from which documents the tables are, with what stands in it."""
    text = _HEAD + "".join(f'{json.dumps(source.id)} = "{source.sha256}"\n' for source in sources)
    return {checkout.tables / MADE_FROM: text.encode()}


def other_hashes(checkout: Checkout, sources: Mapping[str, Source]) -> list[str]:
    """The ids of documents that the tables were made from another edition of, or that are gone since.

    A document that is new on record is none: what it changes of what stands is asked as a conflict. Of tables
    that do not say what they were made from, it may be any.
    """
    known = _made_from(checkout)
    if known is None:
        are_there = any(path.exists() for path in _tables(checkout))
        return list(sources) if are_there else []
    return [of for of, sha256 in known.items() if of not in sources or sources[of].sha256 != sha256]


def demand_made_from_record(checkout: Checkout) -> None:
    """Raise TableError where the tables are there, but were made from other documents than are on record."""
    files = (checkout.tables / MADE_FROM, checkout.sources / "sources.toml")
    _demand_made_from_record(checkout, tuple(map(_state, files)))


@cache
def _demand_made_from_record(checkout: Checkout, state: object) -> None:
    sources = sources_on_record(checkout)
    known = _made_from(checkout)
    if known == {source.id: source.sha256 for source in sources.values()}:
        return
    others = other_hashes(checkout, sources) or [of for of in sources if of not in (known or {})]
    if any(path.exists() for path in _tables(checkout)):
        raise TableError(
            f"data/tables: tables made from the documents in data/sources/sources.toml were expected, found "
            f"them made from others than {', '.join(others)} as it is on record; run 'renkei build'"
        )


def accepted(checkout: Checkout, ids: Iterable[str], reason: str) -> dict[Path, bytes]:
    """The record of the documents with a reason beside the hash of each of these.

    Raises ParameterError for a reason that is none, TableError for a record that only a person can edit.
    """
    why = " ".join(reason.split())
    unseen = [of for of in why if unicodedata.category(of) in ("Cc", "Cf", "Cn", "Co", "Cs")]
    if not why or unseen or len(why) > _LONGEST:
        raise ParameterError(
            f"a reason for accepting was expected, in one line of at most {_LONGEST} characters, found "
            f"{reason[:40]!r}"
        )
    path = checkout.sources / "sources.toml"
    blocks = re.split(r"^(?=[ \t]*\[\[source\]\])", path.read_bytes().decode(), flags=re.MULTILINE)
    return {
        path: "".join([blocks[0], *(_with_reason(block, set(ids), why) for block in blocks[1:])]).encode()
    }


def _with_reason(block: str, ids: Collection[str], why: str) -> str:
    """The record of one document, with the reason behind its hash if it is one of these."""
    try:
        [entry] = tomllib.loads(block)["source"]
        if entry["id"] not in ids:
            return block
        written = f"accepted = {json.dumps(why, ensure_ascii=False)}"
        without = re.sub(r"^[ \t]*accepted *=.*\n?", "", block, flags=re.MULTILINE)
        new = re.sub(r"^[ \t]*sha256 *=.*$", lambda of: f"{of[0]}\n{written}", without, flags=re.MULTILINE)
        if tomllib.loads(new)["source"] == [{**entry, "accepted": why}]:
            return new
    except ValueError:
        pass
    raise TableError(
        "data/sources/sources.toml: each document below its [[source]], with a line of its own for id, "
        "sha256 and accepted, was expected; write it so"
    )


def _made_from(checkout: Checkout) -> dict[str, str] | None:
    """The hash of each document that the tables were made from; None where they do not say."""
    path = checkout.tables / MADE_FROM
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    return found if all(isinstance(sha256, str) for sha256 in found.values()) else None


def _tables(checkout: Checkout) -> list[Path]:
    return [of.path for of in resources(checkout).values() if of.path.parent == checkout.tables]


def _state(path: Path) -> object:
    """What changes when a file does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
