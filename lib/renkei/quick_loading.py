"""What keeps packages that others load from taking seconds for what nobody here needs."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import cast


def without_iri_grammar() -> None:
    """Have jsonschema load without a grammar for IRIs, which would take a second or more to build.

    Neither notebooks nor the schema of the tables have any IRI.
    """
    sys.modules.setdefault("rfc3987_syntax", cast(ModuleType, None))
