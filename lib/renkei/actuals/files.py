"""The files that offices sent, read into sheets by what they are, not by what their names say."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from renkei.actuals.cells import Sheet, seen, shown, unseen
from renkei.actuals.csv_sheet import sheets_of_csv
from renkei.actuals.workbook import sheets_of_workbook
from renkei.errors import SourceError
from renkei.text import normalise

_WORKBOOKS, _TEXTS = (".xlsx", ".xlsm"), (".csv", ".tsv", ".txt")
#: No form is near this size.
MOST_BYTES = 30_000_000
#: The longest name that is kept.
_LONGEST = 200


@dataclass(frozen=True)
class Sent:
    """A file of an office: its path as given, the name that is kept of it, and its sheets."""

    path: str
    name: str
    sheets: tuple[Sheet, ...]


def sent(path: Path) -> Sent:
    """A file read; SourceError for one that is not there, or holds no cells that can be read."""
    given = str(path)
    name = kept_name(given)
    content = _content(path)
    suffix = path.suffix.lower()
    if suffix in _WORKBOOKS:
        return Sent(given, name, tuple(sheets_of_workbook(content, given)))
    if suffix in _TEXTS:
        return Sent(given, name, tuple(sheets_of_csv(content, given)))
    raise SourceError(
        f"a workbook ({', '.join(_WORKBOOKS)}) or a CSV file was expected, found “{shown(suffix)}”; save it "
        "as “Excel workbook (*.xlsx)”, and import that",
        path=seen(given),
    )


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise IsADirectoryError(errno.EISDIR, "it is a folder or a device")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise SourceError(
                f"a form of at most {MOST_BYTES:,} bytes was expected, found {size:,}; "
                "copy its rows into a new form",
                path=seen(str(path)),
            )
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise SourceError(
            f"a file that can be read was expected, found none ({error.strerror}); is its name right?",
            path=seen(str(path)),
        ) from error


def kept_name(path: str) -> str:
    """The name of a file without its folders, of either system; SourceError for one that cannot be kept."""
    # A Windows path splits at both kinds of slashes; a full-width one becomes one of them.
    name = PureWindowsPath(normalise(path)).name
    code = unseen(path)
    if code or not name.strip(".") or len(name) > _LONGEST:
        raise SourceError(
            f"a file name of at most {_LONGEST} characters that can be seen was expected, found "
            f"{code or f'{len(name)} characters'}; rename the file",
            path=seen(path),
        )
    return name
