"""Being told to stop: Ctrl+C, a closed window and SIGTERM wait until a message is settled."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType, TracebackType
from typing import Self

#: Windows has no SIGHUP.
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Stopped(KeyboardInterrupt):
    """Somebody asked to stop, by this signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Stopping:
    """While it is entered, a signal to stop raises `Stopped`: at once, or at the end of what is `whole`.

    Ctrl+C once more within takes effect at once. No other signal does: a window that is closed sends several.
    A signal that is ignored, as by nohup, stays so.
    """

    def __init__(self) -> None:
        self._is_within = False
        self._wanted: int | None = None
        self._usual: dict[int, object] = {}

    def __enter__(self) -> Self:
        for number in _SIGNALS:
            # Elsewhere than in the main thread no signal is heard.
            with suppress(ValueError):
                if signal.getsignal(number) != signal.SIG_IGN:
                    self._usual[number] = signal.signal(number, self._hear)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, usual in self._usual.items():
            signal.signal(number, usual)  # type: ignore[arg-type]
        self._usual.clear()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """What happens within happens to its end."""
        self._is_within = True
        try:
            yield
        finally:
            self._is_within = False
        if self._wanted is not None:
            raise Stopped(self._wanted)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        if not self._is_within or (self._wanted is not None and number == signal.SIGINT):
            raise Stopped(number)
        if self._wanted is not None:
            return
        self._wanted = number
        # Not by Python's own stream, in which this may have come upon a half-written line.
        with suppress(OSError):
            os.write(2, b"stopping once the server has answered for this message; Ctrl+C again: at once\n")
