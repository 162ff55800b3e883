"""The whole benchmark, or parts of it: `make bench`.

    cd tests && python -m bench [--rounds N] [--print] [PART ...]

Contestants take turns on the same notebooks (`bench.contestants`). Every figure is a median over the
rounds, every ratio the median of the ratios within a round. Each part writes its tables into docs/ as soon
as it is done; the parts are six, sixty and alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bench.comparing import compare
from bench.contestants import contestants
from bench.documents import about, put
from bench.jobs import reports_of
from bench.lab import edited
from bench.scale import plan
from bench.starting import starting
from bench.table import alone, compared

#: One command after another takes too long for sixty, and nobody would do it.
_SLOW = ("b", "b, Typst")
#: A single command takes seconds: its part has so many rounds for each that is asked for.
_QUICK = 3

Tables = dict[str, str]


def six(rounds: int) -> Tables:
    """The yearly reports: what stands in each document."""
    methods = contestants()
    able = [method for method in methods if not method.left_out]
    found = compare("yearly reports", reports_of("outcomes", "targets"), able, rounds)
    left_out = [method for method in methods if method.left_out]
    return {"performance.md": f"{about(rounds)}\n\n{compared('six', found, left_out)}"}


def sixty(rounds: int) -> Tables:
    """The municipality reports."""
    methods = [method for method in contestants() if method.name not in _SLOW]
    able = [method for method in methods if not method.left_out]
    found = compare("municipality reports", reports_of("municipality"), able, rounds)
    left_out = [method for method in methods if method.left_out]
    return {
        "performance.md": f"{about(rounds)}\n\n{compared('sixty', found, left_out)}",
        "scale.md": f"{about(rounds)}\n\n{plan(found)}",
    }


def single(rounds: int) -> Tables:
    """Start-up, single pages and JupyterLab."""
    rounds *= _QUICK
    return {"performance.md": f"{about(rounds)}\n\n{alone(starting(rounds), edited(rounds))}"}


_PARTS: dict[str, Callable[[int], Tables]] = {"alone": single, "six": six, "sixty": sixty}


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(_PARTS)}; all if none is named")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--print", action="store_true", help="print the tables, and leave the documents alone"
    )
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(_PARTS):
        parser.error(f"the parts are {', '.join(_PARTS)}, found {', '.join(sorted(unknown))}")
    for part in asked.parts or _PARTS:
        for document, tables in _PARTS[part](asked.rounds).items():
            if asked.print:
                print(tables, flush=True)
            else:
                put(document, part, tables)


if __name__ == "__main__":
    main()
