"""How a batch tells of its progress: a bar on a terminal, a line per report in a pipe."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich import progress
from rich.console import Console

from renkei.batch.results import Result
from renkei.told import in_short


class Progress:
    """Hears of each report that is done."""

    def __init__(self, total: int) -> None:
        self._console = console = Console(highlight=False, soft_wrap=True)
        self._total = total
        self._done = 0
        self._bar = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("rendering", total=total)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def tell(self, result: Result) -> None:
        """Show that one more report is done, or failed."""
        self._done += 1
        self._bar.advance(self._task)
        outcome = "failed" if result.error else f"{result.seconds:.1f} s"
        self._console.print(f"[{self._done}/{self._total}] {result.report.file}: {outcome}", markup=False)
        for warning in result.warnings:
            self._console.print(
                f"warning: {result.report.notebook.name}, {in_short(warning, 1)}", markup=False
            )

    def note(self, text: str) -> None:
        """Show something that happened, other than a report."""
        self._console.print(text, markup=False)
