"""What the batch is to reach, and whether it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.comparing import Comparison
from bench.lab import Edited
from bench.starting import Starting

_MIB = 800
#: Memory is flat where the last quarter's peak is at most so many times that of the second.
_FLAT = 1.05


@dataclass(frozen=True)
class Aim:
    """A measure, its limit, and what was found; None where it could not be measured here."""

    says: str
    sign: str
    limit: float
    found: float | None
    decimals: int = 2

    @property
    def is_met(self) -> bool:
        """Whether what was found keeps to the limit."""
        if self.found is None:
            return False
        return self.found >= self.limit if self.sign == "≥" else self.found <= self.limit


def aims(comparisons: Sequence[Comparison], start: Starting, lab: Edited) -> list[Aim]:
    """All aims; the comparisons are of the yearly and of the municipality reports."""
    six, sixty = comparisons
    quarters = [max(cost.quarters[part] for cost in sixty.costs["a"]) for part in (1, -1)]
    return [
        Aim("six: b / a", "≥", 10, six.ratio("b")),
        Aim("six: c / a", "≥", 3, six.ratio("c")),
        Aim("sixty: c / a", "≥", 5, sixty.ratio("c")),
        Aim("sixty: c / a, Typst in both", "≥", 2.8, sixty.ratio("c, Typst")),
        *(
            Aim(f"{name}: (a − start-up) / floor", "≤", 1.5,
                (comparison.median("a", "wall") - start.until_first) / comparison.lowest)
            for name, comparison in (("six", six), ("sixty", sixty))
        ),
        Aim("sixty: peak memory of a, MiB", "≤", _MIB, sixty.median("a", "peak"), 0),
        Aim("sixty: last quarter's peak memory / second quarter's", "≤", _FLAT, quarters[1] / quarters[0]),
        Aim("one page after an edit in a warm JupyterLab / its cells", "≤", 2, lab.ratio),
        Aim("one page by a cold command / the imports it needs", "≤", 1.5, start.alone_to_needed),
    ]  # fmt: skip
