"""Files that are whole or not there: written beside their place, then renamed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

#: Ends the name of a file that is being written.
UNFINISHED = ".unfinished"


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write each content under its path, all of them or, should writing fail, none."""
    beside = {path: path.with_name(f".{path.name}{UNFINISHED}") for path in contents}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside[path].write_bytes(content)
        for path, unfinished in beside.items():
            unfinished.replace(path)
    finally:
        for unfinished in beside.values():
            unfinished.unlink(missing_ok=True)
