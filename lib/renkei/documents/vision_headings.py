"""The headings of a vision: pillars, their parts and sections, each the next one in its order."""

from __future__ import annotations

import re

from renkei.area import Area, Pillar

_PART = re.compile(r"\((\d)\) ?(\S.*)")
_SECTION = re.compile(r"([a-z]) (\S.*)")


class Headings:
    """Which headings have come, and which may come next.

    A pillar is known by its number and name, a part by its number and name within the pillar, a section by
    its letter alone: its name stands nowhere else.
    """

    def __init__(self, area: Area) -> None:
        self._pillars = area.pillars
        self._written = [f"{pillar.number} {pillar.name}" for pillar in area.pillars]
        self._parts = {part for pillar in area.pillars for part in pillar.parts}
        self._pillars_seen = 0
        self._parts_seen = 0
        self._letters_seen = 0
        self.sections: list[str] = []

    @property
    def pillar(self) -> Pillar:
        """The pillar whose heading came last; one must have come."""
        return self._pillars[self._pillars_seen - 1]

    def is_pillar(self, text: str) -> bool:
        """Whether a line is the heading of one of the area's pillars."""
        return text in self._written

    def is_part(self, text: str) -> bool:
        """Whether a line is the heading of a part of one of the area's pillars."""
        match = _PART.fullmatch(text)
        return match is not None and match[2] in self._parts

    def is_section(self, text: str) -> bool:
        """Whether a line looks like a section's heading."""
        return bool(_SECTION.fullmatch(text))

    def take_pillar(self, text: str) -> str | None:
        """What was expected in place of a pillar's heading; None if it is the next one."""
        if unfinished := self._expected_part():
            return unfinished
        if self._pillars_seen == len(self._pillars):
            return "no heading of a pillar after the last one's"
        if text != (expected := self._written[self._pillars_seen]):
            return f"the heading “{expected}”"
        self._pillars_seen += 1
        self._parts_seen = self._letters_seen = 0
        return None

    def take_part(self, text: str) -> str | None:
        """What was expected in place of a part's heading; None if it is the next one of its pillar."""
        expected = self._expected_part()
        if expected is None:
            return "no heading of a part here"
        if text.replace(" ", "") != f"({self._parts_seen + 1}){self.pillar.parts[self._parts_seen]}":
            return expected
        self._parts_seen += 1
        self._letters_seen = 0
        return None

    def take_section(self, text: str) -> str | None:
        """What was expected in place of a section's heading; None if its letter is the next one."""
        if self.pillar.parts and not self._parts_seen:
            return self._expected_part()
        letter, name = text.split(" ", 1)
        if letter != (expected := chr(ord("a") + self._letters_seen)):
            return f"the heading of section {expected}"
        self._letters_seen += 1
        self.sections.append(name)
        return None

    def missing(self) -> str | None:
        """The heading that should have come before the document's end; None if all came."""
        if unfinished := self._expected_part():
            return unfinished
        if self._pillars_seen < len(self._pillars):
            return f"the heading “{self._written[self._pillars_seen]}”"
        return None

    def _expected_part(self) -> str | None:
        """The heading of the next part of the pillar that came last; None where all have come."""
        if not self._pillars_seen or self._parts_seen == len(self.pillar.parts):
            return None
        return f"the heading “({self._parts_seen + 1}) {self.pillar.parts[self._parts_seen]}”"
