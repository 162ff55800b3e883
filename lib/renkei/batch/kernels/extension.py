"""What the kernel “Renkei” adds to IPython: autoreload, readable DataFrames, and plots in the project's style."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Make `%autoreload` known, show a DataFrame under Japanese heads, and plots below their cells."""
    from renkei.batch.kernels.plots import show_plots

    shell.run_line_magic("load_ext", "autoreload")
    html = shell.display_formatter.formatters["text/html"]  # type: ignore[union-attr]
    html.for_type_by_name("pandas", "DataFrame", _html)
    show_plots(shell)


def _html(frame: pd.DataFrame) -> str | None:
    from renkei.report.kit.heads import readable

    html: str | None = readable(frame)._repr_html_()  # type: ignore[operator]
    return html
