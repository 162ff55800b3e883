"""One SHA-256 for all data of a checkout, which a reader can make again with tools of the system."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path


def data_hash(data: Path) -> str:
    """The SHA-256 of the list of all files below `data` with their SHA-256.

    In that folder, `find . -type f -not -path '*/.*' | LC_ALL=C sort | xargs sha256sum` tells the list.
    """
    listed = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  ./{path.relative_to(data).as_posix()}\n"
        for path in sorted(files_below(data), key=lambda path: path.relative_to(data).as_posix().encode())
    )
    return hashlib.sha256(listed.encode()).hexdigest()


def files_below(root: Path) -> Iterator[Path]:
    """Files in the order of their names; hidden ones, an editor's or a lock's, do not count."""
    for path in sorted(root.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if path.is_file() and not is_hidden:
            yield path
