"""Where the folders of a checkout stand."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from renkei.errors import RenkeiError

#: Names another folder to work on, in place of the one that this package was installed from.
CHECKOUT_VARIABLE = "RENKEI_CHECKOUT"


@dataclass(frozen=True)
class Checkout:
    """The folders of one copy of this project."""

    root: Path

    @classmethod
    def current(cls) -> Checkout:
        """The checkout that RENKEI_CHECKOUT names, else the one that holds this package."""
        named = os.environ.get(CHECKOUT_VARIABLE)
        root = Path(named).absolute() if named else Path(__file__).parents[2]
        if not (root / "data" / "sources").is_dir():
            raise RenkeiError(
                f"{root} holds no data/sources folder; set {CHECKOUT_VARIABLE} to the folder "
                "of a checkout, or install the project with 'make setup'"
            )
        return cls(root)

    @property
    def sources(self) -> Path:
        """The documents as received."""
        return self.root / "data" / "sources"

    @property
    def curated(self) -> Path:
        """Judgements that people made."""
        return self.root / "data" / "curated"

    @property
    def actuals(self) -> Path:
        """What offices reported, a file for each year."""
        return self.root / "data" / "actuals"

    @property
    def area(self) -> Path:
        """What is particular to this area."""
        return self.root / "data" / "area.toml"

    @property
    def tables(self) -> Path:
        """The derived tidy tables."""
        return self.root / "data" / "tables"

    @property
    def schema(self) -> Path:
        """The one schema of every table and curated file."""
        return self.root / "data" / "datapackage.json"

    @property
    def notebooks(self) -> Path:
        """One notebook per report family, and reports.toml."""
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        """What rendering makes."""
        return self.root / "reports"

    def relative(self, path: Path) -> str:
        """`path` as the checkout's own files name it."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()
