"""What the batch is to reach, and whether it does."""

from __future__ import annotations

from dataclasses import dataclass

from bench.comparing import Comparison

#: Of each comparison, by its name: the least ratio of a contestant's wall time to `a`.
LEAST = {"six": {"b": 10.0, "c": 3.0}, "sixty": {"c": 5.0, "c, Typst": 2.8}}
_WORK = 1.5
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


def aims(name: str, comparison: Comparison) -> list[Aim]:
    """What the comparison of that name is to reach."""
    found = [
        Aim(f"{other} / a, wall", "≥", least, comparison.ratio(other)) for other, least in LEAST[name].items()
    ]
    found.append(Aim("(a − start-up) / floor, wall", "≤", _WORK, comparison.work))
    if name == "sixty":
        _, second, _, last = comparison.quarters("a")
        found.append(Aim("peak memory of a, MiB", "≤", _MIB, comparison.median("a", "peak"), 0))
        found.append(Aim("memory of a, last quarter / second quarter", "≤", _FLAT, last / second))
    return found
