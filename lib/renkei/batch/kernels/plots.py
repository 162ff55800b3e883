"""Plots in the kernel “Renkei”: shown below their cell in the project's font and style, or told of if not."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
    from matplotlib.figure import Figure

_INLINE = "module://matplotlib_inline.backend_inline"
#: How a line begins that tells what a report lacks; a batch looks for it.
WARNING = "renkei: warning: "


def show_plots(shell: InteractiveShell) -> None:
    """Have plots shown below their cells, by `plt.plot`, `df.plot` and `plt.show` alike."""
    import matplotlib as mpl

    from renkei.report.kit.style import plot_settings, register_font

    register_font()
    # Matplotlib asks the environment when it is imported; in a forked kernel it was before.
    mpl.rcParams["backend"] = os.environ.setdefault("MPLBACKEND", _INLINE)
    # The backend reads these when it is first asked for; the formats are those of `_Plots.bundle`.
    shell.config.InlineBackend.rc = plot_settings()
    shell.config.InlineBackend.figure_formats = set()
    plots = _Plots(shell)
    bundles = shell.display_formatter.mimebundle_formatter  # type: ignore[union-attr]
    bundles.for_type_by_name("matplotlib.figure", "Figure", plots.bundle)
    shell.events.register("post_run_cell", plots.tell_unshown)


class _Plots:
    """What was shown of the plots that a notebook made."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self._known: WeakSet[Figure] = WeakSet()

    def bundle(self, figure: Figure) -> dict[str, Any]:
        """The plot for Jupyter; nothing where an analyst has chosen formats of Matplotlib's own."""
        from matplotlib.figure import Figure

        from renkei.report.kit.plots import bundle_of_plot

        self._known.add(figure)
        formatters = self._shell.display_formatter.formatters  # type: ignore[union-attr]
        is_chosen = any(Figure in formatters[kind].type_printers for kind in ("image/png", "image/svg+xml"))
        return {} if is_chosen else bundle_of_plot(figure)

    def tell_unshown(self, result: ExecutionResult) -> None:
        """Say on stderr that a cell has left plots open that were not shown; each is told once."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None or not result.success:
            return
        left = {pyplot.figure(number) for number in pyplot.get_fignums()} - set(self._known)
        if left:
            self._known.update(left)
            count = "a plot was" if len(left) == 1 else f"{len(left)} plots were"
            print(
                f"{WARNING}In [{result.execution_count}]: {count} made and not shown, and will not be in the "
                "report; end the cell with plt.show(), or close what is not wanted with plt.close()",
                file=sys.stderr,
            )
