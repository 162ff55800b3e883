"""Numbers rounded and written as a Japanese reader expects them."""

from __future__ import annotations

import math
from typing import Literal

_MINUS = "▲"
#: From here on a float has no decimals that rounding could take away.
_WHOLE_FROM = 2.0**52

Rounding = Literal["nearest", "up", "down"]


def rounded(value: float, decimals: int, rounding: Rounding = "nearest") -> float:
    """A number with so many decimals: the nearest, halves away from zero; or the next one up or down.

    What arithmetic with floats missed by a hair is the number that it should be.
    """
    scale = 10.0**decimals
    size = abs(value) * scale
    if size >= _WHOLE_FROM:
        return value
    nearest = math.copysign(math.floor(size + 0.5), value)
    exact = value * scale
    if rounding == "nearest" or math.isclose(exact, nearest, rel_tol=1e-12, abs_tol=1e-9):
        return nearest / scale + 0.0
    return (math.ceil(exact) if rounding == "up" else math.floor(exact)) / scale


def written(number: float, decimals: int) -> str:
    """A number with its thousands apart and ▲ for minus, halves rounded away from zero: ▲1,619, 53.7."""
    scale, size = 10**decimals, abs(number)
    if size < _WHOLE_FROM:
        size = math.floor(size * scale + 0.5) / scale
    return f"{_MINUS if number < 0 else ''}{size:,.{decimals}f}"


def target_rounding(direction: str) -> Rounding:
    """How a computed target is rounded: to what asks more, so that meeting it is never said too early.

    A number as exact as the published ones meets the rounded target just where it meets the exact one. What
    it lacks of it is rounded up for the same reason: then it is that of the rounded target.
    """
    return "down" if direction == "lower" else "up"
