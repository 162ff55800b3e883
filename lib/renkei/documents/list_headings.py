"""The headings left of a list's rows: pillars as ア, イ, ウ and so on, their parts as A, B, C."""

from __future__ import annotations

from renkei.area import Area, Pillar

_KATAKANA = "アイウエオカキクケコ"
_LATIN = "ABCDEFGHIJ"


class ListHeadings:
    """Which headings have come; a heading may come again, since each page repeats it."""

    def __init__(self, area: Area) -> None:
        self._pillars = {
            f"{letter} {pillar.name}": pillar for letter, pillar in zip(_KATAKANA, area.pillars, strict=False)
        }
        # The letter of a part may be lost.
        self._parts = {
            written: pillar
            for pillar in area.pillars
            for letter, name in zip(_LATIN, pillar.parts, strict=False)
            for written in (name, f"{letter} {name}")
        } | {name: pillar for pillar in area.pillars for name in pillar.garbled_parts}
        self.pillar: Pillar | None = None

    def is_heading(self, text: str) -> bool:
        """Whether a cell is the heading of one of the area's pillars, or of a part of one."""
        return text in self._pillars or text in self._parts

    def take(self, text: str) -> str | None:
        """What was expected in place of this heading; None if it may come here."""
        if text in self._parts:
            if self.pillar != self._parts[text]:
                return f"the heading of pillar {self._parts[text].number} before one of its parts"
            return None
        now = self.pillar.number if self.pillar else 0
        if self._pillars[text].number not in (now, now + 1):
            return f"the heading of pillar {now + 1}"
        self.pillar = self._pillars[text]
        return None
