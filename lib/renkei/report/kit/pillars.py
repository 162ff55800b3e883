"""How reports name the project and the pillar that something belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from renkei.area import Area


class OfPillar(Protocol):
    """Anything that belongs to a pillar."""

    @property
    def pillar(self) -> int:
        """Its number."""


Row = TypeVar("Row", bound=OfPillar)


def project_number(project_no: int | None) -> str:
    """The number of a row's project; KPI where it has none."""
    return "KPI" if project_no is None else str(project_no)


def pillar_head(pillar: int) -> str:
    """A pillar as the documents head it: 役割1 圏域全体の経済成長のけん引."""
    names = {known.number: known.name for known in Area.current().pillars}
    return f"役割{pillar} {names[pillar]}"


def by_pillar(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each pillar under its head, in the order of the pillars."""
    for pillar, of_pillar in groupby(sorted(rows, key=lambda row: row.pillar), key=lambda row: row.pillar):
        yield pillar_head(pillar), list(of_pillar)
