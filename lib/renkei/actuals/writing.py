"""New contents of data/actuals and the tables that follow from them, written together or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from renkei.checkout import Checkout
from renkei.data_hash import files_below
from renkei.errors import RenkeiError, TableError
from renkei.scratch import own_folder
from renkei.tables.build import tables_from_documents
from renkei.tables.schema import resource
from renkei.whole_files import replace_files


def write_with_tables(checkout: Checkout, contents: Mapping[Path, bytes]) -> list[Path]:
    """Write what has changed of these files and of the tables that they lead to; the paths written.

    Raises TableError, and leaves all as it was, where no tables can be made of them: where a list of the
    same year says otherwise, say. The data must be locked. Killed in between, the files that come first in
    `contents` are there, and the same import again writes the others.
    """
    wanted = {**contents, **_tables_with(checkout, contents)}
    changed = {path: content for path, content in wanted.items() if _content(path) != content}
    replace_files(changed)
    return list(changed)


def _tables_with(checkout: Checkout, contents: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """The tables as they are with these contents, made in a copy of the data."""
    with TemporaryDirectory(prefix="data-", dir=own_folder()) as folder:
        copy = Checkout(Path(folder))
        for path in files_below(checkout.tables.parent):
            if path.is_relative_to(checkout.tables):
                continue
            place = copy.root / path.relative_to(checkout.root)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        for path, content in contents.items():
            (copy.root / path.relative_to(checkout.root)).write_bytes(content)
        try:
            built = tables_from_documents(copy)
        except RenkeiError as error:
            raise TableError(
                f"nothing was written, since no tables can be made with what was to come in: {error}"
            ) from error
    return {resource(checkout, name).path: text.encode("utf-8") for name, (text, _) in built.items()}


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
