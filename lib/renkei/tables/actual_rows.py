"""What offices reported, as rows of `outcomes.csv` beside those of the lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from renkei.checkout import Checkout
from renkei.documents.sources import Source
from renkei.legend import MET, UNJUDGED
from renkei.tables.conflicts import Conflicts, Said
from renkei.tables.reported import (
    Measure,
    Reported,
    reported_rows,
    reported_sources,
    standing,
)
from renkei.tables.tidy import Row, mentions_covid
from renkei.units import Units

#: What a list and an office can disagree about: the actual of a year, and its rating.
_FIELDS = {"actual": "actual_text", "rating": "rating"}


class ActualRows:
    """What `data/actuals` adds to the outcomes of the lists; what both disagree about is a conflict."""

    def __init__(self, checkout: Checkout, units: Units, conflicts: Conflicts) -> None:
        self._checkout = checkout
        self._units = units
        self._conflicts = conflicts
        self.sources = reported_sources(checkout)

    def beside(
        self, indicators: Sequence[Row], outcomes: Sequence[Row], known: Mapping[str, Source]
    ) -> list[Row]:
        """The rows of the lists, and those of the offices; one where both have a row for a year.

        Raises TableError for a file of a year that cannot be used.
        """
        measures = {
            str(row["indicator_id"]): Measure(int(str(row["plan"])), str(row["unit"] or ""))
            for row in indicators
        }
        rows = [*outcomes]
        listed = {(row["indicator_id"], row["fiscal_year"]): place for place, row in enumerate(rows)}
        order = {indicator_id: place for place, indicator_id in enumerate(measures)}
        for source in self.sources.values():
            year = int(str(source.fiscal_year))
            winners = standing(reported_rows(self._checkout, year, measures, self._units))
            for indicator_id in sorted(winners, key=order.__getitem__):
                of = winners[indicator_id]
                place = listed.get((indicator_id, year))
                if place is None:
                    rows.append(_row(of, source, year))
                else:
                    rows[place] = self._winner(rows[place], of, known, source)
        return rows

    def _winner(self, listed: Row, of: Reported, known: Mapping[str, Source], source: Source) -> Row:
        """The row of a list, or of an office where people decided so; what both say may be settled."""
        reported = _row(of, source, int(str(listed["fiscal_year"])))
        row = listed
        if self._is_won_by_office("actual", listed, reported, known, source):
            row = {**reported, "rating": listed["rating"]}
        if of.rated_by == "rule" and _judge_alike(str(listed["rating"]), of.rating):
            if row is listed and _settles(of, listed):
                row = {**row, "rating": of.rating}
        elif self._is_won_by_office("rating", listed, reported, known, source):
            row = {**row, "rating": reported["rating"]}
        if row["source"] == listed["source"] and _settles(of, listed):
            row = {**row, "is_provisional": False}
        return row

    def _is_won_by_office(
        self, field: str, listed: Row, reported: Row, known: Mapping[str, Source], source: Source
    ) -> bool:
        """Whether people decided for the office; where nobody has, the difference is a conflict."""
        if _agree(field, listed, reported):
            return False
        texts = [str(row[_FIELDS[field]]) for row in (listed, reported)]
        if field == "actual" and listed["observed_year"] != reported["observed_year"]:
            # The same number of another year is another value.
            texts = [_of_its_year(row) for row in (listed, reported)]
        earlier = Said(texts[0], known[str(listed["source"])], int(str(listed["source_line"])))
        later = Said(texts[1], source, int(str(reported["source_line"])))
        return self._conflicts.winner(str(listed["indicator_id"]), field, earlier, later) is later


def _agree(field: str, listed: Row, reported: Row) -> bool:
    if field == "actual" and listed["actual_value"] is not None and reported["actual_value"] is not None:
        return (listed["actual_value"], listed["observed_year"]) == (
            reported["actual_value"],
            reported["observed_year"],
        )
    column = _FIELDS[field]
    return listed[column] == reported[column]


def _judge_alike(listed: str, by_rule: str) -> bool:
    """Whether a rating that follows from the value says no more than that of the list.

    The rule cannot know why a list leaves an indicator unjudged; what is expected there may be settled now.
    """
    return listed in UNJUDGED or (listed in MET) == (by_rule in MET)


def _settles(of: Reported, listed: Row) -> bool:
    """Whether an office's final value settles what a list expected, both being the same."""
    is_same = of.actual_value is not None and of.actual_value == listed["actual_value"]
    return is_same and of.status == "final" and listed["is_provisional"] is True


def _of_its_year(row: Row) -> str:
    text = str(row["actual_text"])
    year = row["observed_year"]
    return text if year is None or str(year) in text else f"{text} ({year}年度)"


def _row(of: Reported, source: Source, fiscal_year: int) -> Row:
    return {
        "indicator_id": of.indicator_id,
        "fiscal_year": fiscal_year,
        "observed_year": of.observed_year,
        "actual_text": of.actual_text,
        "actual_value": of.actual_value,
        "rating": of.rating,
        "is_provisional": of.status == "provisional",
        "mentions_covid": mentions_covid(of.note),
        "note": of.note,
        "source": source.id,
        "source_line": of.line,
    }
