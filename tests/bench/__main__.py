"""The whole benchmark, or parts of it: `make bench`.

    cd tests && python -m bench [--six N] [--sixty N] [--alone N] [--only PART ...]

In one run, contestants in turns, on the same notebooks (`bench.contestants`). Every figure is a median over
the rounds, every ratio the median of the ratios within a round. A whole run writes its tables into docs/;
a part prints what it found.
"""

from __future__ import annotations

import argparse
import os

from bench.comparing import Comparison, compare
from bench.contestants import contestants
from bench.documents import about, put
from bench.jobs import reports_of
from bench.lab import Edited, edited
from bench.scale import plan
from bench.starting import Starting, starting
from bench.table import tables

_PARTS = ("start", "lab", "six", "sixty")
#: One command after another takes too long for sixty, and nobody would do it.
_SLOW = ("b", "b, Typst")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", nargs="+", choices=_PARTS, default=_PARTS, help="print these parts alone")
    parser.add_argument("--six", type=int, default=3, help="rounds of the yearly reports")
    parser.add_argument("--sixty", type=int, default=3, help="rounds of the municipality reports")
    parser.add_argument("--alone", type=int, default=3, help="rounds of start-up and of single pages")
    asked = parser.parse_args()
    found = {part: _part(part, asked) for part in asked.only}
    start, lab, six, sixty = (found.get(part) for part in _PARTS)
    if not (
        isinstance(start, Starting)
        and isinstance(lab, Edited)
        and isinstance(six, Comparison)
        and isinstance(sixty, Comparison)
    ):
        print(*found.values(), sep="\n")
        return
    rounds = {"the yearly reports": asked.six, "the municipality reports": asked.sixty}
    put("performance.md", tables(about(rounds), contestants(), (six, sixty), start, lab))
    put("scale.md", plan((six, sixty)))


def _part(name: str, asked: argparse.Namespace) -> Starting | Edited | Comparison:
    if name == "start":
        return starting(asked.alone)
    if name == "lab":
        return edited(asked.alone)
    able = [method for method in contestants() if not method.left_out]
    cores = os.cpu_count() or 1
    if name == "six":
        return compare("yearly reports", reports_of("outcomes", "targets"), able, asked.six, cores)
    quick = [method for method in able if method.name not in _SLOW]
    return compare("municipality reports", reports_of("municipality"), quick, asked.sixty, cores)


if __name__ == "__main__":
    main()
