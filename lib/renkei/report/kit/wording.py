"""Turns of phrase that are right for every count."""

from __future__ import annotations

from collections.abc import Iterable


def of_all(part: int, whole: int, counter: str) -> str:
    """How many of all: 4件のうち3件, 4件すべて; 1件 where that is all there is; empty where none is."""
    if not part:
        return ""
    if part == whole:
        return f"{whole}{counter}すべて" if whole > 1 else f"{whole}{counter}"
    return f"{whole}{counter}のうち{part}{counter}"


def quoted(names: Iterable[str]) -> str:
    """Names in quotation marks, one after the other; empty without any."""
    return "".join(f"「{name}」" for name in names)
