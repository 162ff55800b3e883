"""Where the documents of one plan disagree, and what people decided in `data/curated/conflicts.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from renkei.csv_file import CsvRow
from renkei.documents.sources import Source
from renkei.errors import TableError
from renkei.text import normalise

_FILE = "data/curated/conflicts.csv"
#: The field of a row that says that a document does not have an indicator any more.
LISTED = "listed"


@dataclass(frozen=True)
class Said:
    """What a document says in one field, and in which line."""

    text: str
    source: Source
    line: int

    def __str__(self) -> str:
        where = f"{self.source.path_in_project}:{self.line}"
        return f"“{self.text}” in {where}" if self.text else f"nothing in {self.source.path_in_project}"


class Conflicts:
    """The decisions of people, and what they left undecided."""

    def __init__(self, rows: Iterable[CsvRow]) -> None:
        self._rows = {(row["source"], row["concerns"], row["field"]): row for row in rows}
        self._used: set[tuple[str, str, str]] = set()
        self._problems: list[str] = []

    def winner(self, concerns: str, field: str, earlier: Said, later: Said, hint: str = "") -> Said:
        """Which of two texts stands in the tables; the earlier one where nobody decided yet."""
        if earlier.text == later.text:
            return earlier
        row = self._decision(concerns, field, earlier, later)
        if row is not None:
            for said in (earlier, later):
                if row["wins"] == said.source.id:
                    return said
            self._problems.append(
                f"{_FILE}:{row.line}: {earlier.source.id} or {later.source.id} was expected in wins, "
                f"found “{row['wins']}”"
            )
        else:
            self._tell(concerns, field, earlier, later, hint)
        return earlier

    def says_same(self, concerns: str, earlier: Said, later: Said) -> bool:
        """Whether people decided that two names are of one and the same indicator."""
        return self._decision(concerns, "name", earlier, later) is not None

    def demand_left_out(self, concerns: str, earlier: Said, later: Said, candidates: Sequence[Said]) -> None:
        """An indicator that the later document does not have is a conflict until people have said so."""
        row = self._decision(concerns, LISTED, earlier, later)
        if row is None:
            hint = "".join(
                f"\n    or, if it is {name} under another name:\n    {_row(concerns, 'name', earlier, name)}"
                for name in candidates
            )
            self._tell(concerns, LISTED, earlier, later, hint, wins=later.source.id)
        elif row["wins"] != later.source.id:
            self._problems.append(
                f"{_FILE}:{row.line}: {later.source.id}, which does not have the indicator, was expected in "
                f"wins, found “{row['wins']}”"
            )

    def of_revision(self) -> RevisionConflicts:
        """The same decisions, for a document that revises what was read before."""
        return RevisionConflicts(self)

    def demand_decided(self, but_of: Collection[str] = ()) -> None:
        """Raise TableError with every conflict that nobody decided, and every row that decides none.

        Rows of sources that are still to be compared are left aside: `but_of` has their ids.
        """
        unused = [
            f"{_FILE}:{row.line}: {row['source']} does not disagree so about the {row['field']} of "
            f"{row['concerns']}; adapt or delete the row"
            for key, row in self._rows.items()
            if key not in self._used and row["source"] not in but_of
        ]
        if self._problems or unused:
            raise TableError(
                "documents of one plan, and offices, that agree, or a row of "
                f"{_FILE} for each place where they do not, were expected; write the document that is right "
                "for WINS, and why for REASON, or correct a typing error in data/curated/corrections.csv:",
                (*self._problems, *unused),
            )

    def _decision(self, concerns: str, field: str, earlier: Said, later: Said) -> CsvRow | None:
        key = (later.source.id, concerns, field)
        row = self._rows.get(key)
        if row is None or (normalise(row["earlier_text"]), normalise(row["later_text"])) != (
            normalise(earlier.text),
            normalise(later.text),
        ):
            return None
        self._used.add(key)
        return row

    def _tell(
        self, concerns: str, field: str, earlier: Said, later: Said, hint: str, wins: str = "WINS"
    ) -> None:
        self._problems.append(
            f"{concerns} {field}: {earlier}, {later}\n    {_row(concerns, field, earlier, later, wins)}{hint}"
        )


class RevisionConflicts(Conflicts):
    """What a revision says otherwise is no conflict: it is the revision. What people decide is identity.

    A project, or an indicator, under another name may be the same one or another: people say which.
    """

    def __init__(self, of: Conflicts) -> None:
        self._rows, self._used, self._problems = of._rows, of._used, of._problems

    def winner(self, concerns: str, field: str, earlier: Said, later: Said, hint: str = "") -> Said:
        """The later text; another name is told unless people said that it is of the same."""
        if field == "name" and earlier.text != later.text:
            row = self._decision(concerns, field, earlier, later)
            if row is None:
                self._tell(concerns, field, earlier, later, hint, wins=later.source.id)
            elif row["wins"] != later.source.id:
                self._problems.append(
                    f"{_FILE}:{row.line}: {later.source.id}, which gives the new name, was expected in wins, "
                    f"found “{row['wins']}”"
                )
        return later

    def demand_left_out(self, concerns: str, earlier: Said, later: Said, candidates: Sequence[Said]) -> None:
        """An indicator that a revision lacks is ended, unless it may stand there under another name."""
        if candidates:
            super().demand_left_out(concerns, earlier, later, candidates)


def _row(concerns: str, field: str, earlier: Said, later: Said, wins: str = "WINS") -> str:
    """The row of conflicts.csv that would decide."""
    line = io.StringIO()
    cells = [later.source.id, concerns, field, earlier.text, later.text, wins, "REASON"]
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
