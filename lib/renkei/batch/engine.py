"""papermill's engine, which also says in which cell a notebook stopped."""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

ENGINE = "renkei"


class StoppedError(Exception):
    """The notebook stopped at `cell`, such as “In [3]”, for a `reason` other than an error of its own."""

    def __init__(self, cell: str, reason: Exception) -> None:
        super().__init__(cell, reason)
        self.cell = cell
        self.reason = reason


class Engine(NBClientEngine):
    """As papermill's own; what stops it is raised with the cell."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, *args: Any, **kwargs: Any) -> Any:
        """Run the notebook; a StoppedError if it could not be run to its end or to a cell's error."""
        try:
            return super().execute_managed_notebook(nb_man, *args, **kwargs)
        except Exception as error:
            raise StoppedError(_cell_of(nb_man.nb.cells), error) from error


def _cell_of(cells: list[Any]) -> str:
    """The cell that was run last, by the number that IPython gives it; empty before the first one."""
    code = [cell for cell in cells if cell.cell_type == "code" and cell.source.strip()]
    states = [cell.metadata.get("papermill", {}).get("status") for cell in code]
    begun = sum(state not in (None, "pending") for state in states)
    return f"In [{begun}]" if begun else ""


papermill_engines.register(ENGINE, Engine)
