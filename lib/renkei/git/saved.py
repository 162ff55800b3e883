"""After JupyterLab saved a notebook: git learns at once where nothing of what it keeps has changed.

git takes a file whose size has changed for modified without asking the filter, in `git status` though not in
`git diff`. Adding the file, where what the filter makes of it stands in the index already, stages nothing and
ends that.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "renkei.git.saved"}]


def _load_jupyter_server_extension(app: Any) -> None:
    # Beside a hook that people have set for themselves, not in its place, as a setting would be.
    app.contents_manager.register_post_save_hook(after_saving)


def after_saving(os_path: str, model: dict[str, Any], **_: Any) -> None:
    """What Jupyter's server calls for each file that it has saved."""
    if model["type"] == "notebook":
        refresh(Path(os_path))


def refresh(notebook: Path) -> None:
    """Have git look at a notebook anew if it keeps the same of it as before."""
    try:
        kept = _git(notebook, "ls-files", "--stage").split()
        # Mode and hash come first; nothing does where git does not know the file.
        if kept and kept[1] == _git(notebook, "hash-object").strip():
            _git(notebook, "add")
    except (OSError, subprocess.CalledProcessError):
        # No git, no repository, or git is at work: it will look when it is next asked.
        return


def _git(notebook: Path, *command: str) -> str:
    whole = ["git", "-C", str(notebook.parent), *command, "--", notebook.name]
    return subprocess.run(whole, capture_output=True, encoding="utf-8", check=True).stdout  # noqa: S603
