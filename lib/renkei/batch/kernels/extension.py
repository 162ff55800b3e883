"""What the kernel “Renkei” adds to IPython: autoreload, readable DataFrames, plots in the project's style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Make `%autoreload` known, show DataFrames and Series as tables, and plots below their cells."""
    from renkei.batch.kernels.plots import show_plots

    shell.run_line_magic("load_ext", "autoreload")
    bundles = shell.display_formatter.mimebundle_formatter  # type: ignore[union-attr]
    for name in ("DataFrame", "Series"):
        bundles.for_type_by_name("pandas", name, _bundle)
    show_plots(shell)


def _bundle(data: pd.DataFrame | pd.Series) -> dict[str, Any]:
    """Data as a table of the report; its plain text is that of pandas."""
    from renkei.report.kit.bundle import bundle_of
    from renkei.report.kit.frames import frame_of, table_of

    bundle = bundle_of(table_of(frame_of(data)))
    del bundle["text/plain"]
    return bundle
