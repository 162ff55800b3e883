"""Files that are whole or not there: written beside their place, then renamed.

Not forced onto the disk: after a power cut reports are made again (their record tells the size of each),
and the tables come from the documents again. Forcing takes longer than the writing does.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from secrets import token_hex

#: Ends the name of a file that is being written, or kept until all are.
UNFINISHED = ".unfinished"


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write each content under its path, all of them or, should one fail, none.

    Writers of the same file do not disturb each other; what stands there in the end is one's whole content.
    """
    _demand_no_folders(contents)
    # A name of this writer's own, in the folder of the file, so that renaming suffices.
    mark = token_hex(4)
    unfinished = {path: path.with_name(f".{path.name}.{mark}{UNFINISHED}") for path in contents}
    before = {path: path.with_name(f".{path.name}.{mark}-before{UNFINISHED}") for path in contents}
    with ExitStack() as clearing, ExitStack() as undoing:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            clearing.callback(unfinished[path].unlink, missing_ok=True)
            _write(unfinished[path], content, path)
        for path in contents:
            undoing.callback(_undo, path, unfinished[path], before[path])
            _keep(path, before[path])
            _replace(unfinished[path], path)
        undoing.pop_all()
    for kept in before.values():
        _take_away(kept)


def clear_unfinished(folder: Path) -> None:
    """Delete what killed writers left below a folder; nobody else may be writing there."""
    for half_written in folder.rglob(f".*{UNFINISHED}"):
        _take_away(half_written)


def _write(unfinished: Path, content: bytes, path: Path) -> None:
    try:
        unfinished.write_bytes(content)
    except OSError as error:
        # The system does not say for which file it lacks room; nobody knows its name of the moment.
        raise OSError(error.errno, error.strerror, str(path)) from error


def _demand_no_folders(paths: Mapping[Path, bytes]) -> None:
    for path in paths:
        if path.is_dir():
            raise IsADirectoryError(
                errno.EISDIR, "a file or nothing was expected here, found a folder; move it away", str(path)
            )


def _replace(unfinished: Path, path: Path) -> None:
    try:
        unfinished.replace(path)
    except PermissionError as error:
        # Windows leaves alone what a program such as Excel has open; leave to write there is not what lacks.
        raise PermissionError(
            errno.EBUSY, "a file that can be replaced was expected; close it in other programs", str(path)
        ) from error


def _keep(path: Path, before: Path) -> None:
    """Have what stands under `path`, if anything does, under another name as well."""
    with suppress(FileNotFoundError):
        try:
            os.link(path, before)
        except OSError:
            # Not every file system has links.
            shutil.copy2(path, before)


def _undo(path: Path, unfinished: Path, before: Path) -> None:
    """Have under `path` what was there before the unfinished file took its place, if it did."""
    if not unfinished.exists():
        if before.exists():
            before.replace(path)
        else:
            path.unlink(missing_ok=True)
    _take_away(before)


def _take_away(path: Path) -> None:
    """Delete a file of ours; one that Windows keeps, since a program has it open, goes another time."""
    with suppress(PermissionError):
        path.unlink(missing_ok=True)
