"""`renkei actuals rate`: ratings by rule follow the plan as it is now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from renkei.actuals.ledger import rows_of_year, year_text
from renkei.actuals.measured import measured_indicators
from renkei.actuals.writing import write_with_tables
from renkei.checkout import Checkout
from renkei.data_lock import changing_data
from renkei.load import tables_of
from renkei.rated import outdated_ratings
from renkei.tables.reported import reported_table
from renkei.tables.schema import of_year
from renkei.typed_rows import typed_rows
from renkei.units import Units
from renkei.whole_files import clear_unfinished


@dataclass(frozen=True)
class Rerated:
    """A rating by rule that the rule does not give any more; now None where a person must judge."""

    fiscal_year: int
    indicator_id: str
    source_line: int
    rating: str
    rating_by_rule: str | None


def rate_again(checkout: Checkout, fiscal_year: int) -> list[Rerated]:
    """Give what stands of a year, as far as it is rated by rule, the rating that the rule gives now.

    The ratings that were out of date; those for which a person must judge stay as they are. What people
    rated, and rows that do not stand any more, are left alone.
    """
    with changing_data(checkout):
        clear_unfinished(checkout.actuals)
        clear_unfinished(checkout.tables)
        tables, units = tables_of(checkout), Units.of(checkout)
        found = [
            row for row in typed_rows(outdated_ratings(tables), Rerated) if row.fiscal_year == fiscal_year
        ]
        now = {row.source_line: row.rating_by_rule for row in found if row.rating_by_rule is not None}
        measured = measured_indicators(tables, units)
        rows = rows_of_year(checkout, fiscal_year, measured, units)
        if now:
            rated = [replace(row, rating=now.get(row.line, row.rating)) for row in rows]
            path = of_year(reported_table(checkout), fiscal_year).path
            write_with_tables(checkout, {path: year_text(checkout, rated, measured).encode("utf-8")})
    return found
