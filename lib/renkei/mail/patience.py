"""Waiting before those are tried again whom the server did not take for now (4xx)."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator

from renkei.errors import MailError

#: Seconds after the end of the list; then again and again after the last distance.
_MOMENTS = (30, 300, 900)
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_LONGEST = 24 * 3600


def patience_of(text: str) -> int:
    """The seconds of a text such as 20m; MailError where it is none."""
    found = re.fullmatch(r"(\d{1,6})([smh]?)", text, re.ASCII)
    seconds = int(found[1]) * _SECONDS[found[2] or "s"] if found else -1
    if not found or seconds > _LONGEST or (seconds and not found[2]):
        raise MailError(f"--patience: a time such as 90s, 20m, 2h, or 0 was expected, found {text!r}")
    return seconds


def moments(patience: int) -> Iterator[int]:
    """When to try again, in seconds after the end of the list: 30 s, 5 min, 15 min, then every 15 min."""
    yield from (moment for moment in _MOMENTS if moment <= patience)
    yield from range(2 * _MOMENTS[-1], patience + 1, _MOMENTS[-1])


def now() -> float:
    """Seconds of a clock that nobody sets."""
    return time.monotonic()


def pause(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)


def wait_until(moment: float, what: str) -> None:
    """Wait until `now` gives that: counted down on a terminal, told once elsewhere."""
    is_terminal = sys.stdout.isatty()
    if not is_terminal:
        _say(f"{what} again in {_told(moment - now())}\n")
    while (left := moment - now()) > 0:
        if is_terminal:
            _say(f"\r{what} again in {_told(left)}; Ctrl+C stops \033[K")
        pause(min(1.0, left) if is_terminal else left)
    if is_terminal:
        _say("\r\033[K")


def _told(seconds: float) -> str:
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes}:{rest:02d}"


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
