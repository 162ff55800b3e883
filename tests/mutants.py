"""Does a test notice when a line of the analysis says something else? `make mutants`; some ten minutes.

    python tests/mutants.py [--jobs N] [MODULE …]

mutmut changes one thing at a time in the modules that pyproject.toml names, and runs the tests that reach
the changed function. Prints how many mutants of each module survived, and what each survivor changed; exits
with 1 unless fewer than LIMIT of 100 did. Some survivors change nothing that a caller could see; they count
all the same (docs/decisions.md).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: Left as it is after a run, so that `mutmut show` and `mutmut browse` can be used in it.
WORKPLACE = ROOT / ".mutants"
LIMIT = 5.0


def lay_out() -> None:
    """A folder in which mutmut finds the package below src/, the only place where it looks for one."""
    shutil.rmtree(WORKPLACE, ignore_errors=True)
    WORKPLACE.mkdir()
    (WORKPLACE / "src").symlink_to(ROOT / "lib")
    for name in ("data", "notebooks", "tests", "pyproject.toml"):
        (WORKPLACE / name).symlink_to(ROOT / name)


def mutmut(*arguments: str, shown: bool = False) -> str:
    """What mutmut says in the workplace; shown as it runs if so wanted."""
    # Nothing may lead the tests to the code that is not mutated.
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "RENKEI_CHECKOUT")
    }
    result = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=WORKPLACE, env=environment, stdout=None if shown else subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return result.stdout or ""


def fates(results: str) -> dict[str, str]:
    """What became of each mutant that was tried: killed, survived …, by its name."""
    found = re.findall(r"^\s*(renkei\.\S+): (.+)$", results, re.MULTILINE)
    return {name: fate for name, fate in found if fate != "not checked"}


def summary(fate_of: dict[str, str]) -> str:
    """A line for each module and one for all: mutants, killed, others, and the others in %."""
    mutants = Counter(name.split(".")[1] for name in fate_of)
    killed = Counter(name.split(".")[1] for name, fate in fate_of.items() if fate == "killed")
    lines = [f"{'module':<16}{'mutants':>9}{'killed':>9}{'survived':>10}"]
    for module, number in [*sorted(mutants.items()), ("all", mutants.total())]:
        dead = killed.total() if module == "all" else killed[module]
        lines.append(
            f"{module:<16}{number:>9}{dead:>9}{number - dead:>10}{100 * (1 - dead / number):>8.1f} %"
        )
    return "\n".join(lines)


def main() -> int:
    """Run it; 0 where fewer than LIMIT of 100 survived."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as targets; all if none is named")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes side by side")
    given = parser.parse_args()
    lay_out()
    mutmut(
        "run", "--max-children", str(given.jobs), *(f"renkei.{name}.*" for name in given.modules), shown=True
    )
    fate_of = fates(mutmut("results", "--all", "true"))
    survivors = [name for name, fate in fate_of.items() if fate != "killed"]
    for name in survivors:
        changed = [line for line in mutmut("show", name).splitlines() if re.match(r"[-+] ", line)]
        print(f"\n{name} ({fate_of[name]})", *changed, sep="\n")
    print(f"\n{summary(fate_of)}")
    return int(100 * len(survivors) >= LIMIT * len(fate_of))


if __name__ == "__main__":
    sys.exit(main())
