"""What keeps packages that others load from taking seconds for what nobody here needs."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import cast


def without_iri_grammar() -> None:
    """Have jsonschema, once it is loaded, know no IRIs: their grammar takes a second or more to build.

    Neither notebooks nor the schema of the tables have any.
    """
    sys.modules.setdefault("rfc3987_syntax", cast(ModuleType, None))
