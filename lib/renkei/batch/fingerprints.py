"""What a report was made from, kept beside it, so that it is made again only when that has changed."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from renkei.batch.families import Report
from renkei.checkout import Checkout
from renkei.data_hash import data_hash, files_below
from renkei.layers import builds_on
from renkei.notebook_file import written_part
from renkei.whole_files import replace_files

#: Ends the name of a report's record.
RECORD = ".made.json"
_CODE = Path(__file__).parents[1]
_CODE_ENDINGS = (".py", ".j2", ".typ", ".css", ".json", ".mplstyle")


@dataclass(frozen=True)
class Record:
    """The fingerprint of what a report was made from, its headline, and the sizes of its files."""

    fingerprint: str
    headline: str
    sizes: Mapping[str, int]


def surroundings(checkout: Checkout) -> str:
    """A hash over all that every report depends on: data, code of the layers that make it, packages, Python.

    Not the commit: a report names the one at which it was made, and is still good at another.
    """
    whole = hashlib.sha256()
    whole.update(data_hash(checkout.root / "data").encode())
    for path in files_below(_CODE):
        if _makes_reports(path.relative_to(_CODE)):
            whole.update(f"{path.relative_to(_CODE).as_posix()}\0".encode())
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    for package in _installed_packages():
        whole.update(f"{package}\0".encode())
    whole.update(sys.version.encode())
    return whole.hexdigest()


def fingerprint(report: Report, around: str) -> str:
    """A hash over all that this report depends on; `around` is what `surroundings` gives."""
    notebook = hashlib.sha256(_written(report.notebook)).hexdigest()
    parameters = json.dumps(dict(report.parameters), sort_keys=True)
    return hashlib.sha256("\0".join((around, notebook, parameters)).encode()).hexdigest()


def record_of(report: Report, output: Path) -> Record | None:
    """The record beside a report; None where there is none, or none that can be read."""
    try:
        found = json.loads(_path(report, output).read_bytes())
        return Record(found["fingerprint"], found["headline"], found["sizes"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_current(report: Report, output: Path, formats: Sequence[str], around: str) -> bool:
    """Whether the report's files were made from what there is now, and stand there as they were written."""
    record = record_of(report, output)
    if (
        record is None
        or record.fingerprint != fingerprint(report, around)
        or not {"ipynb", *formats} <= set(record.sizes)
    ):
        return False
    return all(
        _size(output / f"{report.file}.{ending}") == record.sizes[ending] for ending in ("ipynb", *formats)
    )


def write_record(
    report: Report, output: Path, made_from: str, headline: str, files: Mapping[str, bytes]
) -> None:
    """Write the record of files that were just made; those made before from the same stay on it."""
    before = record_of(report, output)
    sizes = dict(before.sizes) if before is not None and before.fingerprint == made_from else {}
    sizes |= {ending: len(content) for ending, content in files.items()}
    text = json.dumps(
        {"fingerprint": made_from, "headline": headline, "sizes": sizes}, ensure_ascii=False, indent=1
    )
    replace_files({_path(report, output): f"{text}\n".encode()})


def _written(notebook: Path) -> bytes:
    """What a person wrote of a notebook, ids aside: running and saving it changes nothing of that."""
    content = notebook.read_bytes()
    try:
        cells = written_part(json.loads(content))["cells"]
    except (ValueError, KeyError, TypeError, AttributeError):
        # No notebook; its report will say so.
        return content
    return json.dumps([cell | {"id": ""} for cell in cells], sort_keys=True).encode()


def _path(report: Report, output: Path) -> Path:
    target = output / report.file
    return target.with_name(f".{target.name}{RECORD}")


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _makes_reports(path: Path) -> bool:
    """Whether a file of the package, by its path in it, is of a layer on which a batch builds."""
    module = ".".join(("renkei", *path.with_suffix("").parts))
    return path.name.endswith(_CODE_ENDINGS) and builds_on(__name__, module)


def _installed_packages() -> list[str]:
    """Names and versions of all packages, as their folders of metadata are named; this one aside."""
    found = {path.name for entry in sys.path if entry for path in Path(entry).glob("*.dist-info")}
    return sorted(name for name in found if not name.startswith("renkei-"))
