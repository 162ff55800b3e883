"""git's filter for notebooks: reads one, writes what a person wrote of it (`renkei.notebook_file`)."""

from __future__ import annotations

import json
import sys

from renkei.notebook_file import written_text


def cleaned(content: bytes) -> bytes:
    """The notebook without what running added; no notebook, such as a conflict of a merge, as it is."""
    try:
        return written_text(json.loads(content)).encode("utf-8")
    except (ValueError, KeyError, TypeError, AttributeError):
        return content


if __name__ == "__main__":
    sys.stdout.buffer.write(cleaned(sys.stdin.buffer.read()))
