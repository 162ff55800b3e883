"""Which version of a report somebody holds: a hash over what the report says."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from renkei.page.content import content_of
from renkei.report.kit.piece_json import to_json
from renkei.report.kit.pieces import Provenance


def version_of(file: str, output: Path) -> str:
    """The SHA-256 over what a report says, in all its formats; empty where it was not made.

    Where its numbers come from is left out: it names the commit, by which nothing that is said changes.
    """
    try:
        notebook = json.loads((output / f"{file}.ipynb").read_bytes())
    except FileNotFoundError:
        return ""
    said = [to_json(piece) for piece in content_of(notebook).pieces if not isinstance(piece, Provenance)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
