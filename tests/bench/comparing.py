"""The contestants one after another, round by round, on the same reports."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from renkei.batch.families import Report

from bench.contestants import Contestant
from bench.floor import Floor, floor
from bench.jobs import jobs_of
from bench.measuring import Cost
from bench.starting import until_first


@dataclass(frozen=True)
class Comparison:
    """What each contestant took for the same reports, by its name; the first one's is `a`."""

    title: str
    reports: int
    cores: int
    costs: dict[str, list[Cost]]
    #: Seconds of a batch's start-up, in each round.
    starts: list[float]
    #: The work itself, in each round.
    floors: list[Floor]
    #: Bytes of all files that the first one wrote.
    size: int

    def median(self, name: str, field: str) -> float:
        """A contestant's median over the rounds."""
        found: float = statistics.median(getattr(cost, field) for cost in self.costs[name])
        return found

    def ratio(self, name: str, field: str = "wall") -> float | None:
        """The median of the ratios to `a` within a round; None where it did not take part."""
        if not self.costs.get(name):
            return None
        pairs = zip(self.costs[name], self.costs["a"], strict=True)
        found: float = statistics.median(getattr(one, field) / getattr(own, field) for one, own in pairs)
        return found

    @property
    def start(self) -> float:
        """Median seconds of a batch's start-up."""
        return statistics.median(self.starts)

    @property
    def work(self) -> float:
        """The median of the ratios of what `a` takes after its start-up to the work itself."""
        rounds = zip(self.costs["a"], self.starts, self.floors, strict=True)
        return statistics.median((own.wall - start) / floor.wall for own, start, floor in rounds)

    def quarters(self, name: str) -> list[float]:
        """The largest memory in each quarter of a contestant's runs, in MiB."""
        runs = [cost.quarters for cost in self.costs[name]]
        return [max(parts) for parts in zip(*runs, strict=True)]


def compare(title: str, reports: Sequence[Report], methods: Sequence[Contestant], rounds: int) -> Comparison:
    """Each method in turn, as often as there are rounds; it stops where pages differ."""
    costs: dict[str, list[Cost]] = {method.name: [] for method in methods}
    starts, floors = [], []
    with tempfile.TemporaryDirectory(prefix="renkei-bench-") as root:
        folders = {method.name: Path(root, str(number)) for number, method in enumerate(methods)}
        own = folders[methods[0].name]
        for number in range(rounds):
            starts.append(until_first())
            for method in methods:
                shutil.rmtree(folders[method.name], ignore_errors=True)
                cost = method.make(reports, folders[method.name])
                costs[method.name].append(cost)
                print(f"{title}, round {number + 1}, {method.name}: {cost}", file=sys.stderr, flush=True)
            floors.append(floor(jobs_of(reports, own)))
            _demand_same_pages(reports, [folders[method.name] for method in methods if method.same_page])
        size = sum(path.stat().st_size for path in own.rglob("*") if path.is_file())
    return Comparison(title, len(reports), os.cpu_count() or 1, costs, starts, floors, size)


def _demand_same_pages(reports: Sequence[Report], folders: Sequence[Path]) -> None:
    for report in reports:
        pages = {(folder / f"{report.file}.html").read_bytes() for folder in folders}
        if len(pages) > 1:
            raise SystemExit(
                f"{report.file}: the same page by every method was expected, found {len(pages)}; "
                "pages name the commit, which must stay the same meanwhile"
            )
