"""Turns of phrase that are right for every count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def of_all(part: int, whole: int, counter: str) -> str:
    """How many of all: 4件のうち3件, 4件すべて; 1件 where that is all there is; empty where none is."""
    if not part:
        return ""
    if part == whole:
        return f"{whole}{counter}すべて" if whole > 1 else f"{whole}{counter}"
    return f"{whole}{counter}のうち{part}{counter}"


def day_words(text: str) -> str:
    """A day such as 2025-07-01 as a letter has it: 2025年7月1日."""
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"


def quoted(names: Iterable[str]) -> str:
    """Names in quotation marks, one after the other; empty without any."""
    return "".join(f"「{name}」" for name in names)
