"""Turns of phrase that are right for every count."""

from __future__ import annotations

from collections.abc import Iterable


def part_of(part: int, whole: int, counter: str) -> str:
    """Some of a whole as a person says it: 7指標のうち3指標, 7指標すべて, 1指標."""
    if part < whole:
        return f"{whole}{counter}のうち{part}{counter}"
    return f"{whole}{counter}" if whole == 1 else f"{whole}{counter}すべて"


def quoted(names: Iterable[str]) -> str:
    """Names in quotation marks, one after the other; empty without any."""
    return "".join(f"「{name}」" for name in names)
