"""Judgements that people made about the documents, from `data/curated/`."""

from __future__ import annotations

from dataclasses import dataclass

from renkei.checkout import Checkout
from renkei.csv_file import CsvRow, read_rows
from renkei.documents.corrections import Correction
from renkei.documents.quotes import Quote
from renkei.errors import TableError
from renkei.tables.schema import resource
from renkei.tables.target_terms import Judgement
from renkei.units import Units


@dataclass(frozen=True)
class Curated:
    """What people decided, ready for use; `quotes` are the rows of files that quote the documents."""

    corrections: list[Correction]
    quotes: dict[str, list[CsvRow]]
    conflicts: list[CsvRow]
    sections: dict[tuple[int, int], CsvRow]
    judgements: dict[str, Judgement]
    #: See `renkei.tables.witness`.
    counts: dict[tuple[str, str], CsvRow]
    units: Units

    @classmethod
    def read(cls, checkout: Checkout) -> Curated:
        """The curated files of a project; a TableError names the file and line of a bad row."""

        def rows(name: str) -> list[CsvRow]:
            found = resource(checkout, name)
            return read_rows(found.path, found.columns, checkout.relative(found.path))

        return cls(
            corrections=[
                Correction(
                    source=row["source"],
                    source_line=_line(row, checkout, "corrections"),
                    found=row["found"],
                    times=_whole(row, "times", checkout, "corrections"),
                    meant=row["meant"],
                    reason=row["reason"],
                    row=f"data/curated/corrections.csv:{row.line}",
                )
                for row in rows("corrections")
            ],
            quotes={name: rows(name) for name in ("doubts", "rate_counts")},
            conflicts=rows("conflicts"),
            sections={
                (
                    _whole(row, "plan", checkout, "sections"),
                    _whole(row, "project_no", checkout, "sections"),
                ): row
                for row in rows("sections")
            },
            judgements={
                row["indicator_id"]: Judgement(row["target_kind"], row["direction"])
                for row in rows("target_kinds")
            },
            counts={
                (row["source"], row["concerns"]): row
                for row in rows("indicator_counts")
                if _whole(row, "number_of_indicators", checkout, "indicator_counts") >= 0
            },
            units=Units.of(checkout),
        )

    def quoted(self, checkout: Checkout, source: str) -> dict[str, list[Quote]]:
        """What the rows about one document quote, by the name of their file."""
        found = {"corrections": [row.quote for row in self.corrections if row.source == source]}
        for name, rows in self.quotes.items():
            found[name] = [
                Quote(row["found"], _line(row, checkout, name), row=f"data/curated/{name}.csv:{row.line}")
                for row in rows
                if row["source"] == source
            ]
        return found

    def demand_all_used(self, indicator_ids: set[str]) -> None:
        """Raise TableError for a judgement about an indicator that is in no document."""
        strangers = sorted(set(self.judgements) - indicator_ids)
        if strangers:
            raise TableError(
                "data/curated/target_kinds.csv has rows for indicators that no document has: "
                + ", ".join(strangers)
            )


def _line(row: CsvRow, checkout: Checkout, name: str) -> int | None:
    return _whole(row, "source_line", checkout, name) if row["source_line"] else None


def _whole(row: CsvRow, column: str, checkout: Checkout, name: str) -> int:
    if not row[column].isdecimal():
        path = checkout.relative(resource(checkout, name).path)
        raise TableError(f"{path}:{row.line}: a whole number was expected in {column}, found “{row[column]}”")
    return int(row[column])
